package phrasebook

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestFrenchSaysEverything compares the French phrases with the sources. A
// message that somebody adds or changes fails it until it has its French.
func TestFrenchSaysEverything(t *testing.T) {
	c := collect(t)
	if len(c.phrases) < 400 {
		t.Fatalf("only %d phrases were found in the sources", len(c.phrases))
	}
	for at, problem := range c.unclear {
		t.Errorf("%s:%d: %s", below(at.Filename), at.Line, problem)
	}
	for _, p := range slices.SortedFunc(maps.Values(c.phrases), func(a, b phrase) int { return strings.Compare(a.String(), b.String()) }) {
		inFrench, ok := french.Phrases[p.english]
		switch {
		case ok:
			if want, got := verbs(p.english), verbs(inFrench); !maps.Equal(want, got) {
				t.Errorf("%s: the French has other values than the English: %v, want %v\n\t%q\n\t%q", p, got, want, p.english, inFrench)
			}
		case hasWords(p.english):
			t.Errorf("%s: no French for this phrase; put it into the file of internal/phrasebook that has\n\t// %s\nor begin there with that line:\n\t%q: \"…\",", p, p.file(), p.english)
		}
	}
	for english := range french.Phrases {
		if _, said := c.phrases[english]; !said {
			t.Errorf("internal/phrasebook has a phrase that the sources do not say (any more): delete it, or change it to what they say\n\t%q", english)
		}
	}
}

// TestFrenchIsInOnePlace: a phrase in two files could be mended in the wrong one.
func TestFrenchIsInOnePlace(t *testing.T) {
	seen := make(map[string]bool)
	for _, part := range frenchParts {
		for english := range part {
			if seen[english] {
				t.Errorf("the French for %q is in two files: keep one", english)
			}
			seen[english] = true
		}
	}
}

var (
	plainSpace = regexp.MustCompile(` [;!?»]|« | :( |$)|[0-9d] (octets|ko|Mo|Gio)`)
	apostrophe = regexp.MustCompile(`\pL'\pL`)
)

// TestFrenchTypography: spaces before ; ! ? : and inside « » do not break, and
// the apostrophe is ’.
func TestFrenchTypography(t *testing.T) {
	for english, s := range french.Phrases {
		for _, wrong := range []*regexp.Regexp{plainSpace, apostrophe} {
			if at := wrong.FindString(s); at != "" && !strings.HasSuffix(s, "par !") { // the character itself
				t.Errorf("%q has %q, in the French for %q", s, at, english)
			}
		}
		if strings.HasSuffix(strings.TrimSuffix(english, "…"), ".") != strings.HasSuffix(strings.TrimSuffix(s, "…"), ".") {
			t.Errorf("of these two, one ends with a full stop:\n\t%q\n\t%q", english, s)
		}
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]bool{0: true, 1: true, 2: false, 21: false} {
		if got := french.Singular(n); got != want {
			t.Errorf("%d is singular: %t", n, got)
		}
	}
}

func TestIn(t *testing.T) {
	for _, l := range Languages {
		if _, ok := In(l); !ok {
			t.Errorf("%s is listed and not there", l)
		}
	}
	if _, ok := In("de"); ok {
		t.Error("there is no German")
	}
}

var verb = regexp.MustCompile(`%([-+# 0]*[0-9]*)(?:\[([0-9]+)\])?([a-zA-Z%])`)

// verbs returns which value each verb of a phrase takes, and how it is written.
func verbs(phrase string) map[string]string {
	found := make(map[string]string)
	next := 1
	for _, m := range verb.FindAllStringSubmatch(phrase, -1) {
		if m[3] == "%" {
			continue
		}
		if n, err := strconv.Atoi(m[2]); err == nil {
			next = n
		}
		found[fmt.Sprintf("value %d", next)] = m[1] + m[3]
		next++
	}
	return found
}

// hasWords reports whether a phrase has more in it than values, commas and the
// like; a colon has a space before it in French.
func hasWords(phrase string) bool {
	return regexp.MustCompile(`[\pL:]`).MatchString(verb.ReplaceAllString(phrase, ""))
}
