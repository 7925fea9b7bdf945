package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// View is how a tab shows pages. The zero View is a desktop's: 1280 × 800
// pixels, light, with JavaScript.
type View struct {
	Width, Height int
	Dark          bool
	NoScript      bool
	Print         bool
	ReducedMotion bool
	ForcedColors  bool
}

// Phone is the width of a phone.
var Phone = View{Width: 390, Height: 844}

func (v View) String() string {
	s := fmt.Sprintf("%d px", v.Width)
	for _, o := range []struct {
		on   bool
		name string
	}{{v.Dark, "dark"}, {v.NoScript, "no script"}, {v.Print, "print"}, {v.ReducedMotion, "reduced motion"}, {v.ForcedColors, "forced colors"}} {
		if o.on {
			s += ", " + o.name
		}
	}
	return s
}

// Request is what a page asked a server for.
type Request struct {
	URL    string
	Type   string // "Document", "Stylesheet", "Script", "Image", "Fetch", …
	Status int64  // 0 where no answer came
}

// Tab is an open tab. Its methods end the test where the browser fails.
type Tab struct {
	t   testing.TB
	ctx context.Context

	mu         sync.Mutex
	complaints []string
	requests   []Request
	ids        []network.RequestID // of requests, in their order
}

// Tab opens a tab, which closes with the test.
func (b *Browser) Tab(t testing.TB, v View) *Tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(b.ctx)
	t.Cleanup(cancel)
	tab := &Tab{t: t, ctx: ctx}
	if err := chromedp.Listen(ctx, tab.event); err != nil {
		t.Fatal(err)
	}
	tab.Do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{})
		return err
	}))
	tab.Show(v)
	return tab
}

// Show changes how the tab shows pages.
func (tab *Tab) Show(v View) {
	tab.t.Helper()
	if v.Width == 0 {
		v.Width = 1280
	}
	if v.Height == 0 {
		v.Height = 800
	}
	scheme, motion, media, colors := "light", "no-preference", "", "none"
	if v.Dark {
		scheme = "dark"
	}
	if v.ReducedMotion {
		motion = "reduce"
	}
	if v.ForcedColors {
		colors = "active"
	}
	if v.Print {
		media = "print"
	}
	tab.Do(
		chromedp.EmulateViewport(int64(v.Width), int64(v.Height)),
		chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
				Media: media,
				Features: []*emulation.MediaFeature{
					{Name: "prefers-color-scheme", Value: scheme},
					{Name: "prefers-reduced-motion", Value: motion},
					{Name: "forced-colors", Value: colors},
				},
			})
			if err != nil {
				return err
			}
			_, err = cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.NoScript})
			return err
		}),
	)
}

// event notes what a page asks for and complains of.
func (tab *Tab) event(ev any) {
	tab.mu.Lock()
	defer tab.mu.Unlock()
	switch ev := ev.(type) {
	case *runtime.EventConsoleAPICalled:
		if ev.Type == "error" || ev.Type == "warning" || ev.Type == "assert" {
			var words []string
			for _, a := range ev.Args {
				words = append(words, strings.Trim(string(a.Value), `"`)+a.Description)
			}
			tab.complaints = append(tab.complaints, fmt.Sprintf("console %s: %s", ev.Type, strings.Join(words, " ")))
		}
	case *runtime.EventExceptionThrown:
		text := ev.ExceptionDetails.Text
		if e := ev.ExceptionDetails.Exception; e != nil {
			text += " " + e.Description
		}
		tab.complaints = append(tab.complaints, "exception: "+text)
	case *cdplog.EventEntryAdded:
		// Network failures and violations of the Content-Security-Policy among
		// them.
		if ev.Entry.Level == "error" || ev.Entry.Level == "warning" {
			tab.complaints = append(tab.complaints, fmt.Sprintf("%s: %s %s", ev.Entry.Source, ev.Entry.Text, ev.Entry.URL))
		}
	case *network.EventRequestWillBeSent:
		if strings.HasPrefix(ev.Request.URL, "data:") {
			return
		}
		tab.requests = append(tab.requests, Request{URL: ev.Request.URL, Type: string(ev.Type)})
		tab.ids = append(tab.ids, ev.RequestID)
	case *network.EventResponseReceived:
		if i := slices.Index(tab.ids, ev.RequestID); i >= 0 {
			tab.requests[i].Status = ev.Response.Status
		}
	}
}

// Go opens an address and waits until the page has loaded. What the tab noted
// of the page before is forgotten.
func (tab *Tab) Go(url string) {
	tab.t.Helper()
	tab.mu.Lock()
	tab.complaints, tab.requests, tab.ids = nil, nil, nil
	tab.mu.Unlock()
	tab.Do(chromedp.Navigate(url))
}

// Do takes steps of chromedp.
func (tab *Tab) Do(steps ...chromedp.Action[chromedp.Void]) {
	tab.t.Helper()
	// The browser binds the tab's life to the context of its first step, so
	// that one has no limit.
	ctx := tab.ctx
	if chromedp.FromContext(ctx).Target != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	if err := chromedp.Do(ctx, steps...); err != nil {
		tab.t.Fatal(err)
	}
}

// Press presses keys, such as kb.Tab or "abc".
func (tab *Tab) Press(keys string, opts ...chromedp.KeyOption) {
	tab.t.Helper()
	tab.Do(chromedp.KeyEvent(keys, opts...))
}

// Get evaluates JavaScript, a promise or a value, and returns what it gives.
func Get[T any](tab *Tab, script string) T {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, limit)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		tab.t.Fatalf("%v in: %s", err, script)
	}
	return v
}

// Is evaluates a condition. It is false where the page goes away meanwhile.
func (tab *Tab) Is(condition string) bool {
	tab.t.Helper()
	ctx, cancel := context.WithTimeout(tab.ctx, limit)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("!!("+condition+")", chromedp.EvalAwaitPromise))
	return err == nil && v
}

// Complaints returns the errors and warnings of the page's console, exceptions,
// violations of the Content-Security-Policy and failed requests, since Go.
func (tab *Tab) Complaints() []string {
	tab.t.Helper()
	Get[bool](tab, "true") // events sent before are seen when it is answered
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.complaints)
}

// Requests returns what the page asked for since Go.
func (tab *Tab) Requests() []Request {
	tab.t.Helper()
	Get[bool](tab, "true")
	tab.mu.Lock()
	defer tab.mu.Unlock()
	return slices.Clone(tab.requests)
}

// Shot saves a picture of the whole page as NAME.png in the folder that the
// environment's VITRINE_SHOTS names; it does nothing where it names none.
func (tab *Tab) Shot(name string) {
	tab.t.Helper()
	dir := os.Getenv("VITRINE_SHOTS")
	if dir == "" {
		return
	}
	ctx, cancel := context.WithTimeout(tab.ctx, limit)
	defer cancel()
	data, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), data, 0o644)
	}
	if err != nil {
		tab.t.Fatal(err)
	}
}
