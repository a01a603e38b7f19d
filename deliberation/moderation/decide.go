package moderation

import (
	"context"
	"errors"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Decide is a moderator's decision about one thing.
type Decide struct {
	Ref
	// Revision and Seen are the item's as the page showed them.
	Revision int
	Seen     string
	What     What
	Reason   string // needed to hide, and to turn an appeal down; its author reads it
}

// Decide shows or hides a thing, or leaves it as it is, and settles its reports and its appeal. A page that is older
// than the case is refused with what happened meanwhile. Of two at once one wins.
func (s *Service) Decide(ctx context.Context, actor identity.Actor, cmd Decide) (Case, error) {
	c, t, err := s.decidable(ctx, actor, cmd)
	if err != nil {
		return Case{}, err
	}
	if err := s.apply(ctx, actor, t, cmd); err != nil {
		return Case{}, err
	}
	after, err := s.look(ctx, cmd.Ref)
	if err != nil {
		return Case{}, err
	}
	changed := after.Seen != t.Seen
	d := Decision{By: actor.ID, What: cmd.What, Reason: cmd.Reason, At: s.now()}
	d.Name, d.Title = actor.NameAt(c.Place())
	_, waited := c.OpenAppeal()
	return s.change(ctx, t, func(c *Case) ([]docstore.Fact, error) {
		if !changed && c.Revision != cmd.Revision {
			return nil, c.staler(t, cmd) // the case alone decides who was first
		}
		c.Seen = after.Seen
		a, appealed := c.settle(d, waited)
		data := Decided{
			About: about(*c, after), What: d.What, Reason: d.Reason, By: d.By, ByName: d.Name, ByTitle: d.Title,
		}
		if appealed {
			data.Author, data.Granted = a.By, a.Granted
		}
		return []docstore.Fact{fact(EventDecided, actor, d.At, data)}, nil
	})
}

// staler is changed, for a case that has certainly changed.
func (c Case) staler(t Thing, cmd Decide) error {
	if err := c.changed(t, cmd.Revision, cmd.Seen); err != nil {
		return err
	}
	return errStaleMore
}

// decidable returns the case and the thing if the actor may decide so, now.
func (s *Service) decidable(ctx context.Context, actor identity.Actor, cmd Decide) (Case, Thing, error) {
	t, err := s.look(ctx, cmd.Ref)
	if err != nil {
		return Case{}, Thing{}, err
	}
	if err := identity.Can(actor, identity.HoldTopic, t.place()); err != nil {
		return Case{}, Thing{}, err
	}
	c, err := s.caseOf(ctx, t)
	if err != nil {
		return Case{}, Thing{}, err
	}
	reason, err := deliberation.NewReason(cmd.Reason)
	_, appealed := c.OpenAppeal()
	silent := reason == "" && cmd.What == Hide && (appealed || t.State != StateHidden)
	faults := deliberation.Joined(err, bad(cmd.What != Show && cmd.What != Hide, errWhat), bad(silent, errReason))
	switch {
	case faults != nil:
		return Case{}, Thing{}, faults
	case t.State == StateGone:
		return Case{}, Thing{}, ErrGone
	}
	return c, t, deliberation.Joined(c.barred(t, actor), c.changed(t, cmd.Revision, cmd.Seen))
}

// apply changes the thing where the decision wants it otherwise than it is.
func (s *Service) apply(ctx context.Context, actor identity.Actor, t Thing, cmd Decide) error {
	if !cmd.What.changes(t) {
		return nil
	}
	do := s.rooms[t.Kind].Hide
	if cmd.What == Show {
		do = s.rooms[t.Kind].Show
	}
	err := do(ctx, actor, t.ID, cmd.Reason, cmd.Seen)
	if !errors.Is(err, deliberation.ErrDecidedMeanwhile) {
		return err
	}
	// Who was first has perhaps not yet said so in the case: tell what can be told.
	c, failed := s.caseOf(ctx, t)
	return errors.Join(failed, c.staler(t, cmd))
}

// changes reports whether the decision leaves the thing otherwise than it is.
func (w What) changes(t Thing) bool {
	if w == Show {
		return t.State != StateShown
	}
	return t.State != StateHidden
}

// MaxBulk is how many things one decision may be about.
const MaxBulk = 50

// Bulk is one decision about many things.
type Bulk struct {
	Picks  []Pick
	What   What
	Reason string
}

// Pick is one thing as the page showed it.
type Pick struct {
	Ref
	Revision int
	Seen     string
}

// Outcome is what a bulk decision does, or did, to one thing.
type Outcome struct {
	Item Item
	// Changes is set when the thing is shown or hidden by it; it is not where only reports and appeals are settled.
	Changes bool
	Err     error // why it is left out, nil if it is not
}

// Preview tells what a bulk decision would do to each thing, and does nothing.
func (s *Service) Preview(ctx context.Context, actor identity.Actor, b Bulk) ([]Outcome, error) {
	return s.each(b, func(cmd Decide) (Case, Thing, error) { return s.decidable(ctx, actor, cmd) })
}

// DecideAll decides one thing after the other. What cannot be decided is left out and told; the rest is done.
func (s *Service) DecideAll(ctx context.Context, actor identity.Actor, b Bulk) ([]Outcome, error) {
	return s.each(b, func(cmd Decide) (Case, Thing, error) {
		c, t, err := s.decidable(ctx, actor, cmd)
		if err == nil {
			_, err = s.Decide(ctx, actor, cmd)
		}
		return c, t, err
	})
}

func (s *Service) each(b Bulk, do func(Decide) (Case, Thing, error)) ([]Outcome, error) {
	if len(b.Picks) == 0 || len(b.Picks) > MaxBulk {
		return nil, errTooMany.With("got", len(b.Picks))
	}
	var all []Outcome
	for _, p := range b.Picks {
		c, t, err := do(Decide{Ref: p.Ref, Revision: p.Revision, Seen: p.Seen, What: b.What, Reason: b.Reason})
		o := Outcome{Item: Item{Case: c, Thing: t}, Err: err}
		o.Item.Case.Ref = p.Ref
		o.Changes = err == nil && b.What.changes(t)
		all = append(all, o)
	}
	return all, nil
}
