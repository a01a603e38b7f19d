package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/app/demo"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/projects/activity"
)

// activityWays are the addresses of 达人 and their activities. What is laid is a host of the author's; an activity is published where it
// is looked at or signed up for, and waits for the desk where it is to be confirmed.
func activityWays() map[string]way {
	const (
		c, one, desk = "/c/:community", "/activity/:activity", "/desk/c/:community/activities"
		neighbours   = "na"
		plan         = "title=编竹篮&what=带剪刀&where=活动室&starts=2026-12-05T14:00&ends=2026-12-05T16:00"
	)
	return map[string]way{
		"GET /open/c/:community/activities":      {who: everybody},
		"GET /open/town/:town/activities":        {who: everybody},
		"GET " + c + "/activities":               {who: members},
		"GET " + c + "/activities/post":          {who: neighbours},
		"POST " + c + "/activities/post":         {who: neighbours, body: "token=:new&" + plan}, // who is no host is led to the form of one
		"GET " + c + "/hosts":                    {who: members},
		"GET " + c + "/hosts/apply":              {who: neighbours},
		"POST " + c + "/hosts/post":              {who: neighbours, body: "token=:new&field=craft&skill=编竹篮&about=喜欢教人"},
		"GET /host/:host":                        {who: members},
		"GET /host/:host/photos/:photo/:variant": {who: nobody}, // it has none
		"POST /host/:host/steps":                 {who: neighbours, body: "step=team&token=:new"},
		"GET " + one:                             {who: members},
		"GET " + one + "/calendar.ics":           {who: members},
		"GET " + one + "/photos/:photo/:variant": {who: nobody}, // it has none
		"GET " + one + "/edit":                   {who: nobody}, // its host is nobody of the crowd
		"POST " + one + "/edit":                  {who: nobody, body: "seen=1&" + plan},
		"POST " + one + "/steps":                 {who: neighbours, body: "step=sign&token=:new&persons=1"},
		"POST " + one + "/recap/post":            {who: nobody, body: "text=很好"},
		"GET /me/activities":                     {who: known},
		"GET " + desk:                            {who: office},
		"POST " + desk + "/hosts/:host":          {who: office, body: "do=confirm"},
		"POST " + desk + "/:activity":            {who: office, body: "do=confirm"},
	}
}

// gather lays a host, and an activity of theirs.
func (c *crowd) gather(t *testing.T, address string) []string {
	t.Helper()
	if !strings.Contains(address, ":host") && !strings.Contains(address, ":activity") {
		return nil
	}
	ctx, now, s, staff := t.Context(), c.h.Clock.Now(), c.h.App.Activities, c.people['s'][0].actor
	who := c.resident(t)
	h, err := s.ApplyHost(ctx, who, activity.ApplyHost{
		Token: ids.New(now), Community: demo.HomeCommunity, Introduction: activity.Introduction{Field: "craft", Skill: "编竹篮", About: "喜欢教人"},
	})
	must(t, err)
	if strings.HasSuffix(address, "/hosts/:host") {
		return []string{":host", string(h.ID)}
	}
	_, err = s.ConfirmHost(ctx, staff, h.ID)
	must(t, err)
	a, err := s.HoldActivity(ctx, who, activity.HoldActivity{ID: activity.ID(ids.New(now)), Community: demo.HomeCommunity, Plan: activity.Plan{
		Title: "编竹篮", What: "带剪刀", Where: "活动室", StartsAt: now.Add(48 * time.Hour), EndsAt: now.Add(50 * time.Hour),
	}})
	must(t, err)
	if !strings.HasPrefix(address, "POST /desk/") {
		c.publish(t, staff, a.ID)
	}
	return []string{":host", string(h.ID), ":activity", string(a.ID)}
}

func (c *crowd) publish(t *testing.T, staff identity.Actor, id activity.ID) {
	t.Helper()
	_, err := c.h.App.Activities.ConfirmActivity(t.Context(), staff, id)
	must(t, err)
}
