package site

import (
	"regexp"
	"strings"

	"vitrine/internal/catalog"
)

// deployView is how to start a product's latest version in one Region.
type deployView struct {
	Region    string
	Version   string
	Terraform string // HCL for the provider outscale/outscale
	Octl      string // commands for a POSIX shell
}

// smallVM is the VM type of snippets where the seller recommends none: two
// vCores and 4 GiB.
const smallVM = "tinav6.c2r4p2"

// deploy fills in snippets that start the product, a Region each. Buyers may
// use an OMI at once only where they need not subscribe first.
func (s *Site) deploy(p *catalog.Product, v *productView) {
	if p.Pricing != catalog.Free && p.Pricing != catalog.BYOL {
		return
	}
	vmType := smallVM
	for i := range p.Offers {
		if types := p.Offers[i].VMTypes; len(types) > 0 {
			vmType = types[0]
			break
		}
	}
	for _, n := range v.Latest {
		v.Deploy = append(v.Deploy, deployView{
			Region: n.Region, Version: n.Version,
			Terraform: terraform(p.Slug, n.Region, n.OMI, vmType),
			Octl:      octl(n.Region, n.OMI, vmType),
		})
	}
}

// terraform writes a configuration that starts one VM. Names of resources may
// not begin with a digit, as slugs may.
func terraform(slug, region, omi, vmType string) string {
	return `terraform {
  required_providers {
    outscale = {
      source = "outscale/outscale"
    }
  }
}

provider "outscale" {
  region = ` + hcl(region) + `
}

variable "keypair_name" {
  type = string
}

variable "subnet_id" {
  type = string
}

resource "outscale_vm" ` + hcl("vm-"+slug) + ` {
  image_id     = ` + hcl(omi) + `
  vm_type      = ` + hcl(vmType) + `
  keypair_name = var.keypair_name
  subnet_id    = var.subnet_id
}
`
}

// octl writes the commands that start one VM. The keypair and the Subnet are
// variables of the shell, to be set by the buyer.
func octl(region, omi, vmType string) string {
	return `export OSC_REGION=` + shell(region) + `
octl iaas api CreateVms \
  --ImageId ` + shell(omi) + ` \
  --VmType ` + shell(vmType) + ` \
  --KeypairName "$KEYPAIR_NAME" \
  --SubnetId "$SUBNET_ID"
`
}

var hclEscapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{")

// hcl writes a string of Terraform's language.
func hcl(s string) string { return `"` + hclEscapes.Replace(s) + `"` }

var plainWord = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)

// shell writes one word of a POSIX shell.
func shell(s string) string {
	if plainWord.MatchString(s) {
		return s
	}
	return `'` + strings.ReplaceAll(s, `'`, `'\''`) + `'`
}
