package meeting_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"jushou/deliberation/meeting"
	"jushou/deliberation/roomtest"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestBadCallsAreRefusedWithEveryFault(t *testing.T) {
	t.Parallel()
	v := setup(t)
	_, err := v.CallMeeting(t.Context(), v.li, meeting.Call{ID: "x", Community: "c1", Title: strings.Repeat("长", 41), Agenda: []meeting.Item{{Topic: "t9"}}})
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, strings.TrimPrefix(f.Code, "meeting."))
	}
	want := []string{"bad_kind", "too_long", "purpose_needed", "where_needed", "when", "agenda_needed", "guests_needed", "other_topic", "topic.bad_token"}
	if !slices.Equal(got, want) {
		t.Errorf("faults %q", got)
	}
	for code, change := range map[string]func(*meeting.Call){
		"meeting.unknown_guest":   func(c *meeting.Call) { c.Invite.Units = []string{"dept:navy"} },
		"meeting.guest_twice":     func(c *meeting.Call) { c.Invite.Others = []string{"业主", "业主"} },
		"meeting.not_found":       func(c *meeting.Call) { c.Community = "t" },
		"meeting.bad_seats":       func(c *meeting.Call) { c.Kind, c.Seats = meeting.Coordination, 5 },
		"meeting.other_topic":     func(c *meeting.Call) { c.Agenda[0].Topic = "held" },
		"meeting.when":            func(c *meeting.Call) { c.StartsAt = v.Clock.Now().AddDate(1, 0, 0) },
		"meeting.agenda_too_long": func(c *meeting.Call) { c.Agenda = slices.Repeat(c.Agenda, 7) },
	} {
		c := v.order(meeting.Hearing)
		change(&c)
		_, err := v.CallMeeting(t.Context(), v.town, c)
		roomtest.Refused(t, err, code)
	}
	for _, a := range []identity.Actor{v.wang, v.greening, v.property, v.qian, {}} {
		if _, err := v.CallMeeting(t.Context(), a, v.order(meeting.Joint)); fault.KindOf(err) != fault.Denied && fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%s called: %v", a.ID, err)
		}
	}
}

func TestADoubleTapIsOneMeeting(t *testing.T) {
	t.Parallel()
	v := setup(t)
	order := v.order(meeting.Hearing)
	first, err := v.CallMeeting(t.Context(), v.li, order)
	roomtest.Must(t, err)
	again, err := v.CallMeeting(t.Context(), v.li, order)
	if err != nil || again.ID != first.ID || len(v.Events(meeting.EventCalled)) != 1 {
		t.Errorf("again: %v, %v", again.ID, err)
	}
	_, err = v.CallMeeting(t.Context(), v.chen, order)
	roomtest.Refused(t, err, "meeting.token_taken")
	if len(first.Guests) != 5 || first.Guests[4].Name != "王**" || first.Guests[4].Account != "" {
		t.Errorf("the author of two topics is one guest and has no account: %+v", first.Guests)
	}
}

