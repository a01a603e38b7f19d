package affairs

import (
	"strconv"

	"jushou/deliberation/disclosure"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// scheduleForm says how often what is published.
type scheduleForm struct {
	To                     string
	Finance, Welfare, Days string
	Seen                   int
	Cadences               []view.Option
	Problems               view.Problems
}

// Schedule shows how often what has to be published.
func (p *Pages) Schedule(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.SetAffairs, identity.At(r.Node)); err != nil {
		return err
	}
	s, err := p.Affairs.Schedule(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	return p.showSchedule(v, r, scheduleForm{
		Finance: string(s.Cadence[disclosure.Finance]), Welfare: string(s.Cadence[disclosure.Welfare]), Days: strconv.Itoa(s.Days), Seen: s.Revision,
		Problems: view.Problems{Status: 200},
	})
}

// SetSchedule changes it.
func (p *Pages) SetSchedule(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	f := scheduleForm{Finance: v.Field("finance"), Welfare: v.Field("welfare"), Days: v.Field("days")}
	f.Seen, _ = strconv.Atoi(v.Field("seen")) // what is no number is stale
	days, _ := strconv.Atoi(f.Days)           // what is no number is out of range
	_, err = p.Affairs.SetSchedule(v.Context(), v.Actor, disclosure.SetSchedule{
		Community: r.Node.ID, Days: days, Seen: f.Seen, Cadence: map[disclosure.Kind]disclosure.Cadence{
			disclosure.Finance: disclosure.Cadence(f.Finance), disclosure.Welfare: disclosure.Cadence(f.Welfare), disclosure.Major: disclosure.AtOnce,
		},
	})
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.showSchedule(v, r, f)
	}
	return v.GoSaying(r.Path("/affairs"), "affairs.scheduled")
}

func (p *Pages) showSchedule(v *page.Visit, r console.Room, f scheduleForm) error {
	f.To = r.Path("/affairs/schedule")
	for _, c := range []disclosure.Cadence{disclosure.Monthly, disclosure.Quarterly} {
		f.Cadences = append(f.Cadences, view.Option{Value: string(c), Text: v.T("affairs.cadence_" + string(c))})
	}
	d, err := p.Within(v, r, "affairs", v.T("affairs.to_schedule"), r.Path("/affairs"))
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, SchedulePage(d, f))
}
