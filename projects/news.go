package projects

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// NewsID identifies news; it is the token of its form.
type NewsID string

// News is what is told of the work: a document of its own.
type News struct {
	ID        NewsID              `json:"id"`
	Project   ID                  `json:"project"`
	Community community.ID        `json:"community"`
	By        deliberation.Author `json:"by"`
	// For names the lead where the desk writes for it.
	For   string    `json:"for,omitempty"`
	Text  string    `json:"text"`
	Shots []Shot    `json:"shots,omitempty"`
	At    time.Time `json:"at"`

	Hidden bool   `json:"hidden,omitempty"`
	Reason string `json:"reason,omitempty"`
	// Hits is what the word list found.
	Hits []string `json:"hits,omitempty"`
	// ModeratedBy is who last hid or showed it, zero while nobody did.
	ModeratedBy deliberation.Author `json:"moderated_by,omitzero"`
	ModeratedAt time.Time           `json:"moderated_at,omitzero"`
}

// Shot is a photo of the place, and when it was taken.
type Shot struct {
	Photo deliberation.PhotoID `json:"photo"`
	When  Phase                `json:"when"`
}

// Phase says when a photo was taken.
type Phase string

// Phases of the work.
const (
	Before Phase = "before"
	During Phase = "during"
	After  Phase = "after"
)

// Phases lists them in their order.
func Phases() []Phase { return []Phase{Before, During, After} }

var (
	errNewsEmpty = fault.New(fault.Invalid, "project.no_news").On("text")
	errShots     = fault.New(fault.Invalid, "project.bad_shot").On("photos")
	errNoNews    = fault.New(fault.NotFound, "project.no_such_news")
)

// PostNews is news as its form gives it.
type PostNews struct {
	ID      NewsID
	Project ID
	Text    string
	Shots   []Shot
}

// PostNews tells of the work, by the lead or by the desk in its name. The same form again is the same news.
func (s *Service) PostNews(ctx context.Context, actor identity.Actor, cmd PostNews) (News, error) {
	words, err := cmd.check()
	if err != nil {
		return News{}, err
	}
	p, by, err := s.projects.For(ctx, actor, string(cmd.Project), identity.ProposeProject)
	if err != nil {
		return News{}, err
	}
	if err := p.may(MoveNews); err != nil {
		return News{}, err
	}
	x := News{ID: cmd.ID, Project: p.ID, Community: p.Community, By: by, Text: words, Shots: cmd.Shots, At: s.Now()}
	if p.leads(by) != nil {
		if err := errors.Join(identity.Can(actor, identity.CheckProject, p.Place()), fault.When(p.Lead == nil, errNoLead)); err != nil {
			return News{}, err
		}
		x.For = p.leadName()
	}
	what := NewsPosted
	if x.Hits = s.screen(actor, p.Place(), words); len(x.Hits) > 0 {
		what, x.Hidden, x.Reason = NewsHeld, true, deliberation.ReasonWordList
	}
	first, err := s.news.Add(ctx, string(x.ID), x, p.newsStep(what, x, by, x.At))
	if err == nil && (first.Project != x.Project || first.By.Account != x.By.Account) {
		return News{}, errTaken
	}
	if err == nil && !first.Hidden {
		err = s.hears(ctx, p.ID, first.At)
	}
	return first, err
}

func (c PostNews) check() (string, error) {
	words, err := written.Text("text", c.Text, MaxNews)
	photos := make([]deliberation.PhotoID, len(c.Shots))
	unmarked := false
	for i, x := range c.Shots {
		photos[i] = x.Photo
		unmarked = unmarked || !slices.Contains(Phases(), x.When)
	}
	return words, deliberation.Joined(
		err, fault.When(words == "", errNewsEmpty), fault.When(unmarked, errShots), deliberation.CheckPhotos(photos), deliberation.CheckToken(string(c.ID)),
	)
}

func (p Project) newsStep(what string, x News, by deliberation.Author, now time.Time) docstore.Fact {
	d := NewsStep{About: p.about(), News: x.ID, Reason: x.Reason}
	if !x.Hidden {
		d.Excerpt = deliberation.Excerpt(x.Text)
	}
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: d}
}

// hears notes a sign of life in the project.
func (s *Service) hears(ctx context.Context, id ID, at time.Time) error {
	_, err := s.projects.Update(ctx, string(id), func(p *Project) ([]docstore.Fact, error) {
		if !p.hear(s.Calendar, at) {
			return nil, docstore.ErrUnchanged
		}
		return []docstore.Fact{p.told(Heard, counting, "", at)}, nil
	})
	return err
}

// FollowNews notes signs of life should the process that posted them have ended before it did. The relay gives it
// project.news_posted and project.news_shown, at least once and in any order.
func (s *Service) FollowNews(ctx context.Context, e docstore.Event) error {
	d, err := deliberation.Decode[NewsStep](e)
	if err != nil {
		return err
	}
	x, _, err := s.news.Get(ctx, string(d.News))
	if err != nil || x.Hidden {
		return err
	}
	return s.hears(ctx, d.Project, x.At)
}

// HideNews takes news out of sight, or shows it again.
type HideNews struct {
	News   NewsID
	Hide   bool
	Reason string // needed to hide; shown in its place
}

// HideNews moderates news, by the desk. Doing it twice changes nothing.
func (s *Service) HideNews(ctx context.Context, actor identity.Actor, cmd HideNews) (News, error) {
	reason, err := written.Line("reason", cmd.Reason, MaxReason)
	if err := deliberation.Joined(err, fault.When(cmd.Hide && reason == "", errReason)); err != nil {
		return News{}, err
	}
	x, _, err := s.oneNews(ctx, cmd.News)
	if err != nil {
		return News{}, err
	}
	p, by, err := s.projects.For(ctx, actor, string(x.Project), identity.CheckProject)
	if err != nil {
		return News{}, err
	}
	now := s.Now()
	x, err = s.news.Update(ctx, string(cmd.News), func(x *News) ([]docstore.Fact, error) {
		if x.Hidden == cmd.Hide && x.ModeratedBy.Account != "" {
			return nil, docstore.ErrUnchanged
		}
		what := NewsShown
		if cmd.Hide {
			what = NewsHidden
		}
		x.Hidden, x.Reason, x.ModeratedBy, x.ModeratedAt = cmd.Hide, reason, by, now
		return []docstore.Fact{p.newsStep(what, *x, by, now)}, nil
	})
	if err == nil && !x.Hidden {
		err = s.hears(ctx, x.Project, x.At)
	}
	return x, err
}

func (s *Service) oneNews(ctx context.Context, id NewsID) (News, int64, error) {
	x, at, err := s.news.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) || fault.CodeOf(err) == "store.bad_key" {
		err = errNoNews
	}
	return x, at, err
}

// forgetNews takes the name of a deleted account from what it told; what was told in an office keeps it.
func (s *Service) forgetNews(ctx context.Context, who identity.AccountID) error {
	return s.news.Each(ctx, docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, func(x News) error {
		if !private(x.By, who) {
			return nil
		}
		x.By = deliberation.Author{Name: identity.ErasedName}
		_, err := s.news.Put(ctx, string(x.ID), docstore.Any, x)
		return err
	})
}
