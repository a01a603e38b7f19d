package community_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

func change(t community.Terms) community.PromiseChange {
	return community.PromiseChange{By: "a1", Name: "陈书记", Title: "书记", At: noon, Reason: "人手少了", After: t}
}

func TestPromisesRiseInVersionOnlyWhenTheyChange(t *testing.T) {
	t.Parallel()
	var s community.Settings
	want := change(community.Terms{AcceptDays: 1, Ladder: []community.LadderStep{{To: "superior"}, {Days: 3, To: "town"}}})
	for range 2 { // the second time the version is an old one, and nothing is lost
		var err error
		if s, err = s.WithPromises(0, want); err != nil || s.Promises.Version != 1 {
			t.Fatalf("version %d, %v", s.Promises.Version, err)
		}
	}
	got := s.Promises
	if got.AcceptDays != 1 || got.ResolveDays != community.DefaultResolveDays || got.CloseDays != community.DefaultCloseDays {
		t.Errorf("effective %+v", got)
	}
	c := got.Change
	if c == nil || c.Version != 1 || c.Before.AcceptDays != community.DefaultAcceptDays || !slices.Equal(c.Before.Ladder, community.DefaultLadder()) ||
		!c.After.Same(got.Terms) || c.Reason != want.Reason || c.Name != want.Name {
		t.Errorf("change %+v", c)
	}
	if _, err := s.WithPromises(0, change(community.Terms{AcceptDays: 5})); !errors.Is(err, community.ErrPromisesChanged) {
		t.Errorf("a form that saw version 0 changed version 1: %v", err)
	}
	if s, err := s.WithPromises(1, change(community.Terms{})); err != nil || s.Promises.Version != 2 || s.Promises.AcceptDays != community.DefaultAcceptDays {
		t.Errorf("back to the defaults: %+v, %v", s.Promises, err)
	}
	if _, err := (community.Settings{}).WithPromises(7, change(community.Terms{AcceptDays: 2})); err != nil {
		t.Errorf("the defaults written out are a change: %v", err)
	}
}

func TestPromisesThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]community.Terms{
		"negative":        {AcceptDays: -1},
		"too long":        {ResolveDays: 1000},
		"close never":     {CloseDays: 365},
		"unknown level":   {Ladder: []community.LadderStep{{To: "mayor"}}},
		"no level":        {Ladder: []community.LadderStep{{}}},
		"downwards":       {Ladder: []community.LadderStep{{To: "town"}, {Days: 1, To: "secretary"}}},
		"two on one day":  {Ladder: []community.LadderStep{{To: "secretary"}, {To: "town"}}},
		"before the date": {Ladder: []community.LadderStep{{Days: -1, To: "secretary"}}},
		"a level twice":   {Ladder: []community.LadderStep{{To: "town"}, {Days: 1, To: "town"}}},
	} {
		if s, err := (community.Settings{}).WithPromises(0, change(p)); err == nil || s.Promises.Version != 0 {
			t.Errorf("%s was taken", name)
		}
	}
	bad := change(community.Terms{AcceptDays: -1, CloseDays: 365, Ladder: []community.LadderStep{{}}})
	for _, reason := range []string{"", strings.Repeat("长", community.MaxPromiseReason+1)} {
		bad.Reason = reason
		_, err := (community.Settings{}).WithPromises(0, bad)
		var on []string
		for _, f := range fault.All(err) {
			on = append(on, f.Field)
		}
		if !slices.Equal(on, []string{"accept_days", "close_days", "ladder", "reason"}) {
			t.Errorf("told of %v at once", on)
		}
	}
	bad = change(community.Terms{AcceptDays: 3})
	bad.Reason = strings.Repeat("长", community.MaxPromiseReason)
	if _, err := (community.Settings{}).WithPromises(0, bad); err != nil {
		t.Errorf("a reason of the most runes: %v", err)
	}
}

// TestTheHistoryKeepsEveryChangeOnce changes the terms again and again; what the relay is given out of order and
// twice makes each record once, and the pages tell them all, the latest first.
func TestTheHistoryKeepsEveryChangeOnce(t *testing.T) {
	t.Parallel()
	ctx, store := t.Context(), newStore(t)
	places := community.NewPlaces(store)
	district, err := community.NewDistrict("d", "宝山区")
	n := save(t, places, district, err)
	const changes = 7
	for v := range changes {
		before := n.Settings
		c := change(community.Terms{AcceptDays: v%2 + 3})
		c.At = noon.Add(time.Duration(v) * time.Hour)
		if n.Settings, err = n.Settings.WithPromises(v, c); err != nil {
			t.Fatal(err)
		}
		facts := community.SettingsChanged(before, n, "a1", noon)
		if len(facts) != 2 {
			t.Fatalf("a change of the terms tells %d facts", len(facts))
		}
		if _, err := places.Nodes.Put(ctx, string(n.ID), docstore.Any, n, facts...); err != nil {
			t.Fatal(err)
		}
	}
	if facts := community.SettingsChanged(n.Settings, n, "a1", noon); len(facts) != 1 {
		t.Errorf("another change tells of the terms: %v", facts)
	}
	if all, _, err := places.PromiseHistory(ctx, n, 20, ""); err != nil || len(all) != 1 || all[0].Version != changes {
		t.Errorf("before the relay: %+v, %v", all, err)
	}
	events, err := store.Events(ctx, 0, docstore.MaxLimit)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(events)
	for range 2 {
		for _, e := range events {
			if err := places.KeepPromises(ctx, e); err != nil {
				t.Fatal(err)
			}
		}
	}
	var versions []int
	after := docstore.Cursor("")
	for {
		page, next, err := places.PromiseHistory(ctx, n, 3, after)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range page {
			versions = append(versions, c.Version)
		}
		if after = next; next == "" {
			break
		}
	}
	if !slices.Equal(versions, []int{7, 6, 5, 4, 3, 2, 1}) {
		t.Errorf("history %v", versions)
	}
}
