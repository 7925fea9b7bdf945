// Package fakecloud is a server that answers as the OUTSCALE API does, for tests
// and measurements: it checks each request's signature and refuses a wrong one,
// and it can be made to refuse in each of the API's ways. The command does not
// import it.
package fakecloud

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// Keys that the API takes. Tests look for them in whatever the program says.
const (
	AccessKey = "MARKACCESSKEY0123456"
	SecretKey = "MARKSECRETKEYabcdefghijklmnopqrstuvwxyz0"
)

// RequestID is what the API gives each request.
const RequestID = "0475ca1e-d0c5-441d-712a-da55a4175157"

// API is the server.
type API struct {
	Image func(id string) string // an OMI as JSON, see Image; "" where there is none
	Types func(code string) bool // whether a product code is known
	// Prices are entries of the public catalog, as JSON with commas between.
	Prices  string
	Page    int           // OMIs a page; 0: as many as are asked for
	Latency time.Duration // of each answer
	// Refuse answers the nth request instead, where it returns true.
	Refuse func(n int, action string, w http.ResponseWriter) bool

	mu   sync.Mutex
	seen []Request
}

// Request is a request that came.
type Request struct {
	At     time.Time
	Action string
	Signed bool
}

// Requests returns the requests that came.
func (a *API) Requests() []Request {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.seen)
}

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	action := path.Base(r.URL.Path)
	signed := r.Header.Get("Authorization") != ""
	a.mu.Lock()
	a.seen = append(a.seen, Request{time.Now(), action, signed})
	n := len(a.seen)
	a.mu.Unlock()
	time.Sleep(a.Latency)
	w.Header().Set("Content-Type", "application/json")
	if a.Refuse != nil && a.Refuse(n, action, w) {
		return
	}
	open := action == "ReadPublicCatalog" || action == "ReadProductTypes"
	if (!open || signed) && !Verify(r, body) {
		Fail(w, 401, "1", "AccessDenied")
		return
	}
	var q struct {
		Filters        struct{ ImageIds, ProductTypeIds []string }
		ResultsPerPage int
		NextPageToken  string
	}
	if err := json.Unmarshal(body, &q); err != nil {
		Fail(w, 400, "4110", "InvalidParameterValue")
		return
	}
	switch action {
	case "ReadImages":
		a.readImages(w, q.Filters.ImageIds, q.ResultsPerPage, q.NextPageToken)
	case "ReadProductTypes":
		var found []string
		for _, id := range q.Filters.ProductTypeIds {
			if a.Types != nil && a.Types(id) {
				found = append(found, fmt.Sprintf(`{"ProductTypeId":%q,"Description":"Linux"}`, id))
			}
		}
		fmt.Fprintf(w, `{"ProductTypes":[%s],"ResponseContext":{"RequestId":%q}}`, strings.Join(found, ","), RequestID)
	case "ReadPublicCatalog":
		fmt.Fprintf(w, `{"Catalog":{"Entries":[%s]},"ResponseContext":{"RequestId":%q}}`, a.Prices, RequestID)
	default:
		Fail(w, 404, "2", "InvalidAction")
	}
}

func (a *API) readImages(w http.ResponseWriter, ids []string, most int, token string) {
	if most < 1 || most > 1000 {
		Fail(w, 400, "4110", "InvalidParameterValue")
		return
	}
	var found []string
	for _, id := range ids {
		if a.Image == nil {
			break
		}
		if i := a.Image(id); i != "" {
			found = append(found, i)
		}
	}
	if a.Page > 0 {
		most = a.Page
	}
	var from int
	_, _ = fmt.Sscanf(token, "page-%d", &from)
	end := min(from+most, len(found))
	next := ""
	if end < len(found) {
		next = fmt.Sprintf(`"NextPageToken":"page-%d",`, end)
	}
	fmt.Fprintf(w, `{%s"Images":[%s],"ResponseContext":{"RequestId":%q}}`, next, strings.Join(found[from:end], ","), RequestID)
}