func TestGuestsAnswerForThemselves(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.call(meeting.Joint)
	answer := func(a identity.Actor, n int, r meeting.Reply, why string) error {
		_, err := v.AnswerInvitation(t.Context(), a, meeting.AnswerInvitation{Meeting: m.ID, Guest: n, Reply: r, Reason: why})
		return err
	}
	roomtest.Refused(t, answer(v.greening, 1, meeting.Accepted, ""), "identity.denied") // the property's
	roomtest.Refused(t, answer(v.li, 0, meeting.Accepted, ""), "identity.denied")       // has people of its own
	roomtest.Refused(t, answer(v.branch, 1, meeting.Accepted, ""), "identity.denied")
	roomtest.Refused(t, answer(v.zhao, 4, meeting.Accepted, ""), "meeting.not_found") // not announced, and not hers
	roomtest.Refused(t, answer(v.sun, 4, meeting.Accepted, ""), "meeting.not_found")
	roomtest.Refused(t, answer(v.greening, 0, meeting.Declined, " "), "meeting.reason_needed")
	roomtest.Refused(t, answer(v.greening, 0, "perhaps", ""), "meeting.bad_reply")
	roomtest.Refused(t, answer(v.li, 9, meeting.Accepted, ""), "meeting.no_guest")
	roomtest.Must(t, answer(v.greening, 0, meeting.Declined, "当天有台风值守"))
	roomtest.Must(t, answer(v.greening, 0, meeting.Accepted, "")) // changed its mind
	roomtest.Must(t, answer(v.greening, 0, meeting.Accepted, "")) // double tap
	roomtest.Must(t, answer(v.property, 1, meeting.Accepted, ""))
	roomtest.Must(t, answer(v.branch, 2, meeting.Accepted, ""))
	roomtest.Must(t, answer(v.li, 3, meeting.Declined, "电话里说走不开"))
	roomtest.Must(t, answer(v.wang, 4, meeting.Accepted, ""))
	if n := len(v.Events(meeting.EventReplied)); n != 6 {
		t.Errorf("%d answers", n)
	}
	seen, err := v.Meeting(t.Context(), v.chen, m.ID)
	roomtest.Must(t, err)
	if !seen.Guests[3].Noted || seen.Guests[0].Reason != "" || seen.Guests[4].Reply != meeting.Accepted {
		t.Errorf("guests %+v", seen.Guests)
	}
	v.To("2026-05-18 14:00")
	roomtest.Refused(t, answer(v.property, 1, meeting.Declined, "来不了"), "meeting.begun")
}

func TestAHearingIsAnnouncedDaysAhead(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.call(meeting.Hearing)
	if _, err := v.Meeting(t.Context(), v.zhao, m.ID); !errors.Is(err, meeting.ErrNotFound) {
		t.Errorf("a neighbour reads what was not announced: %v", err)
	}
	v.To("2026-05-16 00:00")
	_, err := v.AnnounceMeeting(t.Context(), v.li, m.ID)
	roomtest.Refused(t, err, "meeting.announce_earlier")
	v.To("2026-05-18 15:00")
	_, err = v.HoldMeeting(t.Context(), v.li, m.ID, meeting.Presence{Headcount: 3})
	roomtest.Refused(t, err, "meeting.announce_first")
	v.To("2026-05-15 23:59")
	_, err = v.AnnounceMeeting(t.Context(), v.li, m.ID)
	roomtest.Must(t, err)
	_, err = v.AnnounceMeeting(t.Context(), v.chen, m.ID)
	roomtest.Must(t, err)
	seen, err := v.Meeting(t.Context(), v.zhao, m.ID)
	if err != nil || len(v.Events(meeting.EventAnnounced)) != 1 || seen.May.Call || !seen.May.Attend {
		t.Errorf("a neighbour reads %+v, %v", seen.May, err)
	}
	v.To("2026-05-18 13:59")
	_, err = v.HoldMeeting(t.Context(), v.li, m.ID, meeting.Presence{Headcount: 3})
	roomtest.Refused(t, err, "meeting.not_begun")
	if _, err := v.Meeting(t.Context(), v.sun, m.ID); !errors.Is(err, meeting.ErrNotFound) {
		t.Errorf("another community's resident: %v", err)
	}
	if _, err := v.Meeting(t.Context(), identity.Actor{}, m.ID); fault.KindOf(err) != fault.Unauthenticated {
		t.Errorf("a stranger: %v", err)
	}
}

