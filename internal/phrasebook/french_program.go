package phrasebook

// frenchProgram: what the program says about a run, and numbers.
var frenchProgram = map[string]string{
	// cmd/vitrine/check.go
	"%d more finding":  "%d autre constat",
	"%d more findings": "%d autres constats",
	"GitHub shows ten annotations of a kind; vitrine check shows %s":   "GitHub montre dix annotations de chaque sorte ; vitrine check montre %s",
	"GitHub shows ten annotations of a kind; the job's summary has %s": "GitHub montre dix annotations de chaque sorte ; le résumé de la tâche contient %s",

	// cmd/vitrine/serve.go
	"%d product":  "%d produit",
	"%d products": "%d produits",
	"%d seller":   "%d vendeur",
	"%d sellers":  "%d vendeurs",

	// internal/content/root.go
	"%s, limit %s": "%s, limite %s",
	"%d bytes":     "%d octets",
	"%d.%d kB":     "%d,%d ko",
	"%d.%d MB":     "%d,%d Mo",

	// internal/diag/diag.go
	"off":     "désactivée",
	"warning": "avertissement",
	"error":   "erreur",
	"a file's findings are listed up to a limit": "les constats d’un fichier sont listés jusqu’à une limite",
	"A file that is wrong from top to bottom would bury the findings of all others. The first 200 show what is wrong.": "Un fichier faux du début à la fin enterrerait les constats de tous les autres. Les 200 premiers montrent ce qui ne va pas.",
	"%s in this file":                          "%s dans ce fichier",
	"mend those above and run the check again": "corrigez ceux qui précèdent et relancez le contrôle",

	// internal/diag/text.go
	"note:":            "note :",
	"help:":            "aide :",
	"%d file checked":  "%d fichier contrôlé",
	"%d files checked": "%d fichiers contrôlés",
	"no findings":      "aucun constat",
	"%d error":         "%d erreur",
	"%d errors":        "%d erreurs",
	"%d warning":       "%d avertissement",
	"%d warnings":      "%d avertissements",
	"%d waived":        "%d sous dérogation",

	// internal/diag/github.go
	"place":   "endroit",
	"finding": "constat",
}
