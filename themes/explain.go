package themes

import (
	"errors"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"vitrine/internal/diag"
)

// explain says in plain words what the template library says of a template: no
// type of the program, and the place as its author sees it. The view is what the
// template was given, or nil.
func (t *Theme) explain(err error, view any) error {
	if inner, ok := errors.AsType[*Fault](err); ok { // of a part that the template asked for
		return inner
	}
	m := placed.FindStringSubmatch(err.Error())
	if m == nil {
		if f := t.unplaced(err.Error()); f != nil {
			return f
		}
		return errors.New("the theme cannot be used: " + reworded(strings.TrimPrefix(strings.TrimPrefix(err.Error(), "html/"), "template: ")))
	}
	s := t.files[m[1]]
	if s == nil {
		return errors.New("the theme cannot be used: " + reworded(m[4]))
	}
	line, _ := strconv.Atoi(m[2])
	column := -1
	if m[3] != "" {
		column, _ = strconv.Atoi(m[3])
	}
	message := m[4]
	if e := executing.FindStringSubmatch(message); e != nil {
		message = "{{" + strings.TrimSuffix(strings.TrimPrefix(e[1], "{{"), "}}") + "}}: " + missing(e[2], view)
	} else {
		message = reworded(message)
	}
	return s.faultIn(line, column, message)
}

// unplaced makes a fault of an error that has no line, but names a part or quotes
// what stands in it.
func (t *Theme) unplaced(message string) error {
	m := named.FindStringSubmatch(message)
	if m == nil {
		return nil
	}
	if q := quote.FindStringSubmatch(m[2]); q != nil {
		if text, err := strconv.Unquote(q[2]); err == nil && text != "" {
			if s := t.having(text); s != nil {
				return s.fault(strings.Index(s.text, text), reworded(q[1]))
			}
		}
	}
	for _, kind := range t.Kinds() {
		if p := t.of(kind)[m[1]]; p != nil {
			return p.from.fault(p.start(), reworded(m[2]))
		}
	}
	return nil
}

// having returns a file that has a text, the catalog's own first.
func (t *Theme) having(text string) *source {
	for _, own := range []bool{true, false} {
		for _, key := range slices.Sorted(maps.Keys(t.files)) {
			if s := t.files[key]; s.builtIn != own && strings.Contains(s.text, text) {
				return s
			}
		}
	}
	return nil
}

var (
	named     = regexp.MustCompile(`(?s)^html/template: ?([^ ]+): (.*)$`)
	quote     = regexp.MustCompile(`(?s)^(.*?)(?::| but got) ("(?:[^"\\]|\\.)*")$`)
	placed    = regexp.MustCompile(`(?s)^(?:html/)?template: ?(.+?):(\d+)(?::(\d+))?: (.*)$`)
	executing = regexp.MustCompile(`(?s)^executing ".*?" at <(.*?)>: (.*)$`)
	noField   = regexp.MustCompile(`(?s)can't evaluate field (\w+) in type (.*)$`)
	noValue   = regexp.MustCompile(`nil pointer evaluating .*?\.(\w+)$`)
)

// missing explains an error of executing a template.
func missing(message string, view any) string {
	if m := noField.FindStringSubmatch(message); m != nil {
		if inside, ok := strings.CutPrefix(m[2], "interface "); ok || inside == "any" {
			return "nothing is there to take ." + m[1] + " from"
		}
		return noSuch(m[1], m[2], view)
	}
	if m := noValue.FindStringSubmatch(message); m != nil {
		return "nothing is there to take ." + m[1] + " from: ask for it with {{with …}} or {{if …}} first"
	}
	return reworded(message)
}

// noSuch says which fields there are instead of one that is not.
func noSuch(field, of string, view any) string {
	message := "there is no ." + field + " here"
	root := reflect.TypeOf(view)
	here := find(reflect.ValueOf(view), strings.TrimPrefix(of, "*"))
	if here == nil {
		return message + ": this is " + kindOf(of) + ", which has no fields"
	}
	names := fields(here)
	if near := diag.Nearest(field, names); near != "" {
		return message + ": did you mean ." + near + "?"
	}
	if root != nil && slices.Contains(fields(elem(root)), field) {
		return message + ": did you mean $." + field + "?"
	}
	if page := pageOf(view); page.IsValid() && slices.Contains(fields(elem(page.Type())), field) {
		return message + ": did you mean $.Page." + field + "?"
	}
	return message + ": there are ." + strings.Join(names, ", .")
}

// pageOf returns what only this kind of page has, of a page's view.
func pageOf(view any) reflect.Value {
	v := reflect.Indirect(reflect.ValueOf(view))
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	page := v.FieldByName("Page")
	if !page.IsValid() || page.Kind() != reflect.Interface || page.IsNil() {
		return reflect.Value{}
	}
	return page.Elem()
}

// find looks for the struct type with this name among those that a view is made
// of.
func find(view reflect.Value, name string) reflect.Type {
	if !view.IsValid() {
		return nil
	}
	seen := make(map[reflect.Type]bool)
	var visit func(reflect.Type) reflect.Type
	visit = func(t reflect.Type) reflect.Type {
		t = elem(t)
		if seen[t] || t.Kind() != reflect.Struct {
			return nil
		}
		seen[t] = true
		if t.String() == name {
			return t
		}
		for i := range t.NumField() {
			if found := visit(t.Field(i).Type); found != nil && t.Field(i).IsExported() {
				return found
			}
		}
		return nil
	}
	if found := visit(view.Type()); found != nil {
		return found
	}
	if page := pageOf(view.Interface()); page.IsValid() {
		return visit(page.Type())
	}
	return nil
}

