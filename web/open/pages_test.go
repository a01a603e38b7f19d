package open

import (
	"flag"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/web/view"
	"jushou/web/viewtest"
)

var _ = flag.Bool("update", false, "write the golden pages")

func midnight(month time.Month, d int) time.Time {
	return time.Date(2026, month, d, 0, 0, 0, 0, time.FixedZone("CST", 8*60*60))
}

func last(d time.Time) time.Time { return d.Add(-time.Second) }

// quarter is three periods: a full one, one with few answers, one with too few topics.
func quarter() answersView {
	return answersView{At: viewtest.Now(), Periods: []period{
		{From: midnight(10, 22), Last: last(midnight(11, 21)), Shown: true, Times: true, Topics: 42, Answered: 38, Waiting: 3, Never: 1, Mean: 6 * time.Hour, Median: 3 * time.Hour, P90: 20 * time.Hour},
		{From: midnight(9, 22), Last: last(midnight(10, 22)), Shown: true, Times: true, Topics: 31, Answered: 31, Mean: 14 * time.Hour, Median: 40 * time.Minute, P90: 75 * time.Hour},
		{From: midnight(8, 23), Last: last(midnight(9, 22))},
	}}
}

// steps are three clocks, the last of too few, and two boards, one under its own name.
func steps() clocksView {
	kept := period{Shown: true, Times: true, Topics: 42, Answered: 38, Waiting: 3, Never: 1, Median: 3 * time.Hour, P90: 20 * time.Hour}
	slow := period{Shown: true, Topics: 9, Answered: 3, Never: 6}
	return clocksView{
		Clocks: []clockLine{{"open.clock_response", kept}, {"open.clock_acceptance", slow}, {"open.clock_resolution", period{}}},
		Boards: []boardLine{{Board: "board.nearby", Clocks: []period{kept, slow, {}}}, {Board: "board.property", BoardName: "管家在身边", Clocks: []period{{}, {}, {}}}},
	}
}

// TestBoardsOfTheFiguresAreThoseShown holds the table against the community's own choice and names of boards.
func TestBoardsOfTheFiguresAreThoseShown(t *testing.T) {
	t.Parallel()
	node := community.Node{ID: "luohe", Level: community.LevelCommunity}
	node.Settings.BoardPlan = []community.BoardSetting{{Key: "nearby", On: true, Name: "家门口"}, {Key: "property"}}
	stat := deliberation.ClockStats{Clock: deliberation.ClockResponse, Topics: 7, Answered: 6, Median: time.Hour}
	c := clocksOf(figure{periods: []deliberation.Stats{{
		Clocks: []deliberation.ClockStats{stat},
		Boards: []deliberation.BoardStats{
			{Board: "nearby", Clocks: []deliberation.ClockStats{stat}}, {Board: "property", Clocks: []deliberation.ClockStats{stat}},
		},
	}}}, node)
	if len(c.Boards) != 1 || c.Boards[0].BoardName != "家门口" || c.Boards[0].Clocks[0].Topics != 7 || c.Clocks[0].Median != time.Hour {
		t.Errorf("got %+v", c)
	}
}

func notice() view.TopicCard {
	return view.TopicCard{
		Href: "/t/4", Title: "本周六上午九点，居委会一楼大厅免费量血压", Author: "陈晓芸", Role: "居委干部", Board: "board.notice", At: viewtest.Now().Add(-3 * time.Hour),
	}
}

func TestCommunityPages(t *testing.T) {
	t.Parallel()
	node := community.Node{ID: "luohe", Level: community.LevelCommunity, Name: "罗和第一居民区"}
	full := communityView{ID: "luohe", Notices: []view.TopicCard{notice()}, Answers: quarter(), Clocks: steps(), Rounds: []string{"09:00", "14:00", "20:00"}, Duties: duties(node)}
	stranger := &view.Person{}
	viewtest.Golden(t, "open_community", stranger, CommunityPage(node.Name, viewtest.Shared(t, communityShared(full))))
	slow := full
	slow.Notices, slow.Workdays = nil, true
	slow.Answers.Periods = []period{{From: midnight(10, 22), Last: last(midnight(11, 21)), Shown: true, Topics: 9, Answered: 3, Never: 6}, {}, {}}
	viewtest.Golden(t, "open_community_slow", stranger, CommunityPage(node.Name, viewtest.Shared(t, communityShared(slow))))
	empty := full
	empty.Notices, empty.Answers = nil, answersView{Periods: make([]period, 3)}
	viewtest.Golden(t, "open_community_empty", stranger, CommunityPage(node.Name, viewtest.Shared(t, communityShared(empty))))
}

