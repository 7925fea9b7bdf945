package markdown

import (
	"regexp"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// never matches nothing.
var never = regexp.MustCompile(`[^\s\S]`)

// Target is where a link leads on the site.
type Target struct {
	URL           string // "" where the link must not be rendered: its text stays
	External      bool   // on another site
	Width, Height int    // of an image, in pixels; 0 where not known
}

// Anchor returns "#" and the id of the heading that a fragment means, however
// the seller's editor folds headings, or "".
func (s *Section) Anchor(fragment string) string {
	id := idPrefix + Fold(fragment)
	if slices.ContainsFunc(s.Headings, func(h Heading) bool { return h.ID == id }) {
		return "#" + id
	}
	return ""
}

// blocks renders tables and code so that a keyboard can scroll them, and leaves
// links open.
type blocks struct{}

func (b *blocks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindLink, link)
	r.Register(ast.KindAutoLink, autoLink)
	r.Register(ast.KindImage, image)
	r.Register(extast.KindTable, b.table)
	r.Register(extast.KindTableCell, b.cell)
	r.Register(ast.KindFencedCodeBlock, b.code)
	r.Register(ast.KindCodeBlock, b.code)
}

func (*blocks) table(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		_, _ = w.WriteString("<div class=\"scroll\" tabindex=\"0\"><table>\n")
	} else {
		_, _ = w.WriteString("</table></div>\n")
	}
	return ast.WalkContinue, nil
}

// cell writes a table's cell. Alignment is a class: the pages' policy allows no
// style attributes. An empty cell heads nothing.
func (*blocks) cell(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	tag := "td"
	if n.Parent().Kind() == extast.KindTableHeader && n.HasChildren() {
		tag = "th"
	}
	if !entering {
		_, _ = w.WriteString("</" + tag + ">\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<" + tag)
	if tag == "th" {
		_, _ = w.WriteString(` scope="col"`)
	}
	switch n.(*extast.TableCell).Alignment {
	case extast.AlignRight:
		_, _ = w.WriteString(` class="end"`)
	case extast.AlignCenter:
		_, _ = w.WriteString(` class="center"`)
	}
	_ = w.WriteByte('>')
	return ast.WalkContinue, nil
}

// languageForm is what may stand behind a code fence to name its language.
var languageForm = regexp.MustCompile(`^[a-z0-9+#-]{1,20}$`)

func (*blocks) code(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		_, _ = w.WriteString("</code></pre>\n")
		return ast.WalkContinue, nil
	}
	_, _ = w.WriteString("<pre tabindex=\"0\"><code")
	if f, ok := n.(*ast.FencedCodeBlock); ok {
		if l := f.Language(source); languageForm.Match(l) {
			_, _ = w.WriteString(` class="language-`)
			_, _ = w.Write(l)
			_ = w.WriteByte('"')
		}
	}
	_ = w.WriteByte('>')
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		_, _ = w.Write(util.EscapeHTML(line.Value(source)))
	}
	return ast.WalkContinue, nil
}
