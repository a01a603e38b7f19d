package deliberation_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

func TestThreeRoundsListThenHandOnThenTellTheTown(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.setDuty()
	topic := w.post("灯不亮")
	answered := w.post("已经有人管的事")
	if _, err := w.answer(w.staff, answered.ID); err != nil {
		t.Fatal(err)
	}
	if n := w.sweep(); n != 0 {
		t.Errorf("before the first Round %d topics changed", n)
	}
	steps := []struct {
		at    time.Time
		phase deliberation.Phase
		held  deliberation.HeldRound
	}{
		{monday(9, 0), deliberation.PhaseListed, deliberation.HeldRound{Listed: 1}},
		{monday(14, 0), deliberation.PhaseSecretary, deliberation.HeldRound{Secretary: 1}},
		{monday(20, 0), deliberation.PhaseTown, deliberation.HeldRound{ToTown: 1}},
	}
	for i, step := range steps {
		w.clock.Set(step.at)
		if n := w.sweep(); n != 1 {
			t.Errorf("%v: %d topics changed", step.at, n)
		}
		if n := w.sweep(); n != 0 {
			t.Errorf("%v again: %d topics changed", step.at, n)
		}
		if got := w.read(topic.ID).Explain; got.Phase != step.phase {
			t.Errorf("%v: phase %s, want %s", step.at, got.Phase, step.phase)
		}
		rounds := w.heldRounds()
		if len(rounds) != i+1 {
			t.Fatalf("%v: told %d Rounds", step.at, len(rounds))
		}
		got := rounds[i]
		if got.Listed != step.held.Listed || got.Secretary != step.held.Secretary || got.ToTown != step.held.ToTown ||
			!got.At.Equal(step.at) || got.Duty != "li" || got.Next != "qian" || got.Town != "t" || got.Topics[0].Topic != topic.ID {
			t.Errorf("%v: told %+v", step.at, got)
		}
	}
	w.clock.Advance(72 * time.Hour)
	if n := w.sweep(); n != 0 || len(w.heldRounds()) != 3 {
		t.Errorf("three days later %d topics changed, %d Rounds", n, len(w.heldRounds()))
	}
	if v := w.read(answered.ID); len(v.Clock.Steps) != 0 {
		t.Errorf("an answered topic was listed: %+v", v.Clock.Steps)
	}
	got, _, err := w.Rounds(t.Context(), w.staff, "c1", "")
	if err != nil || len(got) != 3 || !got[0].At.Equal(monday(20, 0)) {
		t.Errorf("the record of Rounds: %+v, %v", got, err)
	}
}

// setDuty puts li on duty and qian next.
func (w *town) setDuty() {
	w.t.Helper()
	_, err := w.SetDuty(w.t.Context(), w.secretary, deliberation.SetDuty{Roster: deliberation.DutyRoster{
		Community: "c1", People: []deliberation.DutyPerson{{Account: "li", Name: "李社工"}, {Account: "qian", Name: "钱社工"}},
	}})
	must(w.t, err)
}

// history is what a reader can tell about a topic's clock: each step with its true time.
func history(topics ...deliberation.TopicView) string {
	var b strings.Builder
	for _, v := range topics {
		fmt.Fprintln(&b, v.Title, v.Status)
		for _, s := range v.Clock.Steps {
			fmt.Fprintln(&b, s.Step, s.At.Format(time.RFC3339))
		}
	}
	return b.String()
}

func TestAnOutageOfTwoDaysLeavesTheSameFacts(t *testing.T) {
	t.Parallel()
	run := func(every time.Duration) (string, []deliberation.HeldRound) {
		w := setup(t)
		w.setDuty()
		var topics []deliberation.TopicView
		ids := []deliberation.TopicID{w.post("一").ID, w.post("二").ID}
		at := func(until time.Time) {
			for every > 0 && w.clock.Now().Before(until) {
				w.clock.Advance(every)
				w.sweep()
			}
			w.clock.Set(until)
		}
		at(monday(9, 30))
		ids = append(ids, w.post("三").ID)
		at(monday(15, 0))
		if _, err := w.answer(w.staff, ids[1]); err != nil {
			t.Fatal(err)
		}
		at(monday(8, 0).AddDate(0, 0, 2))
		w.sweep()
		for _, id := range ids {
			topics = append(topics, w.read(id))
		}
		return history(topics...), w.heldRounds()
	}
	often, oftenRounds := run(5 * time.Minute)
	once, onceRounds := run(0)
	if often != once {
		t.Errorf("swept all the time:\n%s\nafter the outage:\n%s", often, once)
	}
	if strings.Count(once, "\n") != 3+3+2+3 {
		t.Errorf("history:\n%s", once)
	}
	told := func(rounds []deliberation.HeldRound) (at []int64) {
		for _, r := range rounds {
			at = append(at, r.At.Unix())
		}
		return at
	}
	if got := told(onceRounds); !slices.Equal(got, told(oftenRounds)) || !slices.IsSorted(got) || len(got) != 4 {
		t.Errorf("Rounds after the outage %v, without it %v", got, told(oftenRounds))
	}
}

