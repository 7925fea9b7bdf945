package browser

import (
	"context"

	"github.com/chromedp/chromedp"
)

// Page is a tab for a program that is no test: what measures time in a browser.
type Page struct{ ctx context.Context }

// Page opens a tab.
func (b *Browser) Page() *Page {
	ctx, _ := chromedp.NewContext(b.ctx) // it closes with the browser
	return &Page{ctx}
}

// Visit opens an address and waits until the page has loaded.
func (p *Page) Visit(url string) error { return chromedp.Do(p.ctx, chromedp.Navigate(url)) }

// Wait evaluates a promise and waits for it.
func (p *Page) Wait(promise string) error {
	ctx, cancel := context.WithTimeout(p.ctx, limit)
	defer cancel()
	_, err := chromedp.Run(ctx, chromedp.Evaluate[bool](promise, chromedp.EvalAwaitPromise))
	return err
}
