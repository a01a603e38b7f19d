package meeting_test

import (
	"slices"
	"sync"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestMinutesNeedASecondPerson(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.held(meeting.Hearing)
	_, err := v.ConfirmMinutes(t.Context(), v.chen, m.ID, 0)
	roomtest.Refused(t, err, "meeting.wrong_state")
	first, err := v.WriteMinutes(t.Context(), v.li, minutes(m, 0))
	roomtest.Must(t, err)
	_, err = v.WriteMinutes(t.Context(), v.li, minutes(m, 0)) // double tap
	roomtest.Must(t, err)
	if n := len(v.Events(meeting.EventDrafted)); n != 1 || first.Minutes[0].N != 1 {
		t.Errorf("%d versions", n)
	}
	other := minutes(m, 0)
	other.Summary = "我也写了一份。"
	_, err = v.WriteMinutes(t.Context(), v.chen, other)
	roomtest.Refused(t, err, "meeting.stale")
	_, err = v.ConfirmMinutes(t.Context(), v.li, m.ID, 1)
	roomtest.Refused(t, err, "meeting.own_minutes")
	_, err = v.ConfirmMinutes(t.Context(), v.wang, m.ID, 1)
	roomtest.Refused(t, err, "identity.denied")
	_, err = v.PublishMinutes(t.Context(), v.li, m.ID, 1)
	roomtest.Refused(t, err, "meeting.wrong_state")
	_, err = v.ReturnMinutes(t.Context(), v.chen, m.ID, 1, "")
	roomtest.Refused(t, err, "meeting.reason_needed")
	_, err = v.ReturnMinutes(t.Context(), v.chen, m.ID, 1, "第二项没写谁做")
	roomtest.Must(t, err)
	_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 1)
	roomtest.Refused(t, err, "meeting.wrong_state")
	second := minutes(m, 1)
	second.Summary = "到会二十人，都同意先划东门。"
	_, err = v.WriteMinutes(t.Context(), v.li, second)
	roomtest.Must(t, err)
	_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 1)
	roomtest.Refused(t, err, "meeting.stale")
	_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 2)
	roomtest.Must(t, err)
	third := second
	third.Seen, third.Summary = 2, "又改了一句。"
	_, err = v.WriteMinutes(t.Context(), v.chen, third) // what was confirmed does not hold for another text
	roomtest.Must(t, err)
	_, err = v.PublishMinutes(t.Context(), v.chen, m.ID, 3)
	roomtest.Refused(t, err, "meeting.wrong_state")
	_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 3)
	roomtest.Refused(t, err, "meeting.own_minutes")
	hidden, err := v.Meeting(t.Context(), v.zhao, m.ID)
	if err != nil || len(hidden.Minutes) != 0 {
		t.Errorf("a neighbour reads minutes that nobody published: %+v, %v", hidden.Minutes, err)
	}
	_, err = v.ConfirmMinutes(t.Context(), v.town, m.ID, 3)
	roomtest.Must(t, err)
	for range 2 {
		_, err = v.PublishMinutes(t.Context(), v.li, m.ID, 3)
		roomtest.Must(t, err)
	}
	if n := len(v.Events(meeting.EventPublished)); n != 1 {
		t.Errorf("published %d times", n)
	}
	seen, err := v.Meeting(t.Context(), v.zhao, m.ID)
	if err != nil || len(seen.Minutes) != 3 || seen.Minutes[2].Checked.Name != "fang" || seen.Minutes[2].By.Account != "" {
		t.Errorf("a neighbour reads %+v, %v", seen.Minutes, err)
	}
	_, err = v.WriteMinutes(t.Context(), v.li, minutes(m, 3)) // after that it is a correction
	roomtest.Refused(t, err, "meeting.reason_needed")
}

