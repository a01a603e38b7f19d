package resident

import (
	"context"
	"net/url"
	"strings"

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
	// ReplyTo is the comment that it answers, Who whose that is, and Quote a passage of it, or of the topic.
	ReplyTo, Who, Quote string
	Quoting             bool
}

// turns leads through a thread: forwards, backwards, to its first and its last page.
type turns struct {
	Here                    string
	Prev, Next, First, Last string
	// Whole shows the topic above its comments; on a page further on only its title stands there.
	Whole bool
}

// topicTools is the part of a topic's page that belongs to the visitor.
type topicTools struct {
	ID             string
	Home           string // the community's page
	Edit, Withdraw bool
	Comment        bool
	Answer         bool
	Form           commentForm
	// Project is where it is proposed as a small project, "" for who may not.
	Project        string
	Report, Appeal string // where the topic is reported, or the decision about it appealed against; "" for neither
	Problems       view.Problems
	// Confirm asks the author whether it is solved; Dispute offers to say no, which an author can once.
	Confirm, Dispute bool
	Verdict          verdict
	// Question is what staff ask the author.
	Question string
	Below    templ.Component // what another area says about the topic
}

// Topic shows a topic as a story, with its comments.
func (p *Pages) Topic(v *page.Visit) error {
	return p.topic(v, commentForm{Token: ids.New(v.Now)}, view.Problems{Status: 200})
}

// stretch is the page of comments that an address asks for.
type stretch struct{ After, Before, At, Last string }

func wanted(v *page.Visit) stretch {
	return stretch{v.Query("after"), v.Query("before"), v.Query("at"), v.Query("last")}
}

// key tells one page from another in a cache.
func (s stretch) key() string {
	return url.Values{"a": {s.After}, "b": {s.Before}, "c": {s.At}, "l": {s.Last}}.Encode()
}

func (s stretch) query() deliberation.ThreadQuery {
	return deliberation.ThreadQuery{
		After: docstore.Cursor(s.After), Before: docstore.Cursor(s.Before), At: deliberation.CommentID(s.At), Last: s.Last != "",
	}
}

// replying fills in what the form answers: the comment named by the address, with a passage where one is wanted.
func (p *Pages) replying(v *page.Visit, t deliberation.TopicView, form *commentForm) error {
	do := v.Query("do")
	if form.ReplyTo == "" && (do == "reply" || do == "quote") {
		form.ReplyTo, form.Quoting = v.Query("at"), do == "quote"
	}
	said := t.Body
	if form.ReplyTo != "" {
		c, _, err := p.Topics.Comment(v.Context(), v.Actor, deliberation.CommentID(form.ReplyTo))
		if err != nil {
			return err
		}
		if c.Topic != t.ID || !c.Shown() {
			form.ReplyTo, form.Quoting = "", false
			return nil
		}
		form.Who, said = c.Author.Name, c.Body
	}
	if form.Quoting && form.Quote == "" {
		runes := []rune(strings.Join(strings.Fields(said), " "))
		form.Quote = string(runes[:min(len(runes), deliberation.MaxQuote)])
	}
	return nil
}

// topic shows a topic with the comment form as it is.
func (p *Pages) topic(v *page.Visit, form commentForm, problems view.Problems) error {
	id := deliberation.TopicID(v.Param("topic"))
	t, err := p.seen(v, id)
	if err != nil {
		return err
	}
	return p.topicWith(v, t, form, verdict{}, problems)
}

func (p *Pages) topicWith(v *page.Visit, t deliberation.TopicView, form commentForm, said verdict, problems view.Problems) error {
	shared, err := p.thread(v, t, wanted(v))
	if err != nil {
		return err
	}
	if t.May.Comment {
		if err := p.replying(v, t, &form); err != nil {
			return err
		}
	}
	below, err := p.below(v, t)
	if err != nil {
		return err
	}
	id, status := t.ID, max(problems.Status, said.Problems.Status)
	form.To = "/t/" + string(id) + "/comments"
	return v.ShowAs(status, TopicPage(t.Title, topicTools{
		ID: string(id), Home: base(t.Community), Edit: t.May.Edit, Withdraw: t.May.Withdraw, Comment: t.May.Comment,
		Answer: t.May.Answer, Form: form, Problems: problems, Report: reportOf(v, t), Appeal: appealOf(v, t),
		Confirm: t.May.Confirm, Dispute: t.May.Dispute, Verdict: said, Question: question(t),
		Below: below, Project: projectOf(v, t),
	}, shared))
}

// below is what another area says about the topic.
func (p *Pages) below(v *page.Visit, t deliberation.TopicView) (templ.Component, error) {
	if p.Below == nil {
		return nil, nil
	}
	return p.Below(v, t)
}

// projectOf is where somebody proposes a project from the topic, "" where it is no matter for one, or nobody who may.
func projectOf(v *page.Visit, t deliberation.TopicView) string {
	if !t.Kind.Undertakes() || !t.Status.Shown() || identity.Can(v.Actor, identity.ProposeProject, t.Place()) != nil {
		return ""
	}
	return base(t.Community) + "/projects/new?topic=" + string(t.ID)
}

// reportOf is where a neighbour reports the topic, "" where there is nothing to report or nobody who may.
func reportOf(v *page.Visit, t deliberation.TopicView) string {
	if t.Mine || !t.Status.Shown() || identity.Can(v.Actor, identity.ReportContent, t.Place()) != nil {
		return ""
	}
	return "/report/topic/" + string(t.ID)
}

// appealOf is where the author appeals against a decision about the topic.
func appealOf(v *page.Visit, t deliberation.TopicView) string {
	if !t.IsAuthor(v.Actor.ID) || t.Status != deliberation.Held && t.Status != deliberation.Hidden {
		return ""
	}
	return "/appeal/topic/" + string(t.ID)
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
func (p *Pages) thread(v *page.Visit, t deliberation.TopicView, at stretch) (templ.Component, error) {
	if t.Mine || t.May.Hold || t.May.Release || t.May.Hide {
		return p.buildThread(v.Context(), v.Actor, t.ID, at)
	}
	node, err := p.Directory.Node(v.Context(), t.Community)
	if err != nil {
		return nil, err
	}
	r := readerAt(v, node)
	return v.Shared(string(t.Community), "topic/"+r.name+"/"+string(t.ID)+"/"+at.key(), func(ctx context.Context) (templ.Component, error) {
		return p.buildThread(ctx, r.actor, t.ID, at)
	})
}

func (p *Pages) buildThread(ctx context.Context, actor identity.Actor, id deliberation.TopicID, at stretch) (templ.Component, error) {
	thread, err := p.Topics.ThreadPage(ctx, actor, id, at.query())
	if err != nil {
		return nil, err
	}
	here := "/t/" + string(id)
	n := turns{Here: here, Whole: thread.Prev == "" || at.At != ""}
	if thread.Next != "" {
		n.Next = here + "?after=" + url.QueryEscape(string(thread.Next)) + "#comments"
		n.Last = here + "?last=1#comments"
	}
	if thread.Prev != "" {
		n.Prev = here + "?before=" + url.QueryEscape(string(thread.Prev)) + "#comments"
		n.First = here + "#comments"
	}
	return threadShared(story.Thread(thread), n), nil
}
