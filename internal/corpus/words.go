package corpus

// text is a text in English and in French.
type text [2]string

var categories = []struct {
	id   string
	name text
}{
	{"analytics", text{"Analytics", "Analyse de données"}},
	{"archiving", text{"Archiving", "Archivage"}},
	{"artificial-intelligence", text{"Artificial intelligence", "Intelligence artificielle"}},
	{"backup", text{"Backup", "Sauvegarde"}},
	{"collaboration", text{"Collaboration", "Travail collaboratif"}},
	{"containers", text{"Containers", "Conteneurs"}},
	{"databases", text{"Databases", "Bases de données"}},
	{"electronic-signature", text{"Electronic signature", "Signature électronique"}},
	{"finance", text{"Finance", "Finances"}},
	{"health", text{"Health", "Santé"}},
	{"human-resources", text{"Human resources", "Ressources humaines"}},
	{"mapping", text{"Mapping", "Cartographie"}},
	{"monitoring", text{"Monitoring", "Supervision"}},
	{"networking", text{"Networking", "Réseau"}},
	{"publishing", text{"Publishing", "Publication"}},
	{"security", text{"Security", "Sécurité"}},
}

var serviceCategories = []struct {
	id   string
	name text
}{
	{"audit", text{"Audit", "Audit de sécurité"}},
	{"migration", text{"Migration help", "Aide à la migration"}},
	{"operations", text{"Managed operations", "Infogérance"}},
	{"training", text{"Training", "Formation"}},
}

// Made-up names are put together from these.
var (
	first = []string{"Bel", "Cor", "Dra", "Fen", "Gal", "Hel", "Jov", "Kel", "Lor", "Mar", "Nov", "Ost", "Per", "Quil", "Ros", "Sar", "Tav", "Val", "Wim", "Zel"}
	then  = []string{"a", "bri", "cen", "di", "e", "fo", "go", "i", "lu", "mi", "no", "o", "pa", "ri", "so", "tu", "va", "xi"}
	last  = []string{"bane", "core", "dune", "fane", "gard", "lis", "mont", "nis", "phane", "quin", "ric", "stel", "tane", "vert", "zar"}
)

var products = []text{
	{"Archive", "Archives"},
	{"Backup", "Sauvegarde"},
	{"Bastion", "Bastion"},
	{"Billing", "Facturation"},
	{"Calendar", "Agenda"},
	{"Catalog", "Catalogue"},
	{"Chat", "Messagerie"},
	{"Cluster", "Grappe"},
	{"Dashboard", "Tableau de bord"},
	{"Directory", "Annuaire"},
	{"Documents", "Documents"},
	{"Firewall", "Pare-feu"},
	{"Forms", "Formulaires"},
	{"Gateway", "Passerelle"},
	{"Identity", "Identité"},
	{"Ledger", "Grand livre"},
	{"Library", "Bibliothèque"},
	{"Logs", "Journaux"},
	{"Mail", "Courriel"},
	{"Maps", "Cartes"},
	{"Meetings", "Réunions"},
	{"Metrics", "Mesures"},
	{"Payroll", "Paie"},
	{"Planning", "Planification"},
	{"Postgres", "Postgres"},
	{"Queue", "File de messages"},
	{"Registry", "Registre"},
	{"Reports", "Rapports"},
	{"Scanner", "Scanner"},
	{"Search", "Recherche"},
	{"Signature", "Signature"},
	{"Storage", "Stockage"},
	{"Survey", "Enquêtes"},
	{"Tickets", "Tickets"},
	{"Vault", "Coffre"},
	{"VPN", "VPN"},
	{"Warehouse", "Entrepôt"},
	{"Wiki", "Wiki"},
	{"Workflow", "Circuits"},
	{"Workspace", "Espace de travail"},
}

