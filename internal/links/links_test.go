package links

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// TestPublic goes through the registries of special addresses.
func TestPublic(t *testing.T) {
	for _, test := range []struct {
		addresses string
		want      bool
	}{
		{"1.1.1.1 8.8.8.8 93.184.215.14 171.33.0.1 2001:4860:4860::8888 2606:4700::1111 2a01:e0a::1", true},
		{"127.0.0.1 127.8.8.8 ::1", false},                                                     // loopback
		{"10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 fc00::1 fd12::1", false},              // private
		{"169.254.169.254 169.254.0.1 fe80::1 fe80::1%eth0 fec0::1", false},                    // link-local: the cloud's metadata
		{"100.64.0.1 100.127.255.255", false},                                                  // carriers' own
		{"0.0.0.0 0.1.2.3 :: 255.255.255.255 240.0.0.1", false},                                // nobody's
		{"224.0.0.1 239.1.1.1 ff02::1 ff0e::1", false},                                         // multicast
		{"192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 192.0.0.8 2001:db8::1 3fff::1", false}, // documentation, benchmarks
		{"::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::7f00:1", false},            // IPv4 in IPv6
		{"64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b::a9fe:a9fe 64:ff9b:1::808:808 2002:7f00:1::1 2001::1", false},
		{"::ffff:8.8.8.8 64:ff9b::808:808", true},
	} {
		for a := range strings.FieldsSeq(test.addresses) {
			if got := isPublic(netip.MustParseAddr(a)); got != test.want {
				t.Errorf("%s is public: %t", a, got)
			}
		}
	}
	for port, want := range map[uint16]error{443: nil, 80: errPort, 22: errPort, 8443: errPort} {
		if got := public(netip.AddrPortFrom(netip.MustParseAddr("8.8.8.8"), port)); !errors.Is(got, want) {
			t.Errorf("port %d: %v", port, got)
		}
	}
}

// world is a resolver and a site of many hosts, all at the address that only the
// test lets pass. Names that it does not know do not exist.
type world struct {
	*Checker
	port  uint16
	mu    sync.Mutex
	names map[string][]string // addresses, one a look-up; the last one stays
	asked map[string]int      // by method and host
}

func newWorld(t *testing.T, handler http.HandlerFunc) *world {
	t.Helper()
	w := &world{names: make(map[string][]string), asked: make(map[string]int)}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		host, _, _ := strings.Cut(r.Host, ":")
		w.mu.Lock()
		w.asked[r.Method+" "+host+r.URL.Path]++
		w.mu.Unlock()
		if r.Header.Get("Referer") != "" || r.Header.Get("Cookie") != "" || r.Header.Get("Authorization") != "" || r.UserAgent() != "test" {
			t.Errorf("%s got the header %v", host, r.Header)
		}
		handler(rw, r)
	}))
	server.StartTLS()
	t.Cleanup(server.Close)
	at := netip.MustParseAddrPort(server.Listener.Addr().String())
	w.port = at.Port()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	dns := w.resolver(t)
	allowed := func(to netip.AddrPort) error {
		if to == at {
			return nil
		}
		return public(to)
	}
	w.Checker = newChecker("test", allowed, dns, &tls.Config{RootCAs: roots, ServerName: "example.com"})
	w.sleep = func(ctx context.Context, _ time.Duration) bool { return ctx.Err() == nil }
	return w
}

