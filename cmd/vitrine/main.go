// Command vitrine checks a marketplace's catalog, builds its site and previews
// it. One file holds one command; this one holds the table of them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"

	"github.com/spf13/pflag"

	"vitrine/internal/diag"
)

// Exit statuses.
const (
	statusClean    = 0
	statusFindings = 1
	statusUsage    = 2
	statusFailed   = 3 // I/O, network: the work could not be done
)

// command is one of the program's commands.
type command struct {
	name  string
	args  string // in the usage line
	about string
	run   func(ctx context.Context, env *environment, args []string) error
}

var commands = []command{
	{"check", "[PATH…]", "validate the catalog, or the entries below the paths", runCheck},
	{"fmt", "[PATH…]", "put entries and catalog.yaml into canonical form", runFmt},
	{"new", "KIND NAME", "make a showcase, product, version or page: a draft that explains its keys", runNew},
	{"publish", "PATH", "publish an entry or a version, if the check lets it", runPublish},
	{"unpublish", "PATH", "unpublish an entry or a version, and say why", runUnpublish},
	{"build", "", "check the catalog and write the site", runBuild},
	{"serve", "", "preview the catalog in a browser", runServe},
	{"diff", "BASE [HEAD]", "say what a change means for buyers", runDiff},
	{"ci", "", "do what the check of a pull request does", runCI},
	{"omis", "[PATH…]", "tell what the OUTSCALE API says of the catalog's OMIs", runOMIs},
	{"prices", "[REGION…]", "fetch what VMs cost, for the estimates on product pages", runPrices},
	{"from-issue", "[FILE]", "turn an issue that a form made into an entry, and answer it", runFromIssue},
	{"issue-forms", "", "write the issue forms for sellers without git", runIssueForms},
	{"explain", "[RULE]", "list the rules, or show one with an example", runExplain},
	{"schema", "KIND", "print the JSON Schema of a file's keys, for editors", runSchema},
	{"codeowners", "", "write .github/CODEOWNERS: who reviews what", runCodeowners},
	{"report", "", "tell the staff what needs looking after in the catalog", runReport},
	{"lsp", "", "serve an editor: findings as you type, completion, quick fixes", runLSP},
	{"version", "", "print the program's version", runVersion},
}

// environment is what a command may touch.
type environment struct {
	root           string // the catalog's root, from -C
	stdout, stderr io.Writer
	getenv         func(string) string
}

// Errors that stand for an exit status.
var errFindings = errors.New("findings")

// errUnchecked stands for work that could not be done, which people were told.
var errUnchecked = errors.New("not everything could be checked")

// usageError says that a command was called wrongly.
type usageError struct{ message, command string }

func (e *usageError) Error() string { return e.message }

func main() {
	// The second Ctrl-C ends the program at once: stop restores the default.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	ballast := tuneMemory(os.Getenv)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr, os.Getenv)
	runtime.KeepAlive(ballast)
	os.Exit(status)
}

// run runs a command line and returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, getenv func(string) string) int {
	out := &output{Writer: stdout}
	env := &environment{root: ".", stdout: out, stderr: stderr, getenv: getenv}
	args = takeRoot(env, args)
	if len(args) == 0 {
		usage(stderr)
		return statusUsage
	}
	switch args[0] {
	case "help", "-h", "--help":
		usage(out)
		return status(ctx, out.failed(nil), stderr)
	case "--version":
		args[0] = "version"
	}
	var err error = &usageError{message: fmt.Sprintf("there is no command %s", diag.Quote(args[0])) + suggestion(args[0])}
	if args[0] == "-C" {
		err = &usageError{message: "-C needs a folder: the one that holds content/"}
	}
	for _, c := range commands {
		if c.name == args[0] {
			err = c.run(ctx, env, args[1:])
		}
	}
	return status(ctx, out.failed(err), stderr)
}

// output is the standard output. It remembers whether something could not be
// written: a result that is lost is no success.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	n, err := o.Writer.Write(p)
	o.err = errors.Join(o.err, err)
	return n, err
}

// failed returns the command's error, or that its output was lost.
func (o *output) failed(err error) error {
	if o.err != nil && (err == nil || errors.Is(err, errFindings)) {
		return fmt.Errorf("cannot write to standard output: %w", o.err)
	}
	return err
}