func TestDistrictPages(t *testing.T) {
	t.Parallel()
	d := districtView{Name: "宝山区", Communities: 4, Towns: []townView{
		{Name: "罗店镇", Communities: []view.Chip{{Text: "罗和第一居民区", Href: "/open/c/1"}, {Text: "美兰湖第二居民区", Href: "/open/c/2"}, {Text: "罗南新村第十三居民区筹备组", Href: "/open/c/3"}}},
		{Name: "月浦镇", Communities: []view.Chip{{Text: "四元路居民区", Href: "/open/c/4"}}},
	}}
	viewtest.Golden(t, "open_district", &view.Person{}, DistrictPage(d))
	viewtest.Golden(t, "open_district_empty", &view.Person{}, DistrictPage(districtView{}))
}

// pages are handlers over the real calendar.
func pages(t *testing.T) *Pages {
	t.Helper()
	days, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	return New(Services{Calendar: days, ConsentVersion: "2026-11"})
}

func TestClockPages(t *testing.T) {
	t.Parallel()
	p := pages(t)
	for name, now := range map[string]time.Time{"open_clock": viewtest.Now(), "open_clock_ends": midnight(12, 31)} {
		c, err := p.clock(now)
		if err != nil {
			t.Fatal(err)
		}
		viewtest.Golden(t, name, &view.Person{}, ClockPage(c))
	}
}

func TestTheExampleFollowsTheCalendar(t *testing.T) {
	t.Parallel()
	c, err := pages(t).clock(midnight(9, 21)) // the Friday is the first day off of a three-day holiday, 25 September
	if err != nil || len(c.Examples) != 2 {
		t.Fatalf("%+v, %v", c.Examples, err)
	}
	at := func(month time.Month, d, hour int) time.Time {
		return midnight(month, d).Add(time.Duration(hour) * time.Hour)
	}
	if !c.Posted.Equal(at(9, 25, 20).Add(30 * time.Minute)) {
		t.Fatalf("posted %v", c.Posted)
	}
	for i, want := range [][]time.Time{{at(9, 26, 9), at(9, 26, 14), at(9, 26, 20)}, {at(9, 28, 9), at(9, 28, 14), at(9, 28, 20)}} {
		for k, s := range c.Examples[i].Steps {
			if !s.At.Equal(want[k]) {
				t.Errorf("%s: step %d at %v, want %v", c.Examples[i].Name, k, s.At, want[k])
			}
		}
		if len(c.Examples[i].Steps) != len(want) {
			t.Errorf("%s: %d steps", c.Examples[i].Name, len(c.Examples[i].Steps))
		}
	}
}

func TestWordPages(t *testing.T) {
	t.Parallel()
	viewtest.Golden(t, "open_privacy", &view.Person{}, PrivacyPage("2026-11"))
	viewtest.Golden(t, "open_accessibility", &view.Person{}, AccessibilityPage())
}

func TestFiguresAgeAndEndWithTheDay(t *testing.T) {
	t.Parallel()
	noon := midnight(11, 21).Add(12 * time.Hour)
	f := figure{at: noon, periods: quarterStats()}
	for _, c := range []struct {
		name string
		f    figure
		now  time.Time
		want bool
	}{
		{"none", figure{}, noon, false},
		{"new", f, noon, true},
		{"young", f, noon.Add(figuresLife - time.Second), true},
		{"old", f, noon.Add(figuresLife), false},
		{"the clock went back", f, noon.Add(-time.Minute), false},
		{"yesterday's", figure{midnight(11, 22).Add(-time.Minute), f.periods}, midnight(11, 22), false},
	} {
		if got := c.f.goodAt(c.now); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func quarterStats() []deliberation.Stats {
	return make([]deliberation.Stats, deliberation.PublishedPeriods)
}
