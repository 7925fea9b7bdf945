package check

import "vitrine/internal/diag"

// The rules that only the cloud can answer. Nothing breaks them without
// --online.
var (
	ruleOMIMissing = &diag.Rule{
		ID: "omi-missing", Severity: diag.Error,
		Title: "online: the OMI of a published version exists in its Region",
		Why:   "Buyers start their VM with this id. One that the Region does not have, or that the marketplace's account cannot see, starts nothing.",
		Help:  "correct the id, or share the OMI with the account that asks",
	}
	ruleOMIState = &diag.Rule{
		ID: "omi-not-available", Severity: diag.Error,
		Title: "online: the OMI of a published version is in the state available",
		Why:   "An OMI that is pending or failed cannot be started.",
		Help:  "wait until it is available, or make the OMI anew",
	}
	ruleOMIAccount = &diag.Rule{
		ID: "omi-account", Severity: diag.Error,
		Title: "online: an OMI belongs to the account that the showcase names for its Region",
		Why:   "An id that was mistyped may be another's image, and buyers would run what the seller did not make. The showcase says in accounts whose images are the seller's.",
		Help:  "correct the id, or the account in the showcase",
	}
	ruleOMIPublic = &diag.Rule{
		ID: "omi-public", Severity: diag.Error,
		Title: "online: an OMI is private",
		Why:   "Marketplace rule 6: the source OMI stays private. A public one can be started by anyone, past the marketplace and its billing.",
		Help:  "take the permission to launch it from everybody",
	}
	ruleOMIArchitecture = &diag.Rule{
		ID: "omi-architecture", Severity: diag.Error,
		Title: "online: an OMI has the architecture that its version gives",
		Why:   "Buyers choose the VM by the architecture. An image for another one does not start on it.",
		Help:  "correct the architecture of the version, or the id",
	}
	ruleOMICode = &diag.Rule{
		ID: "omi-without-code", Severity: diag.Error,
		Title: "online: an OMI carries the product's code, perhaps among others",
		Why:   "Marketplace rule 6: what buyers use is metered and billed by the product code. An OMI may carry the operating system's code as well, but without the product's own, nothing is billed.",
		Help:  "make the OMI with the product's code",
	}
	ruleCodeUnknown = &diag.Rule{
		ID: "product-code-unknown", Severity: diag.Warning,
		Title: "online: a Region knows the product code",
		Why:   "The API lists the product codes that it bills. One that is not among them may be misspelt, or not be ready yet.",
		Help:  "copy the code from your account",
	}
	ruleOMIStays = &diag.Rule{
		ID: "omi-not-gone", Severity: diag.Warning,
		Title: "online: the OMI of an unpublished version is gone",
		Why:   "Marketplace rule 7: what is unpublished can no longer be subscribed to. An OMI that stays can still be started by whoever may launch it; VMs that run do not need it.",
		Help:  "delete the OMI in your account",
	}
)

// onlineOnly are the rules that only an answer of the cloud breaks.
var onlineOnly = []*diag.Rule{
	ruleOMIMissing, ruleOMIState, ruleOMIAccount, ruleOMIPublic, ruleOMIArchitecture, ruleOMICode, ruleCodeUnknown, ruleOMIStays,
}