func TestAnHourBackTellsNobodyTwice(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("灯不亮")
	w.clock.Set(monday(9, 0))
	w.sweep()
	w.clock.Advance(-time.Hour)
	if n := w.sweep(); n != 0 {
		t.Errorf("an hour back %d topics changed", n)
	}
	w.clock.Set(monday(9, 0))
	w.sweep()
	if v := w.read(topic.ID); len(v.Clock.Steps) != 1 || len(w.heldRounds()) != 1 || len(w.events(deliberation.TopicStepRecorded)) != 1 {
		t.Errorf("steps %v, Rounds told %d", v.Clock.Steps, len(w.heldRounds()))
	}
}

func TestTwoSweepsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 40 {
		w.post("灯不亮")
	}
	w.clock.Set(monday(14, 0))
	var sweeps sync.WaitGroup
	counts, faults := make([]int, 4), make([]error, 4)
	for i := range counts {
		sweeps.Go(func() { counts[i], faults[i] = w.HoldRounds(t.Context()) })
	}
	sweeps.Wait()
	must(t, errors.Join(faults...))
	if sum := counts[0] + counts[1] + counts[2] + counts[3]; sum != 40 {
		t.Errorf("four sweeps changed %v", counts)
	}
	rounds := w.heldRounds()
	if len(rounds) != 2 || rounds[0].Listed != 40 || rounds[1].Secretary != 40 || len(w.events(deliberation.TopicStepRecorded)) != 80 {
		t.Errorf("told %d Rounds, %d steps", len(rounds), len(w.events(deliberation.TopicStepRecorded)))
	}
}

func TestACrashBetweenTheRoundAndItsTopicsIsHealed(t *testing.T) {
	t.Parallel()
	w := setup(t)
	first, second := w.post("一"), w.post("二")
	w.clock.Set(monday(9, 0))
	crash := errors.New("killed")
	w.store.refuseWith(func(x docstore.Write) error {
		if x.Kind == deliberation.TopicKind && x.ID == string(second.ID) {
			return crash
		}
		return nil
	})
	if n, err := w.HoldRounds(t.Context()); n != 1 || !errors.Is(err, crash) {
		t.Errorf("the sweep that was cut off: %d, %v", n, err)
	}
	w.store.refuseWith(nil)
	w.clock.Advance(time.Minute)
	if n := w.sweep(); n != 1 {
		t.Errorf("the next sweep changed %d topics", n)
	}
	for _, id := range []deliberation.TopicID{first.ID, second.ID} {
		if v := w.read(id); len(v.Clock.Steps) != 1 || !v.Clock.Steps[0].At.Equal(monday(9, 0)) {
			t.Errorf("%s: %+v", v.Title, v.Clock.Steps)
		}
	}
	if rounds := w.heldRounds(); len(rounds) != 1 || rounds[0].Listed != 2 {
		t.Errorf("told %+v", rounds)
	}
}

func TestARoundCountsAllAndNamesFifty(t *testing.T) {
	t.Parallel()
	w := setup(t)
	for range 70 {
		w.post("灯不亮")
	}
	w.clock.Set(monday(9, 5))
	if n := w.sweep(); n != 70 {
		t.Errorf("%d topics changed", n)
	}
	if r := w.heldRounds()[0]; r.Listed != 70 || len(r.Topics) != deliberation.RoundTopics || !r.HeldAt.Equal(monday(9, 5)) {
		t.Errorf("told %d, named %d, held at %v", r.Listed, len(r.Topics), r.HeldAt)
	}
}

func TestADoctorsSilenceIsOverdueButNotHandedOn(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.postAs(w.resident, deliberation.BoardDoctor, "想约体检")
	w.clock.Set(monday(20, 0))
	if n := w.sweep(); n != 0 {
		t.Errorf("%d topics changed", n)
	}
	if v := w.read(topic.ID); v.Explain.Phase != deliberation.PhaseOverdue || len(v.Clock.Steps) != 0 {
		t.Errorf("%+v", v.Explain)
	}
}

func TestPostingWorksBeyondTheCalendarAndEverySweepSaysSo(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.onWorkdays()
	end := w.days.ValidThrough()
	w.clock.Set(time.Date(end.Year, end.Month, end.Day, 15, 0, 0, 0, shanghai))
	topic := w.post("年底的事")
	if topic.Status != deliberation.Waiting || len(topic.Clock.Rounds) >= 3 {
		t.Fatalf("posted %s with %v", topic.Status, topic.Clock.Rounds)
	}
	for range 2 {
		if _, err := w.HoldRounds(t.Context()); err == nil || !strings.Contains(err.Error(), "calendar.beyond_valid_through") {
			t.Errorf("the sweep is silent: %v", err)
		}
	}
	if _, err := w.answer(w.staff, topic.ID); err != nil {
		t.Errorf("it cannot be answered: %v", err)
	}
	if _, err := w.HoldRounds(t.Context()); err != nil {
		t.Errorf("answered, and the sweep still complains: %v", err)
	}

	waiting := w.post("还有一件")
	w.everyDay()
	w.sweep()
	if v := w.read(waiting.ID); v.Clock.Incomplete() || v.Clock.DueAt.IsZero() {
		t.Errorf("with a calendar that knows, the clock has %v", v.Clock.Rounds)
	}
}

