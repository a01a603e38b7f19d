package hall

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Bounds of a round and of a pause.
const (
	MinRound = time.Hour
	MaxRound = 90 * 24 * time.Hour
	MinPause = 10 * time.Minute
	MaxPause = 7 * 24 * time.Hour
)

// Round is one stretch of the talk. What is said at Begins <= at < Ends belongs to it.
type Round struct {
	N      int       `json:"n"`
	About  string    `json:"about,omitempty"` // what this round looks at
	Begins time.Time `json:"begins"`
	Ends   time.Time `json:"ends"`
	// ClosedAt is when the facilitator summed it up, zero until then.
	ClosedAt time.Time           `json:"closed_at,omitzero"`
	Agreed   string              `json:"agreed,omitempty"` // what people agree on
	Open     string              `json:"open,omitempty"`   // what they do not
	By       deliberation.Author `json:"by,omitzero"`
	// Token is of the form that closed it: the same form again changes nothing.
	Token string `json:"token,omitempty"`
	// Told is set when the facilitator was told that it has ended.
	Told bool `json:"told,omitempty"`
}

// Closed reports whether the round was summed up.
func (r Round) Closed() bool { return !r.ClosedAt.IsZero() }

// Pause is a cool-down: nobody speaks until it ends by itself or by the facilitator.
type Pause struct {
	At     time.Time           `json:"at"`
	Until  time.Time           `json:"until"`
	Reason string              `json:"reason"`
	By     deliberation.Author `json:"by"`
}

var (
	errRoundEnd   = fault.New(fault.Invalid, "hall.bad_end").On("ends")
	errRoundGone  = fault.New(fault.Conflict, "hall.round_closed")
	errSummary    = fault.New(fault.Invalid, "hall.summary_empty").On("agreed")
	errTooMany    = fault.New(fault.Conflict, "hall.too_many_rounds")
	errPauseUntil = fault.New(fault.Invalid, "hall.bad_pause").On("until")
	errFull       = fault.New(fault.Conflict, "hall.full")
)

// RoundAt returns the number of the round that something said at the instant belongs to. What is said after the
// end of the last round there is belongs to the next one, even if that is never opened.
func (s Session) RoundAt(at time.Time) int {
	for _, r := range s.Rounds {
		if at.Before(r.Ends) {
			return r.N
		}
	}
	return len(s.Rounds) + 1
}

// Round returns the last round.
func (s Session) Round() Round { return s.Rounds[len(s.Rounds)-1] }

// checkEnd refuses an end that leaves too little or too much time.
func checkEnd(ends, now time.Time) error {
	if ends.Before(now.Add(MinRound)) || ends.After(now.Add(MaxRound)) {
		return errRoundEnd.With("days", int(MaxRound/(24*time.Hour)))
	}
	return nil
}

// CloseRound sums up round n. With next, another one begins where this one ended; without, the rounds are over. Of two
// facilitators who close the same round the second is told; the same form twice changes nothing.
func (s *Session) CloseRound(c CloseRound, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if c.Round >= 1 && c.Round <= len(s.Rounds) {
		if r := s.Rounds[c.Round-1]; r.Closed() && r.Token == c.ID {
			return nil, docstore.ErrUnchanged
		}
	}
	if c.Round != len(s.Rounds) || s.Round().Closed() {
		return nil, errRoundGone.With("round", c.Round)
	}
	if err := s.may(moveCloseRound, now); err != nil {
		return nil, err
	}
	if err := deliberation.Joined(fault.When(c.Agreed == "" && c.Open == "", errSummary), s.next(c, now)); err != nil {
		return nil, err
	}
	s.Rounds = slices.Clone(s.Rounds)
	r := &s.Rounds[len(s.Rounds)-1]
	if now.Before(r.Ends) {
		r.Ends = now
	}
	r.ClosedAt, r.Agreed, r.Open, r.By, r.Token, s.Pause = now, c.Agreed, c.Open, by, c.ID, nil
	data := RoundClosed{About: s.about(), Round: r.N, Agreed: c.Agreed, Open: c.Open}
	s.State = Settling
	if !c.Ends.IsZero() {
		data.NextEnds = c.Ends
		s.begin(c.About, c.Ends)
	}
	s.note(SessionRoundClosed, by, "", now)
	return []docstore.Fact{fact(SessionRoundClosed, by.Account, now, data)}, nil
}

