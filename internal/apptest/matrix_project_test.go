package apptest_test

import (
	"strings"
	"testing"

	"jushou/internal/app/demo"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/projects"
	"jushou/projects/preset"
)

const (
	proposers  = "nascbql" // propose, write for what they lead
	supporters = "na"      // endorse, object, propose too
	handed     = "bql"     // raise a hand
)

// projectWays are the addresses of small projects. The project that is laid waits for its check, so a step of a later stage
// is told to whoever may take it that it is too early, and to others that they may not.
func projectWays() map[string]way {
	const c, one = "/desk/c/:community/projects", "/desk/c/:community/projects/:project"
	return map[string]way{
		"GET /open/c/:community/projects":        {who: everybody},
		"GET /desk/c/:community/budget":          {who: office},
		"GET /desk/c/:community/budget/new":      {who: office},
		"POST /desk/c/:community/budget":         {who: office, body: "token=:new&question=先做哪件&money=100&rule=greedy"},
		"GET /desk/c/:community/budget/:round":   {who: nobody}, // none has been planned
		"GET /c/:community/projects":             {who: members},
		"GET /c/:community/projects/new":         {who: proposers},
		"POST /c/:community/projects":            {who: proposers, body: "token=:new&preset=jushou&title=晾衣架&need=没处晒被子&class=works"},
		"GET /me/projects":                       {who: known},
		"GET /p/:project":                        {who: members},
		"GET /p/:project/edit":                   {who: members}, // leads back to the project
		"POST /p/:project/edit":                  {who: "a", body: "seen=1&title=晾衣架&need=没处晒&class=works"},
		"POST /p/:project/submit":                {who: "a"},
		"POST /p/:project/withdraw":              {who: "a", body: "reason=不要了"},
		"POST /p/:project/join":                  {who: supporters, body: "token=:new"},
		"POST /p/:project/unjoin":                {who: nobody}, // nobody has joined
		"POST /p/:project/partner":               {who: nobody, body: "partner=none&yes=1"},
		"POST /p/:project/endorse":               {who: supporters, body: "on=1"},
		"POST /p/:project/hand":                  {who: handed, body: "token=:new&bring=出力"},
		"POST /p/:project/lower":                 {who: nobody, body: "hand=none&reason=人手不够"},
		"POST /p/:project/leave":                 {who: proposers, body: "reason=调走了"},
		"POST /p/:project/plan":                  {who: proposers, body: "seen=1&plan=铺砖&what=砖&amount=100"},
		"POST /p/:project/put":                   {who: proposers},
		"POST /p/:project/paper":                 {who: nobody, file: "not a photo"}, // the preset asks for none
		"GET /p/:project/papers/:photo/:variant": {who: nobody},                      // no paper has been attached
		"GET /p/:project/photos/:photo/:variant": {who: nobody},                      // it has no photo
		"POST /p/:project/object":                {who: supporters, body: "token=:new&text=太吵"},

		"POST /p/:project/follow":                     {who: members, body: "on=1"},
		"POST /p/:project/permit":                     {who: proposers, body: "permit=无&note=沪建1号&date=2026-01-01"},
		"POST /p/:project/milestones":                 {who: proposers, body: "seen=0&n=&name=路基&due=2026-12-30&cost=1"},
		"POST /p/:project/start":                      {who: proposers},
		"POST /p/:project/reach":                      {who: proposers, body: "milestone=1&date=2026-01-01&cost=0"},
		"POST /p/:project/confirm":                    {who: supporters, body: "milestone=1&holds=1&words=好"},
		"POST /p/:project/vary":                       {who: proposers, body: "token=:new&what=换石板&why=断货"},
		"POST /p/:project/unvary":                     {who: nobody, body: "variation=none"},
		"POST /p/:project/supervise":                  {who: supporters, body: "token=:new"},
		"POST /p/:project/unsupervise":                {who: nobody}, // nobody has offered
		"POST /p/:project/finish":                     {who: proposers},
		"POST /p/:project/news":                       {who: proposers, body: "token=:new&text=开工了"},
		"GET /p/:project/news":                        {who: members},
		"POST /p/:project/news/:news/hide":            {who: nobody, body: "hide=1&reason=照片里有人"}, // no news yet
		"GET /p/:project/news/:news/:photo/:variant":  {who: nobody},
		"POST " + one + "/variation":                  {who: "c", body: "variation=none&yes=1"},
		"POST " + one + "/supervisor":                 {who: nobody, body: "supervisor=none&yes=1"},
		"GET /open/c/:community/showroom":             {who: everybody},
		"GET /open/town/:town/showroom":               {who: everybody},
		"GET /open/p/:project/story":                  {who: nobody}, // not finished
		"GET /open/p/:project/photos/:photo/:variant": {who: nobody},
		"GET /p/:project/defects/:photo/:variant":     {who: nobody}, // no defect has a photo
		"POST /p/:project/volunteer":                  {who: supporters, body: "token=:new&on=1"},
		"POST /p/:project/accept":                     {who: proposers, body: "token=:new&text=好"},
		"POST /p/:project/reject":                     {who: proposers, body: "token=:new&text=不平"},
		"POST /p/:project/defect":                     {who: proposers, body: "token=:new&text=不平"},
		"POST /p/:project/mend":                       {who: proposers, body: "defect=none&text=改了"},
		"POST /p/:project/verify":                     {who: proposers, body: "defect=none&mended=1"},
		"POST /p/:project/standdown":                  {who: nobody, body: "reason=出差"},
		"POST /p/:project/rate":                       {who: supporters, body: "token=:new&stars-quality=5&stars-use=5&stars-open=5&stars-money=5"},
		"POST /p/:project/reply":                      {who: proposers, body: "text=谢谢"},
		"POST /p/:project/statement":                  {who: proposers, body: "seen=0&text=省了"},

		"POST " + one + "/rep":       {who: "c", body: "rep=none"},
		"POST " + one + "/unrep":     {who: "c", body: "rep=none&reason=不来"},
		"POST " + one + "/rework":    {who: "c", body: "reason=没干完"},
		"POST " + one + "/mend":      {who: office, body: "defect=none&text=改了"},
		"POST " + one + "/said":      {who: office, body: "mark=none&reason=难听"},
		"POST " + one + "/reply":     {who: office, body: "text=谢谢"},
		"POST " + one + "/rated":     {who: office},
		"POST " + one + "/statement": {who: office, body: "seen=0&text=省了"},
		"POST " + one + "/unstate":   {who: office, body: "reason=少发票"},
		"POST " + one + "/close":     {who: office, body: "seen=1"},

		"GET " + c:                   {who: office},
		"GET " + one:                 {who: office},
		"POST " + one + "/pass":      {who: office},
		"POST " + one + "/return":    {who: office, body: "reason=写清楚"},
		"POST " + one + "/refuse":    {who: office, body: "exclusion=duplicate&reason=在做了"},
		"POST " + one + "/choose":    {who: "c", body: "hand=none&reason=合适"},
		"POST " + one + "/replace":   {who: "c", body: "hand=none&reason=合适"},
		"POST " + one + "/plan":      {who: office, body: "seen=1&plan=铺砖&what=砖&amount=100"},
		"POST " + one + "/put":       {who: office},
		"POST " + one + "/poll":      {who: nobody, body: "poll=none"}, // no such poll
		"POST " + one + "/decide":    {who: "c", body: "approved=1&minutes=同意"},
		"POST " + one + "/back":      {who: "c", body: "reason=重做"},
		"POST " + one + "/publish":   {who: office},
		"POST " + one + "/answer":    {who: office, body: "objection=none&answer=好"},
		"POST " + one + "/amend":     {who: office, body: "seen=1&plan=铺砖&what=砖&amount=100&reason=改"},
		"POST " + one + "/establish": {who: "c"},
		"POST " + one + "/cancel":    {who: "c", body: "reason=不办了"},
	}
}

// carry lays a project of the author's that waits for its check.
func (c *crowd) carry(t *testing.T, author identity.Actor, address string) []string {
	t.Helper()
	if !strings.Contains(address, ":project") {
		return []string{":preset", "jushou"}
	}
	p, err := c.h.Projects.Propose(t.Context(), author, projects.Propose{
		ID: projects.ID(ids.New(c.h.Clock.Now())), Community: demo.HomeCommunity, Preset: "jushou", Submit: true,
		Draft: projects.Draft{Title: "晾衣架", Need: "没处晒被子", Class: preset.Works},
	})
	must(t, err)
	return []string{":project", string(p.ID)}
}
