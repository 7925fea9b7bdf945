package stamp_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/stamp"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A look that knows an earlier one sees what a look without sees, whatever
// happens in between.
func TestLookAgain(t *testing.T) {
	root := t.TempDir()
	random := rand.New(rand.NewPCG(3, 4))
	var dirs []string
	for i := range 12 {
		dir := filepath.Join(root, "a", fmt.Sprint(i%4), fmt.Sprint(i))
		dirs = append(dirs, dir)
		must(t, os.MkdirAll(dir, 0o755))
		must(t, os.WriteFile(filepath.Join(dir, "file"), nil, 0o644))
	}
	var before *stamp.Tree
	for i := range 300 {
		dir := dirs[random.IntN(len(dirs))]
		name := filepath.Join(dir, fmt.Sprint("f", random.IntN(3)))
		switch random.IntN(7) {
		case 0:
			_ = os.MkdirAll(dir, 0o755)
			_ = os.WriteFile(name, fmt.Append(nil, i), 0o644)
		case 1:
			_ = os.Remove(name)
		case 2:
			_ = os.RemoveAll(dir)
		case 3:
			_ = os.Rename(dir, dir+"x")
			dirs = append(dirs, dir+"x")
		case 4:
			_ = os.MkdirAll(filepath.Join(dir, ".hidden", "in it"), 0o755)
		case 5:
			_ = os.Symlink(filepath.Dir(dir), filepath.Join(filepath.Dir(dir), fmt.Sprint("link", i)))
		case 6: // a file in a folder's place
			_ = os.RemoveAll(dir)
			_ = os.WriteFile(dir, nil, 0o644)
		}
		fresh := stamp.Look(root, nil, "a", "none")
		again := stamp.Look(root, before, "a", "none")
		if !again.Equal(fresh) {
			t.Fatalf("after %d changes:\n%s", i, cmp.Diff(fresh.Folders, again.Folders))
		}
		kept, rest, ok := stamp.ReadTree(again.Append(nil))
		if !ok || len(rest) > 0 || !kept.Equal(again) {
			t.Fatalf("after %d changes, what was kept is not what was seen", i)
		}
		// As if all this had happened long ago, or else nothing would be believed.
		again.Looked = again.Looked.Add(time.Hour)
		before = again
		time.Sleep(5 * time.Millisecond)
	}
	if len(before.Folders) < 3 {
		t.Error("hardly anything is left to look at:", before.Folders)
	}
}

// A file that was written a moment ago may be written again without that its
// stamp tells.
func TestSettled(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(name, nil, 0o644))
	s := stamp.Of(name)
	if now := time.Now(); s.Settled(now) {
		t.Error("a file is believed that was just written")
	}
	if !s.Settled(time.Now().Add(time.Minute)) {
		t.Error("a file is not believed that was written a minute ago")
	}
	if s := stamp.Of(name + "x"); s != (stamp.Stamp{}) {
		t.Error("a file that is not there has the stamp", s)
	}
}

// Any bytes are read, or refused.
func FuzzReadTree(f *testing.F) {
	f.Add(stamp.Look(".", nil, "testdata", ".").Append(nil))
	f.Fuzz(func(t *testing.T, data []byte) {
		if tree, rest, ok := stamp.ReadTree(data); ok {
			again, _, _ := stamp.ReadTree(tree.Append(nil))
			if !again.Equal(tree) || len(rest) > len(data) {
				t.Error("what was read is not what is written")
			}
		}
	})
}