func (s Session) next(c CloseRound, now time.Time) error {
	if c.Ends.IsZero() {
		return nil
	}
	return deliberation.Joined(checkEnd(c.Ends, now), fault.When(len(s.Rounds) >= MaxRounds, errTooMany.With("max", MaxRounds)))
}

// begin adds a round that goes on where the last one ended.
func (s *Session) begin(about string, ends time.Time) {
	s.Rounds = append(s.Rounds, Round{N: len(s.Rounds) + 1, About: about, Begins: s.Round().Ends, Ends: ends})
	s.State = Talking
}

// OpenRound lets people speak again after the rounds were over.
func (s *Session) OpenRound(about string, ends time.Time, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := s.may(moveOpenRound, now); err != nil {
		return nil, err
	}
	if err := deliberation.Joined(checkEnd(ends, now), fault.When(len(s.Rounds) >= MaxRounds, errTooMany.With("max", MaxRounds))); err != nil {
		return nil, err
	}
	s.Rounds = slices.Clone(s.Rounds)
	s.begin(about, ends)
	s.note(SessionRoundOpened, by, about, now)
	return []docstore.Fact{fact(SessionRoundOpened, by.Account, now, s.about())}, nil
}

// Extend moves the end of the running round to a later instant. A round that has ended stays ended: what was said
// since belongs to the next one.
func (s *Session) Extend(ends time.Time, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := s.may(moveExtend, now); err != nil {
		return nil, err
	}
	r := s.Round()
	if !now.Before(r.Ends) {
		return nil, errRoundGone.With("round", r.N)
	}
	if err := deliberation.Joined(checkEnd(ends, now), fault.When(!ends.After(r.Ends), errRoundEnd.With("days", int(MaxRound/(24*time.Hour))))); err != nil {
		return nil, err
	}
	s.Rounds = slices.Clone(s.Rounds)
	s.Rounds[len(s.Rounds)-1].Ends = ends
	s.note(SessionExtended, by, reason, now)
	return []docstore.Fact{fact(SessionExtended, by.Account, now, s.about())}, nil
}

// Cool pauses the talk. The running round ends later by as much, because residents lose nothing by a pause.
func (s *Session) Cool(until time.Time, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := s.may(movePause, now); err != nil {
		return nil, err
	}
	if s.Cooling(now) {
		return nil, errPaused.With("until", s.Pause.Until.UTC().Format(time.RFC3339))
	}
	if until.Before(now.Add(MinPause)) || until.After(now.Add(MaxPause)) {
		return nil, errPauseUntil.With("days", int(MaxPause/(24*time.Hour)))
	}
	s.Pause = &Pause{At: now, Until: until, Reason: reason, By: by}
	s.shift(until.Sub(now), now)
	s.note(SessionPaused, by, reason, now)
	return []docstore.Fact{fact(SessionPaused, by.Account, now, s.about())}, nil
}

// Resume ends a pause early.
func (s *Session) Resume(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := s.may(moveResume, now); err != nil {
		return nil, err
	}
	if !s.Cooling(now) {
		return nil, docstore.ErrUnchanged
	}
	s.shift(-s.Pause.Until.Sub(now), now)
	s.Pause = nil
	s.note(SessionResumed, by, "", now)
	return []docstore.Fact{fact(SessionResumed, by.Account, now, s.about())}, nil
}

// shift moves the end of the running round; one that has ended stays.
func (s *Session) shift(by time.Duration, now time.Time) {
	last := len(s.Rounds) - 1
	if !now.Before(s.Rounds[last].Ends) {
		return
	}
	s.Rounds = slices.Clone(s.Rounds)
	s.Rounds[last].Ends = s.Rounds[last].Ends.Add(by)
}
