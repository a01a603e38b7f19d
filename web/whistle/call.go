package whistle

import (
	"slices"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// callForm calls units together.
type callForm struct {
	To, Token                               string
	Form, Urgent, Title, Reason, MeetAt, At string
	Topics, Units                           []view.Ticked
	Others                                  string
	Problems                                view.Problems
}

// NewCall shows the form. ?topic= ticks the topic that somebody came from.
func (p *Pages) NewCall(v *page.Visit) error {
	f := callForm{Token: ids.New(v.Now), Form: string(whistle.FormCall), MeetAt: view.InputHour(v.Now, 1, 10), Problems: view.Problems{Status: 200}}
	return p.showCall(v, f, []string{v.Query("topic")}, nil)
}

func (p *Pages) showCall(v *page.Visit, f callForm, topics, boards []string) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.CallWhistle, identity.At(r.Node)); err != nil {
		return err
	}
	f.To = r.Path("/whistles")
	if f.Topics, err = story.Offer(v, p.Topics, r.Node.ID, topics); err != nil {
		return err
	}
	units, err := p.Whistles.Callable(v.Context(), r.Node)
	if err != nil {
		return err
	}
	for _, u := range units {
		f.Units = append(f.Units, view.Ticked{Value: u.Board, Text: u.Name, On: slices.Contains(boards, u.Board)})
	}
	d, err := p.Within(v, r, "whistles", v.T("whistle.new"), r.Path("/whistles"))
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, CallPage(d, f))
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
		MeetAt: view.Instant(f.MeetAt), Where: f.At, Boards: boards, Others: strings.FieldsFunc(f.Others, func(r rune) bool { return strings.ContainsRune("\n,，、;；", r) }),
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
