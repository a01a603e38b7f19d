package projects

import (
	"cmp"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Bounds of the acceptance. Lengths are in runes.
const (
	MaxVolunteers = 30
	MaxDefects    = 50
	MaxWord       = 300 // what somebody says about the work
	MaxRounds     = 12
	maxNamings    = 60 // everybody who was ever named
	// RepPatience is for how long somebody who rejected the work cannot be replaced against their will.
	RepPatience = 7 * 24 * time.Hour
)

// Acceptance is 验收: the proposer and residents' representatives look at the finished work. It is done when each of them has
// accepted it and no defect is open. A round ends when the defects of those who rejected are mended; they then say again.
type Acceptance struct {
	Round   int       `json:"round"` // from 1
	RoundAt time.Time `json:"round_at,omitzero"`
	// From is the first round whose words count: those before it were about work that was taken up again.
	From int `json:"from,omitempty"`
	// Volunteers are residents who offered to look; nobody is a representative against their will.
	Volunteers []Rep     `json:"volunteers,omitempty"`
	Reps       []Rep     `json:"reps,omitempty"` // everybody who was ever named
	Draws      int       `json:"draws,omitempty"`
	Words      []Opinion `json:"words,omitempty"`
	Defects    []Defect  `json:"defects,omitempty"`
}

// RepSource says how somebody became a representative.
type RepSource string

// Sources.
const (
	RepVolunteered RepSource = "volunteer" // named by the secretary among those who offered
	RepDrawn       RepSource = "drawn"     // by lot among those who endorsed the project
	RepSupervised  RepSource = "supervisor"
)

// Rep is a residents' representative for one acceptance, or somebody who offers to be one.
type Rep struct {
	ID      string              `json:"id"`
	By      deliberation.Author `json:"by"`
	Source  RepSource           `json:"source,omitempty"`
	At      time.Time           `json:"at"`
	NamedBy deliberation.Author `json:"named_by,omitzero"`
	// EndedAt is when they stood down or were replaced, and Why.
	EndedAt time.Time `json:"ended_at,omitzero"`
	Why     string    `json:"why,omitempty"`
}

// Stands reports whether the person represents the residents now.
func (r Rep) Stands() bool { return r.EndedAt.IsZero() }

// Opinion is what somebody who has to accept the work says about it, once in a round.
type Opinion struct {
	By       deliberation.Author `json:"by"`
	Proposer bool                `json:"proposer,omitempty"` // for the proposer's side, not as a representative
	Round    int                 `json:"round"`
	Accepts  bool                `json:"accepts"`
	Text     string              `json:"text,omitempty"`
	// Hits is what the word list found; the text is then shown to its author and the desk only.
	Hits []string  `json:"hits,omitempty"`
	At   time.Time `json:"at"`
}

var (
	errNotAsked  = fault.New(fault.Denied, "project.not_asked")
	errSaid      = fault.New(fault.Conflict, "project.said_already")
	errRounds    = fault.New(fault.Conflict, "project.too_many_rounds")
	errOwnDefect = fault.New(fault.Conflict, "project.own_defect_open")
	errNoWhat    = fault.New(fault.Invalid, "project.no_defect_text").On("text")
	errRepMany   = fault.New(fault.Conflict, "project.reps_enough")
	errRepSpoke  = fault.New(fault.Conflict, "project.rep_rejected")
	errNoRep     = fault.New(fault.NotFound, "project.no_such_rep")
	errNoDraw    = fault.New(fault.Conflict, "project.nobody_to_draw")
	errOffice    = fault.New(fault.Denied, "project.rep_in_office")
)

// judging returns the project's own copy of its acceptance, for a change.
func (p *Project) judging() *Acceptance {
	a := Acceptance{Round: 1, From: 1, RoundAt: p.Since}
	if p.Acceptance != nil {
		a = *p.Acceptance
	}
	a.Volunteers, a.Reps, a.Words, a.Defects = slices.Clone(a.Volunteers), slices.Clone(a.Reps), slices.Clone(a.Words), slices.Clone(a.Defects)
	p.Acceptance = &a
	return p.Acceptance
}

// Judged returns the acceptance for reading; an empty one before anything was said.
func (p Project) Judged() Acceptance {
	if p.Acceptance == nil {
		return Acceptance{Round: 1, From: 1, RoundAt: p.Since}
	}
	return *p.Acceptance
}

// ProposerSide lists who of those who proposed the project may accept it: the proposer or, where that is the lead or somebody
// who is gone, any co-proposer. Nobody accepts their own work.
func (p Project) ProposerSide() []identity.AccountID {
	lead := p.LeadAccount()
	if who := p.proposing(); who != "" && who != lead {
		return []identity.AccountID{who}
	}
	var side []identity.AccountID
	for _, x := range p.Partners {
		if x.Agreed() && x.By.Account != "" && x.By.Account != lead {
			side = append(side, x.By.Account)
		}
	}
	return side
}

// RepsNeeded is how many representatives have to accept: what the preset says, and at least one where no proposer can.
func (p Project) RepsNeeded() int {
	if len(p.ProposerSide()) == 0 {
		return max(1, p.Preset.Reps)
	}
	return p.Preset.Reps
}

// Representing lists the representatives who stand now.
func (p Project) Representing() []Rep {
	return slices.DeleteFunc(slices.Clone(p.Judged().Reps), func(r Rep) bool { return !r.Stands() })
}

// represents reports whether somebody is a representative now.
func (p Project) represents(who identity.AccountID) bool {
	return who != "" && slices.ContainsFunc(p.Representing(), func(r Rep) bool { return r.By.Account == who })
}

// Accepts reports whether somebody has a word in the acceptance now. The lead never has.
func (p Project) Accepts(who identity.AccountID) bool {
	return who != "" && who != p.LeadAccount() && (slices.Contains(p.ProposerSide(), who) || p.represents(who))
}

// party refuses whoever has no word in the acceptance.
func (p Project) party(by deliberation.Author) error {
	return fault.When(!p.Accepts(by.Account), errNotAsked)
}

// last returns somebody's last word that counts, nil before there is one. Of the proposer's side it is the side's.
func (p Project) last(who identity.AccountID) *Opinion {
	a, side := p.Judged(), slices.Contains(p.ProposerSide(), who)
	for i := len(a.Words) - 1; i >= 0; i-- {
		w := a.Words[i]
		if w.Round >= a.From && (w.By.Account == who && who != "" || side && w.Proposer) {
			return &w
		}
	}
	return nil
}

// Owes reports whether the acceptance waits for somebody's word.
func (p Project) Owes(who identity.AccountID) bool {
	if p.Stage != preset.Accepting || !p.Accepts(who) {
		return false
	}
	w := p.last(who)
	return w == nil || !w.Accepts && w.Round < p.Judged().Round
}

// Say records whether somebody accepts the work. A rejection says what is wrong with it, and that is a defect to be mended.
func (p *Project) Say(w Opinion, defect Defect, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveAccept), p.party(by)); err != nil {
		return nil, err
	}
	a := p.Judged()
	if last := p.last(by.Account); last != nil && last.Round == a.Round {
		if last.Accepts == w.Accepts && last.By.Account == by.Account {
			return nil, docstore.ErrUnchanged
		}
		return nil, errSaid
	}
	switch {
	case !w.Accepts && w.Text == "":
		return nil, errNoWhat
	case !w.Accepts && len(a.Defects) >= MaxDefects:
		return nil, errFull.With("max", MaxDefects)
	case !w.Accepts && a.Round >= MaxRounds:
		return nil, errRounds.With("max", MaxRounds)
	case !w.Accepts && slices.ContainsFunc(a.Defects, func(d Defect) bool { return d.ID == defect.ID }):
		return nil, errTaken
	case w.Accepts && slices.ContainsFunc(a.Defects, func(d Defect) bool { return d.Open() && d.By.Account == by.Account }):
		return nil, errOwnDefect
	}
	what := RejectedWork
	if w.Accepts {
		what = AcceptedWork
	}
	if err := p.take(MoveAccept, what, by, shownText(w.Text, w.Hits), now); err != nil {
		return nil, err
	}
	w.By, w.Round, w.At, w.Proposer = by, a.Round, now, slices.Contains(p.ProposerSide(), by.Account)
	c := p.judging()
	c.Words = append(c.Words, w)
	facts := []docstore.Fact{p.judgingStep(what, JudgingStep{Whose: by.Account, Round: a.Round, Reason: shownText(w.Text, w.Hits)}, by, now)}
	if !w.Accepts {
		defect.By, defect.At, defect.What, defect.Hits = by, now, w.Text, w.Hits
		c.Defects = append(c.Defects, defect)
		facts = append(facts, p.judgingStep(DefectRaised, JudgingStep{Defect: defect.ID, Whose: by.Account, Round: a.Round, Reason: shownText(w.Text, w.Hits)}, by, now))
	}
	return facts, nil
}

