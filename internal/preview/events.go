package preview

import (
	"net/http"
	"sync"
)

// clients are the pages that wait for news, as server-sent events (HTML
// standard, section 9.2).
type clients struct {
	mu      sync.Mutex
	waiting map[chan struct{}]bool
}

// maxClients bounds how many pages wait at once.
const maxClients = 256

// tell tells every page that something may be new.
func (c *clients) tell() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for client := range c.waiting {
		select {
		case client <- struct{}{}:
		default: // it has not looked at the last news yet
		}
	}
}

func (c *clients) add() (news chan struct{}, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.waiting) >= maxClients {
		return nil, false
	}
	if c.waiting == nil {
		c.waiting = make(map[chan struct{}]bool)
	}
	news = make(chan struct{}, 1)
	c.waiting[news] = true
	return news, true
}

func (c *clients) remove(news chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.waiting, news)
}

// serve sends an event at once, since the page may be older than the site, and
// one after each save. A page whose connection broke comes again by itself.
func (c *clients) serve(w http.ResponseWriter, r *http.Request) {
	news, ok := c.add()
	if !ok {
		http.Error(w, "too many pages are open", http.StatusServiceUnavailable)
		return
	}
	defer c.remove(news)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	control := http.NewResponseController(w)
	for {
		if _, err := w.Write([]byte("retry: 300\ndata: look\n\n")); err != nil || control.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-news:
		}
	}
}
