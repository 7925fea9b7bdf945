package check

import (
	"bytes"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

var ruleNamed = &diag.Rule{
	ID: "text-names-hidden", Severity: diag.Warning,
	Title: "a published text names no OMI and no product code that buyers cannot see",
	Why:   "Marketplace rule 7: what is unpublished cannot be chosen for new VMs, and a draft is not announced. The build takes away what the site says of them, but never words of another entry's text.",
	Help:  "name what is offered, or delete it",
}

// ids notes the OMI ids and product codes in an entry's text, as OUTSCALE writes
// them; named knows whose they are.
func (p *entryPass) ids(text []byte) {
	for _, prefix := range []string{"ami-", "pty-"} {
		for at := 0; ; {
			i := bytes.Index(text[at:], []byte(prefix))
			if i < 0 {
				break
			}
			from := at + i
			at = from + len(prefix)
			for at < len(text) && idByte(text[at]) {
				at++
			}
			if e := p.Entry(); at == from+len(prefix)+8 && (from == 0 || !idByte(text[from-1]) && text[from-1] != '-') {
				e.Named = append(e.Named, catalog.Link{To: string(text[from:at]), From: p.Body[0] + from, End: p.Body[0] + at})
			}
		}
	}
}

func idByte(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' }

// named looks for ids in public texts that are only those of products and
// versions that are not public.
func named(p *catalogPass) {
	const public = catalog.Published
	inTexts := make(map[string]bool) // few texts name any: products are many
	for e := range p.catalog.Entries {
		for _, n := range e.Named {
			if e.Status == public {
				inTexts[n.To] = true
			}
		}
	}
	if len(inTexts) == 0 {
		return
	}
	hidden := make(map[string]string) // id to whose it is
	shown := make(map[string]bool)
	for product := range p.catalog.Products {
		visible := product.Status == public && product.Seller.Status == public
		if id := product.ProductCode; inTexts[id] {
			if visible {
				shown[id] = true
			} else {
				hidden[id] = product.Ref()
			}
		}
		for i := range product.Versions {
			v := &product.Versions[i]
			for j := range v.Images {
				switch id := v.Images[j].OMI; {
				case !inTexts[id]:
				case visible && v.Status == public:
					shown[id] = true
				default:
					hidden[id] = product.Ref() + " " + v.Version
				}
			}
		}
	}
	for e := range p.catalog.Entries {
		for _, n := range e.Named {
			if of := hidden[n.To]; e.Status == public && of != "" && !shown[n.To] {
				p.reportAt(ruleNamed, e, p.source(e, n), diag.Text{}, "%s belongs to %s, which buyers do not see", diag.Quote(n.To), diag.Quote(of))
			}
		}
	}
}
