package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/app/demo"
	"jushou/internal/ids"
)

const (
	speakers = "nabql" // argue, propose, ask, comment on clauses
	holders  = "sc"    // facilitate, keep covenants
	passers  = "sct"   // confirm an adoption
)

// hallWays are the addresses of deliberations, days of questions and covenants.
func hallWays() map[string]way {
	const c = "/desk/c/:community"
	all := map[string]way{
		"GET /c/:community/hall":                                   {who: members},
		"GET /hall/:hall":                                          {who: members},
		"POST /hall/:hall/options":                                 {who: speakers + holders, body: "token=:new&text=借操场 :new"},
		"GET /hall/:hall/o/:option":                                {who: members},
		"POST /hall/:hall/o/:option":                               {who: speakers, body: "token=:new&side=for&body=好"},
		"POST /hall/:hall/arguments/:argument/support":             {who: speakers, body: "option=:option&on=1"},
		"GET /hall/:hall/drafts/:draft":                            {who: members},
		"GET /day/:day":                                            {who: members},
		"POST /day/:day/questions":                                 {who: speakers, body: "token=:new&body=什么时候修"},
		"POST /day/:day/questions/:question/join":                  {who: speakers, body: "on=1"},
		"GET /c/:community/covenants":                              {who: members},
		"GET /covenant/:covenant":                                  {who: members},
		"GET /covenant/:covenant/e/:edition":                       {who: members},
		"POST /covenant/:covenant/e/:edition":                      {who: speakers, body: "token=:new&body=好"},
		"GET " + c + "/hall":                                       {who: holders},
		"GET " + c + "/hall/new":                                   {who: holders},
		"POST " + c + "/hall":                                      {who: holders, body: "token=:new&question=问&options=甲%0A乙&ends=2026-12-20T20:00"},
		"GET " + c + "/hall/:hall":                                 {who: holders},
		"POST " + c + "/hall/:hall/arguments/:argument":            {who: holders, body: "hide=1&reason=广告"},
		"GET " + c + "/days/new":                                   {who: holders},
		"POST " + c + "/days":                                      {who: holders, body: "token=:new&title=议事日"},
		"GET " + c + "/days/:day":                                  {who: holders},
		"POST " + c + "/days/:day/close":                           {who: holders, body: "summary=好"},
		"POST " + c + "/days/:day/cancel":                          {who: holders, body: "reason=改期"},
		"POST " + c + "/days/:day/questions/:question/answer":      {who: holders, body: "token=:new&body=明天修"},
		"POST " + c + "/days/:day/questions/:question/hide":        {who: holders, body: "hide=1&reason=广告"},
		"GET " + c + "/covenants":                                  {who: passers},
		"POST " + c + "/covenants":                                 {who: holders, body: "token=:new&title=公约&clause=&heading=&text=第一条"},
		"GET " + c + "/covenants/new":                              {who: holders},
		"GET " + c + "/covenants/:covenant":                        {who: passers},
		"POST " + c + "/covenants/:covenant/remarks/:remark/reply": {who: holders, body: "taken=1&why=好"},
		"POST " + c + "/covenants/:covenant/remarks/:remark/hide":  {who: holders, body: "hide=1&reason=广告"},
	}
	for step, body := range map[string]string{
		"round": "token=:new&round=1&agreed=好&next=over", "extend": "ends=2026-12-20T20:00&reason=多听听", "reopen": "ends=2026-12-20T20:00", "pause": "until=2026-11-19T20:00&reason=歇歇",
		"resume": "", "propose": "token=:new&text=甲案", "clear": "option=:option&take=1", "draft": "base=1&body=第二稿", "fact": "label=车位&value=八十",
		"decide": "kind=refused&text=不办&reason=没地方", "report": "token=:new&body=办好了", "drop": "reason=重复",
	} {
		all["POST "+c+"/hall/:hall/"+step] = way{who: holders, body: body}
	}
	for step, body := range map[string]string{
		"edit": "edition=1&clause=&heading=&text=改", "open": "edition=1&until=2026-12-01T20:00", "revise": "edition=1&clause=&heading=&text=改", "legal": "edition=1&who=律师&legal=可以",
		"adopt": "edition=1&what=会", "file": "edition=1&with=镇", "amend": "edition=1", "drop": "edition=1&reason=不要了",
	} {
		all["POST "+c+"/covenants/:covenant/"+step] = way{who: holders, body: body}
	}
	all["POST "+c+"/covenants/:covenant/confirm"] = way{who: passers, body: "edition=1"}
	all["POST "+c+"/covenants/:covenant/back"] = way{who: passers, body: "edition=1&reason=不对"}
	return all
}

