package api

import (
	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/deliberation/redline"
	"jushou/internal/community"
)

// HallCard is a deliberation as lists show it.
type HallCard struct {
	ID        hall.SessionID `json:"id"`
	Community community.ID   `json:"community"`
	Question  string         `json:"question"`
	State     hall.State     `json:"state"`
	Paused    bool           `json:"paused"`
	Ended     bool           `json:"ended" doc:"The round is over and waits to be summed up; what is said now belongs to the next."`
	Round     int            `json:"round" doc:"The round that something said now belongs to."`
	EndsAt    Instant        `json:"ends_at" doc:"Of the last round."`
	CreatedAt Instant        `json:"created_at"`
}

// Hall is a deliberation.
type Hall struct {
	HallCard
	Facilitator Author                 `json:"facilitator"`
	Background  string                 `json:"background"`
	Fixed       string                 `json:"fixed" doc:"What is not up for discussion."`
	Open        string                 `json:"open" doc:"What is."`
	Topics      []deliberation.TopicID `json:"topics"`
	Facts       []HallFact             `json:"facts"`
	Options     []HallOption           `json:"options"`
	Rounds      []HallRound            `json:"rounds"`
	Drafts      []HallDraft            `json:"drafts"`
	Outcome     *HallOutcome           `json:"outcome,omitempty"`
	Reports     []HallReport           `json:"reports"`
	Reason      string                 `json:"reason,omitempty" doc:"Why it was dropped."`
	MaySpeak    bool                   `json:"may_speak"`
}

// HallFact is something to be known; its value is empty until it is found out.
type HallFact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// HallOption is one possible answer.
type HallOption struct {
	ID      string            `json:"id"`
	Text    string            `json:"text" doc:"Empty while the word list holds it."`
	Detail  string            `json:"detail,omitempty"`
	Status  hall.OptionStatus `json:"status"`
	Reason  string            `json:"reason,omitempty"`
	By      Author            `json:"by"`
	For     int               `json:"for"`
	Against int               `json:"against"`
}

// HallRound is a stretch of the talk, half open.
type HallRound struct {
	N        int     `json:"n"`
	About    string  `json:"about,omitempty"`
	Begins   Instant `json:"begins"`
	Ends     Instant `json:"ends"`
	ClosedAt Instant `json:"closed_at,omitzero"`
	Agreed   string  `json:"agreed,omitempty"`
	Open     string  `json:"open,omitempty"`
}

// HallDraft is a version of the outcome's words.
type HallDraft struct {
	N    int     `json:"n"`
	Body string  `json:"body"`
	Note string  `json:"note,omitempty"`
	By   Author  `json:"by"`
	At   Instant `json:"at"`
}

// HallChanges is a version with what it changes against the one before it.
type HallChanges struct {
	HallDraft
	Changes []Stretch `json:"changes"`
}

// Stretch is a piece of a comparison.
type Stretch struct {
	Kind redline.Kind `json:"kind" doc:"same, added or removed."`
	Text string       `json:"text"`
}

// HallOutcome is what was decided.
type HallOutcome struct {
	Kind   hall.OutcomeKind `json:"kind"`
	Text   string           `json:"text"`
	Reason string           `json:"reason,omitempty"`
	Draft  int              `json:"draft,omitempty"`
	Label  string           `json:"label,omitempty"`
	Rule   string           `json:"rule,omitempty"`
	At     Instant          `json:"at"`
	DueAt  Instant          `json:"due_at,omitzero" doc:"Until when its execution is reported."`
	DoneAt Instant          `json:"done_at,omitzero"`
}

// HallReport tells what has become of an outcome.
type HallReport struct {
	ID    string  `json:"id"`
	Body  string  `json:"body"`
	Final bool    `json:"final"`
	Late  bool    `json:"late"`
	By    Author  `json:"by"`
	At    Instant `json:"at"`
}

