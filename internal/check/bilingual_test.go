package check_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"vitrine/internal/bilingual"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/markdown"
)

// TestOwnContentSaysTheSameInBothLanguages: no difference between the texts of
// the repository's own catalog, which are translated with care, and no passage
// in the other language.
func TestOwnContentSaysTheSameInBothLanguages(t *testing.T) {
	found, texts := bilingualFindings(t, "../..")
	for _, f := range found {
		t.Error(f)
	}
	if texts < 700 {
		t.Errorf("only %d texts were compared", texts)
	}
}

// TestAChangedFigureIsFound: a digit that changes in the French of our own
// content is found where it stands, unless what it becomes is said elsewhere.
func TestAChangedFigureIsFound(t *testing.T) {
	all, found := 0, 0
	root, err := content.OpenRoot("../..")
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var mu sync.Mutex
	_, err = content.Load(t.Context(), root, content.Options{Visit: func(d *content.Document) {
		mu.Lock()
		defer mu.Unlock()
		en, fr, ok := strings.Cut(string(d.Text()), "\n# Français\n")
		if !ok || d.Entry().Status == catalog.Draft {
			return
		}
		read := func(tag, source string) *bilingual.Text {
			return bilingual.Read(tag, []byte(source), check.Pieces(&markdown.Parse([]byte(source)).Sections[0]))
		}
		of := read("en", en)
		for i := range fr {
			marker := strings.HasPrefix(fr[min(i+1, len(fr)):], ". ") && strings.HasSuffix(fr[:i], "\n") // of a list's item
			if fr[i] < '0' || fr[i] > '8' || marker || i%3 > 0 {
				continue
			}
			all++
			source := "# Français\n" + fr[:i] + string(fr[i]+1) + fr[i+1:]
			at := i + len("# Français\n")
			if slices.ContainsFunc(bilingual.Compare(of, read("fr", source)), func(x bilingual.Difference) bool { return x.B.From <= at && at < x.B.To }) {
				found++
			}
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	if all < 800 || found*100 < all*97 {
		t.Errorf("%d of %d changed figures are found", found, all)
	}
	t.Logf("%d of %d changed figures are found", found, all)
}

// bilingualFindings compares all texts of a catalog in English and French, and
// returns what is found, and how many texts there were.
func bilingualFindings(t testing.TB, dir string) (found []string, texts int) {
	t.Helper()
	root, err := content.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var mu sync.Mutex
	_, err = content.Load(t.Context(), root, content.Options{Visit: func(d *content.Document) {
		mu.Lock()
		defer mu.Unlock()
		if e := d.Entry(); d.Kind != content.CatalogFile && e.Status == catalog.Draft {
			return // it may still lack a part
		}
		compare := func(at string, en, fr *bilingual.Text) {
			texts++
			for _, x := range bilingual.Compare(en, fr) {
				found = append(found, fmt.Sprintf("%s: %s: %s: %s / %s", d.Source.Path, at, x.Kind, described(x.A), described(x.B)))
			}
			inEN, inFR := bilingual.Untranslated(en, fr)
			for _, x := range slices.Concat(inEN, inFR) {
				found = append(found, fmt.Sprintf("%s: %s: bytes %d to %d are in %s (copied: %v)", d.Source.Path, at, x.From, x.To, x.Language, x.Copied))
			}
		}
		frontTexts("", d.Front, func(at string, en, fr string) {
			compare(at, bilingual.Plain("en", []byte(en)), bilingual.Plain("fr", []byte(fr)))
		})
		if len(d.Text()) == 0 {
			return
		}
		body := markdown.Parse(d.Text())
		sections := make(map[string]*bilingual.Text)
		for i := range body.Sections {
			s := &body.Sections[i]
			tag := map[string]string{"English": "en", "Français": "fr"}[s.Title]
			sections[tag] = bilingual.Read(tag, d.Text(), check.Pieces(s))
		}
		if sections["en"] != nil && sections["fr"] != nil {
			compare("body", sections["en"], sections["fr"])
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found, texts
}

func described(s bilingual.Side) string {
	if s.Missing {
		return fmt.Sprintf("nothing at %d", s.From)
	}
	text := fmt.Sprintf("%q", s.Text)
	if s.Count > 0 {
		text += fmt.Sprintf(" (%d×%d %v)", s.Count, s.Columns, s.Ordered)
	}
	return text
}

// frontTexts finds the values of a front matter that are given in English and
// in French.
func frontTexts(at string, v *content.Value, do func(at, en, fr string)) {
	if en, fr := v.Get("en"), v.Get("fr"); en != nil && fr != nil && en.Kind == content.Scalar && fr.Kind == content.Scalar {
		do(strings.TrimPrefix(at, "."), en.Text, fr.Text)
		return
	}
	for i, item := range v.Items {
		name := fmt.Sprintf("%s[%d]", at, i)
		if v.Kind == content.Mapping {
			name = at + "." + v.Keys[i].Text
		}
		frontTexts(name, item, do)
	}
}
