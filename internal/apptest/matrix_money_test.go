package apptest_test

import (
	"strings"
	"testing"

	"jushou/deliberation"
	"jushou/internal/app/demo"
	"jushou/internal/calendar"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/projects/ledger"
)

func moneyWays() map[string]way {
	const (
		sees   = "scbtv"
		sets   = "ct"
		drafts = "scbt"
		v1     = "/api/v1"
		fund   = "token=:new&name=自治金&purpose=微项目&year=2026&cap=1,000.00&source_kind=town&source_name=镇&source_parts=1"
	)
	return map[string]way{
		"GET /open/c/:community/money":            {who: everybody},
		"GET /open/c/:community/money/table.xlsx": {who: everybody},
		"GET /open/town/:town/money":              {who: everybody},
		"GET /open/town/:town/money/table.xlsx":   {who: everybody},
		"GET /open/money/:fund":                   {who: everybody},

		"GET /desk/c/:community/money":       {who: sees},
		"GET /desk/c/:community/money/new":   {who: sets},
		"POST /desk/c/:community/money/new":  {who: sets, body: fund},
		"GET /desk/c/:community/money/check": {who: sees},
		"GET /desk/town/:town/money":         {who: "t"},
		"GET /desk/town/:town/money/new":     {who: "t"},
		"POST /desk/town/:town/money/new":    {who: "t", body: fund},
		"GET /desk/town/:town/money/check":   {who: "t"},
		"GET /desk/money/:fund":              {who: sees},
		"POST /desk/money/:fund/cap":         {who: sets, body: "cap=2,000.00&reason=追加&seen=1"},
		"GET /desk/money/:fund/draft":        {who: drafts},
		"POST /desk/money/:fund/draft":       {who: drafts, body: "token=:new&kind=receive&source=1&amount=1.00&purpose=到账&date=2026-11-01&photo=:new"},

		"GET /desk/money/:fund/vouchers/:voucher":                        {who: sees},
		"POST /desk/money/:fund/vouchers/:voucher":                       {who: sets, body: "verdict=approve"},
		"GET /desk/money/:fund/vouchers/:voucher/photos/:photo/:variant": {who: sees},

		"GET " + v1 + "/open/communities/:community/money":                    {who: everybody},
		"GET " + v1 + "/open/communities/:community/money/table":              {who: everybody},
		"GET " + v1 + "/funds/:fund":                                          {who: everybody},
		"GET " + v1 + "/desk/:node/money":                                     {who: sees},
		"GET " + v1 + "/desk/:node/money/check":                               {who: sees},
		"POST " + v1 + "/desk/:node/money/funds":                              {who: sets, body: `{"id":":new","name":"自治金","purpose":"微项目","year":2026,"cap_fen":1000,"sources":[{"kind":"town","name":"镇","parts":1}]}`},
		"PUT " + v1 + "/funds/:fund/cap":                                      {who: sets, body: `{"cap_fen":200000,"reason":"追加","seen":1}`},
		"GET " + v1 + "/funds/:fund/vouchers":                                 {who: sees},
		"POST " + v1 + "/funds/:fund/vouchers":                                {who: drafts, body: `{"id":":new","kind":"receive","source":1,"fen":100,"purpose":"到账","date":"2026-11-01","photos":[":new"]}`},
		"GET " + v1 + "/funds/:fund/vouchers/:voucher":                        {who: sees},
		"POST " + v1 + "/funds/:fund/vouchers/:voucher/decision":              {who: sets, body: `{"verdict":"approve"}`},
		"GET " + v1 + "/funds/:fund/vouchers/:voucher/photos/:photo/:variant": {who: sees},
	}
}

// fund is one of the home community with a voucher that waits, drafted by a branch of which nobody here is.
func (c *crowd) fund(t *testing.T, address string) []string {
	t.Helper()
	if !strings.Contains(address, ":fund") {
		return nil
	}
	now := c.h.Clock.Now()
	picture := ids.New(now)
	must(t, c.h.Photos.Put(t.Context(), picture, photo.Thumb, []byte("not looked at")))
	f, err := c.h.Ledger.SetFund(t.Context(), c.people['c'][(c.turn+1)%each].actor, ledger.SetFund{
		ID: ledger.FundID(ids.New(now)), Node: demo.HomeCommunity, Terms: ledger.Terms{
			Name: "自治金", Purpose: "微项目", Year: calendar.DateOf(now).Year, Cap: 100_000, Sources: []ledger.Source{{Kind: ledger.FromTown, Name: "镇", Parts: 1}},
		},
	})
	must(t, err)
	_, e, err := c.h.Ledger.DraftVoucher(t.Context(), c.people['s'][(c.turn+1)%each].actor, ledger.DraftVoucher{Fund: f.ID, Entry: ledger.EntryID(ids.New(now)), Draft: ledger.Draft{
		Kind: ledger.Receive, Source: 1, Fen: 100, Purpose: "到账", Date: calendar.DateOf(now), Papers: []deliberation.PhotoID{deliberation.PhotoID(picture)},
	}})
	must(t, err)
	return []string{":fund", string(f.ID), ":voucher", string(e.ID), ":photo", picture}
}
