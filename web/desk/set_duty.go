package desk

import (
	"errors"
	"slices"
	"strconv"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// rosterForm is the plan as a form: the order of people, one person for a weekday, who is away, single days.
type rosterForm struct {
	Revision string
	Order    []string  // accounts, first to be asked first; "" leaves the place free
	Week     [7]string // "" follows the order
	Leaves   []deliberation.Leave
	Days     []deliberation.DutyDay
	// Away and Single are a line to add.
	Away     deliberation.Leave
	Single   deliberation.DutyDay
	Team     []view.Option
	names    map[identity.AccountID]deliberation.DutyPerson
	Problems view.Problems
}

func newRosterForm(d deliberation.DutyRoster, team []deliberation.DutyPerson) rosterForm {
	f := rosterForm{
		Revision: strconv.Itoa(d.Revision), Leaves: d.Leaves, Days: d.Days, Team: options(team),
		names: map[identity.AccountID]deliberation.DutyPerson{},
	}
	for _, p := range team {
		f.names[p.Account] = p
	}
	for i := range min(len(team), deliberation.MaxDutyPeople) {
		chosen := ""
		if i < len(d.People) {
			chosen = string(d.People[i].Account)
		}
		f.Order = append(f.Order, chosen)
	}
	for i, day := range d.Week {
		if len(day) > 0 {
			f.Week[i] = string(day[0])
		}
	}
	return f
}

// name returns the name of somebody on the form.
func (f rosterForm) name(id identity.AccountID) string { return f.names[id].Name }

// SetDuty stores the plan. If a colleague changed it meanwhile, the form comes back as it was sent.
func (p *Pages) SetDuty(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	duty, err := p.Topics.Duty(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	team, err := p.team(v, r, duty.Roster)
	if err != nil {
		return err
	}
	form := readRosterForm(v, newRosterForm(duty.Roster, team))
	_, err = p.Topics.SetDuty(v.Context(), v.Actor, deliberation.SetDuty{Roster: form.roster(duty.Roster)})
	if err != nil {
		if form.Problems = v.Refuse(err); errors.Is(err, deliberation.ErrStale) {
			form.Problems.Summary = v.T("duty.stale")
		}
		form.Revision = strconv.Itoa(duty.Roster.Revision)
		return p.showDuty(v, form.Problems.Status, func(d *dutyView) { d.Roster = form })
	}
	return v.GoSaying(r.Path("/duty"), "duty.saved")
}

func readRosterForm(v *page.Visit, f rosterForm) rosterForm {
	f.Revision, f.Order = v.Field("revision"), v.Fields("order")
	for i := range f.Week {
		f.Week[i] = v.Field("week" + strconv.Itoa(i))
	}
	gone := v.Fields("gone")
	f.Leaves = slices.DeleteFunc(slices.Clone(f.Leaves), func(l deliberation.Leave) bool { return slices.Contains(gone, leaveKey(l)) })
	f.Days = slices.DeleteFunc(slices.Clone(f.Days), func(d deliberation.DutyDay) bool { return slices.Contains(gone, d.Date) })
	f.Away = deliberation.Leave{
		Account: identity.AccountID(v.Field("away")), From: v.Field("away_from"), To: v.Field("away_to"),
		Replacement: identity.AccountID(v.Field("away_for")),
	}
	f.Single = deliberation.DutyDay{Date: v.Field("single")}
	if who := v.Field("single_who"); who != "" {
		f.Single.People = []identity.AccountID{identity.AccountID(who)}
	}
	return f
}

// roster returns the plan that the form means. A weekday that was left as it is keeps its whole order.
func (f rosterForm) roster(old deliberation.DutyRoster) deliberation.DutyRoster {
	next := deliberation.DutyRoster{Community: old.Community, Leaves: f.Leaves, Days: f.Days}
	next.Revision, _ = strconv.Atoi(f.Revision) // what is no number is no revision anybody saw
	for _, id := range f.Order {
		if id == "" {
			continue
		}
		person := f.names[identity.AccountID(id)]
		person.Account = identity.AccountID(id)
		next.People = append(next.People, person)
	}
	for i, id := range f.Week {
		switch {
		case id == "":
		case len(old.Week[i]) > 0 && string(old.Week[i][0]) == id:
			next.Week[i] = old.Week[i]
		default:
			next.Week[i] = []identity.AccountID{identity.AccountID(id)}
		}
	}
	if f.Away.Account != "" {
		next.Leaves = append(slices.Clone(next.Leaves), f.Away)
	}
	if f.Single.Date != "" || len(f.Single.People) > 0 {
		next.Days = append(slices.Clone(next.Days), f.Single)
	}
	return next
}

func leaveKey(l deliberation.Leave) string { return string(l.Account) + "/" + l.From }
