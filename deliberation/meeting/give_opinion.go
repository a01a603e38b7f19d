package meeting

import (
	"context"
	"errors"
	"fmt"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// GiveOpinion is what a resident says before a meeting.
type GiveOpinion struct {
	ID      OpinionID // the form's token
	Meeting ID
	Text    string
}

// GiveOpinion puts an opinion under a meeting that has been announced and has not begun. The same form sent again returns
// what it made. What the word list knows is refused: nobody looks it over before others read it.
func (s *Service) GiveOpinion(ctx context.Context, actor identity.Actor, cmd GiveOpinion) (Opinion, error) {
	m, err := s.load(ctx, actor, cmd.Meeting)
	if err != nil {
		return Opinion{}, err
	}
	h, err := s.hand(ctx, actor, m.Place(), identity.AttendMeeting)
	if err != nil {
		return Opinion{}, err
	}
	text, now := deliberation.Clean(cmd.Text), s.now()
	err = deliberation.Joined(when(text == "", errEmpty), within("text", text, MaxOpinion), deliberation.CheckToken(string(cmd.ID)),
		when(!m.TakesOpinions(now), errShut))
	if err != nil {
		return Opinion{}, err
	}
	if len(s.Screener.Screen(text)) > 0 {
		return Opinion{}, errWords
	}
	o := Opinion{ID: cmd.ID, Meeting: m.ID, Title: m.Title, Community: m.Community, Path: m.Path, By: h.who, Text: text, At: now}
	n := o.news()
	n.By, n.Words = actor.ID, excerpt(text)
	_, err = s.opinions.Put(ctx, string(o.ID), docstore.Absent, o, docstore.Fact{Type: EventSaid, Actor: actor.Ref(), At: now, Data: n})
	if !errors.Is(err, docstore.ErrConflict) {
		return o, err
	}
	first, _, err := s.opinions.Get(ctx, string(o.ID))
	if err != nil {
		return Opinion{}, fmt.Errorf("look up an opinion sent twice: %w", err)
	}
	if first.Meeting != o.Meeting || first.By.Account != o.By.Account || first.Text != o.Text {
		return Opinion{}, ErrTaken
	}
	return first, nil
}

// HideOpinion takes an opinion out of sight, with a reason that stands in its place.
func (s *Service) HideOpinion(ctx context.Context, actor identity.Actor, id OpinionID, why string) (Opinion, error) {
	o, _, err := s.opinions.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return Opinion{}, errNoOpinion
	}
	if err != nil {
		return Opinion{}, err
	}
	if _, err := s.load(ctx, actor, o.Meeting); fault.KindOf(err) == fault.NotFound {
		return Opinion{}, errNoOpinion
	} else if err != nil {
		return Opinion{}, err
	}
	h, err := s.hand(ctx, actor, o.Place(), identity.HoldTopic)
	if err != nil {
		return Opinion{}, err
	}
	if why, err = reason(why); err != nil {
		return Opinion{}, err
	}
	now := s.now()
	return s.opinions.Update(ctx, string(id), func(o *Opinion) ([]docstore.Fact, error) { return o.Hide(why, h, now) })
}

// Place is where permissions of the opinion are asked.
func (o Opinion) Place() identity.Place { return identity.Place{Path: o.Path} }

// sight returns what a reader sees of an opinion.
func (o Opinion) sight(moderates bool, reader identity.AccountID) Opinion {
	if o.Hidden != "" && !moderates && (reader == "" || o.By.Account != reader) {
		o.Text, o.By = "", deliberation.Author{}
	}
	o.By.Account, o.HiddenBy = "", deliberation.Author{Name: o.HiddenBy.Name, Title: o.HiddenBy.Title}
	return o
}

// OpinionPage is one page of what residents say, the first one first.
type OpinionPage struct {
	Items []Opinion
	Next  docstore.Cursor
}

// PageSize is how many meetings or opinions a page holds.
const PageSize = 20

// Opinions returns what residents said before a meeting.
func (s *Service) Opinions(ctx context.Context, actor identity.Actor, id ID, after docstore.Cursor) (OpinionPage, error) {
	m, err := s.load(ctx, actor, id)
	if err != nil {
		return OpinionPage{}, err
	}
	found, next, err := s.opinions.Find(ctx, docstore.Query{Index: byMeeting, Equal: []any{string(m.ID)}, Limit: PageSize, After: after})
	moderates := identity.Can(actor, identity.HoldTopic, m.Place()) == nil
	for i := range found {
		found[i] = found[i].sight(moderates, actor.ID)
	}
	return OpinionPage{Items: found, Next: next}, err
}
