package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"vitrine/internal/diag"
)

// reporter makes comments.
type reporter struct {
	github  *api
	server  string // where people see the repository
	branch  string // the default one
	vitrine string // the program
	lang    string
	book    *diag.Book
	log     io.Writer
}

// marker begins the comment, so that it is found again. Only one that the bot wrote
// counts: anybody can write a marker.
const marker, bot = "<!-- vitrine report -->", "github-actions[bot]"

func (r *reporter) say(format string, args ...any) { fmt.Fprintf(r.log, format+"\n", args...) }

// report writes or renews the comment about a run. The error is errNothing where
// there is nothing to say of it.
func (r *reporter) report(ctx context.Context, id int64) error {
	var w workflowRun
	if err := r.github.get(ctx, fmt.Sprintf("/actions/runs/%d", id), nil, &w); err != nil {
		return err
	}
	if !w.reportable() {
		r.say("run %d is no check of a pull request that has ended: nothing to report", id)
		return errNothing
	}
	p, err := r.pullOf(ctx, &w)
	if err != nil {
		return err
	}
	if p == nil {
		r.say("no open pull request has the commit of run %d as its newest: nothing to report", id)
		return errNothing
	}
	own, still, err := r.ownCheck(ctx, p, &w)
	if err != nil {
		return err
	}
	if !still {
		r.say("pull request %d has changed since run %d: nothing to report", p.Number, id)
		return errNothing
	}
	described, err := r.describe(ctx, &w)
	if err != nil {
		return err
	}
	return r.put(ctx, p, r.comment(&w, own, described))
}

// describe returns what the change means, as Markdown, or says that the check left
// nothing to tell it from.
func (r *reporter) describe(ctx context.Context, w *workflowRun) (string, error) {
	data, err := r.artifact(ctx, w.ID)
	if errors.Is(err, errNoArtifact) {
		return r.strong(diag.Say("The check ended before it could say what the change means: its run says why.")), nil
	}
	if err == nil {
		var text string
		if text, err = r.print(ctx, data); err == nil {
			return text, nil
		}
	}
	if u, ok := errors.AsType[*unreadable](err); ok {
		r.say("run %d: %s", w.ID, diag.Visible(u.why))
		return r.strong(diag.Say("What the check left cannot be read, so look at the change by hand.")), nil
	}
	return "", err
}

func (r *reporter) strong(t diag.Text) string { return "**" + t.In(r.book) + "**" }

// mostComment is how many characters a comment has at most: GitHub takes 65,536.
const mostComment = 64000

// print has the program print a description of a change. It gets no token.
func (r *reporter) print(ctx context.Context, data []byte) (string, error) {
	dir, err := os.MkdirTemp("", "comment")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, entryName)
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return "", err
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, r.vitrine, "diff", "--from", file, "--format", "markdown", "--lang", r.lang)
	cmd.Dir, cmd.Env = dir, []string{"PATH=" + os.Getenv("PATH"), "HOME=" + dir}
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Run(); err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); !ended || ctx.Err() != nil {
			return "", fmt.Errorf("vitrine could not be started: %w", err)
		}
		return "", &unreadable{"vitrine diff refused it: " + strings.ReplaceAll(strings.TrimSpace(said.String()), dir, "")}
	}
	text := strings.TrimSpace(out.String())
	if text == "" || !utf8.ValidString(text) || utf8.RuneCountInString(text) > mostComment-2000 {
		return "", &unreadable{"vitrine diff printed nothing, or too much"}
	}
	return text, nil
}

// comment puts the comment together.
func (r *reporter) comment(w *workflowRun, own bool, described string) string {
	var b strings.Builder
	b.WriteString(marker + "\n\n")
	if own {
		fmt.Fprintf(&b, "> [!WARNING]\n> %s\n\n", diag.Say("This change touches more than sellers’ folders, so its check may have been its own work: what stands below proves nothing. Staff read the changed files themselves.").In(r.book))
	}
	b.WriteString(described + "\n\n---\n\n")
	end := diag.Say("The check failed.")
	if w.Conclusion == "success" {
		end = diag.Say("The check passed.")
	}
	run := fmt.Sprintf("%s/%s/actions/runs/%d", r.server, strings.TrimPrefix(r.github.base[strings.LastIndex(r.github.base, "/repos/"):], "/repos/"), w.ID)
	fmt.Fprintf(&b, "<sub>%s %s</sub>\n", end.In(r.book),
		diag.Say("This is about commit %s. [Its run](%s) has every finding, and the preview of the site to download for a week.", w.SHA[:12], run).In(r.book))
	return b.String()
}

// put renews the comment, or makes it.
func (r *reporter) put(ctx context.Context, p *pull, body string) error {
	type comment struct {
		ID   int64  `json:"id"`
		Body string `json:"body"`
		User struct {
			Login string `json:"login"`
			Type  string `json:"type"`
		} `json:"user"`
	}
	message := map[string]string{"body": body}
	for page := 1; page <= 30; page++ {
		var comments []comment
		if err := r.github.get(ctx, fmt.Sprintf("/issues/%d/comments", p.Number), url.Values{"per_page": {"100"}, "page": {strconv.Itoa(page)}}, &comments); err != nil {
			return err
		}
		for _, c := range comments {
			if c.User.Login == bot && c.User.Type == "Bot" && strings.HasPrefix(c.Body, marker) {
				if c.Body == body {
					return nil
				}
				return r.github.ask(ctx, http.MethodPatch, fmt.Sprintf("/issues/comments/%d", c.ID), message, &comment{})
			}
		}
		if len(comments) < 100 {
			break
		}
	}
	return r.github.ask(ctx, http.MethodPost, fmt.Sprintf("/issues/%d/comments", p.Number), message, &comment{})
}
