package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
)

const (
	artifactName = "change"
	entryName    = "change.json"
	mostArtifact = 2 << 20 // bytes of the archive
	mostEntry    = 8 << 20 // bytes of what is in it
)

// errNoArtifact says that the check ended before it wrote what the change means.
var errNoArtifact = errors.New("the check left no description of the change")

// artifact returns what a run of the check wrote about its change.
func (r *reporter) artifact(ctx context.Context, run int64) ([]byte, error) {
	var list struct {
		Artifacts []struct {
			ID      int64  `json:"id"`
			Name    string `json:"name"`
			Size    int64  `json:"size_in_bytes"`
			Expired bool   `json:"expired"`
		} `json:"artifacts"`
	}
	if err := r.github.get(ctx, fmt.Sprintf("/actions/runs/%d/artifacts", run), url.Values{"name": {artifactName}, "per_page": {"100"}}, &list); err != nil {
		return nil, err
	}
	if len(list.Artifacts) == 0 {
		return nil, errNoArtifact
	}
	// A run that is made again leaves one each time; the newest has the highest number.
	newest := list.Artifacts[0]
	for _, a := range list.Artifacts {
		if a.ID > newest.ID {
			newest = a
		}
	}
	switch {
	case newest.Name != artifactName || newest.Size > mostArtifact:
		return nil, &unreadable{fmt.Sprintf("the artifact has %d bytes, of at most %d", newest.Size, mostArtifact)}
	case newest.Expired:
		return nil, errNoArtifact
	}
	data, err := r.github.download(ctx, fmt.Sprintf("/actions/artifacts/%d/zip", newest.ID), mostArtifact)
	if errors.Is(err, errTooMuch) {
		return nil, &unreadable{fmt.Sprintf("the artifact has more than %d bytes", mostArtifact)}
	}
	if err != nil {
		return nil, err
	}
	return entry(data)
}

// unreadable says what is wrong with what a run left, in words of ours.
type unreadable struct{ why string }

func (u *unreadable) Error() string { return u.why }

// entry returns the one file that the archive may hold. It is read into memory, and
// no further than it may be long, whatever the archive says of it.
func entry(data []byte) ([]byte, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, &unreadable{"the artifact is no zip archive"}
	}
	if len(archive.File) != 1 || archive.File[0].Name != entryName || !archive.File[0].Mode().IsRegular() {
		return nil, &unreadable{"the artifact holds something else than one file " + entryName}
	}
	f, err := archive.File[0].Open()
	if err != nil {
		return nil, &unreadable{entryName + " cannot be unpacked"}
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostEntry+1))
	if len(text) > mostEntry {
		return nil, &unreadable{fmt.Sprintf("%s has more than %d bytes", entryName, mostEntry)}
	}
	if err != nil {
		return nil, &unreadable{entryName + " cannot be unpacked"}
	}
	return text, nil
}
