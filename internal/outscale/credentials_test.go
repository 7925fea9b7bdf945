package outscale

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"vitrine/internal/cloud"
	"vitrine/internal/fakecloud"
)

// TestKeysOfARegion looks keys up as an operator sets them. A failure is told in
// a part of its words; keys that are found, by where they come from.
func TestKeysOfARegion(t *testing.T) {
	const two = `{"default": {"access_key": "MARKACCESSKEYdefault", "secret_key": "MARKSECRETKEYdefault"},
		"gov": {"access_key": "MARKACCESSKEYgov", "secret_key": "MARKSECRETKEYgov", "region": "cloudgouv-eu-west-1"}}`
	const same = `{"mine": {"access_key": "MARKACCESSKEYmine", "secret_key": "MARKSECRETKEYmine"},
		"ours": {"access_key": "MARKACCESSKEYours", "secret_key": "MARKSECRETKEYours", "region": "eu-west-2"}}`
	keys := []string{"OSC_ACCESS_KEY", "MARKACCESSKEYenv", "OSC_SECRET_KEY", "MARKSECRETKEYenv"}
	for _, test := range []struct {
		name, config string
		env          []string
		region       string
		want         string
	}{
		{"nothing is set", "", nil, "eu-west-2", "there are no keys to sign requests with: set OSC_ACCESS_KEY, OSC_SECRET_KEY and OSC_REGION"},
		{"the environment", "", append(keys, "OSC_REGION", "us-east-2"), "us-east-2", "found OSC_ACCESS_KEY"},
		{"the environment without a Region", "", keys, "eu-west-2", "found OSC_ACCESS_KEY"},
		{"the environment's keys are not for another Region", "", append(keys, "OSC_REGION", "us-east-2"), "eu-west-2", "there are no keys for the Region eu-west-2"},
		{"the environment for one, a profile for the other", two, append(keys, "OSC_REGION", "eu-west-2"), "cloudgouv-eu-west-1", "found gov"},
		{"the environment before the profile", two, append(keys, "OSC_REGION", "eu-west-2"), "eu-west-2", "found OSC_ACCESS_KEY"},
		{"half of the environment", two, []string{"OSC_ACCESS_KEY", "MARKACCESSKEYenv"}, "eu-west-2", "OSC_ACCESS_KEY is set, but OSC_SECRET_KEY is not"},
		{"the other half", two, []string{"OSC_SECRET_KEY", "MARKSECRETKEYenv"}, "eu-west-2", "OSC_SECRET_KEY is set, but OSC_ACCESS_KEY is not"},
		{"a profile without a Region is of the default one", two, nil, "eu-west-2", "found default"},
		{"a profile a Region", two, nil, "cloudgouv-eu-west-1", "found gov"},
		{"a chosen profile, and the other Region's own", two, []string{"OSC_PROFILE", "gov"}, "eu-west-2", "found default"},
		{"a chosen profile that is not there", two, []string{"OSC_PROFILE", "gvo"}, "eu-west-2", `OSC_PROFILE names the profile "gvo"`},
		{"two profiles for a Region", same, nil, "eu-west-2", "several profiles for the Region eu-west-2: mine, ours"},
		{"one of two is chosen", same, []string{"OSC_PROFILE", "ours"}, "eu-west-2", "found ours"},
		{"a chosen profile in another Region", same, []string{"OSC_PROFILE", "ours", "OSC_REGION", "us-east-2"}, "us-east-2", "found ours"},
		{"a profile without a secret key", `{"default": {"access_key": "MARKACCESSKEYdefault"}}`, nil, "eu-west-2", "lacks access_key or secret_key"},
		{"a file that is no JSON", `access_key: MARKACCESSKEY`, nil, "eu-west-2", "config.json is not JSON"},
		{"another tool's profile spoils itself alone", `{"default": {"access_key": "MARKACCESSKEY", "secret_key": "MARKSECRETKEY"}, "x": [1]}`, nil, "eu-west-2", "found default"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, failure := load(environment(t, test.config, test.env...))
			var p *profile
			if failure == nil {
				p, failure = c.of(test.region)
			}
			got := ""
			if failure != nil {
				got = failure.Error()
				if !failure.Credentials {
					t.Error("it is not trouble with credentials")
				}
			} else {
				got = "found " + p.name
			}
			if !strings.Contains(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if strings.Contains(got, "MARK") {
				t.Errorf("keys are in %q", got)
			}
		})
	}
}

func TestAddress(t *testing.T) {
	for _, test := range []struct{ region, endpoint, want string }{
		{"eu-west-2", "", "https://api.eu-west-2.outscale.com/api/v1"},
		{"eu-west-2", "https://api.{region}.cloud.example", "https://api.eu-west-2.cloud.example/api/v1"},
		{"eu-west-2", "http://127.0.0.1:4010/", "http://127.0.0.1:4010/api/v1"},
		{"eu-west-2", "http://localhost:4010/v1/", "http://localhost:4010/v1"},
		{"evil.example/?", "", "is not the name of a Region"},
		{"eu-west-2", "http://api.cloud.example", "is not encrypted"},
		{"eu-west-2", "https://user:MARKSECRETKEY@api.cloud.example", "is none"},
		{"eu-west-2", "ftp://api.cloud.example", "is none"},
		{"eu-west-2", "api", "is none"},
	} {
		got, failure := address(test.region, test.endpoint)
		if failure != nil {
			got = failure.Reason.String()
		}
		if !strings.Contains(got, test.want) || strings.Contains(got, "MARK") {
			t.Errorf("address(%q, %q) is %q, want %q", test.region, test.endpoint, got, test.want)
		}
	}
}