// HallArgument is a reason for or against an option.
type HallArgument struct {
	ID        hall.ArgumentID `json:"id"`
	Side      hall.Side       `json:"side"`
	Author    Author          `json:"author"`
	Body      string          `json:"body" doc:"Empty while hidden, except for its author and for staff."`
	Round     int             `json:"round"`
	CreatedAt Instant         `json:"created_at"`
	Hidden    bool            `json:"hidden"`
	Reason    string          `json:"reason,omitempty"`
	Supports  int             `json:"supports" doc:"May lag a moment. Nothing is sorted by it."`
	Supported bool            `json:"supported" doc:"By the reader."`
	Mine      bool            `json:"mine"`
}

// HallDay is a day of questions and answers.
type HallDay struct {
	ID        hall.DayID    `json:"id"`
	Community community.ID  `json:"community"`
	Title     string        `json:"title"`
	Intro     string        `json:"intro,omitempty"`
	From      Instant       `json:"from"`
	To        Instant       `json:"to"`
	Phase     hall.DayPhase `json:"phase"`
	Answerers []Author      `json:"answerers"`
	Asked     int           `json:"asked"`
	Left      int           `json:"left" doc:"Questions without an answer."`
	Summary   string        `json:"summary,omitempty"`
	Promised  Instant       `json:"promised,omitzero" doc:"Until when the questions that were left are answered."`
	Reason    string        `json:"reason,omitempty"`
}

// HallQuestion is what somebody asks on a day.
type HallQuestion struct {
	ID        hall.QuestionID `json:"id"`
	Author    Author          `json:"author"`
	Body      string          `json:"body"`
	CreatedAt Instant         `json:"created_at"`
	Hidden    bool            `json:"hidden"`
	Reason    string          `json:"reason,omitempty"`
	Joined    int             `json:"joined" doc:"Neighbours who ask the same. May lag a moment."`
	Mine      bool            `json:"mine"`
	Answer    *HallAnswer     `json:"answer,omitempty"`
}

// HallAnswer is the reply to a question.
type HallAnswer struct {
	Body string  `json:"body"`
	By   Author  `json:"by"`
	At   Instant `json:"at"`
}

// CovenantCard is a covenant with its editions.
type CovenantCard struct {
	ID        covenant.ID           `json:"id"`
	Community community.ID          `json:"community"`
	Title     string                `json:"title"`
	Hall      string                `json:"hall,omitempty" doc:"The deliberation it came out of."`
	InForce   int                   `json:"in_force" doc:"The number of the edition in force, 0 for none."`
	Editions  []CovenantEditionCard `json:"editions"`
}

// CovenantEditionCard is an edition without its text.
type CovenantEditionCard struct {
	N        int            `json:"n"`
	Phase    covenant.Phase `json:"phase"`
	Version  int            `json:"version" doc:"Its number among the adopted ones, 0 before."`
	Revision int            `json:"revision" doc:"Counts changes of a draft; an edit names the one it saw."`
	Until    Instant        `json:"until,omitzero" doc:"Comments are taken before this instant."`
}

// CovenantEdition is one state of the text.
type CovenantEdition struct {
	CovenantEditionCard
	Clauses  []CovenantClause  `json:"clauses"`
	Note     string            `json:"note,omitempty"`
	Against  int               `json:"against" doc:"The edition it is compared with, 0 for none."`
	Changes  []CovenantChange  `json:"changes"`
	Legal    *CovenantLegal    `json:"legal,omitempty"`
	Adoption *CovenantAdoption `json:"adoption,omitempty"`
	Reason   string            `json:"reason,omitempty"`
}

// CovenantClause is a numbered rule; its number is its place.
type CovenantClause struct {
	ID      string `json:"id,omitempty" doc:"Kept through the editions; left out for a new clause."`
	Heading string `json:"heading,omitempty"`
	Body    string `json:"body"`
}

