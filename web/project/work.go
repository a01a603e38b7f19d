package project

import (
	"context"
	"strconv"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// workView is what the page of a project shows of the work.
type workView struct {
	// Rows are the milestones of the form.
	Rows []milestoneForm
	News []projects.NewsView
	// Older leads to the news that do not stand on the page, "" without any.
	Older string
	// Pair is a photo before the work and one after it, nil without both.
	Pair *pair
	// Shots are the photos of a refused form, by when they were taken.
	Shots map[projects.Phase][]view.StoredPhoto
	// Followers is how many want to be told.
	Followers int
}

// milestoneForm is one line of the form of milestones, as it was typed.
type milestoneForm struct{ N, Name, Due, Cost string }

// newsOnPage is how many news stand on the project's page.
const newsOnPage = 5

// work gathers it.
func (p *Pages) work(v *page.Visit, s page.Sheet, x projects.View) (workView, error) {
	w := workView{}
	var err error
	if w.Followers, err = p.Projects.CountFollowers(v.Context(), x.ID); err != nil || x.EstablishedAt.IsZero() {
		return w, err
	}
	w.Rows = milestoneRows(x.Timetable())
	if s.Open("milestones") {
		w.Rows, _ = typedMilestones(v)
	}
	w.Rows = append(w.Rows, make([]milestoneForm, blankRows)...)
	all, next, err := p.Projects.News(v.Context(), v.Actor, x.ID, "")
	if err != nil {
		return w, err
	}
	w.Pair = pairOf(x.ID, all)
	if next != "" || len(all) > newsOnPage {
		w.Older = "/p/" + string(x.ID) + "/news"
	}
	w.News = all[:min(len(all), newsOnPage)]
	return w, nil
}

// milestoneRows are the open milestones for a form.
func milestoneRows(all []projects.Milestone) []milestoneForm {
	var rows []milestoneForm
	for _, m := range all {
		if m.Open() {
			rows = append(rows, milestoneForm{strconv.Itoa(m.N), m.Name, m.Due.String(), m.Cost.String()})
		}
	}
	return rows
}

// typedMilestones reads the lines of the form. A line without a name is left out, which drops what stood there. What cannot be
// money is -1, which the use case refuses, as it does the zero date.
func typedMilestones(v *page.Visit) ([]milestoneForm, []projects.MilestoneRow) {
	ns, names, dues, costs := v.Fields("n"), v.Fields("name"), v.Fields("due"), v.Fields("cost")
	at := func(all []string, i int) string {
		if i < len(all) {
			return all[i]
		}
		return ""
	}
	var rows []milestoneForm
	var read []projects.MilestoneRow
	for i := range min(len(names), 2*projects.MaxMilestones) {
		r := milestoneForm{at(ns, i), at(names, i), at(dues, i), at(costs, i)}
		if r.Name == "" && (r.N != "" || r.Due == "" && r.Cost == "") {
			continue
		}
		rows, read = append(rows, r), append(read, projects.MilestoneRow{N: number(r.N), Name: r.Name, Due: dayTyped(r.Due), Cost: moneyTyped(r.Cost)})
	}
	return rows, read
}

// dayTyped reads a day; what is none is the zero Date, which use cases refuse.
func dayTyped(text string) calendar.Date {
	d, err := calendar.ParseDate(text)
	if err != nil {
		return calendar.Date{}
	}
	return d
}

// moneyTyped reads an amount; an empty one is nought, what is none is -1, which use cases refuse.
func moneyTyped(text string) money.Fen {
	if text == "" {
		return 0
	}
	fen, err := money.Parse(text)
	if err != nil {
		return -1
	}
	return fen
}

// Follow lets the reader be told of a project, or no longer.
func Follow() step {
	return step{"follow", nil, "project.follow_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		return p.Projects.Follow(v.Context(), v.Actor, id, v.Field("on") == "1")
	}}
}

// Permit records one of the checklist.
func Permit() step {
	return step{"permit", []string{"permit", "date", "note"}, "project.permit_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		x, err := p.Projects.Project(v.Context(), v.Actor, id)
		if err != nil {
			return err
		}
		picture := deliberation.PhotoID("")
		if x.Can(projects.MovePermit) { // nobody else's files are stored
			all, err := p.Shelf.Own(v)
			if err != nil {
				return upload.OnPhotos(err)
			}
			if len(all) > 0 {
				picture = all[0]
			}
		}
		_, err = p.Projects.RecordPermit(v.Context(), v.Actor, projects.RecordPermit{
			Project: id, Name: v.Field("permit"), Date: dayTyped(v.Field("date")), Note: v.Field("note"), Photo: picture,
		})
		return err
	}}
}

