package calendar_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/fault"
)

func hours(t *testing.T, list ...string) calendar.Hours {
	t.Helper()
	var h calendar.Hours
	for _, s := range list {
		from, to, _ := strings.Cut(s, "-")
		a, err := calendar.ParseTime(from)
		if err != nil {
			t.Fatal(err)
		}
		b, err := calendar.ParseTime(to)
		if err != nil {
			t.Fatal(err)
		}
		h = append(h, calendar.Interval{From: a, To: b})
	}
	return h
}

func TestHoursThatAreRefused(t *testing.T) {
	years := statutory(t)
	for name, h := range map[string]calendar.Hours{
		"overlap":      hours(t, "09:00-12:00", "11:59-13:00"),
		"out of order": hours(t, "13:00-17:00", "09:00-12:00"),
		"empty":        hours(t, "09:00-09:00"),
		"backwards":    hours(t, "17:00-09:00"),
		"next day":     {{From: 0, To: calendar.EndOfDay + 1}},
		"before":       {{From: -1, To: 10}},
	} {
		week := calendar.OfficeWeek()
		week[time.Sunday] = h
		for where, o := range map[string]calendar.Options{
			"week": {Week: &week}, "makeup": {Makeup: h}, "override": {Overrides: []calendar.Override{{Date: date(t, "2026-05-06"), Hours: h}}},
		} {
			if _, err := calendar.New(o, years); fault.CodeOf(err) != "calendar.bad_hours" {
				t.Errorf("%s in %s: %v", name, where, err)
			}
		}
	}
	if _, err := calendar.New(calendar.Options{Week: &calendar.Week{}}, years); fault.CodeOf(err) != "calendar.bad_hours" {
		t.Errorf("a week that is never open: %v", err)
	}
}

func TestHoursThatAreLegal(t *testing.T) {
	week := calendar.Week{time.Monday: hours(t, "00:00-24:00"), time.Tuesday: hours(t, "09:00-12:00", "12:00-17:00:30")}
	c := build(t, calendar.Options{Week: &week}, statutory(t))
	monday := time.Date(2026, 5, 11, 0, 0, 0, 0, c.Zone())
	if got, err := c.Within(monday, monday.AddDate(0, 0, 2)); err != nil || got != 32*time.Hour+30*time.Second {
		t.Errorf("open to the last second of the day = %v, %v", got, err)
	}
	if got, err := c.Add(monday, 24*time.Hour); err != nil || !got.Equal(monday.AddDate(0, 0, 1)) {
		t.Errorf("a whole day ends at %v, %v", got, err)
	}
	if open, err := c.IsOpen(monday.Add(24*time.Hour - time.Second)); err != nil || !open {
		t.Errorf("23:59:59 of a day that is open to 24:00 = %v, %v", open, err)
	}
}

func TestNobodyGetsACalendarWithoutHolidays(t *testing.T) {
	years := statutory(t)
	if _, err := calendar.New(calendar.Options{}, nil); err == nil {
		t.Error("no years: accepted")
	}
	if _, err := calendar.New(calendar.Options{}, append(years[:2:2], years[3])); err == nil {
		t.Error("a gap: accepted")
	}
	short := append(years[:1:1], years[1])
	short[0].ValidThrough = date(t, "2019-11-30")
	if _, err := calendar.New(calendar.Options{}, short); err == nil {
		t.Error("a year that ends early before another: accepted")
	}
	if _, err := calendar.ForCommunity(calendar.Options{Zone: "Asia/Luodian"}); fault.CodeOf(err) != "calendar.bad_zone" {
		t.Errorf("unknown zone: %v", err)
	}
}

func TestEveryYearHasItsSources(t *testing.T) {
	years := statutory(t)
	if len(years) < 8 {
		t.Fatalf("only %d years", len(years))
	}
	for _, y := range years {
		if !y.Reviewed || !strings.Contains(y.Note, " and ") {
			t.Errorf("%d: reviewed %v, %q", y.Year, y.Reviewed, y.Note)
		}
		for _, p := range y.Papers {
			if !strings.HasPrefix(p.Number, "国办发明电〔") || !strings.Contains(p.URL, "://www.gov.cn/") {
				t.Errorf("%d: %+v", y.Year, p)
			}
		}
	}
}

