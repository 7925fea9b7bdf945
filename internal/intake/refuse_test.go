package intake

import (
	"os"
	"strings"
	"testing"

	"vitrine/internal/catalog"
)

var release = map[string]string{"product": "acme/vault", "version": "1.2.0", "released": "2026-06-01", "image-cloudgouv-eu-west-1": "AMI-0000cccc", "image-eu-west-2": "ami-0000dddd"}

var withdrawal = map[string]string{"product": "https://catalog.example/en/products/acme/vault/", "reason": "superseded", "replacement": "acme/relay", "note-en": "Move on.", "note-fr": "Passez à autre chose."}

// TestChanges: a version and an unpublish request change what they are about, and
// no other byte.
func TestChanges(t *testing.T) {
	root, opt := catalogOf(t)
	opt.Publish = true
	before, err := os.ReadFile(root.Dir() + "/content/sellers/acme/vault/product.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name     string
		kind     kind
		said     map[string]string
		old, new string
	}{
		{"version", version, release, "versions:\n", "versions:\n  - version: \"1.2.0\"\n    status: published\n    released: 2026-06-01\n    images: {cloudgouv-eu-west-1: ami-0000cccc, eu-west-2: ami-0000dddd}\n"},
		{"product", unpublish, withdrawal, "status: published\ntitle", "status: unpublished\ntitle"},
		{"one version", unpublish, with(withdrawal, "version", "1.1.0", "replacement", "", "note-en", "", "note-fr", ""), "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := read(t, root, issue(t, root, opt.Words, "fr", test.kind, test.said), opt)
			if !r.Complete() && test.name != "one version" || len(r.Files) != 1 {
				t.Fatalf("%+v, refused: %s", r, r.Refused)
			}
			after := string(r.Files[0].Data)
			switch test.name {
			case "version":
				if want := strings.Replace(string(before), test.old, test.new, 1); after != want {
					t.Errorf("%s\nwant\n%s", after, want)
				}
			case "product":
				p := checked(t, root, opt, r).Catalog.Product("acme/vault")
				if r.Status != catalog.Unpublished || p.Status != catalog.Unpublished || p.Withdrawal.Since != opt.Today || p.Withdrawal.Replacement != "acme/relay" || p.Withdrawal.Note.In(1) != "Passez à autre chose." || !strings.Contains(after, test.new) {
					t.Errorf("%s", after)
				}
			case "one version":
				if !strings.Contains(after, "  - version: \"1.1.0\"\n    status: unpublished\n") || !strings.Contains(after, "since: 2026-03-31") || !strings.Contains(after, "\nstatus: published\ntitle") {
					t.Errorf("%s", after)
				}
			}
		})
	}
}

