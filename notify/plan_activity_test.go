package notify

import (
	"slices"
	"testing"

	"jushou/internal/identity"
	"jushou/projects/activity"
)

// TestPlanOfActivities names for every event of hosts and activities whom it concerns and where it leads.
func TestPlanOfActivities(t *testing.T) {
	t.Parallel()
	news := activity.News{
		Activity: "a1", Host: "h1", Community: "hexiang", Subject: "一起修伞", Leader: "lin", StartsAt: noon, Where: "活动室", Reason: "下雨改期",
		Who: []identity.AccountID{"wang", "zhao"},
	}
	duty, host, signed, seated := Audience{Duty: "hexiang"}, Audience{Person: "lin"}, Audience{Circle: CircleActivity, ID: "a1"}, Audience{Circle: CircleSeated, ID: "a1"}
	both := []Audience{{Person: "wang"}, {Person: "zhao"}}
	want := map[string]struct {
		to  []Audience
		key string
	}{
		activity.HostApplied: {[]Audience{duty}, KeyHostApplied}, activity.HostConfirmed: {[]Audience{host}, KeyHostConfirmed},
		activity.HostDeclined: {[]Audience{host}, KeyHostDeclined}, activity.HostEnded: {[]Audience{host}, KeyHostEnded},
		activity.TeamAsked: {[]Audience{host}, KeyTeamAsked}, activity.TeamJoined: {both, KeyTeamJoined},
		activity.EventSubmitted: {[]Audience{duty}, KeyActivityWaits}, activity.EventPublished: {[]Audience{host}, KeyActivityPublished},
		activity.EventReturned: {[]Audience{host}, KeyActivityReturned}, activity.Lapsed: {[]Audience{host}, KeyActivityLapsed},
		activity.EventMoved: {[]Audience{signed}, KeyActivityMoved}, activity.EventCancelled: {[]Audience{signed, host}, KeyActivityCancelled},
		activity.MovedUp: {both, KeyActivityUp}, activity.Said: {[]Audience{signed}, KeyActivitySaid}, activity.Question: {[]Audience{host}, KeyActivityAsked},
		activity.Answered: {both, KeyActivityAnswered}, activity.Reminded: {[]Audience{seated}, KeyActivitySoon}, activity.Over: {[]Audience{host}, KeyActivityOver},
	}
	if len(want) != len(activityTypes()) {
		t.Errorf("%d events are planned, %d tested", len(activityTypes()), len(want))
	}
	for name, w := range want {
		e := event(t, name, news)
		e.Actor = "li"
		shares, err := Plan(e)
		if err != nil {
			t.Fatal(err)
		}
		var to []Audience
		for _, s := range shares {
			to = append(to, s.To)
			link := "/activity/a1"
			if s.To == duty {
				link = "/desk/c/hexiang/activities"
			}
			if _, ok := activityTemplate(s.Draft.Key); !ok || s.Draft.Key != w.key || s.Draft.Link != link || s.But != "li" || s.Draft.Args["title"] != "一起修伞" {
				t.Errorf("%s tells %+v", name, s)
			}
		}
		if !slices.Equal(to, w.to) {
			t.Errorf("%s goes to %+v, want %+v", name, to, w.to)
		}
	}
}

// TestWhatAHostDoesAloneIsToldToNobody: who signs up, comes or stays away is read in the roster.
func TestWhatAHostDoesAloneIsToldToNobody(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"activity.asked", "activity.joined", "activity.queued", "activity.left", "activity.counted", "host.revised"} {
		if shares, err := Plan(event(t, name, activity.News{Activity: "a1", Host: "h1", Leader: "lin", Who: []identity.AccountID{"wang"}})); err != nil || len(shares) > 0 {
			t.Errorf("%s tells %+v, %v", name, shares, err)
		}
	}
	e := event(t, activity.HostConfirmed, activity.News{Host: "h1", Community: "hexiang", Leader: "lin"})
	if shares, err := Plan(e); err != nil || len(shares) != 1 || shares[0].Draft.Link != "/host/h1" {
		t.Errorf("a host without an activity is led to %+v, %v", shares, err)
	}
	if shares, err := Plan(event(t, activity.HostConfirmed, activity.News{Host: "h1"})); err != nil || len(shares) > 0 {
		t.Errorf("a host whose account is gone is told %+v, %v", shares, err)
	}
}
