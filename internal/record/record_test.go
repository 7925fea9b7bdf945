package record

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

type document struct {
	Version int    `json:"version"`
	Word    string `json:"word"`
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	root := t.TempDir()
	name := ".vitrine/words.json"
	var d document
	if known, err := Read(root, name, &d); known || err != nil {
		t.Fatalf("a record that nobody wrote: %v, %v", known, err)
	}
	if err := Write(root, name, document{Version, "été"}); err != nil {
		t.Fatal(err)
	}
	if known, err := Read(root, name, &d); !known || err != nil || d.Word != "été" {
		t.Errorf("read %+v, %v, %v", d, known, err)
	}
	if left, err := filepath.Glob(filepath.Join(root, ".vitrine", "*.new")); err != nil || left != nil {
		t.Errorf("writing left %v, %v", left, err)
	}
}

func TestWhatCannotBeReadIsSaid(t *testing.T) {
	for _, data := range []string{"", "{", `{"version": 2, "word": "x"}`, `{"version": "1"}`, `{"version": 1, "word": 2}`} {
		root := t.TempDir()
		if err := os.WriteFile(filepath.Join(root, "words.json"), []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
		known, err := Read(root, "words.json", new(document))
		if known || err == nil || !strings.Contains(err.Error(), "words.json cannot be read, and is begun anew") {
			t.Errorf("%q: %v, %v", data, known, err)
		}
	}
}
