package deliberation

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// inState returns a topic in the state, reached by legal moves.
func inState(t *testing.T, s Status) Topic {
	t.Helper()
	topic := newPost(at(8, 10), dayRounds())
	taken := []Move{MoveAnswer, MoveAccept, MoveTake}
	resolved := append(slices.Clone(taken), MoveReport, MoveVerify)
	moves := map[Status][]Move{
		Waiting: nil, Held: {MoveHold}, Responded: {MoveAnswer}, Withdrawn: {MoveWithdraw}, Hidden: {MoveHide},
		Accepted: taken[:2], Refused: {MoveAnswer, MoveRefuse}, Dispatched: {MoveAnswer, MoveAccept, MoveDispatch}, InHand: taken,
		Reported: resolved[:4], Resolved: resolved, Disputed: append(slices.Clone(resolved), MoveDispute),
		Closed: append(slices.Clone(resolved), MoveConfirm), Merged: {MoveMerge}, Deliberating: {MoveAnswer, MoveDeliberate},
	}
	if s == Open {
		topic.Clock, topic.Board, topic.Status = nil, BoardNeighbours, Open
	}
	for i, m := range moves[s] {
		if _, err := perform(&topic, m, at(8, 11+i)); err != nil {
			t.Fatalf("reach %s: %v", s, err)
		}
	}
	if topic.Status != s {
		t.Fatalf("reached %s, want %s", topic.Status, s)
	}
	return topic
}

// machine is what docs/deliberation.md draws: which state each step leads to. What is not in it is refused.
func machine() map[Status]map[Move]Status {
	cover := func(s Status, own map[Move]Status) map[Move]Status {
		all := map[Move]Status{MoveAnswer: s, MoveWithdraw: Withdrawn, MoveHold: Held, MoveHide: Hidden}
		maps.Copy(all, own)
		return all
	}
	return map[Status]map[Move]Status{
		Held:      {MoveWithdraw: Withdrawn, MoveRelease: Waiting, MoveHide: Hidden},
		Waiting:   cover(Waiting, map[Move]Status{MoveAnswer: Responded, MoveMerge: Merged, MoveBoard: Waiting, MoveDeliberate: Deliberating}),
		Open:      cover(Open, map[Move]Status{MoveAnswer: Responded, MoveMerge: Merged, MoveBoard: Open, MoveDeliberate: Deliberating}),
		Withdrawn: {},
		Hidden:    {MoveRelease: Waiting},
		Merged:    {MoveWithdraw: Withdrawn, MoveHide: Hidden},

		Responded: cover(Responded, map[Move]Status{
			MoveAccept: Accepted, MoveRefuse: Refused, MoveAsk: Responded, MoveMerge: Merged, MoveBoard: Responded, MoveDeliberate: Deliberating,
		}),
		Deliberating: cover(Deliberating, map[Move]Status{MoveConclude: Responded}),
		Refused:      cover(Refused, map[Move]Status{MoveReopen: Accepted}),
		Accepted: cover(Accepted, map[Move]Status{
			MoveAsk: Accepted, MoveDispatch: Dispatched, MoveTake: InHand, MoveExtend: Accepted, MoveMerge: Merged, MoveBoard: Accepted,
			MoveDeliberate: Deliberating,
		}),
		Dispatched: cover(Dispatched, map[Move]Status{
			MoveAsk: Dispatched, MoveDispatch: Dispatched, MoveTake: InHand, MoveContest: Dispatched, MoveReview: Dispatched,
			MoveExtend: Dispatched, MoveMerge: Merged, MoveBoard: Dispatched,
		}),
		InHand: cover(InHand, map[Move]Status{
			MoveAsk: InHand, MoveDispatch: Dispatched, MoveReport: Reported, MoveExtend: InHand, MoveMerge: Merged, MoveBoard: InHand,
		}),
		Reported: cover(Reported, map[Move]Status{MoveVerify: Resolved, MoveSendBack: InHand, MoveBoard: Reported}),
		Resolved: cover(Resolved, map[Move]Status{MoveConfirm: Closed, MoveDispute: Disputed, MoveClose: Closed}),
		Disputed: cover(Disputed, map[Move]Status{MoveUphold: Closed, MoveReopen: Accepted, MoveBoard: Disputed}),
		Closed:   cover(Closed, map[Move]Status{MoveReopen: Accepted}),
	}
}

