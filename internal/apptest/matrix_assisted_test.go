package apptest_test

import (
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/app/demo"
	"jushou/internal/ids"
	"jushou/internal/photo"
)

// assistedWays are the addresses where entries for somebody offline are confirmed. The ground's entry is of somebody without an account,
// so that nobody may answer for them.
func assistedWays() map[string]way {
	const desk, boxes, v1 = "/desk/c/:community/assist/entries", "/desk/c/:community/assist/boxes", "/api/v1"
	return map[string]way{
		"GET /entry/:entry":                      {who: nobody},
		"POST /entry/:entry/confirm":             {who: nobody},
		"POST /entry/:entry/dispute":             {who: nobody, body: "note=不是我说的"},
		"GET " + desk:                            {who: office},
		"POST " + desk + "/:entry":               {who: office, body: "do=settle&note=改好了"},
		"GET " + desk + "/:entry/paper/:variant": {who: office},

		"GET " + boxes:                    {who: office},
		"POST " + boxes:                   {who: office, body: "token=:new&place=门厅:new&day2=1"},
		"POST " + boxes + "/:box/empty":   {who: office, body: "token=:new&notes=2"},
		"POST " + boxes + "/:box/close":   {who: office},
		"GET " + boxes + "/:box/poster":   {who: office},
		"GET " + boxes + "/:box/code.png": {who: office},

		"GET " + v1 + "/desk/:node/boxes":                 {who: office},
		"POST " + v1 + "/desk/:node/boxes":                {who: office, body: `{"id":":new","place":"门厅:new","days":[2]}`},
		"POST " + v1 + "/desk/:node/boxes/:box/emptyings": {who: office, body: `{"id":":new","notes":2}`},
		"DELETE " + v1 + "/desk/:node/boxes/:box":         {who: office},
		"GET " + v1 + "/desk/:node/boxes/:box/code":       {who: office},

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

// box hangs a paper box up, and takes the oldest down before there are too many.
func (c *crowd) box(t *testing.T) []string {
	t.Helper()
	ctx, by := t.Context(), c.people['s'][0].actor
	node, err := c.h.Directory.Node(ctx, demo.HomeCommunity)
	must(t, err)
	hung, err := c.h.App.Assisted.Boxes(ctx, by, node)
	must(t, err)
	if len(hung) > assisted.MaxBoxes/2 {
		must(t, c.h.App.Assisted.CloseBox(ctx, by, node, hung[0].ID))
	}
	id := ids.New(c.h.Clock.Now())
	_, err = c.h.App.Assisted.SaveBox(ctx, by, node, assisted.SaveBox{ID: assisted.BoxID(id), Place: "门厅" + id, Days: []time.Weekday{time.Tuesday}})
	must(t, err)
	return []string{":box", id}
}
