package i18n

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"
)

func load(t *testing.T, overlay map[string]string) *Set {
	t.Helper()
	s, err := Load(files(overlay))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// files makes an overlay.
func files(content map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range content {
		m[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return m
}

// Spaces that do not break, by name: they look alike in a test.
const (
	narrow = "\u202f"
	nbsp   = "\u00a0"
)

func TestBuiltInLanguagesHaveEveryWord(t *testing.T) {
	s, err := Load(nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"en", "fr"}, s.Tags()); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	if err := s.Complete(s.Tags()); err != nil {
		t.Error(err)
	}
	for _, tag := range s.Tags() {
		l := s.Get(tag)
		for key := range s.Get("en").file.Countries {
			if l.file.Countries[key] == "" {
				t.Errorf("%s has no name for the country %s", tag, key)
			}
		}
		for key := range s.Get("en").file.Currencies {
			if l.file.Currencies[key] == "" {
				t.Errorf("%s has no sign for the currency %s", tag, key)
			}
		}
	}
	if got := s.NameOf("fr") + s.NameOf("xx"); got != "Françaisxx" {
		t.Errorf("names %q", got)
	}
}

// TestPlaceholdersAreTheSameInEveryLanguage: a word whose {placeholder} is
// misspelt would show it to buyers.
func TestPlaceholdersAreTheSameInEveryLanguage(t *testing.T) {
	placeholder := regexp.MustCompile(`\{[^}]*\}`)
	s := load(t, nil)
	used := func(v any) []string {
		var all []string
		for _, text := range texts(v) {
			all = append(all, placeholder.FindAllString(text, -1)...)
		}
		slices.Sort(all)
		return slices.Compact(all)
	}
	for key, word := range s.Get("en").file.Words {
		if diff := cmp.Diff(used(word), used(s.Get("fr").file.Words[key])); diff != "" {
			t.Errorf("%s (-en +fr):\n%s", key, diff)
		}
	}
}

// texts returns a word's text, or those of its plural forms.
func texts(word any) []string {
	switch w := word.(type) {
	case string:
		return []string{w}
	case map[string]any:
		var all []string
		for _, form := range w {
			all = append(all, texts(form)...)
		}
		return all
	}
	return nil
}

func TestFormats(t *testing.T) {
	s := load(t, nil)
	en, fr := s.Get("en"), s.Get("fr")
	day := func(l *Language, iso string) string {
		d, err := time.Parse(time.DateOnly, iso)
		if err != nil {
			t.Fatal(err)
		}
		return l.Date(d)
	}
	tests := []struct{ name, got, want string }{
		{"number", en.Number("1234567.50"), "1,234,567.50"},
		{"number", fr.Number("1234567.50"), "1" + narrow + "234" + narrow + "567,50"},
		{"three digits", en.Number("999") + fr.Number("999"), "999999"},
		{"four digits", fr.Number("1000"), "1" + narrow + "000"},
		{"below zero", en.Number("-1234.5"), "−1,234.5"},
		{"below one", fr.Number("0.000100"), "0,000100"},
		{"money", en.Money("1234.50", "EUR"), "€1,234.50"},
		{"money", fr.Money("1234.50", "EUR"), "1" + narrow + "234,50" + nbsp + "€"},
		{"places are filled", en.Money("12", "USD") + fr.Money("12.5", "EUR"), "$12.00" + "12,50" + nbsp + "€"},
		{"places are kept", fr.Money("0.0312", "EUR"), "0,0312" + nbsp + "€"},
		{"unknown currency", fr.Money("1", "JPY"), "1,00" + nbsp + "JPY"},
		{"first day", en.Date(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)), "March 1, 2026"},
		{"first day", day(fr, "2026-03-01"), "1er mars 2026"},
		{"day", day(en, "2026-12-31"), "December 31, 2026"},
		{"day", day(fr, "2026-08-21"), "21 août 2026"},
		{"none", en.Count("count.products", 0) + "/" + fr.Count("count.products", 0), "0 products/0 produit"},
		{"one", en.Count("count.products", 1) + "/" + fr.Count("count.products", 1), "1 product/1 produit"},
		{"two", en.Count("count.products", 2) + "/" + fr.Count("count.products", 2), "2 products/2 produits"},
		{"many", en.Count("count.products", 1200), "1,200 products"},
		{"many", fr.Count("count.products", 1200), "1" + narrow + "200 produits"},
		{"country", en.Country("DE") + "/" + fr.Country("DE") + "/" + fr.Country("XX"), "Germany/Allemagne/XX"},
		{"argument", fr.Word("pager.title", "title", "Vendeurs", "n", "2"), "Vendeurs, page 2"},
		{"no such word", fr.Word("no.such") + fr.Count("no.such", 1), "⟨no.such⟩⟨no.such⟩"},
	}
	for _, test := range tests {
		// A date's spaces may or may not break; all others are exact.
		got := test.got
		if strings.Contains(test.name, "day") {
			got = strings.ReplaceAll(got, nbsp, " ")
		}
		if got != test.want {
			t.Errorf("%s: %+q, want %+q", test.name, got, test.want)
		}
	}
}

func TestPlainWordsHaveNoPlaceholders(t *testing.T) {
	l := load(t, nil).Get("en")
	if w, ok := l.Plain("nav.home"); w != "Home" || !ok {
		t.Errorf("nav.home is %q, %v", w, ok)
	}
	for _, key := range []string{"pager.page", "count.products", "no.such"} {
		if w, ok := l.Plain(key); ok {
			t.Errorf("%s is taken for a plain word: %q", key, w)
		}
	}
}

func TestLocale(t *testing.T) {
	english, err := builtIn.ReadFile("en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	set := load(t, map[string]string{"pt-BR.yaml": string(english), "de.yaml": string(english)})
	for tag, want := range map[string]string{"en": "en_US", "fr": "fr_FR", "de": "de_DE", "pt-BR": "pt_BR"} {
		if got := set.Get(tag).Locale(); got != want {
			t.Errorf("%s: %s, want %s", tag, got, want)
		}
	}
}

func TestSorter(t *testing.T) {
	want := []string{"Agence", "eau", "Écluse", "école", "Edition", "étude", "version 2", "version 10", "zèbre"}
	for _, tag := range []string{"en", "fr"} {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, load(t, nil).Get(tag).Sorter())
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tag, diff)
		}
	}
}

