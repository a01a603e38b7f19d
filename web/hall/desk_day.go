package hall

import (
	"slices"

	"jushou/deliberation/hall"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// announceView is the form that announces a day of questions.
type announceView struct {
	To       string
	People   []view.Option
	Chosen   []string
	From, Up string
	Sheet    page.Sheet
	Token    string
}

// NewDay shows the form that announces a day.
func (p *Pages) NewDay(v *page.Visit) error { return p.newDay(v, page.Sheet{}) }

func (p *Pages) newDay(v *page.Visit, s page.Sheet) error {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return err
	}
	people, err := p.answerers(v, r)
	if err != nil {
		return err
	}
	shown := announceView{To: r.Path("/days"), Chosen: v.Fields("answerer"), Sheet: s, Token: s.Token("announce", v.Now), From: view.InputHour(v.Now, 7, 20)}
	shown.Up = view.InputHour(v.Now, 7, 20)[:len("2006-01-02")] + "T22:00"
	for _, a := range people {
		shown.People = append(shown.People, view.Option{Value: string(a.Account), Text: view.Byline(a.Name, a.Title, "")})
	}
	d, err := p.Within(v, r, "hall", v.T("day.desk_announce"), r.Path("/hall"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), AnnouncePage(d, shown))
}

// answerers are those who can be named to answer: who works here, and the partners of the place.
func (p *Pages) answerers(v *page.Visit, r console.Room) ([]hall.Answerer, error) {
	var found []hall.Answerer
	for _, role := range []identity.Role{identity.RoleSecretary, identity.RoleStaff, identity.RoleBranch, identity.RolePartner} {
		holders, err := p.People.RoleHolders(v.Context(), role, r.Node.ID)
		if err != nil {
			return nil, err
		}
		names, err := p.People.Names(v.Context(), holders)
		if err != nil {
			return nil, err
		}
		for _, id := range holders {
			if slices.ContainsFunc(found, func(a hall.Answerer) bool { return a.Account == id }) {
				continue
			}
			a := hall.Answerer{Account: id}
			a.Name, a.Title = names[id].At(identity.At(r.Node))
			for _, g := range names[id].Grants {
				if g.Role == role && g.Board != "" { // a partner is known by the grant for its board
					a.Name, a.Title = names[id].At(identity.At(r.Node).On(g.Board))
				}
			}
			found = append(found, a)
		}
	}
	return found, nil
}

// Announce announces a day.
func (p *Pages) Announce(v *page.Visit) error {
	r, err := p.MayAny(v, identity.HoldHall)
	if err != nil {
		return err
	}
	people, err := p.answerers(v, r)
	if err != nil {
		return err
	}
	chosen := v.Fields("answerer")
	people = slices.DeleteFunc(people, func(a hall.Answerer) bool { return !slices.Contains(chosen, string(a.Account)) })
	d, err := p.Halls.AnnounceDay(v.Context(), v.Actor, hall.AnnounceDay{
		ID: hall.DayID(v.Field("token")), Community: r.Node.ID, Title: v.Field("title"), Intro: v.Field("intro"),
		From: view.Instant(v.Field("from")), To: view.Instant(v.Field("to")), Answerers: people,
	})
	if err != nil {
		return p.newDay(v, v.RefuseForm("announce", err, "title", "intro", "from", "to"))
	}
	return v.GoSaying(r.Path("/days/"+string(d.ID)), "day.announced")
}

// deskDay is a day in the hands of those who answer.
type deskDay struct {
	dayView
	At      string
	Promise string
	// Refused is the question whose form was refused.
	Refused string
}

// DeskDay shows a day with its questions to who answers or holds it.
func (p *Pages) DeskDay(v *page.Visit) error { return p.deskDay(v, page.Sheet{}) }

func (p *Pages) deskDay(v *page.Visit, s page.Sheet) error {
	r, seen, err := p.dayHere(v, s)
	if err != nil {
		return err
	}
	at := r.Path("/days/" + string(seen.ID))
	shown := deskDay{dayView: seen, At: at, Promise: p.dateIn(v.Now, 7), Refused: v.Param("question")}
	if shown.Pager.Next != "" {
		shown.Pager.Next = at + shown.Pager.Next[len(seen.Here):]
	}
	shown.Pager.First = at
	back := r.Path("/hall")
	if !r.May(identity.HoldHall) {
		back = "/c/" + string(r.Node.ID) + "/hall" // who is only named to answer has no list of days on the desk
	}
	d, err := p.Within(v, r, "hall", seen.Title, back)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), DeskDayPage(d, shown))
}

// dayHere returns the room and the day of the address, if the visitor holds it or is named to answer.
func (p *Pages) dayHere(v *page.Visit, s page.Sheet) (console.Room, dayView, error) {
	r, err := p.MayAny(v, identity.AnswerHall)
	if err != nil {
		return r, dayView{}, err
	}
	seen, err := p.dayOf(v, s)
	if err != nil {
		return r, seen, err
	}
	if err := here(r, seen.Community); err != nil {
		return r, seen, err
	}
	if !seen.Hold && !seen.Answers(v.Actor.ID) {
		return r, seen, identity.ErrDenied
	}
	return r, seen, nil
}

// dayStep is one step on a day.
func (p *Pages) dayStep(v *page.Visit, form, said string, fields []string, do func() error) error {
	r, seen, err := p.dayHere(v, page.Sheet{})
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		return p.deskDay(v, v.RefuseForm(form, err, fields...))
	}
	return v.GoSaying(r.Path("/days/"+string(seen.ID)), said)
}

// CloseDay sums a day up.
func (p *Pages) CloseDay(v *page.Visit) error {
	return p.dayStep(v, "close", "day.closed", []string{"summary", "promised"}, func() error {
		_, err := p.Halls.CloseDay(v.Context(), v.Actor, hall.CloseDay{Day: hall.DayID(v.Param("day")), Summary: v.Field("summary"), Promised: p.endOf(v, "promised")})
		return err
	})
}

// CancelDay calls a day off.
func (p *Pages) CancelDay(v *page.Visit) error {
	return p.dayStep(v, "cancel", "day.cancelled", []string{"reason"}, func() error {
		_, err := p.Halls.CancelDay(v.Context(), v.Actor, hall.DayID(v.Param("day")), v.Field("reason"))
		return err
	})
}

// AnswerQuestion answers a question.
func (p *Pages) AnswerQuestion(v *page.Visit) error {
	return p.dayStep(v, "answer", "day.answered", []string{"body"}, func() error {
		_, err := p.Halls.AnswerQuestion(v.Context(), v.Actor, hall.AnswerQuestion{ID: v.Field("token"), Question: hall.QuestionID(v.Param("question")), Body: v.Field("body")})
		return err
	})
}

// HideQuestion takes a question out of sight or shows it again.
func (p *Pages) HideQuestion(v *page.Visit) error {
	return p.dayStep(v, "hide", "hall.moderated", []string{"reason"}, func() error {
		_, err := p.Halls.HideQuestion(v.Context(), v.Actor, hall.HideQuestion{Question: hall.QuestionID(v.Param("question")), Hide: v.Field("hide") == "1", Reason: v.Field("reason")})
		return err
	})
}
