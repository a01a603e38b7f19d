package open

import (
	"context"
	"fmt"
	"time"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// publicNotices is how many notices a community's public page shows; the rest is one step on.
const publicNotices = 3

// communityView is a community for anybody.
type communityView struct {
	ID       string
	Notices  []view.TopicCard
	Answers  answersView
	Clocks   clocksView
	Terms    community.Terms
	Rounds   []string
	Workdays bool
	Duties   []duty
}

// duty says who answers on a board: a role, never a person.
type duty struct {
	Board    string // a key of the catalogue
	Role     string // a key of the catalogue
	Promised bool   // by the next Round
	// Alone means that a silence is not handed on to the secretary and the town.
	Alone bool
}

// Community shows a community's notices, how it answers, when it looks, and who answers.
func (p *Pages) Community(v *page.Visit) error {
	node, err := p.Directory.Node(v.Context(), community.ID(v.Param("community")))
	if err != nil {
		return err
	}
	if node.Level != community.LevelCommunity {
		return page.ErrNotFound
	}
	if err := identity.Can(v.Actor, identity.ReadStatistics, identity.At(node)); err != nil {
		return err
	}
	set := fmt.Sprintf("open/%d/%d", node.Settings.PolicyVersion, node.Settings.Promises.Version) // settings are of another scope
	shared, err := v.Shared(string(node.ID), set, func(ctx context.Context) (templ.Component, error) {
		c, err := p.community(ctx, node, v.Now)
		return communityShared(c), err
	})
	if err != nil {
		return err
	}
	return v.Show(CommunityPage(node.Name, shared))
}

// community gathers what the public may see; it reads as nobody, whoever asks.
func (p *Pages) community(ctx context.Context, node community.Node, now time.Time) (communityView, error) {
	c := communityView{
		ID: string(node.ID), Terms: node.Settings.Promises.Terms,
		Rounds: node.Settings.RoundTimes(), Workdays: node.Settings.RoundsOnWorkdays, Duties: duties(node),
	}
	notices, err := p.Topics.Feed(ctx, identity.Actor{}, node.ID, "", "")
	if err != nil {
		return c, err
	}
	c.Notices = story.Cards(notices.Items[:min(publicNotices, len(notices.Items))])
	f, err := p.figuresOf(ctx, node.ID, now)
	c.Answers, c.Clocks = answersOf(f), clocksOf(f, node)
	return c, err
}

// duties lists the boards where something may be asked, with the role that answers first.
func duties(node community.Node) []duty {
	var all []duty
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if b.Asks() {
			all = append(all, duty{
				Board: "board." + string(b.Key), Role: "open.role." + who(b), Promised: b.Clock, Alone: b.Clock && !b.Patrolled,
			})
		}
	}
	return all
}

// who names the ones who answer on a board; each partner has its own board.
func who(b deliberation.Board) string {
	if b.Owner == identity.RolePartner {
		return b.Partner
	}
	return string(b.Owner)
}