// Milestones writes what the work is to reach.
func Milestones() step {
	return step{"milestones", []string{"seen", "reason"}, "project.milestones_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, rows := typedMilestones(v)
		_, err := p.Projects.WriteMilestones(v.Context(), v.Actor, projects.WriteMilestones{
			Project: id, Seen: number(v.Field("seen")), Rows: rows, Reason: v.Field("reason"),
		})
		return err
	}}
}

// Start begins the work.
func Start() step {
	return step{"start", nil, "project.start_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Start(v.Context(), v.Actor, id)
		return err
	}}
}

// Reach says that a milestone was reached.
func Reach() step {
	return step{"reach", []string{"milestone", "date", "cost"}, "project.reach_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.ReachMilestone(v.Context(), v.Actor, projects.ReachMilestone{
			Project: id, Milestone: number(v.Field("milestone")), On: dayTyped(v.Field("date")), Cost: moneyTyped(v.Field("cost")),
		})
		return err
	}}
}

// Confirm is a supervisor's word.
func Confirm() step {
	return step{"confirm", []string{"milestone", "holds", "words"}, "project.confirm_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.ConfirmMilestone(v.Context(), v.Actor, projects.ConfirmMilestone{
			Project: id, Milestone: number(v.Field("milestone")), Holds: v.Field("holds") == "1", Words: v.Field("words"),
		})
		return err
	}}
}

// Vary asks for a change. More or less is chosen in words, so that nobody has to write a sign.
func Vary() step {
	fields := []string{"what", "why", "more", "amount", "longer", "weeks"}
	return step{"vary", fields, "project.vary_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		amount, weeks := moneyTyped(v.Field("amount")), number(v.Field("weeks"))
		if amount < 0 {
			return errMoney.On("amount")
		}
		_, err := p.Projects.Vary(v.Context(), v.Actor, projects.Vary{
			ID: v.Field("token"), Project: id, What: v.Field("what"), Why: v.Field("why"),
			Amount: money.Fen(signOf(v.Field("more"))) * amount, Weeks: signOf(v.Field("longer")) * weeks,
		})
		return err
	}}
}

// signOf is 1 for more, -1 for less and 0 for as much as before.
func signOf(said string) int {
	switch said {
	case "more":
		return 1
	case "less":
		return -1
	}
	return 0
}

// Unvary takes one's own wish back.
func Unvary() step {
	return step{"unvary", nil, "project.unvary_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.WithdrawVariation(v.Context(), v.Actor, id, v.Field("variation"))
		return err
	}}
}

// DecideVariation approves or refuses one, at the desk.
func DecideVariation() step {
	return step{"variation", []string{"variation", "yes", "reason"}, "project.variation_said", func(p *Pages, v *page.Visit, id projects.ID) (err error) {
		if v.Field("yes") == "1" {
			_, err = p.Projects.ApproveVariation(v.Context(), v.Actor, id, v.Field("variation"), v.Field("reason"))
			return err
		}
		_, err = p.Projects.RefuseVariation(v.Context(), v.Actor, id, v.Field("variation"), v.Field("reason"))
		return err
	}}
}

// Supervise offers to watch the work.
func Supervise() step {
	return step{"supervise", nil, "project.supervise_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.OfferSupervision(v.Context(), v.Actor, id, v.Field("token"))
		return err
	}}
}

// Unsupervise takes that back.
func Unsupervise() step {
	return step{"unsupervise", nil, "project.unsupervise_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.LeaveSupervision(v.Context(), v.Actor, id)
		return err
	}}
}

// NameSupervisor says yes or no to who offered, at the desk.
func NameSupervisor() step {
	return step{"supervisor", nil, "project.supervisor_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.NameSupervisor(v.Context(), v.Actor, id, v.Field("supervisor"), v.Field("yes") == "1")
		return err
	}}
}

// Finish reports that the work is done.
func Finish() step {
	return step{"finish", nil, "project.finish_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Finish(v.Context(), v.Actor, id)
		return err
	}}
}

