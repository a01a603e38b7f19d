package desk

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// dutyView is who is on duty, and the forms that change it.
type dutyView struct {
	Today, Next string
	Note        string // of the handover that runs
	NoteBy      string
	Until       time.Time
	Days        []dutyDay
	HandOver    handOverForm
	Roster      rosterForm
	Rounds      roundsForm
	Team        []view.Option // who is on the roster
	To          string        // the page's address
	MayHandOver bool
	MaySet      bool
}

// dutyDay is one of the coming days.
type dutyDay struct {
	At   time.Time
	Name string
	Next string
}

// handOverForm passes the duty on.
type handOverForm struct {
	Token, To, Until, Note string
	Problems               view.Problems
}

// comingDays is how many days the plan shows.
const comingDays = 7

// noon is the time of day by which a day's duty is asked: no Round and no midnight is near.
const noon = 12 * time.Hour

// Duty shows who is on duty today and in the coming days.
func (p *Pages) Duty(v *page.Visit) error {
	return p.showDuty(v, 200, func(*dutyView) {})
}

// showDuty shows the page after change has put back what a refused form held.
func (p *Pages) showDuty(v *page.Visit, status int, change func(*dutyView)) error {
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
	shown := dutyView{
		Today: duty.Person.Name, Next: duty.Next.Name, Days: p.coming(v.Now, duty.Roster), To: r.Path("/duty"),
		HandOver: handOverForm{Token: ids.New(v.Now), To: string(duty.Next.Account), Until: view.InputHour(v.Now, 1, 8)},
		Roster:   newRosterForm(duty.Roster, team), Rounds: newRoundsForm(r.Node.Settings),
		MayHandOver: r.May(identity.HandOver) && len(duty.Roster.People) > 1, MaySet: r.May(identity.SetDuty),
	}
	shown.Team = options(duty.Roster.People)
	if h, ok := running(duty.Roster, v.Now); ok {
		by, _ := duty.Roster.Person(h.From)
		shown.Note, shown.NoteBy, shown.Until = h.Note, by.Name, h.Until
	}
	change(&shown)
	d, err := p.Desk(v, r, "duty")
	if err != nil {
		return err
	}
	return v.ShowAs(status, DutyPage(d, shown))
}

// coming returns the plan from tomorrow on.
func (p *Pages) coming(now time.Time, roster deliberation.DutyRoster) []dutyDay {
	today := now.In(p.Rounds.Zone())
	midnight := time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, p.Rounds.Zone())
	var days []dutyDay
	for i := 1; i <= comingDays; i++ {
		at := midnight.AddDate(0, 0, i).Add(noon)
		person, next := roster.OnDuty(at)
		days = append(days, dutyDay{At: at, Name: person.Name, Next: next.Name})
	}
	return days
}

func running(roster deliberation.DutyRoster, now time.Time) (deliberation.Handover, bool) {
	for _, h := range slices.Backward(roster.Handovers) {
		if !now.Before(h.At) && now.Before(h.Until) {
			return h, true
		}
	}
	return deliberation.Handover{}, false
}

// team returns everybody who may take turns: who stands on the roster, then staff and secretary.
func (p *Pages) team(v *page.Visit, r console.Room, roster deliberation.DutyRoster) ([]deliberation.DutyPerson, error) {
	team := slices.Clone(roster.People)
	for _, role := range []identity.Role{identity.RoleStaff, identity.RoleSecretary} {
		holders, err := p.People.RoleHolders(v.Context(), role, r.Node.ID)
		if err != nil {
			return nil, err
		}
		names, err := p.People.Names(v.Context(), holders)
		if err != nil {
			return nil, err
		}
		for _, id := range holders {
			if slices.ContainsFunc(team, func(x deliberation.DutyPerson) bool { return x.Account == id }) {
				continue
			}
			name, title := names[id].At(identity.At(r.Node))
			team = append(team, deliberation.DutyPerson{Account: id, Name: name, Title: title})
		}
	}
	return team, nil
}

func options(people []deliberation.DutyPerson) []view.Option {
	all := make([]view.Option, len(people))
	for i, p := range people {
		all[i] = view.Option{Value: string(p.Account), Text: strings.TrimSpace(p.Name + " " + p.Title)}
	}
	return all
}

func weekdayKey(day int) string { return "duty.weekday_" + strconv.Itoa(day) }
