package meeting

import (
	"strconv"

	"jushou/deliberation/meeting"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// outcomeRow is one point of the agenda in the form of the minutes.
type outcomeRow struct{ Text, Words, Satisfied, Basically, Not string }

// decisionRow is one decision in the form.
type decisionRow struct{ What, Unit, Owner, Days, Item string }

// minutesForm is the next version of the minutes.
type minutesForm struct {
	To, Back string
	Review   bool
	// Corrects is set once the minutes are published: Why says what is corrected, and decisions stay.
	Corrects  bool
	Why       string
	Seen      string
	Summary   string
	Outcomes  []outcomeRow
	Decisions []decisionRow
	Units     []view.Option
	Items     []view.Option
	Problems  view.Problems
}

// spare is how many empty rows for decisions the form offers at a time.
const spare = 2

// NewMinutes shows the form with the last version in it.
func (p *Pages) NewMinutes(v *page.Visit) error {
	m, err := p.Meetings.Meeting(v.Context(), v.Actor, meeting.ID(v.Param("meeting")))
	if err != nil {
		return err
	}
	f := minutesForm{Seen: strconv.Itoa(len(m.Minutes)), Problems: view.Problems{Status: 200}}
	last, _ := m.Latest()
	f.Summary = last.Summary
	if !last.Confirmed {
		f.Why = last.Why // of a correction that goes on
	}
	for i := range m.Agenda {
		row := outcomeRow{}
		if i < len(last.Outcomes) {
			row.Words = last.Outcomes[i].Words
			if t := last.Outcomes[i].Tally; t != nil {
				row.Satisfied, row.Basically, row.Not = strconv.Itoa(t.Satisfied), strconv.Itoa(t.Basically), strconv.Itoa(t.Not)
			}
		}
		f.Outcomes = append(f.Outcomes, row)
	}
	for _, d := range last.Decisions {
		row := decisionRow{What: d.What, Unit: d.Owner.Key(), Days: strconv.Itoa(d.Days), Item: strconv.Itoa(d.Item)}
		if row.Unit == "" {
			row.Owner = d.Owner.Name
		}
		f.Decisions = append(f.Decisions, row)
	}
	return p.showMinutes(v, m, f)
}

func (p *Pages) showMinutes(v *page.Visit, m meeting.View, f minutesForm) error {
	if err := identity.Can(v.Actor, identity.CallMeeting, m.Meeting.Place()); err != nil {
		return err
	}
	r, _, err := p.from(v, m.Path)
	if err != nil {
		return err
	}
	node, err := p.Directory.Node(v.Context(), m.Community)
	if err != nil {
		return err
	}
	known, err := p.Meetings.Callable(v.Context(), node)
	if err != nil {
		return err
	}
	f.Back, f.Review = "/desk/m/"+string(m.ID), m.Kind == meeting.Review
	f.To, f.Corrects = f.Back+"/minutes", m.State == meeting.Published
	f.Units = []view.Option{{Value: "", Text: v.T("meeting.owner_other")}}
	for _, u := range known {
		f.Units = append(f.Units, view.Option{Value: u.Key(), Text: u.Name})
	}
	for i, item := range m.Agenda {
		f.Outcomes[i].Text = item.Text
		f.Items = append(f.Items, view.Option{Value: strconv.Itoa(i), Text: item.Text})
	}
	for range spare {
		if len(f.Decisions) < meeting.MaxDecisions {
			f.Decisions = append(f.Decisions, decisionRow{Owner: v.T("promise.committee")})
		}
	}
	title := v.T("meeting.write")
	if f.Corrects {
		title = v.T("meeting.correct")
	}
	d, err := p.Within(v, r, "meetings", title, f.Back)
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, MinutesPage(d, f))
}

// WriteMinutes writes the next version; asked for more rows it shows the form again with what was typed.
func (p *Pages) WriteMinutes(v *page.Visit) error {
	m, err := p.Meetings.Meeting(v.Context(), v.Actor, meeting.ID(v.Param("meeting")))
	if err != nil {
		return err
	}
	f := sentMinutes(v, len(m.Agenda))
	if v.Field("more") == "" {
		if _, err = p.Meetings.WriteMinutes(v.Context(), v.Actor, f.command(m.ID, m.Kind)); err == nil {
			return v.GoSaying("/desk/m/"+string(m.ID)+"?posted=/desk/m/"+string(m.ID)+"/minutes", "meeting.done_draft")
		}
		f.Problems = v.Refuse(err)
	}
	return p.showMinutes(v, m, f)
}

// sentMinutes reads the form. A row for a decision without words is none.
func sentMinutes(v *page.Visit, items int) minutesForm {
	f := minutesForm{Seen: v.Field("seen"), Summary: v.Field("summary"), Why: v.Field("why"), Problems: view.Problems{Status: 200}}
	for i := range items {
		n := strconv.Itoa(i)
		f.Outcomes = append(f.Outcomes, outcomeRow{
			Words: v.Field("outcome_" + n), Satisfied: v.Field("yes_" + n), Basically: v.Field("fair_" + n), Not: v.Field("no_" + n),
		})
	}
	for i := range meeting.MaxDecisions {
		n := strconv.Itoa(i)
		row := decisionRow{What: v.Field("what_" + n), Unit: v.Field("unit_" + n), Owner: v.Field("owner_" + n), Days: v.Field("days_" + n), Item: v.Field("item_" + n)}
		if row.What != "" {
			f.Decisions = append(f.Decisions, row)
		}
	}
	return f
}

// command is the version that the form says.
func (f minutesForm) command(id meeting.ID, kind meeting.Kind) meeting.WriteMinutes {
	w := meeting.WriteMinutes{Meeting: id, Seen: number(f.Seen, -1), Summary: f.Summary, Why: f.Why}
	for _, o := range f.Outcomes {
		row := meeting.Outcome{Words: o.Words}
		if kind == meeting.Review {
			row.Tally = &meeting.Tally{Satisfied: number(o.Satisfied, 0), Basically: number(o.Basically, 0), Not: number(o.Not, 0)}
		}
		w.Outcomes = append(w.Outcomes, row)
	}
	for _, d := range f.Decisions {
		w.Decisions = append(w.Decisions, meeting.DecisionForm{What: d.What, Unit: d.Unit, Owner: d.Owner, Days: number(d.Days, 0), Item: number(d.Item, -1)})
	}
	return w
}
