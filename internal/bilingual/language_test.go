package bilingual_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"vitrine/internal/bilingual"
)

// TestTextsInTheOtherLanguageAreFound: ⟦ and ⟧ stand around what is not in the
// text's language.
func TestTextsInTheOtherLanguageAreFound(t *testing.T) {
	tests := []struct {
		name           string
		read           reader
		tag, text      string
		otherTag, from string // the other text
		copied         bool
	}{
		{"summary", plain, "fr", "⟦Analytics for teams that want to keep their own data⟧", "en", "Analytics for those who keep their data", false},
		{"summary, the reverse", plain, "en", "⟦Une messagerie libre pour les équipes qui hébergent leurs données⟧", "fr", "Messagerie libre", false},
		{"copied", plain, "fr", "⟦Online storage and various other applications⟧", "en", "Online storage and various other applications", true},
		{"copied, with one common word", plain, "fr", "⟦Instant messaging for developers and companies⟧", "en", "Instant messaging for developers and companies", true},
		{"copied, the reverse", plain, "en", "⟦Stockage en ligne, partage de fichiers et agendas pour vos équipes⟧", "fr", "Stockage en ligne, partage de fichiers et agendas pour vos équipes", true},
		{"copied, into a third language", plain, "de", "⟦Instant messaging for developers and companies⟧", "en", "Instant messaging for developers and companies", true},
		{
			"paragraph", section, "fr",
			strings.Repeat("La passerelle chiffre les échanges entre vos sites.\n\n", 5) + "⟦The gateway encrypts what **your sites** exchange with `ipsec`.⟧\n\n" + strings.Repeat("Elle est livrée avec une console.\n\n", 4),
			"en", "", false,
		},
		{
			"paragraph, the reverse", section, "en",
			"The gateway encrypts what your sites exchange.\n\n⟦La passerelle est livrée avec une console\net un agent.⟧\n\nIt comes with a console.\n",
			"fr", "", false,
		},
		{
			"short items are judged together", section, "fr",
			"Elle réunit :\n\n- ⟦Mail for your teams\n- Calendars\n- Contacts and notes that are shared⟧\n\nTout est sauvegardé.\n",
			"en", "", false,
		},
		{
			"heading and its text", section, "fr",
			"Le service est hébergé en France.\n\n## ⟦How it works\n\nEach agent sends what it reads.⟧\n\n## Licence\n\nElle est libre.\n",
			"en", "", false,
		},
		{
			"cell", section, "fr",
			"| Usage | Port |\n|---|---|\n| ⟦Used by the agents when they start⟧ | 443 |\n| Web, pour les usagers | 80 |\n",
			"en", "", false,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			text, at := mark(t, test.text)
			want := []bilingual.Stretch{{From: at[0], To: at[1], Language: "en", Copied: test.copied}}
			if test.tag == "en" {
				want[0].Language = "fr"
			}
			none, got := bilingual.Untranslated(test.read(t, test.otherTag, test.from), test.read(t, test.tag, text))
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if test.copied && test.tag != "de" {
				none = nil // the other text is the same, but in its own language
			}
			if len(none) > 0 {
				t.Errorf("the other text: %v", none)
			}
		})
	}
}

// TestTextsThatSayNothingOfALanguageArePassed: titles, names and words that both
// languages have may be the same in both.
func TestTextsThatSayNothingOfALanguageArePassed(t *testing.T) {
	for _, text := range []string{
		"", "Standard", "Communication", "Jitsi Meet", "Chat, email, forum, meetings…", "Microblogging", "Wiki, blog, forum, CMS", "Open source",
		"Mattermost Team Edition", "Bank of England", "Center for Internet Security", "CIS Benchmark for Debian 12 Level 1",
		"Infrastructure as a Service", "Platform as a Service (PaaS)", "Software Bill of Materials", "Getting started", "State of the art",
		"Agence nationale de la sécurité des systèmes d’information", "Défenseur des droits", "12 quai des Brumes, 00000 Orlune-sur-Mer, France",
		"kubectl get pods --all-namespaces", "DICOM, HL7, FHIR R4, IHE XDS", "SecNumCloud, HDS, ISO 27001", "Debian 12, Ubuntu 24.04 LTS, Windows Server 2025",
		"Le Monde", "La Poste", "Marketing, design, finance, support, consulting", "Monitoring, logging, dashboards, webhooks, sharding",
	} {
		if a, b := bilingual.Untranslated(plain(t, "en", text), plain(t, "fr", text)); len(a)+len(b) > 0 {
			t.Errorf("%q: %v %v", text, a, b)
		}
	}
	for _, text := range []string{
		"Intégration continue (*Continuous Integration*) pour vos équipes, avec « The Update Framework ».",
		"```\nThis is what you get when you run the agent\n```\n",
		"Lancez `show me what you have got and this` puis attendez.",
		"- Center for Internet Security\n- Internet of Things\n- Bank of the West\n- Lord of the Rings\n",
	} {
		if a, b := bilingual.Untranslated(section(t, "en", ""), section(t, "fr", text)); len(a)+len(b) > 0 {
			t.Errorf("%q: %v %v", text, a, b)
		}
	}
}

// TestOtherLanguages: of a language that is not known, what every language
// writes alike is compared, and nothing else.
func TestOtherLanguages(t *testing.T) {
	en := "Costs €1,234.50 a year since March 3, 2026, for two to 5,000 users on version 1.10; 12 months, 99.9% of the time. See https://acme.example/en/ and port 8443."
	for _, de := range []string{
		"Kostet 1.234,50 € im Jahr seit dem 3. März 2026, für zwei bis 5.000 Nutzer mit Version 1.10; zwölf Monate, zu 99,9 %. Siehe https://acme.example/de/ und Port 8443.",
		"Ab 3.3.2026: 1234,50 Euro pro Jahr, 2 bis 5 000 Nutzer. https://acme.example/de/ (Port 8443)",
	} {
		if got := bilingual.Compare(plain(t, "en", en), plain(t, "de", de)); len(got) > 0 {
			t.Errorf("%q: %q", de, says(got))
		}
	}
	got := says(bilingual.Compare(
		section(t, "en", "Port 8443, see <https://acme.example/> or `acme help`.\n\n- a\n- b\n"),
		section(t, "de", "Port 8444, siehe <https://firma.example/> oder `acme status`.\n\n- a\n")))
	want := []string{
		`number: [5:9] "8443" / [5:9] "8444"`,
		`url: [16:37] "https://acme.example/" / [18:40] "https://firma.example/"`,
		"code: [43:52] \"acme help\" / [48:59] \"acme status\"",
		`list: [56:59] "- a" / [63:66] "- a"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
