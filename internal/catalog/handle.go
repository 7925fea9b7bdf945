package catalog

import "strings"

// Handle is a GitHub handle as it is compared: without @, and in lower case, since
// GitHub ignores case.
func Handle(s string) string { return strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "@")) }

// Handles are handles as they are compared, without empty ones.
func Handles(list []string) (out []string) {
	for _, s := range list {
		if h := Handle(s); h != "" {
			out = append(out, h)
		}
	}
	return out
}
