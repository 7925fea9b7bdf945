package outscale

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"vitrine/internal/cloud"
	"vitrine/internal/fakecloud"
)

// client makes a client of a test's API that does not wait long.
func client(t *testing.T, a *api, pairs ...string) *Client {
	t.Helper()
	c, failure := New(environment(t, "", append([]string{
		"OSC_ACCESS_KEY", fakecloud.AccessKey, "OSC_SECRET_KEY", fakecloud.SecretKey, "OSC_REGION", "eu-west-2", "OSC_ENDPOINT_API", a.URL + "/api/v1",
	}, pairs...)...))
	if failure != nil {
		t.Fatal(failure)
	}
	c.backoff, c.timeout = time.Millisecond, 2*time.Second
	c.limit = newLimit(perSecond, time.Millisecond)
	return c
}

func ask(t *testing.T, c *Client, q cloud.Question) cloud.Answer {
	t.Helper()
	answers, err := c.Ask(t.Context(), []cloud.Question{q})
	if err != nil {
		t.Fatal(err)
	}
	return answers[0]
}

func omis(n int) (ids []string) {
	for i := range n {
		ids = append(ids, fmt.Sprintf("ami-%08x", i))
	}
	return ids
}

func TestAskTellsWhatARegionHas(t *testing.T) {
	a := newAPI(t)
	a.images["ami-00000001"] = image("ami-00000001")
	a.types = []string{"pty-1a2b3c4d"}
	got := ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: []string{"ami-00000001", "ami-00000002"}, Codes: []string{"pty-1a2b3c4d", "pty-ffffffff"}})
	if got.Failure != nil {
		t.Fatal(got.Failure)
	}
	i := got.Sights["ami-00000001"].Image
	if i == nil || i.State != "available" || i.Account != "012345678901" || i.Architecture != "x86_64" || i.Public || strings.Join(i.Codes, " ") != "0001 pty-1a2b3c4d" {
		t.Errorf("the OMI is %+v", i)
	}
	if s, asked := got.Sights["ami-00000002"]; !asked || s.Image != nil || s.Request != fakecloud.RequestID || time.Since(s.At) > time.Minute {
		t.Errorf("an OMI that is not there: %+v, asked %t", s, asked)
	}
	if !got.Known["pty-1a2b3c4d"] || got.Known["pty-ffffffff"] || len(got.Known) != 2 {
		t.Errorf("codes are %v", got.Known)
	}
}

func TestAThousandOMIsARequest(t *testing.T) {
	for n, want := range map[int]int{1: 1, 1000: 1, 1001: 2, 3000: 3} {
		a := newAPI(t)
		got := ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: omis(n)})
		if len(got.Sights) != n || a.count() != want {
			t.Errorf("%d OMIs: %d sights, %d requests, want %d", n, len(got.Sights), a.count(), want)
		}
	}
}

func TestPages(t *testing.T) {
	a := newAPI(t)
	a.Page = 3
	for _, id := range omis(5) {
		a.images[id] = image(id)
	}
	got := ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: omis(6)})
	for i, id := range omis(6) {
		if got.Sights[id].Image != nil != (i < 5) {
			t.Errorf("%s: %+v", id, got.Sights[id])
		}
	}
	if a.count() != 2 {
		t.Errorf("%d requests for two pages", a.count())
	}
}

