package apptest_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/app/demo"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/photo"
)

// neighbourWays are the addresses of 左邻右舍 and 希望树. The author of the ground has hung up the offer and made the wish, and talks
// with a neighbour who is nobody of the crowd.
func neighbourWays() map[string]way {
	const (
		c, desk = "/c/:community", "/desk/c/:community/neighbours"
		helpers = "na"
		v1      = "/api/v1"
	)
	return map[string]way{
		"GET " + c + "/neighbours":             {who: members},
		"GET " + c + "/neighbours/post":        {who: helpers},
		"POST " + c + "/neighbours/post":       {who: helpers, body: "token=:new&kind=give&side=has&reach=community&body=自行车&days=7"},
		"GET /n/:offer":                        {who: members},
		"GET /n/:offer/photos/:photo/:variant": {who: members},
		"POST /n/:offer/answer":                {who: "n", body: "token=:new&text=我要"},
		"POST /n/:offer/steps":                 {who: "a", body: "step=withdraw"},
		"GET /x/:exchange":                     {who: "a"},
		"POST /x/:exchange/words":              {who: "a", body: "token=:new&text=好的"},
		"POST /x/:exchange/steps":              {who: "a", body: "step=give"},
		"GET /me/neighbours":                   {who: known},
		"POST /me/neighbours/unblock":          {who: known, body: "at=never"},
		"GET " + c + "/wishes":                 {who: members},
		"GET " + c + "/wishes/post":            {who: helpers},
		"POST " + c + "/wishes/post":           {who: helpers, body: "token=:new&body=想学挂号&show=masked&days=30"},
		"GET /wish/:wish":                      {who: members},
		"POST /wish/:wish/adopt":               {who: "nscbql", body: "what=我来教&as=resident&days=7"},
		"POST /wish/:wish/steps":               {who: "asc", body: "step=withdraw"},

		"GET " + v1 + "/communities/:community/offers":         {who: members},
		"POST " + v1 + "/communities/:community/offers":        {who: helpers, body: `{"id":":new","kind":"give","side":"has","reach":"community","body":"自行车","until":"2026-11-25T10:00:00+08:00"}`},
		"GET " + v1 + "/offers/:offer":                         {who: members},
		"POST " + v1 + "/offers/:offer/steps":                  {who: "a", body: `{"step":"withdraw"}`},
		"GET " + v1 + "/offers/:offer/answers":                 {who: "a"},
		"POST " + v1 + "/offers/:offer/answers":                {who: "n", body: `{"id":":new","text":"我要"}`},
		"GET " + v1 + "/talks/:exchange":                       {who: "a"},
		"POST " + v1 + "/talks/:exchange/words":                {who: "a", body: `{"id":":new","text":"好的"}`},
		"POST " + v1 + "/talks/:exchange/steps":                {who: "a", body: `{"step":"give"}`},
		"GET " + v1 + "/me/neighbours":                         {who: known},
		"POST " + v1 + "/me/neighbours/unblock":                {who: known, body: `{"at":"2026-11-20T10:00:00Z"}`},
		"GET " + v1 + "/communities/:community/wishes":         {who: members},
		"POST " + v1 + "/communities/:community/wishes":        {who: helpers, body: `{"id":":new","show":"masked","body":"想学挂号","until":"2026-11-25T10:00:00+08:00"}`},
		"GET " + v1 + "/wishes/:wish":                          {who: members},
		"POST " + v1 + "/wishes/:wish/adoption":                {who: "nscbql", body: `{"as":"resident","what":"我来教","until":"2026-11-25T10:00:00+08:00"}`},
		"POST " + v1 + "/wishes/:wish/steps":                   {who: "asc", body: `{"step":"withdraw"}`},
		"GET " + v1 + "/wishes/:wish/contact":                  {who: nobody}, // nobody has adopted it
		"GET " + v1 + "/desk/:node/neighbours":                 {who: office},
		"POST " + v1 + "/offers/:offer/tending":                {who: office, body: `{"do":"hide","reason":"广告"}`},
		"POST " + v1 + "/desk/:node/talks/:exchange/look":      {who: office, body: `{"why":"核对举报"}`},
		"POST " + v1 + "/desk/:node/talks/:exchange/judgement": {who: office, body: `{"end":false}`},

		"GET " + desk:                         {who: office},
		"GET " + desk + "/wish":               {who: office},
		"POST " + desk + "/wish":              {who: office, body: "token=:new&name=许秀英&consent=上门口头同意&body=想晒太阳&show=masked&days=30"},
		"POST " + desk + "/offers/:offer":     {who: office, body: "do=hide&reason=广告"},
		"POST " + desk + "/x/:exchange":       {who: office, body: "why=核对举报"},
		"POST " + desk + "/x/:exchange/judge": {who: office, body: "do=leave"},
	}
}

// neighbours lays an offer with a photo, a reported talk about it, and a wish. Somebody new makes them, so that nobody's day is
// used up, unless the visitor is to be their author.
func (c *crowd) neighbours(t *testing.T, v visitor, address string) []string {
	t.Helper()
	author := v.actor
	if looksOnly(address) || !slices.ContainsFunc(c.people['a'], func(a visitor) bool { return a.actor.ID == author.ID }) {
		author = c.resident(t)
	}
	ctx, now := t.Context(), c.h.Clock.Now()
	week := now.Add(7 * 24 * time.Hour)
	if strings.Contains(address, ":wish") {
		w, err := c.h.App.Neighbours.HangWish(ctx, author, neighbourhood.HangWish{
			ID: neighbourhood.WishID(ids.New(now)), Community: demo.HomeCommunity, Show: neighbourhood.ShowNobody, Body: "想学挂号", Until: week,
		})
		must(t, err)
		return []string{":wish", string(w.ID)}
	}
	picture := ids.New(now)
	must(t, c.h.Photos.Put(ctx, picture, photo.Thumb, []byte("not looked at")))
	o, err := c.h.App.Neighbours.PostOffer(ctx, author, neighbourhood.PostOffer{
		ID: neighbourhood.OfferID(ids.New(now)), Community: demo.HomeCommunity, Kind: neighbourhood.Give, Side: neighbourhood.Has,
		Reach: neighbourhood.ReachCommunity, Body: "自行车", Photos: []deliberation.PhotoID{deliberation.PhotoID(picture)}, Until: week,
	})
	must(t, err)
	x, err := c.h.App.Neighbours.AnswerOffer(ctx, c.resident(t), neighbourhood.AnswerOffer{ID: ids.New(now), Offer: o.ID, Text: "我要"})
	must(t, err)
	_, err = c.h.App.Neighbours.ReportExchange(ctx, author, x.ID, "说话难听")
	must(t, err)
	return []string{":offer", string(o.ID), ":exchange", string(x.ID), ":photo", picture}
}

// looksOnly reports whether an address shows authors no more than it shows their neighbours.
func looksOnly(address string) bool {
	return strings.HasPrefix(address, "GET ") && (strings.HasSuffix(address, "/:offer") || strings.HasSuffix(address, "/:wish") || strings.Contains(address, ":photo"))
}

// resident is somebody new whom staff have verified.
func (c *crowd) resident(t *testing.T) identity.Actor {
	t.Helper()
	claim := c.claim(t)
	id := identity.AccountID(claim[1])
	must(t, c.h.People.VerifyResident(t.Context(), c.people['c'][0].actor, id, identity.HouseholdID(claim[3])))
	actor, err := c.h.People.Actor(t.Context(), id)
	must(t, err)
	return actor
}
