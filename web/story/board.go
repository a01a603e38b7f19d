package story

import "jushou/deliberation"

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