// CovenantChange is what became of one clause.
type CovenantChange struct {
	Kind    redline.Kind `json:"kind" doc:"same, changed, added or removed."`
	ID      string       `json:"id"`
	Is      int          `json:"is" doc:"Its number now, 0 where it is gone."`
	Was     int          `json:"was"`
	Heading []Stretch    `json:"heading"`
	Body    []Stretch    `json:"body"`
}

// CovenantLegal is a lawyer's look at an edition.
type CovenantLegal struct {
	Who  string  `json:"who"`
	Note string  `json:"note"`
	At   Instant `json:"at"`
}

// CovenantAdoption is the record of an adoption.
type CovenantAdoption struct {
	What        string  `json:"what"`
	Rule        string  `json:"rule"`
	Result      string  `json:"result"`
	HeldAt      Instant `json:"held_at"`
	EffectiveAt Instant `json:"effective_at"`
	By          Author  `json:"by"`
	ConfirmedBy *Author `json:"confirmed_by,omitempty" doc:"The second person; left out until then."`
	FiledWith   string  `json:"filed_with,omitempty"`
	FiledNo     string  `json:"filed_no,omitempty"`
}

// CovenantComment is a word about a clause.
type CovenantComment struct {
	ID        covenant.CommentID `json:"id"`
	Clause    string             `json:"clause,omitempty" doc:"Left out if it is about the whole."`
	Author    Author             `json:"author"`
	Body      string             `json:"body"`
	CreatedAt Instant            `json:"created_at"`
	Hidden    bool               `json:"hidden"`
	Reply     *CovenantReply     `json:"reply,omitempty"`
}

// CovenantReply says whether a comment was taken up, and why.
type CovenantReply struct {
	Taken bool    `json:"taken"`
	Why   string  `json:"why"`
	By    Author  `json:"by"`
	At    Instant `json:"at"`
}

func showHallCard(s hall.SessionView) HallCard {
	return HallCard{
		ID: s.ID, Community: s.Community, Question: s.Question, State: s.State, Paused: s.Cooling, Ended: s.Ended, Round: s.Number,
		EndsAt: instant(s.Round().Ends), CreatedAt: instant(s.CreatedAt),
	}
}

func showHall(s hall.SessionView) Hall {
	h := Hall{
		HallCard: showHallCard(s), Facilitator: showAuthor(s.Facilitator), Background: s.Background, Fixed: s.Fixed, Open: s.Open,
		Topics: append([]deliberation.TopicID{}, s.Topics...), Reason: s.Reason, MaySpeak: s.Speak,
		Facts: each(s.Facts, func(f hall.Fact) HallFact { return HallFact{f.Label, f.Value} }),
		Options: each(s.Options, func(o hall.Option) HallOption {
			n := s.Counts[o.ID]
			return HallOption{o.ID, o.Text, o.Detail, o.Status, o.Reason, showAuthor(o.By), n.For, n.Against}
		}),
		Rounds: each(s.Rounds, func(r hall.Round) HallRound {
			return HallRound{r.N, r.About, instant(r.Begins), instant(r.Ends), instant(r.ClosedAt), r.Agreed, r.Open}
		}),
		Drafts: each(s.Drafts, showDraft),
		Reports: each(s.Reports, func(r hall.Report) HallReport {
			return HallReport{r.ID, r.Body, r.Final, r.Late, showAuthor(r.By), instant(r.At)}
		}),
	}
	if o := s.Outcome; o != nil {
		h.Outcome = &HallOutcome{o.Kind, o.Text, o.Reason, o.Draft, o.Label, o.Rule, instant(o.At), instant(o.DueAt), instant(o.DoneAt)}
	}
	return h
}

func showDraft(d hall.Draft) HallDraft {
	return HallDraft{d.N, d.Body, d.Note, showAuthor(d.By), instant(d.At)}
}

func showStretch(p redline.Part) Stretch { return Stretch(p) }

