package activity

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

var (
	errNotYet    = fault.New(fault.Conflict, "activity.not_yet")
	errNoteOver  = fault.New(fault.TooLate, "activity.note_over")
	errCame      = fault.New(fault.Invalid, "activity.bad_came").On("came")
	errWalkIns   = fault.New(fault.Invalid, "activity.bad_walk_ins").On("walk_ins")
	errNoRecap   = fault.New(fault.Invalid, "activity.no_recap").On("text")
	errNoSaying  = fault.New(fault.Invalid, "activity.no_saying").On("text")
	errSaidMuch  = fault.New(fault.Conflict, "activity.said_enough")
	errNotSigned = fault.New(fault.Invalid, "activity.no_such_seat").On("came")
)

// Say tells something to everybody who has signed up.
func (a *Activity) Say(words string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch {
	case words == "":
		return nil, errNoSaying
	case a.Status != Published:
		return nil, errState
	case len(a.Sayings) >= MaxSayings:
		return nil, errSaidMuch.With("max", MaxSayings)
	case len(a.Sayings) > 0 && a.Sayings[len(a.Sayings)-1].Text == words:
		return nil, docstore.ErrUnchanged // sent twice
	}
	a.Sayings = append(slices.Clip(a.Sayings), Saying{words, now})
	return []docstore.Fact{a.told(Said, by, words, now)}, nil
}

// begun refuses what can only be said once it has begun, and no longer than noteTime after its end.
func (a Activity) begun(now time.Time) error {
	switch {
	case a.Status != Published:
		return errState
	case now.Before(a.StartsAt):
		return errNotYet
	}
	return fault.When(!now.Before(a.EndsAt.Add(noteTime)), errNoteOver.With("days", int(noteTime/day)))
}

// Note writes down how many came: persons by the place of their seat in Seats, and those who had not signed up. It may be
// corrected.
func (a *Activity) Note(came map[int]int, walkIns int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := a.begun(now); err != nil {
		return nil, err
	}
	if walkIns < 0 || walkIns > MaxWalkIns {
		return nil, errWalkIns.With("max", MaxWalkIns)
	}
	seats := slices.Clone(a.Seats)
	for i := range seats {
		seats[i].Came = 0
	}
	for i, n := range came {
		if i < 0 || i >= len(seats) || seats[i].Status == Left {
			return nil, errNotSigned
		}
		if n < 0 || n > MaxPersons {
			return nil, errCame.With("max", MaxPersons)
		}
		seats[i].Came = n
	}
	a.Seats, a.Turnout = seats, &Turnout{WalkIns: walkIns, At: now}
	return []docstore.Fact{a.told(Attended, by, "", now)}, nil
}

// Tell is the host's recap, words and photos; once more replaces it.
func (a *Activity) Tell(words string, photos []deliberation.PhotoID, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := a.begun(now); err != nil {
		return nil, err
	}
	if words == "" {
		return nil, errNoRecap
	}
	if a.Recap == nil {
		a.note(Recapped, by, "", now)
	}
	a.Recap = &Recap{Text: words, Photos: photos, At: now}
	return []docstore.Fact{a.told(Recapped, by, "", now)}, nil
}

// fallDue records what the stored instants say: the reminder of the day before, the end, and that what waited for the desk was not
// confirmed in time.
func (a *Activity) fallDue(now time.Time) []docstore.Fact {
	var facts []docstore.Fact
	if !a.RemindAt.IsZero() && !now.Before(a.RemindAt) {
		a.RemindAt = time.Time{}
		if now.Before(a.StartsAt) {
			facts = append(facts, a.told(Reminded, keeping, "", now))
		}
	}
	if a.Status == Published && a.EndedAt.IsZero() && !now.Before(a.EndsAt) {
		a.EndedAt = a.EndsAt
		facts = append(facts, a.told(Over, keeping, "", now))
	}
	if a.Status == Waits && !now.Before(a.StartsAt) {
		a.Status = Returned
		a.note(Lapsed, keeping, "", now)
		facts = append(facts, a.told(Lapsed, keeping, "", now))
	}
	return facts
}

// nextStep returns the instant at which the sweep has something to record.
func (a Activity) nextStep() (time.Time, bool) {
	switch {
	case a.Status == Published && !a.RemindAt.IsZero():
		return a.RemindAt, true
	case a.Status == Published && a.EndedAt.IsZero():
		return a.EndsAt, true
	case a.Status == Waits:
		return a.StartsAt, true
	}
	return time.Time{}, false
}
