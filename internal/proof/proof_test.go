package proof_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"html/template"
	"math/rand/v2"
	"net/url"
	"strings"
	"testing"

	"vitrine/internal/proof"
)

// finds reports whether data holds the one secret.
func finds(s proof.Secret, data string) (found bool) {
	proof.New([]proof.Secret{s}).Find([]byte(data), func(int) { found = true })
	return found
}

func TestSecretsAreFoundWhateverTheyAreWrittenIn(t *testing.T) {
	texts := []string{
		"Perlune Tunnel", "Nova", "R&D", `Le "coffre" d'Élise`, "a < b, c > d", "Zéphirine\u00a0: l’essentiel", "50 % de C++", "Äpfel", "日本語の製品", "C:\\new\\x",
		"Receives, stores and serves DICOM studies over C-STORE, C-FIND, C-MOVE and DICOMweb",
	}
	ways := map[string]func(string) string{
		"as it is": func(s string) string { return s },
		"HTML":     template.HTMLEscapeString,
		"XML": func(s string) string {
			var b bytes.Buffer
			if err := xml.EscapeText(&b, []byte(s)); err != nil {
				t.Fatal(err)
			}
			return b.String()
		},
		"JSON": func(s string) string {
			b, err := json.Marshal(s)
			if err != nil {
				t.Fatal(err)
			}
			return string(b)
		},
		"a URL's path": func(s string) string { return "/x/" + url.PathEscape(s) + "/" },
		"capitals":     strings.ToUpper,
	}
	frames := []string{"%s", "<p>%s</p>", "(%s)", "« %s »", "«\u00a0%s\u00a0»", "l’%s.", "\n%s\n"}
	for _, text := range texts {
		for way, escape := range ways {
			if way == "capitals" && strings.ContainsAny(text, "日’\\") {
				continue
			}
			for _, frame := range frames {
				written := fmt.Sprintf(frame, escape(text))
				for _, outer := range []string{written, ways["JSON"](written), ways["HTML"](written), ways["JSON"](ways["HTML"](written))} {
					if !finds(proof.Secret{Text: text}, outer) {
						t.Errorf("%q is not found, written as %s: %s", text, way, outer)
					}
				}
			}
		}
	}
}

func TestWhatIsNoSecretIsNotFound(t *testing.T) {
	for _, c := range []struct {
		secret proof.Secret
		data   string
		want   bool
	}{
		{proof.Secret{Text: "Nova"}, "the Novatel, innovation, SuperNova", false},
		{proof.Secret{Text: "Nova"}, "Nova-Suite", true},
		{proof.Secret{Text: "été"}, "répétés étés", false},
		{proof.Secret{Text: "été"}, "cet été-là", true},
		{proof.Secret{Kind: proof.Name, Text: "acme/vault"}, `href="/en/products/acme/vault-pro/"`, false},
		{proof.Secret{Kind: proof.Name, Text: "acme/vault"}, `href="/en/products/super-acme/vault/"`, false},
		{proof.Secret{Kind: proof.Name, Text: "acme/vault"}, `href="/en/products/acme/vault/"`, true},
		{proof.Secret{Kind: proof.Name, Text: "acme/vault"}, `src="/files/acme/vault.logo.svg"`, true},
		{proof.Secret{Kind: proof.Name, Text: "acme/vault"}, `?p=acme%2Fvault&amp;p=x`, true},
		{proof.Secret{Kind: proof.Name, Text: "ami-1a2b3c4d"}, "ami-1a2b3c4d9", false},
		{proof.Secret{Kind: proof.Name, Text: "ami-1a2b3c4d"}, `{"omi":"ami-1a2b3c4d"}`, true},
		{proof.Secret{Kind: proof.Value, Text: "0042"}, "call 01 23 0042, or 0042", false},
		{proof.Secret{Kind: proof.Value, Text: "0042"}, "<dd>0042</dd>", true},
		{proof.Secret{Kind: proof.Value, Text: "0042"}, `{"code": "0042"}`, true},
		{proof.Secret{Text: "DPI"}, "<h1>DPI</h1>", true},
		{proof.Secret{Text: "DPI"}, "DPI", true},
		{proof.Secret{Text: "x"}, "x", false}, // one letter is everywhere
	} {
		if got := finds(c.secret, c.data); got != c.want {
			t.Errorf("%q in %q: found is %v", c.secret.Text, c.data, got)
		}
	}
}

// TestFindAgreesWithASearch compares with what a plain search of words says.
func TestFindAgreesWithASearch(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	random := func(words int) string {
		var b strings.Builder
		for i := range words {
			if i > 0 {
				b.WriteByte(' ')
			}
			for range 1 + r.IntN(4) {
				b.WriteString([]string{"a", "b", "é", "c"}[r.IntN(4)])
			}
		}
		return b.String()
	}
	found := 0
	for range 3000 {
		var secrets []proof.Secret
		for range 1 + r.IntN(20) {
			secrets = append(secrets, proof.Secret{Text: random(1 + r.IntN(3))})
		}
		set := proof.New(secrets)
		data := random(r.IntN(60))
		got := make(map[string]bool)
		set.Find([]byte(data), func(n int) { got[set.Secrets[n].Text] = true })
		for _, s := range set.Secrets {
			want := strings.Contains(" "+data+" ", " "+s.Text+" ")
			if got[s.Text] != want {
				t.Fatalf("%q in %q: found is %v", s.Text, data, got[s.Text])
			}
			if want {
				found++
			}
		}
	}
	if found < 1000 {
		t.Errorf("only %d secrets were found: the test finds out nothing", found)
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"&amp;lt;", `"\u003ca\u003e"`, "%2F%", "&#x41;&#;&#99999999999;", "\\", "%e9%C3%A9"} {
		f.Add([]byte(s), "Nova")
	}
	f.Fuzz(func(t *testing.T, data []byte, secret string) {
		before := bytes.Clone(data)
		finds(proof.Secret{Text: secret}, string(data))
		set := proof.New([]proof.Secret{{Text: secret}, {Kind: proof.Name, Text: "acme/vault"}})
		found := false
		set.Find(append(data, " acme%2fvault"...), func(n int) { found = found || set.Secrets[n].Kind == proof.Name })
		if !found {
			t.Error("what stands at the end is not found")
		}
		if !bytes.Equal(before, data) {
			t.Error("the data was changed")
		}
	})
}

// BenchmarkFind looks for 30,000 secrets in pages like the site's.
func BenchmarkFind(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	vocabulary := make([]string, 4000)
	for i := range vocabulary {
		for range 2 + r.IntN(9) {
			vocabulary[i] += string(rune('a' + r.IntN(26)))
		}
	}
	words := func(n int) string {
		var w []string
		for range n {
			w = append(w, vocabulary[r.IntN(len(vocabulary))])
		}
		return strings.Join(w, " ")
	}
	var secrets []proof.Secret
	for range 30_000 {
		secrets = append(secrets, proof.Secret{Text: words(6)})
	}
	set := proof.New(secrets)
	var page bytes.Buffer
	for page.Len() < 25_000 {
		fmt.Fprintf(&page, "<li class=\"card\"><a href=\"/en/products/%s/\">%s</a>\n<p>%s &amp; it&#39;s %s</p></li>\n", words(1), words(3), words(15), words(4))
	}
	b.SetBytes(int64(page.Len()))
	for b.Loop() {
		set.Find(page.Bytes(), func(int) {})
	}
}
