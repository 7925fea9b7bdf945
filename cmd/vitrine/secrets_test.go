package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vitrine/internal/cloud"
	"vitrine/internal/fakecloud"
)

// TestKeysStayHidden runs the commands that ask the cloud against an API that
// answers in each of its ways, some of which repeat the keys, and looks for the
// keys in all that is printed, logged and written: the record, the price lists and
// the site.
func TestKeysStayHidden(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../internal/check/testdata/valid")); err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	log.SetOutput(&said)
	defer log.SetOutput(os.Stderr)
	summary := filepath.Join(dir, "summary.md")
	for how, refuse := range refusals {
		if how == "429/24" || how == "429/25" {
			continue // as 503, and slow
		}
		api := &fakecloud.API{Refuse: refuse, Types: func(string) bool { return true }, Prices: fakecloud.Price("CustomRam", "0.005")}
		api.Image = func(id string) string { // an API that repeats what it was told
			return fakecloud.Image(id, "available", "012345678901", "x86_64", false, "0001,pty-0a1b2c3d")
		}
		server := httptest.NewServer(api)
		env := map[string]string{
			"HOME": t.TempDir(), "OSC_ENDPOINT_API": server.URL + "/api/v1", "GITHUB_STEP_SUMMARY": summary,
			"OSC_ACCESS_KEY": fakecloud.AccessKey, "OSC_SECRET_KEY": fakecloud.SecretKey, "OSC_REGION": "eu-west-2",
		}
		config := fmt.Sprintf(`{"gov": {"access_key": %q, "secret_key": %q, "region": "cloudgouv-eu-west-1", "x509_client_key_b64": "MARKCERTIFICATEKEY"}}`, fakecloud.AccessKey, fakecloud.SecretKey)
		writeFile(t, filepath.Join(env["HOME"], ".osc", "config.json"), config)
		commands := [][]string{{"check", "--online"}}
		if how != "503/6" {
			commands = append(commands,
				[]string{"check", "--online", "--format", "json"}, []string{"check", "--online", "--format", "sarif"}, []string{"check", "--online", "--format", "github"},
				[]string{"omis"}, []string{"omis", "--format", "json", "--lang", "fr"}, []string{"omis", "--recorded"}, []string{"prices"}, []string{"check"}, []string{"build", "--allow-invalid"})
		}
		for _, args := range commands {
			status := run(context.Background(), append([]string{"-C", dir}, args...), &said, &said, func(name string) string { return env[name] })
			fmt.Fprintf(&said, "status %d of %s, %s\n", status, args, how)
		}
		server.Close()
	}
	marks := []string{fakecloud.AccessKey, fakecloud.SecretKey, "MARKCERTIFICATEKEY", "AWS4-HMAC", "Signature="}
	for _, mark := range marks {
		if i := strings.Index(said.String(), mark); i >= 0 {
			t.Errorf("%s is printed: …%s…", mark, said.String()[max(0, i-200):min(said.Len(), i+50)])
		}
	}
	files := 0
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, name))
		for _, mark := range marks {
			if bytes.Contains(data, []byte(mark)) {
				t.Errorf("%s has %s in it", name, mark)
			}
		}
		files++
		return err
	})
	if err != nil || files < 100 {
		t.Errorf("%d files were looked at: %v", files, err)
	}
	for _, want := range []string{cloud.RecordPath, "summary.md", "content/prices/eu-west-2.json", "public/index.html"} {
		if _, err := os.Stat(filepath.Join(dir, want)); err != nil {
			t.Errorf("nothing was written to %s", want)
		}
	}
}
