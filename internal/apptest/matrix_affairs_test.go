package apptest_test

import (
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/app/demo"
	"jushou/internal/ids"
	"jushou/internal/photo"
)

func affairsWays() map[string]way {
	const (
		asks      = "na"   // residents
		enters    = "sc"   // enter, correct, answer
		publishes = "scbt" // what another person entered
		v1        = "/api/v1"
		form      = "token=:new&kind=finance&period=2026-09&title=收支&what=路灯&side=out&amount=12.50&note="
	)
	return map[string]way{
		"GET /c/:community/affairs":                    {who: members},
		"GET /c/:community/affairs/table.xlsx":         {who: members},
		"GET /affairs/:item":                           {who: members},
		"GET /affairs/:item/versions/:version":         {who: members},
		"GET /affairs/:item/photos/:photo/:variant":    {who: members},
		"POST /affairs/:item/questions":                {who: asks, body: "token=:new&text=修了几盏灯"},
		"GET /desk/c/:community/affairs":               {who: publishes},
		"GET /desk/c/:community/affairs/new":           {who: enters},
		"POST /desk/c/:community/affairs/new":          {who: enters, body: form},
		"GET /desk/c/:community/affairs/schedule":      {who: "ct"},
		"POST /desk/c/:community/affairs/schedule":     {who: "ct", body: "finance=monthly&welfare=quarterly&days=10&seen=0"},
		"GET /desk/affairs/:item":                      {who: publishes},
		"POST /desk/affairs/:item/review":              {who: publishes, body: "version=1&verdict=publish"},
		"GET /desk/affairs/:item/correct":              {who: enters},
		"POST /desk/affairs/:item/correct":             {who: enters, body: form + "&seen=1&reason=漏记"},
		"POST /desk/affairs/:item/questions/:question": {who: enters, body: "token=:new&text=三盏"},

		"GET " + v1 + "/communities/:community/affairs":          {who: members},
		"GET " + v1 + "/communities/:community/affairs/table":    {who: members},
		"GET " + v1 + "/affairs/:item":                           {who: members},
		"GET " + v1 + "/affairs/:item/versions/:version":         {who: members},
		"GET " + v1 + "/affairs/:item/photos/:photo/:variant":    {who: members},
		"POST " + v1 + "/affairs/:item/questions":                {who: asks, body: `{"id":":new","text":"修了几盏灯"}`},
		"GET " + v1 + "/desk/:node/affairs":                      {who: publishes},
		"POST " + v1 + "/desk/:node/affairs":                     {who: enters, body: `{"id":":new","kind":"finance","period":"2026-09","title":"收支","rows":[{"what":"路灯","side":"out","fen":1250}]}`},
		"POST " + v1 + "/affairs/:item/versions":                 {who: enters, body: `{"id":":new","seen":1,"reason":"漏记","title":"慰问","body":"名册更正"}`},
		"POST " + v1 + "/affairs/:item/versions/:version/review": {who: publishes, body: `{"publish":true}`},
		"POST " + v1 + "/affair-questions/:question/replies":     {who: enters, body: `{"id":":new","text":"三盏"}`},
		"GET " + v1 + "/desk/:node/settings/affairs":             {who: members},
		"PUT " + v1 + "/desk/:node/settings/affairs":             {who: "ct", body: `{"finance":"monthly","welfare":"quarterly","days":10,"revision":0}`},
	}
}

// affair is a published item with a photo and a question; where a review is asked for, it waits for one. Whoever entered it is not whose turn
// it is.
func (c *crowd) affair(t *testing.T, address string) []string {
	t.Helper()
	now := c.h.Clock.Now()
	picture := ids.New(now)
	must(t, c.h.Photos.Put(t.Context(), picture, photo.Thumb, []byte("not looked at")))
	entrant, reviewer := c.people['s'][(c.turn+1)%each].actor, c.people['b'][0].actor
	i, err := c.h.Affairs.EnterItem(t.Context(), entrant, disclosure.EnterItem{
		ID: disclosure.ItemID(ids.New(now)), Community: demo.HomeCommunity, Kind: disclosure.Welfare, Period: "2026-Q3",
		Content: disclosure.Content{Title: "慰问", Body: "名册", Photos: []deliberation.PhotoID{deliberation.PhotoID(picture)}},
	})
	must(t, err)
	fill := []string{":item", string(i.ID), ":photo", picture, ":version", "1"}
	if strings.Contains(address, "/review") {
		return fill
	}
	_, err = c.h.Affairs.ReviewItem(t.Context(), reviewer, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	must(t, err)
	q, err := c.h.Affairs.AskQuestion(t.Context(), c.people['n'][0].actor, disclosure.AskQuestion{
		ID: disclosure.QuestionID(ids.New(now)), Item: i.ID, Text: "几户？",
	})
	must(t, err)
	return append(fill, ":question", string(q.ID))
}
