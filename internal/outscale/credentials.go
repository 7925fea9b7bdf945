package outscale

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"vitrine/internal/cloud"
	"vitrine/internal/diag"
)

// secret is a text behind a pointer: however a value is printed that has one in
// it, an address is shown. (Methods of package fmt are not called on fields that
// are not exported.)
type secret struct{ text *string }

func hide(s string) secret { return secret{&s} }

// reveal returns the text; "" for the zero secret.
func (s secret) reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// profile is the keys of one account, which an OUTSCALE account has in one
// Region.
type profile struct {
	name      string // for messages: where the keys come from
	env       bool   // from the environment
	access    secret
	secret    secret
	region    string
	endpoint  string // "" for the Region's own
	cert, key string // files of a client certificate, which an account may ask for
	certB64   string
	keyB64    secret
}

// stored is a profile as ~/.osc/config.json has it.
type stored struct {
	AccessKey string `json:"access_key"`
	SecretKey string `json:"secret_key"`
	Region    string `json:"region"`
	Protocol  string `json:"protocol"`
	Endpoints struct {
		API string `json:"api"`
	} `json:"endpoints"`
	Cert    string `json:"x509_client_cert"`
	CertB64 string `json:"x509_client_cert_b64"`
	Key     string `json:"x509_client_key"`
	KeyB64  string `json:"x509_client_key_b64"`
}

// credentials are the keys that the environment and the profile file give, as
// the tools of OUTSCALE read them.
type credentials struct {
	env      *profile // OSC_ACCESS_KEY and OSC_SECRET_KEY
	chosen   string   // OSC_PROFILE
	profiles map[string]profile
	endpoint string         // OSC_ENDPOINT_API
	file     string         // where the profiles stand, for messages
	none     *cloud.Failure // there are no keys at all: said once, not once a Region
}

// maxConfig is the size of a profile file, in bytes.
const maxConfig = 1 << 20

// defaultRegion is what the tools of OUTSCALE take where nothing names one.
const defaultRegion = "eu-west-2"

func refused(reason, help diag.Text) *cloud.Failure {
	return &cloud.Failure{Reason: reason, Help: help, Credentials: true}
}

// load reads the environment and the profile file. The file is not needed where
// the environment has the keys.
func load(getenv func(string) string) (*credentials, *cloud.Failure) {
	c := &credentials{chosen: getenv("OSC_PROFILE"), endpoint: getenv("OSC_ENDPOINT_API"), file: filepath.Join(getenv("HOME"), ".osc", "config.json")}
	access, hidden := getenv("OSC_ACCESS_KEY"), getenv("OSC_SECRET_KEY")
	switch {
	case access != "" && hidden != "":
		c.env = &profile{
			name: "OSC_ACCESS_KEY", env: true, access: hide(access), secret: hide(hidden), region: orDefault(getenv("OSC_REGION")),
			cert: getenv("OSC_X509_CLIENT_CERT"), key: getenv("OSC_X509_CLIENT_KEY"),
			certB64: getenv("OSC_X509_CLIENT_CERT_B64"), keyB64: hide(getenv("OSC_X509_CLIENT_KEY_B64")),
		}
	case access != "":
		return nil, refused(diag.Say("OSC_ACCESS_KEY is set, but OSC_SECRET_KEY is not"), diag.Say("set both, or neither"))
	case hidden != "":
		return nil, refused(diag.Say("OSC_SECRET_KEY is set, but OSC_ACCESS_KEY is not"), diag.Say("set both, or neither"))
	}
	if f := c.read(); f != nil {
		return nil, f
	}
	if c.env == nil && len(c.profiles) == 0 {
		c.none = refused(diag.Say("there are no keys to sign requests with"), diag.Say(`set OSC_ACCESS_KEY, OSC_SECRET_KEY and OSC_REGION, or write a profile a Region into %s; docs/online.md shows how`, diag.Visible(c.file)))
	}
	if c.env == nil && c.chosen != "" && getenv("OSC_REGION") != "" {
		if p, ok := c.profiles[c.chosen]; ok {
			p.region = getenv("OSC_REGION")
			c.profiles[c.chosen] = p
		}
	}
	return c, nil
}

func orDefault(region string) string {
	if region == "" {
		return defaultRegion
	}
	return region
}

// read reads the profile file.
func (c *credentials) read() *cloud.Failure {
	where := diag.Say("%s", diag.Visible(c.file))
	f, err := os.Open(c.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return refused(diag.Say("%s cannot be read", where), diag.Say("give yourself the right to read it (chmod 600), or set OSC_ACCESS_KEY and OSC_SECRET_KEY"))
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil || len(data) > maxConfig {
		return refused(diag.Say("%s cannot be read", where), diag.Say("it must be a file of at most 1 MB"))
	}
	// A value of another type, or a profile of another tool, spoils itself alone.
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return refused(diag.Say("%s is not JSON", where), diag.Say("see the example in docs/online.md"))
	}
	c.profiles = make(map[string]profile)
	for name, r := range raw {
		var s stored
		if json.Unmarshal(r, &s) != nil {
			continue
		}
		endpoint := s.Endpoints.API
		if endpoint != "" && !strings.Contains(endpoint, "://") {
			protocol := s.Protocol
			if protocol == "" {
				protocol = "https"
			}
			endpoint = protocol + "://" + endpoint
		}
		c.profiles[name] = profile{
			name: name, access: hide(s.AccessKey), secret: hide(s.SecretKey), region: orDefault(s.Region), endpoint: endpoint,
			cert: s.Cert, key: s.Key, certB64: s.CertB64, keyB64: hide(s.KeyB64),
		}
	}
	return nil
}

