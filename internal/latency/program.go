package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// program is vitrine serve and the catalog that it shows.
type program struct {
	binary   string
	dir      string
	url      string // ends with a slash
	products int
	file     string // the product that is changed
	page     string // its page, below url
	saves    int
	saved    time.Time
}

// prepare builds vitrine and lays out a catalog in a folder.
func prepare(temp, from string, products int) (*program, error) {
	p := &program{binary: filepath.Join(temp, "vitrine"), dir: filepath.Join(temp, "catalog")}
	steps := [][]string{{"build", "-o", p.binary, "./cmd/vitrine"}}
	if from == "" {
		steps = append(steps, []string{"run", "./internal/large", strconv.Itoa(products), p.dir})
	} else if err := os.CopyFS(filepath.Join(p.dir, "content"), os.DirFS(filepath.Join(from, "content"))); err != nil {
		return nil, err
	}
	for _, args := range steps {
		if out, err := exec.Command("go", args...).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("go %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	sellers := filepath.Join(p.dir, "content", "sellers")
	err := filepath.WalkDir(sellers, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Name() == "product.md" {
			p.products++
			p.file = name // the last one
		}
		return err
	})
	if p.file == "" && err == nil {
		err = fmt.Errorf("%s has no product", p.dir)
	}
	if err != nil {
		return nil, err
	}
	folder, err := filepath.Rel(sellers, filepath.Dir(p.file))
	p.page = "fr/products/" + filepath.ToSlash(folder) + "/"
	return p, err
}

// serve starts vitrine serve and asks for a page. It returns how long that took.
func (p *program) serve() (took time.Duration, stop func(), err error) {
	cmd := exec.Command(p.binary, "serve", "-C", p.dir, "--addr", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, nil, err
	}
	start := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, nil, err
	}
	stop = func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err == nil {
		p.url = strings.TrimSpace(line)
		var answer *http.Response
		if answer, err = http.Get(p.url + p.page); err == nil {
			answer.Body.Close()
			if answer.StatusCode != http.StatusOK {
				err = fmt.Errorf("%s: %s", p.page, answer.Status)
			}
		}
	}
	if err != nil {
		stop()
		return 0, nil, err
	}
	return time.Since(start), stop, nil
}
