package project

import (
	"github.com/a-h/templ"

	"jushou/deliberation"
	"jushou/projects"
	webactivity "jushou/web/activity"
	webmoney "jushou/web/money"
	"jushou/web/page"
	"jushou/web/view"
)

// link is something that a project grew out of.
type link struct{ Href, Title string }

// storyView is a project as a story, with the forms that its reader may use.
type storyView struct {
	projects.View
	// To is the page's address, below which its forms go; Home is the list it came from.
	To, Home string
	From     []link
	Sheet    page.Sheet
	Rows     []rowForm
	Token    string
	// MyHands are the reader's own hands that are up.
	MyHands []string
	// Money is the part of the page that has its accounts; it shows nothing before money is allotted.
	Money templ.Component
	// Judge is what there is from the finished work on.
	Judge judgeView
	// Activities is the part that shows what was held for it.
	Activities templ.Component
	// Desk is where it is carried, "" for who may not.
	Desk string
	Work workView
	// PollPhase is how far the poll has come that decides.
	PollPhase projects.PollPhase
}

// Project shows a project.
func (p *Pages) Project(v *page.Visit) error { return p.project(v, page.Sheet{}, nil) }

func (p *Pages) project(v *page.Visit, s page.Sheet, rows []rowForm) error {
	x, err := p.see(v, s, rows)
	if err != nil {
		return err
	}
	if x.Former != nil {
		return v.Go(storyOf(x.ID)) // it has no way here that could be told
	}
	return v.ShowAs(s.Status(), ProjectPage(x))
}

// see gathers what the page of a project shows.
func (p *Pages) see(v *page.Visit, s page.Sheet, rows []rowForm) (storyView, error) {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return storyView{}, err
	}
	if rows == nil {
		rows = rowsOf(x.Plan.Lines)
	}
	shown := storyView{
		View: x, To: "/p/" + string(x.ID), Home: "/c/" + string(x.Community) + "/projects", Sheet: s, Rows: padded(rows), Token: s.Token(s.Form(), v.Now),
	}
	if shown.Money, err = webmoney.OfProject(v, p.Ledger, string(x.ID)); err != nil {
		return storyView{}, err
	}
	if shown.PollPhase, err = p.Projects.PollPhase(v.Context(), x.Project); err != nil {
		return storyView{}, err
	}
	if shown.Work, err = p.work(v, s, x); err != nil {
		return storyView{}, err
	}
	if shown.Judge, err = p.judge(v, s, x); err != nil {
		return storyView{}, err
	}
	if shown.Activities, err = webactivity.OfProject(v, p.Activities, x.Community, string(x.ID)); err != nil {
		return storyView{}, err
	}
	if x.Desk {
		shown.Desk = "/desk/c/" + string(x.Community) + "/projects/" + string(x.ID)
	}
	for _, h := range x.Raised() {
		if v.Actor.ID != "" && h.By.Account == v.Actor.ID {
			shown.MyHands = append(shown.MyHands, h.ID)
		}
	}
	for _, id := range x.Origin.Topics {
		shown.From = append(shown.From, p.topic(v, id))
	}
	if x.Origin.Hall != "" {
		shown.From = append(shown.From, link{"/hall/" + x.Origin.Hall, v.T("project.from_hall")})
	}
	return shown, nil
}

// topic names a topic for a link; one that is hidden or gone keeps its place without a title.
func (p *Pages) topic(v *page.Visit, id deliberation.TopicID) link {
	t, err := p.Topics.Topic(v.Context(), v.Actor, id)
	if err != nil || t.Masked {
		return link{"/t/" + string(id), v.T("topic.masked")}
	}
	return link{"/t/" + string(id), t.Title}
}

// moments is the history as a timeline.
func moments(all []projects.Step) []view.Moment {
	var told []view.Moment
	for _, x := range all {
		told = append(told, view.Moment{Who: x.Name, Role: x.Title, What: "project.step." + x.What, Text: x.Reason, At: x.At, Official: x.To != ""})
	}
	return told
}
