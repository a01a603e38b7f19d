package hall

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation/redline"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Pages of lists.
const (
	SessionsPage  = 20
	ArgumentsPage = 15 // of each side
	maxCounted    = 9999
)

// SessionView is a session as one person may see it at an instant.
type SessionView struct {
	Session
	// Cooling is set while the session is paused; Number is the round that something said now would belong to.
	Cooling bool
	Number  int
	// Ended is set when the last round is over and nobody has summed it up.
	Ended bool
	// Speak and Hold say what a page should offer. The use cases ask again.
	Speak, Hold bool
	// Counts are the arguments of each option by side.
	Counts map[string]Sides
	// Held is how many arguments wait to be looked at; only for who facilitates.
	Held int
}

// Sides counts arguments.
type Sides struct {
	For, Against int
}

// ArgumentView is an argument as one person may see it.
type ArgumentView struct {
	Argument
	Round     int
	Mine      bool
	Supported bool // by the reader
}

// ArgumentPage is one page of one side, oldest first.
type ArgumentPage struct {
	Items []ArgumentView
	Next  docstore.Cursor
}

// view masks what is not for the actor.
func (s *Service) view(actor identity.Actor, x Session, now time.Time) SessionView {
	v := SessionView{Session: x, Cooling: x.Cooling(now), Number: x.RoundAt(now)}
	v.Ended = x.State == Talking && !now.Before(x.Round().Ends)
	v.Hold = identity.Can(actor, identity.HoldHall, x.Place()) == nil
	v.Speak = identity.Can(actor, identity.SpeakHall, x.Place()) == nil && x.MaySpeak(now)
	if v.Hold {
		return v
	}
	v.Options = slices.Clone(x.Options)
	for i := range v.Options {
		o := &v.Options[i]
		mine := actor.ID != "" && o.By.Account == actor.ID
		if len(o.Hits) > 0 && !mine {
			o.Text, o.Detail = "", ""
		}
		o.Hits = nil
	}
	return v
}

// Session returns a session as the actor may see it, with the counts of arguments.
func (s *Service) Session(ctx context.Context, actor identity.Actor, id SessionID) (SessionView, error) {
	x, err := s.sessions.Read(ctx, actor, string(id))
	if err != nil {
		return SessionView{}, err
	}
	v := s.view(actor, x, s.Now())
	v.Counts = map[string]Sides{}
	for _, o := range x.Options {
		if o.Status != OptionOpen {
			continue
		}
		var n Sides
		for side, into := range map[Side]*int{For: &n.For, Against: &n.Against} {
			if *into, err = s.arguments.Count(ctx, docstore.Query{Index: bySide, Equal: []any{sideKey(x.ID, o.ID, side)}}, maxCounted); err != nil {
				return SessionView{}, err
			}
		}
		v.Counts[o.ID] = n
	}
	if v.Hold {
		v.Held, err = s.arguments.Count(ctx, docstore.Query{Index: byHeld, Equal: []any{string(x.ID)}}, maxCounted)
	}
	return v, err
}

// Sessions lists a community's sessions, the latest first.
func (s *Service) Sessions(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]SessionView, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, errNotFound); err != nil {
		return nil, "", err
	}
	found, next, err := s.sessions.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: SessionsPage, After: after})
	views, now := make([]SessionView, len(found)), s.Now()
	for i, x := range found {
		views[i] = s.view(actor, x, now)
	}
	return views, next, err
}

// Arguments returns a page of one side of an option, oldest first. Its cost does not depend on how many there are.
func (s *Service) Arguments(ctx context.Context, actor identity.Actor, id SessionID, option string, side Side, after docstore.Cursor) (ArgumentPage, error) {
	x, err := s.sessions.Read(ctx, actor, string(id))
	if err != nil {
		return ArgumentPage{}, err
	}
	if _, err := x.Option(option); err != nil {
		return ArgumentPage{}, err
	}
	return s.pageOf(ctx, actor, x, docstore.Query{Index: bySide, Equal: []any{sideKey(id, option, side)}, Limit: ArgumentsPage, After: after})
}

// HeldArguments returns what the word list hid in a session and nobody has looked at.
func (s *Service) HeldArguments(ctx context.Context, actor identity.Actor, id SessionID) (ArgumentPage, error) {
	x, err := s.sessions.May(ctx, actor, string(id), identity.HoldHall)
	if err != nil {
		return ArgumentPage{}, err
	}
	return s.pageOf(ctx, actor, x, docstore.Query{Index: byHeld, Equal: []any{string(id)}, Limit: ArgumentsPage})
}

func (s *Service) pageOf(ctx context.Context, actor identity.Actor, x Session, q docstore.Query) (ArgumentPage, error) {
	found, next, err := s.arguments.Find(ctx, q)
	if err != nil {
		return ArgumentPage{}, err
	}
	mine, err := s.supportedBy(ctx, actor.ID, found)
	if err != nil {
		return ArgumentPage{}, err
	}
	hold := identity.Can(actor, identity.HoldHall, x.Place()) == nil
	page := ArgumentPage{Items: make([]ArgumentView, len(found)), Next: next}
	for i, a := range found {
		v := ArgumentView{Argument: a, Round: x.RoundAt(a.CreatedAt), Mine: actor.ID != "" && a.Author.Account == actor.ID}
		v.Supported = mine[supportKey(a.ID, actor.ID)].Account != ""
		v.Body, v.Veil = a.seenBy(a.Body, v.Mine, hold)
		page.Items[i] = v
	}
	return page, nil
}

// supportedBy returns which of the arguments somebody supports, in one read.
func (s *Service) supportedBy(ctx context.Context, who identity.AccountID, found []Argument) (map[string]support, error) {
	if who == "" || len(found) == 0 {
		return nil, nil
	}
	keys := make([]string, len(found))
	for i, a := range found {
		keys[i] = supportKey(a.ID, who)
	}
	return s.supports.GetMany(ctx, keys)
}

// Drafted is a version of the draft beside what it changes.
type Drafted struct {
	Session SessionView
	Draft   Draft
	Changes []redline.Part
}

// Draft returns version n with what it changes against the one before it.
func (s *Service) Draft(ctx context.Context, actor identity.Actor, id SessionID, n int) (Drafted, error) {
	x, err := s.sessions.Read(ctx, actor, string(id))
	if err != nil {
		return Drafted{}, err
	}
	parts, err := x.Redline(n)
	if err != nil {
		return Drafted{}, err
	}
	return Drafted{Session: s.view(actor, x, s.Now()), Draft: x.Drafts[n-1], Changes: parts}, nil
}