// talk lays a deliberation with an argument and a draft, a day with a question, and a covenant open for comments with one.
func (c *crowd) talk(t *testing.T, address string) []string {
	t.Helper()
	var laid []string
	ctx, now := t.Context(), c.h.Clock.Now()
	staff, neighbour := c.people['s'][0].actor, c.people['n'][0].actor
	if strings.Contains(address, ":hall") || strings.Contains(address, ":argument") {
		x, err := c.h.Halls.OpenSession(ctx, staff, hall.OpenSession{
			ID: hall.SessionID(ids.New(now)), Community: demo.HomeCommunity, Question: "怎么停车", Options: []string{"轮流", "先到先得"}, Ends: now.Add(72 * time.Hour),
		})
		must(t, err)
		a, err := c.h.Halls.Argue(ctx, neighbour, hall.Argue{ID: hall.ArgumentID(ids.New(now)), Session: x.ID, Option: x.Options[0].ID, Side: hall.For, Body: "公平"})
		must(t, err)
		_, err = c.h.Halls.WriteDraft(ctx, staff, hall.WriteDraft{Session: x.ID, Body: "第一稿"})
		must(t, err)
		laid = append(laid, ":hall", string(x.ID), ":option", x.Options[0].ID, ":round", "1", ":argument", string(a.ID), ":draft", "1")
	}
	if strings.Contains(address, ":day") || strings.Contains(address, ":question") {
		laid = append(laid, c.day(t)...)
	}
	if strings.Contains(address, ":covenant") || strings.Contains(address, ":remark") {
		v, err := c.h.Covenants.DraftCovenant(ctx, staff, covenant.DraftCovenant{
			ID: covenant.ID(ids.New(now)), Community: demo.HomeCommunity, Title: "养宠公约", Clauses: []covenant.Clause{{Body: "牵绳。"}},
		})
		must(t, err)
		_, err = c.h.Covenants.OpenComments(ctx, staff, v.ID, 1, now.Add(72*time.Hour))
		must(t, err)
		r, err := c.h.Covenants.CommentClause(ctx, neighbour, covenant.CommentClause{ID: covenant.CommentID(ids.New(now)), Covenant: v.ID, Edition: 1, Body: "好"})
		must(t, err)
		laid = append(laid, ":covenant", string(v.ID), ":edition", "1", ":remark", string(r.ID))
	}
	return laid
}

// day lays a day that begins in a moment, and a question that the demo's neighbours asked on the past one.
func (c *crowd) day(t *testing.T) []string {
	t.Helper()
	days, _, err := c.h.Halls.Days(t.Context(), c.people['s'][0].actor, demo.HomeCommunity, "")
	must(t, err)
	for _, d := range days {
		asked, _, err := c.h.Halls.Questions(t.Context(), c.people['s'][0].actor, d.ID, false, "")
		must(t, err)
		if len(asked) > 0 {
			return []string{":day", string(d.ID), ":question", string(asked[0].ID)}
		}
	}
	t.Fatal("the demo has no day with questions")
	return nil
}

