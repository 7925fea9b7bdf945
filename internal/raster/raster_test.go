package raster

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// secret is what a picture must not tell.
const secret = "48.8584 N 2.2945 E"

// sample is a small picture in colours.
func sample() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 16, 8))
	for x := range 16 {
		for y := range 8 {
			m.Set(x, y, color.RGBA{uint8(x * 16), uint8(y * 32), 99, 255})
		}
	}
	return m
}

func samplePNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, sample()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func sampleJPEG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, sample(), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func chunk(kind, data string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(out, kind+data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE([]byte(kind+data)))
}

func segment(marker byte, data string) []byte {
	return append([]byte{0xff, marker, byte((len(data) + 2) >> 8), byte(len(data) + 2)}, data...)
}

// pixels decodes a picture; it fails the test where it cannot be decoded.
func pixels(t *testing.T, data []byte) []color.Color {
	t.Helper()
	m, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var out []color.Color
	for y := range m.Bounds().Dy() {
		for x := range m.Bounds().Dx() {
			out = append(out, m.At(x, y))
		}
	}
	return out
}

func TestCleanLeavesOutWhatIsNotThePicture(t *testing.T) {
	plainPNG, plainJPEG := samplePNG(t), sampleJPEG(t)
	header := 8 + 12 + 13 // signature and IHDR
	withText := slices.Concat(plainPNG[:header], chunk("tEXt", "Comment\x00"+secret), chunk("eXIf", secret), chunk("gAMA", "\x00\x00\xb1\x8f"), plainPNG[header:])
	withEXIF := slices.Concat(plainJPEG[:2], segment(app1, exifHeader+secret), segment(com, secret), segment(app2, "MPF\x00"+secret), segment(0xed, secret), segment(app2, "ICC_PROFILE\x00profile"), plainJPEG[2:])
	for name, data := range map[string][]byte{"PNG": withText, "JPEG": withEXIF} {
		t.Run(name, func(t *testing.T) {
			got := Clean(data)
			if bytes.Contains(got, []byte(secret)) {
				t.Error("it still says where it was made")
			}
			if !slices.Equal(pixels(t, got), pixels(t, data)) {
				t.Error("the pixels are others")
			}
			format, _, _, ok := Header(got)
			if !ok || End(format, got) != len(got) {
				t.Error("it is no longer a whole picture")
			}
			if again := Clean(got); !bytes.Equal(again, got) {
				t.Error("cleaning it twice changes it")
			}
		})
	}
	if !bytes.Contains(Clean(withText), []byte("gAMA")) || !bytes.Contains(Clean(withEXIF), []byte("ICC_PROFILE")) {
		t.Error("what the colours depend on is lost")
	}
}

func TestCleanKeepsTheSideThatIsUp(t *testing.T) {
	plain := sampleJPEG(t)
	tiff := "II*\x00\x08\x00\x00\x00\x02\x00" +
		"\x0f\x01\x02\x00\x04\x00\x00\x00cam\x00" + // the camera's maker
		"\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00" + // turned to the right
		"\x00\x00\x00\x00" + secret
	got := Clean(slices.Concat(plain[:2], segment(app1, exifHeader+tiff), plain[2:]))
	if bytes.Contains(got, []byte(secret)) || bytes.Contains(got, []byte("cam")) {
		t.Error("it still says how it was made")
	}
	if o := orientation(got[6:]); o != 6 {
		t.Errorf("orientation %d, want 6", o)
	}
}

func TestCleanWebP(t *testing.T) {
	chunk := func(kind, data string) string {
		out := kind + string(binary.LittleEndian.AppendUint32(nil, uint32(len(data)))) + data
		if len(data)%2 == 1 {
			out += "\x00"
		}
		return out
	}
	// A lossless picture of one pixel, behind the header of the extended form.
	body := "WEBP" + chunk("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00") +
		chunk("VP8L", "\x2f\x00\x00\x00\x00\x88\x88\x08") + chunk("EXIF", secret) + chunk("XMP ", secret+"!")
	data := []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
	got := Clean(data)
	if bytes.Contains(got, []byte(secret)) {
		t.Error("it still says where it was made")
	}
	if int(binary.LittleEndian.Uint32(got[4:]))+8 != len(got) || got[20]&0x0c != 0 {
		t.Errorf("its header is wrong: % x", got[:24])
	}
}