// workForms says which move each form of the work takes.
func workForms() map[string]projects.Move {
	return map[string]projects.Move{
		"permit": projects.MovePermit, "milestones": projects.MoveMilestones, "start": projects.MoveStart, "reach": projects.MoveReach, "confirm": projects.MoveConfirm,
		"news": projects.MoveNews, "vary": projects.MoveVary, "unvary": projects.MoveVary, "supervise": projects.MoveSupervise, "unsupervise": projects.MoveSupervise,
		"finish": projects.MoveFinish,
	}
}

// Gone returns what was typed into a form of the work that is not on the page any more, nil where it is; nothing typed is lost.
func (x storyView) Gone() []string {
	m, ok := workForms()[x.Sheet.Form()]
	if !ok || !x.Sheet.Problems.Any() || x.Can(m) {
		return nil
	}
	typed := []string{}
	for _, field := range []string{"text", "what", "why", "words", "note", "reason"} {
		if said := x.Sheet.Typed(field); said != "" {
			typed = append(typed, said)
		}
	}
	return typed
}

// today is the day on the page.
func today(ctx context.Context) calendar.Date { return calendar.DateOf(view.Local(view.Now(ctx))) }

// dayOf says a day, with its year where that is another one.
func dayOf(ctx context.Context, d calendar.Date) string {
	args := []string{"year", strconv.Itoa(d.Year), "month", strconv.Itoa(int(d.Month)), "day", strconv.Itoa(d.Day)}
	if d.Year == today(ctx).Year {
		return view.T(ctx, "when.day", args[2:]...)
	}
	return view.T(ctx, "when.date", args...)
}

// waitingSupervisors counts those who offered and wait for a word.
func waitingSupervisors(x projects.View) int {
	n := 0
	for _, s := range x.Supervisors {
		if s.Waits() && projects.Allows(x.Stage, projects.MoveSupervise) {
			n++
		}
	}
	return n
}

// sumOf is what a project may cost: what was approved, or else its budget.
func sumOf(x projects.View) money.Fen {
	if x.Approved > 0 {
		return x.Approved
	}
	return x.Plan.Total()
}

// due reports whether a milestone comes next.
func due(e projects.Entry) bool { return e.Due != calendar.Date{} }

// whatVaries says what a variation changes in money and time.
func whatVaries(ctx context.Context, x projects.Variation) string {
	said := view.T(ctx, "project.vary_same_money")
	if x.Amount > 0 {
		said = view.T(ctx, "project.vary_more", "amount", yuan(x.Amount))
	} else if x.Amount < 0 {
		said = view.T(ctx, "project.vary_less", "amount", yuan(-x.Amount))
	}
	if x.Weeks > 0 {
		said += " · " + count(ctx, "project.vary_longer", x.Weeks)
	} else if x.Weeks < 0 {
		said += " · " + count(ctx, "project.vary_shorter", -x.Weeks)
	}
	return said
}

// moreOrLess are the answers of a choice, under a key.
func moreOrLess(ctx context.Context, key string) []view.Option {
	var all []view.Option
	for _, way := range []string{"same", "more", "less"} {
		all = append(all, view.Option{Value: way, Text: view.T(ctx, key+"_"+way)})
	}
	return all
}

// milestoneOptions are the milestones that a form can be about.
func milestoneOptions(x projects.View, about func(projects.Milestone) bool) []view.Option {
	var all []view.Option
	for _, m := range x.Timetable() {
		if about(m) {
			all = append(all, view.Option{Value: strconv.Itoa(m.N), Text: m.Name})
		}
	}
	return all
}

func reachable(m projects.Milestone) bool { return m.Open() || m.Disputed() }

func wasReached(m projects.Milestone) bool { return m.Reached != nil }

// permitOptions are those that are not recorded yet, and then those that are.
func permitOptions(x projects.View) []view.Option {
	var open, done []view.Option
	for _, name := range x.Preset.Permits {
		if o := (view.Option{Value: name, Text: name}); x.Permit(name) == nil {
			open = append(open, o)
		} else {
			done = append(done, o)
		}
	}
	return append(open, done...)
}

// working reports whether the page has a part about the work.
func working(x projects.View) bool {
	return !x.EstablishedAt.IsZero() && x.Stage != preset.Noticing
}
