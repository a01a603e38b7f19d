package hall

import (
	"net/url"
	"strconv"

	"jushou/deliberation/hall"
	"jushou/internal/docstore"
	"jushou/web/page"
	"jushou/web/view"
)

// dayView is a day of questions with a page of its queue.
type dayView struct {
	hall.DayView
	Home, Here string
	Questions  []hall.QuestionView
	First      int // the number of the first question on this page
	Pager      view.Pager
	Sheet      page.Sheet
	Token      string
	// Desk is where the questions are answered, "" for who may not.
	Desk string
}

// Day shows a day of questions.
func (p *Pages) Day(v *page.Visit) error { return p.day(v, page.Sheet{}) }

func (p *Pages) day(v *page.Visit, s page.Sheet) error {
	shown, err := p.dayOf(v, s)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), DayPage(shown))
}

func (p *Pages) dayOf(v *page.Visit, s page.Sheet) (dayView, error) {
	d, err := p.Halls.Day(v.Context(), v.Actor, hall.DayID(v.Param("day")))
	if err != nil {
		return dayView{}, err
	}
	after := v.Query("after")
	found, next, err := p.Halls.Questions(v.Context(), v.Actor, d.ID, false, docstore.Cursor(after))
	if err != nil {
		return dayView{}, err
	}
	shown := dayView{DayView: d, Home: "/c/" + string(d.Community) + "/hall", Here: "/day/" + string(d.ID), Questions: found, First: max(1, page.Number(v.Query("from"))), Sheet: s, Token: s.Token("ask", v.Now)}
	shown.Pager = view.Pager{Total: d.Asked, Order: "order.asked", Step: hall.QuestionsPage, Later: after != "", First: shown.Here}
	if next != "" {
		shown.Pager.Next = shown.Here + "?after=" + url.QueryEscape(string(next)) + "&from=" + strconv.Itoa(shown.First+len(found))
	}
	if d.Answer || d.Hold {
		shown.Desk = "/desk/c/" + string(d.Community) + "/days/" + string(d.ID)
	}
	return shown, nil
}

// Ask puts a question into the queue.
func (p *Pages) Ask(v *page.Visit) error {
	id := v.Param("day")
	q, err := p.Halls.AskQuestion(v.Context(), v.Actor, hall.AskQuestion{ID: hall.QuestionID(v.Field("token")), Day: hall.DayID(id), Body: v.Field("body")})
	if err != nil {
		return p.day(v, v.RefuseForm("ask", err, "body"))
	}
	said := "day.asked_sent"
	if q.Hidden {
		said = "hall.argued_held"
	}
	return v.GoSaying("/day/"+id+"?posted=/day/"+id+"/questions", said)
}

// Join says that the visitor asks the same, or takes that back.
func (p *Pages) Join(v *page.Visit) error {
	on := v.Field("on") != "0"
	if err := p.Halls.JoinQuestion(v.Context(), v.Actor, hall.QuestionID(v.Param("question")), on); err != nil {
		return err
	}
	said := "day.joined"
	if !on {
		said = "day.unjoined"
	}
	to := "/day/" + v.Param("day")
	return v.GoSaying(to, said)
}
