package api

// PricesPath returns where a Region's price list stands.
func PricesPath(region string) string { return Root + "prices/" + region + ".json" }

// Prices is the document about what VMs cost in a Region.
type Prices struct {
	Schema   string            `json:"$schema" format:"uri" doc:"Address of this document's JSON Schema."`
	Version  int               `json:"version" doc:"Version of the documents' form."`
	Region   string            `json:"region"`
	Currency string            `json:"currency" doc:"ISO 4217 code."`
	Fetched  string            `json:"fetched" format:"date" doc:"The day on which the prices were read from OUTSCALE's public price list."`
	Hourly   map[string]string `json:"hourly" doc:"What an hour costs on demand, excluding taxes, as exact decimal numbers: of a VM type (BoxUsage:tinav6.c6r16p3), of a vCore of a generation and performance (CustomCore:v6-p2), of a GiB of memory (CustomRam)."`
	VMTypes  []string          `json:"vm_types" doc:"VM types of common sizes."`
}
