package typography

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// shown writes no-break spaces so that they can be told apart: ~ is U+00A0,
// _ is U+202F.
var (
	shown  = strings.NewReplacer(NoBreak, "~", NarrowNoBreak, "_")
	hidden = strings.NewReplacer("~", NoBreak, "_", NarrowNoBreak)
)

func TestFrench(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"colon", "Trois modes : par VM, au mois : voir plus bas", "Trois modes~: par VM, au mois~: voir plus bas"},
		{"semicolon", "vite ; bien", "vite_; bien"},
		{"question and exclamation", "Prêt ? Oui ! Vraiment ?!", "Prêt_? Oui_! Vraiment_?!"},
		{"missing", "Note: vite; bien? Oui!", "Note~: vite_; bien_? Oui_!"},
		{"several spaces", "Note  : vite", "Note~: vite"},
		{"behind figures and brackets", "En 2026: 5 % (environ): x", "En 2026~: 5~% (environ)~: x"},
		{"guillemets", "le mode « Départ » et «Arrivée»", "le mode «~Départ~» et «~Arrivée~»"},
		{"nested guillemets", "« un « deux » »", "«~un «~deux~»~»"},
		{"question in guillemets", "« Quand ? », «Quand?»", "«~Quand_?~», «~Quand_?~»"},
		{"apostrophe", "l'OMI d'aujourd'hui, jusqu'à ce qu'elle s'arrête ; L'IA, N'oubliez", "l’OMI d’aujourd’hui, jusqu’à ce qu’elle s’arrête_; L’IA, N’oubliez"},
		{"units are no words", "les 2 s'arrêtent", "les 2 s’arrêtent"},
		{"apostrophe before other things", "d'« x », l'`omi`, l'\"x\"", "d’«~x~», l’`omi`, l’«~x~»"},
		{"thousands", "1 234 VM, 12 345 678,5 et (25 000)", "1_234 VM, 12_345_678,5 et (25_000)"},
		{"units", "10 Go, 1,5 Mo/s, 24 h/24, 50 %, 12 €, 99,9%, 5€, 3 °C.", "10~Go, 1,5~Mo/s, 24~h/24, 50~%, 12~€, 99,9~%, 5~€, 3~°C."},
		{"thousands with a unit", "1 000 000 € : cher", "1_000_000~€~: cher"},
		{"straight quotes", `Cliquez sur "Créer" (ou "Ajouter une clé").`, "Cliquez sur «~Créer~» (ou «~Ajouter une clé~»)."},
		{"beside code", "la clé `a: b` : elle", "la clé `a: b`~: elle"},
		{"code with backquotes", "``a ` b: c`` : x", "``a ` b: c``~: x"},
		{"unclosed code", "un ` seul : x", "un ` seul~: x"},
		{"lines", "un :\ndeux ;\n\ntrois !", "un~:\ndeux_;\n\ntrois_!"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := shown.Replace(string(Mend([]byte(test.text), French([]byte(test.text)))))
			if got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// What is right, or could be something else than French, stays as it is.
func TestFrenchLeaves(t *testing.T) {
	for _, text := range []string{
		"note~: x, note_: y, note~; z", "un~; deux~? trois~!", "«_x_»", "1~000 et 1_000", "5_%, 5_Go",
		"à 12:30, en 16:9, host:443, a:b", "https://a.example/?q=1:2 et mailto:a@b.example", "std::vector", ":smile: :-) ;-) :D ;)",
		`C:\Temp`, "a=b; c", "http://x.example: x", "a@b.example: x", "x/y?", "!important", "a != b", "!!", "?", ": définition", "; x",
		"écran 5'", "2' 30\"", "rock 'n' roll", "What's new", "O'Reilly", "don't", "it's", "Perlune's", "'mot'", "b'x'",
		"Yahoo! propose", "avec Joomla! Puis", "le site Vitalo! Il", "Vitalo! répond",
		"Fichier » Nouveau", "« seul", "seul »", "«»", "« »", "<< x >>",
		"02 61 91 42 07", "+33 261 914 207", "0 800 123 456", "2025 300", "12 34", "1,5 100 200", "Serveur avec Debian 12 500", "12 345-678", "192 168.1",
		"Les ports 443 444 445", "les codes 100 200 300", "Numéros 101 102 103", "Windows 10 500", "un lot 100 200 300",
		"GF100 h", "v3.2.1 s", "5 VM", "90 jours", "3 Gouttes", "100%25", "a%20b", "q=50%", "10 %s", "3G", "ISO 27001",
		`écran de 19"`, `"a: b"`, `un " seul`, `"x" et 5" et "y`, `"--force"`, `"1"`, `printf("x")`,
		"a&eacute;: x &amp; y&nbsp;: z &laquo;&nbsp;x&nbsp;&raquo; &amp;", "Prix&nbsp;: 5&nbsp;%", "\\: x \\! y",
		"`l'OMI : x`", "`` `x : y ``", "…", "",
	} {
		text = hidden.Replace(text)
		for _, f := range French([]byte(text)) {
			t.Errorf("%q: %q becomes %q (kind %d)", text, text[f.From:f.To], f.With, f.Kind)
		}
	}
}

// Between the pieces of prose of a Markdown source stand marks, which are
// looked through, and code, which is not.
func TestFrenchProse(t *testing.T) {
	tests := []struct{ name, source, want string }{
		// ( and ) are around what is no prose
		{"emphasis", "(**)Note(**): l'(*)OMI(*) a (**)50(**)% et (**)8(**) Go", "**Note**~: l’*OMI* a **50**~% et **8**~Go"},
		{"mark in emphasis", "(**)Note :(**) x, (**)Fin:(**) y", "**Note~:** x, **Fin~:** y"},
		{"guillemets around emphasis", "«(**)x(**)» et « (`a : b`) »", "«~**x**~» et «~`a : b`~»"},
		{"link", "([)le guide(](https://a.example))!( [)x(][y]): z", "[le guide](https://a.example)_! [x][y]~: z"},
		{"code", "(`a`): x, (`l'a`) : y", "`a`~: x, `l'a`~: y"},
		{"at the line's edge", "(- ): x(\n> )! y", "- : x\n> ! y"},
		{"cells", "(| )« x( | )y »( |)", "| « x | y » |"},
		{"one paragraph", "« un(\n)deux » et (\n> )« x", "«~un\ndeux~» et \n> « x"},
		{"two paragraphs", "« un(\n\n)deux »", "« un\n\ndeux »"},
		{"two items", "un \"mot(\n- )deux\" mots", "un \"mot\n- deux\" mots"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			source, prose := marked(test.source)
			got := shown.Replace(string(Mend(source, French(source, prose...))))
			if got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

// marked takes the parentheses out of a source and returns the pieces outside
// of them.
func marked(s string) (source []byte, prose [][2]int) {
	from, depth := 0, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '(' && (depth > 0 || i+1 < len(s) && strings.IndexByte("*`[]\n-|> ", s[i+1]) >= 0):
			if depth++; depth > 1 {
				source = append(source, s[i])
			} else {
				prose = append(prose, [2]int{from, len(source)})
			}
		case s[i] == ')' && depth > 0:
			if depth--; depth > 0 {
				source = append(source, s[i])
			} else {
				from = len(source)
			}
		default:
			source = append(source, s[i])
		}
	}
	return source, append(prose, [2]int{from, len(source)})
}

// FuzzFrench: fixes lie in the text, in order; they add or exchange spaces,
// apostrophes and quotation marks alone, outside of code; once made, none are
// left.
func FuzzFrench(f *testing.F) {
	for _, s := range []string{
		"Note: l'OMI « x » a 1 234 Go ; 50%! \"mot\"?", "«a»:«b»;«`c`»", "«\"x\"»!", "d'\"x\"? Yahoo! oui", "1 234 567 €: 12 s'", "« « x » »", "a/b»: «c", "a=b «c»: d",
		"**a**: *b* ! [c](d) ; | e : |\n\nf :", "5 %:10€;", "a\u00a0 : b", "a \u202f! b", "\"a\" \"b!\"?", "\xc2 : \xff ! «\xc2»",
	} {
		f.Add(s, uint16(3), uint16(9))
	}
	f.Fuzz(func(t *testing.T, s string, a, b uint16) {
		source := []byte(s)
		prose := outsideCode(source)
		if x, y := int(a)%(len(s)+1), int(b)%(len(s)+1); x < y && a%2 == 0 { // some prose, as if the rest were markup
			prose = [][2]int{{0, x}, {y, len(s)}}
		}
		fixes := French(source, prose...)
		end := 0
		for _, f := range fixes {
			if f.From < end || f.To < f.From || f.To > len(s) {
				t.Fatalf("the fix %+v is out of order in %q", f, s)
			}
			end = f.To
			if strings.Trim(s[f.From:f.To], " '\"") != "" || strings.Trim(f.With, NoBreak+NarrowNoBreak+"’«»") != "" {
				t.Errorf("%q: %q becomes %q", s, s[f.From:f.To], f.With)
			}
			inside := false
			for _, p := range prose {
				inside = inside || p[0] <= f.From && f.To <= p[1]
			}
			if !inside {
				t.Errorf("%q: the fix %+v is outside of the prose %v", s, f, prose)
			}
		}
		if left := French(Mend(source, fixes), shift(prose, fixes)...); len(left) > 0 {
			t.Errorf("%q becomes %q, which has fixes left: %+v", s, Mend(source, fixes), left)
		}
	})
}

// The same for texts that are made of what the rules look for.
func TestFrenchOnce(t *testing.T) {
	parts := strings.Split("a|Mot|l|d|aujourd|Yahoo|5|12|000|100|'|’|\"|«|»|:|;|!|?|%|€|Go|s|h| | | | |\u00a0|\u202f|,|.|(|)|/|`|&nbsp;|**|…|\n|\n\n", "|")
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			b.WriteString(parts[random.IntN(len(parts))])
		}
		source := []byte(b.String())
		mended := Mend(source, French(source))
		if left := French(mended); len(left) > 0 {
			t.Errorf("%q becomes %q, which has fixes left: %+v", source, mended, left)
		}
	}
}

// shift moves the prose as the fixes in it do.
func shift(prose [][2]int, fixes []Fix) [][2]int {
	var moved [][2]int
	by, i := 0, 0
	for _, p := range prose {
		from := p[0] + by
		for ; i < len(fixes) && fixes[i].To <= p[1]; i++ {
			by += len(fixes[i].With) - (fixes[i].To - fixes[i].From)
		}
		moved = append(moved, [2]int{from, p[1] + by})
	}
	return moved
}

// BenchmarkFrench looks through a text like a product's.
func BenchmarkFrench(b *testing.B) {
	text := []byte(strings.Repeat("Brisemar Archive reçoit vos documents, les scelle\u202f; vous restez maître de l’ensemble\u00a0: contrats, 90\u00a0jours, 1\u202f000\u00a0€, «\u00a0`code`\u00a0».\n\n", 40))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		French(text)
	}
}
