package build

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"vitrine/internal/catalog"
	"vitrine/internal/proof"
	"vitrine/internal/raster"
	"vitrine/internal/site"
)

// prover proves that nothing of what is not public is on a site: it looks for it
// in the name and the bytes of every file. Where it finds something, it asks a
// second site, which is made of the public state alone: what that one says as
// well gives nothing away. So a draft called "Backup" is no alarm, nor is a
// sentence that it shares with a public product.
//
// manifest.json is not looked at itself. It holds the names of the files, and
// numbers.
type prover struct {
	set   *proof.Set
	key   digest                   // of what is looked for
	said  []bool                   // by secret: the interface says it by itself
	files map[digest]*catalog.File // that are not public, by the bytes that would be
	site  *site.Site
	plain func() (*control, error) // of the public state

	mu     sync.Mutex
	shown  []string                 // by secret: the first file, by name, that has it and should not
	copied map[*catalog.File]string // file to the first one, by name, that has its bytes
	broken error
}

// newProver collects what must not be on a site; nil where there is nothing.
func newProver(s *site.Site) (*prover, error) {
	c, opt := s.Catalog(), s.Options()
	secrets, err := proof.Secrets(c, opt.Visible, opt.Body)
	if err != nil || len(secrets) == 0 {
		return nil, err
	}
	p := &prover{set: proof.New(secrets), site: s, files: make(map[digest]*catalog.File), copied: make(map[*catalog.File]string)}
	key := sha256.New()
	for _, n := range p.set.Secrets {
		fmt.Fprintf(key, "%d %q\n", n.Kind, n.Text)
	}
	p.shown = make([]string, len(p.set.Secrets))
	p.plain = sync.OnceValues(func() (*control, error) { return newControl(s, opt.Visible.Public(c)) })
	p.dropInterface()
	for n := range p.set.Secrets {
		p.said = append(p.said, p.set.Dropped(n))
	}
	for e, visible := range opt.Visible.Entries(c) {
		if visible {
			continue
		}
		for i := range e.Files {
			data, err := opt.File(&e.Files[i])
			if err != nil && !e.Faulty { // what cannot be read cannot get out either
				return nil, err
			}
			if err == nil {
				sum := sha256.Sum256(raster.Clean(data))
				p.files[sum] = &e.Files[i]
				key.Write(sum[:])
			}
		}
	}
	key.Sum(p.key[:0])
	return p, nil
}

// dropInterface stops looking for what the interface says by itself. The public
// state alone has no withdrawals to tell of: a note such as "This version is no
// longer offered." would be found in a feed, and on no page to compare it with.
func (p *prover) dropInterface() {
	c, opt := p.site.Catalog(), p.site.Options()
	var says []string
	for i, tag := range c.Languages {
		words := opt.Words.Get(tag)
		says = append(says, words.Phrases()...)
		for product := range c.Products {
			if !opt.Visible.Product(product) {
				continue
			}
			for j := range product.Versions {
				if v := &product.Versions[j]; !opt.Visible.Version(v) && v.Withdrawal != nil {
					says = append(says, words.Word("event.withdrawn.version", "name", product.Title.In(i)+" "+v.Version))
				}
			}
		}
		for _, seller := range c.Sellers {
			if opt.Visible.Seller(seller) {
				says = append(says, words.Word("event.withdrawn.product", "seller", seller.Name.In(i)))
			}
		}
	}
	p.set.Find([]byte(strings.Join(says, "\n")), func(n int) {
		if p.set.Secrets[n].Kind == proof.Text {
			p.set.Drop(n)
		}
	})
}

// drop stops looking for texts that a build before found to be public as well.
func (p *prover) drop(texts []string) {
	for n := range p.set.Secrets {
		if s := &p.set.Secrets[n]; s.Kind == proof.Text && slices.Contains(texts, s.Text) {
			p.set.Drop(n)
		}
	}
}

// dropped are the texts that files of the public state say as well.
func (p *prover) dropped() (texts []string) {
	if p == nil {
		return nil
	}
	for n := range p.set.Secrets {
		if p.set.Dropped(n) && !p.said[n] {
			texts = append(texts, p.set.Secrets[n].Text)
		}
	}
	return texts
}