// TestRefusals makes the API refuse in each of its ways. What could not be asked
// has no sight, and the reason says what to do.
func TestRefusals(t *testing.T) {
	status := func(status int, code, kind string) func(int, string, http.ResponseWriter) bool {
		return func(_ int, _ string, w http.ResponseWriter) bool { fakecloud.Fail(w, status, code, kind); return true }
	}
	for _, test := range []struct {
		name        string
		refuse      func(n int, action string, w http.ResponseWriter) bool
		want        string // in the reason
		requests    int
		credentials bool
	}{
		{"a key that is wrong", status(401, "1", "AccessDenied"), "does not accept the keys of OSC_ACCESS_KEY", 1, true},
		{"a clock that is wrong", func(_ int, _ string, w http.ResponseWriter) bool {
			w.Header().Set("Date", time.Now().Add(-12*time.Minute).UTC().Format(http.TimeFormat))
			fakecloud.Fail(w, 401, "1", "AccessDenied")
			return true
		}, "this machine's clock is 12 minutes ahead of the API's", 1, true},
		{"a clock that is slow", func(_ int, _ string, w http.ResponseWriter) bool {
			w.Header().Set("Date", time.Now().Add(12*time.Minute).UTC().Format(http.TimeFormat))
			fakecloud.Fail(w, 401, "1", "AccessDenied")
			return true
		}, "this machine's clock is 12 minutes behind the API's", 1, true},
		{"a right that is missing", status(403, "4", "UnauthorizedOperation"), "may not ask", 1, true},
		{"429 with code 24", status(429, "24", "TooManyRequests"), "too many requests (code 24, TooManyRequests), after 3 retries too", 4, false},
		{"429 with code 25", status(429, "25", "TooManyRequests"), "code 25", 4, false},
		{"503 with code 6", status(503, "6", "RequestLimitExceeded"), "not available (code 6, RequestLimitExceeded), after 3 retries too", 4, false},
		{"503 without a body", func(_ int, _ string, w http.ResponseWriter) bool { w.WriteHeader(503); return true }, "without a reason", 4, false},
		{"500", status(500, "2000", "InternalError"), "refused the request: status 500, code 2000", 1, false},
		{"broken JSON", func(_ int, _ string, w http.ResponseWriter) bool {
			fmt.Fprint(w, `{"Images":[{"ImageId":"ami-0000`)
			return true
		}, "an answer that cannot be read", 1, false},
		{"HTML", func(_ int, _ string, w http.ResponseWriter) bool {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<html>Welcome to this hotel's network</html>`)
			return true
		}, "an answer that cannot be read", 1, false},
		{"a connection that is reset", func(_ int, _ string, w http.ResponseWriter) bool { fakecloud.Reset(w); return true }, "the connection to the API of the Region eu-west-2 broke", 1, false},
		{"an answer that breaks off", func(_ int, _ string, w http.ResponseWriter) bool {
			w.Header().Set("Content-Length", "1000")
			fmt.Fprint(w, `{"Images":[`)
			w.(http.Flusher).Flush()
			fakecloud.Reset(w)
			return true
		}, "the connection to the API of the Region eu-west-2 broke", 1, false},
		{"an answer that never ends", func(_ int, _ string, w http.ResponseWriter) bool {
			blanks := []byte(strings.Repeat(" ", 1<<20))
			for range 12 {
				_, _ = w.Write(blanks)
			}
			return true
		}, "more than 10 MB", 1, false},
		{"a redirect", func(_ int, _ string, w http.ResponseWriter) bool {
			w.Header().Set("Location", "/api/v1/elsewhere")
			w.WriteHeader(307)
			return true
		}, "sends its visitors elsewhere", 1, false},
		{"pages without an end", func(_ int, _ string, w http.ResponseWriter) bool {
			fmt.Fprint(w, `{"Images":[],"NextPageToken":"again"}`)
			return true
		}, "page after page without an end", 2, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			a := newAPI(t)
			a.Refuse = test.refuse
			got := ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: omis(1), Codes: []string{"pty-1a2b3c4d"}})
			if got.Failure == nil {
				t.Fatal("no failure")
			}
			said := got.Failure.Error()
			t.Log(said)
			if !strings.Contains(got.Failure.Reason.String(), test.want) || got.Failure.Help.IsZero() {
				t.Errorf("it says %q, want %q", said, test.want)
			}
			if got.Failure.Credentials != test.credentials {
				t.Errorf("Credentials is %t", got.Failure.Credentials)
			}
			if len(got.Sights) > 0 || len(got.Known) > 0 {
				t.Errorf("something was seen: %v %v", got.Sights, got.Known)
			}
			if a.count() != test.requests {
				t.Errorf("%d requests, want %d", a.count(), test.requests)
			}
			clean(t, said)
		})
	}
}

// clean fails where a text tells the keys.
func clean(t *testing.T, said string) {
	t.Helper()
	if strings.Contains(said, fakecloud.AccessKey) || strings.Contains(said, fakecloud.SecretKey) || strings.Contains(said, "Signature=") {
		t.Errorf("the keys are in %q", said)
	}
}

func TestAnAnswerThatHangs(t *testing.T) {
	a := newAPI(t)
	release := make(chan struct{})
	t.Cleanup(func() { close(release) })
	a.Refuse = func(int, string, http.ResponseWriter) bool { <-release; return true }
	c := client(t, a)
	c.timeout = 100 * time.Millisecond
	start := time.Now()
	got := ask(t, c, cloud.Question{Region: "eu-west-2", OMIs: omis(2500)})
	if got.Failure == nil || !strings.Contains(got.Failure.Reason.String(), "did not answer within") {
		t.Errorf("it says %v", got.Failure)
	}
	if a.count() != 1 || time.Since(start) > 5*time.Second {
		t.Errorf("%d requests, %v: a Region that hangs is asked once", a.count(), time.Since(start))
	}
}

func TestInterruptedAtOnce(t *testing.T) {
	for name, refuse := range map[string]func(int, string, http.ResponseWriter) bool{
		"while the API is silent": nil,
		"before a retry":          func(_ int, _ string, w http.ResponseWriter) bool { fakecloud.Fail(w, 503, "6", "Busy"); return true },
	} {
		t.Run(name, func(t *testing.T) {
			a := newAPI(t)
			if a.Refuse = refuse; refuse == nil {
				release := make(chan struct{})
				t.Cleanup(func() { close(release) })
				a.Refuse = func(int, string, http.ResponseWriter) bool { <-release; return true }
			}
			c := client(t, a)
			c.backoff = time.Hour
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(100*time.Millisecond, cancel)
			start := time.Now()
			if _, err := c.Ask(ctx, []cloud.Question{{Region: "eu-west-2", OMIs: omis(1)}}); err == nil || time.Since(start) > time.Second {
				t.Errorf("error %v after %v", err, time.Since(start))
			}
		})
	}
}

