package deliberation_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

func (w *town) promise(a identity.Actor, version int, terms community.Terms) error {
	w.t.Helper()
	_, err := w.ChangePromises(w.t.Context(), a, deliberation.ChangePromises{Community: "c1", Version: version, Terms: terms, Reason: "试行三个月"})
	return err
}

// TestOldPromisesStay edits the terms while a clock of each kind runs, and a resolved topic waits for its author: none
// of them moves, neither at the edit nor when its day is missed, and what begins afterwards follows the new terms.
func TestOldPromisesStay(t *testing.T) {
	t.Parallel()
	w := setup(t)
	done, taken := w.resolved(), w.accepted()
	answered := w.post("路灯不亮")
	_, err := w.answer(w.staff, answered.ID)
	must(t, err)
	old := map[deliberation.TopicID]deliberation.TopicView{done: w.read(done), taken: w.read(taken), answered.ID: w.read(answered.ID)}
	must(t, w.promise(w.secretary, 0, community.Terms{
		AcceptDays: 9, ResolveDays: 1, CloseDays: 30, Ladder: []community.LadderStep{{Days: 4, To: "town"}},
	}))
	for id, was := range old {
		is := w.read(id)
		if !is.Acceptance.DueAt.Equal(was.Acceptance.DueAt) || !is.Resolution.DueAt.Equal(was.Resolution.DueAt) || !is.CloseAt.Equal(was.CloseAt) {
			t.Errorf("%s: %v, %v, %v; was %v, %v, %v", is.Title, is.Acceptance.DueAt, is.Resolution.DueAt, is.CloseAt, was.Acceptance.DueAt, was.Resolution.DueAt, was.CloseAt)
		}
	}
	fresh := w.post("井盖响")
	_, err = w.answer(w.staff, fresh.ID)
	must(t, err)
	if due, was := w.read(fresh.ID).Acceptance.DueAt, old[answered.ID].Acceptance.DueAt; !due.After(was) {
		t.Errorf("what is answered after the edit is due at %v, as before it: %v", due, was)
	}
	// Accepted after the edit: nine days were not promised when it was answered, but one is for what comes now.
	_, err = w.AcceptTopic(t.Context(), w.staff, deliberation.AcceptTopic{Topic: answered.ID})
	must(t, err)
	if v := w.read(answered.ID); !v.Resolution.DueAt.Before(old[taken].Resolution.DueAt) {
		t.Errorf("resolution begun after the edit is due at %v", v.Resolution.DueAt)
	}
	// The missed day of the old clock is told upwards by its own ladder, which began with the superior on that day.
	w.clock.Set(old[taken].Resolution.DueAt.Add(24 * time.Hour)) // its next working moment
	_, err = w.WatchPromises(t.Context())
	must(t, err)
	steps := w.read(taken).Resolution.Steps
	if !slices.ContainsFunc(steps, func(s deadline.Step) bool { return s.To == deadline.ToSuperior }) {
		t.Errorf("steps of the old clock: %+v", steps)
	}
}

func TestWhoMayChangeThePromises(t *testing.T) {
	t.Parallel()
	w := setup(t)
	terms := community.Terms{AcceptDays: 3}
	for name, a := range map[string]identity.Actor{"resident": w.resident, "staff": w.staff, "property": w.property, "observer": w.observer, "public": w.public} {
		if err := w.promise(a, 0, terms); !errors.Is(err, identity.ErrDenied) && !errors.Is(err, identity.ErrSignIn) {
			t.Errorf("%s changed them: %v", name, err)
		}
	}
	must(t, w.promise(w.secretary, 0, terms))
	if err := w.promise(w.townStaff, 0, community.Terms{AcceptDays: 4}); !errors.Is(err, community.ErrPromisesChanged) {
		t.Errorf("a form that saw the old terms changed them: %v", err)
	}
	must(t, w.promise(w.townStaff, 1, community.Terms{AcceptDays: 4}))
	for _, e := range w.events(community.EventPromisesChanged) {
		must(t, community.NewPlaces(w.store).KeepPromises(t.Context(), e))
	}
	found, next, err := w.PromiseHistory(t.Context(), identity.Actor{}, "c1", "")
	if err != nil || next != docstore.Cursor("") || len(found) != 2 {
		t.Fatalf("%+v, %q, %v", found, next, err)
	}
	if c := found[1]; c.Name != "陈书记" || c.Title != "书记" || c.Reason != "试行三个月" || c.Before.AcceptDays != 2 || c.After.AcceptDays != 3 {
		t.Errorf("the first change: %+v", c)
	}
	if _, err := w.ChangePromises(t.Context(), w.townStaff, deliberation.ChangePromises{Community: "t", Terms: terms, Reason: "镇里统一"}); !errors.Is(err, deliberation.ErrNotFound) {
		t.Errorf("a town was given terms that nothing follows: %v", err)
	}
}
