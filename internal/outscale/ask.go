package outscale

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	osc "github.com/outscale/osc-sdk-go/v2"

	"vitrine/internal/cloud"
	"vitrine/internal/diag"
)

// Ask asks the Regions, two at a time. It is a cloud.Ask.
func (c *Client) Ask(ctx context.Context, questions []cloud.Question) ([]cloud.Answer, error) {
	answers := make([]cloud.Answer, len(questions))
	errs := make([]error, len(questions))
	regions := make([]*region, len(questions))
	// Keys that are missing or over are known before anything is sent.
	for i := range questions {
		answers[i] = cloud.Answer{Sights: make(map[string]cloud.Sight), Known: make(map[string]bool)}
		if !questions[i].Empty() {
			regions[i], answers[i].Failure = c.open(questions[i].Region, true)
		}
	}
	var group sync.WaitGroup
	for i, r := range regions {
		if r == nil {
			continue
		}
		group.Go(func() {
			defer r.close()
			answers[i].Failure, errs[i] = r.ask(ctx, &questions[i], &answers[i])
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return answers, nil
}

// ask asks one Region: a thousand OMIs a request, then the product codes. After a
// failure it is not asked again.
func (r *region) ask(ctx context.Context, q *cloud.Question, a *cloud.Answer) (*cloud.Failure, error) {
	for some := range slices.Chunk(q.OMIs, maxPage) {
		if f, err := r.images(ctx, some, a.Sights); f != nil || err != nil {
			return f, err
		}
	}
	for some := range slices.Chunk(q.Codes, maxPage) {
		if f, err := r.types(ctx, some, a.Known); f != nil || err != nil {
			return f, err
		}
	}
	return nil, nil
}

// imagesAnswer is the answer to ReadImages.
type imagesAnswer struct {
	Images []struct {
		ImageID             string `json:"ImageId"`
		State               string
		AccountID           string `json:"AccountId"`
		Architecture        string
		ProductCodes        []string
		PermissionsToLaunch struct{ GlobalPermission bool }
	}
	NextPageToken   string
	ResponseContext responseContext
}

// images asks for OMIs. An OMI that no page has does not exist, or cannot be seen.
func (r *region) images(ctx context.Context, ids []string, sights map[string]cloud.Sight) (*cloud.Failure, error) {
	seen := make(map[string]cloud.Sight, len(ids))
	for _, id := range ids {
		seen[id] = cloud.Sight{}
	}
	var last cloud.Sight
	failure, err := r.pages(ctx, func(token *string) (*cloud.Failure, string, error) {
		var answer imagesAnswer
		failure, err := r.send(ctx, func(ctx context.Context) (*http.Response, error) {
			_, got, err := r.api.ImageApi.ReadImages(ctx).ReadImagesRequest(osc.ReadImagesRequest{
				Filters: &osc.FiltersImage{ImageIds: &ids}, ResultsPerPage: osc.PtrInt32(maxPage), NextPageToken: token,
			}).Execute()
			return got, err
		}, &answer)
		if failure != nil || err != nil {
			return failure, "", err
		}
		last = cloud.Sight{At: time.Now().UTC().Truncate(time.Second), Request: answer.ResponseContext.RequestID}
		for _, i := range answer.Images {
			if _, asked := seen[i.ImageID]; !asked {
				continue
			}
			sight := last
			sight.Image = &cloud.Image{State: i.State, Account: i.AccountID, Architecture: i.Architecture, Codes: i.ProductCodes, Public: i.PermissionsToLaunch.GlobalPermission}
			seen[i.ImageID] = sight
		}
		return nil, answer.NextPageToken, nil
	})
	if failure != nil || err != nil {
		return failure, err
	}
	for id, sight := range seen {
		if sight.Image == nil {
			sight = last // all pages are there, and none has it
		}
		sights[id] = sight
	}
	return nil, nil
}

// typesAnswer is the answer to ReadProductTypes.
type typesAnswer struct {
	ProductTypes []struct {
		ProductTypeID string `json:"ProductTypeId"`
	}
	NextPageToken   string
	ResponseContext responseContext
}

// types asks which product codes a Region knows.
func (r *region) types(ctx context.Context, codes []string, known map[string]bool) (*cloud.Failure, error) {
	found := make(map[string]bool)
	failure, err := r.pages(ctx, func(token *string) (*cloud.Failure, string, error) {
		var answer typesAnswer
		failure, err := r.send(ctx, func(ctx context.Context) (*http.Response, error) {
			_, got, err := r.api.ProductTypeApi.ReadProductTypes(ctx).ReadProductTypesRequest(osc.ReadProductTypesRequest{
				Filters: &osc.FiltersProductType{ProductTypeIds: &codes}, ResultsPerPage: osc.PtrInt32(maxPage), NextPageToken: token,
			}).Execute()
			return got, err
		}, &answer)
		for _, t := range answer.ProductTypes {
			found[t.ProductTypeID] = true
		}
		return failure, answer.NextPageToken, err
	})
	if failure != nil || err != nil {
		return failure, err
	}
	for _, code := range codes {
		known[code] = found[code]
	}
	return nil, nil
}

// pages asks for page after page. Each tells the token of the next, or "".
func (r *region) pages(ctx context.Context, page func(token *string) (*cloud.Failure, string, error)) (*cloud.Failure, error) {
	var token *string
	for range maxPages {
		failure, next, err := page(token)
		if failure != nil || err != nil || next == "" {
			return failure, err
		}
		if token != nil && *token == next {
			break
		}
		token = &next
	}
	return &cloud.Failure{
		Reason: diag.Say("the API of the Region %s gives page after page without an end", r.name),
		Help:   diag.Say("try again later; if it stays, tell OUTSCALE"),
	}, nil
}
