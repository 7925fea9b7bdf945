// Package links asks other sites whether pages are there that the catalog links
// to. Sellers write these addresses, so only public addresses are connected to,
// nothing that an answer says is kept but its status, and little of it is read.
package links

import (
	"context"
	"net/url"
	"sync"
	"time"
)

// State is what is known of a link.
type State string

// The states of a link.
const (
	OK     State = "ok"
	Dead   State = "dead"   // the site says that there is no such page, or there is no such site
	Unsure State = "unsure" // anything else: nobody is to be told that a link is dead for a bad hour
)

// Cause is why a link is not OK.
type Cause string

// The causes.
const (
	Answered    Cause = "status"      // with Result.Status
	NoHost      Cause = "no-host"     // no such name
	Timeout     Cause = "timeout"     // no answer in time
	Connection  Cause = "connection"  // no connection, or one that broke
	Certificate Cause = "certificate" // one that browsers refuse
	Private     Cause = "private"     // the name leads to an address that is not public
	Port        Cause = "port"        // another port than 443
	Redirects   Cause = "redirects"   // more than five
	Redirected  Cause = "redirected"  // to what is not https, or has a password in it
)

// Result is what asking for a link told.
type Result struct {
	State  State     `json:"state"`
	Cause  Cause     `json:"cause,omitempty"`
	Status int       `json:"status,omitempty"` // of HTTP
	Asked  time.Time `json:"asked"`
	Since  time.Time `json:"since"` // when it was first found in this state
}

const (
	atOnce     = 8                      // hosts that are asked at the same time; one has one request at a time
	pause      = 200 * time.Millisecond // between two requests to a host
	maxSilence = 3                      // links of a host without an answer, one after the other, after which its others are not asked for
)

// Askable reports whether a link is asked for: https, and no password in it.
func Askable(link string) bool {
	u, err := url.Parse(link)
	return err == nil && askable(u)
}

func askable(u *url.URL) bool { return u.Scheme == "https" && u.User == nil && u.Hostname() != "" }

// Check asks for links, each given once, in about their order. What could not be
// asked for before ctx ended is missing from the results. tell is told how many
// are done; it may be nil.
func (c *Checker) Check(ctx context.Context, links []string, tell func(done int)) map[string]Result {
	hosts := make(map[string][]string)
	var order []string
	for _, l := range links {
		u, err := url.Parse(l)
		if err != nil || !askable(u) {
			continue
		}
		if hosts[u.Host] == nil {
			order = append(order, u.Host)
		}
		hosts[u.Host] = append(hosts[u.Host], l)
	}
	results := make(map[string]Result)
	var lock sync.Mutex
	put := func(link string, r Result) {
		lock.Lock()
		defer lock.Unlock()
		results[link] = r
		if tell != nil {
			tell(len(results))
		}
	}
	next := make(chan string)
	var group sync.WaitGroup
	for range min(atOnce, len(order)) {
		group.Go(func() {
			for host := range next {
				c.host(ctx, hosts[host], put)
			}
		})
	}
	for _, host := range order {
		next <- host
	}
	close(next)
	group.Wait()
	return results
}

// host asks for the links of one host, one after the other.
func (c *Checker) host(ctx context.Context, links []string, put func(string, Result)) {
	silent := 0
	var last Result
	for i, link := range links {
		if silent < maxSilence {
			if i > 0 && !c.sleep(ctx, pause) || ctx.Err() != nil {
				return
			}
			last = c.ask(ctx, link)
			if ctx.Err() != nil {
				return // its silence is ours
			}
			if last.Cause == Timeout || last.Cause == Connection {
				silent++
			} else {
				silent = 0
			}
		}
		put(link, last)
	}
}

// sleep waits; false where ctx ended before.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
