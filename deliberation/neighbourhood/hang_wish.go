package neighbourhood

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
	"unicode/utf8"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// HangWish is a wish on its way to the tree.
type HangWish struct {
	ID          WishID // the form's token
	Community   community.ID
	Show        Show
	Vulnerable  bool
	Title, Body string
	Until       time.Time
	// For is set by staff who hang it up for somebody offline.
	For *ForOffline
}

// ForOffline is whom a wish is hung up for.
type ForOffline struct {
	Name     string // real; kept sealed, shown masked
	Building string // the building's name
	Contact  string // how to reach them, sealed; for the adopter once that is allowed
	Consent  string // how and when they agreed
}

// HangWish hangs a wish on the tree. One that concerns somebody vulnerable, or that the word list knows, waits for staff, and
// never for the same person who entered it.
func (s *Service) HangWish(ctx context.Context, actor identity.Actor, cmd HangWish) (Wish, error) {
	node, err := s.community(ctx, cmd.Community)
	if err != nil {
		return Wish{}, err
	}
	verb := identity.HelpNeighbour
	if cmd.For != nil {
		verb = identity.TendNeighbours
	}
	if err := identity.Can(actor, verb, place(node)); err != nil {
		return Wish{}, err
	}
	w, err := s.newWish(ctx, actor, node, cmd)
	if err != nil {
		return Wish{}, err
	}
	if err := s.spend(ctx, actor, "wish", string(w.ID), s.wishesFor(cmd)); err != nil {
		return Wish{}, err
	}
	w.note(WishHung, actor, "", w.CreatedAt)
	_, err = s.wishes.Put(ctx, string(w.ID), docstore.Absent, w, fact(WishHung, actor, w.CreatedAt, w.news()))
	if errors.Is(err, docstore.ErrConflict) {
		return s.hungBefore(ctx, w)
	}
	return w, err
}

// wishesFor is how many wishes may be hung in a day: staff write them down for many people.
func (s *Service) wishesFor(cmd HangWish) int {
	if cmd.For != nil {
		return 20 * WishesADay
	}
	return WishesADay
}

func (s *Service) newWish(ctx context.Context, actor identity.Actor, node community.Node, cmd HangWish) (Wish, error) {
	now := s.now()
	text, err := newText(cmd.Title, cmd.Body, nil, false)
	faults := []error{err, deliberation.CheckToken(string(cmd.ID))}
	if !slices.Contains(Shows(), cmd.Show) {
		faults = append(faults, errShow)
	}
	if !cmd.Until.After(now) || cmd.Until.After(now.Add(MaxWishDays*24*time.Hour)) {
		faults = append(faults, errWishEnd)
	}
	w := Wish{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Show: cmd.Show, Vulnerable: cmd.Vulnerable, Title: text.Title, Body: text.Body,
		Status: Hung, CreatedAt: now, Until: cmd.Until.UTC().Truncate(time.Millisecond),
	}
	err = s.wisher(ctx, actor, &w, cmd.For)
	if err := deliberation.Joined(append(faults, err)...); err != nil {
		return Wish{}, err
	}
	w.Hits = s.Screener.Screen(w.Title + "\n" + w.Body)
	if w.Vulnerable || len(w.Hits) > 0 {
		w.Status = Clearing
	}
	w.PostHash = hashOf(w.Community, w.Show, w.Title, w.Body, w.Wisher, actor.ID)
	return w, nil
}

// wisher fills in who wishes: the actor, or whom staff name.
func (s *Service) wisher(ctx context.Context, actor identity.Actor, w *Wish, off *ForOffline) error {
	if off == nil {
		author, err := s.Authors.AuthorOf(ctx, actor, w.Place())
		author.Name, author.Title = actor.Masked, ""
		w.Wisher = author
		return err
	}
	name, err := identity.ParseName(off.Name)
	contact, wrong := newLine(off.Contact, "contact", MaxContact, false)
	consent, missing := newLine(off.Consent, "consent", MaxNote, false)
	building, _ := newLine(off.Building, "building", MaxUnit, false)
	if missing == nil && utf8.RuneCountInString(consent) < MinConsent {
		missing = errConsent
	}
	w.Wisher = deliberation.Author{Name: identity.Mask(name), Building: building}
	w.Offline = &Offline{
		EnteredBy: actor.ID, Consent: consent, Name: s.Box.Seal(w.sealedAt("name"), name), Contact: s.Box.Seal(w.sealedAt("contact"), contact),
	}
	return deliberation.Joined(err, wrong, missing)
}

// sealedAt binds a sealed field to the wish.
func (w Wish) sealedAt(field string) string {
	return string(WishKind) + "/" + string(w.ID) + "#" + field
}

// hungBefore answers a form whose token is taken: with the wish it made, if this is the same form again.
func (s *Service) hungBefore(ctx context.Context, w Wish) (Wish, error) {
	first, _, err := s.wishes.Get(ctx, string(w.ID))
	if err != nil {
		return Wish{}, fmt.Errorf("look up a wish sent twice: %w", err)
	}
	if first.PostHash != w.PostHash {
		return Wish{}, ErrTaken
	}
	return first, nil
}