// TestRefused: for what is not the actor's to ask, or makes no sense, nothing is
// written, and the reply says what to do.
func TestRefused(t *testing.T) {
	root, mine := catalogOf(t)
	with := func(change func(*Options)) Options { o := mine; change(&o); return o }
	stranger := with(func(o *Options) { o.Actor = "mallory" })
	pending := func(path string) Options {
		return with(func(o *Options) { o.Pending = []Pending{{12, path}, {7, path}} })
	}
	form := func(k kind, said map[string]string, pairs ...string) string {
		return issue(t, root, mine.Words, "en", k, withPairs(said, pairs))
	}
	for _, test := range []struct {
		name, body string
		opt        Options
		want       string
	}{
		{"no form", "Hello, I would like to sell.", mine, "choose a form"},
		{"empty", "", mine, "choose a form"},
		{"too long", strings.Repeat("a", maxBody+1), mine, "the text has"},
		{"a stranger's product", form(omi, lock), stranger, "ask one of them to file this request: @acme-team"},
		{"a stranger's version", form(version, release), stranger, "@acme-team"},
		{"a stranger's unpublish request", form(unpublish, withdrawal), stranger, "@acme-team"},
		{"a stranger's showcase of the same name", form(showcase, bris, "seller", "acme"), stranger, "@acme-team"},
		{"a showcase that is published", form(showcase, bris, "seller", "acme"), mine, "is in the catalog already"},
		{"a product that is published", form(omi, lock, "slug", "vault"), mine, "is in the catalog already"},
		{"a product without a seller", form(omi, lock, "seller", "nobody"), mine, "file the form for a showcase first"},
		{"a product whose seller is asked for", form(omi, lock, "seller", "nobody"), pending("content/sellers/nobody/showcase.md"), "the showcase of \"nobody\" is asked for in issue #"},
		{"two requests for one product", form(omi, lock), pending("content/sellers/acme/lock/product.md"), "issue #7 asks for"},
		{"two requests for one seller", form(showcase, bris), pending("content/sellers/bris/showcase.md"), "issue #7 asks for"},
		{"two changes of one product", form(version, release), pending("content/sellers/acme/vault/product.md"), "issue #7 asks for"},
		{"no short name", form(omi, lock, "slug", ""), mine, "short name is missing"},
		{"a path for a name", form(omi, lock, "slug", "../../../.github/x"), mine, "is no short name"},
		{"a path for a seller", form(showcase, bris, "seller", "../pages"), mine, "is no short name"},
		{"a device", form(showcase, bris, "seller", "nul"), mine, "is no short name"},
		{"a command", form(omi, lock, "slug", "$(id)"), mine, "is no short name"},
		{"a version that is there", form(version, release, "version", "1.1.0"), mine, "has this version already"},
		{"a version of a service", form(version, release, "product", "acme/care"), mine, "only OMI products have versions"},
		{"a version of nothing", form(version, release, "product", "acme/nothing"), mine, "there is no product"},
		{"a product elsewhere", form(version, release, "product", "../acme/vault"), mine, "the product is missing or is none"},
		{"a version that is unpublished", form(unpublish, withdrawal, "version", "1.0.0"), mine, "is unpublished already"},
		{"a version that is not there", form(unpublish, withdrawal, "version", "9"), mine, "has no such version"},
		{"no reason", form(unpublish, withdrawal, "reason", ""), mine, "the reason is missing"},
	} {
		r := read(t, root, test.body, test.opt)
		if len(r.Files) > 0 || !strings.Contains(r.Refused.String(), test.want) {
			t.Errorf("%s: %q, want %q; files %v", test.name, r.Refused, test.want, r.Files)
		}
		var reply strings.Builder
		if err := r.Markdown(&reply, Place{}); err != nil || strings.Contains(reply.String(), "@acme") || !strings.Contains(reply.String(), "Nothing was written.") {
			t.Errorf("%s: the reply says %q, %v", test.name, &reply, err)
		}
	}
	// The staff may ask for anybody, and without an actor nobody is refused for who
	// it is.
	for _, actor := range []string{"Orlune-Staff", "@ACME-team", ""} {
		if r := read(t, root, form(omi, lock), with(func(o *Options) { o.Actor = actor })); !r.Refused.IsZero() {
			t.Errorf("%q is refused: %s", actor, r.Refused)
		}
	}
}

func withPairs(said map[string]string, pairs []string) map[string]string { return with(said, pairs...) }

