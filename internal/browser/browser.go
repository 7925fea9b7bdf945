// Package browser drives Debian's Chromium in tests: it builds a catalog,
// serves it as a web host does and opens its pages. It is support for tests;
// the program does not import it.
package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// limit is how long one step in a tab may take. Machines that run several
// packages' tests at once are slow.
const limit = 90 * time.Second

// Browser is a running Chromium.
type Browser struct {
	ctx context.Context
}

// Open starts Chromium, which ends with the test. It skips the test where there
// is none: the environment's CHROMIUM names it, or else it is looked for by its
// usual names.
func Open(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("tests in a browser are left out by -short")
	}
	b, stop, err := Start()
	if errors.Is(err, ErrNone) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return b
}

// ErrNone says that there is no browser.
var ErrNone = errors.New("there is no Chromium: install it (apt-get install chromium), or name it in CHROMIUM")

// Start starts Chromium, or returns ErrNone. stop ends it.
func Start() (b *Browser, stop func(), err error) {
	path := find()
	if path == "" {
		return nil, nil, ErrNone
	}
	ctx, cancel := chromedp.NewExecAllocator(context.Background(),
		chromedp.ExecPath(path),
		chromedp.Headless,
		chromedp.NoSandbox, // it cannot be had as root, and pages are our own
		chromedp.NoFirstRun,
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("disable-renderer-backgrounding", true),
		chromedp.Flag("force-color-profile", "srgb"),
		chromedp.WSURLReadTimeout(limit),
	)
	ctx, end := chromedp.NewContext(ctx)
	stop = func() { end(); cancel() }
	if err := chromedp.Do(ctx); err != nil {
		stop()
		return nil, nil, fmt.Errorf("%s does not start: %w", path, err)
	}
	return &Browser{ctx}, stop, nil
}

// find returns the path of Chromium, or "".
func find() string {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return path
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
