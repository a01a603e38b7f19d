package poll

import (
	"net/url"
	"strings"

	"jushou/deliberation/poll"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/projects"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// deskList is a community's polls for who holds them.
type deskList struct {
	To    string
	Polls []poll.View
	Pager view.Pager
}

// DeskList lists polls with drafts.
func (p *Pages) DeskList(v *page.Visit) error {
	r, err := p.holds(v)
	if err != nil {
		return err
	}
	after := v.Query("after")
	polls, next, err := p.Polls.Polls(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	shown := deskList{To: r.Path("/polls"), Polls: polls, Pager: view.Pager{
		Total: -1, Shown: len(polls), Order: "order.newest", Step: poll.PollsPage, Later: after != "", First: r.Path("/polls"),
	}}
	if next != "" {
		shown.Pager.Next = shown.To + "?after=" + url.QueryEscape(string(next))
	}
	d, err := p.Desk(v, r, "polls")
	if err != nil {
		return err
	}
	return v.Show(DeskListPage(d, shown))
}

// tendView is a poll for who holds it.
type tendView struct {
	poll.View
	At        string
	To        string
	Turnout   poll.Turnout
	Buildings []community.Building
	Typed     page.Sheet
	Opens     string
	Closes    string
	Token     string
	// Round is the budget round of projects that the poll is, empty for others.
	Round projects.RoundView
}

// Tend shows a poll with what can be done about it now.
func (p *Pages) Tend(v *page.Visit) error { return p.tend(v, page.Sheet{}) }

func (p *Pages) tend(v *page.Visit, t page.Sheet) error {
	r, x, err := p.held(v)
	if err != nil {
		return err
	}
	shown := tendView{
		View: x, At: r.Path("/polls/" + string(x.ID)), To: "/v/" + string(x.ID), Typed: t, Opens: view.InputTime(x.OpensAt), Closes: view.InputTime(x.ClosesAt), Token: t.Token("override", v.Now),
	}
	if shown.Round, err = p.round(v, x.Poll); err != nil {
		return err
	}
	if x.State != poll.Drafted {
		if shown.Turnout, err = p.Polls.Turnout(v.Context(), v.Actor, x.ID); err != nil {
			return err
		}
	}
	if x.Households() {
		if shown.Buildings, err = p.Places.BuildingsIn(v.Context(), r.Node.ID); err != nil {
			return err
		}
	}
	d, err := p.Within(v, r, "polls", x.Question, r.Path("/polls"))
	if err != nil {
		return err
	}
	return v.ShowAs(t.Status(), TendPage(d, shown))
}

// held returns the poll of the address, if it is of the room and the visitor holds polls there.
func (p *Pages) held(v *page.Visit) (console.Room, poll.View, error) {
	r, err := p.holds(v)
	if err != nil {
		return r, poll.View{}, err
	}
	x, err := p.Polls.Poll(v.Context(), v.Actor, poll.ID(v.Param("poll")))
	if err == nil && x.Community != r.Node.ID {
		err = page.ErrNotFound
	}
	return r, x, err
}

// rollView is a page of a roll.
type rollView struct {
	poll.View
	At    string
	Seek  string // the address that was looked for
	Lines []poll.SeatLine
	Pager view.Pager
	Mark  bool // members' presence can be marked now
}

// Roll pages through a roll. It says nothing about who has voted.
func (p *Pages) Roll(v *page.Visit) error {
	r, x, err := p.held(v)
	if err != nil {
		return err
	}
	after := v.Query("after")
	seek := strings.TrimSpace(v.Query("at"))
	lines, next, err := p.Polls.RollLines(v.Context(), v.Actor, x.ID, seek, docstore.Cursor(after))
	if err != nil {
		return err
	}
	at := r.Path("/polls/" + string(x.ID))
	shown := rollView{View: x, At: at, Seek: seek, Lines: lines, Mark: x.Council() && x.TakesBallots(v.Now) == nil, Pager: view.Pager{
		Total: -1, Shown: len(lines), Order: "poll.order_roll", Step: poll.SeatsPage, Later: after != "", First: at + "/roll",
	}}
	if next != "" {
		shown.Pager.Next = at + "/roll?after=" + url.QueryEscape(string(next))
	}
	d, err := p.Within(v, r, "polls", v.T("poll.roll"), at)
	if err != nil {
		return err
	}
	return v.Show(RollPage(d, shown))
}

// step is one thing to do about a poll: the form it comes from, its fields, the use case, and what is said afterwards.
type step struct {
	form   string
	fields []string
	said   string
	do     func(p *Pages, v *page.Visit, id poll.ID) error
}

// Step returns the handler of a step. A refused one comes back with what was typed.
func (p *Pages) Step(s step) page.Handler {
	return func(v *page.Visit) error {
		r, x, err := p.held(v)
		if err != nil {
			return err
		}
		if err := s.do(p, v, x.ID); err != nil {
			return p.tend(v, v.RefuseForm(s.form, err, s.fields...))
		}
		to := r.Path("/polls/" + string(x.ID))
		switch s.form {
		case "present":
			to += "/roll"
		case "finish":
			to += "/papers"
		}
		return v.GoSaying(to, s.said)
	}
}

// ListRoll publishes the roll.
func ListRoll() step {
	return step{"list", nil, "poll.listing", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.ListRoll(v.Context(), v.Actor, id)
		return err
	}}
}

// Answer decides an objection.
func Answer() step {
	return step{"answer", []string{"objection", "answer", "upheld"}, "poll.answered", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.AnswerObjection(v.Context(), v.Actor, poll.AnswerRoll{
			Poll: id, Objection: v.Field("objection"), Answer: v.Field("answer"), Upheld: v.Checked("upheld"),
		})
		return err
	}}
}

