package disclosure_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/calendar"
	"jushou/internal/fault"
)

func TestAmountsAreNeverFloats(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int64{
		"0": 0, "1": 100, "12,800.50": 1_280_050, "¥300": 30_000, "12.5": 1250, "1，000元": 100_000, "0.07": 7, "10000000000": 1_000_000_000_000,
		"": -1, "-3": -1, "+3": -1, "1.234": -1, "1.": -1, ".5": -1, "1e3": -1, "三百": -1, "10000000000.01": -1, "99999999999": -1, "0x10": -1, "1_000": -1,
	} {
		got, err := disclosure.ParseFen(text, 1)
		if (err != nil) != (want < 0) || err == nil && got != want {
			t.Errorf("%q is %d, %v", text, got, err)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		fen := rapid.Int64Range(0, disclosure.MaxFen).Draw(r, "fen")
		if got, err := disclosure.ParseFen(disclosure.FormatFen(fen), 1); err != nil || got != fen {
			r.Fatalf("%d is written %s and read %d, %v", fen, disclosure.FormatFen(fen), got, err)
		}
	})
	if got := disclosure.FormatFen(-1_280_050); got != "-12,800.50" {
		t.Errorf("written %s", got)
	}
}

func TestPeriods(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"2026-09": "2026-09-01 2026-09-30 2026-10 2026-08", "2026-12": "2026-12-01 2026-12-31 2027-01 2026-11",
		"2026-Q1": "2026-01-01 2026-03-31 2026-Q2 2025-Q4", "2026-Q4": "2026-10-01 2026-12-31 2027-Q1 2026-Q3", "2024-02": "2024-02-01 2024-02-29 2024-03 2024-01",
	} {
		p, err := disclosure.ParsePeriod(text)
		if got := strings.Join([]string{p.First().String(), p.Last().String(), string(p.Next()), string(p.Before())}, " "); err != nil || got != want {
			t.Errorf("%s is %s, %v; want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "2026", "2026-13", "2026-0", "2026-1", "2026-Q0", "2026-Q5", "26-09", "2026-Q", "2026-09-01", "x-09", "2026-Q01", "2026-00"} {
		if p, err := disclosure.ParsePeriod(text); err == nil {
			t.Errorf("%q is %v", text, p)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		d := calendar.Date{Year: 2026, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 2000).Draw(r, "day"))
		p := disclosure.PeriodOf(d, rapid.SampledFrom([]disclosure.Cadence{disclosure.Monthly, disclosure.Quarterly}).Draw(r, "cadence"))
		if d.Before(p.First()) || p.Last().Before(d) || p.Next().Before() != p || p.Last().AddDays(1) != p.Next().First() {
			r.Fatalf("%v is in %s: %v to %v", d, p, p.First(), p.Last())
		}
	})
}

func TestContentIsRefusedWithEveryFault(t *testing.T) {
	t.Parallel()
	row := disclosure.Row{What: "路灯维修", Side: disclosure.Out, Fen: 100}
	for name, x := range map[string]struct {
		kind disclosure.Kind
		c    disclosure.Content
		want []string
	}{
		"right":            {disclosure.Finance, disclosure.Content{Title: "9月收支", Rows: []disclosure.Row{row}}, nil},
		"nothing at all":   {disclosure.Welfare, disclosure.Content{}, []string{"affairs.no_title", "affairs.empty"}},
		"money, no table":  {disclosure.Finance, disclosure.Content{Title: "x", Body: "见附件"}, []string{"affairs.no_amounts"}},
		"a row of nothing": {disclosure.Finance, disclosure.Content{Title: "x", Rows: []disclosure.Row{{}}}, []string{"affairs.row_side", "affairs.row_without_name"}},
		"negative":         {disclosure.Finance, disclosure.Content{Title: "x", Rows: []disclosure.Row{{What: "x", Side: disclosure.In, Fen: -1}}}, []string{"affairs.bad_amount"}},
		"too much": {disclosure.Finance, disclosure.Content{Title: strings.Repeat("长", 41), Body: strings.Repeat("长", 2001), Rows: []disclosure.Row{
			{What: strings.Repeat("长", 41), Side: disclosure.In, Fen: disclosure.MaxFen + 1}}},
			[]string{"affairs.bad_amount", "affairs.body_too_long", "affairs.row_too_long", "affairs.title_too_long"}},
		"too many rows": {disclosure.Finance, disclosure.Content{Title: "x", Rows: slices.Repeat([]disclosure.Row{row}, 61)}, []string{"affairs.too_many_rows"}},
	} {
		_, err := disclosure.NewContent(x.kind, x.c)
		var got []string
		for _, f := range fault.All(err) {
			got = append(got, f.Code)
		}
		slices.Sort(got)
		slices.Sort(x.want)
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: %v, want %v", name, got, x.want)
		}
	}
}

