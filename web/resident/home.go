package resident

import (
	"context"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// homeNotices and homeTopics are how many of each the front page of a community shows.
const (
	homeNotices = 3
	homeTopics  = 8
)

// homeView is the part of a community's front page that its readers share.
type homeView struct {
	Base    string
	Notices []view.TopicCard
	Topics  []view.TopicCard
	Boards  []view.Chip
	Member  bool
}

// Home shows a community: its notices, what neighbours raised, and the one big thing to do.
func (p *Pages) Home(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if stranger(v) {
		return identity.ErrSignIn
	}
	r := readerAt(v, node)
	shared, err := v.Shared(string(node.ID), "home/"+r.name, func(ctx context.Context) (templ.Component, error) {
		h, err := p.home(ctx, node, r)
		return homeShared(h), err
	})
	if err != nil {
		return err
	}
	m, _ := standing(v.Actor, node.ID)
	return v.Show(HomePage(homeHead{
		Name: node.Name, Community: node.ID, Base: base(node.ID), Member: r.member(), Status: m.Status, Reason: m.Reason, Known: v.Actor.ID != "",
		MayPost: identity.Can(v.Actor, identity.PostTopic, identity.At(node)) == nil, Desk: v.Person.Desk,
	}, shared))
}

func (p *Pages) home(ctx context.Context, node community.Node, r reader) (homeView, error) {
	h := homeView{Base: base(node.ID), Member: r.member(), Boards: boards(node, "", r)}
	notices, err := p.Topics.Feed(ctx, r.actor, node.ID, deliberation.BoardNotice, "")
	if err != nil {
		return h, err
	}
	h.Notices = story.Cards(first(notices.Items, homeNotices))
	if !r.member() {
		return h, nil
	}
	topics, err := p.Topics.Feed(ctx, r.actor, node.ID, "", "")
	if err != nil {
		return h, err
	}
	h.Topics = story.Cards(first(asked(topics.Items), homeTopics))
	return h, nil
}

// asked leaves out the notices, which stand above, and what nobody can read any more.
func asked(all []deliberation.TopicView) []deliberation.TopicView {
	var kept []deliberation.TopicView
	for _, t := range all {
		if t.Kind != deliberation.KindNotice && !t.Masked {
			kept = append(kept, t)
		}
	}
	return kept
}

func first[T any](all []T, n int) []T { return all[:min(n, len(all))] }

func base(c community.ID) string { return "/c/" + string(c) }

// boards returns the boards of a community as choices.
func boards(node community.Node, current string, r reader) []view.Chip {
	chips := []view.Chip{{Key: "board.all", Href: base(node.ID) + "/topics", Current: current == ""}}
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if !r.member() && !b.Official() {
			continue
		}
		chip := view.Chip{Key: "board." + string(b.Key)}
		if b.Renamed {
			chip = view.Chip{Text: b.Name}
		}
		chip.Href, chip.Current = base(node.ID)+"/topics?board="+string(b.Key), current == string(b.Key)
		chips = append(chips, chip)
	}
	return chips
}
