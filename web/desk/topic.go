package desk

import (
	"net/url"
	"strconv"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// topicView is a topic as staff work on it.
type topicView struct {
	Story    view.Thread
	Pager    view.Pager
	May      deliberation.May
	Answered bool
	Hits     []string
	Versions []deliberation.Version
	// Person is where the author's name and number can be seen; "" where the visitor may not.
	Person  string
	Public  string // the residents' page
	Here    string
	Answer  answerForm
	Check   moderation
	Phrases []view.Phrase
}

// answerForm is an answer on its way.
type answerForm struct {
	Token, Body string
	// Phrase is the key of the sentence that was tapped, to be added to the body.
	Phrase string
	// Seen is how many answers there were when the form was shown.
	Seen     int
	Photos   []deliberation.PhotoID
	Problems view.Problems
}

// moderation is a step against or for a topic on its way.
type moderation struct {
	Step, Reason string
	Problems     view.Problems
}

// Topic shows a topic with its whole history and the form to answer it.
func (p *Pages) Topic(v *page.Visit) error {
	return p.showTopic(v, 200, answerForm{Seen: -1}, moderation{})
}

func (p *Pages) showTopic(v *page.Visit, status int, form answerForm, check moderation) error {
	id := deliberation.TopicID(v.Param("topic"))
	thread, err := p.Topics.Thread(v.Context(), v.Actor, id, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	t := thread.Topic
	r, err := p.Room(v, t.Community, community.LevelCommunity)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.SeeDesk, identity.At(r.Node).On(string(t.Board))); err != nil {
		return err
	}
	if form.Seen < 0 {
		form.Seen = len(t.Responses)
	}
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	shown := topicView{
		Story: story.Thread(thread), May: t.May, Answered: t.Answered(), Hits: t.Hits, Versions: t.Versions,
		Public: "/t/" + string(id), Here: "/desk/t/" + string(id), Answer: form, Check: check,
		Pager: view.Pager{Total: -1, Step: deliberation.CommentsPage, Later: v.Query("after") != "", First: "/desk/t/" + string(id)},
	}
	if thread.Next != "" {
		shown.Pager.Next = shown.Here + "?after=" + url.QueryEscape(string(thread.Next)) + "#comments"
	}
	if t.Author.Account != "" && r.May(identity.SeePerson) {
		shown.Person = r.Path("/residents/" + string(t.Author.Account))
	}
	if shown.Phrases, err = p.phrases(v, r, t); err != nil {
		return err
	}
	shown.Answer = form.with(shown.Phrases)
	d, err := p.Within(v, r, "queue", v.T("desk.topic"), r.Path(""))
	if err != nil {
		return err
	}
	return v.ShowAs(status, TopicPage(d, shown))
}

func versionLine(v deliberation.Version) string {
	if v.Title == "" || v.Title == v.Body {
		return v.Body
	}
	return v.Title + "\n" + v.Body
}

func seen(n int) string { return strconv.Itoa(n) }
