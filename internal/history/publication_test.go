package history_test

import (
	"crypto/sha1"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"vitrine/internal/history"
)

const folder = "content/sellers/acme/"

// entry is a source with a status; the text makes its bytes its own.
func entry(status, text string) string {
	return "---\ntype: omi\nstatus: " + status + "\nversions:\n  - status: published\n---\n# English\n" + text + "\n"
}

// git's own view of a status, for the judge.
var statusOfFront = regexp.MustCompile(`(?s)^---\n.*?\nstatus: published\n.*?\n---\n`)

// judge asks the git command for the first commit on the line of first parents
// that has a file published.
func (r *repository) judge(name string) time.Time {
	r.t.Helper()
	for commit := range strings.FieldsSeq(r.git("log", "--first-parent", "-m", "--reverse", "--format=%H", "--", name)) {
		if r.git("ls-tree", commit, "--", name) == "" || !statusOfFront.MatchString(r.git("show", commit+":"+name)+"\n") {
			continue
		}
		when, err := time.Parse(time.RFC3339, r.git("show", "-s", "--format=%cI", commit))
		if err != nil {
			r.t.Fatal(err)
		}
		return when
	}
	return time.Time{}
}

// read reads the history with these entries. What they are in the working tree
// is told, or not: it only spares work.
func (r *repository) read(told bool, names ...string) map[string]history.Record {
	r.t.Helper()
	var entries []history.Entry
	for _, name := range names {
		e := history.Entry{Path: name}
		if told {
			data, err := os.ReadFile(filepath.Join(r.dir, name))
			if err != nil {
				r.t.Fatal(err)
			}
			e.Blob = sha1.Sum(fmt.Appendf(nil, "blob %d\x00%s", len(data), data))
			e.Published = statusOfFront.Match(data)
		}
		entries = append(entries, e)
	}
	records, err := history.Read(r.t.Context(), r.dir, "content", entries)
	if err != nil {
		r.t.Fatal(err)
	}
	return records
}

func TestFirstPublicationIsAsGitTells(t *testing.T) {
	r := newRepository(t)
	names := make(map[string]bool)
	write := func(name, status, text string) {
		name = folder + name + "/product.md"
		names[name] = true
		r.write(name, entry(status, text))
	}
	write("at-once", "published", "1")
	write("later", "draft", "1")
	write("never", "draft", "1")
	write("again", "published", "1")
	write("merged", "draft", "1")
	r.commit("first")
	write("later", "draft", "status: published")
	write("at-once", "published", "2")
	r.commit("drafts go on")
	r.git("checkout", "-q", "-b", "branch")
	write("merged", "published", "2")
	write("born-on-branch", "published", "1")
	r.commit("published on a branch is public when it is merged")
	write("born-on-branch", "published", "2")
	r.commit("before that it changes")
	r.git("checkout", "-q", "main")
	write("later", "published", "2")
	write("again", "unpublished", "2")
	r.commit("later")
	r.now = r.now.Add(time.Hour)
	r.git("merge", "-q", "--no-ff", "-m", "merge", "branch")
	write("again", "published", "3")
	write("later", "published", "3")
	r.commit("again")
	r.git("rm", "-q", folder+"at-once/product.md")
	r.commit("deleted")
	write("at-once", "draft", "3")
	r.commit("and back as a draft")

	var all []string
	for name := range names {
		all = append(all, name)
	}
	for _, told := range []bool{true, false} {
		got := r.read(told, all...)
		for _, name := range all {
			if want := r.judge(name); !got[name].Published.Equal(want) {
				t.Errorf("told %v, %s: published %v, git says %v", told, name, got[name].Published, want)
			}
		}
		if p := got[folder+"never/product.md"].Published; !p.IsZero() {
			t.Errorf("a draft was published %v", p)
		}
		if p := got[folder+"born-on-branch/product.md"]; !p.Published.After(p.Changed) {
			t.Errorf("what came by a merge was published %v, before the merge", p.Published)
		}
	}

	// What is not committed is not public.
	write("never", "published", "2")
	if p := r.read(true, all...)[folder+"never/product.md"].Published; !p.IsZero() {
		t.Errorf("an edit that is not committed was published %v", p)
	}
}

