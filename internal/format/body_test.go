package format

import (
	"strings"
	"testing"
)

var french = map[string]bool{"Français": true}

// visible writes no-break spaces so that they can be told apart.
var visible = strings.NewReplacer("\u00a0", "~", "\u202f", "_")

func TestBody(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"the French section alone", "# English\n\nIt's : x\n\n# Français\n\nC'est : x\n\n# Deutsch\n\nIt's : x\n", "# English\n\nIt's : x\n\n# Français\n\nC’est~: x\n\n# Deutsch\n\nIt's : x\n"},
		{"code", "`l'a : b` ! `c`\n\n    l'a : b\n\n```\nl'a : b\n```\n\n- x\n\n      l'a : b", "`l'a : b`_! `c`\n\n    l'a : b\n\n```\nl'a : b\n```\n\n- x\n\n      l'a : b"},
		{"addresses", "Voir https://a.example/l'a?b=c ! <https://a.example/l'a> a@b.example ; [l'un](https://a.example/l'a \"l'a\")", "Voir https://a.example/l'a?b=c_! <https://a.example/l'a> a@b.example_; [l’un](https://a.example/l'a \"l'a\")"},
		{"structure", "## Qu'est-ce ?\n\n- **Un** : l'*a*\n- « `b` »\n\n| a : | b |\n|:--|--:|\n| 1 000 | 5 Go |\n\n> dit : « oui\n> non »", "## Qu’est-ce_?\n\n- **Un**~: l’*a*\n- «~`b`~»\n\n| a~: | b |\n|:--|--:|\n| 1_000 | 5~Go |\n\n> dit~: «~oui\n> non~»"},
		{"pictures", "![l'un : a](a.png)", "![l’un~: a](a.png)"},
		{"escapes and references", `\: x &nbsp;: &laquo; l\'a !\[`, `\: x &nbsp;: &laquo; l\'a !\[`},
		{"html", "<b title=\"l'a\">l'un</b>", "<b title=\"l'a\">l’un</b>"},
		{"hard breaks", "l'un :  \nl'autre\\\nfin", "l’un~:  \nl’autre\\\nfin"},
		{"a label that must stay", "Voir [l'un].\n\n[l'un]: https://a.example", "Voir [l'un].\n\n[l'un]: https://a.example"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			head := ""
			if !strings.HasPrefix(test.text, "# ") {
				head = "# Français\n\n"
			}
			got := visible.Replace(string(body([]byte(head+test.text), french)))
			if want := head + test.want; got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// FuzzBody: a mended body has nothing left to mend.
func FuzzBody(f *testing.F) {
	for _, s := range []string{
		"l'un : «a» `b : c` **d** ! 1 000 Go\n\n| a : | \"b\" |\n|--|--|\n| [c](d) : | e |\n", "- l'a\n  : b\n\n      c : d\n", "> « a\n> b »\n\n[l'a]: x\n", "a\\: b &nbsp;: c <https://a.b/l'c> d ; \"e\" ?",
		"```\nl'a : b\n", "**a :**b *l'*c _d_ : ~~e~~ !", "## a : b\n\n[c](#a-b) !",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text := []byte("# Français\n\n" + s)
		once := body(text, french)
		if twice := body(once, french); string(twice) != string(once) {
			t.Errorf("%q becomes %q, and then %q", text, once, twice)
		}
	})
}
