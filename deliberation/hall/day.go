package hall

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// DayID identifies a day of questions and answers; it is the token of the form that announced it.
type DayID string

// QuestionID identifies a question.
type QuestionID string

// Bounds of a day. Lengths are in runes.
const (
	MaxDayTitle   = 40
	MaxIntro      = 1000
	MaxAnswerers  = 10
	MaxAsk        = 300
	MaxAnswer     = 1000
	MaxDaySummary = 1000
	MaxAsked      = 5 // questions of one person on one day
	MaxWindow     = 48 * time.Hour
	MaxNotice     = 60 * 24 * time.Hour // how far ahead a day is announced
	MaxLater      = 30 * 24 * time.Hour // how far an unanswered question is promised
)

// DayPhase is where a day stands at an instant.
type DayPhase string

// Phases of a day.
const (
	DayComing  DayPhase = "coming"    // announced, [.., From)
	DayOpen    DayPhase = "open"      // residents ask, [From, To)
	DayWaiting DayPhase = "answering" // the window has ended, and the day is not summed up
	DayDone    DayPhase = "closed"
	DayCalled  DayPhase = "cancelled" // called off, with a reason
)

// DayPhases lists them in order.
func DayPhases() []DayPhase { return []DayPhase{DayComing, DayOpen, DayWaiting, DayDone, DayCalled} }

// Answerer is somebody who answers on the day, known by name and title.
type Answerer struct {
	Account identity.AccountID `json:"account"`
	Name    string             `json:"name"`
	Title   string             `json:"title,omitempty"`
}

// Day is 网上议事日: announced ahead, open for questions in its window, answered by named people, closed with a summary.
// The window never moves once it is announced.
type Day struct {
	ID        DayID               `json:"id"`
	Community community.ID        `json:"community"`
	Path      []community.ID      `json:"path"`
	Title     string              `json:"title"`
	Intro     string              `json:"intro,omitempty"`
	From      time.Time           `json:"from"`
	To        time.Time           `json:"to"`
	Answerers []Answerer          `json:"answerers"`
	By        deliberation.Author `json:"by"`
	CreatedAt time.Time           `json:"created_at"`

	// Told is set when those who answer were told that the window has ended.
	Told     bool                `json:"told,omitempty"`
	ClosedAt time.Time           `json:"closed_at,omitzero"`
	Summary  string              `json:"summary,omitempty"`
	ClosedBy deliberation.Author `json:"closed_by,omitzero"`
	// Promised is until when what was unanswered at the end is answered; zero if nothing was.
	Promised time.Time `json:"promised,omitzero"`
	// BreachedAt is Promised once a sweep has recorded that answers were still missing. It stays.
	BreachedAt time.Time `json:"breached_at,omitzero"`
	// Settled is set once the promise has passed and every question had its answer.
	Settled     bool      `json:"settled,omitempty"`
	CancelledAt time.Time `json:"cancelled_at,omitzero"`
	Reason      string    `json:"reason,omitempty"`
}

var (
	errDayTitle    = fault.New(fault.Invalid, "hall.day_title").On("title")
	errDayWindow   = fault.New(fault.Invalid, "hall.day_window").On("from")
	errDayNobody   = fault.New(fault.Invalid, "hall.day_nobody").On("answerers")
	errNotAnswerer = fault.New(fault.Denied, "hall.not_answerer")
	errDayNotYet   = fault.New(fault.Conflict, "hall.day_not_yet")
	errDayOver     = fault.New(fault.TooLate, "hall.day_over")
	errDayRuns     = fault.New(fault.Conflict, "hall.day_runs")
	errDayClosed   = fault.New(fault.Conflict, "hall.day_closed")
	errDaySummary  = fault.New(fault.Invalid, "hall.day_summary").On("summary")
	errDayPromise  = fault.New(fault.Invalid, "hall.day_promise").On("promised")
	errNoDay       = fault.New(fault.NotFound, "hall.no_day")
	errNoQuestion  = fault.New(fault.NotFound, "hall.no_question")
	errAskEmpty    = fault.New(fault.Invalid, "hall.ask_empty").On("body")
	errAskLong     = fault.New(fault.Invalid, "hall.ask_too_long").On("body")
	errAskedEnough = fault.New(fault.Conflict, "hall.asked_enough")
	errAnswerEmpty = fault.New(fault.Invalid, "hall.answer_empty").On("body")
	errAnswered    = fault.New(fault.Conflict, "hall.answered_already")
)

// PhaseAt returns where the day stands.
func (d Day) PhaseAt(now time.Time) DayPhase {
	switch {
	case !d.CancelledAt.IsZero():
		return DayCalled
	case !d.ClosedAt.IsZero():
		return DayDone
	case now.Before(d.From):
		return DayComing
	case now.Before(d.To):
		return DayOpen
	}
	return DayWaiting
}

// Place is where the day is held.
func (d Day) Place() identity.Place { return identity.Place{Path: d.Path} }

// Answers reports whether the account is one of those who answer.
func (d Day) Answers(who identity.AccountID) bool {
	return who != "" && slices.ContainsFunc(d.Answerers, func(a Answerer) bool { return a.Account == who })
}

