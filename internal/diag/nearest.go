package diag

import "strings"

// Nearest returns the candidate that a misspelt word most likely means, or ""
// where none is near: at most a third of its letters differ.
func Nearest(word string, candidates []string) string {
	const longest = 40 // longer words are no names
	if len(word) > longest {
		return ""
	}
	best, distance := "", len(word)/3+1
	for _, c := range candidates {
		if len(word) >= 4 && len(c) <= len(word)+3 && strings.HasPrefix(c, word) {
			return c // alias for aliases
		}
		if d := editDistance(word, c); d < distance || d == distance && best == "" && d == 1 {
			best, distance = c, d
		}
	}
	return best
}

// editDistance counts the letters to insert, delete, replace or swap with
// their neighbour to get from a to b.
func editDistance(a, b string) int {
	if abs(len(a)-len(b)) > 8 || len(a) > 64 || len(b) > 64 {
		return 64
	}
	before := make([]int, len(b)+1)
	row := make([]int, len(b)+1)
	next := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next[j+1] = min(row[j+1]+1, next[j]+1, row[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}

func abs(n int) int { return max(n, -n) }
