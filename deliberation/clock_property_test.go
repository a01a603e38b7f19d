package deliberation

import (
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

type tenant = community.ID

// act is something that happens to a topic.
type act struct {
	at   time.Time
	move Move // "" is a sweep
}

// staff is an actor who may do everything to a topic in community c.
func staff() identity.Actor {
	return identity.Actor{ID: "staff", Name: "李社工", Grants: []identity.Grant{{Role: identity.RoleStaff, Node: "c", Title: "居委干部"}}}
}

// newPost is a topic posted at start, with its clock.
func newPost(start time.Time, rounds []time.Time) Topic {
	t := Topic{
		ID: "topic", Community: "c", Path: []tenant{"d", "t", "c"}, Board: BoardNearby, Kind: KindProblem,
		Author: Author{Account: "author", Name: "王**"}, Title: "灯不亮", Body: "楼道灯不亮", CreatedAt: start,
		Clock: startClock(start, rounds, 1, "v1", true),
	}
	t.posted(identity.Actor{ID: "author", Name: "王**"}, Verdict{})
	return t
}

// play applies the acts in their order. Illegal moves are refused and change nothing.
func play(t Topic, acts []act) (Topic, []docstore.Fact) {
	var told []docstore.Fact
	for _, a := range acts {
		before := t
		facts, err := apply(&t, a)
		if err != nil {
			t = before
			continue
		}
		told = append(told, facts...)
	}
	return t, told
}

func apply(t *Topic, a act) ([]docstore.Fact, error) {
	switch a.move {
	case MoveAnswer:
		return t.Answer(Response{ID: a.at.String(), By: "staff", Role: identity.RoleStaff, Body: "在修"}, a.at)
	case MoveHold:
		return t.Hold(staff(), "核实", a.at)
	case MoveHide:
		return t.Hide(staff(), "重复", a.at)
	case MoveRelease:
		return t.Release(staff(), "", a.at)
	case MoveWithdraw:
		return t.Withdraw(identity.Actor{ID: "author"}, "", a.at)
	case "": // a sweep, which comes only where the index leads it
		if next, ok := t.Clock.NextStepAt(); !ok || next.After(a.at) {
			return nil, nil
		}
		return t.catchUp(a.at), nil
	}
	return nil, errors.New("no such act")
}

// trueSteps are the steps without the instant they were written down at.
func trueSteps(t Topic) []StepRecord {
	steps := slices.Clone(t.Clock.Steps)
	for i := range steps {
		steps[i].RecordedAt = time.Time{}
	}
	return steps
}

func drawPost(r *rapid.T) Topic {
	start := at(0, 0).Add(time.Duration(rapid.IntRange(0, 24*60).Draw(r, "posted")) * time.Minute)
	var rounds []time.Time
	next := start
	for range rungs {
		next = next.Add(time.Duration(rapid.IntRange(1, 400).Draw(r, "gap")) * time.Minute)
		rounds = append(rounds, next)
	}
	return newPost(start, rounds)
}

func drawMoves(r *rapid.T, start time.Time) []act {
	moves := rapid.SliceOfN(rapid.Custom(func(r *rapid.T) act {
		return act{
			at:   start.Add(time.Duration(rapid.IntRange(0, 1600).Draw(r, "minute")) * time.Minute),
			move: rapid.SampledFrom([]Move{MoveAnswer, MoveHold, MoveHide, MoveRelease, MoveWithdraw}).Draw(r, "move"),
		}
	}), 0, 6).Draw(r, "moves")
	slices.SortStableFunc(moves, func(a, b act) int { return a.at.Compare(b.at) })
	return moves
}

// withSweeps adds a sweep every so many minutes, and one at the end. At the same instant the sweep comes first.
func withSweeps(moves []act, start time.Time, every int) []act {
	end := start.Add(1800 * time.Minute)
	all := []act{{at: end}}
	for m := start; every > 0 && m.Before(end); m = m.Add(time.Duration(every) * time.Minute) {
		all = append(all, act{at: m})
	}
	all = append(all, moves...)
	slices.SortStableFunc(all, func(a, b act) int { return a.at.Compare(b.at) })
	return all
}

func TestDowntimeChangesNoFact(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		post := drawPost(r)
		moves := drawMoves(r, post.CreatedAt)
		often, _ := play(post, withSweeps(moves, post.CreatedAt, 1))
		once, _ := play(post, withSweeps(moves, post.CreatedAt, 0))
		some, _ := play(post, withSweeps(moves, post.CreatedAt, rapid.IntRange(2, 1000).Draw(r, "every")))
		for _, other := range []Topic{once, some} {
			if !slices.Equal(trueSteps(often), trueSteps(other)) {
				r.Fatalf("swept every minute: %v; after an outage: %v", trueSteps(often), trueSteps(other))
			}
			if often.Status != other.Status || !often.Clock.MetAt.Equal(other.Clock.MetAt) {
				r.Fatalf("every minute %s %v; after an outage %s %v", often.Status, often.Clock.MetAt, other.Status, other.Clock.MetAt)
			}
		}
	})
}

func TestAClockThatJumpsDoublesNothing(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		post := drawPost(r)
		acts := withSweeps(drawMoves(r, post.CreatedAt), post.CreatedAt, 17)
		for i := range acts {
			if rapid.IntRange(0, 9).Draw(r, "jump") == 0 {
				acts[i].at = acts[i].at.Add(-time.Hour)
			}
		}
		got, told := play(post, acts)
		steps := 0
		for _, f := range told {
			if f.Type == TopicStepRecorded {
				steps++
			}
		}
		if steps != len(got.Clock.Steps) || steps > rungs {
			r.Fatalf("told %d steps, recorded %d", steps, len(got.Clock.Steps))
		}
		for i, s := range got.Clock.Steps {
			if s.Step != Ladder()[i] || !s.At.Equal(got.Clock.Rounds[i]) {
				r.Fatalf("step %d is %+v, its Round %v", i, s, got.Clock.Rounds[i])
			}
		}
	})
}

func TestAnsweredBeforeTheRoundIsNeverListed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		post := drawPost(r)
		spare := int(post.Clock.DueAt.Sub(post.CreatedAt) / time.Minute)
		answered := post.CreatedAt.Add(time.Duration(rapid.IntRange(0, spare-1).Draw(r, "answered")) * time.Minute)
		got, told := play(post, withSweeps([]act{{answered, MoveAnswer}}, post.CreatedAt, 7))
		if len(got.Clock.Steps) != 0 || got.Status != Responded {
			r.Fatalf("listed %v in state %s", got.Clock.Steps, got.Status)
		}
		if got.ExplainAt(post.Clock.Rounds[2]).Late != 0 || len(told) != 1 {
			r.Fatalf("in time, yet late by %v; told %v", got.ExplainAt(post.Clock.Rounds[2]).Late, told)
		}
	})
}

func TestMachineStatesAgreeWithWhatTheTopicHolds(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		post := drawPost(r)
		got, _ := play(post, withSweeps(drawMoves(r, post.CreatedAt), post.CreatedAt, 60))
		running := got.Clock.Running()
		switch got.Status {
		case Waiting:
			if !running || got.Answered() {
				r.Fatalf("waiting, but the clock does not run")
			}
		case Responded:
			if running || !got.Answered() || got.Clock.MetAt.IsZero() {
				r.Fatalf("responded without an answer that stopped the clock")
			}
		case Withdrawn, Hidden:
			if running {
				r.Fatalf("%s, but an answer is owed", got.Status)
			}
		case Open:
			r.Fatalf("a topic with a clock is open")
		}
	})
}