func TestPostponedEverybodyAnswersAnew(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.call(meeting.Hearing)
	_, err := v.AnswerInvitation(t.Context(), v.property, meeting.AnswerInvitation{Meeting: m.ID, Guest: 1, Reply: meeting.Accepted})
	roomtest.Must(t, err)
	_, err = v.AnnounceMeeting(t.Context(), v.li, m.ID)
	roomtest.Must(t, err)
	put := func(reason, next string) (meeting.View, error) {
		cmd := meeting.Postpone{Meeting: m.ID, Was: m.StartsAt, Reason: reason}
		if next != "" {
			cmd.StartsAt = v.At(next)
		}
		return v.PostponeMeeting(t.Context(), v.li, cmd)
	}
	_, err = put("", "")
	roomtest.Refused(t, err, "meeting.reason_needed")
	_, err = put("会议室修水管", "2026-05-25 14:00")
	roomtest.Must(t, err)
	again, err := put("会议室修水管", "2026-05-25 14:00") // double tap
	roomtest.Must(t, err)
	if again.State != meeting.Called || len(again.Moved) != 1 || again.Guests[1].Reply != meeting.Asked {
		t.Errorf("postponed %s, moved %+v, guests %+v", again.State, again.Moved, again.Guests)
	}
	_, err = put("再改", "2026-05-26 14:00") // from a page that shows the first date
	roomtest.Refused(t, err, "meeting.stale")
	m = again
	_, err = put("还没定", "")
	roomtest.Must(t, err)
	_, err = v.HoldMeeting(t.Context(), v.li, m.ID, meeting.Presence{Headcount: 3})
	roomtest.Refused(t, err, "meeting.wrong_state")
	_, err = put("", "2026-05-28 14:00")
	roomtest.Must(t, err)
	_, err = v.CancelMeeting(t.Context(), v.li, m.ID, "车位的事已经谈好了")
	roomtest.Must(t, err)
	for _, step := range []func() error{
		func() error { _, err := v.AnnounceMeeting(t.Context(), v.li, m.ID); return err },
		func() error { _, err := v.CancelMeeting(t.Context(), v.li, m.ID, "又来"); return err },
		func() error {
			_, err := v.Invite(t.Context(), v.li, m.ID, meeting.Whom{Others: []string{"甲"}})
			return err
		},
		func() error { _, err := v.WriteMinutes(t.Context(), v.li, minutes(m, 0)); return err },
		func() error { _, err := v.ConfirmMinutes(t.Context(), v.chen, m.ID, 0); return err },
		func() error { _, err := v.PublishMinutes(t.Context(), v.li, m.ID, 1); return err },
	} {
		roomtest.Refused(t, step(), "meeting.wrong_state")
	}
	var topics int
	for _, e := range v.Events() {
		var n meeting.News
		roomtest.Must(t, json.Unmarshal(e.Data, &n))
		if len(n.Topics) > 0 && !slices.Contains(meeting.Links(), e.Type) {
			t.Errorf("%s names topics", e.Type)
		}
		topics += len(n.Topics)
	}
	if topics != 4 { // announced, postponed twice, cancelled
		t.Errorf("topics were told %d times", topics)
	}
}

func TestOpinionsBeforeAHearing(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.call(meeting.Hearing)
	say := func(a identity.Actor, text string) (meeting.Opinion, error) {
		return v.GiveOpinion(t.Context(), a, meeting.GiveOpinion{ID: meeting.OpinionID(v.Token()), Meeting: m.ID, Text: text})
	}
	_, err := say(v.wang, "早了一点")
	roomtest.Refused(t, err, "meeting.opinions_shut") // a guest knows of it, but it is not announced
	_, err = v.AnnounceMeeting(t.Context(), v.li, m.ID)
	roomtest.Must(t, err)
	cmd := meeting.GiveOpinion{ID: meeting.OpinionID(v.Token()), Meeting: m.ID, Text: "希望给救护车留一条道"}
	first, err := v.GiveOpinion(t.Context(), v.zhao, cmd)
	roomtest.Must(t, err)
	_, err = v.GiveOpinion(t.Context(), v.zhao, cmd)
	roomtest.Must(t, err)
	_, err = v.GiveOpinion(t.Context(), v.wang, cmd)
	roomtest.Refused(t, err, "meeting.token_taken")
	_, err = say(v.zhao, strings.Repeat("长", 301))
	roomtest.Refused(t, err, "meeting.too_long")
	_, err = say(v.zhao, " ")
	roomtest.Refused(t, err, "meeting.opinion_empty")
	_, err = say(v.zhao, "加微信领红包")
	roomtest.Refused(t, err, "meeting.words")
	_, err = say(v.li, "我是社工")
	roomtest.Refused(t, err, "identity.verify_first")
	_, err = say(v.sun, "我是隔壁的")
	roomtest.Refused(t, err, "meeting.not_found")
	_, err = v.HideOpinion(t.Context(), v.zhao, first.ID, "不给看")
	roomtest.Refused(t, err, "identity.denied")
	_, err = v.HideOpinion(t.Context(), v.qian, first.ID, "不给看")
	roomtest.Refused(t, err, "meeting.no_opinion")
	_, err = v.HideOpinion(t.Context(), v.li, first.ID, "写了邻居的门牌")
	roomtest.Must(t, err)
	for _, x := range []struct {
		who  identity.Actor
		text string
	}{{v.wang, ""}, {v.zhao, cmd.Text}, {v.li, cmd.Text}} {
		page, err := v.Opinions(t.Context(), x.who, m.ID, "")
		if err != nil || len(page.Items) != 1 || page.Items[0].Text != x.text || page.Items[0].By.Account != "" || page.Items[0].Hidden == "" {
			t.Errorf("%s reads %+v, %v", x.who.ID, page.Items, err)
		}
	}
	v.To("2026-05-18 14:00")
	_, err = say(v.zhao, "晚了一点")
	roomtest.Refused(t, err, "meeting.opinions_shut")
}