// file looks through a file that a unit of the site made. It reports whether the
// file says, and may say, something that was looked for until then.
func (p *prover) file(u *site.Unit, name string, data []byte, sum digest) (dropped bool) {
	if p == nil {
		return false
	}
	secret := p.files[sum]
	found := p.find(u, name, data)
	if len(found) == 0 && secret == nil {
		return false
	}
	public, err := p.control(u, name)
	if err != nil {
		p.mu.Lock()
		p.broken = err
		p.mu.Unlock()
		return false
	}
	var also map[int]bool
	if public != nil {
		also = p.find(u, name, public)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for n := range also {
		if p.set.Secrets[n].Kind == proof.Text {
			p.set.Drop(n)
			dropped = true
		}
	}
	for n := range found {
		if !also[n] {
			p.shown[n] = first(p.shown[n], name)
		}
	}
	if secret != nil && (public == nil || sha256.Sum256(public) != sum) {
		p.copied[secret] = first(p.copied[secret], name)
	}
	return dropped
}

// first returns the name that comes first in order, so that errors do not
// depend on which file was made first.
func first(a, b string) string {
	if a == "" {
		return b
	}
	return min(a, b)
}

// find returns the secrets in a file that the public state is not known to say.
// Those that a small page may say are none there, nor is the address it stands at.
func (p *prover) find(u *site.Unit, name string, data []byte) map[int]bool {
	var found map[int]bool
	note := func(n int) {
		if found == nil {
			found = make(map[int]bool)
		}
		found[n] = true
	}
	p.set.Find(data, note)
	if u.Gone == nil {
		p.set.Find([]byte(name), note)
	} else if len(found) > 0 {
		p.set.Find([]byte(strings.Join(u.Says, "\n")), func(n int) { delete(found, n) })
	}
	return found
}

// control returns the file as it is on the site of the public state; nil where
// it has none.
func (p *prover) control(u *site.Unit, name string) ([]byte, error) {
	if u.Gone == nil {
		c, err := p.plain()
		if err != nil {
			return nil, err
		}
		return c.file(name)
	}
	// A small page is compared with one that knows of no other such page.
	c, err := newControl(p.site, p.site.Options().Visible.Remains(p.site.Catalog(), u.Gone))
	if err != nil {
		return nil, err
	}
	return c.file(name)
}

// control is a site to compare with.
type control struct {
	site    *site.Site
	units   map[string]*site.Unit // by the path of each file
	folders map[string]func() (map[string][]byte, error)
}

func newControl(s *site.Site, c *catalog.Catalog) (*control, error) {
	public, err := site.New(c, s.Options())
	if err != nil {
		return nil, err
	}
	out := &control{public, make(map[string]*site.Unit), make(map[string]func() (map[string][]byte, error))}
	units := public.Units()
	for i := range units {
		for _, name := range units[i].Paths {
			if strings.HasSuffix(name, "/") {
				out.folders[name] = sync.OnceValues(func() (map[string][]byte, error) { return out.folder(&units[i]) })
			} else {
				out.units[name] = &units[i]
			}
		}
	}
	return out, nil
}

// folder makes all files of a folder at once: each would cost as much as all.
func (c *control) folder(u *site.Unit) (map[string][]byte, error) {
	files := make(map[string][]byte)
	err := c.site.Render(u, func(made string, data []byte) error {
		files[made] = bytes.Clone(data)
		return nil
	})
	return files, err
}

func (c *control) file(name string) (out []byte, err error) {
	if files := c.folders[path.Dir(name)+"/"]; files != nil {
		made, err := files()
		return made[name], err
	}
	if u := c.units[name]; u != nil {
		err = c.site.Render(u, func(made string, data []byte) error {
			if made == name {
				out = bytes.Clone(data)
			}
			return nil
		})
	}
	return out, err
}

// mostLeaks is how many findings an error lists.
const mostLeaks = 10

// verdict returns an error if something was found that the public state does
// not say by itself.
func (p *prover) verdict() error {
	if p == nil {
		return nil
	}
	if p.broken != nil {
		return p.broken
	}
	var leaks []string
	for n, name := range p.shown {
		if s := p.set.Secrets[n]; name != "" && !p.set.Dropped(n) {
			leaks = append(leaks, fmt.Sprintf("%s has the %s of %s, %q", name, s.What, s.Source, s.Text))
		}
	}
	for f, name := range p.copied {
		leaks = append(leaks, fmt.Sprintf("%s is the file %s", name, f.Path))
	}
	if len(leaks) == 0 {
		return nil
	}
	slices.Sort(leaks)
	more := len(leaks) - mostLeaks
	leaks = leaks[:min(len(leaks), mostLeaks)]
	var all []error
	for _, leak := range leaks {
		all = append(all, errors.New(leak))
	}
	if more > 0 {
		all = append(all, fmt.Errorf("and %d more", more))
	}
	all = append(all, errors.New("the entries are right: the program, or a template of your own in themes/, shows too much. Where you have no themes/, please report this as a fault of vitrine"))
	return fmt.Errorf("nothing was written, since the site would show what is not public:\n%w", errors.Join(all...))
}