func TestFrenchWordsAreTypesetInFrench(t *testing.T) {
	before := regexp.MustCompile(`[^` + nbsp + narrow + `][:;!?»]`)
	behind := regexp.MustCompile(`«[^` + nbsp + narrow + `]`)
	for key, word := range load(t, nil).Get("fr").file.Words {
		for _, s := range texts(word) {
			switch {
			case strings.ContainsAny(s, `'"`):
				t.Errorf("%s: %q has an ASCII quote: write ’ or « »", key, s)
			case before.MatchString(s), behind.MatchString(s):
				t.Errorf("%s: %+q lacks a no-break space at : ; ! ? « or »", key, s)
			case strings.Contains(s, "..."):
				t.Errorf("%s: %q: write …", key, s)
			}
		}
	}
}

func TestAnOverlayReplacesSingleWords(t *testing.T) {
	l := load(t, map[string]string{"en.yaml": "words: {nav.home: Start}\ncountries: {JP: Japan}\n"}).Get("en")
	want := []string{"Start", "Products", "English", "Japan", "France", "€1.00"}
	got := []string{l.Word("nav.home"), l.Word("nav.products"), l.Name, l.Country("JP"), l.Country("FR"), l.Money("1", "EUR")}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := load(t, nil).Get("en").Word("nav.home"); got != "Home" {
		t.Errorf("the overlay changed the built-in word to %q", got)
	}
}