func TestTwoWhoCheckAtOnceAreOneCheck(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.held(meeting.Joint)
	_, err := v.WriteMinutes(t.Context(), v.li, minutes(m, 0))
	roomtest.Must(t, err)
	var wg sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wg.Go(func() {
			if i%2 == 0 {
				who := v.chen
				who.ID = identity.AccountID(rune('a' + i))
				_, errs[i] = v.ConfirmMinutes(t.Context(), who, m.ID, 1)
			} else {
				_, errs[i] = v.ReturnMinutes(t.Context(), v.town, m.ID, 1, "再看看")
			}
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else {
			roomtest.Refused(t, err, "meeting.wrong_state")
		}
	}
	if won != 1 {
		t.Errorf("%d checks counted", won)
	}
}

func TestAReviewCountsNoMoreThanWereThere(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.held(meeting.Review)
	for code, change := range map[string]func(*meeting.WriteMinutes){
		"meeting.bad_tally":      func(w *meeting.WriteMinutes) { w.Outcomes[0].Tally = &meeting.Tally{Satisfied: 20, Not: 1} },
		"meeting.outcome_needed": func(w *meeting.WriteMinutes) { w.Outcomes = w.Outcomes[:1] },
		"meeting.bad_days":       func(w *meeting.WriteMinutes) { w.Decisions[0].Days = 0 },
		"meeting.owner_needed":   func(w *meeting.WriteMinutes) { w.Decisions[1].Owner = "" },
		"meeting.what_needed":    func(w *meeting.WriteMinutes) { w.Decisions[0].What = " " },
	} {
		w := minutes(m, 0)
		change(&w)
		_, err := v.WriteMinutes(t.Context(), v.li, w)
		roomtest.Refused(t, err, code)
	}
	for _, tally := range []*meeting.Tally{nil, {}, {Satisfied: -1, Not: 4}} {
		w := minutes(m, 0)
		w.Outcomes[1].Tally = tally
		_, err := v.WriteMinutes(t.Context(), v.li, w)
		roomtest.Refused(t, err, "meeting.bad_tally")
	}
	_, err := v.HoldMeeting(t.Context(), v.li, m.ID, meeting.Presence{Guests: []int{0, 1, 4}, Headcount: 2})
	roomtest.Refused(t, err, "meeting.headcount")
	_, err = v.HoldMeeting(t.Context(), v.li, m.ID, meeting.Presence{Guests: []int{7}, Headcount: 2})
	roomtest.Refused(t, err, "meeting.no_guest")
	_, err = v.HoldMeeting(t.Context(), v.li, m.ID, meeting.Presence{Guests: []int{0, 1}, Headcount: 21})
	roomtest.Must(t, err)
	w := minutes(m, 0)
	w.Outcomes[0].Tally = &meeting.Tally{Satisfied: 20, Not: 1}
	_, err = v.WriteMinutes(t.Context(), v.li, w)
	roomtest.Must(t, err)
	hearing := v.setupAgain().held(meeting.Hearing)
	if hearing.Headcount != 20 || !hearing.Guests[4].Present {
		t.Errorf("presence %+v", hearing.Guests)
	}
}

// setupAgain is another village of the same test.
func (v *village) setupAgain() *village { return setup(v.T) }

func TestMinutesAreOwedFromWhenTheMeetingBegan(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.held(meeting.Joint)
	if want := v.At("2026-05-25 17:30"); !m.Record.DueAt.Equal(want) {
		t.Errorf("minutes are due %v", m.Record.DueAt)
	}
	v.To("2026-05-26 08:00")
	for range 2 {
		_, err := v.Watch(t.Context())
		roomtest.Must(t, err)
	}
	late := v.Events(meeting.EventLate)
	if len(late) != 1 {
		t.Fatalf("%d late", len(late))
	}
	_, err := v.WriteMinutes(t.Context(), v.li, minutes(m, 0))
	roomtest.Must(t, err)
	_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 1)
	roomtest.Must(t, err)
	done, err := v.PublishMinutes(t.Context(), v.li, m.ID, 1)
	if err != nil || len(done.Meeting.Record.Breaches) != 1 || done.Meeting.Record.MetAt.IsZero() {
		t.Errorf("published late: %+v, %v", done.Meeting.Record, err)
	}
}

func TestWhatCameOfItStandsInTheTopic(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.published(meeting.Hearing)
	told := v.Events(meeting.EventDecided)
	if len(told) != 1 {
		t.Fatalf("%d topics were told", len(told))
	}
	linked, err := deliberation.Decode[deliberation.Linked](told[0])
	roomtest.Must(t, err)
	if !slices.Equal(linked.Topics, []deliberation.TopicID{"t1"}) || linked.Link.ID != string(m.ID) || linked.Link.Title != "东门停车怎么划：东门划八个车位" {
		t.Errorf("told %+v", linked)
	}
	who, err := v.Concerned(t.Context(), m.ID)
	if err != nil || !slices.Equal(who, []identity.AccountID{"wang"}) {
		t.Errorf("concerned are %v, %v", who, err)
	}
	page, err := v.Meetings(t.Context(), v.zhao, "c1", "")
	if err != nil || len(page.Items) != 1 {
		t.Errorf("the list shows %d, %v", len(page.Items), err)
	}
	if _, err := v.Meetings(t.Context(), v.sun, community.ID("c1"), ""); fault.KindOf(err) != fault.Denied {
		t.Errorf("another community's resident: %v", err)
	}
}

