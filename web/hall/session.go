package hall

import (
	"slices"

	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/deliberation/redline"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/web/page"
)

// sessionView is a deliberation as residents see it.
type sessionView struct {
	hall.SessionView
	Home, To string
	Topics   []topicLink
	// Changes lead from the last draft but one to the last.
	Changes   []redline.Part
	Covenants []covenant.View
	// Projects are those it led to; MayPropose says that the reader may propose the first one.
	Projects   []projects.View
	MayPropose bool
	Sheet      page.Sheet
	Token      string
	// Desk is where it is facilitated, "" for who may not.
	Desk string
}

// topicLink is a topic that a deliberation grew out of.
type topicLink struct{ Href, Title string }

// Propose is the form that makes a project of what was decided.
func (s sessionView) Propose() string {
	return "/c/" + string(s.Community) + "/projects/new?hall=" + string(s.ID)
}

// Open lists the options that people argue about.
func (s sessionView) OpenOptions() []hall.Option { return optionsOf(s.Options, hall.OptionOpen) }

// Others lists the options that are not up for discussion, or not yet.
func (s sessionView) Others() []hall.Option {
	return slices.Concat(optionsOf(s.Options, hall.OptionProposed), optionsOf(s.Options, hall.OptionDeclined))
}

func optionsOf(all []hall.Option, status hall.OptionStatus) []hall.Option {
	return slices.DeleteFunc(slices.Clone(all), func(o hall.Option) bool { return o.Status != status })
}

// Session shows a deliberation.
func (p *Pages) Session(v *page.Visit) error { return p.session(v, page.Sheet{}) }

func (p *Pages) session(v *page.Visit, s page.Sheet) error {
	shown, err := p.see(v, s)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), SessionPage(shown))
}

// see gathers what a deliberation's page shows.
func (p *Pages) see(v *page.Visit, s page.Sheet) (sessionView, error) {
	x, err := p.Halls.Session(v.Context(), v.Actor, hall.SessionID(v.Param("hall")))
	if err != nil {
		return sessionView{}, err
	}
	shown := sessionView{SessionView: x, Home: "/c/" + string(x.Community) + "/hall", To: "/hall/" + string(x.ID), Sheet: s, Token: s.Token("propose", v.Now)}
	if n := len(x.Drafts); n > 0 {
		if shown.Changes, err = x.Redline(n); err != nil {
			return shown, err
		}
	}
	if shown.Covenants, err = p.Covenants.OutOf(v.Context(), v.Actor, string(x.ID)); err != nil {
		return shown, err
	}
	if x.Outcome != nil && x.Outcome.Kind == hall.ToProject {
		shown.MayPropose = identity.Can(v.Actor, identity.ProposeProject, x.Place()) == nil
		if shown.Projects, err = p.Projects.OutOf(v.Context(), v.Actor, string(x.ID)); err != nil {
			return shown, err
		}
	}
	if x.Hold {
		shown.Desk = "/desk/c/" + string(x.Community) + "/hall/" + string(x.ID)
	}
	for _, id := range x.Topics {
		shown.Topics = append(shown.Topics, p.topic(v, id))
	}
	return shown, nil
}

// topic names a topic for a link; one that is hidden or gone keeps its place without a title.
func (p *Pages) topic(v *page.Visit, id deliberation.TopicID) topicLink {
	t, err := p.Topics.Topic(v.Context(), v.Actor, id)
	if err != nil || t.Masked {
		return topicLink{Href: "/t/" + string(id), Title: v.T("topic.masked")}
	}
	return topicLink{Href: "/t/" + string(id), Title: t.Title}
}

// Propose adds an option.
func (p *Pages) Propose(v *page.Visit) error {
	id := v.Param("hall")
	_, err := p.Halls.ProposeOption(v.Context(), v.Actor, hall.ProposeOption{
		ID: v.Field("token"), Session: hall.SessionID(id), Text: v.Field("text"), Detail: v.Field("detail"),
	})
	if err != nil {
		return p.session(v, v.RefuseForm("propose", err, "text", "detail"))
	}
	return v.GoSaying("/hall/"+id+"?posted=/hall/"+id+"/options", "hall.proposed")
}

// draftView is one version of the draft.
type draftView struct {
	hall.Drafted
	To string
}

// Draft shows a version of the draft with what it changes.
func (p *Pages) Draft(v *page.Visit) error {
	d, err := p.Halls.Draft(v.Context(), v.Actor, hall.SessionID(v.Param("hall")), page.Number(v.Param("draft")))
	if err != nil {
		return err
	}
	return v.Show(DraftPage(draftView{d, "/hall/" + string(d.Session.ID)}))
}
