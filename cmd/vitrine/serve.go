package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"runtime"
	"time"

	"github.com/spf13/pflag"

	"vitrine/internal/build"
	"vitrine/internal/catalog"
	"vitrine/internal/check"
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/preview"
)

const serveAbout = `Check the catalog and show it in a browser, on this machine alone. Pages that are
open follow each save of a file below content/, themes/ and i18n/. Findings are
printed, and shown over the page that they belong to, which stays as it was.`

func runServe(ctx context.Context, env *environment, args []string) error {
	var opt build.Options
	var address, editor, lang string
	var open, noCache bool
	f := env.flags("serve", "", serveAbout, func(f *pflag.FlagSet) {
		f.StringVar(&address, "addr", "127.0.0.1:8080", "the address to listen on")
		f.BoolVar(&opt.Drafts, "drafts", false, "show drafts as well")
		cacheFlag(f, &noCache)
		f.BoolVar(&open, "open", false, "open the catalog in the browser")
		langFlag(f, &lang)
		f.StringVar(&editor, "editor", "vscode://file{path}:{line}:{column}", "the address that opens a file in your editor, with {path}, {line} and {column}; \"\" for none")
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	book, err := bookOf(lang, "serve")
	if err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return &usageError{fmt.Sprintf("%s is not an address: write host:port, such as 127.0.0.1:8080", diag.Quote(address)), "serve"}
	}
	listener, err := preview.Listen(address)
	if err != nil {
		return err
	}
	defer listener.Close()
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		fmt.Fprintf(env.stderr, "warning: with --addr %s, others on the network can see the preview\n", address)
	}
	opt.At = catalog.DateOf(time.Now())
	opt.BaseURL = "http://" + listener.Addr().String() + "/"
	if a, ok := listener.Addr().(*net.TCPAddr); ok && a.IP.IsUnspecified() {
		opt.BaseURL = fmt.Sprintf("http://localhost:%d/", a.Port)
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
	opt.Memory = env.memory(noCache)
	env.tuneFor(opt.Memory)
	beginning, progress := env.follow(ctx, false, nil)
	defer progress.close()
	session, r, s, notices, err := build.NewSession(beginning, env.root, opt)
	progress.close()
	if r != nil {
		if err := env.report(root, r, book); err != nil {
			return err
		}
		if r.Broken {
			return errFindings
		}
	}
	if err != nil {
		return err
	}
	for _, n := range notices {
		fmt.Fprintf(env.stderr, "note: %s\n", diag.Visible(n))
	}
	sellers, products := s.Counts()
	fmt.Fprintf(env.stderr, "%s of %s; drafts are %s\n", diag.Plural(products, "%d product", "%d products"), diag.Plural(sellers, "%d seller", "%d sellers"), map[bool]string{true: "shown", false: "hidden (show them with --drafts)"}[opt.Drafts])
	fmt.Fprintf(env.stdout, "%s\n", opt.BaseURL)
	fmt.Fprintln(env.stderr, "press Ctrl-C to stop")
	say := func(format string, args ...any) {
		fmt.Fprintf(env.stderr, "%s\n", diag.Visible(fmt.Sprintf(format, args...)))
	}
	p := preview.New(r, s, preview.Options{
		Address: listener.Addr(), Dir: env.root, Book: book, Lines: root.LinesOf, Editor: editor,
		Refresh: session.Refresh,
		Report:  func(r *check.Result, err error, took time.Duration) { env.saved(root, r, book, err, took) },
		Log:     func(format string, args ...any) { say("error: "+format, args...) },
	})
	return serve(ctx, env.root, p, listener, say, func() {
		if open {
			openBrowser(opt.BaseURL)
		}
	})
}

// serve answers and watches until ctx ends.
func serve(ctx context.Context, dir string, p *preview.Preview, listener net.Listener, say func(string, ...any), ready func()) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go p.Run(ctx)
	go func() {
		if err := preview.Watch(ctx, dir, p.Touch, say); err != nil {
			say("%v; restart vitrine serve to see later changes", err)
		}
	}()
	server := p.Server()
	context.AfterFunc(ctx, func() {
		wait, cancel := context.WithTimeout(context.Background(), 200*time.Millisecond)
		defer cancel()
		if server.Shutdown(wait) != nil { // pages wait for news without end
			_ = server.Close()
		}
	})
	ready()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// saved tells the terminal what became of a save.
func (env *environment) saved(root *content.Root, r *check.Result, book *diag.Book, err error, took time.Duration) {
	_ = env.report(root, r, book)
	if err != nil {
		fmt.Fprintf(env.stderr, "error: %s; the pages stay as they were\n", diag.Visible(err.Error()))
		return
	}
	fmt.Fprintf(env.stderr, "%s rebuilt in %d ms\n", time.Now().Format(time.TimeOnly), took.Milliseconds())
}

// openBrowser shows an address in the browser, where the system has a command
// for that.
func openBrowser(url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	_ = exec.Command(name, args...).Start() //nolint:gosec // the address is our own
}