func TestTheLastSeatIsGivenOnce(t *testing.T) {
	t.Parallel()
	v := setup(t)
	order := v.order(meeting.Hearing)
	order.Seats = 3
	m, err := v.CallMeeting(t.Context(), v.li, order)
	roomtest.Must(t, err)
	_, err = v.AnnounceMeeting(t.Context(), v.li, m.ID)
	roomtest.Must(t, err)
	var wg sync.WaitGroup
	errs := make([]error, 8)
	for i := range errs {
		wg.Go(func() {
			who := v.zhao
			who.ID = identity.AccountID(rune('a' + i))
			_, errs[i] = v.Listen(t.Context(), who, m.ID, true)
		})
	}
	wg.Wait()
	full := 0
	for _, err := range errs {
		if err != nil {
			roomtest.Refused(t, err, "meeting.no_seats")
			full++
		}
	}
	seen, err := v.Meeting(t.Context(), v.li, m.ID)
	if err != nil || full != 5 || seen.Listening != 3 || seen.Meeting.Listeners != nil {
		t.Errorf("%d were refused, %d listen, %v", full, seen.Listening, err)
	}
	_, err = v.Listen(t.Context(), v.sun, m.ID, true)
	roomtest.Refused(t, err, "meeting.not_found")
}

func TestAForgottenGuestKeepsItsPlace(t *testing.T) {
	t.Parallel()
	v := setup(t)
	order := v.order(meeting.Hearing)
	order.Seats = 5
	m, err := v.CallMeeting(t.Context(), v.li, order)
	roomtest.Must(t, err)
	_, err = v.AnnounceMeeting(t.Context(), v.li, m.ID)
	roomtest.Must(t, err)
	_, err = v.Listen(t.Context(), v.wang, m.ID, true)
	roomtest.Must(t, err)
	_, err = v.GiveOpinion(t.Context(), v.wang, meeting.GiveOpinion{ID: meeting.OpinionID(v.Token()), Meeting: m.ID, Text: "留一条道"})
	roomtest.Must(t, err)
	e := v.Events()[0]
	e.Type, e.Doc.ID = identity.EventErased, "wang"
	for range 2 {
		roomtest.Must(t, v.Forget(t.Context(), e))
	}
	seen, err := v.Meeting(t.Context(), v.li, m.ID)
	roomtest.Must(t, err)
	page, err := v.Opinions(t.Context(), v.li, m.ID, "")
	roomtest.Must(t, err)
	if len(seen.Guests) != 5 || seen.Guests[4].Name != identity.ErasedName || seen.Listening != 0 || page.Items[0].By.Name != identity.ErasedName || page.Items[0].Text == "" {
		t.Errorf("left over: %+v, %+v", seen.Guests[4], page.Items)
	}
	if n := len(v.Events(meeting.EventForgotten)); n != 2 {
		t.Errorf("forgotten %d times", n)
	}
}
