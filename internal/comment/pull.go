package main

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// checkPath is the workflow whose runs are reported. Its name alone would not do:
// a change may bring another workflow of that name.
const checkPath = ".github/workflows/check.yml"

// workflowRun is a run of the check.
type workflowRun struct {
	ID         int64  `json:"id"`
	Path       string `json:"path"`
	Event      string `json:"event"`
	Conclusion string `json:"conclusion"`
	SHA        string `json:"head_sha"`
	Branch     string `json:"head_branch"`
	Repository *struct {
		ID    int64 `json:"id"`
		Owner struct {
			Login string `json:"login"`
		} `json:"owner"`
	} `json:"head_repository"` // nil where the fork is gone
}

// pull is a pull request.
type pull struct {
	Number int    `json:"number"`
	State  string `json:"state"`
	Files  int    `json:"changed_files"` // in a single one's answer alone
	Head   struct {
		SHA        string `json:"sha"`
		Repository *struct {
			ID int64 `json:"id"`
		} `json:"repo"`
	} `json:"head"`
}

var commit = regexp.MustCompile(`^[0-9a-f]{40}$`)

// reportable reports whether something can be said of a run: it was the check of a
// pull request, and has ended by itself.
func (w *workflowRun) reportable() bool {
	path, _, _ := strings.Cut(w.Path, "@")
	if path != checkPath || w.Event != "pull_request" || w.Repository == nil || !commit.MatchString(w.SHA) {
		return false
	}
	switch w.Conclusion {
	case "success", "failure", "timed_out", "startup_failure":
		return true
	}
	return false
}

// pullOf finds the open pull request that a run was for. Of runs from forks, GitHub
// does not tell it, and what the run itself tells may be a lie: so it is the one of
// this very branch whose newest commit is the run's.
func (r *reporter) pullOf(ctx context.Context, w *workflowRun) (*pull, error) {
	var pulls []pull
	query := url.Values{"state": {"open"}, "base": {r.branch}, "head": {w.Repository.Owner.Login + ":" + w.Branch}, "per_page": {"100"}}
	if err := r.github.get(ctx, "/pulls", query, &pulls); err != nil {
		return nil, err
	}
	for i := range pulls {
		if p := &pulls[i]; p.is(w) {
			return p, nil
		}
	}
	return nil, nil
}

func (p *pull) is(w *workflowRun) bool {
	return p.Head.SHA == w.SHA && p.Head.Repository != nil && p.Head.Repository.ID == w.Repository.ID
}

// mostFiles is how many files of a pull request GitHub lists.
const mostFiles = 3000

// ownCheck reports whether a pull request could have changed what its check says:
// it touches something else than sellers' folders, or more files than GitHub lists.
// still is false where it has another commit, or was closed, meanwhile.
func (r *reporter) ownCheck(ctx context.Context, p *pull, w *workflowRun) (own, still bool, err error) {
	listed := 0
	for page := 1; page <= mostFiles/100; page++ {
		var files []struct {
			Name   string `json:"filename"`
			Before string `json:"previous_filename"`
		}
		if err := r.github.get(ctx, fmt.Sprintf("/pulls/%d/files", p.Number), url.Values{"per_page": {"100"}, "page": {strconv.Itoa(page)}}, &files); err != nil {
			return false, false, err
		}
		for _, f := range files {
			own = own || !ofSeller(f.Name) || f.Before != "" && !ofSeller(f.Before)
		}
		if listed += len(files); len(files) < 100 {
			break
		}
	}
	// Asked last, so that the files are those of the run's commit.
	var now pull
	if err := r.github.get(ctx, fmt.Sprintf("/pulls/%d", p.Number), nil, &now); err != nil {
		return false, false, err
	}
	return own || listed != now.Files, now.State == "open" && now.is(w), nil
}

func ofSeller(name string) bool { return strings.HasPrefix(name, "content/sellers/") }