// TestEveryStepFromEveryState is the whole machine.
func TestEveryStepFromEveryState(t *testing.T) {
	t.Parallel()
	want, cells := machine(), 0
	for _, from := range Statuses() {
		for _, move := range Moves() {
			if move == MoveEdit || move == MoveComment { // they change no state
				continue
			}
			cells++
			topic := inState(t, from)
			before := topic
			facts, err := perform(&topic, move, at(8, 30))
			to, legal := want[from][move]
			switch {
			case legal && (err != nil || topic.Status != to || len(facts) == 0):
				t.Errorf("%s + %s = %s with %d facts, %v; want %s", from, move, topic.Status, len(facts), err, to)
			case legal != from.Allows(move):
				t.Errorf("%s allows %s: %v", from, move, !legal)
			case !legal && (err == nil || facts != nil || !reflect.DeepEqual(topic, before)):
				t.Errorf("%s + %s gave %v and %s; want a refusal that changes nothing", from, move, err, topic.Status)
			}
		}
	}
	if cells != 16*25 {
		t.Fatalf("looked at %d cells", cells)
	}
}

func TestReleaseReturnsToWhereTheTopicWas(t *testing.T) {
	t.Parallel()
	topic := inState(t, Responded)
	for i, m := range []Move{MoveHold, MoveRelease} {
		if _, err := apply(&topic, act{at(10, i), m}); err != nil {
			t.Fatal(err)
		}
	}
	if topic.Status != Responded || topic.Reason != "" {
		t.Errorf("released to %s with reason %q", topic.Status, topic.Reason)
	}
}

func TestHoldingDoesNotStopTheClockAndHidingDoes(t *testing.T) {
	t.Parallel()
	held := inState(t, Held)
	if facts := held.catchUp(at(9, 0)); len(facts) != 1 {
		t.Errorf("a held topic took %d steps at the Round, want 1", len(facts))
	}
	hidden := inState(t, Hidden)
	if facts := hidden.catchUp(at(20, 0)); len(facts) != 0 {
		t.Errorf("a hidden topic took %d steps", len(facts))
	}
	if _, err := hidden.Release(staff(), "弄错了", at(21, 0)); err != nil {
		t.Fatal(err)
	}
	if len(hidden.Clock.Steps) != rungs || hidden.PhaseAt(at(21, 0)) != PhaseTown {
		t.Errorf("shown again it has %v: the resident did wait", hidden.Clock.Steps)
	}
}

func TestOnlyTheRightAnswerStopsTheClock(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		r    Response
		want bool
	}{
		{"staff", Response{By: "s", Role: identity.RoleStaff}, true},
		{"partner", Response{By: "p", Role: identity.RolePartner}, true},
		{"nobody in a role", Response{By: "x"}, false},
		{"the author, though staff", Response{By: "author", Role: identity.RoleStaff}, false},
		{"automatic", Response{By: "s", Role: identity.RoleStaff, Auto: true}, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			topic := newPost(at(8, 10), dayRounds())
			if got := StopsClock(topic, c.r); got != c.want {
				t.Errorf("StopsClock = %v", got)
			}
			c.r.ID = "r"
			if _, err := topic.Answer(c.r, at(8, 20)); err != nil {
				t.Fatal(err)
			}
			if stopped := topic.Status == Responded && topic.Clock.MetAt.Equal(at(8, 20)); stopped != c.want {
				t.Errorf("state %s, met at %v", topic.Status, topic.Clock.MetAt)
			}
			if len(topic.Responses) != 1 {
				t.Error("the response is not there")
			}
		})
	}
}

