package main

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"vitrine/internal/build"
	"vitrine/internal/phrasebook"
)

// watched is a progress whose clock only goes when told, and what it wrote.
type watched struct {
	*progress
	out *bytes.Buffer
	at  time.Time
}

func watch(live, each bool) *watched {
	w := &watched{out: new(bytes.Buffer), at: time.Unix(0, 0)}
	w.progress = &progress{w: w.out, live: live, each: each, start: w.at, now: func() time.Time { return w.at }}
	return w
}

// line is what a terminal shows of the last line.
func (w *watched) line() string {
	var shown []rune
	all := w.out.String()
	for part := range strings.SplitSeq(all[strings.LastIndexByte(all, '\n')+1:], "\r") {
		shown = append([]rune(part), shown[min(utf8.RuneCountInString(part), len(shown)):]...)
	}
	return strings.TrimRight(string(shown), " ")
}

func TestProgressOnATerminal(t *testing.T) {
	w := watch(true, false)
	steps := []struct {
		after       time.Duration
		stage       build.Stage
		done, total int
		want        string
	}{
		{0, build.Reading, 0, 0, ""},
		{299 * time.Millisecond, build.Reading, 16, 1000, ""},
		{time.Millisecond, build.Reading, 160, 1000, "reading entries: 160 of 1000 (16 %), 0.3 s"},
		{time.Second, build.Reading, 1000, 1000, "reading entries: 1000 of 1000 (100 %), 1.3 s"},
		{100 * time.Millisecond, build.Checking, 0, 0, "checking the catalog, 1.4 s"},
		{time.Minute, build.Rendering, 2, 10, "rendering pages: 2 of 10 (20 %), 61.4 s"},
		{0, build.Rendering, 1, 10, "rendering pages: 2 of 10 (20 %), 61.4 s"}, // told late by another goroutine
	}
	for _, s := range steps {
		w.at = w.at.Add(s.after)
		w.tell(s.stage, s.done, s.total)
		w.draw()
		if got := w.line(); got != s.want {
			t.Errorf("after %s of %s: %q, want %q", w.at.Sub(w.start), s.stage, got, s.want)
		}
	}
	w.pause()
	w.draw()
	if got := w.line(); got != "" {
		t.Errorf("%q is left on the line", got)
	}
	if !strings.HasSuffix(w.out.String(), "\r") {
		t.Errorf("what follows does not begin where the line does: %q", w.out)
	}
	if strings.ContainsAny(w.out.String(), "\n\x1b") {
		t.Errorf("there is more than one line, or an escape sequence: %q", w.out)
	}
}

func TestProgressInFrench(t *testing.T) {
	w := watch(true, false)
	w.book, _ = phrasebook.In("fr")
	w.at = w.at.Add(12340 * time.Millisecond)
	w.tell(build.Reading, 16, 1000)
	w.draw()
	if got, want := w.line(), "lecture des fiches\u00a0: 16 sur 1000 (1\u00a0%), 12,3\u00a0s"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	w.pause()
	if got := w.line(); got != "" {
		t.Errorf("%q is left on the line", got)
	}
}

func TestQuickWorkShowsNothing(t *testing.T) {
	w := watch(true, false)
	for range 29 {
		w.tell(build.Rendering, 1, 2)
		w.draw()
		w.at = w.at.Add(10 * time.Millisecond)
	}
	w.close()
	if w.out.Len() > 0 {
		t.Errorf("got %q", w.out)
	}
}

func TestProgressElsewhere(t *testing.T) {
	w := watch(false, true)
	w.tell(build.Reading, 0, 0)
	w.at = w.at.Add(1234 * time.Millisecond)
	w.tell(build.Reading, 30, 30)
	w.tell(build.Dating, 0, 0)
	w.at = w.at.Add(time.Second)
	w.tell(build.Rendering, 0, 9)
	w.tell(build.Rendering, 4, 9) // and it is interrupted
	w.close()
	w.close()
	const want = "read: 30 entries, 1.234 s\nhistory: 1.000 s\nrender: 4 of 9 parts, 0.000 s\n"
	if got := w.out.String(); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

func TestTimings(t *testing.T) {
	w := watch(false, false)
	w.tell(build.Reading, 8, 8)
	w.at = w.at.Add(time.Second)
	w.tell(build.Rendering, 12, 12)
	w.at = w.at.Add(2 * time.Second)
	w.pause()
	w.at = w.at.Add(time.Second) // of no stage
	w.timings()
	const want = `read            8 entries    1.000 s   25 %
render           12 parts    2.000 s   50 %
all                          4.000 s
`
	if got := w.out.String(); got != want {
		t.Errorf("got:\n%swant:\n%s", got, want)
	}
}

// Only a terminal that can move back is written to anew.
func TestFollow(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0) // a device, as a terminal is
	if err != nil {
		t.Fatal(err)
	}
	defer null.Close()
	for _, c := range []struct {
		name, term string
		to         io.Writer
		live       bool
	}{
		{"terminal", "xterm", null, true},
		{"dumb terminal", "dumb", null, false},
		{"pipe", "xterm", new(bytes.Buffer), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			env := &environment{stderr: c.to, getenv: func(string) string { return c.term }}
			_, p := env.follow(t.Context(), true, nil)
			defer p.close()
			if p.live != c.live || p.each == c.live {
				t.Errorf("live: %v, lines: %v", p.live, p.each)
			}
		})
	}
}
