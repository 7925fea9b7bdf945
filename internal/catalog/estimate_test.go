package catalog

import (
	"testing"
)

func dec(t *testing.T, s string) Decimal {
	t.Helper()
	d, err := ParseDecimal(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// list is a price list whose figures are easy to compute with by hand.
func list(t *testing.T) *PriceList {
	return &PriceList{Region: "eu-west-2", Currency: "EUR", Hourly: map[string]Decimal{
		"CustomCore:v6-p2": dec(t, "0.0435"), "CustomCore:v6-p1": dec(t, "0.058"), "CustomCore:v5-p3": dec(t, "0.03"), "CustomRam": dec(t, "0.005"),
		"BoxUsage:tinav6.c6r16p3": dec(t, "0.312"),
	}}
}

// TestEstimate: figures computed by hand. An hour of tinav6.c4r8p2 costs
// 4 × 0.0435 + 8 × 0.005 = 0.214.
func TestEstimate(t *testing.T) {
	rate := func(s string) *Decimal { d := dec(t, s); return &d }
	for _, test := range []struct {
		name        string
		pricing     Pricing
		offer       *Offer
		vm          string
		vms, hours  int
		yearly      bool
		month, year string
	}{
		// 0.214 × 730 = 156.22; × 12 = 1874.64
		{"free", Free, nil, "tinav6.c4r8p2", 1, 730, false, "156.22", "1874.64"},
		// 3 × 0.214 × 200 = 128.4; × 12 = 1540.8
		{"bring your own license", BYOL, nil, "tinav6.c4r8p2", 3, 200, false, "128.4", "1540.8"},
		// (0.214 + 0.12) × 730 × 2 = 487.64; × 12 = 5851.68
		{"hourly, a VM", PerVMType, &Offer{Per: "vm", Hourly: rate("0.12"), Yearly: rate("800")}, "tinav6.c4r8p2", 2, 730, false, "487.64", "5851.68"},
		// (0.214 + 4 × 0.015) × 730 = 200.02; × 12 = 2400.24
		{"hourly, a vCPU", PerVMType, &Offer{Per: "vcpu", Hourly: rate("0.015"), Yearly: rate("100")}, "tinav6.c4r8p2", 1, 730, false, "200.02", "2400.24"},
		// a year: 2 × 1874.64 + 2 × 800 = 5349.28; a month: 445.7733…
		{"yearly, a VM", PerVMType, &Offer{Per: "vm", Hourly: rate("0.12"), Yearly: rate("800")}, "tinav6.c4r8p2", 2, 730, true, "445.77", "5349.28"},
		// a year: 1874.64 + 4 × 100 = 2274.64; a month: 189.5533…
		{"yearly, a vCPU", PerVMType, &Offer{Per: "vcpu", Hourly: rate("0.015"), Yearly: rate("100")}, "tinav6.c4r8p2", 1, 730, true, "189.55", "2274.64"},
		// a year: 1874.64 + 12 × 49.90 = 2473.44; a month: 206.12
		{"subscription, monthly", Subscription, &Offer{Rate: rate("49.90"), Billing: "monthly"}, "tinav6.c4r8p2", 1, 730, false, "206.12", "2473.44"},
		// a year: 1874.64 + 4 × 135 = 2414.64; a month: 201.22
		{"subscription, quarterly", Subscription, &Offer{Rate: rate("135"), Billing: "quarterly"}, "tinav6.c4r8p2", 1, 730, false, "201.22", "2414.64"},
		// a year: 5 × 1874.64 + 1000 = 10373.2; a month: 864.4333…
		{"subscription, yearly, five VMs", Subscription, &Offer{Rate: rate("1000"), Billing: "yearly"}, "tinav6.c4r8p2", 5, 730, false, "864.43", "10373.2"},
		// the type's own price: 0.312 × 730 = 227.76
		{"a type with a price of its own", Free, nil, "tinav6.c6r16p3", 1, 730, false, "227.76", "2733.12"},
		// (0.03 + 0.005) × 1 = 0.035 a month: a half is rounded up
		{"a half of a cent", Free, nil, "tinav5.c1r1p3", 1, 1, false, "0.04", "0.42"},
	} {
		t.Run(test.name, func(t *testing.T) {
			vm, ok := ParseVMType(test.vm)
			if !ok {
				t.Fatal("not a VM type")
			}
			e, ok := list(t).Estimate(test.pricing, test.offer, Usage{VM: vm, VMs: test.vms, Hours: test.hours, Yearly: test.yearly})
			if !ok || e.Month().String() != test.month || e.Year().String() != test.year {
				t.Errorf("a month %s, a year %s, want %s and %s (%t)", e.Month(), e.Year(), test.month, test.year, ok)
			}
		})
	}
}

func TestNoEstimate(t *testing.T) {
	rate := dec(t, "1")
	vm := VMType{6, 4, 8, 2}
	for name, ok := range map[string]bool{
		"a generation without a price": func() bool { _, ok := list(t).Estimate(Free, nil, Usage{VM: VMType{7, 1, 1, 1}}); return ok }(),
		"no list":                      func() bool { _, ok := (*PriceList)(nil).Estimate(Free, nil, Usage{VM: vm}); return ok }(),
		"no yearly rate": func() bool {
			_, ok := list(t).Estimate(PerVMType, &Offer{Per: "vm", Hourly: &rate}, Usage{VM: vm, Yearly: true})
			return ok
		}(),
		"an unknown billing period": func() bool {
			_, ok := list(t).Estimate(Subscription, &Offer{Rate: &rate, Billing: "weekly"}, Usage{VM: vm})
			return ok
		}(),
	} {
		if ok {
			t.Errorf("%s: there is an estimate", name)
		}
	}
	for _, s := range []string{"", "t2.micro", "tinav6.c4r8p4", "tinav0.c1r1p1", "tinav6.c99999r1p1", "tinav6.c4r8p2 "} {
		if _, ok := ParseVMType(s); ok {
			t.Errorf("%q is read as a VM type", s)
		}
	}
}

func TestTypicalTypes(t *testing.T) {
	types := list(t).Typical()
	if len(types) == 0 || types[0].String() != "tinav6.c1r2p2" {
		t.Errorf("typical types are %v", types)
	}
	if types := (&PriceList{Hourly: map[string]Decimal{"CustomRam": {}}}).Typical(); types != nil {
		t.Errorf("without prices of vCores: %v", types)
	}
}
