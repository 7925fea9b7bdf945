package check_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/check"
	"vitrine/internal/cloud"
	"vitrine/internal/diag"
)

// seenAt is when a test's cloud answers.
var seenAt = time.Date(2026, 6, 15, 9, 30, 0, 0, time.UTC)

// cloudOf is a cloud that has what a fixture's table says.
func cloudOf(t *testing.T, table string) cloud.Ask {
	t.Helper()
	images, knows := make(map[string]*cloud.Image), make(map[string]bool)
	for line := range strings.Lines(table) {
		switch f := strings.Fields(line); {
		case len(f) == 3 && f[1] == "knows":
			knows[f[0]+" "+f[2]] = true
		case len(f) == 7:
			image := &cloud.Image{State: f[2], Account: f[3], Architecture: f[4], Public: f[5] == "public"}
			if f[6] != "-" {
				image.Codes = strings.Split(f[6], ",")
			}
			images[f[0]+" "+f[1]] = image
		default:
			t.Fatalf("a line of the cloud's table: %q", line)
		}
	}
	return func(_ context.Context, questions []cloud.Question) (answers []cloud.Answer, err error) {
		for _, q := range questions {
			a := cloud.Answer{Sights: make(map[string]cloud.Sight), Known: make(map[string]bool)}
			for _, id := range q.OMIs {
				a.Sights[id] = cloud.Sight{At: seenAt, Request: "r-1", Image: images[q.Region+" "+id]}
			}
			for _, code := range q.Codes {
				a.Known[code] = knows[q.Region+" "+code]
			}
			answers = append(answers, a)
		}
		return answers, nil
	}
}

const wellTable = `cloudgouv-eu-west-1 ami-00000001 available 012345678901 x86_64 private pty-0a1b2c3d
eu-west-2 ami-00000002 available 123456789012 x86_64 private pty-0a1b2c3d
cloudgouv-eu-west-1 knows pty-0a1b2c3d
eu-west-2 knows pty-0a1b2c3d
`

// asked counts what is asked of a cloud.
func asked(ask cloud.Ask, omis, codes *int) cloud.Ask {
	return func(ctx context.Context, questions []cloud.Question) ([]cloud.Answer, error) {
		for _, q := range questions {
			*omis += len(q.OMIs)
			*codes += len(q.Codes)
		}
		return ask(ctx, questions)
	}
}

// TestOnlineAsksForWhatIsPublic: drafts are nobody's business, and what is asked
// for is counted once.
func TestOnlineAsksForWhatIsPublic(t *testing.T) {
	dir := catalogDir(t, nil, "")
	var omis, codes int
	r := runWith(t, dir, check.Options{Online: &check.Online{Ask: asked(cloudOf(t, wellTable), &omis, &codes)}})
	if omis != 3 || codes != 2 || len(r.Findings) > 0 || len(r.OMIs) != 3 {
		t.Errorf("%d OMIs and %d codes were asked for; findings:\n%s", omis, codes, lines(r.Findings))
	}
	if err := edit(dir+"/content/sellers/acme/vault/product.md", "status: published => status: draft"); err != nil {
		t.Fatal(err)
	}
	omis, codes = 0, 0
	runWith(t, dir, check.Options{Online: &check.Online{Ask: asked(cloudOf(t, wellTable), &omis, &codes)}})
	if omis+codes != 0 {
		t.Errorf("%d OMIs and %d codes of a draft were asked for", omis, codes)
	}
}

// TestOnlineNotChecked: what a Region did not answer is no finding, and counted.
func TestOnlineNotChecked(t *testing.T) {
	silent := &cloud.Failure{Reason: diag.Say("silence"), Help: diag.Say("wait")}
	ask := func(ctx context.Context, questions []cloud.Question) ([]cloud.Answer, error) {
		answers, err := cloudOf(t, wellTable)(ctx, questions)
		for i, q := range questions {
			if q.Region == "eu-west-2" {
				answers[i] = cloud.Answer{Failure: silent}
			}
		}
		return answers, err
	}
	r := runWith(t, catalogDir(t, nil, ""), check.Options{Online: &check.Online{Ask: ask}})
	if len(r.Findings) > 0 {
		t.Errorf("findings:\n%s", lines(r.Findings))
	}
	if len(r.Unchecked) != 1 || len(r.Unchecked[0].OMIs) != 1 || r.Unchecked[0].OMIs[0].ID != "ami-00000002" || r.Unchecked[0].Codes != 1 || r.Unchecked[0].Failure != silent {
		t.Errorf("not checked: %+v", r.Unchecked)
	}
	if c := r.Counts(); c.Unchecked != 1 || !strings.Contains(c.Summary().String(), "1 OMI not checked") {
		t.Errorf("the summary is %q", c.Summary())
	}
}

