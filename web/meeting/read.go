package meeting

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/internal/docstore"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// readView is a meeting as pages show it.
type readView struct {
	V        meeting.View
	To       string // where this page's forms are sent
	Back     string
	Topics   map[deliberation.TopicID]string // addresses of the agenda's topics
	Opinions meeting.OpinionPage
	More     string // address of the next opinions
	Tasks    []taskView
	Story    []view.Moment
	Now      time.Time
	// Work is the way to the desk, "" for those without one.
	Work string
	// Token is of the opinion's form.
	Token string
	// Failed names the form that comes back open, with Typed as it was filled in.
	Failed   string
	Typed    map[string]string
	Problems view.Problems
}

// typed is what stands in a field of a form that comes back.
func (r readView) typed(form, field, otherwise string) string {
	if r.Failed != form {
		return otherwise
	}
	return r.Typed[field]
}

// on is the sentence about a field of the form that comes back.
func (r readView) on(form, field string) string {
	if r.Failed != form {
		return ""
	}
	return r.Problems.On(field)
}

// own lists the guests, by place, that the reader is.
func (r readView) own() []int {
	return slices.DeleteFunc(slices.Clone(r.V.Speaks), func(n int) bool { return !r.V.Resident(n) })
}

// may reports whether a move may be made now, as far as the state decides.
func (r readView) may(m meeting.Move) bool {
	_, ok := r.V.State.After(m)
	return ok
}

// last is the version of the minutes that a page shows: what everybody reads, and before that the last one.
func (r readView) last() (meeting.Version, bool) {
	if current, published := r.V.Current(); published {
		return current, true
	}
	return r.V.Latest()
}

// Read shows one meeting to those who live there.
func (p *Pages) Read(v *page.Visit) error {
	return p.read(v, readView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) read(v *page.Visit, r readView) error {
	m, err := p.Meetings.Meeting(v.Context(), v.Actor, meeting.ID(v.Param("meeting")))
	if err != nil {
		return err
	}
	if err := p.fill(v, &r, m, "/t/", "/meeting/"); err != nil {
		return err
	}
	r.Back, r.Tasks = "/c/"+string(m.Community)+"/meetings", taskViews(m.Tasks, "")
	if m.May.Call || m.May.Confirm || len(m.Speaks) > len(r.own()) {
		r.Work = "/desk/m/" + string(m.ID)
	}
	return v.ShowAs(r.Problems.Status, ReadPage(r))
}

// fill adds what every page of a meeting shows.
func (p *Pages) fill(v *page.Visit, r *readView, m meeting.View, topic, here string) error {
	r.V, r.Now, r.To, r.Token = m, v.Now, here+string(m.ID), ids.New(v.Now)
	if t := r.Typed["token"]; r.Failed == "opinion" && ids.Valid(t) {
		r.Token = t
	}
	r.Topics = map[deliberation.TopicID]string{}
	for _, i := range m.Agenda {
		if i.Topic != "" {
			r.Topics[i.Topic] = topic + string(i.Topic)
		}
	}
	if m.Kind.Open() && m.Shown() {
		var err error
		if r.Opinions, err = p.Meetings.Opinions(v.Context(), v.Actor, m.ID, docstore.Cursor(v.Query("after"))); err != nil {
			return err
		}
		if r.Opinions.Next != "" {
			r.More = r.To + "?after=" + string(r.Opinions.Next) + "#opinions"
		}
	}
	for _, e := range m.History {
		text := e.Words
		if e.Guest != "" {
			text = e.Guest
			if e.Words != "" {
				text = v.T("meeting.guest_says", "guest", e.Guest, "words", e.Words)
			}
		}
		r.Story = append(r.Story, view.Moment{Who: e.Name, Role: e.Title, What: "meeting.step." + e.What, Text: text, At: e.At})
	}
	return nil
}

// back shows a page again with what was typed into one of its forms.
func back(v *page.Visit, err error, form string, fields ...string) readView {
	r := readView{Failed: form, Typed: map[string]string{}, Problems: v.Refuse(err)}
	for _, name := range fields {
		r.Typed[name] = v.Field(name)
	}
	return r
}

// Opine puts a resident's view under a meeting to come.
func (p *Pages) Opine(v *page.Visit) error {
	id := v.Param("meeting")
	_, err := p.Meetings.GiveOpinion(v.Context(), v.Actor, meeting.GiveOpinion{ID: meeting.OpinionID(v.Field("token")), Meeting: meeting.ID(id), Text: v.Field("text")})
	if err != nil {
		return p.read(v, back(v, err, "opinion", "token", "text"))
	}
	return v.GoSaying("/meeting/"+id+"?posted=/meeting/"+id+"/opinions#opinions", "meeting.said")
}

// Seat keeps a seat, or gives it back.
func (p *Pages) Seat(v *page.Visit) error {
	id, comes := v.Param("meeting"), v.Field("comes") == "1"
	if _, err := p.Meetings.Listen(v.Context(), v.Actor, meeting.ID(id), comes); err != nil {
		return p.read(v, back(v, err, "seat"))
	}
	if comes {
		return v.GoSaying("/meeting/"+id, "meeting.seat_taken")
	}
	return v.GoSaying("/meeting/"+id, "meeting.seat_left")
}

// Reply is a resident's answer to the own invitation.
func (p *Pages) Reply(v *page.Visit) error {
	if err := p.answer(v); err != nil {
		return p.read(v, back(v, err, "reply/"+v.Field("guest"), "reply", "reason"))
	}
	return v.GoSaying("/meeting/"+v.Param("meeting"), "meeting.replied")
}

func (p *Pages) answer(v *page.Visit) error {
	_, err := p.Meetings.AnswerInvitation(v.Context(), v.Actor, meeting.AnswerInvitation{
		Meeting: meeting.ID(v.Param("meeting")), Guest: number(v.Field("guest"), -1), Reply: meeting.Reply(v.Field("reply")), Reason: v.Field("reason"),
	})
	return err
}
