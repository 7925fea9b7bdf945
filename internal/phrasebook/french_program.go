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
	"%s: %s, %s":       "%s : %s, %s",
	"%d waived":        "%d sous dérogation",

	// internal/diag/github.go
	"place":   "endroit",
	"finding": "constat",

	// internal/explain

	// internal/explain/markdown.go
	"# The rules of the catalog": "# Les règles du catalogue",
	"[En français](rules.fr.md)": "[In English](rules.md)",
	"`vitrine check` holds every entry to these rules; `vitrine explain RULE` shows one of them in the terminal. An error keeps an entry from being published, a warning does not.": "`vitrine check` soumet chaque fiche à ces règles ; `vitrine explain RÈGLE --lang fr` en montre une dans le terminal. Une erreur empêche de publier une fiche, un avertissement non.",
	"In `catalog.yaml`, `rules:` sets a rule's severity, and `waivers:` lets what it finds in one file or folder pass until a day; what safety depends on cannot be changed.":       "Dans `catalog.yaml`, `rules:` fixe la gravité d’une règle, et `waivers:` laisse passer jusqu’à un jour donné ce qu’elle trouve dans un fichier ou un dossier ; ce dont dépend la sécurité ne peut être changé.",
	"Marketplace rules are those of the marketplace's rules for sellers, by their numbers. The examples are the program's own tests.":                                               "Les règles de la place de marché sont celles qu’elle donne aux vendeurs, sous leur numéro. Les exemples sont les tests mêmes du programme.",
	"rule":                       "règle",
	"severity":                   "gravité",
	"what it asks for":           "ce qu’elle demande",
	"What to do: %s.":            "Que faire : %s.",
	"Wrong: %s":                  "Faux : %s",
	"Wrong, in `%s`:":            "Faux, dans `%s` :",
	"What `vitrine check` says:": "Ce que dit `vitrine check` :",
	"Right: %s":                  "Juste : %s",
	"Right:":                     "Juste :",

	// internal/explain/text.go
	"Why":                               "Pourquoi",
	"What to do":                        "Que faire",
	"Wrong":                             "Faux",
	"Wrong, in %s":                      "Faux, dans %s",
	"What vitrine check says":           "Ce que dit vitrine check",
	"Right":                             "Juste",
	"%s, in a draft only a warning":     "%s, simple avertissement dans un brouillon",
	"%s; catalog.yaml cannot change it": "%s ; catalog.yaml ne peut pas en changer la gravité",
	"%s; catalog.yaml can change it: rules: {%s: off}": "%s ; catalog.yaml peut en changer la gravité : rules: {%s: off}",
}
