package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/lsp"
	"vitrine/internal/phrasebook"
)

const lspAbout = `Serve an editor over standard input and output, in the Language Server Protocol:
findings as you type, completion, explanations, quick fixes, renaming. Editors
start it themselves: docs/editors.md says how.

The language is that of the editor where it is French, unless --lang says which.
Exit status: 0 where the editor said goodbye, 1 where it went away.`

func runLSP(ctx context.Context, env *environment, args []string) error {
	var lang string
	var noCache bool
	f := env.flags("lsp", "", lspAbout, func(f *pflag.FlagSet) {
		f.StringVar(&lang, "lang", "", "the language of what is said: en or fr; without it, the editor's")
		cacheFlag(f, &noCache)
		f.Bool("stdio", true, "accepted, since some editors give it: there is no other way")
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	if lang != "" {
		if _, err := bookOf(lang, "lsp"); err != nil {
			return err
		}
	}
	opt := lsp.Options{Language: lang, Book: phrasebook.In, Root: env.root, Version: version()}
	opt.Memory = func(root string) *build.Memory {
		own := *env
		own.root = root
		return own.memory(noCache)
	}
	err := lsp.Serve(ctx, os.Stdin, open{env.stdout}, opt)
	if errors.Is(err, lsp.ErrNoShutdown) && ctx.Err() == nil {
		return errFindings // status 1, as the protocol asks
	}
	return err
}

// open is a writer that ends with the program.
type open struct{ io.Writer }

func (open) Close() error { return nil }
