package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"vitrine/internal/fakecloud"
)

// refusals are the ways in which the API of a script can answer.
var refusals = map[string]func(n int, action string, w http.ResponseWriter) bool{
	"well": nil,
	"401": func(_ int, _ string, w http.ResponseWriter) bool {
		fakecloud.Fail(w, 401, "1", "AccessDenied")
		return true
	},
	"clock": func(_ int, _ string, w http.ResponseWriter) bool {
		w.Header().Set("Date", time.Now().Add(-12*time.Minute).UTC().Format(http.TimeFormat))
		fakecloud.Fail(w, 401, "1", "AccessDenied")
		return true
	},
	"403": func(_ int, _ string, w http.ResponseWriter) bool {
		fakecloud.Fail(w, 403, "4", "UnauthorizedOperation")
		return true
	},
	"429/24": func(_ int, _ string, w http.ResponseWriter) bool {
		fakecloud.Fail(w, 429, "24", "TooManyRequests")
		return true
	},
	"429/25": func(_ int, _ string, w http.ResponseWriter) bool {
		fakecloud.Fail(w, 429, "25", "TooManyRequests")
		return true
	},
	"503/6": func(_ int, _ string, w http.ResponseWriter) bool {
		fakecloud.Fail(w, 503, "6", "RequestLimitExceeded")
		return true
	},
	"busy": func(n int, _ string, w http.ResponseWriter) bool {
		if n == 1 {
			fakecloud.Fail(w, 503, "6", "RequestLimitExceeded")
		}
		return n == 1
	},
	"broken": func(_ int, _ string, w http.ResponseWriter) bool { fmt.Fprint(w, `{"Images":[{"Image`); return true },
	"reset":  func(_ int, _ string, w http.ResponseWriter) bool { fakecloud.Reset(w); return true },
	"hostile": func(_ int, _ string, w http.ResponseWriter) bool {
		fmt.Fprintf(w, `{"Images":[{"ImageId":"ami-00000002","State":"\u001b[31m::error::%s","AccountId":"<img src=x>","Architecture":"\u202e"}],"ResponseContext":{"RequestId":"\u001b]0;x"}}`, strings.Repeat("x", 5000))
		return true
	},
}

// startCloud starts an API for a script. It has the OMIs of the small catalog,
// unless it answers otherwise: "empty" has none.
func startCloud(ts *testscript.TestScript, _ bool, args []string) {
	how := strings.Join(args, "")
	refuse, known := refusals[how]
	if !known && how != "empty" {
		ts.Fatalf("the API has no way to answer %q", how)
	}
	api := &fakecloud.API{Refuse: refuse, Types: func(code string) bool { return code == "pty-0a1b2c3d" }}
	api.Image = func(id string) string {
		account, there := map[string]string{"ami-00000001": "012345678901", "ami-00000002": "123456789012"}[id]
		if !there || how == "empty" {
			return ""
		}
		return fakecloud.Image(id, "available", account, "x86_64", false, "0001,pty-0a1b2c3d")
	}
	api.Prices = strings.Join([]string{
		fakecloud.Price("CustomRam", "5e-3"), fakecloud.Price("CustomCore:v6-p2", "0.0435"), fakecloud.Price("CustomCore:v6-p1", "0.0580"),
		fakecloud.Price("BoxUsage:tinav5.c1r1p3", "0.02"), fakecloud.Price("ElasticIP:IdleAddress", "0.005"),
	}, ",")
	server := httptest.NewServer(api)
	ts.Defer(server.Close)
	*ts.Value("cloud").(**fakecloud.API) = api
	home := ts.Getenv("WORK") + "/home"
	ts.Check(os.MkdirAll(filepath.Join(home, ".osc"), 0o700))
	profile := func(region string) string {
		return fmt.Sprintf(`%q: {"access_key": %q, "secret_key": %q, "region": %[1]q}`, region, fakecloud.AccessKey, fakecloud.SecretKey)
	}
	config := "{" + profile("cloudgouv-eu-west-1") + ", " + profile("eu-west-2") + "}"
	ts.Check(os.WriteFile(filepath.Join(home, ".osc", "config.json"), []byte(config), 0o600))
	ts.Setenv("HOME", home)
	ts.Setenv("OSC_ENDPOINT_API", server.URL+"/api/v1")
}

// asked compares how many requests a script's API had, and makes sure that the
// program, which tells no keys, signed what needs them.
func asked(ts *testscript.TestScript, _ bool, args []string) {
	requests := (*ts.Value("cloud").(**fakecloud.API)).Requests()
	if n := strings.Join(args, ""); fmt.Sprint(len(requests)) != n {
		ts.Fatalf("the API had %d requests, want %s", len(requests), n)
	}
	for _, r := range requests {
		if !r.Signed && r.Action != "ReadPublicCatalog" {
			ts.Fatalf("%s was not signed", r.Action)
		}
	}
}
