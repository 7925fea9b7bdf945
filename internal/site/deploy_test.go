package site

import (
	"os/exec"
	"testing"
)

func TestWordsOfAShellStayOneWord(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh")
	}
	for _, word := range []string{"ami-1a2b3c4d", "tinav6.c2r4p2", "eu-west-2", "", "-rf", "a b", "it's", `$(id)`, "`id`", "a;id", "a\nid", `\`, `"`, "*", "~", "#", "!", "é"} {
		out, err := exec.Command(sh, "-c", "printf '%s|' "+shell(word)).Output()
		if err != nil || string(out) != word+"|" {
			t.Errorf("%q is written %s, which is %q to the shell (%v)", word, shell(word), out, err)
		}
	}
}

func TestStringsOfTerraformAreEscaped(t *testing.T) {
	for in, want := range map[string]string{
		"ami-1a2b3c4d":     `"ami-1a2b3c4d"`,
		`a"b\c`:            `"a\"b\\c"`,
		"${var.secret}":    `"$${var.secret}"`,
		"%{ if true }":     `"%%{ if true }"`,
		"a\nb\tc":          `"a\nb\tc"`,
		`"\n}resource "x"`: `"\"\\n}resource \"x\""`,
	} {
		if got := hcl(in); got != want {
			t.Errorf("hcl(%q) = %s, want %s", in, got, want)
		}
	}
}