func showArgument(a hall.ArgumentView) HallArgument {
	return HallArgument{
		ID: a.ID, Side: a.Side, Author: showAuthor(a.Author), Body: a.Body, Round: a.Round, CreatedAt: instant(a.CreatedAt), Hidden: a.Hidden,
		Reason: a.Reason, Supports: a.Supports, Supported: a.Supported, Mine: a.Mine,
	}
}

func showDay(d hall.DayView) HallDay {
	return HallDay{
		ID: d.ID, Community: d.Community, Title: d.Title, Intro: d.Intro, From: instant(d.From), To: instant(d.To), Phase: d.Phase, Asked: d.Asked,
		Left: d.Left, Summary: d.Summary, Promised: instant(d.Promised), Reason: d.Reason,
		Answerers: each(d.Answerers, func(a hall.Answerer) Author { return Author{Name: a.Name, Title: a.Title} }),
	}
}

func showQuestion(q hall.QuestionView) HallQuestion {
	shown := HallQuestion{
		ID: q.ID, Author: showAuthor(q.Author), Body: q.Body, CreatedAt: instant(q.CreatedAt), Hidden: q.Hidden, Reason: q.Reason, Joined: q.Others, Mine: q.Mine,
	}
	if q.Answer != nil {
		shown.Answer = &HallAnswer{q.Answer.Body, showAuthor(q.Answer.By), instant(q.Answer.At)}
	}
	return shown
}

func showCovenant(c covenant.View) CovenantCard {
	card := CovenantCard{ID: c.ID, Community: c.Community, Title: c.Title, Hall: c.Session, InForce: c.Holds, Editions: []CovenantEditionCard{}}
	for i, e := range c.Editions {
		card.Editions = append(card.Editions, showEditionCard(e, c.Phases[i]))
	}
	return card
}

func showEditionCard(e covenant.Edition, p covenant.Phase) CovenantEditionCard {
	return CovenantEditionCard{N: e.N, Phase: p, Version: e.Version, Revision: e.Revision, Until: instant(e.Until)}
}

func showEdition(v covenant.EditionView) CovenantEdition {
	e := v.Edition
	shown := CovenantEdition{
		CovenantEditionCard: showEditionCard(e, v.Phase), Note: e.Note, Against: v.Against, Reason: e.Reason,
		Clauses: each(e.Clauses, func(c covenant.Clause) CovenantClause { return CovenantClause(c) }),
		Changes: each(v.Changes, func(x covenant.Change) CovenantChange {
			return CovenantChange{x.Kind, x.ID, x.Is, x.Was, each(x.Heading, showStretch), each(x.Body, showStretch)}
		}),
	}
	if l := e.Legal; l != nil {
		shown.Legal = &CovenantLegal{l.Who, l.Note, instant(l.At)}
	}
	if a := e.Adoption; a != nil {
		shown.Adoption = &CovenantAdoption{What: a.What, Rule: a.Rule, Result: a.Result, HeldAt: instant(a.HeldAt), EffectiveAt: instant(a.EffectiveAt), By: showAuthor(a.By)}
		if !a.ConfirmedAt.IsZero() {
			by := showAuthor(a.ConfirmedBy)
			shown.Adoption.ConfirmedBy = &by
		}
		if e.Filing != nil {
			shown.Adoption.FiledWith, shown.Adoption.FiledNo = e.Filing.With, e.Filing.No
		}
	}
	return shown
}

func showRemark(c covenant.Comment) CovenantComment {
	shown := CovenantComment{ID: c.ID, Clause: c.Clause, Author: showAuthor(c.Author), Body: c.Body, CreatedAt: instant(c.CreatedAt), Hidden: c.Hidden}
	if r := c.Reply; r != nil {
		shown.Reply = &CovenantReply{r.Taken, r.Why, showAuthor(r.By), instant(r.At)}
	}
	return shown
}
