package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/deliberation/room"
	"jushou/internal/app/demo"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/ids"
)

// attendants are residents: they say what they think and come to listen.
const attendants = "na"

// meetingAPIWays are the addresses of meetings for programs. The ground is a hearing to which greening is invited, as far on as
// the address needs, with a task of greening.
func meetingAPIWays() map[string]way {
	const c, x, task = "/api/v1/communities/:community", "/api/v1/meetings/:meeting", "/api/v1/meeting-tasks/:task"
	return map[string]way{
		"GET " + c + "/meetings":       {who: members},
		"GET " + c + "/meeting-guests": {who: keepers},
		"POST " + c + "/meetings": {who: keepers, body: `{"id":":new","kind":"joint","title":"东门停车","purpose":"一家办不了","starts_at":"2026-11-24T10:00:00+08:00",` +
			`"where":"居委会","agenda":[{"text":"怎么划"}],"invite":{"units":["dept:greening"]}}`},
		"GET " + x:                                    {who: members},
		"POST " + x + "/guests":                       {who: keepers, body: `{"others":["业主代表 :new"]}`},
		"POST " + x + "/replies":                      {who: "d", body: `{"guest":0,"reply":"declined","reason":"有台风"}`},
		"POST " + x + "/announce":                     {who: keepers},
		"POST " + x + "/postpone":                     {who: keepers, body: `{"was":":starts","reason":"修水管"}`},
		"POST " + x + "/cancel":                       {who: keepers, body: `{"reason":"谈好了"}`},
		"PUT " + x + "/presence":                      {who: keepers, body: `{"guests":[0],"headcount":9}`},
		"POST " + x + "/minutes":                      {who: keepers, body: `{"seen":0,"summary":"同意","outcomes":[{"words":"划八个"}]}`},
		"POST " + x + "/confirm":                      {who: keepers, body: `{"version":1}`},
		"POST " + x + "/return":                       {who: keepers, body: `{"version":1,"reason":"再写"}`},
		"POST " + x + "/publish":                      {who: keepers, body: `{"version":1}`},
		"PUT " + x + "/seat":                          {who: attendants},
		"DELETE " + x + "/seat":                       {who: attendants},
		"GET " + x + "/opinions":                      {who: members},
		"POST " + x + "/opinions":                     {who: attendants, body: `{"id":":new","text":"留一条道"}`},
		"GET " + c + "/meeting-tasks":                 {who: members},
		"GET " + task:                                 {who: members},
		"POST " + task + "/reports":                   {who: "d", body: `{"id":":new","text":"周四移"}`},
		"POST " + task + "/later":                     {who: "d", body: `{"to":"2026-12-18","reason":"下雨"}`},
		"POST " + task + "/later/decision":            {who: "ct", body: `{"grant":false,"reason":"不行"}`},
		"GET /api/v1/desk/:town/meetings":             {who: "td"},
		"POST /api/v1/meeting-opinions/:opinion/hide": {who: keepers, body: `{"reason":"广告"}`},
	}
}

// meetingWays are their pages.
func meetingWays() map[string]way {
	const c, x, task = "/desk/c/:community/meetings", "/desk/m/:meeting", "/desk/mt/:task"
	return map[string]way{
		"GET /c/:community/meetings":      {who: members},
		"GET /meeting/:meeting":           {who: members},
		"POST /meeting/:meeting/opinions": {who: attendants, body: "token=:new&text=留一条道"},
		"POST /meeting/:meeting/seat":     {who: attendants, body: "comes=1"},
		"POST /meeting/:meeting/reply":    {who: "d", body: "guest=0&reply=declined&reason=有台风"},
		"GET " + c:                        {who: roles},
		"GET " + c + "/new":               {who: keepers},
		"POST " + c:                       {who: keepers, body: "token=:new&kind=joint&title=东门停车&purpose=一家办不了&starts_at=2026-11-24T10:00&where=居委会&agenda=怎么划&unit=dept:greening"},
		"GET /desk/town/:town/meetings":   {who: "td"},
		"GET " + x:                        {who: roles},
		"POST " + x + "/announce":         {who: keepers},
		"POST " + x + "/invite":           {who: keepers, body: "others=业主代表 :new"},
		"POST " + x + "/reply":            {who: "d", body: "guest=0&reply=declined&reason=有台风"},
		"POST " + x + "/postpone":         {who: keepers, body: "reason=修水管"},
		"POST " + x + "/cancel":           {who: keepers, body: "reason=谈好了"},
		"POST " + x + "/presence":         {who: keepers, body: "present=0&headcount=9"},
		"GET " + x + "/minutes":           {who: keepers},
		"POST " + x + "/minutes":          {who: keepers, body: "seen=0&summary=同意&outcome_0=划八个"},
		"POST " + x + "/confirm":          {who: keepers, body: "version=1"},
		"POST " + x + "/return":           {who: keepers, body: "version=1&reason=再写"},
		"POST " + x + "/publish":          {who: keepers, body: "version=1"},
		"POST " + x + "/hide":             {who: keepers, body: "opinion=:opinion&reason=广告"},
		"GET " + task:                     {who: roles},
		"POST " + task + "/reports":       {who: "d", body: "token=:new&text=周四移"},
		"POST " + task + "/later":         {who: "d", body: "to=2026-12-18&reason=下雨"},
		"POST " + task + "/decide":        {who: "ct", body: "grant=0&note=不行"},
	}
}

