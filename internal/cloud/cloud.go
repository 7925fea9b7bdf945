// Package cloud is what the cloud says of the catalog's OMIs, in plain values,
// and the record of it. Package outscale asks; package check judges.
package cloud

import (
	"context"
	"time"

	"vitrine/internal/diag"
)

// Image is an OMI as its Region describes it.
type Image struct {
	State        string   `json:"state"` // pending, available, failed
	Account      string   `json:"account"`
	Architecture string   `json:"architecture"`
	Codes        []string `json:"codes,omitempty"` // product codes: the operating system's among them
	Public       bool     `json:"public,omitempty"`
}

// Sight is what one request told of an OMI.
type Sight struct {
	At      time.Time `json:"at"`
	Request string    `json:"request"`         // the id that the API gave the request
	Image   *Image    `json:"image,omitempty"` // nil: the OMI is gone, or the account cannot see it
}

// Question is what to ask of one Region. OMIs and codes are in order, none
// twice.
type Question struct {
	Region string
	OMIs   []string
	Codes  []string // product codes that it may know
}

// Empty reports whether there is nothing to ask.
func (q *Question) Empty() bool { return len(q.OMIs) == 0 && len(q.Codes) == 0 }

// Answer is what a Region said.
type Answer struct {
	Sights  map[string]Sight // by OMI; one that is missing could not be asked
	Known   map[string]bool  // by product code, whether the Region knows it; one that is missing could not be asked
	Failure *Failure         // why something could not be asked; nil where everything was
}

// Failure is why a Region could not be asked.
type Failure struct {
	Reason      diag.Text
	Help        diag.Text
	Credentials bool // the keys are missing, wrong or over: whoever runs the program must act
}

func (f *Failure) Error() string { return f.Reason.String() + ": " + f.Help.String() }

// Ask asks Regions: an answer a question, in their order. It fails only where
// ctx was cancelled.
type Ask func(ctx context.Context, questions []Question) ([]Answer, error)