// of returns the keys for a Region: those of the environment or of the chosen
// profile where they are of this Region, else the profile of this Region.
func (c *credentials) of(region string) (*profile, *cloud.Failure) {
	if c.env != nil && c.env.region == region {
		return c.ready(*c.env)
	}
	if c.chosen != "" && c.env == nil {
		p, ok := c.profiles[c.chosen]
		if !ok {
			return nil, refused(diag.Say("OSC_PROFILE names the profile %s, which %s does not have", diag.Quote(c.chosen), diag.Visible(c.file)), c.list())
		}
		if p.region == region {
			return c.ready(p)
		}
	}
	if c.none != nil {
		return nil, c.none
	}
	var of []string
	for _, name := range slices.Sorted(maps.Keys(c.profiles)) {
		if c.profiles[name].region == region {
			of = append(of, name)
		}
	}
	for _, name := range []string{region, "default"} {
		if slices.Contains(of, name) {
			of = []string{name}
		}
	}
	switch {
	case len(of) == 1:
		return c.ready(c.profiles[of[0]])
	case len(of) > 1:
		return nil, refused(diag.Say("%s has several profiles for the Region %s: %s", diag.Visible(c.file), region, diag.Visible(strings.Join(of, ", "))), diag.Say("choose one with OSC_PROFILE, or name one like the Region"))
	}
	return nil, refused(diag.Say("there are no keys for the Region %s", region), diag.Say(`set OSC_ACCESS_KEY, OSC_SECRET_KEY and OSC_REGION=%s, or add a profile with "region": "%s" to %s`, region, region, diag.Visible(c.file)))
}

func (c *credentials) list() diag.Text {
	if len(c.profiles) == 0 {
		return diag.Say("add it to the file, or unset OSC_PROFILE")
	}
	return diag.Say("its profiles are %s", diag.Visible(strings.Join(slices.Sorted(maps.Keys(c.profiles)), ", ")))
}

// ready makes sure that a profile has keys: without them, the library would send
// requests that are not signed.
func (c *credentials) ready(p profile) (*profile, *cloud.Failure) {
	if p.access.reveal() == "" || p.secret.reveal() == "" {
		return nil, refused(diag.Say("the profile %s of %s lacks access_key or secret_key", diag.Quote(p.name), diag.Visible(c.file)), diag.Say("add both"))
	}
	if c.endpoint != "" {
		p.endpoint = c.endpoint
	}
	return &p, nil
}

// regionForm is the form of a Region's name, which becomes a part of an address.
var regionForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// address is where a Region's API answers.
func address(region, endpoint string) (string, *cloud.Failure) {
	if !regionForm.MatchString(region) || len(region) > 40 {
		return "", refused(diag.Say("%s is not the name of a Region", diag.Quote(region)), diag.Say("correct it in catalog.yaml"))
	}
	if endpoint == "" {
		return "https://api." + region + ".outscale.com/api/v1", nil
	}
	endpoint = strings.ReplaceAll(endpoint, "{region}", region)
	u, err := url.Parse(endpoint)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" || u.Scheme != "https" && u.Scheme != "http" {
		// It is not shown: whoever puts a password into an address does not want it in a log.
		return "", refused(diag.Say("the address of the API for the Region %s is none", region), diag.Say("write https://host/api/v1 in OSC_ENDPOINT_API or in the profile's endpoints, without a user, a query or a fragment"))
	}
	if u.Scheme == "http" && !loopback(u.Hostname()) {
		return "", refused(diag.Say("the address of the API for the Region %s is not encrypted", region), diag.Say("write https://: http:// is for tests on this machine"))
	}
	if strings.Trim(u.Path, "/") == "" {
		u.Path = "/api/v1"
	}
	return strings.TrimRight(u.String(), "/"), nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// certificate loads the client certificate of a profile; nil where it has none.
func (p *profile) certificate(now time.Time) (*tls.Certificate, *cloud.Failure) {
	var pair tls.Certificate
	var err error
	switch {
	case p.cert != "" && p.key != "":
		pair, err = tls.LoadX509KeyPair(p.cert, p.key)
	case p.certB64 != "" && p.keyB64.reveal() != "":
		var cert, key []byte
		if cert, err = base64.StdEncoding.DecodeString(p.certB64); err == nil {
			if key, err = base64.StdEncoding.DecodeString(p.keyB64.reveal()); err == nil {
				pair, err = tls.X509KeyPair(cert, key)
			}
		}
	default:
		return nil, nil
	}
	if err != nil {
		return nil, refused(diag.Say("the client certificate of %s cannot be read", diag.Quote(p.name)), diag.Say("x509_client_cert and x509_client_key name a PEM certificate and its key"))
	}
	leaf := pair.Leaf
	if leaf == nil {
		if leaf, err = x509.ParseCertificate(pair.Certificate[0]); err != nil {
			return nil, refused(diag.Say("the client certificate of %s cannot be read", diag.Quote(p.name)), diag.Say("x509_client_cert and x509_client_key name a PEM certificate and its key"))
		}
	}
	if now.After(leaf.NotAfter) {
		return nil, refused(diag.Say("the client certificate of %s ended on %s", diag.Quote(p.name), leaf.NotAfter.UTC().Format(time.DateOnly)), diag.Say("have a new one made from your certificate authority, and name it in the profile"))
	}
	return &pair, nil
}
