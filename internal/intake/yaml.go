package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"vitrine/i18n"
	"vitrine/internal/catalog"
)

// Folder is where GitHub looks for the forms, below the repository's root.
const Folder = ".github/ISSUE_TEMPLATE"

// File is a file to write, below the catalog's root.
type File struct {
	Path string
	Data []byte
}

// Forms returns the issue forms of a catalog and config.yml beside them, which
// say what its settings, its Regions and its categories among them, and the
// schema say.
func Forms(s *catalog.Settings, words *i18n.Set) []File {
	var files []File
	for _, f := range forms(s, words) {
		files = append(files, File{fmt.Sprintf("%s/%s-%d-%s.yml", Folder, f.lang, number(f.kind), f.kind), f.yaml()})
	}
	return append(files, File{Folder + "/config.yml", config(s)})
}

// number gives the forms their order in GitHub's list.
func number(of kind) int {
	for i, k := range kinds {
		if k == of {
			return i + 1
		}
	}
	return 0
}

const made = "# Made by vitrine issue-forms from the schema and content/catalog.yaml: run it again instead of changing this file.\n"

// yaml writes a form as GitHub reads it.
func (f *form) yaml() []byte {
	var b bytes.Buffer
	b.WriteString(made)
	fmt.Fprintf(&b, "name: %s\ndescription: %s\nlabels: [%s]\nbody:\n", quoted(f.name), quoted(f.about), Label)
	fmt.Fprintf(&b, "  - type: markdown\n    attributes:\n      value: %s\n", quoted(f.welcome))
	for _, q := range f.fields {
		fmt.Fprintf(&b, "  - type: %s\n    id: %s\n    attributes:\n      label: %s\n", q.shape, q.id, quoted(q.label))
		if q.hint != "" {
			fmt.Fprintf(&b, "      description: %s\n", quoted(q.hint))
		}
		if q.example != "" && (q.shape == input || q.shape == area) {
			fmt.Fprintf(&b, "      placeholder: %s\n", quoted(q.example))
		}
		if q.filled != "" {
			fmt.Fprintf(&b, "      value: %s\n", quoted(q.filled))
		}
		if len(q.options) > 0 {
			b.WriteString("      options:\n")
		}
		for _, o := range q.options {
			if q.shape == boxes {
				fmt.Fprintf(&b, "        - label: %s\n", quoted(o.text))
			} else {
				fmt.Fprintf(&b, "        - %s\n", quoted(o.text))
			}
		}
		if q.needed && q.shape != boxes { // GitHub asks for single boxes, not for some of several
			b.WriteString("    validations:\n      required: true\n")
		}
	}
	return b.Bytes()
}

// config lets people ask what no form is for.
func config(s *catalog.Settings) []byte {
	return fmt.Appendf(nil, "%sblank_issues_enabled: true\ncontact_links:\n  - name: %s\n    url: %s\n    about: %s\n", made,
		quoted(s.Title.In(0)), quoted(s.BaseURL), quoted(s.Description.In(0)))
}

// quoted is a text as YAML reads it, in one line. JSON's texts are YAML's.
func quoted(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic(err) // a string can be written
	}
	return strings.TrimSuffix(b.String(), "\n")
}