func TestYearsThatAreRefused(t *testing.T) {
	good, err := json.Marshal(statutory(t)[1])
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"unknown field":  {`"note"`, `"notes"`},
		"no such day":    {`"2020-05-01"`, `"2020-05-32"`},
		"another year":   {`"2020-05-01"`, `"2021-05-01"`},
		"given twice":    {`"2020-05-02"`, `"2020-05-01"`},
		"no number":      {`"国办发明电〔2020〕1号"`, `""`},
		"without a name": {`"name":"端午节"`, `"name":""`},
		"ends elsewhere": {`"valid_through":"2020-12-31"`, `"valid_through":"2022-12-31"`},
	} {
		text := strings.Replace(string(good), change[0], change[1], 1)
		if text == string(good) {
			t.Fatalf("%s changes nothing", name)
		}
		if _, err := calendar.ParseYear([]byte(text)); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestLocalDecisionsWin(t *testing.T) {
	o := calendar.Options{Overrides: []calendar.Override{
		{Date: date(t, "2026-10-01"), Hours: hours(t, "08:00-10:00"), Name: "值班", Source: "居委会"},
		{Date: date(t, "2026-10-10"), Name: "台风"},
	}}
	c := build(t, o, statutory(t))
	if x, err := c.Day(date(t, "2026-10-01")); err != nil || x.Kind != calendar.Local || !x.Workday() || x.Name != "值班" {
		t.Errorf("= %+v, %v", x, err)
	}
	if x, err := c.Day(date(t, "2026-10-10")); err != nil || x.Workday() {
		t.Errorf("= %+v, %v", x, err)
	}
	if c.Version() == china(t).Version() {
		t.Error("local decisions do not change the version")
	}
	if china(t).Version() != china(t).Version() {
		t.Error("the version of the same data changes")
	}
}

func TestADayThatAZoneSkippedIsNotWorked(t *testing.T) {
	year := calendar.Year{
		Year: 2011, ValidThrough: date(t, "2011-12-31"), Note: "test", Papers: []calendar.Paper{{Title: "t", Number: "n", URL: "u"}},
		Days: []calendar.NamedDay{{Date: date(t, "2011-01-01"), Off: true, Name: "New Year"}},
	}
	week := calendar.OfficeWeek()
	week[time.Saturday] = week[time.Friday]
	c := build(t, calendar.Options{Zone: "Pacific/Apia", Week: &week}, []calendar.Year{year})
	if spans, err := c.Open(date(t, "2011-12-30")); err != nil || len(spans) != 0 {
		t.Errorf("30 December 2011 = %v, %v", spans, err)
	}
	thursday := time.Date(2011, 12, 29, 9, 0, 0, 0, c.Zone())
	if got, err := c.Within(thursday, thursday.Add(33*time.Hour)); err != nil || got != 14*time.Hour {
		t.Errorf("from Thursday to Saturday's close = %v, %v; want two days of seven hours", got, err)
	}
	rounds, err := thriceADay().Next(c, thursday, 3)
	if err != nil || rounds[2].Format("02 15:04") != "31 09:00" {
		t.Errorf("rounds over the skipped day = %v, %v", rounds, err)
	}
}

func TestTextForms(t *testing.T) {
	for _, s := range []string{"00:00", "09:00", "23:59:59", "24:00"} {
		if got, err := calendar.ParseTime(s); err != nil || got.String() != s {
			t.Errorf("%s = %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "9:00", "24:01", "25:00", "09:60", "09", "09:00 ", "０９:００"} {
		if got, err := calendar.ParseTime(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
	for _, s := range []string{"", "2026-2-1", "2026-02-29", "20260201"} {
		if got, err := calendar.ParseDate(s); err == nil {
			t.Errorf("%q is read as %v", s, got)
		}
	}
	text, err := json.Marshal(thriceADay())
	if err != nil || string(text) != `{"times":["09:00","14:00","20:00"],"days":"all"}` {
		t.Errorf("rounds as JSON = %s, %v", text, err)
	}
	var back calendar.Rounds
	if err := json.Unmarshal(text, &back); err != nil || back.Check() != nil || len(back.Times) != 3 {
		t.Errorf("read back = %v, %v", back, err)
	}
}

func TestRoundsThatAreRefused(t *testing.T) {
	nine := []calendar.TimeOfDay{calendar.Clock(9, 0)}
	for name, r := range map[string]calendar.Rounds{
		"no times":    {Days: calendar.AllDays},
		"not rising":  {Times: []calendar.TimeOfDay{calendar.Clock(9, 0), calendar.Clock(9, 0)}, Days: calendar.AllDays},
		"24:00":       {Times: []calendar.TimeOfDay{calendar.EndOfDay}, Days: calendar.AllDays},
		"no policy":   {Times: nine},
		"bad policy":  {Times: nine, Days: "sometimes"},
		"a great lot": {Times: make([]calendar.TimeOfDay, 25), Days: calendar.AllDays},
	} {
		if _, err := r.Next(china(t), time.Now(), 1); fault.CodeOf(err) != "calendar.bad_rounds" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := thriceADay().Next(china(t), time.Now(), 0); fault.CodeOf(err) != "calendar.bad_rounds" {
		t.Errorf("no rounds asked for: %v", err)
	}
}

func TestDurationsThatAreRefused(t *testing.T) {
	c := china(t)
	at := time.Date(2026, 5, 11, 10, 0, 0, 0, c.Zone())
	for _, n := range []int{0, -1} {
		if _, err := c.AddWorkdays(at, n); fault.CodeOf(err) != "calendar.bad_duration" {
			t.Errorf("%d working days: %v", n, err)
		}
	}
	if _, err := c.Add(at, -time.Second); fault.CodeOf(err) != "calendar.bad_duration" {
		t.Errorf("less than no time: %v", err)
	}
	if got, err := c.Add(at, 0); err != nil || !got.Equal(at) {
		t.Errorf("no time = %v, %v", got, err)
	}
	if got, err := c.Within(at, at.Add(-time.Hour)); err != nil || got != 0 {
		t.Errorf("backwards = %v, %v", got, err)
	}
}

// Whatever text a year is read from, it is refused or makes a calendar that answers for every one of its days.
func FuzzParseYear(f *testing.F) {
	years, err := calendar.Statutory()
	if err != nil {
		f.Fatal(err)
	}
	for _, y := range years[:2] {
		text, err := json.Marshal(y)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(`{"year":0,"valid_through":"0000-12-31"}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		y, err := calendar.ParseYear(text)
		if err != nil {
			return
		}
		c := build(t, calendar.Options{}, []calendar.Year{y})
		for _, d := range y.Days {
			x, err := c.Day(d.Date)
			if d.Date.Year == y.Year && (err != nil || d.Off == x.Workday()) {
				t.Errorf("%v = %+v, %v", d, x, err)
			}
		}
	})
}

// thriceADay are Rounds at 09:00, 14:00 and 20:00 every day.
func thriceADay() calendar.Rounds {
	return calendar.Rounds{Times: []calendar.TimeOfDay{calendar.Clock(9, 0), calendar.Clock(14, 0), calendar.Clock(20, 0)}, Days: calendar.AllDays}
}