func seating(v *page.Visit, id poll.ID) poll.Seating {
	return poll.Seating{
		Poll: id, Phone: v.Field("phone"), Building: community.BuildingID(v.Field("building")), Room: v.Field("room"), Reason: v.Field("reason"),
	}
}

// Add puts somebody on the roll.
func Add() step {
	return step{"add", []string{"phone", "building", "room", "reason"}, "poll.added", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.AddSeat(v.Context(), v.Actor, seating(v, id))
		return err
	}}
}

// Remove takes somebody off the roll.
func Remove() step {
	return step{"remove", []string{"phone", "building", "room", "reason"}, "poll.removed", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.RemoveSeat(v.Context(), v.Actor, seating(v, id))
		return err
	}}
}

// Postpone names other instants.
func Postpone() step {
	return step{"postpone", []string{"opens", "closes", "reason"}, "poll.postponed", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.PostponePoll(v.Context(), v.Actor, poll.Postpone{
			Poll: id, OpensAt: view.Instant(v.Field("opens")), ClosesAt: view.Instant(v.Field("closes")), Reason: v.Field("reason"),
		})
		return err
	}}
}

// Withdraw gives a poll up before it opens.
func Withdraw() step {
	return step{"withdraw", []string{"reason"}, "poll.withdrawn", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.WithdrawPoll(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// Remind has those told who have not voted.
func Remind() step {
	return step{"remind", nil, "poll.reminded", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.RemindVoters(v.Context(), v.Actor, id)
		return err
	}}
}

// Present marks a member of a council as present, or not.
func Present() step {
	return step{"present", nil, "poll.present_done", func(p *Pages, v *page.Visit, id poll.ID) error {
		return p.Polls.MarkPresent(v.Context(), v.Actor, id, poll.VoterKey(v.Field("voter")), v.Checked("on"))
	}}
}

// Recount counts a disputed poll again.
func Recount() step {
	return step{"recount", []string{"reason"}, "poll.recounting", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.RecountPoll(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}