func TestAnOverlayAddsALanguage(t *testing.T) {
	english, err := builtIn.ReadFile("en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	s := load(t, map[string]string{"pt-BR.yaml": strings.Replace(string(english), "name: English", "name: Português", 1)})
	if diff := cmp.Diff([]string{"en", "fr", "pt-BR"}, s.Tags()); diff != "" {
		t.Errorf("languages (-want +got):\n%s", diff)
	}
	if err := s.Complete([]string{"en", "pt-BR"}); err != nil || s.NameOf("pt-BR") != "Português" {
		t.Errorf("%v, name %q", err, s.NameOf("pt-BR"))
	}
}

const months = "formats: {months: [a, b, c, d, e, f, g, h, i, j, k, l]}\n"

func TestFaultsOfAnOverlayNameItsFile(t *testing.T) {
	tests := []struct{ name, file, text, want string }{
		{"bad YAML", "en.yaml", "words:\n  a: [\n", `^i18n/en\.yaml:3:1: this is not YAML`},
		{"unknown key", "en.yaml", "wrods: {a: b}\n", `^i18n/en\.yaml:1:1: there is no key "wrods" here: did you mean words\?`},
		{"words that are a list", "en.yaml", "words: [a]\n", `^i18n/en\.yaml:1:8: expected here: words, such as nav\.home: Home$`},
		{"not a mapping", "en.yaml", "nav.home\n", `^i18n/en\.yaml:1:1: expected here: words:, and below it the words$`},
		{"no language tag", "klingon!.yaml", "name: tlhIngan\n", `^i18n/klingon!\.yaml: "klingon!" is not a language tag such as de`},
		{"another case", "pt-br.yaml", "name: x\n", `^i18n/pt-br\.yaml: the language is written pt-BR: rename the file to pt-BR\.yaml$`},
		{"another ending", "fr.yml", "words: {}\n", `^i18n/fr\.yml: is not used: words stand in files such as i18n/fr\.yaml$`},
		{"a folder", "fr/words.yaml", "words: {}\n", `^i18n/fr: is a folder, which is not looked into`},
		{"too large", "fr.yaml", strings.Repeat("# long\n", 200_000), `^i18n/fr\.yaml: has 1367 kB, limit 1024 kB$`},
		{"not UTF-8", "fr.yaml", "words: {nav.home: \"\xe9\"}\n", `^i18n/fr\.yaml: is not UTF-8`},
		{"no name", "de.yaml", months, `^i18n/de\.yaml: a new language needs name: and twelve formats\.months`},
		{"eleven months", "de.yaml", "name: Deutsch\n" + strings.Replace(months, ", l", "", 1), `^i18n/de\.yaml:2:19: the names of the twelve months are expected here$`},
		{"empty", "de.yaml", "", `^i18n/de\.yaml: is empty: delete it`},
		{"comments alone", "de.yaml", "# later\n", `^i18n/de\.yaml: is empty: delete it`},
		{"unknown format", "fr.yaml", "formats:\n  mony: x\n", `^i18n/fr\.yaml:2:3: there is no format "mony": did you mean money\?`},
		{"placeholder of a format", "fr.yaml", "formats: {date: \"{days} {month} {year}\"}\n", `^i18n/fr\.yaml:1:17: in date, \{days\} stands for nothing: it may have \{day\}, \{month\}, \{year\}$`},
		{"placeholder", "fr.yaml", "words:\n  pager.title: \"{titel}, {n}\"\n", `^i18n/fr\.yaml:2:16: in pager\.title, \{titel\} stands for nothing: it may have \{n\}, \{title\}$`},
		{"placeholder in a form", "fr.yaml", "words:\n  count.products: {one: a, other: \"{m} b\"}\n", `^i18n/fr\.yaml:2:35: in count\.products, \{m\} stands for nothing: it may have \{n\}$`},
		{"placeholder in a plain word", "fr.yaml", "words: {nav.home: \"{n}\"}\n", `: in nav\.home, \{n\} stands for nothing: it has none$`},
		{"a number", "fr.yaml", "words:\n  nav.home: 5\n", `^i18n/fr\.yaml:2:13: a text is expected here: put it in double quotes$`},
		{"nothing", "fr.yaml", "words:\n  nav.home:\n", `^i18n/fr\.yaml:2:\d+: a text is expected here`},
		{"twice", "fr.yaml", "words:\n  nav.home: a\n  nav.home: b\n", `^i18n/fr\.yaml:3:3: "nav\.home" stands in line 2 already: keep one of them$`},
		{"a form missing", "fr.yaml", "words:\n  count.products: {other: b}\n", `^i18n/fr\.yaml:2:3: the word count\.products lacks the plural form one$`},
		{"unknown form", "fr.yaml", "words:\n  count.products: {one: a, ohter: b, other: b}\n", `^i18n/fr\.yaml:2:28: there is no plural form "ohter": did you mean other\?$`},
		{"forms for a plain word", "en.yaml", "words: {nav.home: {one: a, other: b}}\n", `^i18n/en\.yaml:1:19: the word nav\.home has no plural forms: write one text$`},
		{"a word for forms", "fr.yaml", "words: {count.products: a}\n", `^i18n/fr\.yaml:1:25: the word count\.products has plural forms`},
		{"an alias", "fr.yaml", "words: {nav.home: &a x, nav.sellers: *a}\n", `^i18n/fr\.yaml:1:38: a text is expected here`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Load(files(map[string]string{test.file: test.text}))
			if err == nil {
				t.Fatal("the file is taken")
			}
			if !regexp.MustCompile(test.want).MatchString(err.Error()) || regexp.MustCompile(`[^.]yaml: |\bmap\[|interface`).MatchString(err.Error()) {
				t.Errorf("error %q, want %s, in our words", err, test.want)
			}
		})
	}
}

