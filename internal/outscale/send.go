package outscale

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"time"

	"vitrine/internal/cloud"
	"vitrine/internal/diag"
)

var (
	errRedirect = errors.New("the API redirects")
	errTooLarge = errors.New("the answer is too large")
)

// bounded refuses answers that are too large: the SDK reads whatever comes.
type bounded struct{ next http.RoundTripper }

func (b *bounded) RoundTrip(request *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(request)
	if err == nil {
		answer.Body = &boundedBody{answer.Body, maxAnswer}
	}
	return answer, err
}

type boundedBody struct {
	io.ReadCloser
	left int64
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, errTooLarge
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return n, errTooLarge
	}
	return n, err
}

// call is one request of the SDK. What it makes of the answer is left aside, as
// it rounds prices to float32, refuses whole answers for a word that it does not
// know, and on 429 and 503 keeps the reason to itself: the answer's bytes are
// read anew.
type call func(ctx context.Context) (*http.Response, error)

// responseContext is what every answer has.
type responseContext struct {
	RequestID string `json:"RequestId"`
}

// refusal is the body of an answer that is a refusal.
type refusal struct {
	Errors []struct {
		Code    string
		Type    string
		Details string
	}
}

// send sends a request and reads the answer into v. It waits for its turn, and
// tries again where the API is busy. The error is ctx's alone.
func (r *region) send(ctx context.Context, do call, v any) (*cloud.Failure, error) {
	gate, leave, err := r.enter(ctx)
	if err != nil {
		return nil, err
	}
	defer leave()
	select {
	case r.places <- struct{}{}:
		defer func() { <-r.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	for attempt := 0; ; attempt++ {
		if err := r.limit.wait(ctx); err != nil {
			return nil, err
		}
		if f := r.stopped.Load(); f != nil {
			return f, nil
		}
		r.requests.Add(1)
		answer, err := do(r.signed(ctx))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var body []byte
		if answer != nil && answer.Body != nil {
			body, _ = io.ReadAll(answer.Body) // the SDK has read it: these are its bytes
		}
		if answer == nil || answer.StatusCode < 300 && errors.Is(err, errTooLarge) || isTransport(err) {
			return r.unreachable(err), nil
		}
		if answer.StatusCode < 300 {
			gate.open.Store(true)
			if err := decode(body, v); err != nil {
				return &cloud.Failure{
					Reason: diag.Say("the API of the Region %s gave an answer that cannot be read", r.name),
					Help:   diag.Say("look whether OSC_ENDPOINT_API or a proxy leads elsewhere, or try again later"),
				}, nil
			}
			return nil, nil
		}
		failure := r.refused(answer, body)
		busy := answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode == http.StatusServiceUnavailable
		if !busy || attempt == maxRetries {
			return failure, nil
		}
		if err := sleep(ctx, r.pause(attempt, asked(answer))); err != nil {
			return nil, err
		}
	}
}

// decode reads an answer. Numbers stay as they are written.
func decode(body []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if err := d.Decode(v); err != nil {
		return err
	}
	if d.More() {
		return errors.New("more than one value")
	}
	return nil
}

// asked is how long the API asks to wait.
func asked(answer *http.Response) time.Duration {
	seconds, err := strconv.Atoi(answer.Header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(min(seconds, 3600)) * time.Second
}

// isTransport reports whether an error is one of the connection, not of the
// answer.
func isTransport(err error) bool {
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errTooLarge) || errors.Is(err, syscall.ECONNRESET)
}

// unreachable says why no answer came. Messages of libraries are not passed on:
// they have addresses in them, and are not for people.
func (r *region) unreachable(err error) *cloud.Failure {
	later := diag.Say("check the network and try again later")
	say := func(reason, help diag.Text) *cloud.Failure { return &cloud.Failure{Reason: reason, Help: help} }
	if e, ok := errors.AsType[x509.CertificateInvalidError](err); ok && e.Reason == x509.Expired {
		return refused(diag.Say("the certificate of the API of the Region %s is not valid on this machine's day, %s", r.name, time.Now().Format(time.DateOnly)), diag.Say("set the machine's clock; where it is right, tell OUTSCALE"))
	}
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	_, host := errors.AsType[x509.HostnameError](err)
	_, invalid := errors.AsType[x509.CertificateInvalidError](err)
	_, lookup := errors.AsType[*net.DNSError](err)
	var timeout net.Error
	switch {
	case unknown || host || invalid:
		return refused(diag.Say("the certificate of the API of the Region %s is not one to trust", r.name), diag.Say("something stands between this machine and the API: a proxy, or a wrong OSC_ENDPOINT_API"))
	case errors.Is(err, errRedirect):
		return say(diag.Say("the API of the Region %s sends its visitors elsewhere, which is not followed", r.name), diag.Say("correct OSC_ENDPOINT_API or the profile's endpoint"))
	case errors.Is(err, errTooLarge):
		return say(diag.Say("the API of the Region %s gave an answer of more than 10 MB", r.name), diag.Say("look whether OSC_ENDPOINT_API or a proxy leads elsewhere, or try again later"))
	case lookup:
		return say(diag.Say("the API of the Region %s has no address that could be found", r.name), diag.Say("check the network, and the Region's name in catalog.yaml"))
	case errors.As(err, &timeout) && timeout.Timeout():
		return say(diag.Say("the API of the Region %s did not answer within %d seconds", r.name, int(r.timeout.Seconds())), later)
	case errors.Is(err, syscall.ECONNREFUSED):
		return say(diag.Say("nobody answers at the address of the API of the Region %s", r.name), later)
	case errors.Is(err, syscall.ECONNRESET) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return say(diag.Say("the connection to the API of the Region %s broke", r.name), later)
	}
	return say(diag.Say("the API of the Region %s cannot be reached", r.name), later)
}

// refused says why the API refused a request. Of what it says itself, only codes
// and types are passed on: details could repeat what was sent.
func (r *region) refused(answer *http.Response, body []byte) *cloud.Failure {
	var said refusal
	_ = decode(body, &said)
	code, kind := "", ""
	if len(said.Errors) > 0 {
		code, kind = word(said.Errors[0].Code), word(said.Errors[0].Type)
	}
	reason := diag.Say("code %s, %s", code, kind)
	if code == "" {
		reason = diag.Say("without a reason")
	}
	switch answer.StatusCode {
	case http.StatusUnauthorized:
		f := r.unauthorized(answer)
		r.stopped.CompareAndSwap(nil, f)
		return f
	case http.StatusForbidden:
		return refused(diag.Say("the keys of %s may not ask the API of the Region %s (%s)", r.who(), r.name, reason), diag.Say("let them call ReadImages in the account's policies, and this machine in its API access rules"))
	case http.StatusTooManyRequests:
		return &cloud.Failure{
			Reason: diag.Say("the API of the Region %s has had too many requests (%s), after %d retries too", r.name, reason, maxRetries),
			Help:   diag.Say("try again in some minutes: others use the account at the same time"),
		}
	case http.StatusServiceUnavailable:
		return &cloud.Failure{
			Reason: diag.Say("the API of the Region %s is not available (%s), after %d retries too", r.name, reason, maxRetries),
			Help:   diag.Say("try again in some minutes"),
		}
	}
	return &cloud.Failure{
		Reason: diag.Say("the API of the Region %s refused the request: status %d, %s", r.name, answer.StatusCode, reason),
		Help:   diag.Say("try again later; if it stays, look the code up in the API's documentation"),
	}
}

// unauthorized says what is wrong with the keys, as far as can be told.
func (r *region) unauthorized(answer *http.Response) *cloud.Failure {
	if theirs, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		off := time.Since(theirs)
		if off.Abs() > clockLeeway {
			way := diag.Say("ahead of")
			if off < 0 {
				way = diag.Say("behind")
			}
			return refused(diag.Say("this machine's clock is %s %s the API's, which refuses what was signed more than five minutes away", diag.Plural(int(off.Abs().Round(time.Minute).Minutes()), "%d minute", "%d minutes"), way), diag.Say("set the clock, then try again; nothing more was asked"))
		}
	}
	return refused(diag.Say("the API of the Region %s does not accept the keys of %s", r.name, r.who()), diag.Say("check the access key, its secret key, its end date and its Region; nothing more was asked, since four refusals lock the account"))
}

// who says whose keys were sent.
func (r *region) who() diag.Text {
	switch {
	case r.keys == nil:
		return diag.Say("nobody")
	case r.keys.env:
		return diag.Say("OSC_ACCESS_KEY")
	}
	return diag.Say("the profile %s", diag.Quote(r.keys.name))
}

// word keeps a word of the API's to letters, digits and a bounded length.
func word(s string) string {
	s = strings.Map(func(c rune) rune {
		if c < 128 && (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z') {
			return c
		}
		return -1
	}, s)
	return s[:min(len(s), 60)]
}
