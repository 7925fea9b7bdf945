package content

// ReadSource reads a source file up to its values; Front is nil where it cannot be
// taken apart. An error says that there is no file to read.
func (r *Root) ReadSource(file SourceFile) (*Document, error) {
	data, err := r.ReadFile(file.Path, maxEntry)
	if err != nil {
		return nil, err
	}
	d, _ := parseDocument(file.Path, file.Kind, data, nil)
	return d, nil
}

// Texts returns the texts that a key of the front matter holds: its own, or one
// for each language.
func (d *Document) Texts(path ...string) []string {
	v := d.Front
	for _, key := range path {
		v = v.Get(key)
	}
	switch {
	case v == nil:
		return nil
	case v.Kind == Scalar:
		return []string{v.text()}
	case v.Kind == Mapping:
		return strs(&Value{Kind: Sequence, Items: v.Items})
	}
	return nil
}

// Versions returns how many versions a product's front matter lists.
func (d *Document) Versions() int { return len(items(d.Front.Get("versions"))) }

// Version returns a text of one of the versions.
func (d *Document) Version(i int, key string) string {
	return items(d.Front.Get("versions"))[i].Get(key).text()
}
