package change

import (
	"io"

	"vitrine/internal/api"
)

// JSON writes the document.
func (c *Change) JSON(w io.Writer) error { return api.Write(w, c, "  ") }

// WriteSchema writes the JSON Schema of the document.
func WriteSchema(w io.Writer) error {
	return api.WriteSchemaOf(w, Change{}, "A change of the catalog: what vitrine diff says of it")
}
