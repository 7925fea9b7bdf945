package corpus

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

func pick[T any](g *generator, of []T) T { return of[g.IntN(len(of))] }

func (g *generator) name() string { return pick(g, first) + pick(g, then) + pick(g, last) }

// within writes a sentence of at most so many characters.
func (g *generator) within(most int, name text) text {
	for {
		s := g.sentence(name)
		if utf8.RuneCountInString(s[0]) <= most && utf8.RuneCountInString(s[1]) <= most {
			return s
		}
	}
}

// sentence fills in one of the patterns, the same in both languages.
func (g *generator) sentence(name text) text {
	s := pick(g, sentences)
	for strings.Contains(s[0], "$") {
		at := strings.IndexByte(s[0], '$')
		mark := s[0][at : at+2]
		var with text
		switch mark {
		case "$n":
			with = pick(g, nouns)
		case "$v":
			with = pick(g, verbs)
		case "$m":
			with = pick(g, moments)
		case "$o":
			with = pick(g, audiences)
		case "$d":
			n := strconv.Itoa(10 + g.IntN(900))
			with = text{n, n}
		case "$p":
			with = name
		}
		for l := range s {
			s[l] = strings.Replace(s[l], mark, with[l], 1)
		}
	}
	return s
}

// body writes an entry's text: chapters of a few sentences, lists among them.
func (g *generator) body(name text) text {
	var b [2]strings.Builder
	for i := range headings[:3+g.IntN(4)] {
		for l := range b {
			fmt.Fprintf(&b[l], "\n## %s\n\n", headings[i][l])
		}
		for range 3 + g.IntN(3) {
			s := g.sentence(name)
			for l := range b {
				if i%2 == 1 {
					b[l].WriteString("- ")
				}
				b[l].WriteString(s[l])
				b[l].WriteString([2]string{" ", "\n"}[i%2])
			}
		}
		for l := range b {
			b[l].WriteString("\n")
		}
	}
	return text{b[0].String(), b[1].String()}
}

// details adds to a product's text what takes more than sentences: a table,
// links, numbered steps and code.
func (g *generator) details(p *product) {
	var b [2]strings.Builder
	each := func(format string, t text, args ...any) {
		for l := range b {
			fmt.Fprintf(&b[l], format, append([]any{t[l]}, args...)...)
		}
	}
	each("\n## %s\n\n", text{"Plans", "Formules"})
	each("%s\n|---|---:|---:|\n", text{"| Plan | Users | Storage |", "| Formule | Utilisateurs | Stockage |"})
	for i, plan := range []text{{"Discovery", "Découverte"}, {"Team", "Équipe"}, {"Organisation", "Organisation"}} {
		users, storage := (5+g.IntN(20))*(10*i*i+1), (1+g.IntN(9))*(50*i+10)
		for l := range b {
			fmt.Fprintf(&b[l], "| %s | %d | %d\u00a0%s |\n", plan[l], users, storage, text{"GB", "Go"}[l])
		}
	}
	each("\n## %s\n\n", text{"First steps", "Premiers pas"})
	for i := range 3 {
		each(strconv.Itoa(i+1)+". %s\n", g.sentence(p.title))
	}
	site := "https://docs." + p.seller.slug + ".example/"
	each("\n%s\n", text{
		"The **settings** stand in `config.yaml`; the [manual](" + site + "en/" + p.slug + ") and the [reference](" + site + "en/" + p.slug + "/api) explain *each* of them:",
		"Les **réglages** se trouvent dans `config.yaml`\u202f; le [manuel](" + site + "fr/" + p.slug + ") et la [référence](" + site + "fr/" + p.slug + "/api) expliquent *chacun* d’eux\u00a0:",
	})
	code := fmt.Sprintf("```yaml\nname: %s\nlisten: 127.0.0.1:%d\nstorage:\n  path: ./data\n  quota: %dGiB\n```", p.slug, 1024+g.IntN(60000), 1+g.IntN(64))
	each("\n%s\n", text{code, code})
	for l := range b {
		p.body[l] += b[l].String()
	}
}