// TestOnlineReusesWhatWasSeen: a recent record stands for an answer, unless the
// entry asks for something else by now.
func TestOnlineReusesWhatWasSeen(t *testing.T) {
	dir := catalogDir(t, nil, "")
	record, err := cloud.ReadRecord(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	first := runWith(t, dir, check.Options{Online: &check.Online{Ask: cloudOf(t, wellTable)}})
	first.Remember(record)
	for name, test := range map[string]struct {
		edit        string
		since       time.Time
		omis, codes int
	}{
		"as it was":     {"", seenAt.Add(-time.Hour), 0, 0},
		"too long ago":  {"", seenAt.Add(time.Hour), 3, 2},
		"another code":  {`product_code: "pty-0a1b2c3d" => product_code: "pty-0a1b2c3e"`, seenAt.Add(-time.Hour), 2, 2},
		"another OMI":   {"eu-west-2: ami-00000002 => eu-west-2: ami-00000004", seenAt.Add(-time.Hour), 1, 0},
		"published now": {`status: unpublished => status: published`, seenAt.Add(-time.Hour), 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir := catalogDir(t, nil, "")
			if test.edit != "" {
				if err := edit(dir+"/content/sellers/acme/vault/product.md", test.edit); err != nil {
					t.Fatal(err)
				}
			}
			var omis, codes int
			r := runWith(t, dir, check.Options{Online: &check.Online{Ask: asked(cloudOf(t, wellTable), &omis, &codes), Recent: record.Since(test.since)}})
			if omis != test.omis || codes != test.codes {
				t.Errorf("asked for %d OMIs and %d codes, want %d and %d", omis, codes, test.omis, test.codes)
			}
			if test.edit == "" && (len(r.Findings) > 0 || len(r.Unchecked) > 0) {
				t.Errorf("findings:\n%s%v", lines(r.Findings), r.Unchecked)
			}
		})
	}
}

// TestRememberWhatIsWrong: what was good and is no more is remembered as it last
// was good, and is asked for again.
func TestRememberWhatIsWrong(t *testing.T) {
	dir := catalogDir(t, nil, "")
	record, err := cloud.ReadRecord(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	runWith(t, dir, check.Options{Online: &check.Online{Ask: cloudOf(t, wellTable)}}).Remember(record)
	broken := strings.Replace(wellTable, "ami-00000002 available", "ami-00000002 failed", 1)
	runWith(t, dir, check.Options{Online: &check.Online{Ask: cloudOf(t, broken)}}).Remember(record)
	seen, ok := record.Last("eu-west-2", "ami-00000002")
	if !ok || !seen.At.Equal(seenAt) || seen.Wrong.IsZero() {
		t.Errorf("remembered: %+v, %t", seen, ok)
	}
	if _, ok := record.Since(time.Time{}).Last("eu-west-2", "ami-00000002"); ok {
		t.Error("an OMI that is wrong stands for an answer")
	}
	root := t.TempDir()
	if err := record.Write(root); err != nil {
		t.Fatal(err)
	}
	again, err := cloud.ReadRecord(root)
	if diff := cmp.Diff(record, again); err != nil || diff != "" {
		t.Errorf("read again: %v\n%s", err, diff)
	}
}

// TestWaiversOfOnlineRules: offline, nobody knows whether such a waiver is of use.
func TestWaiversOfOnlineRules(t *testing.T) {
	dir := catalogDir(t, nil, "")
	if err := edit(dir+"/content/catalog.yaml", `product_codes: => waivers:\n  - {rule: omi-missing, path: content/sellers/acme, reason: is being copied, until: 2026-12-31}\nproduct_codes:`); err != nil {
		t.Fatal(err)
	}
	if got := findings(t, dir); len(got) > 0 {
		t.Errorf("offline:\n%s", lines(got))
	}
	online := func(table string) string {
		return lines(runWith(t, dir, check.Options{Online: &check.Online{Ask: cloudOf(t, table)}}).Findings)
	}
	if got := online(wellTable); !strings.Contains(got, "[waiver-unused]") {
		t.Errorf("online, with nothing wrong:\n%s", got)
	}
	without := strings.Replace(wellTable, "ami-00000002", "ami-0000000f", 1)
	if got := online(without); got != "" {
		t.Errorf("online, with an OMI that is missing:\n%s", got)
	}
}
