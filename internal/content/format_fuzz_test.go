package content

import (
	"bytes"
	"testing"
)

// oddFiles are files that the library reads, with what may stand between values.
var oddFiles = []string{
	settings, product, showcase, "---\na: b\n---\n", "---\n{fr: 'x', status: draft} # c\n---\n\n\n# F\n\n", "---\n---\n",
	"---\n# top\n\n# s\nstatus: draft # now\n# foot of status\n\ntype: omi\n---\n", "---\ntitle:\n  # c\n  fr: x  \n  en: y\n\n\n  # foot\n# z\nsummary: {en: , b}\n---\n",
	"---\nkey_points:\n- fr: l'a !\n  en: b\n# c\n- {en: x,\n   # d\n   fr: y}\n-\n  # e\n  fr: z\n- # f\n  en: |\n    a\n     b\n\n    c # d\n  # g\n---\n",
	"---\nactivation:\n  fr: >-\n    l'un : deux\n    trois ;\n\n    x\n  en: \"a\n    b \\\n    c\"\n---\n", "---\nactivation: {fr: 'l''a: \"b\"', en: \"a\\\\b\"}\n---\n",
	"---\nversions:\n  - - a\n    - {b: c}\n  -\n  - images: {x: y}\n    version: 1.10\n    status: \"draft\"\n---\n", "---\nproduct_code: 0001\nversions: [{version: 1, notes: {fr: a\n b, en: no}}]\n---\n",
	"---\nlicense: {fr: \"https://a.example/?x=1,2\", en: [a, 'b'],\n\n\n c: ''}\naliases: []\nsupport: {}\n---\n", "---\n  a: b\n  c:\n  - d\n  # e\n---\n", "---\na: # x\n  b\nc: # y\n  {d: e}\nf:\n  \"g\" # h\n---\n",
	"%YAML 1.2\n---\n# c\nlanguages: [en, no]\ntitle: \"x\"\n...\n# d\n", "a: |+\n  b\n\n\nc: >2\n   d\ne: | # f\n  g\n", "\ufefftitle: x\r\n# y\r\n", "a: b # c\n    # d\n", "! {}\n", ": ! >1\n 00", "a: |\n   \n  # b\n", "\"a b\": c\n'no': d\nno: e\n? f\n: g\n",
}

// FuzzFormat: whatever can be read keeps what it says, and its canonical form
// is its own.
func FuzzFormat(f *testing.F) {
	for _, s := range oddFiles {
		for kind := range byte(4) {
			f.Add(kind, []byte(s))
		}
	}
	languages := []string{"en", "fr"}
	mend := func(b []byte) []byte { return b }
	f.Fuzz(func(t *testing.T, kind byte, data []byte) {
		file := SourceFile{"content/x", Kind(kind % 4)}
		once, err := format(file, data, nil, languages, mend)
		if err != nil {
			t.Fatalf("%v\n%q", err, data)
		}
		if once.After == nil {
			if len(once.Findings) == 0 {
				t.Fatalf("%q is left without a reason", data)
			}
			return
		}
		twice, err := format(file, once.After, nil, languages, mend)
		if err != nil || len(twice.Findings) > 0 || !bytes.Equal(once.After, twice.After) {
			t.Errorf("once:\n%s\ntwice: %v %v\n%s\nfrom %q", once.After, err, twice.Findings, twice.After, data)
		}
	})
}
