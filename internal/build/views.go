package build

import "vitrine/internal/change"

func (p *pair) views(c *change.Change) ([]change.View, int) { return nil, 0 }
