package content

import (
	"path"
	"slices"
)

// HasCatalog reports whether there is a catalog.yaml.
func (r *Root) HasCatalog() bool {
	_, err := r.Size(catalogFile)
	return err == nil
}

// HasSeller reports whether there is a seller's folder, with a showcase or
// without.
func (r *Root) HasSeller(slug string) bool {
	_, err := r.readDir(path.Join(sellersDir, slug))
	return err == nil
}

// Sellers returns the names of the sellers' folders in order: those that a seller
// can have, and that are no links.
func (r *Root) Sellers() (slugs []string) {
	sellers, err := r.list(sellersDir)
	if err != nil {
		return nil
	}
	for _, s := range sellers {
		if s.mode.IsDir() && ValidSlug(s.name) {
			slugs = append(slugs, s.name)
		}
	}
	return slugs
}

// SellerOnce returns the seller that once had a name: its showcase lists it
// among its aliases. It is "" where there is none.
func (r *Root) SellerOnce(slug string) string {
	sellers, err := r.readDir(sellersDir)
	if err != nil {
		return ""
	}
	for _, s := range sellers {
		d, _ := r.readDocument(path.Join(sellersDir, s.Name(), showcaseFile), SellerEntry)
		if slices.Contains(strs(d.Front.Get("aliases")), slug) {
			return s.Name()
		}
	}
	return ""
}

// Maintainers returns the GitHub handles that may change a seller's folder, as
// its showcase lists them; none where it cannot be read.
func (r *Root) Maintainers(seller string) []string {
	d, _ := r.readDocument(path.Join(sellersDir, seller, showcaseFile), SellerEntry)
	return strs(d.Front.Get("maintainers"))
}

// Staff returns the GitHub handles that may change everything, as catalog.yaml
// lists them; none where it cannot be read.
func (r *Root) Staff() []string {
	d, _ := r.readDocument(catalogFile, CatalogFile)
	return strs(d.Front.Get("staff"))
}
