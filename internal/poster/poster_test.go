package poster

import (
	"bytes"
	"compress/flate"
	"hash/adler32"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"
	"testing"
)

var (
	blue  = color.RGBA{0x2b, 0x46, 0xc8, 0xff}
	white = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

func painter(t testing.TB) *Painter {
	t.Helper()
	p, err := New(blue, white)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// box is what is written in some rows: whether anything is, and from which
// column to which.
type box struct {
	written  bool
	from, to int
}

// look decodes a picture as other programs would, and says what is written in
// its parts.
func look(t *testing.T, data []byte) (head, name, below, band box) {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := m.Bounds(); b.Dx() != Width || b.Dy() != Height {
		t.Fatalf("the picture is %v", b)
	}
	in := func(from, to int) (b box) {
		b.from = Width
		for y := from; y < to; y++ {
			for x := range Width {
				if m.At(x, y) == (color.RGBA{0xff, 0xff, 0xff, 0xff}) {
					b = box{true, min(b.from, x), max(b.to, x)}
				}
			}
		}
		return b
	}
	return in(70, headRows), in(headRows, headRows+nameRows), in(headRows+nameRows, headRows+nameRows+lineRows), in(Height-bandRows, Height)
}

func TestPartsOfAPicture(t *testing.T) {
	p := painter(t)
	full := p.Frame("Place de marché Orlune", "Produit infogéré")
	long := strings.Repeat("Une très longue société ", 20)
	tests := []struct {
		name                     string
		data                     []byte
		head, title, below, foot bool
	}{
		{"all", p.PNG(full, "Cœur d’Élévation", "Société Kelvane"), true, true, true, true},
		{"a script that the font lacks", p.PNG(p.Frame("市場", "製品"), "保管庫", "משרד"), false, false, false, false},
		{"nothing", p.PNG(p.Frame("", ""), "", " "), false, false, false, false},
		{"long everywhere", p.PNG(p.Frame(long, long), long, long), true, true, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			head, title, below, foot := look(t, test.data)
			for i, b := range []box{head, title, below, foot} {
				if want := []bool{test.head, test.title, test.below, test.foot}[i]; b.written != want {
					t.Errorf("part %d: written %v, want %v", i, b.written, want)
				}
				if b.written && (b.from < margin-8 || b.to > Width-margin+8) {
					t.Errorf("part %d is written from %d to %d", i, b.from, b.to)
				}
			}
		})
	}
}

func TestNamesThatAreNotWritable(t *testing.T) {
	p := painter(t)
	for name, want := range map[string]bool{
		"Coffre d’été, 2e édition – « cœur » €": true,
		"Сейф": true, "Χρηματοκιβώτιο": true,
		"Vault 🚀™": true, // the rocket is left out
		"保管庫":      false, "Vault 保管庫": false, "خزنة": false, "e\u0301te\u0301": false, "": false, "🚀": false, " \u00a0": false,
	} {
		if got := p.Writable(name); got != want {
			t.Errorf("%q is writable: %v", name, got)
		}
	}
	with, without := p.PNG(Frame{}, "Vault 🚀", ""), p.PNG(Frame{}, "Vault", "")
	if !bytes.Equal(with, without) {
		t.Error("a sign that the font lacks leaves something behind")
	}
}

func TestWrapping(t *testing.T) {
	p := painter(t)
	f := p.names[0]
	for _, test := range []struct {
		text string
		most int
		want string
	}{
		{"Kelvane Postgres", 2, "Kelvane Postgres"},
		{"Kelvane Postgres for public hospitals", 2, "Kelvane Postgres for|public hospitals"},
		{"Prêt\u00a0! Prêt\u00a0! Prêt\u00a0! Prêt, partez\u00a0!", 2, "Prêt\u00a0! Prêt\u00a0! Prêt\u00a0! Prêt,|partez\u00a0!"},
		{"WWWWWWWWWWWWWWWWWWWW", 3, "WWWWWWWWWWW|WWWWWWWWW"},
		{"WWWWWWWWWWWWWWWWWWWWWWWWWWWW", 2, ""},
		{"a  b", 1, "a b"},
	} {
		text, _ := f.readable(test.text)
		var got []string
		for _, line := range f.wrap(text, measure, test.most) {
			got = append(got, string(line))
			if w := f.width(line); w > measure {
				t.Errorf("%q is %d pixels wide", string(line), w)
			}
		}
		if strings.Join(got, "|") != test.want {
			t.Errorf("%q becomes %q, want %q", test.text, strings.Join(got, "|"), test.want)
		}
	}
}

// Pictures are the same whatever was drawn before, and by whom.
func TestSameBytes(t *testing.T) {
	names := []string{"Vault", "Kelvane Postgres", "Accompagnement à la mise en conformité des systèmes d’information", strings.Repeat("W", 80)}
	draw := func(p *Painter, name string) []byte {
		return p.PNG(p.Frame("Orlune", "OMI"), name, "Kelvane")
	}
	shared := painter(t)
	var group sync.WaitGroup
	for range 8 {
		for _, name := range names {
			group.Go(func() {
				if !bytes.Equal(draw(shared, name), draw(painter(t), name)) {
					t.Errorf("the picture of %q differs", name)
				}
			})
		}
	}
	group.Wait()
}

func FuzzDeflate(f *testing.F) {
	f.Add([]byte("aaaaaaaaab"), 1)
	f.Add([]byte{0, 1, 2, 143, 144, 255}, 400)
	f.Add(bytes.Repeat([]byte{7}, 2000), 1)
	f.Fuzz(func(t *testing.T, rows []byte, times int) {
		rows = bytes.Repeat(rows, min(max(times, 0), 1000))
		strips := append(deflate(rows), deflate(rows)...)
		got, err := io.ReadAll(flate.NewReader(bytes.NewReader(append(strips, zlibEnd...))))
		if err != nil || !bytes.Equal(got, append(rows, rows...)) {
			t.Errorf("%d bytes become %d: %v", 2*len(rows), len(got), err)
		}
	})
}

// Repetitions of every length are what they were.
func TestDeflateLengths(t *testing.T) {
	for n := range 3 * maxLength {
		rows := append(bytes.Repeat([]byte{9}, n), 1)
		got, err := io.ReadAll(flate.NewReader(strings.NewReader(string(deflate(rows)) + zlibEnd)))
		if err != nil || !bytes.Equal(got, rows) {
			t.Errorf("%d times: %v", n, err)
		}
	}
}

func FuzzJoin(f *testing.F) {
	f.Add([]byte("some"), []byte("text"))
	f.Add([]byte{}, []byte{})
	f.Add(bytes.Repeat([]byte{0xff}, 70000), bytes.Repeat([]byte{0xff}, 70001))
	f.Fuzz(func(t *testing.T, a, b []byte) {
		if got, want := join(adler32.Checksum(a), adler32.Checksum(b), len(b)), adler32.Checksum(append(a, b...)); got != want {
			t.Errorf("%x, want %x", got, want)
		}
	})
}

// A line that is put together from what was compressed before is the line as it is
// drawn.
func FuzzLine(f *testing.F) {
	p := painter(f)
	for _, text := range []string{
		"Kelvane Postgres", "AVAVToTyLTrt//\\\\__--..''", "illiilliljf\u00a0fjgjÅÇÉŸ", "i l . i", "j", "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW", "Стекло ωψ €",
	} {
		f.Add(text, 0)
		f.Add(text, 3)
	}
	f.Fuzz(func(t *testing.T, text string, x int) {
		x = margin + x&3
		for _, face := range append([]*face{p.small}, p.names[0].face, p.names[1].face, p.names[2].face) {
			line, ok := face.readable(text)
			if !ok {
				continue
			}
			line = face.fit(line, measure)
			want := blank(face.lead, 0)
			face.write(want, x, line)
			clear(want[:stride]) // a line's first row is blank
			_, got := face.line([]byte("before"), x, line)
			rows, err := io.ReadAll(flate.NewReader(io.MultiReader(bytes.NewReader(got.data), strings.NewReader(zlibEnd))))
			if err != nil || !bytes.Equal(rows, want) {
				t.Errorf("%q at %d, in lines of %d pixels: other pixels, %v", text, x, face.lead, err)
			}
			if got.digest != adler32.Checksum(want) {
				t.Errorf("%q at %d: the checksum is %x", text, x, got.digest)
			}
		}
	})
}

func FuzzName(f *testing.F) {
	p := painter(f)
	for _, name := range []string{"Vault", strings.Repeat("W", 80), "a b c d e f g\u00a0!", "\u200b\u202e", strings.Repeat("-", 3000), "\xff\xfe"} {
		f.Add(name)
	}
	frame := p.Frame("", "")
	f.Fuzz(func(t *testing.T, name string) {
		if _, err := png.Decode(bytes.NewReader(p.PNG(frame, name, name))); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkProduct draws the picture of a product.
func BenchmarkProduct(b *testing.B) {
	p := painter(b)
	f := p.Frame("Place de marché Orlune", "Produit infogéré")
	size := 0
	for b.Loop() {
		size = len(p.PNG(f, "Kelvane Postgres for public hospitals", "Kelvane"))
	}
	b.ReportMetric(float64(size), "bytes")
}
