package apptest_test

import (
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/app/demo"
	"jushou/internal/ids"
	"jushou/internal/photo"
)

// bulletinWays are about a notice that staff wrote and that waits for a second person.
func bulletinWays() map[string]way {
	const c, town, n, v1 = "/desk/c/:community", "/desk/town/:town", "/desk/n/:bulletin", "/api/v1"
	const text = `{"id":":new","title":"停水","body":"周三停水","revision":0}`
	return map[string]way{
		"GET /me/quiet":                 {who: known},
		"POST /me/quiet":                {who: known, body: "from=21:00&to=07:00"},
		"GET " + c + "/notices":         {who: keepers},
		"POST " + c + "/notices/review": {who: "tx", body: "review=colleague"},
		"GET " + c + "/notice":          {who: keepers},
		"POST " + c + "/notice":         {who: keepers, body: "token=:new&title=停水&body=周三停水&urgency=normal&step=send"},

		"GET " + town + "/notices":         {who: "t"},
		"POST " + town + "/notices/review": {who: "tx", body: "review=off"},
		"GET " + town + "/notice":          {who: "t"},
		"POST " + town + "/notice":         {who: "t", body: "token=:new&title=停水&body=周三停水&urgency=normal&step=send"},

		"GET " + n:                                  {who: keepers},
		"GET " + n + "/edit":                        {who: keepers},
		"POST " + n + "/edit":                       {who: keepers, body: "title=停水&body=周四停水&urgency=normal&revision=0&step=draft"},
		"GET " + n + "/reached":                     {who: keepers},
		"GET " + n + "/photos/:photo/:variant":      {who: keepers},
		"POST " + n + "/submit":                     {who: keepers},
		"POST " + n + "/approve":                    {who: "ct", body: "revision=0"}, // the writer may not
		"POST " + n + "/return":                     {who: "ct", body: "reason=写清楚"},
		"POST " + n + "/withdraw":                   {who: keepers, body: "reason=改期"},
		"POST " + n + "/discard":                    {who: keepers},
		"GET " + v1 + "/desk/:node/bulletins":       {who: keepers},
		"POST " + v1 + "/desk/:node/bulletins":      {who: keepers, body: text},
		"PUT " + v1 + "/desk/:node/settings/review": {who: "tx", body: `{"review":"colleague"}`},

		"GET " + v1 + "/bulletins/:bulletin":           {who: keepers},
		"PUT " + v1 + "/bulletins/:bulletin":           {who: keepers, body: `{"title":"停水","body":"周三停水","revision":0}`},
		"DELETE " + v1 + "/bulletins/:bulletin":        {who: keepers},
		"GET " + v1 + "/bulletins/:bulletin/reached":   {who: keepers},
		"POST " + v1 + "/bulletins/:bulletin/submit":   {who: keepers},
		"POST " + v1 + "/bulletins/:bulletin/approve":  {who: "ct", body: `{"revision":0}`},
		"POST " + v1 + "/bulletins/:bulletin/return":   {who: "ct", body: `{"reason":"写清楚"}`},
		"POST " + v1 + "/bulletins/:bulletin/withdraw": {who: keepers, body: `{"reason":"改期"}`},
		"GET " + v1 + "/topics/:topic/record":          {who: nobody}, // the matrix's topic is no notice
	}
}

// bulletin is a notice with a photo that waits for a second person; every member of staff has worked on it.
func (c *crowd) bulletin(t *testing.T) []string {
	t.Helper()
	now := c.h.Clock.Now()
	picture := ids.New(now)
	must(t, c.h.Photos.Put(t.Context(), picture, photo.Thumb, []byte("not looked at")))
	writer := c.people['s'][0].actor
	b, err := c.h.Bulletins.WriteBulletin(t.Context(), writer, bulletin.Write{
		ID: bulletin.ID(ids.New(now)), Node: demo.HomeCommunity, Title: "停水", Body: "周三停水。", Photos: []deliberation.PhotoID{deliberation.PhotoID(picture)},
	})
	must(t, err)
	for _, colleague := range c.people['s'][1:] {
		b, err = c.h.Bulletins.EditBulletin(t.Context(), colleague.actor, bulletin.EditBulletin{Revision: b.Revision, Write: bulletin.Write{
			ID: b.ID, Title: b.Title, Body: b.Body, Photos: b.Photos,
		}})
		must(t, err)
	}
	_, err = c.h.Bulletins.SubmitBulletin(t.Context(), writer, b.ID)
	must(t, err)
	return []string{":bulletin", string(b.ID), ":photo", picture}
}
