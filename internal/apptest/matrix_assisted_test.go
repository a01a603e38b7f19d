package apptest_test

import (
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/app/demo"
	"jushou/internal/ids"
	"jushou/internal/photo"
)

// assistedWays are the addresses where entries for somebody offline are confirmed. The ground's entry is of somebody without an account,
// so that nobody may answer for them.
func assistedWays() map[string]way {
	const desk, v1 = "/desk/c/:community/assist/entries", "/api/v1"
	return map[string]way{
		"GET /entry/:entry":                      {who: nobody},
		"POST /entry/:entry/confirm":             {who: nobody},
		"POST /entry/:entry/dispute":             {who: nobody, body: "note=不是我说的"},
		"GET " + desk:                            {who: office},
		"POST " + desk + "/:entry":               {who: office, body: "do=settle&note=改好了"},
		"GET " + desk + "/:entry/paper/:variant": {who: office},

		"GET " + v1 + "/desk/:node/entries":                 {who: office},
		"GET " + v1 + "/entries/:entry":                     {who: nobody},
		"POST " + v1 + "/entries/:entry/confirm":            {who: nobody},
		"POST " + v1 + "/entries/:entry/dispute":            {who: nobody, body: `{"note":"不是我说的"}`},
		"POST " + v1 + "/desk/entries/:entry/steps":         {who: office, body: `{"do":"settle","note":"改好了"}`},
		"GET " + v1 + "/desk/entries/:entry/paper/:variant": {who: office},
	}
}

// entry lays an entry with a signed paper.
func (c *crowd) entry(t *testing.T) []string {
	t.Helper()
	ctx, now, by := t.Context(), c.h.Clock.Now(), c.people['s'][0].actor
	topic, err := c.h.App.Assisted.Enter(ctx, by, assisted.Enter{Source: assisted.Visit, Post: deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(now)), Community: demo.HomeCommunity, Board: deliberation.BoardNearby, Body: "扶手松了",
		For: deliberation.Author{Name: "许**"},
	}})
	must(t, err)
	picture := ids.New(now)
	must(t, c.h.Photos.Put(ctx, picture, photo.Thumb, []byte("not looked at")))
	_, err = c.h.App.Assisted.Tend(ctx, by, assisted.Tend{Entry: topic.ID, Do: assisted.StepSign, Paper: deliberation.PhotoID(picture)})
	must(t, err)
	return []string{":entry", string(topic.ID)}
}
