package whistle_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/deliberation/roomtest"
	"jushou/deliberation/whistle"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// shanghai is the communities' time zone; monday is an instant of Monday 2 March 2026.
var shanghai = time.FixedZone("CST", 8*3600)

func monday(hour, minute int) time.Time { return time.Date(2026, 3, 2, hour, minute, 0, 0, shanghai) }

// topics stands in for the topics: t1 is the community's, t2 another's.
type topics struct{ room.Topics }

func (topics) Topic(_ context.Context, _ identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error) {
	switch id {
	case "t1":
		return deliberation.TopicView{Topic: deliberation.Topic{ID: id, Community: "c1", Author: deliberation.Author{Account: "wang", Name: "王**"}}}, nil
	case "t2":
		return deliberation.TopicView{Topic: deliberation.Topic{ID: id, Community: "c2"}}, nil
	}
	return deliberation.TopicView{}, deliberation.ErrNotFound
}

// town is a town of two communities on a real store, with a clock that is moved by hand.
type town struct {
	*whistle.Service
	*roomtest.Ground
	staff, secretary, townStaff, greening, chengguan, property, neighbour, elsewhere identity.Actor
}

func open(t testing.TB) *town {
	t.Helper()
	w := &town{Ground: roomtest.Open(t, monday(9, 0), whistle.Collections())}
	ground := w.Room()
	ground.Topics = topics{ground.Topics}
	w.Service = whistle.New(whistle.Deps{Ground: ground, Departments: roomtest.Departments{}, Calendar: w.Days})
	works := roomtest.Works
	w.staff, w.secretary = works("li", "li", identity.RoleStaff, "c1", ""), works("chen", "chen", identity.RoleSecretary, "c1", "")
	w.townStaff = works("fang", "fang", identity.RoleTown, "t", "")
	w.greening, w.chengguan = works("lu", "lu", identity.RoleDepartment, "t", "dept:greening"), works("qin", "qin", identity.RoleDepartment, "t", "dept:chengguan")
	w.property = works("he", "he", identity.RolePartner, "c1", "property")
	w.neighbour, w.elsewhere = roomtest.Lives("wang", "王**", "c1"), roomtest.Lives("sun", "孙**", "c2")
	return w
}

func (w *town) order() whistle.Call {
	return whistle.Call{
		ID: whistle.ID(w.Token()), Community: "c1", Form: whistle.FormCall, Title: "东门占道设摊", Reason: "早高峰出不去，几位居民反映多次",
		MeetAt: w.Clock.Now().Add(24 * time.Hour), Where: "东门岗亭", Topics: []deliberation.TopicID{"t1"},
		Boards: []string{"dept:chengguan", "dept:greening", "property"}, Others: []string{"菜场管理方"},
	}
}

func (w *town) call() whistle.View {
	w.T.Helper()
	v, err := w.CallUnits(w.T.Context(), w.staff, w.order())
	roomtest.Must(w.T, err)
	return v
}

func (w *town) step(a identity.Actor, v whistle.View, unit int, s whistle.Step, words string, at time.Time) (whistle.View, error) {
	return w.StepUnit(w.T.Context(), a, whistle.StepUnit{Whistle: v.ID, Unit: unit, Step: s, Words: words, At: at})
}

func TestACallFixesWhenEachUnitHasToAnswer(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.call()
	tuesday := time.Date(2026, 3, 3, 17, 0, 0, 0, shanghai)
	for _, u := range v.Units {
		if u.Reply != whistle.Asked || u.DueAt.Hour() == 0 || u.DueAt.In(shanghai).Day() != tuesday.Day() {
			t.Errorf("%s has to answer by %s", u.Name, u.DueAt.In(shanghai))
		}
	}
	pressing := w.order()
	pressing.Urgent = true
	u, err := w.CallUnits(t.Context(), w.townStaff, pressing)
	roomtest.Must(t, err)
	if got := u.Units[0].DueAt.In(shanghai); !got.Equal(monday(11, 0)) {
		t.Errorf("an urgent call has to be answered by %s", got)
	}
}

