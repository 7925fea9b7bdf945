package links

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"syscall"
	"time"
)

const (
	maxRedirects = 5
	maxHeader    = 64 << 10 // bytes
	maxTime      = 15 * time.Second
	maxRetry     = 10 * time.Second // that a site may ask us to wait
)

var (
	errRedirects  = errors.New("too many redirects")
	errRedirected = errors.New("redirected to what is not https")
)

// Checker asks for links. It takes no proxy from the environment: behind one,
// nobody could see which address a connection goes to.
type Checker struct {
	client http.Client
	agent  string
	sleep  func(context.Context, time.Duration) bool
}

// New returns a Checker that says who it is with the header User-Agent.
func New(agent string) *Checker { return newChecker(agent, public, nil, nil) }

// newChecker makes a Checker that connects to what allowed lets pass. Tests alone
// have another one than public, another resolver, and certificates of their own.
func newChecker(agent string, allowed func(netip.AddrPort) error, resolver *net.Resolver, certificates *tls.Config) *Checker {
	dialer := &net.Dialer{
		Timeout: maxTime, Resolver: resolver,
		// It runs for each address that a name has, just before the connection.
		Control: func(_, address string, _ syscall.RawConn) error {
			to, err := netip.ParseAddrPort(address)
			if err != nil {
				return errPrivate
			}
			return allowed(to)
		},
	}
	return &Checker{agent: agent, sleep: sleep, client: http.Client{
		Timeout: maxTime, // with the redirects
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, TLSClientConfig: certificates,
			DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: maxHeader,
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			r.Header.Del("Referer") // no site is told of another
			switch {
			case len(via) > maxRedirects:
				return errRedirects
			case !askable(r.URL):
				return errRedirected
			}
			return nil
		},
	}}
}

// ask asks for a link: for its head first, and for the page where that is not
// there, since some sites know no HEAD.
func (c *Checker) ask(ctx context.Context, link string) Result {
	r, wait := c.request(ctx, http.MethodHead, link)
	if r.State == OK || r.Cause != Answered && r.Cause != Connection || wait > maxRetry || !c.sleep(ctx, max(wait, pause)) {
		return r
	}
	r, _ = c.request(ctx, http.MethodGet, link)
	return r
}

// request sends one request, and reads no more of the answer than its header. It
// returns how long the site asks to wait.
func (c *Checker) request(ctx context.Context, method, link string) (r Result, wait time.Duration) {
	r = Result{State: Unsure, Asked: time.Now().UTC().Truncate(time.Second)}
	r.Since = r.Asked
	req, err := http.NewRequestWithContext(ctx, method, link, nil)
	if err != nil {
		r.Cause = Connection
		return r, 0
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Accept", "*/*")
	answer, err := c.client.Do(req)
	if err != nil {
		r.Cause = causeOf(err)
		if r.Cause == NoHost {
			r.State = Dead
		}
		return r, 0
	}
	_ = answer.Body.Close() // unread: the connection is closed with it
	switch code := answer.StatusCode; {
	case code >= 200 && code < 300:
		r.State = OK
		return r, 0
	case code == http.StatusNotFound, code == http.StatusGone:
		r.State = Dead
	case code == http.StatusTooManyRequests, code == http.StatusServiceUnavailable:
		if s, err := strconv.Atoi(answer.Header.Get("Retry-After")); err == nil && s >= 0 {
			wait = time.Duration(min(s, 3600)) * time.Second
		}
	}
	r.Cause, r.Status = Answered, answer.StatusCode
	return r, wait
}

// causeOf tells the causes apart that people can do something about.
func causeOf(err error) Cause {
	if e, ok := errors.AsType[*net.DNSError](err); ok && e.IsNotFound {
		return NoHost
	}
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return Certificate
	}
	if e, ok := errors.AsType[net.Error](err); ok && e.Timeout() {
		return Timeout
	}
	for _, known := range []struct {
		err   error
		cause Cause
	}{{errPrivate, Private}, {errPort, Port}, {errRedirects, Redirects}, {errRedirected, Redirected}} {
		if errors.Is(err, known.err) {
			return known.cause
		}
	}
	return Connection
}
