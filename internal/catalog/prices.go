package catalog

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// PriceList is what VMs cost in one Region: on demand, excluding taxes.
type PriceList struct {
	Region   string
	Currency string // ISO 4217
	Fetched  Date
	// Hourly is what an hour costs, by the names of the public catalog: of a whole
	// VM type (BoxUsage:tinav6.c4r8p2), of a vCore of a generation and performance
	// (CustomCore:v6-p2), of a GiB of memory (CustomRam).
	Hourly map[string]Decimal
	Digest [32]byte // SHA-256 of the file
}

// VMType is a VM type of the form tinavW.cXrYpZ.
type VMType struct {
	Generation  int
	Cores       int
	Memory      int // GiB
	Performance int // 1 highest, 2 high, 3 medium
}

var vmTypeForm = regexp.MustCompile(`^tinav([1-9][0-9]?)\.c([1-9][0-9]{0,2})r([1-9][0-9]{0,3})p([123])$`)

// ParseVMType reads a VM type such as tinav6.c4r8p2.
func ParseVMType(s string) (VMType, bool) {
	m := vmTypeForm.FindStringSubmatch(s)
	if m == nil {
		return VMType{}, false
	}
	n := make([]int, len(m))
	for i := range m {
		n[i], _ = strconv.Atoi(m[i])
	}
	return VMType{n[1], n[2], n[3], n[4]}, true
}

func (t VMType) String() string {
	return "tinav" + strconv.Itoa(t.Generation) + ".c" + strconv.Itoa(t.Cores) + "r" + strconv.Itoa(t.Memory) + "p" + strconv.Itoa(t.Performance)
}

// core is the name of the price of a vCore of the type.
func (t VMType) core() string {
	return "CustomCore:v" + strconv.Itoa(t.Generation) + "-p" + strconv.Itoa(t.Performance)
}

const memoryPrice = "CustomRam"

// VM returns what an hour of a VM costs: the price of its type, or else of its
// vCores and its memory. It is false where the list does not tell. It may be
// called on nil.
func (l *PriceList) VM(t VMType) (Decimal, bool) {
	if l == nil {
		return Decimal{}, false
	}
	if whole, ok := l.Hourly["BoxUsage:"+t.String()]; ok {
		return whole, true
	}
	core, ok := l.Hourly[t.core()]
	memory, ok2 := l.Hourly[memoryPrice]
	if !ok || !ok2 {
		return Decimal{}, false
	}
	cost := core.Mul(decimal.NewFromInt(int64(t.Cores))).Add(memory.Mul(decimal.NewFromInt(int64(t.Memory))))
	return Decimal{cost}, true
}

// sizes are vCores and GiB of VMs as many people run them.
var sizes = [][2]int{{1, 2}, {2, 4}, {2, 8}, {4, 8}, {4, 16}, {8, 16}, {8, 32}, {16, 32}, {16, 64}}

// Typical returns VM types of common sizes: of the newest generation that the list
// has, of high performance where it has that. It may be called on nil.
func (l *PriceList) Typical() (types []VMType) {
	if l == nil {
		return nil
	}
	best := VMType{}
	for name := range l.Hourly {
		if t, ok := ofCore(name); ok && (t.Generation > best.Generation || t.Generation == best.Generation && better(t.Performance, best.Performance)) {
			best = t
		}
	}
	for _, size := range sizes {
		t := VMType{best.Generation, size[0], size[1], best.Performance}
		if _, ok := l.VM(t); ok {
			types = append(types, t)
		}
	}
	return types
}

// better prefers high performance (2), then medium (3), then highest.
func better(a, b int) bool {
	order := []int{2, 3, 1}
	return slices.Index(order, a) < slices.Index(order, b)
}

var coreForm = regexp.MustCompile(`^CustomCore:v([1-9][0-9]?)-p([123])$`)

// ofCore reads the name of the price of a vCore.
func ofCore(name string) (VMType, bool) {
	m := coreForm.FindStringSubmatch(name)
	if m == nil {
		return VMType{}, false
	}
	generation, _ := strconv.Atoi(m[1])
	performance, _ := strconv.Atoi(m[2])
	return VMType{Generation: generation, Performance: performance}, true
}

// PriceName reports whether a name is one that a price list has.
func PriceName(name string) bool {
	if name == memoryPrice {
		return true
	}
	if _, ok := ofCore(name); ok {
		return true
	}
	whole, ok := strings.CutPrefix(name, "BoxUsage:")
	if ok {
		_, ok = ParseVMType(whole)
	}
	return ok
}

// Names returns the names of the list's prices in order.
func (l *PriceList) Names() []string { return slices.Sorted(maps.Keys(l.Hourly)) }
