package community_test

import (
	"testing"

	"jushou/internal/community"
)

func TestPromisesRiseInVersionOnlyWhenTheyChange(t *testing.T) {
	t.Parallel()
	var s community.Settings
	want := community.Promises{AcceptDays: 1, Ladder: []community.LadderStep{{To: "superior"}, {Days: 3, To: "town"}}}
	for range 2 {
		var err error
		if s, err = s.WithPromises(want); err != nil || s.Promises.Version != 1 {
			t.Fatalf("version %d, %v", s.Promises.Version, err)
		}
	}
	if got := s.Promises.Effective(); got.AcceptDays != 1 || got.ResolveDays != community.DefaultResolveDays || got.CloseDays != community.DefaultCloseDays {
		t.Errorf("effective %+v", got)
	}
}

func TestPromisesThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, p := range map[string]community.Promises{
		"negative":        {AcceptDays: -1},
		"too long":        {ResolveDays: 1000},
		"close never":     {CloseDays: 365},
		"unknown level":   {Ladder: []community.LadderStep{{To: "mayor"}}},
		"downwards":       {Ladder: []community.LadderStep{{To: "town"}, {Days: 1, To: "secretary"}}},
		"two on one day":  {Ladder: []community.LadderStep{{To: "secretary"}, {To: "town"}}},
		"before the date": {Ladder: []community.LadderStep{{Days: -1, To: "secretary"}}},
	} {
		if s, err := (community.Settings{}).WithPromises(p); err == nil || s.Promises.Version != 0 {
			t.Errorf("%s was taken", name)
		}
	}
}