// takeRoot takes -C DIR from before the command's name; behind it, the
// command's own flags have it.
func takeRoot(env *environment, args []string) []string {
	for len(args) > 1 && args[0] == "-C" {
		env.root, args = args[1], args[2:]
	}
	if len(args) > 0 && strings.HasPrefix(args[0], "-C") && len(args[0]) > 2 {
		env.root, args = args[0][2:], args[1:]
	}
	return args
}

// status tells people what went wrong, and machines by a number.
func status(ctx context.Context, err error, stderr io.Writer) int {
	if err == nil {
		return statusClean
	}
	if errors.Is(err, pflag.ErrHelp) {
		return statusClean
	}
	if errors.Is(err, errFindings) {
		return statusFindings
	}
	if errors.Is(err, errUnchecked) {
		return statusFailed
	}
	if ctx.Err() != nil {
		fmt.Fprintln(stderr, "vitrine: interrupted")
		return statusFailed
	}
	tell(stderr, err)
	if e, ok := errors.AsType[*usageError](err); ok {
		fmt.Fprintf(stderr, "see vitrine %s\n", strings.TrimSpace(e.command+" --help"))
		return statusUsage
	}
	return statusFailed
}

// tell says what went wrong, a line for each of the errors that were joined,
// such as the faults of a theme.
func tell(w io.Writer, err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			tell(w, e)
		}
		return
	}
	fmt.Fprintf(w, "vitrine: %s\n", diag.Visible(err.Error()))
}

func suggestion(name string) string {
	var names []string
	for _, c := range commands {
		names = append(names, c.name)
	}
	if n := diag.Nearest(name, names); n != "" {
		return ": did you mean " + n + "?"
	}
	return ""
}

func usage(w io.Writer) {
	fmt.Fprint(w, `vitrine checks a marketplace's catalog, builds its site and previews it.

Usage: vitrine [-C DIR] COMMAND [FLAGS]

Commands:
`)
	for _, c := range commands {
		fmt.Fprintf(w, "  %-20s %s\n", strings.TrimSpace(c.name+" "+c.args), c.about)
	}
	fmt.Fprint(w, `
-C DIR is the folder that holds content/; it is the current one otherwise.
vitrine COMMAND --help tells a command's flags.

Exit status: 0 clean, 1 findings, 2 wrong usage, 3 could not work.
`)
}

// flags parses a command's flags, which may stand among its arguments.
func (env *environment) flags(name, args, about string, define func(*pflag.FlagSet)) *flagSet {
	f := &flagSet{pflag.NewFlagSet(name, pflag.ContinueOnError), env, name}
	f.SortFlags = false
	f.SetOutput(io.Discard)
	f.Usage = func() {
		fmt.Fprintf(env.stdout, "Usage: vitrine %s [FLAGS]\n\n%s\n\nFlags:\n%s", strings.TrimSpace(name+" "+args), about, f.FlagUsages())
	}
	if define != nil {
		define(f.FlagSet)
	}
	f.StringVarP(&env.root, "root", "C", env.root, "the folder that holds content/")
	return f
}

type flagSet struct {
	*pflag.FlagSet
	env  *environment
	name string
}

// parse parses the arguments and returns those that are no flags, at most the
// given number.
func (f *flagSet) parse(args []string, most int) ([]string, error) {
	if err := f.Parse(args); err != nil {
		if errors.Is(err, pflag.ErrHelp) {
			return nil, err
		}
		return nil, &usageError{err.Error(), f.name}
	}
	if f.NArg() > most {
		return nil, &usageError{fmt.Sprintf("vitrine %s takes no argument %s", f.name, diag.Quote(f.Arg(most))), f.name}
	}
	return f.Args(), nil
}

func runVersion(_ context.Context, env *environment, args []string) error {
	if _, err := env.flags("version", "", "Print the program's version.", nil).parse(args, 0); err != nil {
		return err
	}
	fmt.Fprintf(env.stdout, "vitrine %s\n", version())
	return nil
}

// version is the program's version and, where the build knows it, the commit.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) > 12 {
			return info.Main.Version + " " + s.Value[:12]
		}
	}
	return info.Main.Version
}
