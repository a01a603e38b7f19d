package story

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/web/view"
)

// Speaker says a key of the catalogue; a visit does.
type Speaker interface {
	T(key string, args ...string) string
}

// BoardName returns what a community calls a board: its own name for it, or the catalogue's.
func BoardName(b deliberation.Board, say Speaker) string {
	if b.Renamed {
		return b.Name
	}
	return say.T("board." + string(b.Key))
}

// BuildingOptions lists buildings to choose one of.
func BuildingOptions(all []community.Building) []view.Option {
	var options []view.Option
	for _, b := range all {
		options = append(options, view.Option{Value: string(b.ID), Text: b.Name})
	}
	return options
}