func TestAMovedEntryKeepsItsPublication(t *testing.T) {
	r := newRepository(t)
	source := func(name string) string { return folder + name + "/product.md" }
	r.write(source("old"), entry("published", "same"))
	r.write(source("old-two"), entry("published", "changed when it moves"))
	r.write("content/sellers/before/showcase.md", entry("published", "a seller"))
	r.write("content/sellers/before/vault/product.md", entry("published", "its product"))
	r.commit("first")
	first := r.now
	r.git("mv", folder+"old", folder+"new")
	r.git("mv", folder+"old-two", folder+"new-two")
	r.write(source("new-two"), entry("published", "another text"))
	r.git("mv", "content/sellers/before", "content/sellers/after")
	r.commit("moves")
	moved := r.now
	r.write(source("new"), entry("published", "a change afterwards"))
	r.write(source("old"), entry("published", "another product with the former name"))
	r.commit("more")
	taken := r.now
	r.git("mv", folder+"new", folder+"newest")
	r.commit("moves again")

	want := map[string]time.Time{
		source("newest"):                         first,
		source("old"):                            taken,
		source("new-two"):                        moved,
		"content/sellers/after/showcase.md":      first,
		"content/sellers/after/vault/product.md": first,
	}
	var names []string
	for name := range want {
		names = append(names, name)
	}
	got := r.read(true, names...)
	for name, when := range want {
		if p := got[name].Published; !p.Equal(when) {
			t.Errorf("%s: published %v, want %v", name, p, when)
		}
	}
}

func TestFormsOfAPublishedStatus(t *testing.T) {
	tests := map[string]bool{
		"---\nstatus: published\n---\n":                    true,
		"---\r\nstatus: published\r\n---\r\n":              true,
		"\ufeff---\nstatus: published\n---\n":              true,
		"---\ntitle: x\nstatus:   published   # at last\n": true,
		"---\nstatus: \"published\"\n---\n":                true,
		"---\n'status' : 'published'\n---\n":               true,
		"---\nstatus: published":                           true,
		"---\nstatus: draft\n---\nstatus: published\n":     false,
		"---\ntitle: x\n---\nstatus: published\n":          false,
		"---\nversions:\n  - status: published\n---\n":     false,
		"---\n# status: published\nstatus: draft\n---\n":   false,
		"---\nstatus: unpublished\n---\n":                  false,
		"status: published\n":                              false,
		"":                                                 false,
	}
	r := newRepository(t)
	names := make(map[string]string)
	for text := range tests {
		name := fmt.Sprintf("%s%d/product.md", folder, len(names))
		names[text] = name
		r.write(name, text)
	}
	r.commit("all")
	for text, want := range tests {
		if got := !r.read(false, names[text])[names[text]].Published.IsZero(); got != want {
			t.Errorf("%q is published: %v", text, got)
		}
	}
}

// A clone without old files knows when they changed, not what they said.
func TestPartialClone(t *testing.T) {
	r := newRepository(t)
	name := folder + "vault/product.md"
	r.write(name, entry("draft", "1"))
	r.commit("first")
	r.write(name, entry("published", "2"))
	r.commit("second")
	r.git("config", "uploadpack.allowFilter", "true")
	clone := filepath.Join(t.TempDir(), "clone")
	r.git("clone", "-q", "--filter=blob:none", "file://"+r.dir, clone)
	records, err := history.Read(t.Context(), clone, "content", []history.Entry{{Path: name}})
	if r := records[name]; !errors.Is(err, history.ErrPartial) || r.Changed.IsZero() || !r.Published.IsZero() {
		t.Errorf("%v, %v", r, err)
	}
}