// Fail answers as the API refuses. The details repeat what the client sent, as a
// careless server might.
func Fail(w http.ResponseWriter, status int, code, kind string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"Errors":[{"Code":%q,"Type":%q,"Details":"%s %s"}],"ResponseContext":{"RequestId":%q}}`, code, kind, AccessKey, SecretKey, RequestID)
}

// Verify computes a request's signature anew, as the API does, and compares
// them: AWS Signature Version 4, with the service oapi.
func Verify(r *http.Request, body []byte) bool {
	rest, ok := strings.CutPrefix(r.Header.Get("Authorization"), "AWS4-HMAC-SHA256 ")
	if !ok {
		return false
	}
	part := make(map[string]string)
	for p := range strings.SplitSeq(rest, ", ") {
		k, v, _ := strings.Cut(p, "=")
		part[k] = v
	}
	scope := strings.Split(part["Credential"], "/") // key, day, region, service, aws4_request
	if len(scope) != 5 || scope[3] != "oapi" || scope[4] != "aws4_request" {
		return false
	}
	stamp := r.Header.Get("X-Amz-Date")
	if sent, err := time.Parse("20060102T150405Z", stamp); err != nil || time.Since(sent).Abs() > 5*time.Minute || !strings.HasPrefix(stamp, scope[1]) {
		return false
	}
	var headers strings.Builder
	names := strings.Split(part["SignedHeaders"], ";")
	for _, must := range []string{"host", "x-amz-date"} {
		if !slices.Contains(names, must) {
			return false
		}
	}
	for _, name := range names {
		value := r.Header.Get(name)
		switch name {
		case "host":
			value = r.Host
		case "content-length":
			value = fmt.Sprint(r.ContentLength)
		}
		fmt.Fprintf(&headers, "%s:%s\n", name, strings.TrimSpace(value))
	}
	hash := func(b []byte) string { h := sha256.Sum256(b); return hex.EncodeToString(h[:]) }
	canonical := strings.Join([]string{r.Method, r.URL.EscapedPath(), "", headers.String(), part["SignedHeaders"], hash(body)}, "\n")
	mac := func(key []byte, text string) []byte {
		m := hmac.New(sha256.New, key)
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	toSign := strings.Join([]string{"AWS4-HMAC-SHA256", stamp, strings.Join(scope[1:], "/"), hash([]byte(canonical))}, "\n")
	key := []byte("AWS4" + SecretKey)
	for _, s := range scope[1:] {
		key = mac(key, s)
	}
	return scope[0] == AccessKey && hmac.Equal([]byte(part["Signature"]), []byte(hex.EncodeToString(mac(key, toSign))))
}

// Image is an OMI as the API describes it, with more than vitrine reads. Codes
// have commas between them.
func Image(id, state, account, architecture string, public bool, codes string) string {
	quoted := `"` + strings.ReplaceAll(codes, ",", `","`) + `"`
	if codes == "" {
		quoted = ""
	}
	return fmt.Sprintf(`{"ImageId":%q,"ImageName":"acme","State":%q,"AccountId":%q,"Architecture":%q,"BootModes":["legacy","a-mode-of-the-future"],`+
		`"ProductCodes":[%s],"PermissionsToLaunch":{"GlobalPermission":%t,"AccountIds":[]}}`, id, state, account, architecture, quoted, public)
}

// Price is an entry of the public catalog, an hour on demand.
func Price(kind, rate string) string {
	return fmt.Sprintf(`{"Type":%q,"Operation":"RunInstances-OD","UnitPrice":%s,"Flags":"","Service":"TinaOS-FCU","SubregionName":"eu-west-2a","Category":"compute","Title":"an hour"}`, kind, rate)
}

// Reset ends a connection without a word.
func Reset(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	if c, ok := conn.(interface{ SetLinger(int) error }); ok {
		_ = c.SetLinger(0)
	}
	_ = conn.Close()
}
