package desk

import (
	"net/url"
	"strconv"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
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
	Work    workView
	Phrases []view.Phrase
	// Onward are the rooms in which the topic may be taken further.
	Onward []door
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

// moderation is a step on a topic on its way. Values are what its form carries besides the reason.
type moderation struct {
	Step, Reason string
	Values       map[string]string
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
	if err := seesDesk(v.Actor, r.Node, t); err != nil {
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
	shown.Onward = onward(v, r, t)
	if shown.Phrases, err = p.phrases(v, r, t); err != nil {
		return err
	}
	shown.Answer = form.with(shown.Phrases)
	if shown.Work, err = p.work(v, t, r.Node, check); err != nil {
		return err
	}
	d, err := p.Within(v, r, "queue", v.T("desk.topic"), back(v.Actor, r, t))
	if err != nil {
		return err
	}
	return v.ShowAs(status, TopicPage(d, shown))
}

// onward lists what a topic can grow into; none while it is not shown, or for a notice.
func onward(v *page.Visit, r console.Room, t deliberation.TopicView) []door {
	if !t.Kind.Undertakes() || !t.Status.Shown() {
		return nil
	}
	var all []door
	for _, way := range []struct {
		verb           identity.Verb
		name, icon, at string
	}{
		{identity.CallWhistle, "whistle", "people", "/whistles/new"},
		{identity.CallMeeting, "meeting", "calendar", "/meetings/new"},
		{identity.HoldHall, "hall", "hall", "/hall/new"},
		{identity.HoldPoll, "poll", "hand", "/polls/new"},
	} {
		if r.May(way.verb) {
			all = append(all, door{Text: v.T("desk.onward_" + way.name), Icon: way.icon, Href: r.Path(way.at) + "?topic=" + url.QueryEscape(string(t.ID))})
		}
	}
	if r.May(identity.ProposeProject) {
		all = append(all, door{Text: v.T("desk.onward_project"), Icon: "hand", Href: "/c/" + string(t.Community) + "/projects/new?topic=" + url.QueryEscape(string(t.ID))})
	}
	return all
}

// seesDesk asks whether the actor works on the topic: at its board's desk, or at the desk of the department that has it.
func seesDesk(a identity.Actor, node community.Node, t deliberation.TopicView) error {
	err := identity.Can(a, identity.SeeDesk, identity.At(node).On(string(t.Board)))
	if err == nil {
		return nil
	}
	if p, ok := t.DepartmentPlace(); ok && identity.Can(a, identity.SeeDepartment, p) == nil {
		return nil
	}
	return err
}

// back is the queue the topic was opened from: the community's, or the department's own.
func back(a identity.Actor, r console.Room, t deliberation.TopicView) string {
	if identity.Can(a, identity.SeeDesk, identity.At(r.Node).On(string(t.Board))) != nil {
		return departmentHref(t.Town(), t.Work.Errand.Department, "")
	}
	return r.Path("")
}

func versionLine(v deliberation.Version) string {
	if v.Title == "" || v.Title == v.Body {
		return v.Body
	}
	return v.Title + "\n" + v.Body
}

func seen(n int) string { return strconv.Itoa(n) }
