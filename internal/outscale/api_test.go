package outscale

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"vitrine/internal/fakecloud"
)

// api is an OUTSCALE API that a test fills.
type api struct {
	*httptest.Server
	*fakecloud.API
	images map[string]string // OMI to its JSON
	types  []string
}

func newAPI(t *testing.T) *api {
	a := &api{API: &fakecloud.API{}, images: map[string]string{}}
	a.Image = func(id string) string { return a.images[id] }
	a.Types = func(code string) bool { return slices.Contains(a.types, code) }
	a.Server = httptest.NewServer(a.API)
	t.Cleanup(a.Close)
	return a
}

func (a *api) count() int { return len(a.Requests()) }

// image is an OMI that is well.
func image(id string) string {
	return fakecloud.Image(id, "available", "012345678901", "x86_64", false, "0001,pty-1a2b3c4d")
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
