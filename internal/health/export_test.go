package health

import (
	"maps"
	"slices"
)

// RulesNamed returns the ids of the rules that items are made of.
func RulesNamed() []string { return slices.Concat(slices.Sorted(maps.Keys(told)), missing, doubted) }