// meetingStage says how far a meeting has to be for an address: all before it is done.
func meetingStage(address string) int {
	const announced, held, drafted, confirmed, published = 1, 2, 3, 4, 5
	for part, stage := range map[string]int{
		"/announce": 0, "/presence": held, "/minutes": held, "/confirm": drafted, "/return": drafted, "/publish": confirmed, ":task": published,
	} {
		if strings.Contains(address, part) {
			return stage
		}
	}
	return announced
}

// meeting lays a hearing: that of a stage before it is held is in some days, the others were some days ago.
func (c *crowd) meeting(t *testing.T, address string) []string {
	t.Helper()
	if !strings.Contains(address, ":meeting") && !strings.Contains(address, ":task") && !strings.Contains(address, ":opinion") {
		return nil
	}
	days, err := calendar.China()
	must(t, err)
	stage, when := meetingStage(address), clock.Standing(c.h.Clock.Now())
	if stage > 1 {
		when.Set(when.Now().AddDate(0, 0, -6))
	}
	s := meeting.New(meeting.Deps{
		Ground:      room.Ground{Store: c.h.Store, Clock: when, Directory: c.h.Directory, Topics: c.h.Topics},
		Departments: c.h.Catalogue, Calendar: days, Screener: deliberation.SampleWords(),
	})
	staff, writer, secretary := c.people['s'][0].actor, c.people['s'][(c.turn+1)%each].actor, c.people['c'][0].actor // whose turn it is has written nothing
	starts := when.Now().AddDate(0, 0, 5).Truncate(time.Minute)
	made, err := s.CallMeeting(t.Context(), staff, meeting.Call{
		ID: meeting.ID(ids.New(when.Now())), Community: demo.HomeCommunity, Kind: meeting.Hearing, Title: "东门停车", Purpose: "先听大家的", StartsAt: starts,
		Where: "居委会", Agenda: []meeting.Item{{Text: "怎么划"}}, Invite: meeting.Whom{Units: []string{"dept:greening"}}, Seats: 50,
	})
	must(t, err)
	fill := []string{":meeting", string(made.ID), ":starts", starts.UTC().Format(time.RFC3339), ":task", string(made.ID) + "-1"}
	for i, step := range []func() error{
		func() error { _, err := s.AnnounceMeeting(t.Context(), staff, made.ID); return err },
		func() error {
			if strings.Contains(address, "/presence") {
				return nil
			}
			when.Set(starts.Add(time.Hour))
			_, err := s.HoldMeeting(t.Context(), staff, made.ID, meeting.Presence{Headcount: 9})
			return err
		},
		func() error {
			_, err := s.WriteMinutes(t.Context(), writer, meeting.WriteMinutes{
				Meeting: made.ID, Summary: "同意", Outcomes: []meeting.Outcome{{Words: "划八个"}},
				Decisions: []meeting.DecisionForm{{What: "移树", Unit: "dept:greening", Days: 10}},
			})
			return err
		},
		func() error { _, err := s.ConfirmMinutes(t.Context(), secretary, made.ID, 1); return err },
		func() error { _, err := s.PublishMinutes(t.Context(), staff, made.ID, 1); return err },
	} {
		if i < stage {
			must(t, step())
		}
	}
	if strings.Contains(address, ":task") {
		c.tasks(t, s, made.ID, strings.Contains(address, "deci"))
	}
	if strings.Contains(address, ":opinion") || strings.HasSuffix(address, "/hide") {
		o, err := s.GiveOpinion(t.Context(), c.people['n'][0].actor, meeting.GiveOpinion{ID: meeting.OpinionID(ids.New(when.Now())), Meeting: made.ID, Text: "留一条道"})
		must(t, err)
		fill = append(fill, ":opinion", string(o.ID))
	}
	return fill
}

// tasks opens the tasks of a meeting without waiting for the relay, and lets greening ask for a later day.
func (c *crowd) tasks(t *testing.T, s *meeting.Service, id meeting.ID, later bool) {
	t.Helper()
	must(t, s.OpenTasksOf(t.Context(), id))
	if later {
		_, err := s.AskLater(t.Context(), c.people['d'][0].actor, meeting.AskLater{Task: meeting.TaskID(string(id) + "-1"), To: calendar.Date{Year: 2026, Month: 12, Day: 18}, Reason: "下雨"})
		must(t, err)
	}
}
