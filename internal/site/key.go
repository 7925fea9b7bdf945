package site

import (
	"crypto/sha256"
	"encoding/binary"
	"strings"
	"sync"
	"time"

	"vitrine/internal/catalog"
)

// Key is a digest of all that a unit's files are made of. Two units with the same
// key make the same files, so that a later build need not make them again.
//
// A unit says what it is made of in its depends, in terms of whole entries: their
// front matter for what other pages show of them, their text as well for their own
// page. It is too much rather than too little: a key that changes for nothing costs
// a rendering, one that does not change leaves a page that is no longer true. A
// unit that says nothing is made of everything but texts.
type Key [sha256.Size]byte

// Key returns a unit's key.
func (s *Site) Key(u *Unit) Key {
	k := keyers.Get().(*keyer)
	defer keyers.Put(k)
	k.data, k.digests = k.data[:0], s.digests()
	k.key(k.common)
	k.text(u.Paths[0])
	if u.depends == nil {
		k.key(k.all)
	} else {
		u.depends(k)
	}
	return k.sum()
}

// keyers keeps buffers: there are several units a product.
var keyers = sync.Pool{New: func() any { return new(keyer) }}

// digests are what keys are made of.
type digests struct {
	common  Key // of what all pages show
	entries map[*catalog.Entry]Key
	sellers map[*catalog.Seller]Key // with all their products
	all     Key                     // of all entries
	facets  []Key                   // of each language
	prices  Key                     // of all price lists
}

func (s *Site) newDigests() *digests {
	d := &digests{entries: make(map[*catalog.Entry]Key), sellers: make(map[*catalog.Seller]Key)}
	all := keyer{digests: d}
	for _, p := range s.catalog.Pages {
		d.entries[&p.Entry] = s.digest(&p.Entry, nil)
		all.entry(&p.Entry)
	}
	prices := keyer{}
	for _, r := range s.catalog.Regions {
		if list := s.catalog.Prices[r.ID]; list != nil {
			prices.text(r.ID)
			prices.key(list.Digest)
		}
	}
	d.prices = prices.sum()
	for _, l := range s.languages {
		k := keyer{digests: d}
		for _, f := range l.facets() {
			k.text(f.Key)
			k.number(len(f.Values))
			for i := range f.Values {
				k.text(f.Values[i].ID)
				k.text(f.Values[i].Name)
				k.number(f.Values[i].Count)
			}
		}
		d.facets = append(d.facets, k.sum())
	}
	common := keyer{digests: d}
	common.key(s.opt.Key)
	common.text(s.root)
	common.flag(s.opt.Visible.Drafts)
	common.flag(s.opt.Preview)
	common.key(all.sum())  // the pages that the foot of each page links to
	if s.opt.Theme.Own() { // its parts may show on any page what the built-in ones show on lists
		for _, f := range d.facets {
			common.key(f)
		}
	}
	d.common = common.sum()
	for _, seller := range s.catalog.Sellers {
		of := keyer{digests: d}
		d.entries[&seller.Entry] = s.digest(&seller.Entry, nil)
		of.entry(&seller.Entry)
		for _, p := range seller.Products {
			d.entries[&p.Entry] = s.digest(&p.Entry, p)
			of.entry(&p.Entry)
		}
		d.sellers[seller] = of.sum()
		all.seller(seller)
	}
	d.all = all.sum()
	return d
}

// digest digests an entry but for its text: what it says, what is known of it,
// and which of its days have come. The day that is built counts for nothing else,
// so that most pages stay as they are overnight.
func (s *Site) digest(e *catalog.Entry, p *catalog.Product) Key {
	k := keyer{}
	k.text(e.Source)
	k.key(e.Front)
	k.number(e.Body)
	k.flag(e.Faulty)
	for i := range e.Files {
		f := &e.Files[i]
		k.text(f.Path)
		k.number(int(f.Size))
		k.number(f.Width)
		k.number(f.Height)
	}
	for _, t := range []time.Time{e.Changed, e.Published} {
		k.number(int(t.Unix()))
		k.come(s, catalog.DateOf(t))
	}
	k.come(s, e.PublishOn)
	k.come(s, e.UnpublishOn)
	k.come(s, e.Withdrawal.Day())
	if p != nil {
		for i := range p.Versions {
			v := &p.Versions[i]
			k.come(s, v.Released)
			k.come(s, v.Gone)
			k.come(s, v.Withdrawal.Day())
		}
	}
	return k.sum()
}

// keyer collects what a key is made of.
type keyer struct {
	data []byte
	*digests
}

func (k *keyer) sum() Key { return sha256.Sum256(k.data) }

func (k *keyer) key(key Key) { k.data = append(k.data, key[:]...) }

func (k *keyer) text(s string) {
	k.number(len(s))
	k.data = append(k.data, s...)
}

func (k *keyer) number(n int) {
	k.data = binary.LittleEndian.AppendUint64(k.data, uint64(n)) //nolint:gosec // the same bits
}

func (k *keyer) flag(on bool) {
	if on {
		k.number(1)
	} else {
		k.number(0)
	}
}

// come adds whether a day has come.
func (k *keyer) come(s *Site, day catalog.Date) { k.flag(day <= s.opt.Visible.At) }

// entry adds an entry but for its text.
func (k *keyer) entry(e *catalog.Entry) {
	k.key(k.entries[e])
}

// seller adds a seller and all its products.
func (k *keyer) seller(seller *catalog.Seller) {
	k.key(k.sellers[seller])
}

// product adds what lists and other pages show of a product; nil where they show
// none.
func (k *keyer) product(p *catalog.Product) {
	k.flag(p != nil)
	if p != nil {
		k.entry(&p.Entry)
		k.entry(&p.Seller.Entry)
	}
}

// whole adds an entry with its text, and where the links in it lead.
func (k *keyer) whole(s *Site, e *catalog.Entry) {
	k.key(e.Digest)
	k.entry(e)
	for _, l := range e.Links {
		path, _, _ := strings.Cut(l.To, "#")
		a, ok := s.catalog.Address(path)
		k.flag(ok && s.opt.Visible.Address(a))
		k.text(a.Path)
	}
}

// productPage adds what a product's own files are made of.
func (k *keyer) productPage(s *Site, p *catalog.Product) {
	k.whole(s, &p.Entry)
	k.seller(p.Seller)
	if p.Type == catalog.OMI {
		k.key(k.prices)
	}
	for _, ref := range append([]string{p.ServiceOf}, p.Related...) {
		k.product(s.visible(ref))
	}
	k.number(len(s.services[p]))
	for _, of := range s.services[p] {
		k.product(of)
	}
}

// filters adds what lists show of the facets.
func (k *keyer) filters(l *lang) {
	k.key(k.facets[l.index])
}

// list adds a page of a list of so many products.
func (k *keyer) list(l *lang, total int, products []*catalog.Product) {
	k.filters(l)
	k.number(total)
	for _, p := range products {
		k.product(p)
	}
}
