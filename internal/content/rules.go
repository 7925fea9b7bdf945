package content

import "vitrine/internal/diag"

// Rules are the rules declared in this package.
var Rules = []*diag.Rule{
	ruleEncoding, ruleCharacter, ruleBOM, ruleCRLF, ruleFrontMatter,
	ruleSyntax, ruleFeature, ruleDuplicate,
	ruleKeyUnknown, ruleKeyMissing, ruleKeyType, ruleValueType, ruleValueEmpty, ruleValueUnknown,
	ruleLanguageMissing, ruleLanguageUnknown, ruleTextLong, ruleListShort, ruleListLong,
	ruleValueForm, ruleValueQuoted, ruleLinkForm, ruleLinkHTTP, RuleFileName,
	ruleFileKind, ruleFileLarge, ruleFileUnreadable, ruleSlug, ruleStray, ruleEntryMissing, ruleNoEntries, rulePrices,
}
