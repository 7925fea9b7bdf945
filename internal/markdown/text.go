package markdown

import (
	"bytes"
	"errors"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// Text is a section's HTML whose links are open: where they lead is known when
// the whole catalog is, and whether they are links at all. It depends on
// nothing but the section. In it stand
//
//	NUL link destination NUL <a href="" …> NUL what is linked NUL end
//	NUL picture destination NUL <img src="" …> NUL its text, in case it is left out NUL pictureEnd
//
// HTML has no NUL: the renderer writes another character for one.
type Text []byte

const (
	anchor     = 'a'
	end        = '/'
	picture    = 'i'
	pictureEnd = 'j'
)

// Text writes a section's Text.
func (d *Document) Text(w *bytes.Buffer, s *Section) error {
	if d.Over != nil {
		return errors.New(d.Over.String())
	}
	o := &opening{w, s}
	for _, top := range s.nodes {
		if err := engine.Renderer().Render(o, d.source, top); err != nil {
			return err
		}
	}
	return nil
}

// opening is where a Text is written.
type opening struct {
	*bytes.Buffer
	section *Section
}

// Buffered and Flush make it what the renderer wants: it buffers nothing more.

func (*opening) Buffered() int { return 0 }
func (*opening) Flush() error  { return nil }

func (w *opening) mark(kind byte, destination string) {
	w.WriteByte(0)
	w.WriteByte(kind)
	w.WriteString(strings.ReplaceAll(destination, "\x00", "\ufffd"))
	w.WriteByte(0)
}

func (w *opening) end(kind byte) {
	w.WriteByte(0)
	w.WriteByte(kind)
}

// library is how the library renders nodes.
type library map[ast.NodeKind]renderer.NodeRendererFunc

func (l library) Register(kind ast.NodeKind, f renderer.NodeRendererFunc) { l[kind] = f }

var tags = func() library {
	l := make(library)
	html.NewRenderer().RegisterFuncs(l)
	return l
}()

func link(out util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	w, n := out.(*opening), node.(*ast.Link)
	to := meaning(n.Destination)
	bare := *n
	bare.Destination = nil
	if id, inside := strings.CutPrefix(to, "#"); inside {
		heading := w.section.Anchor(id)
		if heading == "" { // what is linked stays
			return ast.WalkContinue, nil
		}
		bare.Destination = []byte(heading)
		return tags[ast.KindLink](w, source, &bare, entering)
	}
	if !entering {
		w.end(end)
		return ast.WalkContinue, nil
	}
	w.mark(anchor, to)
	status, err := tags[ast.KindLink](w, source, &bare, true)
	w.WriteByte(0)
	return status, err
}

func autoLink(out util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w, n := out.(*opening), node.(*ast.AutoLink)
	w.mark(anchor, addressOf(n, source))
	w.WriteString(`<a href="">`)
	w.WriteByte(0)
	w.Write(util.EscapeHTML(n.Label(source)))
	w.end(end)
	return ast.WalkContinue, nil
}

func image(out util.BufWriter, source []byte, node ast.Node, entering bool) (ast.WalkStatus, error) {
	w, n := out.(*opening), node.(*ast.Image)
	if !entering {
		w.end(pictureEnd)
		return ast.WalkContinue, nil
	}
	w.mark(picture, meaning(n.Destination))
	bare := *n
	bare.Destination = nil
	_, err := tags[ast.KindImage](w, source, &bare, true)
	w.WriteByte(0)
	return ast.WalkContinue, err
}

// Render writes the HTML. resolve says where each link leads and is asked for
// every one but those to the section's own headings: what it does not know is left
// out, and what was linked stays.
func (t Text) Render(w *strings.Builder, resolve func(Link) Target) {
	var shown []bool // of the links around a place
	for {
		before, rest, found := bytes.Cut(t, nul)
		w.Write(before)
		if !found {
			return
		}
		kind := rest[0]
		switch t = Text(rest[1:]); kind {
		case end:
			last := len(shown) - 1
			if shown[last] {
				w.WriteString("</a>")
			}
			shown = shown[:last]
		case anchor, picture:
			to, rest, _ := bytes.Cut(t, nul)
			tag, rest, _ := bytes.Cut(rest, nul)
			target := resolve(Link{Destination: string(to), Image: kind == picture})
			t = rest
			if target.URL != "" {
				target.write(w, tag, kind == picture)
			}
			if kind == anchor {
				shown = append(shown, target.URL != "")
			} else if target.URL != "" {
				t = t.behindPicture()
			}
		}
	}
}

var nul = []byte{0}

// behindPicture returns what follows a picture whose text is not needed.
func (t Text) behindPicture() Text {
	for open := 1; open > 0; {
		i := bytes.IndexByte(t, 0)
		kind := t[i+1]
		t = t[i+2:]
		switch kind {
		case pictureEnd:
			open--
		case anchor, picture:
			_, rest, _ := bytes.Cut(t, nul)
			_, t, _ = bytes.Cut(rest, nul)
			if kind == picture {
				open++
			}
		}
	}
	return t
}

// rel of links that sellers wrote: search engines give no credit for them.
const rel = "nofollow ugc noopener"

// write writes a tag whose address is open.
func (t Target) write(w *strings.Builder, tag []byte, image bool) {
	at := bytes.IndexByte(tag, '"') + 1
	w.Write(tag[:at])
	if url := util.URLEscape([]byte(t.URL), false); !html.IsDangerousURL(url) {
		w.Write(util.EscapeHTML(url))
	}
	w.Write(tag[at : len(tag)-1])
	switch {
	case image:
		if t.Width > 0 {
			w.WriteString(` width="` + strconv.Itoa(t.Width) + `" height="` + strconv.Itoa(t.Height) + `"`)
		}
		w.WriteString(` loading="lazy"`)
	case t.External:
		w.WriteString(` rel="` + rel + `"`)
	}
	w.WriteByte('>')
}
