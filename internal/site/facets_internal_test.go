package site

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/catalog"
)

func TestSpellingsOfACertificationAreOne(t *testing.T) {
	var sellers []*catalog.Seller
	for _, names := range [][]string{{"ISO 27001", "ISO-27001"}, {"iso 27001", "HDS"}, {"iso 27001"}, {"hds", "Qualité Œ"}, {"★"}} {
		sellers = append(sellers, &catalog.Seller{Certifications: names})
	}
	s := &Site{sellers: sellers}
	s.certify()
	want := []certification{{"hds", "HDS"}, {"iso-27001", "iso 27001"}, {"qualite-oe", "Qualité Œ"}}
	if diff := cmp.Diff(want, s.certifications, cmp.AllowUnexported(certification{})); diff != "" {
		t.Errorf("certifications (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"iso-27001"}, s.certificationsOf[sellers[0]]); diff != "" {
		t.Errorf("of the first seller (-want +got):\n%s", diff)
	}
}

func TestALongFacetShowsWhatMostProductsHave(t *testing.T) {
	f := facet{}
	for i := range 15 {
		f.Values = append(f.Values, facetValue{ID: itoa(i), Count: i % 7})
	}
	f.shorten()
	var ids []string
	for _, v := range f.First {
		ids = append(ids, v.ID)
	}
	if diff := cmp.Diff([]string{"2", "3", "4", "5", "6", "9", "10", "11", "12", "13"}, ids); diff != "" {
		t.Errorf("shown at once (-want +got):\n%s", diff)
	}
	if len(f.Rest) != 5 {
		t.Errorf("%d others", len(f.Rest))
	}
	f = facet{All: "/en/sellers/", Values: f.Values}
	f.shorten()
	if len(f.Rest) != 0 {
		t.Error("values that another page lists are repeated")
	}
}
