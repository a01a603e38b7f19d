package resident

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// feedView is one page of a community's topics.
type feedView struct {
	Boards []view.Chip
	Topics []view.TopicCard
	Pager  view.Pager
	// PostTo is where the empty page leads; "" where the reader may not post.
	PostTo string
}

// Feed lists a community's topics, newest first, of one board or of all.
func (p *Pages) Feed(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if stranger(v) {
		return identity.ErrSignIn
	}
	r := readerAt(v, node)
	board, after := v.Query("board"), v.Query("after")
	shared, err := v.Shared(string(node.ID), "feed/"+r.name+"/"+url.QueryEscape(board)+"/"+after, func(ctx context.Context) (templ.Component, error) {
		f, err := p.feed(ctx, node, r, board, after)
		return feedShared(f), err
	})
	if err != nil {
		return err
	}
	return v.Show(FeedPage(node.Name, string(node.ID), says(v, node, deliberation.BoardKey(board)), shared))
}

// says is where the reader says something: a member what is wrong or wanted; on a board of notices, and where they are no member,
// those who may write there their notice. The zero pen is for who only reads.
func says(v *page.Visit, node community.Node, board deliberation.BoardKey) pen {
	r, member := console.Room{Node: node, Actor: v.Actor}, identity.Can(v.Actor, identity.PostTopic, identity.At(node)) == nil
	for _, b := range deliberation.BoardsIn(node.Settings) {
		if b.Key == board && !(member && b.TakesTopics()) && r.SpeaksOn(b) {
			return pen{To: r.SpeakPath(b), Text: "boards.speak_here"}
		}
	}
	if member {
		return pen{To: base(node.ID) + "/post?board=" + url.QueryEscape(string(board)), Text: "home.raise"}
	}
	return pen{}
}

// pen is an address to write at, and the key of what to call it.
type pen struct{ To, Text string }

func (p *Pages) feed(ctx context.Context, node community.Node, r reader, board, after string) (feedView, error) {
	found, err := p.Topics.Feed(ctx, r.actor, node.ID, deliberation.BoardKey(board), docstore.Cursor(after))
	if err != nil {
		return feedView{}, err
	}
	here := base(node.ID) + "/topics?board=" + url.QueryEscape(board)
	f := feedView{
		Boards: boards(node, board, r), Topics: story.Cards(found.Items),
		Pager: view.Pager{Total: -1, Shown: len(found.Items), Order: "order.newest", Step: deliberation.FeedPage, Later: after != "", First: here},
	}
	if found.Next != "" {
		f.Pager.Next = here + "&after=" + url.QueryEscape(string(found.Next))
	} else if after == "" {
		f.Pager.Total = len(found.Items)
	}
	return f, nil
}
