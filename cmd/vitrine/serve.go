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
	"vitrine/internal/content"
	"vitrine/internal/diag"
	"vitrine/internal/preview"
)

const serveAbout = `Check the catalog and show it in a browser, on this machine alone. Entries with
errors are left out; the findings are printed.`

func runServe(ctx context.Context, env *environment, args []string) error {
	var opt build.Options
	var address string
	var open bool
	f := env.flags("serve", "", serveAbout, func(f *pflag.FlagSet) {
		f.StringVar(&address, "addr", "127.0.0.1:8080", "the address to listen on")
		f.BoolVar(&opt.Drafts, "drafts", false, "show drafts as well")
		f.BoolVar(&open, "open", false, "open the catalog in the browser")
	})
	if _, err := f.parse(args, 0); err != nil {
		return err
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return &usageError{fmt.Sprintf("%s is not an address: write host:port, such as 127.0.0.1:8080", diag.Quote(address)), "serve"}
	}
	root, err := content.OpenRoot(env.root)
	if err != nil {
		return err
	}
	defer root.Close()
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
	r, err := build.Check(ctx, root, opt.At)
	if err != nil {
		return err
	}
	if err := env.report(root, r); err != nil {
		return err
	}
	if r.Broken {
		return errFindings
	}
	s, notices, err := build.Plan(ctx, root, r, opt)
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
	handler := preview.New(s, listener.Addr(), func(format string, args ...any) {
		fmt.Fprintf(env.stderr, "error: %s\n", diag.Visible(fmt.Sprintf(format, args...)))
	})
	server := handler.Server()
	context.AfterFunc(ctx, func() {
		wait, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if server.Shutdown(wait) != nil {
			_ = server.Close()
		}
	})
	if open {
		openBrowser(opt.BaseURL)
	}
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
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
