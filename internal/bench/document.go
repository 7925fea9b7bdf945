package main

import (
	"fmt"
	"os"
	"strings"
)

// The marks between which the document's measures stand.
const (
	begin = "<!-- measures -->\n"
	end   = "<!-- end of measures -->\n"
)

// insert puts a text between the marks of a document and leaves everything else
// as it is.
func insert(name, text string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	new, err := replace(string(data), text)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return os.WriteFile(name, []byte(new), 0o644)
}

func replace(document, text string) (string, error) {
	before, rest, ok := strings.Cut(document, begin)
	_, after, closed := strings.Cut(rest, end)
	if !ok || !closed {
		return "", fmt.Errorf("there is no place for the measures: it needs the lines %s and %s", strings.TrimSpace(begin), strings.TrimSpace(end))
	}
	return before + begin + "\n" + text + "\n" + end + after, nil
}
