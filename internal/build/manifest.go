package build

import (
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
)

// manifestName is the list of the site's files, and the mark of a folder that
// this program made.
const manifestName = "manifest.json"

// manifest is manifest.json. It does not list itself.
type manifest struct {
	Version int            `json:"version"`
	Files   []manifestFile `json:"files"`
}

type manifestFile struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// manifestOf writes the manifest of a site, whose files are in order. There are
// many of them: with package json, it would take as long as rendering the lists.
func manifestOf(files []written) []byte {
	out := make([]byte, 0, 64+200*len(files))
	out = append(out, "{\n \"version\": 1,\n \"files\": ["...)
	for i := range files {
		f := &files[i]
		if i > 0 {
			out = append(out, ',')
		}
		name, _ := json.Marshal(f.path) // a text is always well-formed
		out = append(out, "\n  {\n   \"path\": "...)
		out = append(out, name...)
		out = append(out, ",\n   \"sha256\": \""...)
		out = hex.AppendEncode(out, f.sum[:])
		out = append(out, "\",\n   \"bytes\": "...)
		out = strconv.AppendInt(out, f.size, 10)
		out = append(out, "\n  }"...)
	}
	return append(out, "\n ]\n}\n"...)
}

// own notes the files that a manifest lists, if there is one. It reports
// whether the manifest is one of ours.
func (w *writer) own(name string) bool {
	data, err := os.ReadFile(name)
	if err != nil {
		return true // without a manifest, nothing in the folder is ours
	}
	var m manifest
	if json.Unmarshal(data, &m) != nil || m.Version != 1 {
		return false
	}
	w.owned[manifestName] = true
	for _, f := range m.Files {
		if filepath.IsLocal(f.Path) {
			w.owned[f.Path] = true
		}
	}
	return true
}
