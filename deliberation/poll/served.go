package poll

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// Served is the proof that a ballot, the topics and the warning what silence means reached an owner. Without every part of it, silence
// is no participation (上海二中院 (2022)沪02民初16号).
type Served struct {
	Method    string               `json:"method"` // one that the clause allows
	At        time.Time            `json:"at"`
	Recipient seal.Sealed          `json:"recipient"` // who took it, and how they are related to the owner
	Warning   string               `json:"warning"`   // version of the warning on the ballot
	Photo     deliberation.PhotoID `json:"photo"`
	By        deliberation.Author  `json:"by"`
	EnteredAt time.Time            `json:"entered_at"`
}

// proof is the part that the counting reads; nil for none. Who took the ballot is nobody's business there.
func (s *Served) proof() *rule.Service {
	if s == nil {
		return nil
	}
	return &rule.Service{Method: s.Method, At: s.At, Recipient: "recorded", Warning: s.Warning}
}

// Serve is what somebody brings who delivered a ballot.
type Serve struct {
	Poll      ID
	Voter     VoterKey
	Method    string
	At        time.Time
	Recipient string
	Photo     deliberation.PhotoID
}

// maxRecipient bounds who took a ballot, in runes.
const maxRecipient = 40

var (
	errServedHow   = fault.New(fault.Invalid, "poll.served_how").On("method")
	errServedWhen  = fault.New(fault.Invalid, "poll.served_when").On("at")
	errServedWho   = fault.New(fault.Invalid, "poll.served_who").On("recipient")
	errServedPhoto = fault.New(fault.Invalid, "poll.served_photo").On("photos")
)

// RecordService notes that a ballot reached an owner: who took it, how, when, with a photo. A later proof replaces an earlier one. It says
// nothing about whether the owner has voted, and cannot be entered after the close, when it would decide what silence counts for.
func (s *Service) RecordService(ctx context.Context, actor identity.Actor, cmd Serve) error {
	p, by, err := s.polls.For(ctx, actor, string(cmd.Poll), identity.HoldPoll)
	if err != nil {
		return err
	}
	now := s.Now()
	recipient, err := written.Line("recipient", cmd.Recipient, maxRecipient)
	if err := deliberation.Joined(err, p.serves(cmd, now), fault.When(err == nil && recipient == "", errServedWho)); err != nil {
		return err
	}
	served := Served{
		Method: cmd.Method, At: cmd.At.UTC().Truncate(time.Millisecond), Recipient: s.Box.Seal(recipientPlace(cmd.Poll, cmd.Voter), recipient),
		Warning: p.Rule.Owners.Warning, Photo: cmd.Photo, By: by, EnteredAt: now,
	}
	return s.tend(ctx, p.ID, cmd.Voter, func(x *Seat) ([]docstore.Fact, error) {
		if x.Locked {
			return nil, ErrTooLate
		}
		x.Served = &served
		return []docstore.Fact{fact(PollServed, string(by.Account), now, SeatStep{About: p.about(), Mark: x.Mark, Reason: cmd.Method})}, nil
	})
}

// serves refuses a proof that the rule does not know, or that cannot be true.
func (p Poll) serves(cmd Serve, now time.Time) error {
	if p.Joint == nil || p.Rule.Owners.NonReturn == rule.NotParticipating {
		return errNoJoint
	}
	if err := p.may(moveServe); err != nil {
		return err
	}
	if !now.Before(p.ClosesAt) {
		return ErrTooLate.With("at", p.ClosesAt.UTC().Format(time.RFC3339))
	}
	return deliberation.Joined(
		fault.When(!slices.Contains(p.Rule.Owners.ServiceMethods, cmd.Method), errServedHow),
		fault.When(cmd.At.IsZero() || cmd.At.After(now) || cmd.At.Before(p.Roll.At), errServedWhen),
		fault.When(cmd.Photo == "", errServedPhoto), photos(cmd.Photo))
}

// photos refuses an id that is none; "" is for who asks.
func photos(id deliberation.PhotoID) error {
	if id == "" {
		return nil
	}
	return deliberation.CheckPhotos([]deliberation.PhotoID{id})
}

func recipientPlace(p ID, v VoterKey) string {
	return string(SeatKind) + "/" + seatID(p, v) + "#recipient"
}

// tend changes a seat that is there and not taken off.
func (s *Service) tend(ctx context.Context, id ID, voter VoterKey, change func(*Seat) ([]docstore.Fact, error)) error {
	_, err := s.seats.Update(ctx, seatID(id, voter), func(x *Seat) ([]docstore.Fact, error) {
		if x.Removed {
			return nil, errNoVoter
		}
		return change(x)
	})
	if noSuch(err) {
		return errNoVoter
	}
	return err
}
