package intake

import "testing"

func TestSection(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"plain", "We make vaults.\n", "We make vaults."},
		{"a heading of level 1", "# English\n\nOurs.", "## English\n\nOurs."},
		{"two, indented and underlined", "  # A\n\nB\n=\n\nC", "  ## A\n\nB\n-\n\nC"},
		{"in a code block, it is code", "```\n# A\n```", "```\n# A\n```"},
		{"an open fence", "````\n# A", "````\n# A\n````"},
		{"an open comment", "<!-- a", `\<!-- a`},
		{"an open style", "x\n\n<style>\n# A", "x\n\n\\<style>\n## A"},
		{"front matter", "---\nstatus: published\n---", "---\nstatus: published\n---"},
		{"nothing", "", ""},
	} {
		if got := section(test.text); got != test.want {
			t.Errorf("%s: %q becomes %q, want %q", test.name, test.text, got, test.want)
		}
	}
}
