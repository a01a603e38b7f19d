package deliberation

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/fault"
	"jushou/internal/identity"
)

func roster() DutyRoster {
	d := DutyRoster{Community: "c", People: []DutyPerson{{"zhang", "张", ""}, {"li", "李", ""}, {"wang", "王", ""}}}
	d.Week[time.Monday] = []identity.AccountID{"li", "wang"}
	d.Week[time.Tuesday] = []identity.AccountID{"wang"}
	return d
}

func TestWhoIsOnDuty(t *testing.T) {
	t.Parallel()
	monday := at(10, 0).In(time.FixedZone("CST", 8*3600))
	cases := []struct {
		name         string
		change       func(*DutyRoster)
		at           time.Time
		person, next identity.AccountID
	}{
		{"the weekday's people", nil, monday, "li", "wang"},
		{"one person: the next is from everybody", nil, monday.AddDate(0, 0, 1), "wang", "zhang"},
		{"a day without a pattern", nil, monday.AddDate(0, 0, 2), "zhang", "li"},
		{"a dated override", func(d *DutyRoster) {
			d.Days = []DutyDay{{"2026-03-02", []identity.AccountID{"zhang"}}}
		}, monday, "zhang", "li"},
		{"an override of another day", func(d *DutyRoster) {
			d.Days = []DutyDay{{"2026-03-03", []identity.AccountID{"zhang"}}}
		}, monday, "li", "wang"},
		{"leave with a replacement", func(d *DutyRoster) {
			d.Leaves = []Leave{{"li", "2026-03-01", "2026-03-02", "zhang"}}
		}, monday, "zhang", "wang"},
		{"leave without one", func(d *DutyRoster) {
			d.Leaves = []Leave{{"li", "2026-03-02", "2026-03-02", ""}}
		}, monday, "wang", "zhang"},
		{"leave is over", func(d *DutyRoster) {
			d.Leaves = []Leave{{"li", "2026-02-20", "2026-03-01", ""}}
		}, monday, "li", "wang"},
		{"two stand in for each other and are both away", func(d *DutyRoster) {
			d.Leaves = []Leave{{"li", "2026-03-02", "2026-03-02", "wang"}, {"wang", "2026-03-02", "2026-03-02", "li"}}
		}, monday, "zhang", ""},
		{"handed over", func(d *DutyRoster) {
			*d = d.handOver(Handover{ID: "1", To: "wang", At: monday.Add(-time.Hour), Until: monday.Add(time.Hour)})
		}, monday, "wang", "li"},
		{"a handover ends at its instant", func(d *DutyRoster) {
			*d = d.handOver(Handover{ID: "1", To: "wang", At: monday.Add(-time.Hour), Until: monday})
		}, monday, "li", "wang"},
		{"the later handover counts", func(d *DutyRoster) {
			*d = d.handOver(Handover{ID: "1", To: "wang", At: monday.Add(-2 * time.Hour), Until: monday.Add(time.Hour)})
			*d = d.handOver(Handover{ID: "2", To: "zhang", At: monday.Add(-time.Hour), Until: monday.Add(time.Hour)})
		}, monday, "zhang", "li"},
		{"nobody at all", func(d *DutyRoster) { *d = DutyRoster{} }, monday, "", ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := roster()
			if c.change != nil {
				c.change(&d)
			}
			person, next := d.OnDuty(c.at)
			if person.Account != c.person || next.Account != c.next {
				t.Errorf("%q then %q, want %q then %q", person.Account, next.Account, c.person, c.next)
			}
		})
	}
}

func TestARosterTellsAllItsFaults(t *testing.T) {
	t.Parallel()
	if err := roster().Check(); err != nil {
		t.Fatalf("a good roster: %v", err)
	}
	bad := roster()
	bad.People = append(bad.People, DutyPerson{"li", "李", ""})
	bad.Week[0] = []identity.AccountID{"nobody"}
	bad.Days = []DutyDay{{"2026-02-30", nil}, {"2026-02-30", nil}}
	bad.Leaves = []Leave{{"li", "2026-03-05", "2026-03-01", "li"}}
	var codes []string
	for _, f := range fault.All(bad.Check()) {
		codes = append(codes, f.Code+"@"+f.Field)
	}
	got := strings.Join(codes, " ")
	for _, want := range []string{
		"duty.twice@people", "duty.unknown_person@week", "duty.bad_date@days", "duty.twice@days",
		"duty.bad_date@leaves", "duty.twice@leaves",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is missing in %s", want, got)
		}
	}
	if err := (DutyRoster{}).Check(); fault.CodeOf(err) != "duty.nobody" {
		t.Errorf("an empty roster: %v", err)
	}
}
