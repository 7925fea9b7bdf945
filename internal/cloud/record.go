package cloud

import (
	"time"

	"vitrine/internal/record"
)

// RecordPath is where the record stands below the catalog's root. It is of one
// machine, and no part of the catalog.
const RecordPath = ".vitrine/omis.json"

// Record is what was seen of OMIs when all was well with them, a Region each.
type Record struct {
	Version int                `json:"version"`
	Regions map[string]*Region `json:"regions"`
}

// Region is what was seen in one Region.
type Region struct {
	OMIs  map[string]Seen      `json:"omis"`            // by id
	Codes map[string]time.Time `json:"codes,omitempty"` // when the Region last knew a product code
}

// Seen is the last time that an OMI was seen as its entry asks for.
type Seen struct {
	Sight
	Wrong time.Time `json:"wrong,omitzero"` // it was seen otherwise since
}

// ReadRecord reads the record below a catalog's root. Where there is none, or one
// that cannot be read, it is empty; the error then tells why.
func ReadRecord(root string) (*Record, error) {
	r := &Record{}
	known, err := record.Read(root, RecordPath, r)
	if !known {
		r = &Record{}
	}
	if r.Regions == nil {
		r.Regions = make(map[string]*Region)
	}
	r.Version = record.Version
	return r, err
}

// Write writes the record below a catalog's root.
func (r *Record) Write(root string) error { return record.Write(root, RecordPath, r) }

// region returns a Region's part of the record, which it makes if need be.
func (r *Record) region(name string) *Region {
	g := r.Regions[name]
	if g == nil {
		g = &Region{}
		r.Regions[name] = g
	}
	if g.OMIs == nil {
		g.OMIs = make(map[string]Seen)
	}
	if g.Codes == nil {
		g.Codes = make(map[string]time.Time)
	}
	return g
}

// Add takes an OMI's sight into the record: as it should be, or not.
func (r *Record) Add(region, omi string, s Sight, good bool) {
	g := r.region(region)
	switch seen := g.OMIs[omi]; {
	case good:
		g.OMIs[omi] = Seen{Sight: s}
	case !seen.At.IsZero(): // one that was never good has nothing to remember
		seen.Wrong = s.At
		g.OMIs[omi] = seen
	}
}

// Knows takes into the record that a Region knows a product code, or not.
func (r *Record) Knows(region, code string, at time.Time, known bool) {
	if g := r.region(region); known {
		g.Codes[code] = at
	} else {
		delete(g.Codes, code)
	}
}

// Keep drops the OMIs and codes that are not in use any more.
func (r *Record) Keep(omi, code func(region, id string) bool) {
	for name, g := range r.Regions {
		for id := range g.OMIs {
			if !omi(name, id) {
				delete(g.OMIs, id)
			}
		}
		for id := range g.Codes {
			if !code(name, id) {
				delete(g.Codes, id)
			}
		}
		if len(g.OMIs) == 0 && len(g.Codes) == 0 {
			delete(r.Regions, name)
		}
	}
}

// Last returns when an OMI was last seen as it should be; false where it never
// was. It may be called on nil.
func (r *Record) Last(region, omi string) (Seen, bool) {
	if r == nil || r.Regions[region] == nil {
		return Seen{}, false
	}
	s, ok := r.Regions[region].OMIs[omi]
	return s, ok && !s.At.IsZero()
}

// Since returns the part of the record that may stand for an answer: what was
// seen since a time, and not otherwise since. It may be called on nil.
func (r *Record) Since(t time.Time) *Record {
	young := &Record{Version: 1, Regions: make(map[string]*Region)}
	if r == nil {
		return young
	}
	for name, g := range r.Regions {
		to := young.region(name)
		for id, s := range g.OMIs {
			if !s.At.Before(t) && s.Wrong.IsZero() {
				to.OMIs[id] = s
			}
		}
		for id, at := range g.Codes {
			if !at.Before(t) {
				to.Codes[id] = at
			}
		}
	}
	return young
}