// resolver answers look-ups of A from names.
func (w *world) resolver(t *testing.T) *net.Resolver {
	t.Helper()
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go func() {
		buf := make([]byte, 1500)
		for {
			n, from, err := conn.ReadFrom(buf)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(buf[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			q := m.Questions[0]
			m.Response, m.Additionals = true, nil
			w.mu.Lock()
			name := strings.TrimSuffix(q.Name.String(), ".")
			addresses := w.names[name]
			if len(addresses) == 0 {
				m.RCode = dnsmessage.RCodeNameError
			} else if q.Type == dnsmessage.TypeA {
				if len(addresses) > 1 {
					w.names[name] = addresses[1:]
				}
				m.Answers = []dnsmessage.Resource{{
					Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class},
					Body:   &dnsmessage.AResource{A: netip.MustParseAddr(addresses[0]).As4()},
				}}
			}
			w.mu.Unlock()
			if answer, err := m.Pack(); err == nil {
				_, _ = conn.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

// name gives a host its addresses.
func (w *world) name(host string, addresses ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.names[host] = addresses
}

func (w *world) url(host, path string) string {
	return fmt.Sprintf("https://%s:%d%s", host, w.port, path)
}

func TestCheck(t *testing.T) {
	var w *world
	var busy atomic.Int32
	w = newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		to := func(url string) { http.Redirect(rw, r, url, http.StatusFound) }
		switch r.URL.Path {
		case "/fine":
		case "/no-head":
			if r.Method == http.MethodHead {
				rw.WriteHeader(http.StatusMethodNotAllowed)
			}
		case "/head-lies":
			if r.Method == http.MethodHead {
				rw.WriteHeader(http.StatusNotFound)
			}
		case "/gone":
			rw.WriteHeader(http.StatusGone)
		case "/forbidden":
			rw.WriteHeader(http.StatusForbidden)
		case "/broken":
			rw.WriteHeader(http.StatusBadGateway)
		case "/busy":
			if busy.Add(1) == 1 {
				rw.Header().Set("Retry-After", "2")
				rw.WriteHeader(http.StatusTooManyRequests)
			}
		case "/away":
			rw.Header().Set("Retry-After", "3600")
			rw.WriteHeader(http.StatusServiceUnavailable)
		case "/loop":
			to("/loop")
		case "/moved":
			rw.Header().Set("Set-Cookie", "a=b")
			to(w.url("www.fine.example", "/fine"))
		case "/to-metadata":
			to("https://169.254.169.254/latest/meta-data/")
		case "/to-private":
			to(w.url("intranet.example", "/"))
		case "/to-http":
			to("http://www.fine.example/")
		case "/to-file":
			to("file:///etc/passwd")
		case "/to-password":
			to("https://user:secret@www.fine.example/")
		case "/to-itself": // its name has another address by then
			to("/secret")
		case "/secret":
			t.Error("a private page was asked for")
		case "/huge-header":
			rw.Header().Set("X", strings.Repeat("x", 2*maxHeader))
		case "/endless":
			for r.Method == http.MethodGet {
				if _, err := rw.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
			rw.WriteHeader(http.StatusMethodNotAllowed)
		default:
			rw.WriteHeader(http.StatusNotFound)
		}
	})
	for name, addresses := range map[string]string{
		"www.fine.example": "127.0.0.1", "intranet.example": "10.0.0.5", "local.example": "127.0.0.2", "meta.example": "169.254.169.254",
		"rebinding.example": "127.0.0.1 127.0.0.2",
	} {
		w.name(name, strings.Fields(addresses)...)
	}
	fine := func(path string) string { return w.url("www.fine.example", path) }
	cases := map[string]string{
		fine("/fine"): "ok", fine("/no-head"): "ok", fine("/head-lies"): "ok", fine("/moved"): "ok", fine("/busy"): "ok", fine("/endless"): "ok",
		fine("/nothing"): "dead status 404", fine("/gone"): "dead status 410", w.url("nowhere.example", "/"): "dead no-host",
		fine("/forbidden"): "unsure status 403", fine("/broken"): "unsure status 502", fine("/away"): "unsure status 503",
		fine("/loop"): "unsure redirects", fine("/to-http"): "unsure redirected", fine("/to-file"): "unsure redirected", fine("/to-password"): "unsure redirected",
		fine("/to-metadata"): "unsure private", fine("/to-private"): "unsure private", fine("/huge-header"): "unsure connection",
		w.url("intranet.example", "/"): "unsure private", w.url("local.example", "/"): "unsure private", "https://meta.example/": "unsure private",
		w.url("rebinding.example", "/to-itself"):     "unsure private",
		fmt.Sprintf("https://127.0.0.2:%d/", w.port): "unsure private", "https://[::1]/": "unsure private", "https://[::ffff:127.0.0.1]/": "unsure private",
		"https://8.8.8.8:22/": "unsure port",
	}
	var all []string
	for link := range cases {
		all = append(all, link)
	}
	results := w.Check(t.Context(), append(all, "http://www.fine.example/", "https://user:secret@www.fine.example/fine", "mailto:a@fine.example"), nil)
	if len(results) != len(cases) {
		t.Errorf("%d links were asked for, want %d", len(results), len(cases))
	}
	for link, want := range cases {
		r := results[link]
		got := strings.TrimSpace(fmt.Sprint(r.State, " ", r.Cause))
		if r.Status != 0 {
			got += fmt.Sprint(" ", r.Status)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", link, got, want)
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.asked["GET www.fine.example/away"]; n != 0 {
		t.Error("a site that asked for an hour was asked again")
	}
}

// TestSilence: a host that does not answer holds up nobody, and one with many
// links is not waited for at each of them.
func TestSilence(t *testing.T) {
	w := newWorld(t, func(rw http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Host, "slow") {
			<-r.Context().Done()
		}
	})
	w.client.Timeout = 50 * time.Millisecond
	w.name("slow.example", "127.0.0.1")
	w.name("quick.example", "127.0.0.1")
	var links []string
	for i := range 100 {
		links = append(links, w.url("slow.example", fmt.Sprint("/", i)))
	}
	links = append(links, w.url("quick.example", "/"))
	results := w.Check(t.Context(), links, nil)
	if len(results) != len(links) || results[links[100]].State != OK || results[links[99]] != results[links[2]] || results[links[99]].Cause != Timeout {
		t.Errorf("%d results: %+v", len(results), results[links[99]])
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.asked); n > maxSilence+1 {
		t.Errorf("%d requests were made", n)
	}
}

// TestEnd: what was not asked for in time is missing, and what was going on is
// not taken for the site's silence.
func TestEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/2" {
			cancel()
			<-r.Context().Done()
		}
	})
	w.name("a.example", "127.0.0.1")
	results := w.Check(ctx, []string{w.url("a.example", "/1"), w.url("a.example", "/2"), w.url("a.example", "/3")}, nil)
	if len(results) != 1 || results[w.url("a.example", "/1")].State != OK {
		t.Errorf("%+v", results)
	}
}

// TestAtOnce: a host has one request at a time, and all of them eight.
func TestAtOnce(t *testing.T) {
	var all, most atomic.Int32
	var mu sync.Mutex
	of := make(map[string]int)
	w := newWorld(t, func(_ http.ResponseWriter, r *http.Request) {
		n := all.Add(1)
		defer all.Add(-1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		mu.Lock()
		of[r.Host]++
		if of[r.Host] > 1 {
			t.Errorf("%s has two requests", r.Host)
		}
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		of[r.Host]--
		mu.Unlock()
	})
	var links []string
	for i := range 120 {
		host := fmt.Sprintf("h%d.example", i%40)
		w.name(host, "127.0.0.1")
		links = append(links, w.url(host, fmt.Sprint("/", i)))
	}
	if results := w.Check(t.Context(), links, nil); len(results) != len(links) {
		t.Errorf("%d results", len(results))
	}
	if n := most.Load(); n > atOnce || n < 2 {
		t.Errorf("%d requests at once", n)
	}
}

func TestRecord(t *testing.T) {
	dir := t.TempDir()
	r, err := ReadRecord(dir)
	if err != nil {
		t.Fatal(err)
	}
	day := func(n int) time.Time { return time.Date(2026, 3, n, 0, 0, 0, 0, time.UTC) }
	r.Add(map[string]Result{"a": {State: OK, Asked: day(1), Since: day(1)}, "b": {State: Unsure, Asked: day(1), Since: day(1)}})
	r.Add(map[string]Result{"a": {State: Dead, Asked: day(3), Since: day(3)}, "b": {State: Unsure, Asked: day(2), Since: day(2)}})
	if err := r.Write(dir); err != nil {
		t.Fatal(err)
	}
	if r, err = ReadRecord(dir); err != nil || !r.Links["a"].Since.Equal(day(3)) || !r.Links["b"].Since.Equal(day(1)) {
		t.Errorf("%v %+v", err, r)
	}
	if got := fmt.Sprint(r.Due([]string{"a", "b", "d", "c"}, day(2))); got != "[c d b]" {
		t.Errorf("due are %s", got)
	}
	r.Keep([]string{"a"})
	if len(r.Links) != 1 {
		t.Errorf("kept are %v", r.Links)
	}
}