func TestBadCallsAreRefusedWithEveryFault(t *testing.T) {
	t.Parallel()
	w := open(t)
	_, err := w.CallUnits(t.Context(), w.staff, whistle.Call{ID: "x", Community: "c1", Title: strings.Repeat("长", 41), Topics: []deliberation.TopicID{"t2"}})
	var got []string
	for _, f := range fault.All(err) {
		got = append(got, strings.TrimPrefix(f.Code, "whistle."))
	}
	want := []string{"bad_form", "title_too_long", "why_needed", "where_needed", "meet_when", "units_needed", "other_topic", "topic.bad_token"}
	if !slices.Equal(got, want) {
		t.Errorf("faults %q", got)
	}
	for name, change := range map[string]func(*whistle.Call){
		"whistle.unknown_unit": func(c *whistle.Call) { c.Boards = []string{"dept:navy"} },
		"whistle.no_community": func(c *whistle.Call) { c.Community = "t" },
		"whistle.other_topic":  func(c *whistle.Call) { c.Topics = []deliberation.TopicID{"t1", "t1"} },
	} {
		c := w.order()
		change(&c)
		if _, err := w.CallUnits(t.Context(), w.townStaff, c); fault.CodeOf(err) != name {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, a := range []identity.Actor{w.neighbour, w.greening, w.property, {}} {
		if _, err := w.CallUnits(t.Context(), a, w.order()); fault.KindOf(err) != fault.Denied && fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%s called: %v", a.ID, err)
		}
	}
}

func TestADoubleTapIsOneWhistle(t *testing.T) {
	t.Parallel()
	w := open(t)
	order := w.order()
	first, err := w.CallUnits(t.Context(), w.staff, order)
	roomtest.Must(t, err)
	again, err := w.CallUnits(t.Context(), w.staff, order)
	if err != nil || again.ID != first.ID {
		t.Errorf("again: %v, %v", again.ID, err)
	}
	if _, err := w.CallUnits(t.Context(), w.secretary, order); !errors.Is(err, whistle.ErrTaken) {
		t.Errorf("somebody else's token: %v", err)
	}
	page, err := w.Whistles(t.Context(), w.neighbour, "c1", "")
	if err != nil || len(page.Items) != 1 {
		t.Errorf("%d whistles, %v", len(page.Items), err)
	}
}

func TestAWholeCall(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.call()
	_, err := w.step(w.chengguan, v, 0, whistle.StepAccept, "", monday(10, 0))
	roomtest.Must(t, err)
	if _, err := w.step(w.greening, v, 0, whistle.StepRefuse, "不是我们的", time.Time{}); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("one department answered for another: %v", err)
	}
	if _, err := w.step(w.greening, v, 1, whistle.StepRefuse, "", time.Time{}); fault.CodeOf(err) != "whistle.reason_needed" {
		t.Errorf("refused without a reason: %v", err)
	}
	_, err = w.step(w.greening, v, 1, whistle.StepRefuse, "不占绿地，不归我们管", time.Time{})
	roomtest.Must(t, err)
	_, err = w.step(w.property, v, 2, whistle.StepAccept, "", monday(10, 30))
	roomtest.Must(t, err)
	_, err = w.step(w.staff, v, 3, whistle.StepAccept, "", monday(11, 0)) // by telephone
	roomtest.Must(t, err)
	w.Clock.Set(monday(10, 5))
	_, err = w.step(w.chengguan, v, 0, whistle.StepArrive, "", monday(10, 4))
	roomtest.Must(t, err)
	if _, err := w.step(w.property, v, 2, whistle.StepArrive, "", monday(12, 0)); fault.CodeOf(err) != "whistle.arrived_when" {
		t.Errorf("arrived in the future: %v", err)
	}
	_, err = w.step(w.chengguan, v, 0, whistle.StepReport, "劝离四个摊位，每天早上派人值守", time.Time{})
	roomtest.Must(t, err)
	if _, err := w.EvaluateWhistle(t.Context(), w.staff, v.ID, whistle.Solved, ""); !errors.Is(err, whistle.ErrState) {
		t.Errorf("evaluated before it was concluded: %v", err)
	}
	_, err = w.ConcludeWhistle(t.Context(), w.secretary, v.ID, "城管每日早高峰值守，物业划线，菜场开北门")
	roomtest.Must(t, err)
	if _, err := w.step(w.chengguan, v, 0, whistle.StepReport, "又去了一次", time.Time{}); !errors.Is(err, whistle.ErrState) {
		t.Errorf("a step after the end: %v", err)
	}
	end, err := w.EvaluateWhistle(t.Context(), w.staff, v.ID, whistle.Solved, "东门通了")
	roomtest.Must(t, err)
	if end.Status != whistle.Evaluated || end.Units[1].Reason == "" || !end.Units[3].Noted {
		t.Errorf("end %+v", end)
	}
	seen, err := w.Whistle(t.Context(), w.neighbour, v.ID)
	if err != nil || len(seen.History) != 9 || seen.Caller.Account != "" || len(seen.Speaks) != 0 || seen.Call {
		t.Errorf("a neighbour sees %d steps, %+v, %v", len(seen.History), seen.Caller, err)
	}
	if _, err := w.Whistle(t.Context(), w.elsewhere, v.ID); !errors.Is(err, whistle.ErrNotFound) {
		t.Errorf("somebody of another community: %v", err)
	}
}

