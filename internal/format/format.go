// Package format puts the catalog's source files into their canonical form:
// front matter by package content, the typography of French texts by package
// typography. A file that cannot be read is left as it is.
package format

import (
	"bytes"
	"context"
	"errors"

	"vitrine/i18n"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// Options are the choices of Run.
type Options struct {
	Below func(path string) bool // which files are wanted
	Check bool                   // write nothing
}

// Result is what Run found.
type Result struct {
	Files    int      // looked at
	Changed  []Change // in the order of the catalog
	Findings []diag.Finding
}

// Change is a file that was not in canonical form.
type Change struct {
	Path          string
	Before, After []byte
}

// Run formats files. Those that cannot be read, and why, are findings, and the
// others are formatted all the same; so they are where an error concerns one
// file.
func Run(ctx context.Context, root *content.Root, opt Options) (*Result, error) {
	files, err := root.Sources()
	if err != nil {
		return nil, err
	}
	overlay, err := root.Overlay("i18n")
	if err != nil {
		return nil, err
	}
	words, err := i18n.Load(overlay)
	if err != nil {
		return nil, err
	}
	languages := root.Languages()
	french := sections(languages, words)
	r := &Result{}
	var failed []error
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if !opt.Below(file.Path) {
			continue
		}
		r.Files++
		f, err := root.Format(file, languages, func(text []byte) []byte { return body(text, french) })
		if err != nil {
			failed = append(failed, err)
			continue
		}
		r.Findings = append(r.Findings, f.Findings...)
		if f.After == nil || bytes.Equal(f.Before, f.After) {
			continue
		}
		if !opt.Check {
			if err := root.Replace(file.Path, f.Before, f.After); err != nil {
				failed = append(failed, err)
				continue
			}
		}
		r.Changed = append(r.Changed, Change{file.Path, f.Before, f.After})
	}
	return r, errors.Join(failed...)
}

// Text puts one file's text in canonical form. The languages are the catalog's.
func Text(file content.SourceFile, text []byte, languages []string, words *i18n.Set) (*content.Formatted, error) {
	french := sections(languages, words)
	return content.FormatText(file, text, languages, func(text []byte) []byte { return body(text, french) })
}

// sections are the titles of sections in French: the languages' own names.
func sections(languages []string, words *i18n.Set) map[string]bool {
	french := make(map[string]bool)
	for _, l := range languages {
		if content.French(l) {
			french[words.NameOf(l)] = true
		}
	}
	return french
}
