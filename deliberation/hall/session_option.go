package hall

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// OptionStatus is where an option stands.
type OptionStatus string

// Statuses of an option.
const (
	OptionOpen     OptionStatus = "open"     // people argue about it
	OptionProposed OptionStatus = "proposed" // a resident's, which the facilitator has not looked at
	OptionDeclined OptionStatus = "declined" // not taken up, with a reason that stays
)

// Option is one possible answer to the question.
type Option struct {
	ID     string              `json:"id"`
	Text   string              `json:"text"`
	Detail string              `json:"detail,omitempty"`
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
	Status OptionStatus        `json:"status"`
	Reason string              `json:"reason,omitempty"`
	// Hits are what the word list found; while there are any the text is for its author and the facilitator.
	Hits []string `json:"hits,omitempty"`
}

var (
	errOptionEmpty  = fault.New(fault.Invalid, "hall.option_empty").On("text")
	errOptionTwice  = fault.New(fault.Invalid, "hall.option_twice").On("text")
	errOwnOptions   = fault.New(fault.Conflict, "hall.proposed_enough")
	errNoOption     = fault.New(fault.NotFound, "hall.no_option")
	errOptionDone   = fault.New(fault.Conflict, "hall.option_decided")
	errReasonNeeded = fault.New(fault.Invalid, "hall.reason_needed").On("reason")
)

// Option returns an option of the session.
func (s Session) Option(id string) (Option, error) {
	i := slices.IndexFunc(s.Options, func(o Option) bool { return o.ID == id })
	if i < 0 {
		return Option{}, errNoOption.With("option", id)
	}
	return s.Options[i], nil
}

// Propose adds an option: at once if the facilitator does, otherwise for the facilitator to look at.
func (s *Session) Propose(o Option, now time.Time) ([]docstore.Fact, error) {
	if known, err := s.Option(o.ID); err == nil && known.By.Account == o.By.Account {
		return nil, docstore.ErrUnchanged
	}
	need := moveTend
	if o.Status == OptionProposed {
		need = moveSpeak
	}
	if err := s.may(need, now); err != nil {
		return nil, err
	}
	own := 0
	for _, x := range s.Options {
		if x.Text == o.Text && x.Status != OptionDeclined {
			return nil, errOptionTwice.With("option", x.Text)
		}
		if x.By.Account == o.By.Account {
			own++
		}
	}
	if o.Status == OptionProposed && own >= MaxOwnOptions {
		return nil, errOwnOptions.With("max", MaxOwnOptions)
	}
	if len(s.Options) >= MaxOptions {
		return nil, errFull.With("max", MaxOptions)
	}
	o.At = now
	s.Options = append(slices.Clip(s.Options), o)
	if o.Status == OptionOpen {
		s.note(OptionAdded, o.By, o.Text, now)
		return []docstore.Fact{fact(OptionAdded, o.By.Account, now, s.about())}, nil
	}
	return []docstore.Fact{fact(OptionOffered, o.By.Account, now, OptionStep{About: s.about(), Option: o.ID, By: o.By.Account, Text: o.shown()})}, nil
}

// shown is the text as events may carry it: nothing that the word list has found.
func (o Option) shown() string {
	if len(o.Hits) > 0 {
		return ""
	}
	return o.Text
}

// Clear decides about a resident's option. Doing the same twice changes nothing; undoing what a colleague has decided is
// refused.
func (s *Session) Clear(id string, take bool, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	o, err := s.Option(id)
	if err != nil {
		return nil, err
	}
	to := OptionDeclined
	if take {
		to = OptionOpen
	}
	if o.Status == to {
		return nil, docstore.ErrUnchanged
	}
	if o.Status != OptionProposed {
		return nil, errOptionDone
	}
	if err := s.may(moveTend, now); err != nil {
		return nil, err
	}
	if !take && reason == "" {
		return nil, errReasonNeeded
	}
	if take {
		o.Hits = nil
	}
	o.Status, o.Reason = to, reason
	s.Options = slices.Clone(s.Options)
	s.Options[slices.IndexFunc(s.Options, func(x Option) bool { return x.ID == id })] = o
	s.note(OptionCleared, by, reason, now)
	data := OptionStep{About: s.about(), Option: o.ID, By: o.By.Account, Text: o.shown(), Taken: take, Reason: reason}
	return []docstore.Fact{fact(OptionCleared, by.Account, now, data)}, nil
}