// TestADifferenceTellsBothSides builds both contents back from what is told.
func TestADifferenceTellsBothSides(t *testing.T) {
	t.Parallel()
	draw := rapid.Custom(func(r *rapid.T) disclosure.Content {
		c := disclosure.Content{Title: rapid.SampledFrom([]string{"甲", "乙"}).Draw(r, "title")}
		c.Body = strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"一", "二", "三", "四"}), 1, 8).Draw(r, "lines"), "\n")
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 4), 0, 8).Draw(r, "rows") {
			c.Rows = append(c.Rows, disclosure.Row{What: "项", Side: disclosure.Out, Fen: int64(n)})
		}
		return c
	})
	rapid.Check(t, func(r *rapid.T) {
		was, is := draw.Draw(r, "was"), draw.Draw(r, "is")
		d := disclosure.Compare(was, is)
		var before, after []string
		for _, l := range d.Body {
			if l.Op != disclosure.Added {
				before = append(before, l.Text)
			}
			if l.Op != disclosure.Removed {
				after = append(after, l.Text)
			}
		}
		if strings.Join(before, "\n") != was.Body || strings.Join(after, "\n") != is.Body {
			r.Fatalf("%q to %q is told as %v", was.Body, is.Body, d.Body)
		}
		var rowsBefore, rowsAfter []disclosure.Row
		for _, e := range d.Rows {
			if e.Op != disclosure.Added {
				rowsBefore = append(rowsBefore, e.Row)
			}
			if e.Op != disclosure.Removed {
				rowsAfter = append(rowsAfter, e.Row)
			}
		}
		if !slices.Equal(rowsBefore, was.Rows) || !slices.Equal(rowsAfter, is.Rows) {
			r.Fatalf("rows %v to %v are told as %v", was.Rows, is.Rows, d.Rows)
		}
		same := was.Title == is.Title && was.Body == is.Body && slices.Equal(was.Rows, is.Rows)
		if d.None() != same {
			r.Fatalf("none is %v for %v and %v", d.None(), was, is)
		}
	})
}

