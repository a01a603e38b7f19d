package digest

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

var (
	begins  = time.Date(2026, 3, 9, 1, 0, 0, 0, time.UTC)
	staff   = somebody("chen")
	second  = somebody("zhang")
	officer = somebody("fang")
)

func somebody(id identity.AccountID) hand {
	return hand{identity.Actor{ID: id, Name: string(id)}, deliberation.Author{Account: id, Name: string(id)}}
}

func days(t testing.TB) *calendar.Calendar {
	t.Helper()
	cal, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// started has one group with a topic.
func started() Digest {
	return Digest{
		ID: "d1", Community: "c1", Path: []community.ID{"d", "t", "c1"}, State: Collecting,
		Groups: []Group{{ID: "g1", Heading: "灯", Summary: "不亮", Ask: "修", Topics: []deliberation.TopicID{"t1"}}},
	}
}

var weighed = map[GroupID]Weight{"g1": {Topics: []deliberation.TopicID{"t1"}, Voices: 1}}

// take takes a move as the person whose it is.
func take(d *Digest, m Move, cal *calendar.Calendar, now time.Time) ([]docstore.Fact, error) {
	switch m {
	case MoveSort:
		return d.Write(Writing{ID: "g1", Heading: now.String(), Summary: "不亮", Ask: "修"}, d.Revision, staff, now)
	case MoveFinish:
		return d.Finish(weighed, Tally{}, d.Revision, staff, now)
	case MoveSendBack:
		return d.SendBack("再理一理", d.Revision, second, now)
	case MoveSubmit:
		return d.Submit(weighed, d.Revision, second, cal, now)
	case MoveReturn:
		return d.Return("请写清", d.Revision, officer, now)
	case MoveAnswer:
		return d.Answer("g1", Answer{ID: now.String(), Verdict: Declined, Why: "不归我镇"}, len(d.Groups[0].Answers), officer, now)
	case MoveClose:
		return d.Close(d.Revision, staff, now)
	case MoveWithdraw:
		return d.Withdraw("不报了", d.Revision, second, now)
	}
	return nil, fmt.Errorf("no such move: %s", m)
}

// reach plays every sequence of up to depth moves, holds each against the table, and collects the steps between states.
func reach(t *testing.T, d Digest, cal *calendar.Calendar, now time.Time, depth int, seen map[string]bool) {
	if depth == 0 {
		return
	}
	for _, m := range Moves() {
		next := d
		_, err := take(&next, m, cal, now)
		if errors.Is(err, docstore.ErrUnchanged) {
			continue
		}
		if !d.State.Allows(m) {
			if fault.CodeOf(err) != ErrState.Code || next.State != d.State || next.Revision != d.Revision {
				t.Fatalf("%s from %s is refused with %v", m, d.State, err)
			}
			continue
		}
		if err != nil {
			if !errors.Is(err, ErrAnswered) && !errors.Is(err, errReturns) {
				t.Fatalf("%s from %s: %v", m, d.State, err)
			}
			continue
		}
		if next.State != d.State {
			seen[string(d.State)+" --> "+string(next.State)] = true
		}
		if next.State == Submitted != next.Clock.Running() {
			t.Fatalf("%s from %s: the clock runs: %v", m, d.State, next.Clock.Running())
		}
		reach(t, next, cal, now.Add(time.Hour), depth-1, seen)
	}
}

func TestTheDrawingIsTheMachine(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/digest.md")
	if err != nil {
		t.Fatal(err)
	}
	drawn, played := map[string]bool{}, map[string]bool{}
	for _, line := range regexp.MustCompile(`(?m)^    (\w+ --> \w+)`).FindAllSubmatch(text, -1) {
		drawn[string(line[1])] = true
	}
	reach(t, started(), days(t), begins, 6, played)
	for _, step := range slices.Sorted(maps.Keys(played)) {
		if !drawn[step] {
			t.Errorf("not drawn: %s", step)
		}
	}
	for _, step := range slices.Sorted(maps.Keys(drawn)) {
		if !played[step] {
			t.Errorf("drawn but impossible: %s", step)
		}
	}
	if len(played) < 12 {
		t.Fatalf("played only %d steps", len(played))
	}
}

func TestAStaleFormMovesNothing(t *testing.T) {
	t.Parallel()
	cal := days(t)
	d := started()
	d.Revision = 7
	for _, state := range States() {
		for _, m := range []Move{MoveSort, MoveFinish, MoveSendBack, MoveSubmit, MoveReturn, MoveClose, MoveWithdraw} {
			if !state.Allows(m) {
				continue
			}
			next := d
			next.State = state
			was := next.Revision
			if err := next.may(m, was-1); !errors.Is(err, ErrStale) {
				t.Errorf("%s in %s with an old form: %v", m, state, err)
			}
			if _, err := take(&next, m, cal, begins); err != nil && !errors.Is(err, docstore.ErrUnchanged) {
				t.Errorf("%s in %s with a new form: %v", m, state, err)
			}
			if next.Revision != was+1 {
				t.Errorf("%s in %s leaves revision %d", m, state, next.Revision)
			}
		}
	}
}

func TestCountsAreBounded(t *testing.T) {
	t.Parallel()
	many := func(n, from int) []deliberation.TopicID {
		all := make([]deliberation.TopicID, n)
		for i := range all {
			all[i] = deliberation.TopicID(fmt.Sprint(from + i))
		}
		return all
	}
	d := Digest{State: Collecting}
	for i := range MaxGroups {
		if _, err := d.Write(Writing{ID: GroupID(fmt.Sprint(i)), Heading: "灯"}, d.Revision, staff, begins); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Write(Writing{ID: "more", Heading: "灯"}, d.Revision, staff, begins); !errors.Is(err, errGroups) {
		t.Errorf("a group too many: %v", err)
	}
	if _, err := d.Sort(many(MaxInGroup+1, 0), "0", d.Revision); !errors.Is(err, errInGroup) {
		t.Errorf("a topic too many in a group: %v", err)
	}
	for i := range MaxTopics / MaxInGroup {
		if _, err := d.Sort(many(MaxInGroup, i*MaxInGroup), GroupID(fmt.Sprint(i)), d.Revision); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Sort([]deliberation.TopicID{"one more"}, "9", d.Revision); !errors.Is(err, errTopics) || d.Placed() != MaxTopics {
		t.Errorf("a topic too many: %v, %d placed", err, d.Placed())
	}
	if _, err := d.Sort([]deliberation.TopicID{"0"}, "9", d.Revision); err != nil || d.GroupOf("0") != "9" || d.Placed() != MaxTopics {
		t.Errorf("moving one when full: %v, in %q", err, d.GroupOf("0"))
	}
}
