package build_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
)

// warm is a catalog that is edited, and the folder that its site is built into
// again and again, each time by what would be a process of its own.
type warm struct {
	*testing.T
	random     *rand.Rand
	dir, out   string
	cache      string
	day        catalog.Date
	drafts     bool
	preview    bool
	serial     int
	said       string // what the last edit did
	kept, made int    // builds that skipped all work, and those that did some
}

func (w *warm) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(w.said, err)
	}
}

// some returns one of the files that match a pattern below content/, or "".
func (w *warm) some(pattern string) string {
	names, err := filepath.Glob(filepath.Join(w.dir, "content", filepath.FromSlash(pattern)))
	w.must(err)
	if len(names) == 0 {
		return ""
	}
	return names[w.random.IntN(len(names))]
}

// change changes a file's text, if there is one.
func (w *warm) change(name string, change func(text string) string) {
	data, err := os.ReadFile(name)
	if err != nil {
		return
	}
	w.must(os.WriteFile(name, []byte(change(string(data))), 0o644))
}

// swap puts one of several texts in the place of the one that is there.
func (w *warm) swap(name string, texts ...string) {
	w.change(name, func(text string) string {
		for i, t := range texts {
			if strings.Contains(text, t) {
				return strings.Replace(text, t, texts[(i+1+w.random.IntN(len(texts)-1))%len(texts)], 1)
			}
		}
		return text
	})
}

func (w *warm) word() string {
	w.serial++
	return "w" + strings.Repeat("xyz", w.serial%4) + string(rune('a'+w.serial%26))
}

// toggle takes a file away, or makes it.
func (w *warm) toggle(name, text string) {
	name = filepath.Join(w.dir, filepath.FromSlash(name))
	if os.Remove(name) != nil {
		w.must(os.MkdirAll(filepath.Dir(name), 0o755))
		w.must(os.WriteFile(name, []byte(text), 0o644))
	}
}

const (
	gone = "status: unpublished\nunpublished: {since: 2026-06-01, reason: security}\n"
	anew = "status: published\n"
)

const vmPrices = `{
  "region": "eu-west-2",
  "currency": "EUR",
  "fetched": "2026-06-01",
  "hourly": {"CustomCore:v6-p2": 0.0435, "CustomRam": 0.005}
}
`

var (
	omi  = regexp.MustCompile(`ami-[0-9a-f]{8}`)
	code = regexp.MustCompile(`pty-[0-9a-f]{8}`)
)

