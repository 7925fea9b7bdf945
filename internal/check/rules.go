package check

import (
	"slices"
	"strings"

	"vitrine/internal/content"
	"vitrine/internal/diag"
)

// own are the rules declared in this package.
var own = []*diag.Rule{
	ruleCategory, ruleTwice, ruleRegion, ruleRegionDefault, ruleRegionEmpty, ruleAccount,
	ruleOMI, ruleImageRegion, ruleVersionTwice, ruleCodeForm, ruleCodeReserved,
	ruleOfferAll, ruleOfferPricing, ruleOfferTwice, ruleVMType, ruleCommitment,
	ruleVersionPublished, ruleVersionStays, ruleWithdrawal, ruleDates, ruleContact,
	ruleShowcaseDraft, ruleShowcaseGone, ruleReference, ruleReferenceSelf, ruleReferenceHidden, ruleNamed, ruleServiceOf,
	ruleCodeTwice, ruleOMITwice, ruleAlias, ruleSlugReserved,
	rulePattern, ruleSettingTwice, ruleSettingRule, ruleBaseURL, ruleLanguage, rulePageUnknown, ruleWaiverOver, ruleWaiverUnused,
	ruleFileMissing, ruleFileUnused, ruleFileKind, ruleFileType, ruleFileSize, rulePDF,
	rulePixels, ruleTrailing, ruleLogoOpaque, ruleSVG,
	ruleSectionMissing, ruleSectionUnknown, ruleSectionTwice, rulePreamble, ruleHTML, ruleLimit,
	ruleLinkBody, rulePictureRemote, rulePictureAlt, ruleInsecure, ruleDriftMarker,
	ruleFacts, ruleLinksDiffer, ruleCodeDiffers, ruleStructure, ruleUntranslated, ruleTypography, rulePricesOld,
}

// changeOnly are the rules that only a comparison with a base breaks.
var changeOnly = []*diag.Rule{
	ruleMoved, ruleAliasNew, ruleOwner, ruleOutside, ruleSellerNew, ruleVanished, ruleVersionGone, ruleAliasGone, ruleBackToDraft,
	ruleFrozenType, ruleFrozenPricing, ruleFrozenName, ruleFrozenCode, ruleFrozenRegions, ruleFrozenOMI, ruleFrozenRate, ruleDrift,
}

// all are the rules of every package, in the order of their ids.
var all = slices.SortedFunc(slices.Values(slices.Concat(own, changeOnly, onlineOnly, content.Rules, []*diag.Rule{diag.RuleMore})),
	func(a, b *diag.Rule) int { return strings.Compare(a.ID, b.ID) })

// Rules returns every rule there is, in the order of their ids.
func Rules() []*diag.Rule { return all }

func ruleByID(id string) *diag.Rule {
	if i := slices.IndexFunc(all, func(r *diag.Rule) bool { return r.ID == id }); i >= 0 {
		return all[i]
	}
	return nil
}
