//go:build linux

package main

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/sys/unix"
)

// answer runs a program at a terminal of its own, whose user types a text; \n
// is the Enter key, \d Ctrl-D and \c Ctrl-C. What the terminal shows, echo
// included, counts as the program's standard error.
func answer(ts *testscript.TestScript, _ bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	typed := strings.NewReplacer(`\n`, "\n", `\d`, "\x04", `\c`, "\x03").Replace(args[1])
	desk, terminal, err := openTerminal()
	if err != nil {
		ts.Fatalf("there is no terminal to have: %v", err)
	}
	defer desk.Close()
	program := args[2]
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if found := filepath.Join(dir, args[2]); isFile(found) {
			program = found
			break
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args[3:]...)
	cmd.Dir, cmd.Env = ts.Getenv("WORK"), environ(ts)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = terminal, ts.Stdout(), terminal
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	ts.Check(cmd.Start())
	terminal.Close()
	var shown screen
	go shown.read(desk)
	for text := range strings.SplitAfterSeq(typed, "\x03") {
		before, interrupts := strings.CutSuffix(text, "\x03")
		_, err = io.WriteString(desk, before)
		ts.Check(err)
		if interrupts { // before the first question, it would end the program before it listens
			shown.await(": ")
			_, err = io.WriteString(desk, "\x03")
			ts.Check(err)
		}
	}
	err = cmd.Wait()
	got := 0
	if e, ok := errors.AsType[*exec.ExitError](err); ok {
		got = e.ExitCode()
	} else {
		ts.Check(err)
	}
	text := shown.all()
	_, err = io.WriteString(ts.Stderr(), text)
	ts.Check(err)
	if got != want {
		ts.Fatalf("exit status %d (%v), want %d:\n%s", got, err, want, text)
	}
}

// screen is what a terminal shows.
type screen struct {
	mu    sync.Mutex
	text  strings.Builder
	ended bool
}

func (s *screen) read(desk io.Reader) {
	b := make([]byte, 4096)
	for {
		n, err := desk.Read(b)
		s.mu.Lock()
		s.text.Write(b[:n])
		s.ended = err != nil // an error is how a terminal ends whose program has
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// await waits until a text stands at the end, or nothing more comes.
func (s *screen) await(end string) {
	for range 1000 {
		s.mu.Lock()
		done := s.ended || strings.HasSuffix(s.text.String(), end)
		s.mu.Unlock()
		if done {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// all is the whole text, when the program has ended.
func (s *screen) all() string {
	s.await("\x00")
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.ReplaceAll(s.text.String(), "\r\n", "\n")
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.Mode().IsRegular()
}

// environ is the environment of a script's programs.
func environ(ts *testscript.TestScript) (all []string) {
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "VITRINE_CACHE"} {
		all = append(all, name+"="+ts.Getenv(name))
	}
	return append(all, "TESTSCRIPT_COMMAND="+ts.Getenv("TESTSCRIPT_COMMAND"))
}

// openTerminal opens a new terminal: the side of whoever sits at it, and that of
// the program.
func openTerminal() (desk, terminal *os.File, err error) {
	desk, err = os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		return nil, nil, err
	}
	fd := int(desk.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		return nil, nil, err
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		return nil, nil, err
	}
	terminal, err = os.OpenFile("/dev/pts/"+strconv.Itoa(n), os.O_RDWR|syscall.O_NOCTTY, 0)
	return desk, terminal, err
}
