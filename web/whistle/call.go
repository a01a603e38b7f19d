package whistle

import (
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// callForm calls units together.
type callForm struct {
	To, Token                               string
	Form, Urgent, Title, Reason, MeetAt, At string
	Topics                                  []topicTick
	Units                                   []unitTick
	Others                                  string
	Problems                                view.Problems
}

// unitTick is one unit that may be called.
type unitTick struct {
	whistle.Unit
	Ticked bool
}

// topicTick is one topic that the call may be tied to.
type topicTick struct {
	ID, Title string
	Ticked    bool
}

// NewCall shows the form. ?topic= ticks the topic that somebody came from.
func (p *Pages) NewCall(v *page.Visit) error {
	f := callForm{Token: ids.New(v.Now), Form: string(whistle.FormCall), Problems: view.Problems{Status: 200}}
	if at, err := p.tomorrow(v.Now); err == nil {
		f.MeetAt = at
	}
	return p.showCall(v, f, []string{v.Query("topic")}, nil)
}

// tomorrow is ten o'clock of the next day, to begin with.
func (p *Pages) tomorrow(now time.Time) (string, error) {
	day := now.In(p.Zone).AddDate(0, 0, 1)
	return time.Date(day.Year(), day.Month(), day.Day(), 10, 0, 0, 0, p.Zone).Format(inputTime), nil
}

// offered is how many of the latest topics the form offers.
const offered = 12

func (p *Pages) showCall(v *page.Visit, f callForm, topics, boards []string) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.CallWhistle, identity.At(r.Node)); err != nil {
		return err
	}
	f.To = r.Path("/whistles")
	if f.Topics, err = p.topics(v, r, topics); err != nil {
		return err
	}
	units, err := p.Whistles.Callable(v.Context(), r.Node)
	if err != nil {
		return err
	}
	for _, u := range units {
		f.Units = append(f.Units, unitTick{u, contains(boards, u.Board)})
	}
	d, err := p.Within(v, r, "whistles", v.T("whistle.new"), r.Path("/whistles"))
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, CallPage(d, f))
}

// topics offers those that were chosen and the latest of the community.
func (p *Pages) topics(v *page.Visit, r console.Room, chosen []string) ([]topicTick, error) {
	var ticks []topicTick
	for _, id := range chosen {
		t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(id))
		if err == nil && t.Community == r.Node.ID {
			ticks = append(ticks, topicTick{id, t.Title, true})
		}
	}
	feed, err := p.Topics.Feed(v.Context(), v.Actor, r.Node.ID, "", "")
	if err != nil {
		return nil, err
	}
	for _, t := range feed.Items {
		if t.Kind != deliberation.KindNotice && t.Status.Shown() && !contains(chosen, string(t.ID)) && len(ticks) < offered {
			ticks = append(ticks, topicTick{string(t.ID), t.Title, false})
		}
	}
	return ticks, nil
}

func contains(all []string, one string) bool {
	for _, x := range all {
		if x == one {
			return true
		}
	}
	return false
}

// Call calls.
func (p *Pages) Call(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	f := callForm{
		Token: v.Field("token"), Form: v.Field("form"), Urgent: v.Field("urgent"), Title: v.Field("title"), Reason: v.Field("reason"),
		MeetAt: v.Field("meet_at"), At: v.Field("where"), Others: v.Field("others"),
	}
	boards, topics := v.Fields("unit"), v.Fields("topic")
	call := whistle.Call{
		ID: whistle.ID(f.Token), Community: r.Node.ID, Form: whistle.Form(f.Form), Urgent: f.Urgent != "", Title: f.Title, Reason: f.Reason,
		MeetAt: p.instant(f.MeetAt), Where: f.At, Boards: boards, Others: strings.FieldsFunc(f.Others, func(r rune) bool { return strings.ContainsRune("\n,，、;；", r) }),
	}
	for _, id := range topics {
		call.Topics = append(call.Topics, deliberation.TopicID(id))
	}
	made, err := p.Whistles.CallUnits(v.Context(), v.Actor, call)
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.showCall(v, f, topics, boards)
	}
	return v.GoSaying("/desk/w/"+string(made.ID)+"?posted="+f.Token, "whistle.called")
}
