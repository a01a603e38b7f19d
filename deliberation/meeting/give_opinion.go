package meeting

import (
	"context"
	"time"

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
	m, who, err := s.meetings.For(ctx, actor, string(cmd.Meeting), identity.AttendMeeting)
	if err != nil {
		return Opinion{}, err
	}
	text, now := deliberation.Clean(cmd.Text), s.Now()
	err = deliberation.Joined(fault.When(text == "", errEmpty), within("text", text, MaxOpinion), deliberation.CheckToken(string(cmd.ID)),
		fault.When(!m.TakesOpinions(now), errShut))
	if err != nil {
		return Opinion{}, err
	}
	if len(s.Screener.Screen(text)) > 0 {
		return Opinion{}, errWords
	}
	o := Opinion{ID: cmd.ID, Meeting: m.ID, Title: m.Title, Community: m.Community, Path: m.Path, By: who, Text: text, At: now}
	n := o.news()
	n.By, n.Words = actor.ID, excerpt(text)
	first, err := s.opinions.Add(ctx, string(o.ID), o, docstore.Fact{Type: EventSaid, Actor: actor.Ref(), At: now, Data: n})
	if err == nil && (first.Meeting != o.Meeting || first.By.Account != o.By.Account || first.Text != o.Text) {
		return Opinion{}, ErrTaken
	}
	return first, err
}

// HideOpinion takes an opinion out of sight, with a reason that stands in its place.
func (s *Service) HideOpinion(ctx context.Context, actor identity.Actor, id OpinionID, why string) (Opinion, error) {
	o, err := s.opinions.Read(ctx, actor, string(id))
	if err != nil {
		return Opinion{}, err
	}
	if _, err := s.meetings.Read(ctx, actor, string(o.Meeting)); fault.KindOf(err) == fault.NotFound {
		return Opinion{}, errNoOpinion
	} else if err != nil {
		return Opinion{}, err
	}
	return s.opinions.Step(ctx, actor, string(id), identity.HoldTopic, func(o *Opinion, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		why, err := reason(why)
		if err != nil {
			return nil, err
		}
		return o.Hide(why, handOf(actor, o.Place(), by), now)
	})
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
	m, err := s.meetings.Read(ctx, actor, string(id))
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
