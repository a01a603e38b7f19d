package resident

import (
	"context"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// statsDays is the window of a community's figures.
const statsDays = 30

// statsView is how a community answers, for its residents.
type statsView struct {
	Show                             bool
	Topics, Answered, Waiting, Never int
	Times                            bool
	Median, P90                      time.Duration
	Rounds                           []string
	// Workdays is set where Rounds are held on working days only.
	Workdays bool
}

// progressView is what became of what the visitor raised.
type progressView struct {
	Mine  []view.TopicCard
	Pager view.Pager
	Base  string
}

// Progress shows how the community answers, and what became of the visitor's own topics.
func (p *Pages) Progress(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.ReadCommunity, identity.At(node)); err != nil {
		return err
	}
	shared, err := v.Shared(string(node.ID), "progress", func(ctx context.Context) (templ.Component, error) {
		s, err := p.stats(ctx, node, v.Now)
		return statsCard(s), err
	})
	if err != nil {
		return err
	}
	mine, err := p.mine(v, base(node.ID)+"/progress")
	if err != nil {
		return err
	}
	mine.Base = base(node.ID)
	return v.Show(ProgressPage(mine, shared))
}

func (p *Pages) mine(v *page.Visit, here string) (progressView, error) {
	after := v.Query("after")
	found, err := p.Topics.MyTopics(v.Context(), v.Actor, docstore.Cursor(after))
	if err != nil {
		return progressView{}, err
	}
	shown := progressView{Mine: story.Cards(found.Items), Pager: view.Pager{
		Total: -1, Shown: len(found.Items), Order: "order.newest", Step: deliberation.FeedPage, Later: after != "", First: here,
	}}
	if found.Next != "" {
		shown.Pager.Next = here + "?after=" + url.QueryEscape(string(found.Next))
	} else if after == "" {
		shown.Pager.Total = len(found.Items)
	}
	return shown, nil
}

func (p *Pages) stats(ctx context.Context, node community.Node, now time.Time) (statsView, error) {
	found, err := p.Topics.Stats(ctx, identity.System("pages"), node.ID, deliberation.Window{From: now.AddDate(0, 0, -statsDays), To: now})
	if err != nil {
		return statsView{}, err
	}
	s := statsView{Rounds: node.Settings.RoundTimes(), Workdays: node.Settings.RoundsOnWorkdays}
	for _, c := range found.Clocks {
		if c.Clock == "response" && !c.Suppressed {
			s.Show, s.Topics, s.Answered, s.Waiting, s.Never = true, c.Topics, c.Answered, c.Waiting, c.Never
			s.Times, s.Median, s.P90 = !c.TimesSuppressed, c.Median, c.P90
		}
	}
	return s, nil
}

// rounds chooses the sentence about the day's Rounds.
func (s statsView) rounds() string {
	if s.Workdays {
		return "stats.rounds_workdays"
	}
	return "stats.rounds"
}
