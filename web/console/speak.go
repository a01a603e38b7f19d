package console

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/identity"
)

// Speaks returns the boards of the community on which the visitor may write a notice: the branch and a partner on their own, the
// office on more.
func (r Room) Speaks() []deliberation.Board {
	return slices.DeleteFunc(deliberation.BoardsIn(r.Node.Settings), func(b deliberation.Board) bool { return !r.SpeaksOn(b) })
}

// SpeaksOn reports whether the visitor may write a notice on a board of the community.
func (r Room) SpeaksOn(b deliberation.Board) bool {
	return slices.Contains(b.Kinds, deliberation.KindNotice) &&
		identity.Can(r.Actor, b.VerbFor(deliberation.KindNotice), identity.At(r.Node).On(string(b.Key))) == nil
}

// SpeakPath is where they write it: what a second person reads first has a form of its own.
func (r Room) SpeakPath(b deliberation.Board) string {
	if b.Reviewed() {
		return r.Path("/notice") + "?board=" + string(b.Key)
	}
	return r.Path("/boards/" + string(b.Key) + "/write")
}
