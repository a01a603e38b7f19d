package poll

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Objection is what somebody says is wrong with the roll, and what was found.
type Objection struct {
	ID     string              `json:"id"` // the form's token
	By     deliberation.Author `json:"by"`
	Text   string              `json:"text"`
	At     time.Time           `json:"at"`
	Answer string              `json:"answer,omitempty"`
	// Upheld says that the roll was, or will be, corrected.
	Upheld     bool                `json:"upheld,omitempty"`
	AnsweredBy deliberation.Author `json:"answered_by,omitzero"`
	AnsweredAt time.Time           `json:"answered_at,omitzero"`
}

// Answered reports whether somebody has decided.
func (o Objection) Answered() bool { return !o.AnsweredAt.IsZero() }

var (
	errObjections  = fault.New(fault.TooMany, "poll.too_many_objections")
	errNoObjection = fault.New(fault.NotFound, "poll.no_objection")
	errDecided     = fault.New(fault.Conflict, "poll.objection_decided")
)

// Owed counts the objections nobody has answered. While there is one the poll does not open.
func (p Poll) Owed() int {
	n := 0
	for _, o := range p.Objections {
		if !o.Answered() {
			n++
		}
	}
	return n
}

// Object adds an objection. The same form again changes nothing.
func (p *Poll) Object(id, text string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if slices.ContainsFunc(p.Objections, func(o Objection) bool { return o.ID == id && o.By.Account == by.Account }) {
		return nil, docstore.ErrUnchanged
	}
	if err := p.may(moveObject); err != nil {
		return nil, err
	}
	if len(p.Objections) >= MaxObjections {
		return nil, errObjections.With("max", MaxObjections)
	}
	p.Objections = append(slices.Clip(p.Objections), Objection{ID: id, By: by, Text: text, At: now})
	return []docstore.Fact{fact(PollObjected, string(by.Account), now, ObjectionStep{About: p.about(), Objection: id, Whose: by.Account})}, nil
}

// AnswerObjection decides one.
func (p *Poll) AnswerObjection(id, answer string, upheld bool, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(moveAnswer); err != nil {
		return nil, err
	}
	i := slices.IndexFunc(p.Objections, func(o Objection) bool { return o.ID == id })
	if i < 0 {
		return nil, errNoObjection
	}
	o := p.Objections[i]
	if o.Answered() {
		return nil, errDecided
	}
	o.Answer, o.Upheld, o.AnsweredBy, o.AnsweredAt = answer, upheld, by, now
	p.Objections = slices.Clone(p.Objections)
	p.Objections[i] = o
	p.note(PollAnswered, by, answer, now)
	step := ObjectionStep{About: p.about(), Objection: id, Whose: o.By.Account, Upheld: upheld, Answer: answer}
	return []docstore.Fact{fact(PollAnswered, string(by.Account), now, step)}, nil
}