// shownText is what the history says of a text: nothing of one that the word list has held.
func shownText(text string, hits []string) string {
	if len(hits) > 0 {
		return ""
	}
	return text
}

// accepted lets the project go on once everybody has accepted and nothing is open. Whatever changes either calls it; due is when
// the time for judging ends.
func (p *Project) accepted(due, now time.Time) []docstore.Fact {
	if p.Stage != preset.Accepting || p.Acceptance == nil || len(p.OpenDefects()) > 0 || !p.unanimous() {
		return nil
	}
	if p.take(MoveAccepted, WorkAccepted, counting, "", now) != nil {
		return nil // a paper is missing; whoever attaches it calls again
	}
	if p.Stage == preset.Rating {
		p.RateDue = due
	}
	return []docstore.Fact{p.told(WorkAccepted, counting, "", now)}
}

// unanimous reports whether the proposer's side and enough representatives have accepted, and nobody else has rejected.
func (p Project) unanimous() bool {
	side, reps := p.ProposerSide(), p.Representing()
	if len(reps) < p.RepsNeeded() {
		return false
	}
	yes := func(who identity.AccountID) bool {
		w := p.last(who)
		return w != nil && w.Accepts
	}
	if len(side) > 0 && !yes(side[0]) {
		return false
	}
	return !slices.ContainsFunc(reps, func(r Rep) bool { return !yes(r.By.Account) })
}

// nextRound begins when the last defect of a round with a rejection is mended.
func (p *Project) nextRound(now time.Time) {
	a := p.judging()
	rejects := func(w Opinion) bool { return w.Round == a.Round && !w.Accepts }
	if len(p.OpenDefects()) == 0 && slices.ContainsFunc(a.Words, rejects) {
		a.Round, a.RoundAt = a.Round+1, now
	}
}

// Rework takes the work up again: it is not finished. What was said about it counts no longer; defects stay open.
func (p *Project) Rework(reason string, days *calendar.Calendar, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	if p.Judged().Round >= MaxRounds {
		return nil, errRounds.With("max", MaxRounds)
	}
	if err := p.take(MoveRework, ReworkAsked, by, reason, now); err != nil {
		return nil, err
	}
	a := p.judging()
	a.Round, a.RoundAt = a.Round+1, now
	a.From, p.FinishedAt = a.Round, time.Time{}
	p.hear(days, now)
	return []docstore.Fact{p.told(ReworkAsked, by, reason, now)}, nil
}

func (p Project) judgingStep(what string, d JudgingStep, by deliberation.Author, now time.Time) docstore.Fact {
	d.About, d.Linked = p.about(), p.linked(by)
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: d}
}