func (d Day) about() AboutDay {
	a := AboutDay{Day: d.ID, Community: d.Community, Title: d.Title, From: d.From, To: d.To}
	for _, x := range d.Answerers {
		a.Answerers = append(a.Answerers, x.Account)
	}
	return a
}

// mayAsk refuses questions outside [From, To).
func (d Day) mayAsk(now time.Time) error {
	switch d.PhaseAt(now) {
	case DayOpen:
		return nil
	case DayComing:
		return errDayNotYet.With("from", d.From.UTC().Format(time.RFC3339))
	}
	return errDayOver
}

// mayAnswer refuses answers before the day begins and after it was called off. They go on after the closing.
func (d Day) mayAnswer(now time.Time) error {
	switch d.PhaseAt(now) {
	case DayComing:
		return errDayNotYet.With("from", d.From.UTC().Format(time.RFC3339))
	case DayCalled:
		return errDayClosed
	}
	return nil
}

// window refuses one that lies in the past, too far ahead, or is empty or too long.
func (d Day) window(now time.Time) error {
	bad := d.From.Before(now) || d.From.After(now.Add(MaxNotice)) || d.To.Before(d.From.Add(MinRound)) || d.To.After(d.From.Add(MaxWindow))
	return fault.When(bad, errDayWindow.With("days", int(MaxNotice/(24*time.Hour))).With("hours", int(MaxWindow/time.Hour)))
}

// Close sums the day up. left is how many questions have no answer; for them an instant must be promised.
func (d *Day) Close(summary string, promised time.Time, asked, left int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch d.PhaseAt(now) {
	case DayDone:
		if d.ClosedBy.Account == by.Account && d.Summary == summary {
			return nil, docstore.ErrUnchanged // the same form again
		}
		return nil, errDayClosed
	case DayCalled:
		return nil, errDayClosed
	case DayComing, DayOpen:
		return nil, errDayRuns.With("to", d.To.UTC().Format(time.RFC3339))
	}
	late := left > 0 && (!promised.After(now) || promised.After(now.Add(MaxLater)))
	err := deliberation.Joined(fault.When(summary == "", errDaySummary), fault.When(late, errDayPromise.With("left", left).With("days", int(MaxLater/(24*time.Hour)))))
	if err != nil {
		return nil, err
	}
	if left == 0 {
		promised = time.Time{}
	}
	d.ClosedAt, d.Summary, d.ClosedBy, d.Promised = now, summary, by, promised
	return []docstore.Fact{fact(DayClosed, by.Account, now, DayEnd{d.about(), asked, left, promised})}, nil
}

// Cancel calls a day off before its window ends.
func (d *Day) Cancel(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch d.PhaseAt(now) {
	case DayCalled:
		return nil, docstore.ErrUnchanged
	case DayWaiting, DayDone:
		return nil, errDayOver
	}
	d.CancelledAt, d.Reason = now, reason
	return []docstore.Fact{fact(DayCancelled, by.Account, now, d.about())}, nil
}

// step returns the instant at which a sweep has something to record.
func (d Day) step() (time.Time, bool) {
	switch {
	case !d.CancelledAt.IsZero():
	case d.ClosedAt.IsZero() && !d.Told:
		return d.To, true
	case !d.Promised.IsZero() && d.BreachedAt.IsZero() && !d.Settled:
		return d.Promised, true
	}
	return time.Time{}, false
}

// keep records what has fallen due: the end of the window, and a promise that passed while left questions have no answer.
func (d *Day) keep(asked, left int, now time.Time) ([]docstore.Fact, error) {
	at, owed := d.step()
	if !owed || now.Before(at) {
		return nil, docstore.ErrUnchanged
	}
	what := DayOverdue
	if d.ClosedAt.IsZero() {
		d.Told, what = true, DayOver
	} else {
		if left == 0 {
			d.Settled = true
			return nil, nil
		}
		d.BreachedAt = d.Promised
	}
	return []docstore.Fact{{Type: what, Actor: keeping.Ref(), At: now, Data: DayEnd{d.about(), asked, left, d.Promised}}}, nil
}

// Question is what somebody asks on a day, a document of its own.
type Question struct {
	ID        QuestionID          `json:"id"`
	Day       DayID               `json:"day"`
	Community community.ID        `json:"community"`
	Author    deliberation.Author `json:"author"`
	Body      string              `json:"body"`
	CreatedAt time.Time           `json:"created_at"`
	Veil
	Answer *Answer `json:"answer,omitempty"`
	// Joined is how many neighbours ask the same, up to JoinedSeq of the feed.
	Joined    int   `json:"joined,omitempty"`
	JoinedSeq int64 `json:"joined_seq,omitempty"`
}

// Answer is the reply of one of the named people.
type Answer struct {
	ID   string              `json:"id"`
	Body string              `json:"body"`
	By   deliberation.Author `json:"by"`
	At   time.Time           `json:"at"`
}

// owed reports whether somebody still has to answer. What staff have taken out of sight is nobody's to answer.
func (q Question) owed() bool { return q.Answer == nil && (!q.Hidden || q.unseen()) }

func (q Question) step(d Day) QuestionStep {
	s := QuestionStep{AboutDay: d.about(), Question: q.ID, By: q.Author.Account, Held: q.Hidden}
	if !q.Hidden {
		s.Excerpt = excerpt(q.Body)
	}
	return s
}
