package links

import (
	"errors"
	"net/netip"
)

// Why an address is not connected to.
var (
	errPrivate = errors.New("the host's address is not a public one")
	errPort    = errors.New("only port 443 is asked")
)

// public refuses whatever is not the https port of a public address. It is asked
// of the address that a connection goes to, after the name was resolved and for
// each redirect, so a name that changes its address gains nothing.
func public(to netip.AddrPort) error {
	if !isPublic(to.Addr()) {
		return errPrivate
	}
	if to.Port() != 443 {
		return errPort
	}
	return nil
}

// special are the ranges of IANA's registries of special-purpose addresses that
// netip does not tell by itself.
var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)

var (
	globalIPv6 = netip.MustParsePrefix("2000::/3")
	nat64      = netip.MustParsePrefix("64:ff9b::/96")
)

func prefixes(list ...string) (out []netip.Prefix) {
	for _, s := range list {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// isPublic reports whether an address is one that everybody reaches.
func isPublic(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	a = a.Unmap() // ::ffff:127.0.0.1
	if nat64.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	if !a.IsGlobalUnicast() || a.IsPrivate() || a.Is6() && !globalIPv6.Contains(a) {
		return false // loopback, link-local, multicast and unspecified ones as well
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}
