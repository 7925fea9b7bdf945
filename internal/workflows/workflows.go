// Package workflows holds the tests of .github/workflows: that they are well
// formed, and that what strangers send can neither run nor reach anything with
// them. It has nothing else.
package workflows