// elem returns what a pointer or list holds.
func elem(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice || t.Kind() == reflect.Map {
		t = t.Elem()
	}
	return t
}

// fields returns the names of a struct's fields and methods, in order.
func fields(t reflect.Type) (names []string) {
	if t.Kind() != reflect.Struct {
		return nil
	}
	for i := range t.NumField() {
		if t.Field(i).IsExported() {
			names = append(names, t.Field(i).Name)
		}
	}
	for m := range reflect.PointerTo(t).Methods() {
		names = append(names, m.Name)
	}
	slices.Sort(names)
	return names
}

// kindOf says in plain words what a value of a type is.
func kindOf(goType string) string {
	goType = strings.TrimPrefix(strings.Trim(goType, "{}"), "*")
	switch {
	case strings.HasPrefix(goType, "[]"), strings.HasPrefix(goType, "map["):
		return "a list"
	case goType == "bool":
		return "a yes or no"
	case strings.HasPrefix(goType, "int"), strings.HasPrefix(goType, "uint"), strings.HasPrefix(goType, "float"):
		return "a number"
	case goType == "time.Time":
		return "a day"
	case goType == "template.HTML":
		return "HTML"
	case goType == "string", goType == "template.URL", strings.HasPrefix(goType, "catalog."):
		return "a text"
	case strings.HasPrefix(goType, "site."):
		return "several values in one"
	}
	return "another thing"
}

// phrases are what the library says, and what we say instead.
var phrases = []struct {
	goes *regexp.Regexp
	ours string
}{
	{regexp.MustCompile(`(?s)^error calling \w+: `), ""},
	{regexp.MustCompile(`(?s)^range can't iterate over .*$`), "{{range}} needs a list, and this is none"},
	{regexp.MustCompile(`^wrong number of args for (\w+): want (at least )?(\d+) got (\d+)$`), "$1 takes ${2}$3 value(s) behind its name, and has $4"},
	{regexp.MustCompile(`^(\w+) has arguments but cannot be invoked as function$`), "$1 is a value: nothing may stand behind it"},
	{regexp.MustCompile(`^len of type .*$`), "this has no length"},
	{regexp.MustCompile(`(?s)^expected string; found .*$`), "a text is expected here"},
	{regexp.MustCompile(`(?s)^expected (integer|float); found .*$`), "a number is expected here"},
	{regexp.MustCompile(`^bad character U\+[0-9A-F]+ (.*)$`), "$1 has no place here"},
	{regexp.MustCompile(`(?s)^exceeded maximum template depth.*$`), "the part asks for itself without end"},
	{regexp.MustCompile(`(?s)^(incompatible types for comparison|non-comparable types? |invalid type for comparison).*$`), "these cannot be compared: they are values of different kinds"},
	{regexp.MustCompile(`(?s)^.*branches end in different contexts.*$`), "the branches of {{if}}, {{with}} or {{range}} leave a tag, a quote or an attribute open in different ways: open and close it in the same branch"},
	{regexp.MustCompile(`(?s)^on range loop re-entry: .*$`), "what {{range}} repeats ends inside a tag or a quote: close it in the loop"},
	{regexp.MustCompile(`(?s)^.*(ends in a non-text context|in different context|ambiguous context|unfinished JS|cannot compute output context).*$`), "a tag, a quote or an attribute is not closed where this ends"},
	{regexp.MustCompile(`(?s)^(".*?") in unquoted attr(: .*)?$`), "$1 in an attribute without quotes: put the value into double quotes"},
	{regexp.MustCompile(`(?s)^(".*?") in attribute name(: .*)?$`), "$1 stands where the name of an attribute may: the tag before it is not closed, or a quote"},
	{regexp.MustCompile(`(?s)^expected space, attr name, or end of tag,.*$`), "a space, an attribute or the end of the tag is expected here"},
	{regexp.MustCompile(`(?s)^template: `), ""},
	{regexp.MustCompile(`(?s)\{state\w+[^}]*\}`), "another place"},
	{regexp.MustCompile(`^function (".*") not defined$`), "there is no function $1: what a page has begins with a dot, as in {{.Title}}, or with $$., as in {{$$.Title}}"},
	{regexp.MustCompile(`^undefined variable (".*")$`), "there is no variable $1 here"},
	{regexp.MustCompile(`^unexpected EOF$`), "the file ends inside {{define}}, {{if}}, {{range}} or {{with}}: an {{end}} is missing"},
	{regexp.MustCompile(`^unexpected \{\{end\}\}$`), "there is one {{end}} too many"},
	{regexp.MustCompile(`^unclosed action( started at .*)?$`), "}} is missing"},
	{regexp.MustCompile(`^missing value for (\w+)$`), "{{$1}} needs a value behind it"},
	{regexp.MustCompile(`^multiple definition of template (".*")$`), "the part $1 is defined twice: keep one of them"},
}

var (
	wrongType = regexp.MustCompile(`wrong type for value; expected (\S+); got (\S+)$`)
	goTypes   = regexp.MustCompile(`\*?(?:\[\])?\b(?:site|catalog|i18n|themes|template|time|reflect|interface)\.\w+\b|interface \{\}`)
)

// reworded rewrites what the library says.
func reworded(message string) string {
	if m := wrongType.FindStringSubmatch(message); m != nil {
		return "this must be " + kindOf(m[1]) + ", and is " + kindOf(m[2])
	}
	for _, p := range phrases {
		message = p.goes.ReplaceAllString(message, p.ours)
	}
	return goTypes.ReplaceAllStringFunc(message, kindOf)
}
