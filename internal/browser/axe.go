package browser

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Tool returns the path of a file of an npm package that CI installs, such as
// "axe-core/axe.min.js". It skips the test where it is not there: the folder is
// that of the environment's VITRINE_TOOLS, or the one that .ci/run installs to.
func Tool(t testing.TB, name string) string {
	t.Helper()
	dir := os.Getenv("VITRINE_TOOLS")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			t.Skip(err)
		}
		dir = filepath.Join(cache, "vitrine-ci")
	}
	file := filepath.Join(dir, "node_modules", filepath.FromSlash(name))
	if _, err := os.Stat(file); err != nil {
		t.Skipf("%s is not installed; .ci/run does it", file)
	}
	return file
}

// Axe is the source of axe-core, which finds faults of accessibility.
type Axe string

// LoadAxe reads axe-core. It skips the test where it is not installed.
func LoadAxe(t testing.TB) Axe {
	t.Helper()
	data, err := os.ReadFile(Tool(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return Axe(data)
}

// Faults returns the violations that axe-core finds on the page, a line each:
// the rule, what is wrong and the elements.
func (a Axe) Faults(tab *Tab) []string {
	tab.t.Helper()
	if !Get[bool](tab, "typeof axe == 'object'") {
		Get[string](tab, fmt.Sprintf("%s; axe.version", a))
	}
	return Get[[]string](tab, `axe.run({resultTypes: ["violations"]}).then(r => r.violations.map(v =>
		v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ") + " (" + [...n.any, ...n.all, ...n.none].map(c => c.message).slice(0, 1) + ")").join("; ")))`)
}
