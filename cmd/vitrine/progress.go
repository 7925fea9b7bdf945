package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"vitrine/internal/build"
	"vitrine/internal/diag"
)

const (
	patience = 300 * time.Millisecond // work that is quicker shows nothing
	redraw   = 100 * time.Millisecond
)

// progress shows how far long work is. On a terminal that is one line, which is
// written anew and is gone when the work is done; elsewhere, such as in CI, a
// line for each stage that is done. The line has no colour and no escape
// sequence.
type progress struct {
	w          io.Writer
	live, each bool // a line that is written anew; a line a stage
	book       *diag.Book
	now        func() time.Time
	start      time.Time

	mu     sync.Mutex
	stages []stage // the last one runs, if running
	runs   bool
	drawn  int // characters that stand on the line
	stop   context.CancelFunc
}

// stage is a stage of the work and how far it is.
type stage struct {
	name        build.Stage
	done, total int
	began       time.Time
	took        time.Duration
}

// asking is the stage in which other sites are asked for linked pages.
const asking build.Stage = "links"

// stages tell what is done, and what is counted.
var stages = map[build.Stage]struct {
	what diag.Text
	of   string
}{
	build.Looking:   {diag.Say("looking for what changed"), ""},
	build.Reading:   {diag.Say("reading entries"), "entries"},
	build.Checking:  {diag.Say("checking the catalog"), ""},
	build.Theming:   {diag.Say("reading the theme"), ""},
	build.Dating:    {diag.Say("reading the history"), ""},
	build.Planning:  {diag.Say("planning pages"), "parts"},
	build.Rendering: {diag.Say("rendering pages"), "parts"},
	build.Writing:   {diag.Say("putting the site in place"), ""},
	asking:          {diag.Say("asking other sites"), "links"},
}

// follow returns a context whose work shows its progress on the standard error
// until close is called. With each, there is a line a stage where it is no
// terminal. The book is of the language of the line on a terminal.
func (env *environment) follow(ctx context.Context, each bool, book *diag.Book) (context.Context, *progress) {
	p := &progress{w: env.stderr, book: book, now: time.Now, start: time.Now()}
	if f, ok := env.stderr.(*os.File); ok && terminal(f) && env.getenv("TERM") != "dumb" {
		p.live = true
		watching, stop := context.WithCancel(ctx)
		p.stop = stop
		go func() {
			t := time.NewTicker(redraw)
			defer t.Stop()
			for {
				select {
				case <-t.C:
					p.draw()
				case <-watching.Done():
					return
				}
			}
		}()
	}
	p.each = each && !p.live
	return build.WithProgress(ctx, p.tell), p
}

// tell is called by the work: see build.Progress.
func (p *progress) tell(name build.Stage, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.runs || p.stages[len(p.stages)-1].name != name {
		p.end()
		p.stages, p.runs = append(p.stages, stage{name: name, began: p.now()}), true
	}
	s := &p.stages[len(p.stages)-1]
	s.done, s.total = max(s.done, done), total
}

// pause ends the stage that runs and clears the line, so that something else
// can be written.
func (p *progress) pause() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.end()
	p.clear()
}

// close ends the work. It can be called again.
func (p *progress) close() {
	p.pause()
	if p.stop != nil {
		p.stop()
	}
}

func (p *progress) end() {
	if !p.runs {
		return
	}
	p.runs = false
	s := &p.stages[len(p.stages)-1]
	s.took = p.now().Sub(s.began)
	if p.each {
		fmt.Fprintf(p.w, "%s: %s%s\n", s.name, strings.TrimPrefix(s.count()+", ", ", "), seconds(s.took))
	}
}

// draw writes the line anew.
func (p *progress) draw() {
	p.mu.Lock()
	defer p.mu.Unlock()
	since := p.now().Sub(p.start)
	if !p.runs || since < patience {
		return
	}
	s := &p.stages[len(p.stages)-1]
	what, tenths := stages[s.name].what, int(since/(100*time.Millisecond))
	text := diag.Say("%s, %d.%d s", what, tenths/10, tenths%10)
	if s.total > 0 {
		text = diag.Say("%s: %d of %d (%d %%), %d.%d s", what, s.done, s.total, 100*s.done/s.total, tenths/10, tenths%10)
	}
	line := text.In(p.book)
	fmt.Fprintf(p.w, "\r%-*s", p.drawn, line)
	p.drawn = utf8.RuneCountInString(line)
}

func (p *progress) clear() {
	if p.drawn > 0 {
		fmt.Fprintf(p.w, "\r%*s\r", p.drawn, "")
		p.drawn = 0
	}
}

// count tells what was worked on, "" where that is not counted.
func (s *stage) count() string {
	of := stages[s.name].of
	switch {
	case of == "" || s.done == 0:
		return ""
	case s.done < s.total: // it was interrupted
		return fmt.Sprintf("%d of %d %s", s.done, s.total, of)
	}
	return fmt.Sprintf("%d %s", s.done, of)
}

// timings writes the stages, how long they took, and their part of the whole.
func (p *progress) timings() {
	whole := p.now().Sub(p.start)
	for _, s := range p.stages {
		fmt.Fprintf(p.w, "%-8s %16s %10s %4.0f %%\n", s.name, s.count(), seconds(s.took), 100*s.took.Seconds()/whole.Seconds())
	}
	fmt.Fprintf(p.w, "%-8s %16s %10s\n", "all", "", seconds(whole))
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.3f s", d.Seconds()) }
