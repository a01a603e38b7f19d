package projects

import (
	"cmp"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Defect is a line of the list of what is to be mended, 整改: raised by who has a word in the acceptance, mended by the lead, and
// confirmed by who raised it or another representative.
type Defect struct {
	ID     string                 `json:"id"` // the form's token
	What   string                 `json:"what"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
	Hits   []string               `json:"hits,omitempty"`
	By     deliberation.Author    `json:"by"`
	At     time.Time              `json:"at"`
	// Fix is how it was mended, nil before; Tries counts them.
	Fix   *Fix `json:"fix,omitempty"`
	Tries int  `json:"tries,omitempty"`
	// Back is what was still wrong when somebody looked.
	Back        string              `json:"back,omitempty"`
	ConfirmedBy deliberation.Author `json:"confirmed_by,omitzero"`
	ConfirmedAt time.Time           `json:"confirmed_at,omitzero"`
}

// Fix is how a defect was mended.
type Fix struct {
	Text   string                 `json:"text,omitempty"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
	By     deliberation.Author    `json:"by"`
	At     time.Time              `json:"at"`
}

// Open reports whether nobody has confirmed that it is mended.
func (d Defect) Open() bool { return d.ConfirmedAt.IsZero() }

// Mended reports whether it waits to be looked at.
func (d Defect) Mended() bool { return d.Open() && d.Fix != nil }

// OpenDefects lists those that nobody has confirmed yet.
func (p Project) OpenDefects() []Defect {
	return slices.DeleteFunc(slices.Clone(p.Judged().Defects), func(d Defect) bool { return !d.Open() })
}

var (
	errNoDefect  = fault.New(fault.NotFound, "project.no_defect")
	errNoFix     = fault.New(fault.Invalid, "project.no_fix").On("text")
	errUnmended  = fault.New(fault.Conflict, "project.not_mended")
	errConfirmed = fault.New(fault.Conflict, "project.defect_confirmed")
)

// RaiseDefect adds one without saying yes or no to the whole. The same form again changes nothing.
func (p *Project) RaiseDefect(d Defect, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveDefect), p.party(by)); err != nil {
		return nil, err
	}
	all := p.Judged().Defects
	switch {
	case slices.ContainsFunc(all, func(x Defect) bool { return x.ID == d.ID && x.By.Account == by.Account }):
		return nil, docstore.ErrUnchanged
	case d.What == "":
		return nil, errNoWhat
	case len(all) >= MaxDefects:
		return nil, errFull.With("max", MaxDefects)
	}
	if err := p.take(MoveDefect, DefectRaised, by, shownText(d.What, d.Hits), now); err != nil {
		return nil, err
	}
	d.By, d.At = by, now
	a := p.judging()
	a.Defects = append(a.Defects, d)
	return []docstore.Fact{p.defectStep(DefectRaised, d, shownText(d.What, d.Hits), by, now)}, nil
}

// defect returns the place of one in the list.
func (p Project) defect(id string) (int, error) {
	i := slices.IndexFunc(p.Judged().Defects, func(d Defect) bool { return d.ID == id })
	return i, fault.When(i < 0, errNoDefect)
}

// MendDefect says how one was mended, with words or a photo.
func (p *Project) MendDefect(id string, f Fix, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i, err := p.defect(id)
	if err := cmp.Or(p.may(MoveMend), err); err != nil {
		return nil, err
	}
	switch d := p.Judged().Defects[i]; {
	case !d.Open():
		return nil, errConfirmed
	case f.Text == "" && len(f.Photos) == 0:
		return nil, errNoFix
	case d.Fix != nil && d.Fix.Text == f.Text && slices.Equal(d.Fix.Photos, f.Photos):
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MoveMend, DefectMended, by, f.Text, now); err != nil {
		return nil, err
	}
	d := &p.judging().Defects[i]
	f.By, f.At = by, now
	d.Fix, d.Tries, d.Back = &f, d.Tries+1, ""
	return []docstore.Fact{p.defectStep(DefectMended, *d, f.Text, by, now)}, nil
}

// CheckDefect says whether a mended defect is mended. Never by who mended it or carries the project.
func (p *Project) CheckDefect(id string, mended bool, text string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i, err := p.defect(id)
	if err := cmp.Or(p.may(MoveVerify), err, p.party(by)); err != nil {
		return nil, err
	}
	switch d := p.Judged().Defects[i]; {
	case !d.Open() && mended:
		return nil, docstore.ErrUnchanged
	case !d.Open():
		return nil, errConfirmed
	case d.Fix == nil:
		return nil, errUnmended
	case d.Fix.By.Account == by.Account:
		return nil, errOwnAffair
	case !mended && text == "":
		return nil, errNoWhat
	}
	what := DefectConfirmed
	if !mended {
		what = DefectBack
	}
	if err := p.take(MoveVerify, what, by, text, now); err != nil {
		return nil, err
	}
	d := &p.judging().Defects[i]
	if mended {
		d.ConfirmedBy, d.ConfirmedAt = by, now
		p.nextRound(now)
	} else {
		d.Fix, d.Back = nil, text
	}
	return []docstore.Fact{p.defectStep(what, p.Acceptance.Defects[i], text, by, now)}, nil
}

func (p Project) defectStep(what string, d Defect, text string, by deliberation.Author, now time.Time) docstore.Fact {
	return p.judgingStep(what, JudgingStep{Defect: d.ID, Whose: d.By.Account, Round: p.Judged().Round, Reason: text}, by, now)
}
