package build

import "context"

// Stage is a stage of a build.
type Stage string

// The stages, in their order. Some count what they work on.
const (
	Looking   Stage = "look"    // what changed since the build before is looked for
	Reading   Stage = "read"    // entries are read, and the rules of one entry run
	Checking  Stage = "check"   // the rules of the catalog run
	Theming   Stage = "theme"   // templates are parsed
	Dating    Stage = "history" // dates are read from git
	Planning  Stage = "plan"    // counts units
	Rendering Stage = "render"  // counts units; files are staged as well
	Writing   Stage = "write"   // staged files are put in place
)

// Progress is told of each stage that it begins, and then how much of it is done
// and of how much: 0 of 0 where that is not counted. It is called from several
// goroutines, once for every entry or unit, so it has to be quick.
type Progress func(s Stage, done, total int)

type progressKey struct{}

// WithProgress returns a context whose Check, Plan and Build tell p how far they
// are, as net/http/httptrace does for requests.
func WithProgress(ctx context.Context, p Progress) context.Context {
	return context.WithValue(ctx, progressKey{}, p)
}

// tell is the context's Progress; what it is told goes nowhere where there is none.
func tell(ctx context.Context) Progress {
	if p, ok := ctx.Value(progressKey{}).(Progress); ok {
		return p
	}
	return func(Stage, int, int) {}
}

// reading tells of the check's stages.
func reading(ctx context.Context) func(done, total int) {
	tell := tell(ctx)
	tell(Reading, 0, 0)
	return func(done, total int) {
		tell(Reading, done, total)
		if done == total {
			tell(Checking, 0, 0)
		}
	}
}