// TestKeysAreNotPrinted prints a profile in every way that a slip of the pen
// might.
func TestKeysAreNotPrinted(t *testing.T) {
	p := profile{name: "default", access: hide(fakecloud.AccessKey), secret: hide(fakecloud.SecretKey), keyB64: hide(fakecloud.SecretKey)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		clean(t, fmt.Sprintf(verb, p))
		clean(t, fmt.Sprintf(verb, &p))
		clean(t, fmt.Sprintf(verb, newClient(&credentials{env: &p, profiles: map[string]profile{"default": p}})))
	}
}

// pair makes a certificate that ends at a time, and its key, in base64.
func pair(t *testing.T, ends time.Time) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "acme"}, NotBefore: ends.Add(-48 * time.Hour), NotAfter: ends, DNSNames: []string{"localhost"}}
	der, err := x509.CreateCertificate(rand.Reader, form, form, &private.PublicKey, private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	text := func(kind string, b []byte) string {
		return base64.StdEncoding.EncodeToString(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}))
	}
	return text("CERTIFICATE", der), text("PRIVATE KEY", pkcs)
}

func TestClientCertificate(t *testing.T) {
	a := newAPI(t)
	a.images["ami-00000000"] = image("ami-00000000")
	over, overKey := pair(t, time.Date(2026, 1, 31, 0, 0, 0, 0, time.UTC))
	valid, key := pair(t, time.Now().Add(24*time.Hour))
	for name, test := range map[string]struct{ cert, key, want string }{
		"valid":       {valid, key, ""},
		"over":        {over, overKey, `the client certificate of "OSC_ACCESS_KEY" ended on 2026-01-31`},
		"no PEM":      {"bm90aGluZw==", key, "cannot be read"},
		"no base64":   {"???", key, "cannot be read"},
		"another key": {valid, overKey, "cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			before := a.count()
			got := ask(t, client(t, a, "OSC_X509_CLIENT_CERT_B64", test.cert, "OSC_X509_CLIENT_KEY_B64", test.key), cloud.Question{Region: "eu-west-2", OMIs: omis(1)})
			if test.want == "" {
				if got.Failure != nil {
					t.Error(got.Failure)
				}
				return
			}
			if got.Failure == nil || !strings.Contains(got.Failure.Error(), test.want) || !got.Failure.Credentials {
				t.Errorf("it says %v, want %q", got.Failure, test.want)
			}
			if a.count() != before {
				t.Error("something was sent")
			}
		})
	}
}

// TestServersCertificate asks servers whose certificates are over, or of nobody
// we know.
func TestServersCertificate(t *testing.T) {
	for name, ends := range map[string]time.Time{"over": time.Now().Add(-24 * time.Hour), "of nobody": time.Now().Add(24 * time.Hour)} {
		t.Run(name, func(t *testing.T) {
			a := &api{API: &fakecloud.API{}}
			cert, key := pair(t, ends)
			c, err := tls.X509KeyPair(unpack(t, cert), unpack(t, key))
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewUnstartedServer(a.API)
			server.TLS = &tls.Config{Certificates: []tls.Certificate{c}}
			server.StartTLS()
			t.Cleanup(server.Close)
			a.Server = server
			got := ask(t, client(t, a), cloud.Question{Region: "eu-west-2", OMIs: omis(1)})
			if got.Failure == nil || !got.Failure.Credentials || !strings.Contains(got.Failure.Error(), "certificate") {
				t.Fatalf("it says %v", got.Failure)
			}
			t.Log(got.Failure)
			if a.count() > 0 {
				t.Error("the request reached a server that is not trusted")
			}
		})
	}
}

func unpack(t *testing.T, s string) []byte {
	t.Helper()
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAConfigurationMayBeLong(t *testing.T) {
	many := make(map[string]stored)
	for i := range 2000 {
		many[fmt.Sprintf("p%04d", i)] = stored{AccessKey: "MARKACCESSKEY", SecretKey: "MARKSECRETKEY", Region: fmt.Sprintf("r-%d", i)}
	}
	data, err := json.Marshal(many)
	if err != nil {
		t.Fatal(err)
	}
	c, failure := load(environment(t, string(data)))
	if failure != nil {
		t.Fatal(failure)
	}
	if p, failure := c.of("r-1999"); failure != nil || p.name != "p1999" {
		t.Errorf("%v %v", p, failure)
	}
	if _, failure := load(environment(t, strings.Repeat(" ", maxConfig+1))); failure == nil {
		t.Error("a file of more than 1 MB was read")
	}
}
