package deliberation

import (
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// MoveBoard puts the topic on another board of its community. A clock that runs is not touched: moving must not win
// time. clock is the promise that begins now if the topic came from a board that promised nothing, nil if none does.
func (t *Topic) MoveBoard(by identity.Actor, to Board, reason string, clock *ResponseClock, now time.Time) ([]docstore.Fact, error) {
	if t.Board == to.Key {
		return nil, docstore.ErrUnchanged
	}
	if err := t.may(MoveBoard); err != nil {
		return nil, err
	}
	if t.Kind == KindNotice || !to.Asks() {
		return nil, errKind.With("kind", t.Kind).With("board", to.Key)
	}
	if to.OwnRoom() {
		return nil, ErrOwnRoom.With("board", to.Key)
	}
	if reason == "" {
		return nil, errReason
	}
	kind, err := to.kind(t.Kind)
	if err != nil {
		kind = to.Kinds[0]
	}
	if !kind.Undertakes() && (t.Stage != "" || t.Answered()) { // what is promised could never be done there
		return nil, errKind.With("kind", t.Kind).With("board", to.Key)
	}
	facts, from := t.catchUp(now), t.Board
	t.Board, t.Kind, t.Owner = to.Key, kind, to.Owner
	if t.Clock == nil && !t.Answered() {
		t.Clock = clock
	}
	t.Status = t.visible()
	return append(facts, t.progress(TopicMoved, by, reason, now, func(p *Progress) { p.FromBoard = from })), nil
}