var nouns = []text{
	{"access rights", "les droits d’accès"},
	{"audit trails", "les pistes d’audit"},
	{"backups", "les sauvegardes"},
	{"certificates", "les certificats"},
	{"contracts", "les contrats"},
	{"customer records", "les fiches clients"},
	{"delivery notes", "les bons de livraison"},
	{"encrypted volumes", "les volumes chiffrés"},
	{"field reports", "les rapports de terrain"},
	{"incoming messages", "les messages entrants"},
	{"invoices", "les factures"},
	{"legal deadlines", "les échéances légales"},
	{"maintenance windows", "les créneaux de maintenance"},
	{"measurements", "les mesures"},
	{"network flows", "les flux réseau"},
	{"official forms", "les formulaires officiels"},
	{"personal data", "les données personnelles"},
	{"project milestones", "les jalons de projet"},
	{"public tenders", "les marchés publics"},
	{"purchase orders", "les bons de commande"},
	{"regional offices", "les agences régionales"},
	{"scanned documents", "les documents numérisés"},
	{"service accounts", "les comptes de service"},
	{"shared calendars", "les agendas partagés"},
	{"software updates", "les mises à jour"},
	{"support requests", "les demandes d’assistance"},
	{"training sessions", "les formations"},
	{"user groups", "les groupes d’utilisateurs"},
	{"web requests", "les requêtes web"},
	{"workstations", "les postes de travail"},
}

var verbs = []text{
	{"archives", "archive"},
	{"checks", "vérifie"},
	{"collects", "collecte"},
	{"compares", "compare"},
	{"encrypts", "chiffre"},
	{"exports", "exporte"},
	{"filters", "filtre"},
	{"groups", "regroupe"},
	{"imports", "importe"},
	{"measures", "mesure"},
	{"monitors", "surveille"},
	{"protects", "protège"},
	{"publishes", "publie"},
	{"records", "enregistre"},
	{"replicates", "réplique"},
	{"restores", "restaure"},
	{"shares", "partage"},
	{"tracks", "suit"},
}

var moments = []text{
	{"every night", "chaque nuit"},
	{"in real time", "en temps réel"},
	{"at the end of each month", "à la fin de chaque mois"},
	{"without an interruption", "sans interruption"},
	{"from the first day", "dès le premier jour"},
	{"during the working day", "pendant la journée de travail"},
	{"at each release", "à chaque livraison"},
	{"before each approval", "avant chaque approbation"},
	{"on request", "à la demande"},
}

var audiences = []text{
	{"local authorities", "les collectivités"},
	{"hospitals", "les hôpitaux"},
	{"small companies", "les petites entreprises"},
	{"laboratories", "les laboratoires"},
	{"public agencies", "les agences publiques"},
	{"universities", "les universités"},
	{"associations", "les associations"},
	{"software publishers", "les éditeurs de logiciels"},
	{"transport operators", "les opérateurs de transport"},
}

// The sentences of bodies: $n a noun, $v a verb, $m a moment, $o buyers, $d a
// number, $p the product.
var sentences = []text{
	{"$p $v $n and $v $n $m.", "$p $v $n et $v $n $m."},
	{"For $o, it $v $n $m, then $v $n.", "Pour $o, il $v $n $m, puis $v $n."},
	{"A single VM is enough for $d users; $n stay in the Region.", "Une seule VM suffit pour $d utilisateurs ; $n restent dans la Région."},
	{"It $v $n without leaving your Net, and nobody else sees $n.", "Il $v $n sans quitter votre Net, et personne d’autre ne voit $n."},
	{"With $d rules that are ready to use, $o keep $n in order $m.", "Avec $d règles prêtes à l’emploi, $o tiennent $n en ordre $m."},
	{"Nothing has to be installed: $p starts, reads its settings and $v $n.", "Rien n’est à installer : $p démarre, lit ses réglages et $v $n."},
	{"An administrator $v $n from the console, and each change is signed.", "Un administrateur $v $n depuis la console, et chaque changement est signé."},
	{"What was measured over $d days is shown beside $n.", "Ce qui a été mesuré sur $d jours est affiché à côté de ceci : $n."},
}

var headings = []text{
	{"What it does", "Ce que fait ce produit"},
	{"Before you begin", "Avant de commencer"},
	{"Day to day", "Au quotidien"},
	{"Security", "Sécurité"},
	{"Sizes", "Dimensionnement"},
	{"Support", "Assistance"},
}

var systems = []string{"Debian 13", "Debian 12", "Ubuntu 24.04", "Rocky Linux 9"}

var certifications = []string{"SecNumCloud", "HDS", "ISO 27001", "ISO 27017", "PCI DSS"}
