package intake

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

var update = flag.Bool("update", false, "write the forms anew")

// TestCommittedForms: the forms in .github are those of the schema and of
// content/catalog.yaml.
func TestCommittedForms(t *testing.T) {
	files := own(t)
	for _, f := range files {
		name := filepath.Join("../..", f.Path)
		if *update {
			if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(name, f.Data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if now, err := os.ReadFile(name); err != nil || !bytes.Equal(now, f.Data) {
			t.Errorf("%s is not up to date: run vitrine issue-forms", f.Path)
		}
	}
	there, err := os.ReadDir(filepath.Join("../..", Folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range there {
		if !slices.ContainsFunc(files, func(f File) bool { return filepath.Base(f.Path) == e.Name() }) {
			t.Errorf("%s/%s is no form of ours", Folder, e.Name())
		}
	}
}

func own(t *testing.T) []File {
	t.Helper()
	root, err := content.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	return Forms(content.ReadSettings(root), words)
}

// element is an element of a form, as GitHub documents it.
type element struct {
	Type       string `yaml:"type"`
	ID         string `yaml:"id"`
	Attributes struct {
		Label       string `yaml:"label"`
		Description string `yaml:"description"`
		Placeholder string `yaml:"placeholder"`
		Value       string `yaml:"value"`
		Options     []any  `yaml:"options"`
	} `yaml:"attributes"`
	Validations struct {
		Required bool `yaml:"required"`
	} `yaml:"validations"`
}

// TestFormsAreGitHubs holds the forms to what GitHub refuses a form for: its
// pages "Syntax for issue forms", "Syntax for GitHub's form schema" and "Common
// validation errors when creating issue forms".
func TestFormsAreGitHubs(t *testing.T) {
	id := regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
	names, first := map[string]bool{}, map[string]bool{}
	for _, file := range own(t) {
		if strings.HasSuffix(file.Path, "config.yml") {
			continue
		}
		var form struct {
			Name        string    `yaml:"name"`
			Description string    `yaml:"description"`
			Labels      []string  `yaml:"labels"`
			Body        []element `yaml:"body"`
		}
		d, err := yaml.NewLoader(bytes.NewReader(file.Data), yaml.WithKnownFields())
		if err == nil {
			err = d.Load(&form)
		}
		if err != nil {
			t.Errorf("%s: %v", file.Path, err)
			continue
		}
		if len(form.Name) < 3 || form.Description == "" || len(form.Description) > 200 || len(form.Body) < 2 || !slices.Equal(form.Labels, []string{Label}) {
			t.Errorf("%s: %q, %q, %d elements, labels %q", file.Path, form.Name, form.Description, len(form.Body), form.Labels)
		}
		if names[form.Name] {
			t.Errorf("%s: the name %q is given twice", file.Path, form.Name)
		}
		names[form.Name] = true
		ids, labels := map[string]bool{}, map[string]bool{}
		for i, e := range form.Body {
			a := e.Attributes
			if e.Type == "markdown" {
				if strings.TrimSpace(a.Value) == "" || e.ID != "" || a.Label != "" {
					t.Errorf("%s: the text %d: %+v", file.Path, i, e)
				}
				continue
			}
			label := fold(a.Label)
			if !slices.Contains([]string{"input", "textarea", "dropdown", "checkboxes"}, e.Type) || !id.MatchString(e.ID) || ids[e.ID] || label == "" || labels[label] ||
				strings.Contains(label, "password") || strings.Contains(a.Label, "\n") || len(a.Label) > 100 || len(a.Description) > 1000 {
				t.Errorf("%s: the element %d: %+v", file.Path, i, e)
			}
			ids[e.ID], labels[label] = true, true
			if len(ids) == 1 {
				if first[label] {
					t.Errorf("%s: another form begins with %q: an issue could be of either", file.Path, a.Label)
				}
				first[label] = true
			}
			choice := e.Type == "dropdown" || e.Type == "checkboxes"
			if choice != (len(a.Options) > 0) || choice && (a.Placeholder != "" || a.Value != "") || e.Type == "checkboxes" && e.Validations.Required {
				t.Errorf("%s: %s has attributes of another type", file.Path, e.ID)
			}
			options := map[string]bool{}
			for _, o := range a.Options {
				text, isText := o.(string)
				if m, ok := o.(map[string]any); ok && e.Type == "checkboxes" {
					text, isText = m["label"].(string)
				}
				if !isText || strings.TrimSpace(text) == "" || strings.EqualFold(text, "none") || options[text] || labels[fold(text)] || strings.Contains(text, "\n") {
					t.Errorf("%s: %s has the option %v", file.Path, e.ID, o)
				}
				options[text] = true
			}
		}
	}
	if len(names) != 12 {
		t.Errorf("there are %d forms", len(names))
	}
}

// TestFormsOfAnotherCatalog: another language and other Regions are in the
// forms.
func TestFormsOfAnotherCatalog(t *testing.T) {
	words, err := i18n.Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &catalog.Settings{Languages: []string{"en", "fr", "de"}, Currency: "CHF", Regions: []catalog.Region{{ID: "moon-north-1", Default: true}}, Categories: []catalog.Category{{ID: "rockets", Name: catalog.Text{"Rockets", "Fusées"}}}}
	for _, f := range forms(s, words) {
		want := map[kind][]string{omi: {"summary-de", "image-moon-north-1"}, showcase: {"text-de"}, unpublish: {"note-de"}}
		for _, id := range want[f.kind] {
			if f.field(id) == nil {
				t.Errorf("the form %s has no field %s", f.kind, id)
			}
		}
		if f.kind == omi && (f.field("categories").options[0].value != "rockets" || f.lang == "fr" && f.field("categories").options[0].text != "Fusées (rockets)") {
			t.Errorf("categories: %v", f.field("categories").options)
		}
	}
}
