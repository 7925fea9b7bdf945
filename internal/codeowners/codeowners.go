// Package codeowners writes GitHub's file of who reviews what, from the staff of
// catalog.yaml and the maintainers of each showcase.
package codeowners

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/history"
)

// Path is where GitHub looks for the file first, below the repository's top.
const Path = ".github/CODEOWNERS"

// Limit is the size of a file, in bytes, from which GitHub passes it over: then
// nothing has an owner.
const Limit = 3_000_000

// File is the file as it should be.
type File struct {
	Top   string // the repository's top folder
	Data  []byte
	Notes []diag.Text // maintainers that were left out, and where they stand
}

const header = `# Who reviews what. Made by "vitrine codeowners" from staff in %[1]scontent/catalog.yaml and maintainers in the showcases:
# change those, then run it again. docs/desk.md says what the lines mean.
#
# Of the lines that fit a file, the last one alone counts, and a review by one owner of it is enough. Whatever
# no seller has is the staff's. They stand on the sellers' lines as well: GitHub passes over owners who may
# not write to the repository, and a line that has none left asks for no review at all.
`

// Of makes the file for the repository that a catalog is in. It is the same for
// the same catalog. It fails where the catalog has no staff, or names them in a
// way that GitHub would pass over.
func Of(root *content.Root) (*File, error) {
	top, under, err := history.Place(root.Dir())
	if err != nil {
		return nil, err
	}
	if !safe.MatchString(under) {
		return nil, fmt.Errorf("the catalog's folder %s cannot be named in %s: use letters, digits, points, hyphens and underscores", diag.Quote(under), Path)
	}
	prefix := ""
	if under != "" {
		prefix = under + "/"
	}
	staff, odd := owners(root.Staff())
	switch {
	case len(odd) > 0:
		return nil, fmt.Errorf("%s: staff: %s is not a GitHub handle: write a name such as orlune-catalog, or a team as organisation/team", content.CatalogPath, diag.Quote(odd[0]))
	case len(staff) == 0:
		return nil, fmt.Errorf("%s lists no staff, so nothing would have an owner: add staff: [your-github-name]", content.CatalogPath)
	}
	f := &File{Top: top}
	var b bytes.Buffer
	fmt.Fprintf(&b, header, prefix)
	line := func(pattern string, owners []string) { fmt.Fprintf(&b, "%s %s\n", pattern, strings.Join(owners, " ")) }
	line("\n*", staff)
	b.WriteByte('\n')
	for _, seller := range root.Sellers() {
		maintainers, odd := owners(root.Maintainers(seller))
		for _, o := range odd {
			f.Notes = append(f.Notes, diag.Say("%s: maintainers: %s is not a GitHub handle, and is left out", path.Join("content/sellers", seller, "showcase.md"), diag.Quote(o)))
		}
		if len(maintainers) == 0 && len(odd) == 0 {
			f.Notes = append(f.Notes, diag.Say("%s names no maintainers, or cannot be read: its folder is the staff's alone", path.Join("content/sellers", seller, "showcase.md")))
		}
		if len(maintainers) > 0 {
			line("/"+prefix+"content/sellers/"+seller+"/", distinct(append(maintainers, staff...)))
		}
	}
	line("\n/.github/", staff)
	if b.Len() >= Limit {
		return nil, fmt.Errorf("%s would have %d bytes, and GitHub passes over a file of %d or more: list fewer maintainers, or a team in their place", Path, b.Len(), Limit)
	}
	f.Data = b.Bytes()
	return f, nil
}

var (
	safe = regexp.MustCompile(`^[A-Za-z0-9._/-]*$`)
	// handleForm is that of a user, with the _ of managed ones, or of a team.
	handleForm = regexp.MustCompile(`^[A-Za-z0-9](-?[A-Za-z0-9])*(_[A-Za-z0-9]+)?(/[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?)?$`)
)

// owners returns names as the file has them, each once, and those that are none.
func owners(names []string) (known, odd []string) {
	for _, n := range names {
		switch n = strings.TrimPrefix(strings.TrimSpace(n), "@"); {
		case n == "":
		case handleForm.MatchString(n) && len(n) <= 140:
			known = append(known, "@"+n)
		default:
			odd = append(odd, n)
		}
	}
	return distinct(known), odd
}

// distinct drops names that were there before: GitHub ignores their case.
func distinct(names []string) []string {
	var out []string
	for _, n := range names {
		if !slices.ContainsFunc(out, func(o string) bool { return strings.EqualFold(o, n) }) {
			out = append(out, n)
		}
	}
	return out
}

// Committed reads the file as it is; nil where there is none.
func (f *File) Committed() ([]byte, error) {
	dir, err := os.OpenRoot(f.Top)
	if err != nil {
		return nil, fmt.Errorf("cannot open the repository: %w", err)
	}
	defer dir.Close()
	info, err := dir.Stat(Path)
	switch {
	case os.IsNotExist(err):
		return nil, nil
	case err == nil && (!info.Mode().IsRegular() || info.Size() > 2*Limit):
		return nil, fmt.Errorf("%s cannot be read: it is no file, or too large", Path)
	case err != nil:
		return nil, fmt.Errorf("cannot read %s: %w", Path, err)
	}
	data, err := dir.ReadFile(Path)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", Path, err)
	}
	return bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), nil // git makes those on Windows
}

// Write puts the file in its place.
func (f *File) Write() error {
	dir, err := os.OpenRoot(f.Top) // no link leads the writing elsewhere
	if err != nil {
		return fmt.Errorf("cannot open the repository: %w", err)
	}
	defer dir.Close()
	err = dir.MkdirAll(path.Dir(Path), 0o755)
	if err == nil {
		err = dir.WriteFile(Path+"~", f.Data, 0o644)
	}
	if err == nil {
		err = dir.Rename(Path+"~", Path)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", Path, err)
	}
	return nil
}

// Difference returns the lines that one file has and the other has not, with -
// and + before them; where only their order differs, the first that does.
func Difference(was, is []byte) []string {
	count := func(data []byte) map[string]int {
		n := make(map[string]int)
		for line := range strings.Lines(string(data)) {
			n[line]++
		}
		return n
	}
	var out []string
	less := func(mark string, from []byte, other map[string]int) {
		i := 0
		for line := range strings.Lines(string(from)) {
			i++
			if other[line]--; other[line] < 0 {
				out = append(out, fmt.Sprintf("%s%d: %s", mark, i, diag.Visible(strings.TrimSuffix(line, "\n"))))
			}
		}
	}
	less("-", was, count(is))
	less("+", is, count(was))
	if len(out) > 0 || bytes.Equal(was, is) {
		return out
	}
	a, b := strings.Split(string(was), "\n"), strings.Split(string(is), "\n")
	i := 0
	for a[i] == b[i] {
		i++
	}
	return []string{fmt.Sprintf("-%d: %s", i+1, diag.Visible(a[i])), fmt.Sprintf("+%d: %s", i+1, diag.Visible(b[i]))}
}