// happens are the things that happen to a catalog, to its site and to what is
// remembered, by what they are called.
var happens = map[string]func(w *warm){
	"text": func(w *warm) {
		w.change(w.some("sellers/*/*/product.md"), func(s string) string { return s + "\nEncore " + w.word() + ".\n" })
	},
	"title": func(w *warm) {
		w.change(w.some("sellers/*/*/product.md"), func(s string) string {
			return regexp.MustCompile(`(?m)^title: .*$`).ReplaceAllString(s, "title: "+w.word())
		})
	},
	"summary": func(w *warm) {
		word := w.word()
		w.change(w.some("sellers/*/*.md"), func(s string) string {
			return regexp.MustCompile(`(?m)^summary: .*$`).ReplaceAllString(s, "summary: {en: Some "+word+"., fr: Du "+word+".}")
		})
	},
	"price": func(w *warm) {
		w.swap(w.some("sellers/*/vault*/product.md"), "rate: 10.00", "rate: 12.50", "rate: 9.00")
	},
	"prices of VMs": func(w *warm) { w.toggle("content/prices/eu-west-2.json", vmPrices) },
	"a price of a VM": func(w *warm) {
		w.swap(w.some("prices/*.json"), "0.0435", "0.0444", "free") // the last is none: the list is left out
	},
	"category": func(w *warm) { w.swap(w.some("sellers/*/*/product.md"), "[databases]", "[security]") },
	"related": func(w *warm) {
		w.swap(w.some("sellers/*/vault*/product.md"), "related: [acme/relay]", "related: [acme/care]")
	},
	"link": func(w *warm) {
		w.swap(w.some("sellers/*/*/product.md"), "Call us.", "[Call](/en/products/acme/relay/) us.", "[Ask](/en/sellers/other/#products) us.")
		w.swap(w.some("sellers/*/*/product.md"), "Use it.", "[Use](/en/products/acme/vault/) it.")
	},
	"unpublish": func(w *warm) { w.swap(w.some("sellers/*/*/product.md"), anew, gone) },
	"leave":     func(w *warm) { w.swap(w.some("sellers/*/showcase.md"), anew, gone) },
	"draft":     func(w *warm) { w.swap(w.some("sellers/*/*/product.md"), "status: published\n", "status: draft\n") },
	"later": func(w *warm) {
		key, soon := []string{"publish_on", "unpublish_on"}[w.random.IntN(2)], catalog.DateOf(w.day.Time().AddDate(0, 0, 1+w.random.IntN(3)))
		w.change(w.some("sellers/*/*/product.md"), func(s string) string {
			s = regexp.MustCompile(`(?m)^(un)?publish_on: .*\n`).ReplaceAllString(s, "")
			return strings.Replace(s, "status: published\n", fmt.Sprintf("status: published\n%s: %s\n", key, soon), 1)
		})
		if w.random.IntN(2) == 0 { // and later it is
			w.build(w.out, w.cache)
			w.day = soon
		}
	},
	"fault": func(w *warm) { w.swap(w.some("sellers/*/*/product.md"), "type: omi", "type: omni") },
	"rename": func(w *warm) {
		if from := w.some("sellers/*/*/product.md"); from != "" {
			from = filepath.Dir(from)
			w.must(os.Rename(from, filepath.Join(filepath.Dir(from), w.word()+fmt.Sprint(w.serial))))
		}
	},
	"alias": func(w *warm) {
		w.swap(w.some("sellers/*/*/product.md"), "status: published\nt", "status: published\naliases: [before]\nt")
	},
	"copy": func(w *warm) {
		from := w.some("sellers/*/*/product.md")
		if from == "" {
			return
		}
		w.serial++
		to := filepath.Join(filepath.Dir(filepath.Dir(from)), fmt.Sprintf("copy-%d", w.serial))
		w.must(os.CopyFS(to, os.DirFS(filepath.Dir(from))))
		n := w.serial * 16
		w.change(filepath.Join(to, "product.md"), func(s string) string {
			s = omi.ReplaceAllStringFunc(s, func(string) string { n++; return fmt.Sprintf("ami-%08x", n) })
			return code.ReplaceAllString(s, fmt.Sprintf("pty-%08x", n))
		})
	},
	"delete": func(w *warm) {
		if name := w.some("sellers/*/copy-*/product.md"); name != "" {
			w.must(os.RemoveAll(filepath.Dir(name)))
		}
	},
	"seller": func(w *warm) {
		other := filepath.Join(w.dir, "content/sellers/other")
		if os.RemoveAll(other) == nil && w.random.IntN(2) == 0 {
			w.must(os.MkdirAll(other, 0o755))
			for _, name := range []string{"showcase.md", "logo.svg"} {
				data, err := os.ReadFile(filepath.Join(w.dir, "content/sellers/acme", name))
				w.must(err)
				w.must(os.WriteFile(filepath.Join(other, name), data, 0o644))
			}
		}
	},
	"name": func(w *warm) {
		w.change(w.some("sellers/*/showcase.md"), func(s string) string {
			return regexp.MustCompile(`(?m)^name: .*$`).ReplaceAllString(s, "name: Acme "+w.word())
		})
	},
	"certified": func(w *warm) {
		w.swap(w.some("sellers/*/showcase.md"), "maintainers: [acme-team]\n-", "maintainers: [acme-team]\ncertifications: [ISO 27001]\n-", "maintainers: [acme-team]\ncertifications: [SecNumCloud, iso 27001]\n-")
	},
	"image": func(w *warm) {
		w.swap(w.some("sellers/*/*/logo.svg"), `width="8"`, `width="9"`, `width="16"`)
	},
	"stray": func(w *warm) {
		w.toggle("content/sellers/acme/care/more.txt", "More.")
	},
	"page": func(w *warm) {
		w.swap(w.some("pages/*.md"), "{en: About, fr: À propos}", "{en: Contact, fr: Contact}")
	},
	"settings": func(w *warm) {
		w.swap(filepath.Join(w.dir, "content/catalog.yaml"), "Catalogue de test", "Un autre catalogue")
	},
	"names": func(w *warm) { w.swap(filepath.Join(w.dir, "content/catalog.yaml"), "fr: Sécurité", "fr: Sûreté") },
	"template": func(w *warm) {
		w.toggle("themes/default/templates/_own.html", `{{define "category"}}<li>{{.Name}}</li>{{end}}`)
	},
	"foot": func(w *warm) {
		w.toggle("themes/default/templates/_foot.html", `{{define "footer"}}<footer>{{range .Facets}}{{range .Values}}{{.ID}} {{.Count}} {{end}}{{end}}</footer>{{end}}`)
	},
	"style": func(w *warm) {
		w.toggle("themes/default/assets/custom.css", "body { color: #"+fmt.Sprintf("%06d", w.serial)+" }")
	},
	"words":   func(w *warm) { w.toggle("i18n/fr.yaml", "words: {skip: Passer "+w.word()+"}\n") },
	"day":     func(w *warm) { w.day = catalog.DateOf(w.day.Time().AddDate(0, 0, w.random.IntN(9)-4)) },
	"drafts":  func(w *warm) { w.drafts = !w.drafts },
	"preview": func(w *warm) { w.preview = !w.preview },
	"commit": func(w *warm) {
		w.serial++
		cmd := exec.Command("sh", "-c", "git add -A && git commit -q --allow-empty -m x")
		cmd.Dir = w.dir
		day := fmt.Sprintf("2026-06-%02dT10:00:00Z", 1+w.serial%28)
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_COMMITTER_DATE="+day, "GIT_AUTHOR_DATE="+day,
			"GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@acme.example", "GIT_COMMITTER_NAME=a", "GIT_COMMITTER_EMAIL=a@acme.example")
		out, err := cmd.CombinedOutput()
		if err != nil {
			w.Fatalf("%v: %s", err, out)
		}
	},
	"back": func(w *warm) { // to where it all began
		w.must(os.RemoveAll(filepath.Join(w.dir, "content")))
		w.must(os.CopyFS(w.dir, os.DirFS("../check/testdata/valid")))
	},
	// What others do to the output and to the memory.
	"lost": func(w *warm) {
		if name := w.made1(); name != "" {
			w.must(os.Remove(name))
		}
	},
	"spoilt": func(w *warm) {
		if name := w.made1(); name != "" {
			w.must(os.WriteFile(name, []byte("not ours"), 0o644))
		}
	},
	"moved away": func(w *warm) { w.must(os.RemoveAll(w.out)) },
	"forgotten":  func(w *warm) { w.must(os.RemoveAll(w.cache)) },
	"damaged": func(w *warm) {
		names, _ := filepath.Glob(filepath.Join(w.cache, "*", "*"))
		if len(names) == 0 {
			return
		}
		name := names[w.random.IntN(len(names))]
		w.change(name, func(s string) string {
			if len(s) == 0 {
				return s
			}
			at := w.random.IntN(len(s))
			if w.random.IntN(2) == 0 {
				return s[:at]
			}
			return s[:at] + string(s[at]^1) + s[at+1:]
		})
	},
}

