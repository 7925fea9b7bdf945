package intake

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// create writes a new showcase or a new product.
func (r *request) create(ctx context.Context) error {
	seller := r.line("seller")
	if !content.ValidSlug(seller) {
		return refuse("the seller's short name is missing or is no short name: write lowercase letters and digits, joined by single hyphens, such as %s", "acme")
	}
	file := content.SourceFile{Path: path.Join("content/sellers", seller, "showcase.md"), Kind: content.SellerEntry}
	if r.form.kind != showcase {
		slug := r.line("slug")
		if !content.ValidSlug(slug) {
			return refuse("the product's short name is missing or is no short name: write lowercase letters and digits, joined by single hyphens, such as %s", "vault")
		}
		file = content.SourceFile{Path: path.Join("content/sellers", seller, slug, "product.md"), Kind: content.ProductEntry}
	}
	if err := r.allowed(seller); err != nil {
		return err
	}
	r.fresh = !r.root.HasSeller(seller)
	if r.form.kind != showcase && r.fresh {
		for _, p := range r.Pending {
			if p.Path == path.Join("content/sellers", seller, "showcase.md") {
				return refuse("the showcase of %s is asked for in issue #%d and not in the catalog yet: when it is, edit this issue", diag.Quote(seller), p.Issue)
			}
		}
		return refuse("there is no seller %s in the catalog: file the form for a showcase first; it comes before the first product", diag.Quote(seller))
	}
	if err := r.free(file.Path); err != nil {
		return err
	}
	switch was := r.statusOf(file); was {
	case "", catalog.Draft:
	default:
		return refuse("%s is in the catalog already, and a form for a new one does not change it: ask the marketplace's staff, or change its file with git", diag.Quote(path.Dir(file.Path)))
	}
	front := r.showcase
	if r.form.kind != showcase {
		front = r.product
	}
	r.measure()
	values := front()
	body := r.body()
	make := func(s catalog.Status) ([]byte, error) { return r.compose(ctx, file, values, body, s) }
	return r.judge(ctx, file, make, nil)
}

// statusOf is the status of an entry in the catalog as it is; "" where there is
// none, and "unreadable" where it cannot be told.
func (r *request) statusOf(file content.SourceFile) catalog.Status {
	d, err := r.root.ReadSource(file)
	switch {
	case err != nil:
		return ""
	case d.Front == nil:
		return "unreadable"
	}
	return catalog.Status(strings.Join(d.Texts("status"), ""))
}

// compose writes an entry with a status, in canonical form.
func (r *request) compose(ctx context.Context, file content.SourceFile, values map[string]any, body string, s catalog.Status) ([]byte, error) {
	skeleton := "---\nstatus: " + string(s) + "\n---\n" + body
	var edits []content.Edit
	for _, key := range slices.Sorted(maps.Keys(values)) {
		edits = append(edits, content.Set(values[key], key))
	}
	for i := range len(list(values["versions"])) {
		edits = append(edits, content.Set(string(s), "versions", i, "status"))
	}
	data, err := content.Rewrite(file, []byte(skeleton), r.settings.Languages, edits...)
	if err != nil {
		return nil, err
	}
	return r.canonical(ctx, file, data)
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

// showcase are the values of a showcase.
func (r *request) showcase() map[string]any {
	front := make(map[string]any)
	put(front, "name", r.line("name"))
	put(front, "summary", r.each("summary"))
	put(front, "logo", r.picked("logo"))
	put(front, "website", r.line("website"))
	contact := make(map[string]any)
	put(contact, "email", r.line("email"))
	put(contact, "phone", r.line("phone"))
	put(front, "contact", contact)
	maintainers := r.names("maintainers")
	for i, m := range maintainers {
		maintainers[i] = strings.TrimPrefix(m.(string), "@")
	}
	if len(maintainers) == 0 && r.Actor != "" {
		maintainers = []any{strings.TrimPrefix(r.Actor, "@")}
	}
	put(front, "maintainers", maintainers)
	put(front, "country", strings.ToUpper(r.line("country")))
	put(front, "certifications", r.names("certifications"))
	return front
}

// product are the values of a product.
func (r *request) product() map[string]any {
	front := map[string]any{"type": string(r.form.kind)}
	put(front, "title", r.onceOrEach("title"))
	put(front, "summary", r.each("summary"))
	categories := r.ticked("categories")
	put(front, "categories", categories)
	if q := r.form.field("categories"); len(categories) > q.items[1] {
		r.find("categories", diag.Say("at most %d; here are %d", q.items[1], len(categories)))
	} else if len(categories) == 0 && r.said["categories"] != "" {
		r.find("categories", diag.Say("choose at least one"))
	}
	put(front, "key_points", r.points())
	put(front, "logo", r.picked("logo"))
	put(front, "documentation", r.line("documentation"))
	support := make(map[string]any)
	put(support, "email", r.line("support-email"))
	put(support, "url", r.line("support-url"))
	put(front, "support", support)
	switch r.form.kind {
	case omi:
		r.image(front)
	case service:
		put(front, "privacy_policy", r.each("privacy_policy"))
		put(front, "service_of", r.line("service_of"))
	}
	return front
}

// image are the values of an OMI product alone.
func (r *request) image(front map[string]any) {
	ticked := r.ticked("regions")
	var regions []any
	for _, region := range r.settings.Regions {
		if region.Default || slices.Contains(ticked, any(region.ID)) {
			regions = append(regions, region.ID)
		}
	}
	put(front, "regions", regions)
	put(front, "product_code", r.line("product_code"))
	pricing := catalog.Pricing(r.picked("pricing"))
	put(front, "pricing", string(pricing))
	if pricing != "" {
		for _, p := range []catalog.Pricing{catalog.PerVMType, catalog.Subscription} {
			if p != pricing {
				r.form.field("offers-" + string(p)).key = "" // what is said of offers is said of the other table
			}
		}
		put(front, "offers", r.offers(pricing))
	}
	if v := r.version(); v != nil {
		put(front, "versions", []any{v})
	}
	put(front, "license", r.each("license"))
	activation := r.each("activation")
	if pricing == catalog.Subscription {
		put(front, "activation", activation)
	}
}

// body are the texts, each below its language's own name.
func (r *request) body() string {
	var b strings.Builder
	for _, l := range r.settings.Languages {
		said := r.said["text-"+l]
		text := section(said)
		if text == "" && said != "" {
			r.find("text-"+l, diag.Say("this text cannot be read as Markdown: it leaves something open, or is more than a page can show"))
		}
		fmt.Fprintf(&b, "\n# %s\n", r.Words.NameOf(l))
		if text != "" {
			fmt.Fprintf(&b, "\n%s\n", text)
		}
	}
	return b.String()
}
