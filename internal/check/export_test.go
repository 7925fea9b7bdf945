package check

// Pieces is for tests that compare texts themselves.
var Pieces = pieces