func TestOfTwoAnswersBothStayAndTheFirstCounts(t *testing.T) {
	t.Parallel()
	topic := newPost(at(8, 10), dayRounds())
	for i, by := range []identity.AccountID{"a", "b"} {
		if _, err := topic.Answer(Response{ID: string(by), By: by, Role: identity.RoleStaff, Body: "在修"}, at(8, 20+i)); err != nil {
			t.Fatal(err)
		}
	}
	if len(topic.Responses) != 2 || !topic.Responses[0].First || topic.Responses[1].First || !topic.Clock.MetAt.Equal(at(8, 20)) {
		t.Errorf("responses %+v, met %v", topic.Responses, topic.Clock.MetAt)
	}
	_, err := topic.Answer(Response{ID: "a", By: "a", Role: identity.RoleStaff, Body: "在修"}, at(8, 40))
	if !errors.Is(err, docstore.ErrUnchanged) || len(topic.Responses) != 2 {
		t.Errorf("the same form again: %v, %d responses", err, len(topic.Responses))
	}
	if _, err := topic.Answer(Response{ID: "a", By: "c", Role: identity.RoleStaff}, at(8, 41)); !errors.Is(err, ErrTaken) {
		t.Errorf("somebody else's token: %v", err)
	}
}

func TestEditingEndsWithTheFirstAnswerAndKeepsWhatWasThere(t *testing.T) {
	t.Parallel()
	author := identity.Actor{ID: "author", Name: "王**"}
	topic := newPost(at(8, 10), dayRounds())
	first := topic.Body
	if _, err := topic.Edit(author, Text{Title: "灯", Body: "三楼的灯不亮"}, 0, Verdict{}, at(8, 20)); err != nil {
		t.Fatal(err)
	}
	if topic.Revision != 1 || len(topic.Versions) != 1 || topic.Versions[0].Body != first || !topic.Clock.DueAt.Equal(at(9, 0)) {
		t.Errorf("after the edit: %+v", topic)
	}
	if _, err := topic.Edit(author, Text{Title: "灯", Body: "别的"}, 0, Verdict{}, at(8, 21)); !errors.Is(err, ErrStale) {
		t.Errorf("an edit of an old form: %v", err)
	}
	if _, err := topic.Edit(author, Text{Title: "灯", Body: "加微信领红包"}, 1, Verdict{Findings: []Finding{{Category: FoundAdvert, Word: "加微信领红包"}}}, at(8, 22)); err != nil || topic.Status != Held {
		t.Errorf("an edit the word list knows: %v, %s", err, topic.Status)
	}
	answered := inState(t, Responded)
	if _, err := answered.Edit(author, Text{Title: "灯", Body: "别的"}, 0, Verdict{}, at(9, 0)); !errors.Is(err, ErrAnswered) {
		t.Errorf("an edit after the answer: %v", err)
	}
}

func TestATopicStaysWithinItsBounds(t *testing.T) {
	t.Parallel()
	topic := newPost(at(8, 10), dayRounds())
	var err error
	for i := 0; err == nil && i < 1000; i++ {
		_, err = topic.Answer(Response{ID: time.Duration(i).String(), By: "s", Role: identity.RoleStaff}, at(8, 20))
	}
	if !errors.Is(err, errFull) || len(topic.Responses) != MaxResponses {
		t.Errorf("%d responses, then %v", len(topic.Responses), err)
	}
	err = nil
	for i := 0; err == nil && i < 1000; i++ {
		if _, err = topic.Hold(staff(), "核实", at(9, 0)); err == nil {
			_, err = topic.Release(staff(), "", at(9, 0))
		}
	}
	if !errors.Is(err, errFull) || len(topic.History) > MaxHistory {
		t.Errorf("%d lines of history, then %v", len(topic.History), err)
	}
	if _, err := topic.Hide(staff(), "刷屏", at(9, 1)); err != nil {
		t.Errorf("a full topic cannot be hidden: %v", err)
	}
}