// TestShortSegment: a segment behind the frame's header, which a decoder of the
// header does not see, with a length that does not count itself.
func TestShortSegment(t *testing.T) {
	plain := sampleJPEG(t)
	scan := bytes.Index(plain, []byte{0xff, sos})
	for _, n := range []byte{0, 1} {
		data := slices.Concat(plain[:scan], []byte{0xff, app1, 0, n}, plain[scan:])
		if end := End(JPEG, data); end != -1 {
			t.Errorf("length %d: the picture ends at %d", n, end)
		}
		if got := Clean(data); !bytes.Equal(got, data) {
			t.Errorf("length %d: the file is changed", n)
		}
	}
}

func TestCleanLeavesBrokenFilesAlone(t *testing.T) {
	for _, data := range [][]byte{nil, []byte("no picture"), samplePNG(t)[:40], sampleJPEG(t)[:100], append(samplePNG(t), "more"...)} {
		if got := Clean(data); !bytes.Equal(got, data) {
			t.Errorf("a broken file of %d bytes is changed", len(data))
		}
	}
}

// TestCleanOwnPictures: the sample catalog's pictures look the same afterwards.
func TestCleanOwnPictures(t *testing.T) {
	names, err := filepath.Glob("../../content/sellers/*/*/*.png")
	if err != nil || len(names) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	for _, name := range names[:min(3, len(names))] {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(pixels(t, Clean(data)), pixels(t, data)) {
			t.Errorf("%s looks otherwise", name)
		}
	}
}

func FuzzClean(f *testing.F) {
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Add([]byte("\xff\xd8\xff\xe1\x00\x10" + exifHeader))
	f.Add([]byte("RIFF\x04\x00\x00\x00WEBP"))
	var b bytes.Buffer
	if err := jpeg.Encode(&b, sample(), nil); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	b.Reset()
	if err := png.Encode(&b, sample()); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := Clean(data); len(got) > len(data)+64 {
			t.Errorf("%d bytes become %d", len(data), len(got))
		}
	})
}

func TestOpaque(t *testing.T) {
	gray, clear := image.NewGray(image.Rect(0, 0, 2, 2)), image.NewNRGBA(image.Rect(0, 0, 2, 2))
	palette := image.NewPaletted(image.Rect(0, 0, 2, 2), color.Palette{color.NRGBA{}, color.Black})
	var jpg bytes.Buffer
	if err := jpeg.Encode(&jpg, gray, nil); err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		data []byte
		want bool
	}{
		"gray PNG":                          {encoded(t, gray), true},
		"PNG with alpha":                    {encoded(t, clear), false},
		"PNG with a transparent colour":     {encoded(t, palette), false},
		"JPEG":                              {jpg.Bytes(), true},
		"lossy WebP":                        {[]byte("RIFF\x00\x00\x00\x00WEBPVP8 \x00\x00\x00\x00\x00\x00\x00\x00\x00"), true},
		"extended WebP with the alpha flag": {[]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x10\x00\x00\x00\x00"), false},
		"extended WebP without":             {[]byte("RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x08\x00\x00\x00\x00"), true},
		"lossless WebP with alpha":          {[]byte("RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x00\x00\x00\x10"), false},
		"lossless WebP without":             {[]byte("RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x00\x00\x00\x00"), true},
	} {
		format, _, _, ok := Header(test.data)
		if !ok {
			format = WebP // only a header
		}
		if got := Opaque(format, test.data); got != test.want {
			t.Errorf("%s: opaque is %v", name, got)
		}
	}
}

func encoded(t *testing.T, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
