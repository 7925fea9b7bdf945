package build

import (
	"vitrine/i18n"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/site"
	"vitrine/themes"
)

// CheckTheme reads the theme of a checked catalog and tries it, with its words.
// The built-in theme and words alone need no trial.
func CheckTheme(root *content.Root, r *check.Result) error {
	_, err := theme(root, r)
	return err
}

// theme reads the theme of a checked catalog, and tries it where the catalog has
// templates or words of its own.
func theme(root *content.Root, r *check.Result) (*themes.Theme, error) {
	overlay, err := root.Overlay("themes")
	if err != nil {
		return nil, err
	}
	words, err := root.Overlay("i18n")
	if err != nil {
		return nil, err
	}
	t, err := themes.Load(r.Catalog.Theme, overlay)
	if err != nil || overlay == nil && words == nil {
		return t, err
	}
	return t, site.Try(r.Catalog.Settings, site.Options{BaseURL: r.Catalog.BaseURL, Words: r.Words, Theme: t, Visible: catalog.Visibility{}})
}

// words reads the words of a catalog.
func words(root *content.Root) (*i18n.Set, error) {
	overlay, err := root.Overlay("i18n")
	if err != nil {
		return nil, err
	}
	return i18n.Load(overlay)
}
