package outscale

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"

	osc "github.com/outscale/osc-sdk-go/v2"

	"vitrine/internal/cloud"
)

// Price is what an hour of something costs that VMs are made of.
type Price struct {
	Type      string // BoxUsage:tinav6.c4r8p2, CustomCore:v6-p2 or CustomRam
	Subregion string
	Rate      string // an hour, as the API writes it
}

// priced are the entries of a price list that tell what a VM costs: a whole
// type, a vCore of a generation and performance, a GiB of memory.
var priced = regexp.MustCompile(`^(BoxUsage:tinav[0-9]+\.c[0-9]+r[0-9]+p[1-3]|CustomCore:v[0-9]+-p[1-3]|CustomRam)$`)

// catalogAnswer is the answer to ReadPublicCatalog.
type catalogAnswer struct {
	Catalog struct {
		Entries []struct {
			Type, SubregionName, Operation, Service, Flags string
			UnitPrice                                      json.Number
		}
	}
	ResponseContext responseContext
}

// Prices reads what VMs cost in a Region, on demand. It needs no keys.
func (c *Client) Prices(ctx context.Context, name string) ([]Price, *cloud.Failure, error) {
	r, failure := c.open(name, false)
	if failure != nil {
		return nil, failure, nil
	}
	defer r.close()
	var answer catalogAnswer
	failure, err := r.send(ctx, func(ctx context.Context) (*http.Response, error) {
		_, got, err := r.api.PublicCatalogApi.ReadPublicCatalog(ctx).ReadPublicCatalogRequest(osc.ReadPublicCatalogRequest{}).Execute()
		return got, err
	}, &answer)
	if failure != nil || err != nil {
		return nil, failure, err
	}
	var prices []Price
	for _, e := range answer.Catalog.Entries {
		onDemand := e.Operation == "RunInstances-OD" && (e.Service == "TinaOS-FCU" || e.Service == "") && e.Flags != "PER_MONTH"
		if onDemand && priced.MatchString(e.Type) && e.UnitPrice != "" {
			prices = append(prices, Price{e.Type, e.SubregionName, e.UnitPrice.String()})
		}
	}
	return prices, nil, nil
}
