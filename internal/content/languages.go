package content

import (
	"slices"
	"strings"

	"vitrine/internal/diag"
)

// eachLanguage checks a mapping from language to text.
func (c *validator) eachLanguage(f *field, key, v *Value) {
	switch v.Kind {
	case refused:
		return
	case Scalar:
		c.report(ruleLanguageMissing, v, diag.Say("write it once for each language: %s", c.languageExample(f)), "the text is given once, for all languages")
		return
	case Sequence:
		c.kind(f, v, Mapping)
		return
	}
	for i, k := range v.Keys {
		if !slices.Contains(c.languages, k.Text) {
			c.unknownLanguage(k, v.Items[i])
			continue
		}
		item := v.Items[i]
		if item.Kind == Null || item.Kind == Scalar && strings.TrimSpace(item.Text) == "" {
			c.report(ruleLanguageMissing, k, diag.Say("write the text behind %s:", k.Text), "the text in %s is empty", diag.Quote(k.Text))
			continue
		}
		c.scalar(f, item)
	}
	for _, l := range c.languages {
		if v.Get(l) == nil {
			name := diag.Say("%s", f.key)
			if f.key == "" {
				name = diag.Say("this item")
			}
			c.report(ruleLanguageMissing, key, diag.Say("write it in every language: %s", c.languageExample(f)), "%s has no text in %s", name, diag.Quote(l)).Fix.Add = l
		}
	}
}

// unknownLanguage reports a key that is no language of the catalog.
func (c *validator) unknownLanguage(k, v *Value) {
	help := diag.Say("the catalog's languages are %s", strings.Join(c.languages, ", "))
	message := "%s is not a language of the catalog"
	mended := ""
	switch low := strings.ToLower(k.Text); {
	case slices.Contains(c.languages, low):
		help, mended = diag.Say("write %s", low), low
	case v.Kind == Null && strings.ContainsAny(k.Text, " '’"): // {fr: Les secrets, à l'abri}
		message, help = "%s begins behind a comma that ends the text before it", diag.Say("put a text with a comma in double quotes")
	}
	c.report(ruleLanguageUnknown, k, help, message, diag.Quote(k.Text)).Fix.Replace = mended
}
