package markdown

import (
	"bufio"
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

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

// Render writes a section as HTML. resolve says where each link leads and is
// asked for every one: what it does not know is left out.
func (d *Document) Render(w *bytes.Buffer, s *Section, resolve func(Link) Target) error {
	if d.Over != nil {
		return errors.New(d.Over.String())
	}
	b := buffers.Get().(*bufio.Writer)
	defer buffers.Put(b)
	b.Reset(w)
	for _, top := range s.nodes {
		d.link(top, s, resolve)
		if err := engine.Renderer().Render(b, d.source, top); err != nil {
			return err
		}
	}
	return b.Flush()
}

// buffers spares the renderer a buffer of its own for every paragraph.
var buffers = sync.Pool{New: func() any { return bufio.NewWriter(nil) }}

// link puts the targets into the tree.
func (d *Document) link(top ast.Node, s *Section, resolve func(Link) Target) {
	var links []ast.Node
	_ = ast.Walk(top, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			switch n.Kind() {
			case ast.KindLink, ast.KindImage, ast.KindAutoLink:
				links = append(links, n)
			}
		}
		return ast.WalkContinue, nil
	})
	for _, n := range links {
		switch n := n.(type) {
		case *ast.Link:
			to := meaning(n.Destination)
			t := resolve(Link{Destination: to})
			if id, ok := strings.CutPrefix(to, "#"); ok {
				t = Target{URL: s.Anchor(id)}
			}
			if t.URL == "" {
				unwrap(n)
				continue
			}
			n.Destination = written(t.URL)
			if t.External {
				n.SetAttributeString("rel", []byte(rel))
			}
		case *ast.Image:
			t := resolve(Link{Destination: meaning(n.Destination), Image: true})
			if t.URL == "" {
				unwrap(n)
				continue
			}
			n.Destination = written(t.URL)
			if t.Width > 0 {
				n.SetAttributeString("width", []byte(strconv.Itoa(t.Width)))
				n.SetAttributeString("height", []byte(strconv.Itoa(t.Height)))
			}
			n.SetAttributeString("loading", []byte("lazy"))
		case *ast.AutoLink:
			url := string(n.URL(d.source))
			if n.AutoLinkType == ast.AutoLinkEmail {
				url = "mailto:" + url
			}
			if t := resolve(Link{Destination: url}); t.URL == "" {
				n.Parent().ReplaceChild(n.Parent(), n, ast.NewString(n.Label(d.source)))
			} else if t.External {
				n.SetAttributeString("rel", []byte(rel))
			}
		}
	}
}

// written returns an address as the renderer expects it: it resolves character
// references once more.
func written(url string) []byte { return []byte(strings.ReplaceAll(url, "&", "&amp;")) }

// rel of links that sellers wrote: search engines give no credit for them.
const rel = "nofollow ugc noopener"

// unwrap replaces a link by its text.
func unwrap(n ast.Node) {
	parent := n.Parent()
	for c := n.FirstChild(); c != nil; {
		next := c.NextSibling()
		parent.InsertBefore(parent, n, c)
		c = next
	}
	parent.RemoveChild(parent, n)
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

// blocks renders tables and code so that a keyboard can scroll them.
type blocks struct{}

func (b *blocks) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
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
