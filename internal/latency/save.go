package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"vitrine/internal/browser"
)

// kind is a change of a product, and the page on which it is waited for.
type kind struct {
	name string
	page string // below the site's address
	edit func(source []byte, n int) []byte
	text func(n int) string // what the page shows then
}

func (p *program) kinds() []kind {
	title := func(n int) string { return fmt.Sprintf("Aaa product %d", n) }
	summary := func(n int) string { return fmt.Sprintf("Résumé numéro %d.", n) }
	return []kind{
		{"a body, on the product's page", p.page, func(source []byte, n int) []byte {
			source = bytes.Replace(source, []byte("# English\n"), fmt.Appendf(nil, "# English\n\nSentence number %d.\n", n), 1)
			return bytes.Replace(source, []byte("# Français\n"), fmt.Appendf(nil, "# Français\n\nPhrase numéro %d.\n", n), 1)
		}, func(n int) string { return fmt.Sprintf("Phrase numéro %d.", n) }},
		{"a title, on the product's page", p.page, func(source []byte, n int) []byte {
			return withKey(source, "title", fmt.Sprintf("{en: %q, fr: %q}", title(n), title(n)))
		}, title},
		{"a summary, on the product's page", p.page, func(source []byte, n int) []byte {
			return withKey(source, "summary", fmt.Sprintf("{en: %q, fr: %q}", fmt.Sprintf("Summary number %d.", n), summary(n)))
		}, summary},
		{"a title, on the list of products", "fr/products/", func(source []byte, n int) []byte {
			return withKey(source, "title", fmt.Sprintf("{en: %q, fr: %q}", title(n), title(n)))
		}, title},
	}
}

// withKey gives a key of the front matter another value.
func withKey(source []byte, key, value string) []byte {
	from := bytes.Index(source, []byte("\n"+key+":"))
	if from < 0 {
		return source
	}
	to := from + 1
	for { // up to the next key
		end := bytes.IndexByte(source[to:], '\n')
		if end < 0 {
			return source
		}
		to += end + 1
		if source[to] != ' ' {
			break
		}
	}
	return fmt.Appendf(nil, "%s\n%s: %s\n%s", source[:from], key, value, source[to:])
}

// shown is a promise that is kept when a text is painted.
const shown = `new Promise((done) => {
  const there = () => document.querySelector("main")?.textContent.includes(%q);
  const painted = () => requestAnimationFrame(() => setTimeout(() => done(true)));
  if (there()) return painted();
  const watch = new MutationObserver(() => { if (there()) { watch.disconnect(); painted(); } });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
})`

// measure saves changes of a kind, as editors do: a file beside it that is moved
// into its place.
func (p *program) measure(tab *browser.Page, k kind, n int) ([]time.Duration, error) {
	source, err := os.ReadFile(p.file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.WriteFile(p.file, source, 0o600) }()
	var times []time.Duration
	for i := range n + 1 {
		p.saves++
		text := k.text(p.saves)
		if err := os.WriteFile(p.file+"~", k.edit(source, p.saves), 0o600); err != nil {
			return nil, err
		}
		seen := make(chan error)
		go func() {
			for {
				err := tab.Wait(fmt.Sprintf(shown, text))
				if err == nil || time.Since(p.saved) > 20*time.Second {
					seen <- err
					return
				}
			}
		}()
		time.Sleep(300 * time.Millisecond) // the page waits, and nobody saves faster
		p.saved = time.Now()
		if err := os.Rename(p.file+"~", p.file); err != nil {
			return nil, err
		}
		if err := <-seen; err != nil {
			return nil, fmt.Errorf("%s: %q is not shown: %w", k.name, text, err)
		}
		if i > 0 { // the first one warms up
			times = append(times, time.Since(p.saved))
		}
	}
	return times, nil
}