func TestBusyForAWhile(t *testing.T) {
	a := newAPI(t)
	a.images["ami-00000000"] = image("ami-00000000")
	a.Refuse = func(n int, _ string, w http.ResponseWriter) bool {
		if n <= 3 {
			fakecloud.Fail(w, 429, "24", "TooManyRequests")
		}
		return n <= 3
	}
	got := ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: omis(1)})
	if got.Failure != nil || got.Sights["ami-00000000"].Image == nil {
		t.Errorf("after three refusals: %+v", got)
	}
}

// TestOneRefusalStopsAll asks three Regions with keys that are wrong: four
// refusals in a row would lock the account.
func TestOneRefusalStopsAll(t *testing.T) {
	a := newAPI(t)
	config := `{"a": {"access_key": "MARKACCESSKEY0123456", "secret_key": "MARKSECRETKEYwrong", "region": "eu-west-2"},
		"b": {"access_key": "MARKACCESSKEY0123456", "secret_key": "MARKSECRETKEYwrong", "region": "us-east-2"},
		"c": {"access_key": "MARKACCESSKEY0123456", "secret_key": "MARKSECRETKEYwrong", "region": "cloudgouv-eu-west-1"}}`
	c, failure := New(environment(t, config, "OSC_ENDPOINT_API", a.URL))
	if failure != nil {
		t.Fatal(failure)
	}
	var questions []cloud.Question
	for _, region := range []string{"eu-west-2", "us-east-2", "cloudgouv-eu-west-1"} {
		questions = append(questions, cloud.Question{Region: region, OMIs: omis(1500), Codes: []string{"pty-1a2b3c4d"}})
	}
	answers, err := c.Ask(t.Context(), questions)
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range answers {
		if answer.Failure == nil || !answer.Failure.Credentials || len(answer.Sights) > 0 {
			t.Errorf("%+v", answer)
		}
	}
	if a.count() != 1 {
		t.Errorf("%d requests with keys that are wrong", a.count())
	}
}

func TestAtMostFiveRequestsASecond(t *testing.T) {
	a := newAPI(t)
	c := client(t, a)
	const span = 200 * time.Millisecond
	c.limit = newLimit(perSecond, span)
	ask(t, c, cloud.Question{Region: "eu-west-2", OMIs: omis(11_000)})
	for i := perSecond; i < len(a.Requests()); i++ {
		if d := a.Requests()[i].At.Sub(a.Requests()[i-perSecond].At); d < span-20*time.Millisecond {
			t.Errorf("requests %d to %d came within %v", i-perSecond, i, d)
		}
	}
	if len(a.Requests()) != 11 {
		t.Errorf("%d requests", len(a.Requests()))
	}
}

func TestEverythingIsSigned(t *testing.T) {
	a := newAPI(t)
	ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: omis(1), Codes: []string{"0001"}})
	for _, s := range a.Requests() {
		if !s.Signed {
			t.Errorf("%s was not signed", s.Action)
		}
	}
}

// TestPricesAreExact: the SDK would have made 0.0435 of float32.
func TestPricesAreExact(t *testing.T) {
	a := newAPI(t)
	entry := func(kind, operation, price, flags string) string {
		return fmt.Sprintf(`{"Type":%q,"Operation":%q,"UnitPrice":%s,"Flags":%q,"Service":"TinaOS-FCU","SubregionName":"eu-west-2a","Category":"compute"}`, kind, operation, price, flags)
	}
	a.Prices = strings.Join([]string{
		entry("CustomCore:v6-p2", "RunInstances-OD", "0.0435", ""), entry("CustomRam", "RunInstances-OD", "5e-3", ""),
		entry("BoxUsage:tinav6.c6r16p3", "RunInstances-OD", "0.123456789012345", ""),
		entry("BoxUsage:m4.large", "RunInstances-OD", "1", ""), entry("CustomCore:v6-p2", "RunInstances-RI", "9", ""),
		entry("CustomCore:v6-p1", "RunInstances-OD", "30", "PER_MONTH"), entry("ElasticIP:IdleAddress", "AssociateAddressVPC", "0.005", ""),
	}, ",")
	c, failure := New(environment(t, "", "OSC_ENDPOINT_API", a.URL))
	if failure != nil {
		t.Fatal(failure)
	}
	got, failure, err := c.Prices(t.Context(), "eu-west-2")
	if failure != nil || err != nil {
		t.Fatal(failure, err)
	}
	want := `[{CustomCore:v6-p2 eu-west-2a 0.0435} {CustomRam eu-west-2a 5e-3} {BoxUsage:tinav6.c6r16p3 eu-west-2a 0.123456789012345}]`
	if s := fmt.Sprint(got); s != want {
		t.Errorf("prices are %s, want %s", s, want)
	}
	if a.Requests()[0].Signed {
		t.Error("a price list needs no keys, and got some")
	}
}