// TestFindings: what is missing or wrong is said in the form's words and
// language.
func TestFindings(t *testing.T) {
	root, opt := catalogOf(t)
	long := strings.Repeat("é", 161)
	for _, test := range []struct {
		name, lang string
		kind       kind
		said       map[string]string
		want       string
	}{
		{"nothing", "en", omi, with(lock, "summary-fr", ""), "Summary (Français): nothing is written here yet"},
		{"nothing, in French", "fr", omi, with(lock, "summary-fr", ""), "Résumé (Français)\u00a0: rien n’est encore écrit ici"},
		{"too long", "en", omi, with(lock, "summary-fr", long), "Summary (Français): at most 160 characters; this one has 161"},
		{"too long, in French", "fr", omi, with(lock, "summary-fr", long), "Résumé (Français)\u00a0: 160 caractères au maximum\u202f; ce texte en a 161"},
		{"too few", "en", omi, with(lock, "key_points-en", "a\nb", "key_points-fr", "c\nd"), "Key points (English): between 3 and 5, one a line; here are 2"},
		{"a long point", "en", omi, with(lock, "key_points-en", "a\nb\n"+long), "Key points (English): line 3: at most 120 characters; this one has 161"},
		{"another number of points", "en", omi, with(lock, "key_points-fr", "c\nd\ne\nf"), "Key points (English): write as many points as in the other language: here are 3, there are 4"},
		{"no OMI", "en", omi, with(lock, "image-eu-west-2", "ami-1"), "OMI in eu-west-2: "},
		{"no date", "en", omi, with(lock, "released", "yesterday"), `Release date: "yesterday" is not a date`},
		{"a code of another product", "en", omi, with(lock, "product_code", "pty-0a1b2c3d"), "Product code: "},
		{"a reserved code", "en", omi, with(lock, "product_code", "0001"), "Product code: "},
		{"no offer", "en", omi, with(lock, "offers-vm_type", ""), "Offers per VM type: "},
		{"an offer of the other mode", "fr", omi, with(lock, "pricing", "subscription"), "Offres d’abonnement\u00a0: "},
		{"an unfinished row", "en", omi, with(lock, "offers-vm_type", "A|B|||"), "Offers per VM type: a row of the table is not complete"},
		{"a bad rate beside one", "en", omi, with(lock, "offers-vm_type", "A|B|1|1|\nC|D|cheap|1|vm"), `Offers per VM type: "cheap" is not an amount`},
		{"a bad rate", "en", omi, with(lock, "offers-vm_type", "A|B|cheap|1|vm"), `Offers per VM type: "cheap" is not an amount`},
		{"the same text twice", "en", outsourced, with(billing, "text-fr", "This text says at length in English what the other text says as well, and more of it."), "Text (Français): "},
		{"raw HTML", "en", outsourced, with(billing, "text-en", "Bills. <b>Bold</b>"), "Text (English): "},
		{"no link", "en", service, with(advice, "privacy_policy-fr", "javascript:alert(1)"), "Privacy policy (Français): "},
		{"another seller's product", "en", service, with(advice, "service_of", "bris/x"), "Service for: "},
		{"no web site", "en", showcase, with(bris, "website", ""), "Website: the showcase has neither a website nor a contact"},
		{"too many categories", "en", outsourced, with(billing, "categories", ""), "Categories: "},
		{"no such option", "en", unpublish, with(withdrawal, "note-fr", ""), "Note (Français): "},
	} {
		r := read(t, root, issue(t, root, opt.Words, test.lang, test.kind, test.said), opt)
		var reply strings.Builder
		if err := r.Text(&reply); err != nil {
			t.Fatal(err)
		}
		if r.Complete() || !strings.Contains(reply.String(), test.want) || len(r.Files) != 1 {
			t.Errorf("%s: the reply lacks %q:\n%s", test.name, test.want, &reply)
		}
	}
}

// TestUnpublishIncomplete: the reply to an unpublish request that lacks something
// promises no draft, since there is none.
func TestUnpublishIncomplete(t *testing.T) {
	root, opt := catalogOf(t)
	r := read(t, root, issue(t, root, opt.Words, "en", unpublish, with(withdrawal, "replacement", "acme/vault")), opt)
	var reply strings.Builder
	if err := r.Text(&reply); err != nil {
		t.Fatal(err)
	}
	if r.Complete() || !strings.Contains(reply.String(), "Replacement: ") || strings.Contains(reply.String(), "draft") {
		t.Errorf("%s", &reply)
	}
}
