package change

import "io"

func (c *Change) HTML(w io.Writer, opt Options) error { return nil }
