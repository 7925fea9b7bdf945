package main

import (
	"context"
	"errors"
	"path"

	"github.com/spf13/pflag"

	"vitrine/internal/authoring"
	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

const publishAbout = `Publish an entry: seller/product, a seller's name, or the path of its file or
folder. The catalog is checked as it would be; where that has an error, it is
shown and nothing is written. Else the entry's status is set, and nothing else
of its file changes. Nothing is committed.`

func runPublish(ctx context.Context, env *environment, args []string) error {
	a := &author{env: env, command: "publish"}
	var p authoring.Publishing
	var on string
	f := env.flags("publish", "PATH", publishAbout, func(f *pflag.FlagSet) {
		f.StringVar(&p.Version, "version", "", "publish this version of an OMI product")
		f.StringVar(&on, "on", "", "the first day on which it is public, such as 2026-03-31")
		f.BoolVar(&p.Again, "republish", false, "publish again what was unpublished")
		a.flags(f)
	})
	rest, err := f.parse(args, 1)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return &usageError{"say what to publish: seller/product, a seller's name, or a path", "publish"}
	}
	p.On = catalog.Date(on)
	if err := a.open(ctx); err != nil {
		return err
	}
	defer a.Root.Close()
	if p.Version == "" && f.Changed("version") { // from a script whose variable is not set: not the whole entry
		return a.usage("--version is empty: write the version's number, or leave --version out for the whole entry")
	}
	return a.closing(a.publish(ctx, rest[0], p))
}

func (a *author) publish(ctx context.Context, name string, p authoring.Publishing) error {
	t, err := a.find(name)
	if err != nil {
		return err
	}
	c, err := a.Publish(ctx, t, p)
	if refused, ok := errors.AsType[*authoring.Refused](err); ok && refused.Withdrawn && a.asker != nil {
		again, err := a.asker.yes(diag.Say("%s. Publish it again?", refused.Why))
		if err != nil {
			return err
		}
		if !again {
			a.note(diag.Say("nothing was written"))
			return nil
		}
		p.Again = true
		c, err = a.Publish(ctx, t, p)
		if err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	what := t.Name()
	if p.Version != "" {
		what += " " + diag.Visible(p.Version)
	}
	if c.Unchanged() {
		a.note(diag.Say("%s is published already: nothing was written", what))
		if day := authoring.PublicFrom(t, c, p.Version); day > a.Today {
			a.note(diag.Say("it is public from %s on", day))
		}
		return nil
	}
	if err := a.show(c); err != nil {
		return err
	}
	if err := a.write(c, what); err != nil {
		if c.Blocked() && t.Waits() {
			a.note(diag.Say("publish the showcase first: vitrine publish %s", t.Product.Seller.Slug))
		}
		if drafts := authoring.Drafts(t); c.Blocked() && p.Version == "" && len(drafts) > 1 {
			a.note(diag.Say("publish a version first: vitrine publish %s --version %s", what, shellWord(drafts[0])))
		}
		return err
	}
	if p.Again && p.Version == "" && authoring.Bare(t, c) {
		a.note(diag.Say("its versions are still unpublished: vitrine publish %s --republish --version %s publishes one again", t.Name(), shellWord(t.Product.Versions[0].Version)))
	}
	switch {
	case p.Version != "" && t.Product.Status == catalog.Draft:
		a.note(diag.Say("the product itself is a draft: vitrine publish %s publishes it", t.Name()))
	case authoring.PublicFrom(t, c, p.Version) > a.Today:
		a.note(diag.Say("it is public from %s on", authoring.PublicFrom(t, c, p.Version)))
	case t.Entry().UnpublishOn != "" && t.Entry().UnpublishOn <= a.Today:
		a.note(diag.Say("note: its unpublish_on, %s, has passed: buyers do not see it until you delete that key", t.Entry().UnpublishOn))
	}
	file := c.Path
	if t.Page == nil {
		file = path.Dir(file) // with the files beside it
	}
	a.commit(file, "Publish "+what)
	return nil
}
