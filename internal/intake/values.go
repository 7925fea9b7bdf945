package intake

import (
	"regexp"
	"slices"
	"strings"

	"vitrine/internal/catalog"
	"vitrine/internal/diag"
)

// A request's values are what content.Set takes: texts, lists of them, and maps
// from key to value. Nothing is there for what the issue leaves empty.

// line is an answer of one line.
func (r *request) line(id string) string { return oneLine(r.said[id]) }

func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == '\t' || c == '\n' }), " ")
}

// put gives a key a value, unless it is empty.
func put(m map[string]any, key string, value any) {
	switch v := value.(type) {
	case string:
		if v == "" {
			return
		}
	case map[string]any:
		if len(v) == 0 {
			return
		}
	case []any:
		if len(v) == 0 {
			return
		}
	}
	m[key] = value
}

// each is an answer in one line for each language.
func (r *request) each(id string) map[string]any {
	out := make(map[string]any)
	for _, l := range r.settings.Languages {
		put(out, l, r.line(id+"-"+l))
	}
	return out
}

// onceOrEach is each, or one text where no language says another.
func (r *request) onceOrEach(id string) any {
	all := r.each(id)
	first, _ := all[r.settings.Languages[0]].(string)
	for _, text := range all {
		if text != first {
			return all
		}
	}
	return first
}

// maxLines is how many lines, or names, an answer is read for: more than any key
// takes.
const maxLines = 100

var bullet = regexp.MustCompile(`^([-*+•]|[0-9]{1,2}[.)])[ \t]+`)

// lines are an answer's lines that say something, without what marks them as
// items of a list.
func (r *request) lines(id string) []string {
	var out []string
	for line := range strings.SplitSeq(r.said[id], "\n") {
		if line = bullet.ReplaceAllString(strings.TrimSpace(line), ""); line != "" && len(out) < maxLines {
			out = append(out, oneLine(line))
		}
	}
	return out
}

// points are the key points: the same lines in each language.
func (r *request) points() []any {
	var points []any
	n := make([]int, len(r.settings.Languages))
	for i, l := range r.settings.Languages {
		for k, line := range r.lines("key_points-" + l) {
			if k == len(points) {
				points = append(points, map[string]any{})
			}
			points[k].(map[string]any)[l] = line
			n[i]++
		}
	}
	for i, l := range r.settings.Languages {
		if n[i] > 0 && n[i] < len(points) {
			r.find("key_points-"+l, diag.Say("write as many points as in the other language: here are %d, there are %d", n[i], len(points)))
		}
	}
	return points
}

// names are what an answer lists, behind commas or in lines.
func (r *request) names(id string) []any {
	var out []any
	for name := range strings.FieldsFuncSeq(r.said[id], func(c rune) bool { return c == ',' || c == ';' || c == '\n' }) {
		if name = bullet.ReplaceAllString(strings.TrimSpace(name), ""); name != "" && len(out) < maxLines && !slices.Contains(out, any(name)) {
			out = append(out, name)
		}
	}
	return out
}

var box = regexp.MustCompile(`^[-*+] \[[xX]\][ \t]+(.+)$`)

// ticked are the values of the boxes that are ticked, in the form's order.
func (r *request) ticked(id string) []any {
	q := r.form.field(id)
	chosen := make(map[string]bool)
	for line := range strings.SplitSeq(r.said[id], "\n") {
		m := box.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		i := slices.IndexFunc(q.options, func(o option) bool { return fold(o.text) == fold(m[1]) || strings.HasSuffix(m[1], "("+o.value+")") })
		if i < 0 {
			r.find(id, diag.Say("a box that is ticked is none of the form's (any more): choose among those of a new form"))
			continue
		}
		chosen[q.options[i].value] = true
	}
	var out []any
	for _, o := range q.options {
		if chosen[o.value] {
			out = append(out, o.value)
		}
	}
	return out
}

// picked is the value of the option that was chosen.
func (r *request) picked(id string) string {
	said := r.line(id)
	if said == "" {
		return ""
	}
	q := r.form.field(id)
	word, _, _ := strings.Cut(said, " — ")
	for _, o := range q.options {
		if fold(o.text) == fold(said) || fold(o.value) == fold(word) {
			return o.value
		}
	}
	r.find(id, diag.Say("choose one of the form's options"))
	return ""
}

// version is what a form says of a version; nil where it does not name one.
func (r *request) version() map[string]any {
	out := make(map[string]any)
	put(out, "version", r.line("version"))
	if len(out) == 0 {
		return nil
	}
	put(out, "released", r.line("released"))
	images := make(map[string]any)
	for _, region := range r.settings.Regions {
		put(images, region.ID, strings.ToLower(r.line("image-"+region.ID)))
	}
	put(out, "images", images)
	put(out, "os", r.line("os"))
	put(out, "architecture", r.line("architecture"))
	put(out, "notes", r.each("notes"))
	return out
}

// offers are the rows of the table that goes with the pricing mode.
func (r *request) offers(pricing catalog.Pricing) []any {
	id := "offers-" + string(pricing)
	if r.form.field(id) == nil {
		return nil
	}
	columns := r.maker.columns(pricing)
	var out []any
	ids := make(map[string]bool)
	rows := strings.Split(r.said[id], "\n")
	for n, line := range rows {
		cells := cellsOf(line)
		title := n+1 < len(rows) && strings.Contains(rows[n+1], "---") || fold(cells[0]) == fold(columns[0].title)
		if len(out) == maxOffers || title || strings.Trim(strings.Join(cells, ""), "-: ") == "" {
			continue
		}
		offer, name := map[string]any{"audience": "all"}, map[string]any{}
		for i, c := range columns {
			cell := ""
			if i < len(cells) {
				cell = cells[i]
			}
			if l, ok := strings.CutPrefix(c.key, "name."); ok {
				put(name, l, cell)
				continue
			}
			switch c.key {
			case "hourly", "yearly", "rate":
				cell = amount(cell)
			case "per", "billing", "audience":
				cell = strings.ToLower(cell)
			}
			put(offer, c.key, cell)
		}
		put(offer, "name", name)
		first, _ := name[r.settings.Languages[0]].(string)
		offer["id"] = slugOf(first, ids)
		out = append(out, offer)
	}
	return out
}

// cellsOf takes a table's row apart.
func cellsOf(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|")
	cells := strings.Split(strings.ReplaceAll(line, `\|`, "\x00"), "|")
	for i, c := range cells {
		cells[i] = oneLine(strings.ReplaceAll(c, "\x00", "|"))
	}
	return cells
}

var comma = regexp.MustCompile(`^[0-9]+,[0-9]+$`)

// amount is a rate as the catalog writes it: people write the currency behind
// it, and a decimal comma in French.
func amount(s string) string {
	s = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "€", "", "EUR", "").Replace(s)
	if comma.MatchString(s) {
		s = strings.Replace(s, ",", ".", 1)
	}
	return s
}
