// Package outscale asks the OUTSCALE API about OMIs, product codes and prices.
// It hides the SDK, which knows the requests and signs them; what the SDK lacks
// is here: limits of time and size, retries, a limit of requests a second, and
// an end at the first key that is refused, since four of them lock the account.
//
// It is a leaf that only the command imports: the SDK is large, and tests of
// other packages should not have to build it.
package outscale

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	osc "github.com/outscale/osc-sdk-go/v2"

	"vitrine/internal/cloud"
)

// Client asks the API of several Regions.
type Client struct {
	credentials *credentials
	timeout     time.Duration // of a request, from the dial to the last byte
	backoff     time.Duration // before the first retry, about
	limit       *limit
	places      chan struct{} // requests at once
	requests    atomic.Int64
	stopped     atomic.Pointer[cloud.Failure] // a key was refused: nothing is asked any more
	gates       sync.Map                      // digest of an access key to *gate
}

// gate lets one request through at a time until one was accepted: keys that are
// wrong are refused once, not once a Region.
type gate struct {
	turn chan struct{}
	open atomic.Bool
}

// enter waits for the gate of the Region's keys. The caller leaves it again.
func (r *region) enter(ctx context.Context) (g *gate, leave func(), err error) {
	stay := func() {}
	if r.keys == nil {
		return &gate{}, stay, nil
	}
	known, _ := r.gates.LoadOrStore(sha256.Sum256([]byte(r.keys.access.reveal())), &gate{turn: make(chan struct{}, 1)})
	g = known.(*gate)
	if g.open.Load() {
		return g, stay, nil
	}
	select {
	case g.turn <- struct{}{}:
		return g, func() { <-g.turn }, nil
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	}
}

// The limits that the API asks for, or that we set.
const (
	timeout     = 30 * time.Second
	backoff     = 500 * time.Millisecond
	maxRetries  = 3
	maxWait     = 20 * time.Second // before a retry, whatever the API asks for
	perSecond   = 5
	atOnce      = 2
	maxAnswer   = 10 << 20 // bytes
	maxPage     = 1000     // results of a request
	maxPages    = 50       // of one question: an answer that never ends is none
	clockLeeway = 5 * time.Minute
)

// New makes a client with the keys of the environment and of the profile file,
// ~/.osc/config.json. Keys that a Region lacks are missed when it is asked.
func New(getenv func(string) string) (*Client, *cloud.Failure) {
	c, failure := load(getenv)
	if failure != nil {
		return nil, failure
	}
	return newClient(c), nil
}

// NewPublic makes a client for what needs no keys.
func NewPublic(getenv func(string) string) *Client {
	return newClient(&credentials{endpoint: getenv("OSC_ENDPOINT_API")})
}

func newClient(c *credentials) *Client {
	return &Client{
		credentials: c, timeout: timeout, backoff: backoff,
		limit: newLimit(perSecond, time.Second), places: make(chan struct{}, atOnce),
	}
}

// Requests is how many requests were sent.
func (c *Client) Requests() int { return int(c.requests.Load()) }

// region is one Region's API.
type region struct {
	*Client
	name string
	api  *osc.APIClient
	keys *profile // nil: requests that need none
}

// open prepares to ask a Region. Without keys it is for requests that need none.
func (c *Client) open(name string, signed bool) (*region, *cloud.Failure) {
	r := &region{Client: c, name: name}
	endpoint := c.credentials.endpoint
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	if signed {
		keys, failure := c.credentials.of(name)
		if failure != nil {
			return nil, failure
		}
		pair, failure := keys.certificate(time.Now())
		if failure != nil {
			return nil, failure
		}
		if pair != nil {
			transport.TLSClientConfig.Certificates = []tls.Certificate{*pair}
		}
		r.keys, endpoint = keys, keys.endpoint
	}
	url, failure := address(name, endpoint)
	if failure != nil {
		return nil, failure
	}
	cfg := osc.NewConfiguration() // Debug stays off: it would print the signature
	cfg.Servers = osc.ServerConfigurations{{URL: url}}
	cfg.UserAgent = "vitrine " + cfg.UserAgent
	cfg.HTTPClient = &http.Client{
		Transport:     &bounded{transport},
		Timeout:       c.timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errRedirect },
	}
	r.api = osc.NewAPIClient(cfg)
	return r, nil
}

// close lets go of the connections.
func (r *region) close() { r.api.GetConfig().HTTPClient.CloseIdleConnections() }

// signed puts the keys into a context, where the SDK looks for them.
func (r *region) signed(ctx context.Context) context.Context {
	if r.keys == nil {
		return ctx
	}
	return context.WithValue(ctx, osc.ContextAWSv4, osc.AWSv4{AccessKey: r.keys.access.reveal(), SecretKey: r.keys.secret.reveal()})
}

// limit lets n requests begin in any span of time.
type limit struct {
	mu     sync.Mutex
	span   time.Duration
	starts []time.Time // of the last n requests, a ring
	next   int
}

func newLimit(n int, span time.Duration) *limit {
	return &limit{span: span, starts: make([]time.Time, n)}
}

// wait waits for a request's turn.
func (l *limit) wait(ctx context.Context) error {
	l.mu.Lock()
	start := time.Now()
	if earliest := l.starts[l.next].Add(l.span); earliest.After(start) {
		start = earliest
	}
	l.starts[l.next] = start
	l.next = (l.next + 1) % len(l.starts)
	l.mu.Unlock()
	return sleep(ctx, time.Until(start))
}

func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// pause is how long to wait before the nth retry, from 0: twice as long each
// time, and less by chance, so that many clients do not come back together.
func (c *Client) pause(n int, asked time.Duration) time.Duration {
	d := c.backoff << n
	d = d/2 + rand.N(d/2+1)
	return min(max(d, asked), maxWait)
}