func TestUnansweredGoesToSupervisionOnce(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.call()
	due := v.Units[1].DueAt
	_, err := w.step(w.chengguan, v, 0, whistle.StepAccept, "", monday(10, 0))
	roomtest.Must(t, err)
	w.Clock.Set(due.Add(-time.Second))
	if n, err := w.Supervise(t.Context()); n != 0 || err != nil {
		t.Errorf("a second early: %d, %v", n, err)
	}
	if _, err := w.step(w.townStaff, v, 1, whistle.StepInsist, "请今天答复", time.Time{}); !errors.Is(err, whistle.ErrState) {
		t.Errorf("the town insisted before it was due: %v", err)
	}
	w.Clock.Set(due.Add(5 * time.Hour)) // nobody looked for five hours
	for range 2 {
		_, err := w.Supervise(t.Context())
		roomtest.Must(t, err)
	}
	var missed []docstore.Event
	for _, e := range w.Events() {
		if e.Type == whistle.EventUnanswered {
			missed = append(missed, e)
			if !e.At.Equal(due) {
				t.Errorf("missed at %s, was due %s", e.At, due)
			}
		}
	}
	if len(missed) != 3 {
		t.Errorf("%d units were listed", len(missed))
	}
	desk, err := w.TownDesk(t.Context(), w.townStaff, "t")
	if err != nil || len(desk.Waiting) != 1 {
		t.Fatalf("the town's desk %+v, %v", desk, err)
	}
	if _, err := w.step(w.staff, v, 1, whistle.StepInsist, "请今天答复", time.Time{}); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("staff insisted: %v", err)
	}
	again, err := w.step(w.townStaff, v, 1, whistle.StepInsist, "请今天答复", time.Time{})
	roomtest.Must(t, err)
	if u := again.Units[1]; !u.DueAt.After(due) || len(u.Missed) != 1 || u.Insists != 1 {
		t.Errorf("called anew %+v", u)
	}
	mine, err := w.TownDesk(t.Context(), w.greening, "t")
	if err != nil || len(mine.Waiting) != 1 || len(mine.Waiting[0].Speaks) != 1 {
		t.Errorf("the department's desk %+v, %v", mine, err)
	}
}

func TestEveryCellOfAUnitsMachine(t *testing.T) {
	t.Parallel()
	allowed := map[whistle.Reply][]whistle.Step{
		whistle.Asked:    {whistle.StepAccept, whistle.StepRefuse, whistle.StepInsist},
		whistle.Accepted: {whistle.StepArrive, whistle.StepReport},
		whistle.Refused:  {whistle.StepAccept, whistle.StepInsist},
		whistle.Arrived:  {whistle.StepReport},
	}
	cells := 0
	for _, r := range whistle.Replies() {
		for _, s := range whistle.Steps() {
			cells++
			if got, want := r.Allows(s), slices.Contains(allowed[r], s); got != want {
				t.Errorf("%s %s: %v", r, s, got)
			}
		}
	}
	if cells != 20 {
		t.Errorf("%d cells", cells)
	}
}