// TestTheMachine tries every act in every state.
func TestTheMachine(t *testing.T) {
	t.Parallel()
	const ok = "ok"
	li, zhou := deliberation.Author{Account: "li"}, deliberation.Author{Account: "zhou"}
	content := func(title string) disclosure.Content { return disclosure.Content{Title: title, Body: "x"} }
	entered := disclosure.Item{ID: "i", Versions: []disclosure.Version{{N: 1, Token: "t1", Content: content("a"), EnteredBy: li, Verdict: disclosure.Waits}}}
	play := func(i disclosure.Item, publish bool) disclosure.Item {
		if _, err := i.Review(i.Latest().N, publish, "有误", zhou, actor("zhou"), noon); err != nil {
			t.Fatal(err)
		}
		return i
	}
	published, returned := play(entered, true), play(entered, false)
	correcting := published
	if _, err := correcting.Revise(disclosure.Version{Token: "t2", Content: content("b"), EnteredBy: li, Reason: "漏了一笔"}, 1, actor("li")); err != nil {
		t.Fatal(err)
	}
	states := map[string]disclosure.Item{"entered": entered, "published": published, "returned": returned, "correcting": correcting}
	acts := map[string]func(i *disclosure.Item) error{
		"publish": func(i *disclosure.Item) error {
			_, err := i.Review(i.Latest().N, true, "", deliberation.Author{Account: "wu"}, actor("wu"), noon)
			return err
		},
		"publish own": func(i *disclosure.Item) error {
			_, err := i.Review(i.Latest().N, true, "", li, actor("li"), noon)
			return err
		},
		"return silently": func(i *disclosure.Item) error {
			_, err := i.Review(i.Latest().N, false, "", deliberation.Author{Account: "wu"}, actor("wu"), noon)
			return err
		},
		"take back": func(i *disclosure.Item) error {
			_, err := i.Review(i.Latest().N, false, "", li, actor("li"), noon)
			return err
		},
		"correct": func(i *disclosure.Item) error {
			_, err := i.Revise(disclosure.Version{Token: "t9", Content: content("z"), EnteredBy: zhou, Reason: "改"}, i.Latest().N, actor("zhou"))
			return err
		},
		"correct without a reason": func(i *disclosure.Item) error {
			_, err := i.Revise(disclosure.Version{Token: "t9", Content: content("z"), EnteredBy: zhou}, i.Latest().N, actor("zhou"))
			return err
		},
		"correct nothing": func(i *disclosure.Item) error {
			_, err := i.Revise(disclosure.Version{Token: "t9", Content: i.Latest().Content, EnteredBy: zhou, Reason: "改"}, i.Latest().N, actor("zhou"))
			return err
		},
		"stale": func(i *disclosure.Item) error {
			_, err := i.Review(i.Latest().N+1, true, "", deliberation.Author{Account: "wu"}, actor("wu"), noon)
			return err
		},
	}
	want := map[string]map[string]string{
		"entered": {"publish": ok, "publish own": "affairs.own_entry", "return silently": "affairs.no_reason", "take back": ok,
			"correct": "affairs.waiting", "correct without a reason": "affairs.waiting", "correct nothing": "affairs.waiting", "stale": "affairs.stale"},
		"published": {"publish": "affairs.stale", "publish own": "affairs.stale", "return silently": "affairs.stale", "take back": "affairs.stale",
			"correct": ok, "correct without a reason": "affairs.no_reason", "correct nothing": "affairs.unchanged", "stale": "affairs.stale"},
		"returned": {"publish": "affairs.stale", "publish own": "affairs.stale", "return silently": "affairs.stale", "take back": "affairs.stale",
			"correct": ok, "correct without a reason": ok, "correct nothing": ok, "stale": "affairs.stale"},
		"correcting": {"publish": ok, "publish own": "affairs.own_entry", "return silently": "affairs.no_reason", "take back": ok,
			"correct": "affairs.waiting", "correct without a reason": "affairs.waiting", "correct nothing": "affairs.waiting", "stale": "affairs.stale"},
	}
	for state, i := range states {
		for name, act := range acts {
			copied := i
			got := ok
			if err := act(&copied); err != nil {
				got = fault.CodeOf(err)
			}
			if got != want[state][name] {
				t.Errorf("%s, %s: %s, want %s", state, name, got, want[state][name])
			}
			if got != ok && len(copied.Versions) != len(i.Versions) {
				t.Errorf("%s, %s: refused and changed", state, name)
			}
		}
		if v, shown := i.Current(); shown && v.Content.Title != "a" {
			t.Errorf("%s: residents read %q", state, v.Content.Title)
		}
	}
}

func TestAScheduleIsRefused(t *testing.T) {
	t.Parallel()
	good := map[disclosure.Kind]disclosure.Cadence{disclosure.Finance: disclosure.Quarterly, disclosure.Welfare: disclosure.Monthly, disclosure.Major: disclosure.AtOnce}
	today := calendar.Date{Year: 2026, Month: 3, Day: 2}
	set := func(cadence map[disclosure.Kind]disclosure.Cadence, days, seen int) error {
		var s disclosure.Schedule
		_, err := s.Set(cadence, days, seen, actor("zhou"), today, noon)
		return err
	}
	if err := set(good, 10, 0); err != nil {
		t.Fatal(err)
	}
	never := map[disclosure.Kind]disclosure.Cadence{disclosure.Finance: "yearly", disclosure.Welfare: disclosure.Monthly, disclosure.Major: disclosure.AtOnce}
	for name, err := range map[string]error{"stale": set(good, 10, 1), "no days": set(good, 0, 0), "too late": set(good, 32, 0), "less than quarterly": set(never, 10, 0)} {
		if err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if err := set(good, 10, 3); !errors.Is(err, disclosure.ErrStale) {
		t.Errorf("stale: %v", err)
	}
}

var noon = time.Date(2026, 9, 15, 4, 0, 0, 0, time.UTC)
