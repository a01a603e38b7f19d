package neighbourhood

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

var errStep = fault.New(fault.Invalid, "neighbours.bad_step").On("step")

// AdoptWish promises to fulfil a wish.
type AdoptWish struct {
	Wish  WishID
	As    As
	Unit  string // its name, for AsUnit
	What  string
	Until time.Time
}

// AdoptWish takes a wish from the tree with a promise and an end. Of two at once the first has it.
func (s *Service) AdoptWish(ctx context.Context, actor identity.Actor, cmd AdoptWish) (Wish, error) {
	w, err := s.wish(ctx, actor, cmd.Wish)
	if err != nil {
		return w, err
	}
	if err := identity.Can(actor, identity.AdoptWish, w.Place()); err != nil {
		return Wish{}, err
	}
	now := s.now()
	p, err := s.newPledge(ctx, actor, w, cmd, now)
	if err != nil {
		return Wish{}, err
	}
	return s.changeWish(ctx, w.ID, func(w *Wish) ([]docstore.Fact, error) { return w.Adopt(actor, p, now) })
}

func (s *Service) newPledge(ctx context.Context, actor identity.Actor, w Wish, cmd AdoptWish, now time.Time) (Pledge, error) {
	what, err := newLine(cmd.What, "what", MaxPledge, true)
	if err == nil && NamesPrice(what) {
		err = ErrMoney.On("what")
	}
	if err == nil && NamesNumber(what) {
		err = ErrNumber.On("what")
	}
	if err == nil {
		err = s.clean(what, "what")
	}
	name, wrong := s.adopterName(ctx, actor, w, cmd)
	late := error(nil)
	if !cmd.Until.After(now) || cmd.Until.After(now.Add(MaxPledgeDays*24*time.Hour)) {
		late = errPledge
	}
	return Pledge{By: actor.ID, Name: name, As: cmd.As, What: what, At: now, Until: cmd.Until.UTC().Truncate(time.Millisecond)},
		deliberation.Joined(err, wrong, late)
}

// adopterName is how the adopter is shown: residents masked, a branch by its title, a unit by its name.
func (s *Service) adopterName(ctx context.Context, actor identity.Actor, w Wish, cmd AdoptWish) (string, error) {
	switch cmd.As {
	case AsUnit:
		name, err := newLine(cmd.Unit, "unit", MaxUnit, false)
		if err == nil && name == "" {
			err = errUnit
		}
		if err == nil {
			err = s.clean(name, "unit")
		}
		return name, err
	case AsBranch:
		g, ok := actor.Holds(identity.RoleBranch, identity.Place{Path: w.Path})
		if !ok {
			return "", errAs
		}
		return g.Title, nil
	}
	if !slices.Contains(Adopters(), cmd.As) {
		return "", errAs
	}
	author, err := s.Authors.AuthorOf(ctx, actor, w.Place())
	return author.Name, err
}

// StepWish is a step of wisher, adopter or staff.
type StepWish struct {
	Wish WishID
	Do   WishMove // back, allow, deliver, fulfil, withdraw
	// No takes an allowance back.
	No   bool
	Note string // a reason for back and withdraw; how staff know that a wish of somebody offline came true
}

// StepWish takes a step, if it is the actor's: the wisher's own, the adopter's own, or staff's who speak for somebody offline.
func (s *Service) StepWish(ctx context.Context, actor identity.Actor, cmd StepWish) (Wish, error) {
	if _, err := s.wish(ctx, actor, cmd.Wish); err != nil {
		return Wish{}, err
	}
	note, err := newLine(cmd.Note, "note", MaxNote, false)
	if err != nil {
		return Wish{}, err
	}
	now := s.now()
	return s.changeWish(ctx, cmd.Wish, func(w *Wish) ([]docstore.Fact, error) { return w.take(actor, cmd, note, now) })
}

func (w *Wish) take(actor identity.Actor, cmd StepWish, note string, now time.Time) ([]docstore.Fact, error) {
	may := wishView(actor, *w, now).May
	mine, tends, adopter := w.IsWisher(actor.ID), may.Tend, w.IsAdopter(actor.ID)
	forOffline := tends && w.Offline != nil && !adopter
	yours, do := false, func() ([]docstore.Fact, error) { return nil, errStep }
	switch cmd.Do {
	case WishBack:
		yours, do = mine || adopter || tends, func() ([]docstore.Fact, error) { return w.GiveBack(actor, note, now) }
	case WishAllow:
		yours, do = mine || tends && !adopter, func() ([]docstore.Fact, error) { return w.Allow(actor, !cmd.No, now) }
	case WishDeliver:
		yours, do = adopter, func() ([]docstore.Fact, error) { return w.Deliver(actor, now) }
	case WishFulfil:
		yours, do = mine || forOffline, func() ([]docstore.Fact, error) { return w.Fulfil(actor, note, now) }
		if yours && !mine && note == "" {
			return nil, errReasoned.On("note")
		}
	case WishWithdraw:
		yours, do = mine || tends, func() ([]docstore.Fact, error) { return w.Withdraw(actor, note, now) }
	default:
		return nil, errStep
	}
	if !yours {
		return nil, ErrNotYours
	}
	return do()
}

// ThankWish adds the wisher's public word, or what somebody offline asked staff to write.
func (s *Service) ThankWish(ctx context.Context, actor identity.Actor, id WishID, text string) (Wish, error) {
	if _, err := s.wish(ctx, actor, id); err != nil {
		return Wish{}, err
	}
	text, err := s.newThanks(text)
	if err != nil {
		return Wish{}, err
	}
	now := s.now()
	return s.changeWish(ctx, id, func(w *Wish) ([]docstore.Fact, error) {
		may := wishView(actor, *w, now).May
		if !w.IsWisher(actor.ID) && !(may.Tend && w.Offline != nil && !w.IsAdopter(actor.ID)) {
			return nil, ErrNotYours
		}
		return w.Thank(actor, text, now)
	})
}

// ClearWish shows a wish that waits, or refuses it with a reason.
func (s *Service) ClearWish(ctx context.Context, actor identity.Actor, id WishID, show bool, reason string) (Wish, error) {
	w, err := s.wish(ctx, actor, id)
	if err != nil {
		return w, err
	}
	if err := identity.Can(actor, identity.TendNeighbours, w.Place()); err != nil {
		return Wish{}, err
	}
	if reason, err = newLine(reason, "reason", MaxNote, false); err != nil {
		return Wish{}, err
	}
	now := s.now()
	return s.changeWish(ctx, id, func(w *Wish) ([]docstore.Fact, error) { return w.Clear(actor, show, reason, now) })
}

func (s *Service) changeWish(ctx context.Context, id WishID, change func(*Wish) ([]docstore.Fact, error)) (Wish, error) {
	return s.wishes.Update(ctx, string(id), change)
}
