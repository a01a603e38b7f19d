package projects

import "jushou/projects/preset"

// Arrow is a move that leads from one stage to another.
type Arrow struct {
	From preset.Stage
	Move Move
	To   preset.Stage
}

// Arrows lists them for a preset, from the table of moves.
func Arrows(p preset.Preset) []Arrow {
	var all []Arrow
	for _, w := range ways() {
		for _, from := range w.from {
			x := Project{Preset: p, Stage: from}
			if to := x.leadsTo(w.move); to != from {
				all = append(all, Arrow{from, w.move, to})
			}
		}
	}
	return all
}
