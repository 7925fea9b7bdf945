package outscale

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Keys of the tests. The marks are looked for in whatever the program says.
const (
	goodAccess = "MARKACCESSKEY0123456"
	goodSecret = "MARKSECRETKEYabcdefghijklmnopqrstuvwxyz0"
)

// api is a server that answers as the OUTSCALE API does, and refuses what is
// not signed rightly.
type api struct {
	*httptest.Server
	secrets map[string]string // access key to secret key
	images  map[string]string // OMI to its JSON
	types   []string
	prices  string
	page    int // images a page; 0: all
	// refuse answers a request instead, where it returns true.
	refuse func(n int, action string, w http.ResponseWriter) bool

	mu   sync.Mutex
	seen []seen
}

// seen is a request that came.
type seen struct {
	at     time.Time
	action string
	signed bool
}

const requestID = "0475ca1e-d0c5-441d-712a-da55a4175157"

func newAPI(t *testing.T) *api {
	a := &api{secrets: map[string]string{goodAccess: goodSecret}, images: map[string]string{}}
	a.Server = httptest.NewServer(a)
	t.Cleanup(a.Close)
	return a
}

func (a *api) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.seen)
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	action := filepath.Base(r.URL.Path)
	signed := r.Header.Get("Authorization") != ""
	a.mu.Lock()
	a.seen = append(a.seen, seen{time.Now(), action, signed})
	n := len(a.seen)
	a.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	if a.refuse != nil && a.refuse(n, action, w) {
		return
	}
	open := action == "ReadPublicCatalog" || action == "ReadProductTypes"
	if (!open || signed) && !a.verify(r, body) {
		fail(w, 401, "1", "AccessDenied")
		return
	}
	var q struct {
		Filters        struct{ ImageIds, ProductTypeIds []string }
		ResultsPerPage int
		NextPageToken  string
	}
	if err := json.Unmarshal(body, &q); err != nil {
		fail(w, 400, "4110", "InvalidParameterValue")
		return
	}
	switch action {
	case "ReadImages":
		a.readImages(w, q.Filters.ImageIds, q.ResultsPerPage, q.NextPageToken)
	case "ReadProductTypes":
		var found []string
		for _, id := range q.Filters.ProductTypeIds {
			if slices.Contains(a.types, id) {
				found = append(found, fmt.Sprintf(`{"ProductTypeId":%q,"Description":"Linux"}`, id))
			}
		}
		fmt.Fprintf(w, `{"ProductTypes":[%s],"ResponseContext":{"RequestId":%q}}`, strings.Join(found, ","), requestID)
	case "ReadPublicCatalog":
		fmt.Fprintf(w, `{"Catalog":{"Entries":[%s]},"ResponseContext":{"RequestId":%q}}`, a.prices, requestID)
	default:
		fail(w, 404, "2", "InvalidAction")
	}
}

func (a *api) readImages(w http.ResponseWriter, ids []string, most int, token string) {
	if most < 1 || most > 1000 {
		fail(w, 400, "4110", "InvalidParameterValue")
		return
	}
	var found []string
	for _, id := range ids {
		if i, ok := a.images[id]; ok {
			found = append(found, i)
		}
	}
	if a.page > 0 {
		most = a.page
	}
	var from int
	_, _ = fmt.Sscanf(token, "page-%d", &from)
	end := min(from+most, len(found))
	next := ""
	if end < len(found) {
		next = fmt.Sprintf(`"NextPageToken":"page-%d",`, end)
	}
	fmt.Fprintf(w, `{%s"Images":[%s],"ResponseContext":{"RequestId":%q}}`, next, strings.Join(found[from:end], ","), requestID)
}

// fail answers as the API refuses. The details repeat what the client sent, as a
// careless server might.
func fail(w http.ResponseWriter, status int, code, kind string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `{"Errors":[{"Code":%q,"Type":%q,"Details":"%s %s"}],"ResponseContext":{"RequestId":%q}}`, code, kind, goodAccess, goodSecret, requestID)
}

// verify computes a request's signature anew: AWS Signature Version 4, with the
// service oapi.
func (a *api) verify(r *http.Request, body []byte) bool {
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
	hidden, known := a.secrets[scope[0]]
	key := []byte("AWS4" + hidden)
	for _, s := range scope[1:] {
		key = mac(key, s)
	}
	return known && hmac.Equal([]byte(part["Signature"]), []byte(hex.EncodeToString(mac(key, toSign))))
}

// image is an OMI as the API describes it, with more than vitrine reads.
func image(id string) string {
	return fmt.Sprintf(`{"ImageId":%q,"ImageName":"acme","State":"available","AccountId":"012345678901","Architecture":"x86_64",
		"BootModes":["legacy","a-mode-of-the-future"],"ProductCodes":["0001","pty-1a2b3c4d"],
		"PermissionsToLaunch":{"GlobalPermission":false,"AccountIds":[]}}`, id)
}

// environment makes a home folder with a profile file and returns the variables
// of the process; pairs are further ones.
func environment(t *testing.T, config string, pairs ...string) func(string) string {
	t.Helper()
	env := map[string]string{"HOME": t.TempDir()}
	for i := 0; i < len(pairs); i += 2 {
		env[pairs[i]] = pairs[i+1]
	}
	if config != "" {
		dir := filepath.Join(env["HOME"], ".osc")
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(config), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return func(name string) string { return env[name] }
}