// hallAPIWays are the same by the API.
func hallAPIWays() map[string]way {
	return map[string]way{
		"GET /api/v1/communities/:community/halls":                            {who: members},
		"GET /api/v1/halls/:hall":                                             {who: members},
		"GET /api/v1/halls/:hall/drafts/:draft":                               {who: members},
		"GET /api/v1/halls/:hall/options/:option/arguments":                   {who: members},
		"POST /api/v1/halls/:hall/options/:option/arguments":                  {who: speakers, body: `{"id":":new","side":"for","body":"好"}`},
		"PUT /api/v1/arguments/:argument/support":                             {who: speakers},
		"DELETE /api/v1/arguments/:argument/support":                          {who: speakers},
		"POST /api/v1/arguments/:argument/hide":                               {who: holders, body: `{"hide":true,"reason":"广告"}`},
		"POST /api/v1/halls/:hall/options":                                    {who: speakers + holders, body: `{"id":":new","text":"借操场 :new"}`},
		"POST /api/v1/halls/:hall/options/:option/decision":                   {who: holders, body: `{"take":true}`},
		"POST /api/v1/desk/:node/halls":                                       {who: holders, body: `{"id":":new","question":"问","options":["甲","乙"],"ends":"2026-12-20T12:00:00Z"}`},
		"POST /api/v1/halls/:hall/rounds/:round/summary":                      {who: holders, body: `{"id":":new","agreed":"好"}`},
		"POST /api/v1/halls/:hall/rounds":                                     {who: holders, body: `{"ends":"2026-12-20T12:00:00Z"}`},
		"POST /api/v1/halls/:hall/extension":                                  {who: holders, body: `{"ends":"2026-12-20T12:00:00Z","reason":"多听听"}`},
		"POST /api/v1/halls/:hall/pause":                                      {who: holders, body: `{"until":"2026-11-19T12:00:00Z","reason":"歇歇"}`},
		"DELETE /api/v1/halls/:hall/pause":                                    {who: holders},
		"PUT /api/v1/halls/:hall/facts":                                       {who: holders, body: `{"label":"车位","value":"八十"}`},
		"POST /api/v1/halls/:hall/drafts":                                     {who: holders, body: `{"base":1,"body":"第二稿"}`},
		"PUT /api/v1/halls/:hall/outcome":                                     {who: holders, body: `{"kind":"refused","text":"不办"}`},
		"POST /api/v1/halls/:hall/reports":                                    {who: holders, body: `{"id":":new","body":"办好了"}`},
		"POST /api/v1/halls/:hall/drop":                                       {who: holders, body: `{"reason":"重复"}`},
		"GET /api/v1/communities/:community/days":                             {who: members},
		"GET /api/v1/days/:day":                                               {who: members},
		"GET /api/v1/days/:day/questions":                                     {who: members},
		"POST /api/v1/days/:day/questions":                                    {who: speakers, body: `{"id":":new","body":"什么时候修"}`},
		"PUT /api/v1/questions/:question/join":                                {who: speakers},
		"DELETE /api/v1/questions/:question/join":                             {who: speakers},
		"POST /api/v1/questions/:question/answer":                             {who: holders, body: `{"id":":new","body":"明天修"}`},
		"POST /api/v1/questions/:question/hide":                               {who: holders, body: `{"hide":true,"reason":"广告"}`},
		"POST /api/v1/desk/:node/days":                                        {who: holders, body: `{"id":":new","title":"议事日","from":"2026-12-20T12:00:00Z","to":"2026-12-20T14:00:00Z","answerers":[]}`},
		"POST /api/v1/days/:day/summary":                                      {who: holders, body: `{"summary":"好"}`},
		"POST /api/v1/days/:day/cancel":                                       {who: holders, body: `{"reason":"改期"}`},
		"GET /api/v1/communities/:community/covenants":                        {who: members},
		"GET /api/v1/covenants/:covenant":                                     {who: members},
		"GET /api/v1/covenants/:covenant/editions/:edition":                   {who: members},
		"GET /api/v1/covenants/:covenant/editions/:edition/comments":          {who: members},
		"POST /api/v1/covenants/:covenant/editions/:edition/comments":         {who: speakers, body: `{"id":":new","body":"好"}`},
		"POST /api/v1/desk/:node/covenants":                                   {who: holders, body: `{"id":":new","title":"公约","clauses":[{"body":"第一条"}]}`},
		"PUT /api/v1/covenants/:covenant/editions/:edition":                   {who: holders, body: `{"clauses":[{"body":"改"}]}`},
		"POST /api/v1/covenants/:covenant/editions/:edition/open":             {who: holders, body: `{"until":"2026-12-20T12:00:00Z"}`},
		"POST /api/v1/covenants/:covenant/editions/:edition/revision":         {who: holders, body: `{"clauses":[{"body":"改"}]}`},
		"PUT /api/v1/covenants/:covenant/editions/:edition/legal":             {who: holders, body: `{"who":"律师","note":"可以"}`},
		"PUT /api/v1/covenants/:covenant/editions/:edition/adoption":          {who: holders, body: `{"what":"会","rule":"过半","result":"过","held_at":"2026-11-01T12:00:00Z"}`},
		"POST /api/v1/covenants/:covenant/editions/:edition/adoption/confirm": {who: passers},
		"POST /api/v1/covenants/:covenant/editions/:edition/adoption/return":  {who: passers, body: `{"reason":"不对"}`},
		"PUT /api/v1/covenants/:covenant/editions/:edition/filing":            {who: holders, body: `{"with":"镇","on":"2026-11-01T12:00:00Z"}`},
		"POST /api/v1/covenants/:covenant/editions/:edition/amendment":        {who: holders},
		"POST /api/v1/covenants/:covenant/editions/:edition/drop":             {who: holders, body: `{"reason":"不要了"}`},
		"POST /api/v1/remarks/:remark/reply":                                  {who: holders, body: `{"taken":true,"why":"好"}`},
		"POST /api/v1/remarks/:remark/hide":                                   {who: holders, body: `{"hide":true,"reason":"广告"}`},
	}
}
