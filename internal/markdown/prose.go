package markdown

// Prose returns the places of what a section says in words, in their order,
// for package typography: code, addresses and HTML are left out.
func (s *Section) Prose() [][2]int {
	var prose [][2]int
	for _, p := range s.Pieces {
		if p.Kind == Run {
			prose = append(prose, [2]int{p.From, p.To})
		}
	}
	return prose
}
