package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vitrine/internal/check"
	"vitrine/internal/diag"
	"vitrine/internal/explain"
)

const explainAbout = `List the rules, or show one: why it exists, what to do, and a wrong and a right
example. The rule is the word in brackets at the end of a finding.`

func runExplain(_ context.Context, env *environment, args []string) error {
	var lang string
	f := env.flags("explain", "[RULE]", explainAbout, func(f *pflag.FlagSet) {
		langFlag(f, &lang)
	})
	args, err := f.parse(args, 1)
	if err != nil {
		return err
	}
	book, err := bookOf(lang, "explain")
	if err != nil {
		return err
	}
	rules := check.Rules()
	if len(args) == 0 {
		return explain.List(env.stdout, rules, book)
	}
	i := slices.IndexFunc(rules, func(r *diag.Rule) bool { return r.ID == args[0] })
	if i < 0 {
		return &usageError{fmt.Sprintf("there is no rule %s: %s", diag.Quote(args[0]), meant(args[0], rules)), "explain"}
	}
	return explain.Page(env.stdout, rules[i], explain.BuiltIn()[lang][args[0]], book)
}

// meant names the rules that a word may stand for: one that is spelt nearly so,
// or all that begin with it.
func meant(word string, rules []*diag.Rule) string {
	var ids, begin []string
	for _, r := range rules {
		ids = append(ids, r.ID)
		if word != "" && strings.HasPrefix(r.ID, word) {
			begin = append(begin, r.ID)
		}
	}
	if n := diag.Nearest(word, ids); n != "" {
		return "did you mean " + n + "?"
	}
	if len(begin) > 0 {
		return "did you mean " + strings.Join(begin, " or ") + "?"
	}
	return "vitrine explain lists the rules"
}
