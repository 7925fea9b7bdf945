//go:build !unix

package content

const nonblock = 0 // there are no FIFOs among files
