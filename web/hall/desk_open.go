package hall

import (
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/hall"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// openView is the form that opens a deliberation.
type openView struct {
	To        string
	Template  hall.Template
	Templates []view.Chip
	Topic     string
	TopicName string
	Ends      string
	Sheet     page.Sheet
	Token     string
}

// NewSession shows the form, prepared from a template and for a topic where the address names them.
func (p *Pages) NewSession(v *page.Visit) error { return p.newSession(v, page.Sheet{}) }

func (p *Pages) newSession(v *page.Visit, s page.Sheet) error {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return err
	}
	shown := openView{To: r.Path("/hall"), Topic: s.Value("open", "topics", v.Query("topic")), Ends: view.InputHour(v.Now, 3, 20), Sheet: s, Token: s.Token("open", v.Now)}
	key := s.Value("open", "template", v.Query("template"))
	shown.Template, _ = hall.TemplateOf(key)
	for _, t := range hall.Templates() {
		href := shown.To + "/new?template=" + t.Key
		if shown.Topic != "" {
			href += "&topic=" + shown.Topic
		}
		shown.Templates = append(shown.Templates, view.Chip{Text: t.Name, Href: href, Current: t.Key == key})
	}
	if shown.Topic != "" {
		shown.TopicName = p.topic(v, deliberation.TopicID(shown.Topic)).Title
	}
	d, err := p.Within(v, r, "hall", v.T("hall.desk_open"), r.Path("/hall"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), OpenPage(d, shown))
}

// OpenSession opens a deliberation.
func (p *Pages) OpenSession(v *page.Visit) error {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return err
	}
	x, err := p.Halls.OpenSession(v.Context(), v.Actor, hall.OpenSession{
		ID: hall.SessionID(v.Field("token")), Community: r.Node.ID, Topics: story.TopicIDs(v.Field("topics")), Template: v.Field("template"),
		Question: v.Field("question"), Background: v.Field("background"), Fixed: v.Field("fixed"), Open: v.Field("open"),
		Options: strings.Split(v.Field("options"), "\n"), Facts: strings.Split(v.Field("facts"), "\n"),
		Round: v.Field("about"), Ends: view.Instant(v.Field("ends")),
	})
	if err != nil {
		return p.newSession(v, v.RefuseForm("open", err, "topics", "template", "question", "background", "fixed", "open", "options", "facts", "about", "ends"))
	}
	return v.GoSaying(r.Path("/hall/"+string(x.ID)), "hall.opened")
}
