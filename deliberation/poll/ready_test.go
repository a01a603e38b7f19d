package poll_test

import (
	"context"
	"strings"
	"testing"

	"jushou/deliberation/poll"
	"jushou/internal/fault"
)

// round stands for those who had a poll drafted: it is ready, or says why not.
type round struct{ refuses error }

func (r *round) ready(context.Context, poll.Poll) error { return r.refuses }

var (
	errChanged = fault.New(fault.Conflict, "project.round_changed")
	errAway    = fault.New(fault.Unavailable, "store.unavailable")
)

// ofRound is a ground whose polls ask a round.
func ofRound(t *testing.T) (*ground, *round) {
	t.Helper()
	g, r := setup(t, 3), &round{}
	g.deps.Ready = r.ready
	g.Service = poll.New(g.deps)
	return g, r
}

// listed is a poll of households whose roll is published, in a round that was ready so far.
func listed(t *testing.T) (*ground, *round, poll.Poll) {
	t.Helper()
	g, r := ofRound(t)
	p, err := g.DraftPoll(t.Context(), g.staff, g.household())
	must(t, err)
	_, err = g.ListRoll(t.Context(), g.staff, p.ID)
	must(t, err)
	g.keep()
	return g, r, g.state(p.ID, poll.Listed)
}

// TestAnOptionThatChangedKeepsThePollADraft: the desk reads why, nothing is begun, and the same tap goes on once it is mended.
func TestAnOptionThatChangedKeepsThePollADraft(t *testing.T) {
	t.Parallel()
	g, r := ofRound(t)
	ctx := t.Context()
	p, err := g.DraftPoll(ctx, g.staff, g.draft())
	must(t, err)
	before := len(g.events())
	for want, why := range map[string]error{"project.round_changed": errChanged, "store.unavailable": errAway} {
		r.refuses = why
		_, err = g.ListRoll(ctx, g.staff, p.ID)
		code(t, err, want)
		g.keep()
	}
	_, err = g.ListRoll(ctx, g.p(0), p.ID)
	code(t, err, "poll.not_found") // who may not list it learns nothing of the round
	held := g.state(p.ID, poll.Drafted)
	if after := len(g.events()); after != before || len(held.History) != 1 {
		t.Errorf("%d events and %d steps tell of a roll that was not listed", after-before, len(held.History))
	}
	lines, _, err := g.RollLines(ctx, g.staff, p.ID, "", "")
	must(t, err)
	if len(lines) != 0 {
		t.Errorf("%d lines of a roll that was not listed", len(lines))
	}
	r.refuses = nil
	g.openedDraft(held)
}

// TestAnOptionThatChangedKeepsThePollClosed until it is what it was: no charter, no ballot, the roll as it was published, and nothing else waits.
func TestAnOptionThatChangedKeepsThePollClosed(t *testing.T) {
	t.Parallel()
	g, r, p := listed(t)
	ctx := t.Context()
	r.refuses = errChanged
	g.clock.Set(p.OpensAt)
	before := len(g.events())
	for range 3 {
		g.keep() // a refusal is no fault of the sweep
	}
	held := g.state(p.ID, poll.Listed)
	if held.Charter != "" || held.Roll.Root != p.Roll.Root || len(held.History) != len(p.History) || len(g.events()) != before {
		t.Errorf("half opened: %+v", held)
	}
	_, err := g.cast(g.p(0), p.ID, 0)
	code(t, err, "poll.not_open")
	v, err := g.Poll(ctx, g.p(0), p.ID)
	must(t, err)
	if v.Vote || v.Phase != poll.Listed {
		t.Errorf("residents are shown %s, to vote: %v", v.Phase, v.Vote)
	}
	r.refuses = nil
	g.keep()
	opened := g.state(p.ID, poll.Open)
	if opened.ClosesAt != p.ClosesAt || len(g.events(poll.PollOpened)) != 1 {
		t.Errorf("it opened until %s with %d entries", opened.ClosesAt, len(g.events(poll.PollOpened)))
	}
	_, err = g.cast(g.p(0), p.ID, 0)
	must(t, err)
}

// TestARoundThatCannotBeAskedIsTold to the operator, unlike one that refuses; polls that ask nobody go on.
func TestARoundThatCannotBeAskedIsTold(t *testing.T) {
	t.Parallel()
	g, r := ofRound(t)
	ctx := t.Context()
	var waiting poll.ID
	g.deps.Ready = func(ctx context.Context, p poll.Poll) error {
		if p.ID == waiting {
			return r.ready(ctx, p)
		}
		return nil
	}
	g.Service = poll.New(g.deps)
	var made [2]poll.Poll
	for i := range made {
		p, err := g.DraftPoll(ctx, g.staff, g.household())
		must(t, err)
		made[i] = p
		_, err = g.ListRoll(ctx, g.staff, p.ID)
		must(t, err)
	}
	g.keep()
	waiting, r.refuses = made[0].ID, errAway
	g.clock.Set(made[1].OpensAt)
	_, err := g.Keep(ctx)
	if err == nil || !strings.Contains(err.Error(), string(waiting)) {
		t.Errorf("the operator is told %v", err)
	}
	g.state(waiting, poll.Listed)
	g.state(made[1].ID, poll.Open)
	r.refuses = nil
	g.keep()
	g.state(waiting, poll.Open)
}

// TestAPollThatWaitedTooLong for its round never opens by itself: the desk names other instants or gives it up.
func TestAPollThatWaitedTooLong(t *testing.T) {
	t.Parallel()
	g, r, p := listed(t)
	r.refuses = errChanged
	g.clock.Set(p.ClosesAt)
	g.keep()
	r.refuses = nil
	g.keep()
	g.state(p.ID, poll.Listed) // nobody could have voted
	_, err := g.PostponePoll(t.Context(), g.staff, poll.Postpone{Poll: p.ID, OpensAt: g.in(0), ClosesAt: g.in(3 * day), Reason: "项目的金额更正了"})
	must(t, err)
	g.keep()
	g.state(p.ID, poll.Open)
}