func TestTwoWhoAnswerAtOnceAreOneAnswer(t *testing.T) {
	t.Parallel()
	w := open(t)
	v := w.call()
	colleague := w.chengguan
	colleague.ID = "qin2"
	var wg sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wg.Go(func() {
			who := w.chengguan
			if i%2 == 1 {
				who = colleague
			}
			_, errs[i] = w.step(who, v, 0, whistle.StepAccept, "", monday(10, i))
		})
	}
	wg.Wait()
	won := 0
	for _, err := range errs {
		if err == nil {
			won++
		} else if !errors.Is(err, whistle.ErrState) {
			t.Error(err)
		}
	}
	if won != 1 {
		t.Errorf("%d answers counted", won)
	}
}

// TestDowntimeChangesNoFact compares a sweep every few minutes with a single one at the end.
func TestDowntimeChangesNoFact(t *testing.T) {
	t.Parallel()
	w, runs := open(t), 0
	rapid.Check(t, func(r *rapid.T) {
		var records []string
		steps := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 6).Draw(r, "steps")
		pause := rapid.IntRange(30, 900).Draw(r, "minutes between")
		for _, awake := range []bool{true, false} {
			runs++
			w.Clock.Set(monday(9, 0))
			v := w.call()
			for i, s := range steps {
				for range 6 {
					w.Clock.Advance(time.Duration(pause) * time.Minute / 6)
					if awake {
						_, err := w.Supervise(t.Context())
						roomtest.Must(t, err)
					}
				}
				now := w.Clock.Now()
				switch s { // refusals of the machine are the same in both runs
				case 0:
					_, _ = w.step(w.chengguan, v, 0, whistle.StepAccept, "", now.Add(time.Hour))
				case 1:
					_, _ = w.step(w.greening, v, 1, whistle.StepRefuse, fmt.Sprint("不归我们", i), time.Time{})
				case 2:
					_, _ = w.step(w.townStaff, v, 1, whistle.StepInsist, "再请答复", time.Time{})
				case 3:
					_, _ = w.step(w.staff, v, 3, whistle.StepAccept, "", now.Add(time.Hour))
				case 4:
					_, _ = w.step(w.chengguan, v, 0, whistle.StepArrive, "", now)
				case 5:
					_, _ = w.step(w.townStaff, v, 2, whistle.StepInsist, "请物业到场", time.Time{})
				}
			}
			_, err := w.Supervise(t.Context())
			roomtest.Must(t, err)
			end, err := w.Whistle(t.Context(), w.staff, v.ID)
			roomtest.Must(t, err)
			var record []string
			for _, e := range end.History {
				record = append(record, fmt.Sprint(e.At.UTC(), e.What, e.Unit, e.Words))
			}
			slices.Sort(record) // what was missed is told in the order it is found, with its true instant
			_, err = w.ConcludeWhistle(t.Context(), w.staff, v.ID, "到此为止")
			roomtest.Must(t, err)
			records = append(records, strings.Join(record, "\n"))
		}
		if records[0] != records[1] {
			r.Errorf("awake:\n%s\nasleep:\n%s", records[0], records[1])
		}
	})
	if runs < 20 {
		t.Errorf("only %d runs", runs)
	}
}

func TestItConcernsTheAuthorsOfItsTopics(t *testing.T) {
	t.Parallel()
	w := open(t)
	for _, tt := range []struct {
		topics []deliberation.TopicID
		want   []identity.AccountID
	}{{[]deliberation.TopicID{"t1"}, []identity.AccountID{"wang"}}, {nil, nil}} {
		order := w.order()
		order.Topics = tt.topics
		v, err := w.CallUnits(t.Context(), w.staff, order)
		roomtest.Must(t, err)
		if got, err := w.Concerned(t.Context(), v.ID); err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("topics %v concern %v, want %v (%v)", tt.topics, got, tt.want, err)
		}
	}
}
