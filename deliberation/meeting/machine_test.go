package meeting_test

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"jushou/deliberation/meeting"
	"jushou/deliberation/roomtest"
)

func TestEveryCellOfTheMachine(t *testing.T) {
	t.Parallel()
	const stay = ""
	allowed := map[meeting.State]map[meeting.Move]meeting.State{
		meeting.Called: {meeting.MoveInvite: stay, meeting.MoveReply: stay, meeting.MoveAnnounce: meeting.Announced,
			meeting.MovePostpone: meeting.Postponed, meeting.MoveCancel: meeting.Cancelled, meeting.MoveHold: meeting.Held},
		meeting.Announced: {meeting.MoveInvite: stay, meeting.MoveReply: stay, meeting.MoveListen: stay, meeting.MoveSay: stay,
			meeting.MovePostpone: meeting.Postponed, meeting.MoveCancel: meeting.Cancelled, meeting.MoveHold: meeting.Held},
		meeting.Postponed: {meeting.MoveReschedule: meeting.Called, meeting.MoveCancel: meeting.Cancelled},
		meeting.Held:      {meeting.MovePresence: stay, meeting.MoveDraft: meeting.Drafted},
		meeting.Drafted: {meeting.MovePresence: stay, meeting.MoveDraft: stay, meeting.MoveReturn: meeting.Held,
			meeting.MoveConfirm: meeting.Confirmed},
		meeting.Confirmed: {meeting.MoveDraft: meeting.Drafted, meeting.MovePublish: meeting.Published},
		meeting.Published: {meeting.MoveDraft: stay, meeting.MoveReturn: stay, meeting.MoveConfirm: stay},
	}
	cells := 0
	for _, s := range meeting.States() {
		for _, m := range meeting.Moves() {
			cells++
			want, ok := allowed[s][m]
			if want == stay {
				want = s
			}
			if got, may := s.After(m); may != ok || got != want {
				t.Errorf("%s %s: %s %v, want %s %v", s, m, got, may, want, ok)
			}
		}
	}
	if cells != 8*14 {
		t.Errorf("%d cells", cells)
	}
}

func TestTheDrawingIsTheMachine(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/meeting.md")
	roomtest.Must(t, err)
	drawn := map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+) --> (\w+): `).FindAllSubmatch(text, -1) {
		if string(line[1]) != "running" { // tasks have two states, which their clock tells
			drawn[string(line[1])+" --> "+string(line[2])] = true
		}
	}
	built := map[string]bool{}
	for _, s := range meeting.States() {
		for _, m := range meeting.Moves() {
			if next, ok := s.After(m); ok && (next != s || m == meeting.MoveDraft) {
				built[string(s)+" --> "+string(next)] = true
			}
		}
	}
	for _, step := range slices.Sorted(maps.Keys(built)) {
		if !drawn[step] {
			t.Errorf("not drawn: %s", step)
		}
	}
	for _, step := range slices.Sorted(maps.Keys(drawn)) {
		if !built[step] {
			t.Errorf("drawn but impossible: %s", step)
		}
	}
	if len(built) < 15 {
		t.Errorf("only %d steps", len(built))
	}
}