// made1 returns one of the site's files.
func (w *warm) made1() string {
	var names []string
	_ = filepath.WalkDir(w.out, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && filepath.Base(p) != "manifest.json" {
			names = append(names, p)
		}
		return nil
	})
	if len(names) == 0 {
		return ""
	}
	return names[w.random.IntN(len(names))]
}

// build builds the site with what is remembered; nil where the check finds errors.
func (w *warm) build(out string, cache string) map[string]string {
	w.Helper()
	root, err := content.OpenRoot(w.dir)
	w.must(err)
	defer root.Close()
	opt := build.Options{At: w.day, Drafts: w.drafts, Preview: w.preview}
	if cache != "" {
		if opt.Memory = build.OpenMemory(cache, w.dir); opt.Memory == nil {
			w.Fatal("nothing can be remembered")
		}
		opt.Memory.Trust()
	}
	o, err := build.OpenOutput(root, out, opt)
	w.must(err)
	if _, _, ok := o.Unchanged(); ok {
		w.kept++
		return files(w.T, out)
	}
	r, err := build.Check(w.Context(), root, opt)
	w.must(err)
	if r.Broken {
		return nil
	}
	s, _, err := build.Plan(w.Context(), root, r, opt)
	w.must(err)
	_, err = o.Build(w.Context(), s, r)
	w.must(err)
	if cache != "" {
		w.made++
	}
	return files(w.T, out)
}

func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		all[strings.TrimPrefix(p, dir)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Whatever happens to a catalog, to the site or to what is remembered of them, a
// build gives what a clean build gives, byte for byte. Faulty entries are left
// out by both.
func TestAWarmBuildEqualsACleanBuild(t *testing.T) {
	n := 120
	if testing.Short() {
		n = 25
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("needs git")
	}
	w := &warm{T: t, random: rand.New(rand.NewPCG(7, 1)), dir: t.TempDir(), cache: filepath.Join(t.TempDir(), "cache"), out: filepath.Join(t.TempDir(), "public"), day: "2026-06-15"}
	w.must(os.CopyFS(w.dir, os.DirFS("../check/testdata/valid")))
	w.must(exec.Command("git", "init", "-q", w.dir).Run())
	names := make([]string, 0, len(happens))
	for name := range happens {
		names = append(names, name)
	}
	slices.Sort(names)
	var said []string
	for i := range n {
		for range 1 + w.random.IntN(2) {
			w.said = names[w.random.IntN(len(names))]
			said = append(said, w.said)
			happens[w.said](w)
		}
		clean := filepath.Join(t.TempDir(), "clean")
		want := w.build(clean, "")
		_ = os.RemoveAll(clean)
		for range 1 + w.random.IntN(2) {
			got := w.build(w.out, w.cache)
			if want == nil {
				break
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("edit %d, after %v, the site differs (-clean +warm):\n%.3000s", i, said[max(0, len(said)-8):], diff)
			}
		}
		time.Sleep(5 * time.Millisecond) // until the file system's clock goes on
	}
	t.Logf("%d builds did something, %d nothing", w.made, w.kept)
	if w.made < n/2 || w.kept < n/30 {
		t.Errorf("of %d builds, %d did something and %d nothing", n, w.made, w.kept)
	}
}
