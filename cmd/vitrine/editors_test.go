package main

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
)

// TestEditorsConfiguration reads the configurations of docs/editors.md as the
// editors do, and looks for the command that they start.
func TestEditorsConfiguration(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```(json|toml)\n(.*?)```")
	for _, name := range []string{"../../docs/editors.md", "../../docs/editors.fr.md"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := make(map[string]bool)
		for _, m := range blocks.FindAllSubmatch(data, -1) {
			kind := string(m[1])
			seen[kind] = true
			var program string
			var args, languages []string
			switch kind {
			case "json":
				var c struct {
					Command   string   `json:"glspc.server.command"`
					Arguments []string `json:"glspc.server.commandArguments"`
					Languages []string `json:"glspc.server.languageId"`
				}
				if err := json.Unmarshal(m[2], &c); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				program, args, languages = c.Command, c.Arguments, c.Languages
			case "toml":
				var c struct {
					Server map[string]struct {
						Command string
						Args    []string
					} `toml:"language-server"`
					Language []struct {
						Name    string
						Servers []string `toml:"language-servers"`
					}
				}
				if _, err := toml.Decode(string(m[2]), &c); err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				program, args = c.Server["vitrine"].Command, c.Server["vitrine"].Args
				for _, l := range c.Language {
					if slices.Contains(l.Servers, "vitrine") {
						languages = append(languages, l.Name)
					}
				}
			}
			known := len(args) == 1 && slices.ContainsFunc(commands, func(c command) bool { return c.name == args[0] })
			if program != "vitrine" || !known || !slices.Equal(languages, []string{"markdown", "yaml"}) {
				t.Errorf("%s, %s: starts %s %q for %q", name, kind, program, args, languages)
			}
		}
		if !seen["json"] || !seen["toml"] {
			t.Errorf("%s has configurations in %v", name, seen)
		}
	}
}
