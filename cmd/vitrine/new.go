package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"vitrine/internal/authoring"
	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

const newAbout = `Make a new entry, a draft whose file explains each key:

  vitrine new showcase SELLER               a seller's showcase
  vitrine new product SELLER/PRODUCT        a product; --type says which kind
  vitrine new version SELLER/PRODUCT VERSION  a version of an OMI product
  vitrine new page SLUG                     a page such as the legal notice

What is not known yet is left empty: a draft may lack it, and it cannot be
published so. On a terminal, what the flags do not say is asked for. Nothing is
overwritten, and nothing is committed.`

// newFlags are the flags of new.
type newFlags struct {
	kind, pricing, title, name string
	maintainers                []string
	released, os, architecture string
	images, notes              []string
}

// forKind are the flags that each kind of entry has.
var forKind = map[string][]string{
	"showcase": {"name", "maintainer"},
	"product":  {"type", "pricing", "title"},
	"version":  {"image", "released", "os", "architecture", "note"},
	"page":     {"title"},
}

func runNew(ctx context.Context, env *environment, args []string) error {
	a := &author{env: env, command: "new"}
	var given newFlags
	f := env.flags("new", "KIND NAME [VERSION]", newAbout, func(f *pflag.FlagSet) {
		f.StringVar(&given.kind, "type", "", "product: omi, outsourced or service")
		f.StringVar(&given.pricing, "pricing", "", "OMI product: vm_type, subscription, byol or free")
		f.StringVar(&given.title, "title", "", "product, page: its name in all languages")
		f.StringVar(&given.name, "name", "", "showcase: the organisation's name")
		f.StringArrayVar(&given.maintainers, "maintainer", nil, "showcase: a GitHub name that may change the folder; may be repeated")
		f.StringArrayVar(&given.images, "image", nil, "version: REGION=ami-…; may be repeated")
		f.StringVar(&given.released, "released", "", "version: the day it comes out; today otherwise")
		f.StringVar(&given.os, "os", "", "version: the operating system; that of the version before otherwise")
		f.StringVar(&given.architecture, "architecture", "", "version: the processors; those of the version before otherwise")
		f.StringArrayVar(&given.notes, "note", nil, "version: LANGUAGE=TEXT, what is new; repeat it for each language")
		a.flags(f)
	})
	rest, err := f.parse(args, 3)
	if err != nil {
		return err
	}
	rest = append(rest, "", "", "")
	kind, name, number := rest[0], rest[1], rest[2]
	if forKind[kind] == nil {
		return &usageError{"say what is new: showcase, product, version or page", "new"}
	}
	strange := ""
	if number != "" && kind != "version" {
		strange = diag.Quote(number)
	}
	f.Visit(func(flag *pflag.Flag) {
		of := func(kind string) bool { return slices.Contains(forKind[kind], flag.Name) }
		if (of("showcase") || of("product") || of("version") || of("page")) && !of(kind) {
			strange = "--" + flag.Name
		}
	})
	if strange != "" {
		return &usageError{fmt.Sprintf("vitrine new %s takes no %s", kind, strange), "new"}
	}
	if err := a.open(ctx); err != nil {
		return err
	}
	defer a.Root.Close()
	makers := map[string]func(context.Context, string, string, *newFlags) error{
		"showcase": a.newShowcase, "product": a.newProduct, "version": a.newVersion, "page": a.newPage,
	}
	return a.closing(makers[kind](ctx, name, number, &given))
}

// named asks for a name that was not given.
func (a *author) named(name, example string, free func(string) error) (string, error) {
	if name != "" {
		return name, free(name)
	}
	if a.asker == nil {
		return "", a.usage("the name is missing: write one, such as %s", example)
	}
	title := diag.Say("Name, such as %s", example).In(a.book)
	about := diag.Say("the folder's name, which is part of the page's address: lowercase letters and digits, joined by single hyphens").In(a.book)
	return a.asker.ask(question{words: content.Words{Title: title, About: about}, judge: free})
}

