package resident

import (
	"context"
	"net/url"

	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// commentForm is a neighbour's word on its way.
type commentForm struct {
	Token, Body string
	To          string // the address it is posted to
}

// topicTools is the part of a topic's page that belongs to the visitor.
type topicTools struct {
	ID             string
	Home           string // the community's page
	Edit, Withdraw bool
	Comment        bool
	Answer         bool
	Form           commentForm
	Problems       view.Problems
}

// Topic shows a topic as a story, with its comments.
func (p *Pages) Topic(v *page.Visit) error {
	return p.topic(v, commentForm{Token: ids.New(v.Now)}, view.Problems{Status: 200})
}

// topic shows a topic with the comment form as it is.
func (p *Pages) topic(v *page.Visit, form commentForm, problems view.Problems) error {
	id := deliberation.TopicID(v.Param("topic"))
	t, err := p.seen(v, id)
	if err != nil {
		return err
	}
	shared, err := p.thread(v, t, v.Query("after"))
	if err != nil {
		return err
	}
	form.To = "/t/" + string(id) + "/comments"
	return v.ShowAs(problems.Status, TopicPage(t.Title, topicTools{
		ID: string(id), Home: base(t.Community), Edit: t.May.Edit, Withdraw: t.May.Withdraw, Comment: t.May.Comment,
		Answer: t.May.Answer, Form: form, Problems: problems,
	}, shared))
}

// seen returns the topic, as it was read before if nothing has happened since; to who has just changed something, as it is.
func (p *Pages) seen(v *page.Visit, id deliberation.TopicID) (deliberation.TopicView, error) {
	if v.Fresh() {
		return p.Topics.Topic(v.Context(), v.Actor, id)
	}
	return p.Topics.Recall(v.Context(), v.Actor, id, v.Head)
}

// thread returns what everybody sees of a topic. The author and those who moderate see more than others, so
// theirs is made for them alone.
func (p *Pages) thread(v *page.Visit, t deliberation.TopicView, after string) (templ.Component, error) {
	if t.Mine || t.May.Hold || t.May.Release || t.May.Hide {
		return p.buildThread(v.Context(), v.Actor, t.ID, after)
	}
	node, err := p.Directory.Node(v.Context(), t.Community)
	if err != nil {
		return nil, err
	}
	r := readerAt(v, node)
	return v.Shared(string(t.Community), "topic/"+r.name+"/"+string(t.ID)+"/"+after, func(ctx context.Context) (templ.Component, error) {
		return p.buildThread(ctx, r.actor, t.ID, after)
	})
}

func (p *Pages) buildThread(ctx context.Context, actor identity.Actor, id deliberation.TopicID, after string) (templ.Component, error) {
	thread, err := p.Topics.Thread(ctx, actor, id, docstore.Cursor(after))
	if err != nil {
		return nil, err
	}
	here := "/t/" + string(id)
	pager := view.Pager{Total: -1, Step: deliberation.CommentsPage, Later: after != "", First: here}
	if thread.Next != "" {
		pager.Next = here + "?after=" + url.QueryEscape(string(thread.Next)) + "#comments"
	}
	return threadShared(story.Thread(thread), pager), nil
}