func TestPublishedMinutesAreCorrectedInSight(t *testing.T) {
	t.Parallel()
	v := setup(t)
	m := v.published(meeting.Hearing)
	tasks := len(m.Tasks)
	cmd := minutes(m, 1)
	cmd.Outcomes = []meeting.Outcome{{Words: "东门划九个车位"}, {Words: "下月开工"}}
	cmd.Decisions = nil
	_, err := v.WriteMinutes(t.Context(), v.li, cmd)
	roomtest.Refused(t, err, "meeting.reason_needed")
	same := minutes(m, 1)
	same.Why = "看错了"
	_, err = v.WriteMinutes(t.Context(), v.li, same)
	roomtest.Refused(t, err, "meeting.unchanged")
	_, err = v.ConfirmMinutes(t.Context(), v.qian, m.ID, 1)
	roomtest.Refused(t, err, "meeting.not_found")
	_, err = v.ConfirmMinutes(t.Context(), v.branch, m.ID, 1)
	if err == nil {
		t.Error("somebody without the right confirmed")
	}

	cmd.Why = "少写了一个"
	drafted, err := v.WriteMinutes(t.Context(), v.li, cmd)
	roomtest.Must(t, err)
	again, err := v.WriteMinutes(t.Context(), v.li, cmd)
	if err != nil || len(again.Minutes) != len(drafted.Minutes) || drafted.State != meeting.Published {
		t.Errorf("sent twice there are %d versions, %v", len(again.Minutes), err)
	}
	seen, err := v.Meeting(t.Context(), v.wang, m.ID)
	roomtest.Must(t, err)
	if len(seen.Minutes) != 1 || seen.Minutes[0].Outcomes[0].Words != "东门划八个车位" {
		t.Errorf("before a second person looked a resident reads %v", seen.Minutes)
	}
	_, err = v.ConfirmMinutes(t.Context(), v.li, m.ID, 2)
	roomtest.Refused(t, err, meeting.ErrOwnMinutes.Code)

	_, err = v.ReturnMinutes(t.Context(), v.chen, m.ID, 2, "写清楚在哪")
	roomtest.Must(t, err)
	_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 2)
	roomtest.Refused(t, err, meeting.ErrState.Code)
	cmd.Seen, cmd.Outcomes[0].Words = 2, "东门北侧划九个车位"
	_, err = v.WriteMinutes(t.Context(), v.li, cmd)
	roomtest.Must(t, err)
	for range 2 { // a double tap
		_, err = v.ConfirmMinutes(t.Context(), v.chen, m.ID, 3)
		roomtest.Must(t, err)
	}
	seen, err = v.Meeting(t.Context(), v.wang, m.ID)
	roomtest.Must(t, err)
	current, _ := seen.Current()
	if len(seen.Minutes) != 2 || current.Outcomes[0].Words != "东门北侧划九个车位" || current.Why != "少写了一个" || current.Checked.Name != "chen" || len(current.Decisions) != 2 {
		t.Errorf("a resident reads %v", seen.Minutes)
	}
	if len(seen.Tasks) != tasks || len(v.Events(meeting.EventCorrected)) != 1 {
		t.Errorf("%d tasks, told %d times", len(seen.Tasks), len(v.Events(meeting.EventCorrected)))
	}
	told := v.Events(meeting.EventDecided)
	last, err := decode(told[len(told)-1])
	if err != nil || len(told) != 2 || last.Words != "东门北侧划九个车位" {
		t.Errorf("topics were told %d times, last %q (%v)", len(told), last.Words, err)
	}
	roomtest.Must(t, v.OpenTasksOf(t.Context(), m.ID)) // the relay sees the publication again
	if seen, err = v.Meeting(t.Context(), v.wang, m.ID); err != nil || len(seen.Tasks) != tasks {
		t.Errorf("%d tasks after the relay's second look (%v)", len(seen.Tasks), err)
	}
}