func (w *town) onWorkdays() { w.settings(community.Settings{RoundsOnWorkdays: true, PolicyVersion: 1}) }
func (w *town) everyDay()   { w.settings(community.Settings{PolicyVersion: 2}) }

// settings stores the settings of c1 and lets the directory notice.
func (w *town) settings(s community.Settings) {
	w.t.Helper()
	_, err := community.NewPlaces(w.store).Nodes.Update(w.t.Context(), "c1", func(n *community.Node) ([]docstore.Fact, error) {
		n.Settings = s
		return []docstore.Fact{community.NodeChanged(*n, "test", w.clock.Now())}, nil
	})
	must(w.t, err)
	must(w.t, w.directory.Refresh(w.t.Context()))
}

func TestAChangedPolicyMovesNoPromise(t *testing.T) {
	t.Parallel()
	w := setup(t)
	old := w.post("灯不亮")
	w.settings(community.Settings{Rounds: []string{"11:00"}, PolicyVersion: 3})
	fresh := w.post("门也坏了")
	if v := w.read(old.ID); !v.Clock.DueAt.Equal(monday(9, 0)) || v.Clock.Policy != 0 {
		t.Errorf("the old promise is %v under policy %d", v.Clock.DueAt, v.Clock.Policy)
	}
	if !fresh.Clock.DueAt.Equal(monday(11, 0)) || fresh.Clock.Policy != 3 || !fresh.Clock.Rounds[1].Equal(monday(11, 0).AddDate(0, 0, 1)) {
		t.Errorf("the new promise is %v", fresh.Clock)
	}
}

func TestHandingOverTheDuty(t *testing.T) {
	t.Parallel()
	w := setup(t)
	cmd := deliberation.HandOver{ID: w.token(), Community: "c1", To: "qian", Until: monday(18, 0), Note: "三楼灯还没修"}
	if _, err := w.HandOver(t.Context(), w.staff, cmd); err == nil || !strings.Contains(err.Error(), "duty.nobody") {
		t.Errorf("handed over where nobody is on duty: %v", err)
	}
	w.setDuty()
	for range 2 {
		_, err := w.HandOver(t.Context(), w.staff, cmd)
		must(t, err)
	}
	if told := w.events(deliberation.DutyHandedOver); len(told) != 1 {
		t.Errorf("told %d times", len(told))
	}
	duty, err := w.Duty(t.Context(), w.staff, "c1")
	if err != nil || duty.Person.Account != "qian" || duty.Next.Account != "li" {
		t.Errorf("on duty %+v, %v", duty.Person, err)
	}
	w.clock.Set(monday(18, 0))
	if duty, err := w.Duty(t.Context(), w.staff, "c1"); err != nil || duty.Person.Account != "li" {
		t.Errorf("after the handover %+v, %v", duty.Person, err)
	}
	cmd.ID, cmd.To, cmd.Until = w.token(), "nobody", monday(19, 0)
	if _, err := w.HandOver(t.Context(), w.staff, cmd); err == nil || !strings.Contains(err.Error(), "duty.unknown_person") {
		t.Errorf("handed to a stranger: %v", err)
	}
	cmd.Until = monday(19, 0).AddDate(1, 0, 0)
	if _, err := w.HandOver(t.Context(), w.staff, cmd); err == nil || !strings.Contains(err.Error(), "duty.until_far") {
		t.Errorf("handed over for a year: %v", err)
	}
	if _, err := w.HandOver(t.Context(), w.resident, cmd); err == nil {
		t.Error("a resident hands over the duty")
	}
}

func TestAnOldRosterFormIsStale(t *testing.T) {
	t.Parallel()
	w := setup(t)
	w.setDuty()
	form := deliberation.SetDuty{Roster: deliberation.DutyRoster{
		Community: "c1", People: []deliberation.DutyPerson{{Account: "qian", Name: "钱社工"}},
	}}
	if _, err := w.SetDuty(t.Context(), w.secretary, form); !errors.Is(err, deliberation.ErrStale) {
		t.Errorf("an old form: %v", err)
	}
	form.Roster.Revision = 1
	_, err := w.HandOver(t.Context(), w.staff, deliberation.HandOver{ID: w.token(), Community: "c1", To: "qian", Until: monday(18, 0), Note: "出门"})
	must(t, err)
	got, err := w.SetDuty(t.Context(), w.secretary, form)
	if err != nil || got.Revision != 2 || len(got.Handovers) != 1 {
		t.Errorf("the new form: %v, %+v", err, got)
	}
	if _, err := w.SetDuty(t.Context(), w.staff, form); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("staff set the roster: %v", err)
	}
}
