//go:build !unix

package preview

import "strings"

func inUse(err error) bool {
	return strings.Contains(err.Error(), "Only one usage of each socket address")
}
