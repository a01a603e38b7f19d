package meeting

import (
	"slices"
	"strconv"

	"jushou/deliberation/meeting"
	"jushou/internal/community"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// workView is a meeting as those who have to do with it see it.
type workView struct {
	readView
	Units []view.Ticked // that may be invited
	// Next suggests another date.
	Next string
}

// Work shows one meeting to those who have to do with it, with their steps.
func (p *Pages) Work(v *page.Visit) error {
	return p.work(v, readView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) work(v *page.Visit, shown readView) error {
	m, err := p.Meetings.Meeting(v.Context(), v.Actor, meeting.ID(v.Param("meeting")))
	if err != nil {
		return err
	}
	r, base, err := p.from(v, m.Meeting.Place().Path)
	if err != nil {
		return err
	}
	w := workView{readView: shown, Next: view.InputTime(m.StartsAt.AddDate(0, 0, 7))}
	if err := p.fill(v, &w.readView, m, "/t/", "/desk/m/"); err != nil {
		return err
	}
	w.Tasks = taskViews(m.Tasks, "/desk/mt/")
	if m.May.Call && w.may(meeting.MoveInvite) {
		if w.Units, err = p.units(v, r, nil); err != nil {
			return err
		}
		w.Units = slices.DeleteFunc(w.Units, func(u view.Ticked) bool {
			return slices.ContainsFunc(m.Guests, func(g meeting.Guest) bool { return g.Key() == u.Value })
		})
	}
	d, err := p.Within(v, r, "meetings", v.T("meeting.kind_"+string(m.Kind)), base)
	if err != nil {
		return err
	}
	return v.ShowAs(w.Problems.Status, WorkPage(d, w))
}

// from returns the room the visitor stands in, and where they came from: departments from the town's page.
func (p *Pages) from(v *page.Visit, path []community.ID) (console.Room, string, error) {
	home := path[len(path)-1]
	for _, g := range v.Actor.Grants {
		if len(path) > 1 && g.Node == path[len(path)-2] {
			home = g.Node
		}
	}
	level := community.LevelCommunity
	if home != path[len(path)-1] {
		level = community.LevelTown
	}
	r, err := p.Room(v, home, level)
	return r, r.Path("/meetings"), err
}

// step does something to the meeting and shows it again, with what was typed if it is refused.
func (p *Pages) step(form, said string, fields []string, do func(v *page.Visit, id meeting.ID) error) page.Handler {
	return func(v *page.Visit) error {
		if err := do(v, meeting.ID(v.Param("meeting"))); err != nil {
			return p.work(v, back(v, err, form, fields...))
		}
		return v.GoSaying("/desk/m/"+v.Param("meeting"), said)
	}
}

// Announce tells the community.
func (p *Pages) Announce(v *page.Visit) error {
	return p.step("announce", "meeting.done_announce", nil, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.AnnounceMeeting(v.Context(), v.Actor, id)
		return err
	})(v)
}

// Invite invites more.
func (p *Pages) Invite(v *page.Visit) error {
	return p.step("invite", "meeting.done_invite", []string{"others"}, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.Invite(v.Context(), v.Actor, id, meeting.Whom{Units: v.Fields("unit"), Others: split(v.Field("others"))})
		return err
	})(v)
}

// DeskReply answers an invitation for an organisation, or for a guest without an account.
func (p *Pages) DeskReply(v *page.Visit) error {
	return p.step("reply/"+v.Field("guest"), "meeting.replied", []string{"reply", "reason"}, func(v *page.Visit, _ meeting.ID) error { return p.answer(v) })(v)
}

// Postpone gives a date up, and gives the next one.
func (p *Pages) Postpone(v *page.Visit) error {
	return p.step("postpone", "meeting.done_postpone", []string{"reason", "starts_at"}, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.PostponeMeeting(v.Context(), v.Actor, meeting.Postpone{
			Meeting: id, Was: view.Instant(v.Field("was")), Reason: v.Field("reason"), StartsAt: view.Instant(v.Field("starts_at")),
		})
		return err
	})(v)
}

// Cancel ends it.
func (p *Pages) Cancel(v *page.Visit) error {
	return p.step("cancel", "meeting.done_cancel", []string{"reason"}, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.CancelMeeting(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	})(v)
}

// Hold writes down that it took place and who was there, or mends that.
func (p *Pages) Hold(v *page.Visit) error {
	return p.step("hold", "meeting.done_hold", []string{"headcount"}, func(v *page.Visit, id meeting.ID) error {
		there := meeting.Presence{Headcount: number(v.Field("headcount"), 0)}
		for _, n := range v.Fields("present") {
			there.Guests = append(there.Guests, number(n, -1))
		}
		_, err := p.Meetings.HoldMeeting(v.Context(), v.Actor, id, there)
		return err
	})(v)
}

// Check confirms a version of the minutes.
func (p *Pages) Check(v *page.Visit) error {
	return p.step("confirm", "meeting.done_confirm", nil, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.ConfirmMinutes(v.Context(), v.Actor, id, number(v.Field("version"), 0))
		return err
	})(v)
}

// Return gives a version back.
func (p *Pages) Return(v *page.Visit) error {
	return p.step("return", "meeting.done_return", []string{"reason"}, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.ReturnMinutes(v.Context(), v.Actor, id, number(v.Field("version"), 0), v.Field("reason"))
		return err
	})(v)
}

// Publish shows the confirmed version to everybody.
func (p *Pages) Publish(v *page.Visit) error {
	return p.step("publish", "meeting.done_publish", nil, func(v *page.Visit, id meeting.ID) error {
		_, err := p.Meetings.PublishMinutes(v.Context(), v.Actor, id, number(v.Field("version"), 0))
		return err
	})(v)
}

// Hide takes an opinion out of sight.
func (p *Pages) Hide(v *page.Visit) error {
	return p.step("hide/"+v.Field("opinion"), "meeting.done_hide", []string{"reason"}, func(v *page.Visit, _ meeting.ID) error {
		_, err := p.Meetings.HideOpinion(v.Context(), v.Actor, meeting.OpinionID(v.Field("opinion")), v.Field("reason"))
		return err
	})(v)
}

// present are the guests of the form that says who was there.
func (w workView) present() []view.Ticked {
	var all []view.Ticked
	for n, g := range w.V.Guests {
		all = append(all, view.Ticked{Value: strconv.Itoa(n), Text: g.Name, On: g.Present || w.V.HeldAt.IsZero() && g.Reply == meeting.Accepted})
	}
	return all
}

// heads suggests how many were there.
func (w workView) heads() string {
	if w.V.Headcount == 0 {
		return ""
	}
	return strconv.Itoa(w.V.Headcount)
}