func (a *author) newShowcase(ctx context.Context, name, _ string, given *newFlags) error {
	seller, err := a.named(name, "acme", a.FreeSeller)
	if err != nil {
		return err
	}
	kind := content.SellerEntry
	if err := a.complete(&given.name, "name", false, question{words: a.words(kind, "name"), optional: true, judge: a.judge(kind, "name")}); err != nil {
		return err
	}
	handle := strings.Join(given.maintainers, "")
	if err := a.complete(&handle, "maintainer", false, question{words: a.words(kind, "maintainers"), optional: true, judge: a.judge(kind, "maintainers")}); err != nil {
		return err
	}
	if given.maintainers == nil && handle != "" {
		given.maintainers = []string{handle}
	}
	values := make(map[string]any)
	if given.name != "" {
		values["name"] = given.name
	}
	if given.maintainers != nil {
		var handles []any
		for _, h := range given.maintainers {
			h = strings.TrimPrefix(h, "@")
			if err := a.judge(kind, "maintainers")(h); err != nil {
				return err
			}
			handles = append(handles, h)
		}
		values["maintainers"] = handles
	}
	c, err := a.NewShowcase(ctx, seller, values)
	if err != nil {
		return err
	}
	return a.made(c, seller, diag.Say("put your logo beside it and write its name behind logo:"))
}

func (a *author) newProduct(ctx context.Context, name, _ string, given *newFlags) error {
	ref, err := a.named(name, "acme/vault", a.FreeProduct)
	if err != nil {
		return err
	}
	kind := content.ProductEntry
	if err := a.complete(&given.kind, "type", true, question{words: a.words(kind, "type"), judge: a.judge(kind, "type")}); err != nil {
		return err
	}
	isOMI := given.kind == string(catalog.OMI)
	switch {
	case isOMI:
		if err := a.complete(&given.pricing, "pricing", true, question{words: a.words(kind, "pricing"), judge: a.judge(kind, "pricing")}); err != nil {
			return err
		}
	case given.pricing != "":
		return a.usage("--pricing is for --type omi: products of other types are billed by their seller")
	}
	if err := a.complete(&given.title, "title", false, question{words: a.words(kind, "title"), optional: true, judge: a.judge(kind, "title")}); err != nil {
		return err
	}
	values := make(map[string]any)
	if given.title != "" {
		values["title"] = given.title
	}
	c, err := a.NewProduct(ctx, ref, catalog.ProductType(given.kind), catalog.Pricing(given.pricing), values)
	if err != nil {
		return err
	}
	files := diag.Say("put its logo beside it and write its name behind logo:")
	switch given.kind {
	case string(catalog.OMI):
		files = diag.Say("put its logo and its license agreement (a PDF file a language, or links) beside it and write their names behind logo: and license:")
	case string(catalog.Service):
		files = diag.Say("put its logo and its privacy policy (a PDF file a language, or links) beside it and write their names behind logo: and privacy_policy:")
	}
	return a.made(c, ref, files)
}

func (a *author) newPage(ctx context.Context, name, _ string, given *newFlags) error {
	slug, err := a.named(name, "legal-notice", a.FreePage)
	if err != nil {
		return err
	}
	kind := content.PageEntry
	if err := a.complete(&given.title, "title", false, question{words: a.words(kind, "title"), optional: true, judge: a.judge(kind, "title")}); err != nil {
		return err
	}
	values := make(map[string]any)
	if given.title != "" {
		values["title"] = given.title
	}
	c, err := a.NewPage(ctx, slug, values)
	if err != nil {
		return err
	}
	return a.made(c, c.Path, diag.Text{})
}

// complete judges what a flag gives, or asks for it where it was not given. A flag
// that is needed is missing where nobody can be asked.
func (a *author) complete(value *string, flag string, needed bool, q question) error {
	var err error
	switch {
	case *value != "":
		return q.judge(*value)
	case a.asker != nil:
		*value, err = a.asker.ask(q)
	case needed:
		var words []string
		for _, v := range q.words.Values {
			words = append(words, v.Value)
		}
		return a.usage("--%s is missing: write one of %s", flag, strings.Join(words, ", "))
	}
	return err
}

// made writes a new entry and says what to do next.
func (a *author) made(c *authoring.Change, name string, files diag.Text) error {
	if err := a.write(c, name); err != nil {
		return err
	}
	a.next(
		diag.Say("open %s in an editor: its comments explain each key", c.Path),
		files,
		diag.Say("see what it still lacks: vitrine check %s", c.Path),
		diag.Say("look at it: vitrine serve --drafts"),
		diag.Say("when it is complete: vitrine publish %s", name),
	)
	return nil
}
