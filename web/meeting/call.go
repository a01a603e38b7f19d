package meeting

import (
	"slices"
	"strconv"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// callForm calls a meeting.
type callForm struct {
	To, Token, Kind, Title, Purpose, StartsAt, Where, Online, Agenda, Others, Seats string
	Authors                                                                         bool
	Topics, Units                                                                   []view.Ticked
	Problems                                                                        view.Problems
}

// NewCall shows the form. ?topic= ticks the topic that somebody came from.
func (p *Pages) NewCall(v *page.Visit) error {
	f := callForm{Token: ids.New(v.Now), Kind: string(meeting.Joint), StartsAt: view.InputHour(v.Now, 7, 14), Problems: view.Problems{Status: 200}}
	return p.showCall(v, f, []string{v.Query("topic")}, nil)
}

func (p *Pages) showCall(v *page.Visit, f callForm, topics, units []string) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.CallMeeting, identity.At(r.Node)); err != nil {
		return err
	}
	f.To = r.Path("/meetings")
	if f.Topics, err = story.Offer(v, p.Topics, r.Node.ID, topics); err != nil {
		return err
	}
	if f.Units, err = p.units(v, r, units); err != nil {
		return err
	}
	d, err := p.Within(v, r, "meetings", v.T("meeting.new"), r.Path("/meetings"))
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, CallPage(d, f))
}

// units offers the organisations with accounts.
func (p *Pages) units(v *page.Visit, r console.Room, chosen []string) ([]view.Ticked, error) {
	known, err := p.Meetings.Callable(v.Context(), r.Node)
	if err != nil {
		return nil, err
	}
	var ticks []view.Ticked
	for _, u := range known {
		ticks = append(ticks, view.Ticked{Value: u.Key(), Text: u.Name, On: slices.Contains(chosen, u.Key())})
	}
	return ticks, nil
}

// Call calls. A topic that is ticked is a point of the agenda under its own title; the other points are typed, a line each.
func (p *Pages) Call(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	f := callForm{
		Token: v.Field("token"), Kind: v.Field("kind"), Title: v.Field("title"), Purpose: v.Field("purpose"), StartsAt: v.Field("starts_at"),
		Where: v.Field("where"), Online: v.Field("online"), Agenda: v.Field("agenda"), Others: v.Field("others"), Seats: v.Field("seats"), Authors: v.Field("authors") != "",
	}
	topics, units := v.Fields("topic"), v.Fields("unit")
	call := meeting.Call{
		ID: meeting.ID(f.Token), Community: r.Node.ID, Kind: meeting.Kind(f.Kind), Title: f.Title, Purpose: f.Purpose, StartsAt: view.Instant(f.StartsAt),
		Where: f.Where, Online: f.Online, Invite: meeting.Whom{Units: units, Others: split(f.Others)},
	}
	if f.Seats != "" {
		call.Seats = number(f.Seats, -1)
	}
	for i, id := range topics {
		title := v.T("meeting.topic", "n", strconv.Itoa(i+1))
		if t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(id)); err == nil && t.Title != "" {
			title = t.Title
		}
		call.Agenda = append(call.Agenda, meeting.Item{Text: title, Topic: deliberation.TopicID(id)})
		if f.Authors {
			call.Invite.AuthorsOf = append(call.Invite.AuthorsOf, deliberation.TopicID(id))
		}
	}
	for _, text := range split(f.Agenda) {
		call.Agenda = append(call.Agenda, meeting.Item{Text: text})
	}
	made, err := p.Meetings.CallMeeting(v.Context(), v.Actor, call)
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.showCall(v, f, topics, units)
	}
	return v.GoSaying("/desk/m/"+string(made.ID)+"?posted="+f.To, "meeting.called")
}
