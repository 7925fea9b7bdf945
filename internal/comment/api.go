package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// api is GitHub's, for one repository.
type api struct {
	base, token string // the repository's address, without a slash at its end
	client      *http.Client
}

// mostAnswer is how long an answer may be: 100 files of a change with their
// patches are the longest.
const mostAnswer = 32 << 20

var errTooMuch = errors.New("the answer is too long")

func newAPI(base, repository, token string) *api {
	if base == "" {
		base = "https://api.github.com"
	}
	return &api{base + "/repos/" + repository, token, &http.Client{
		Timeout: time.Minute,
		// Go leaves the token out where an artifact's address leads to another host.
		CheckRedirect: func(to *http.Request, via []*http.Request) error {
			if len(via) > 3 || to.URL.Scheme != "https" && to.URL.Scheme != via[0].URL.Scheme {
				return errors.New("it leads elsewhere")
			}
			return nil
		},
	}}
}

// get reads one JSON document.
func (a *api) get(ctx context.Context, path string, query url.Values, into any) error {
	return a.ask(ctx, http.MethodGet, path+"?"+query.Encode(), nil, into)
}

// ask sends a request, with a body as JSON unless it is nil, and reads the JSON of
// the answer. What the answer says is in no error: it may be a stranger's.
func (a *api) ask(ctx context.Context, method, path string, body, into any) error {
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			return err
		}
	}
	data, err := a.do(ctx, method, path, &sent, mostAnswer)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("the answer to %s %s is not what was expected", method, path)
	}
	return nil
}

// download reads at most so many bytes.
func (a *api) download(ctx context.Context, path string, most int64) ([]byte, error) {
	return a.do(ctx, http.MethodGet, path, http.NoBody, most)
}

func (a *api) do(ctx context.Context, method, path string, body io.Reader, most int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, a.base+path, body)
	if err != nil {
		return nil, fmt.Errorf("%s %s: the address is none", method, path)
	}
	request.Header.Set("Accept", "application/vnd.github+json")
	request.Header.Set("X-GitHub-Api-Version", "2022-11-28")
	request.Header.Set("Authorization", "Bearer "+a.token)
	answer, err := a.client.Do(request)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // without the address, which may be that of an artifact, good for whoever has it
		}
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		return nil, fmt.Errorf("%s %s: status %d", method, path, answer.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s %s: the answer breaks off", method, path)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("%s %s: %w", method, path, errTooMuch)
	}
	return data, nil
}