func TestMissingWordsAreNamed(t *testing.T) {
	german := "name: Deutsch\n" + months + "words: {nav.home: Start}\n"
	tests := []struct {
		name, file, text, want string
		not                    []string
	}{
		{"new language", "de.yaml", german, "i18n/de.yaml lacks the words ", []string{"nav.home"}},
		{"plural form", "de.yaml", german, "count.products (with the forms one, other)", nil},
		{"word for all", "en.yaml", "words: {my.word: a}\n", "i18n/fr.yaml lacks the words my.word", nil},
		{"no file", "en.yaml", "words: {nav.home: Home}", `there is no i18n/de.yaml for the language "de"`, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := load(t, map[string]string{test.file: test.text}).Complete([]string{"en", "fr", "de"})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want %q", err, test.want)
			}
			for _, not := range test.not {
				if strings.Contains(err.Error(), not) {
					t.Errorf("error %q names %s", err, not)
				}
			}
		})
	}
}

func TestAllFaultsOfAllFilesAreNamed(t *testing.T) {
	_, err := Load(files(map[string]string{"en.yaml": "wrods: {}\nformats: {mony: x}\n", "fr.yml": "", "README.md": "Our words.", ".swp": "x"}))
	if err == nil {
		t.Fatal("the files are taken")
	}
	if got := strings.Count(err.Error(), "\n") + 1; got != 3 {
		t.Errorf("%d faults, want 3:\n%v", got, err)
	}
}

// TestEachLanguageHasItsOwnPluralForms: Polish has three where English has two,
// Japanese has one.
func TestEachLanguageHasItsOwnPluralForms(t *testing.T) {
	of := func(tag, forms string) *Language {
		return load(t, map[string]string{tag + ".yaml": "name: x\n" + months + "words: {count.products: {" + forms + "}}\n"}).Get(tag)
	}
	pl := of("pl", `one: "{n} produkt", few: "{n} produkty", many: "{n} produktów", other: "{n} produktu"`)
	ja := of("ja", `other: "{n}点"`)
	var got []string
	for _, n := range []int{1, 3, 5, 22} {
		got = append(got, pl.Count("count.products", n), ja.Count("count.products", n))
	}
	want := []string{"1 produkt", "1点", "3 produkty", "3点", "5 produktów", "5点", "22 produkty", "22点"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	_, err := Load(files(map[string]string{"pl.yaml": "name: x\n" + months + "words: {count.products: {one: a, other: b}}\n"}))
	if err == nil || !strings.Contains(err.Error(), "i18n/pl.yaml:3:9: the word count.products lacks the plural form few\n") {
		t.Errorf("error %v", err)
	}
}

func TestWhatIsAskedOfAWordIsJudged(t *testing.T) {
	l := load(t, nil).Get("en")
	tests := []struct {
		key    string
		number bool
		given  []string
		want   string
	}{
		{"nav.home", false, nil, ""},
		{"pager.title", false, []string{"n", "title"}, ""},
		{"count.products", true, nil, ""},
		{"nav.hme", false, nil, `i18n/en.yaml has no word "nav.hme": did you mean nav.home?`},
		{"nav.home", true, nil, `the word "nav.home" has no plural forms: ask for it with {{$.T "nav.home"}}`},
		{"count.products", false, nil, `the word "count.products" has plural forms: ask for it with {{$.N "count.products" .Number}}`},
		{"pager.page", false, []string{"m"}, `the word "pager.page" needs a value for {n}: {{$.T "pager.page" "n" .Value}}`},
	}
	for _, test := range tests {
		got := ""
		if err := l.Ask(test.key, test.number, test.given); err != nil {
			got = err.Error()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.key, got, test.want)
		}
	}
}

func TestWordsThatNothingUsesAreNamed(t *testing.T) {
	s := load(t, map[string]string{"fr.yaml": "words:\n  nav.hme: x\n  my.word: y\n", "en.yaml": "words: {my.word: z, nav.home: Start}\n"})
	if err := s.Unused(map[string]bool{"my.word": true}); err == nil || err.Error() != `i18n/fr.yaml:2:3: nothing uses the word "nav.hme": did you mean nav.home?` {
		t.Errorf("error %v", err)
	}
	if err := s.Unused(map[string]bool{"my.word": true, "nav.hme": true}); err != nil {
		t.Errorf("error %v", err)
	}
}
