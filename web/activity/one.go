package activity

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// oneView is an activity as its page shows it.
type oneView struct {
	activity.View
	Questions []activity.Asking
	Roster    []activity.Guest // for the host and the desk
	// ProjectTitle is that of the project it belongs to, "" where there is none to read.
	ProjectTitle string
	Sheet        page.Sheet
	Token        string // of signing up
	AskToken     string
	Photos       []deliberation.PhotoID // of a recap on its way
	Counts       []string               // of who came, as typed
}

// Activity shows an activity.
func (p *Pages) Activity(v *page.Visit) error { return p.show(v, page.Sheet{}, nil) }

func (p *Pages) show(v *page.Visit, s page.Sheet, photos []deliberation.PhotoID) error {
	id := activity.ID(v.Param("activity"))
	a, err := p.Activities.Activity(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	shown := oneView{View: a, Sheet: s, Token: s.Token("sign", v.Now), AskToken: s.Token("ask", v.Now), Photos: photos, Counts: v.Fields("came")}
	if a.Recap != nil && photos == nil {
		shown.Photos = a.Recap.Photos
	}
	if shown.Questions, err = p.Activities.Questions(v.Context(), v.Actor, id); err != nil {
		return err
	}
	if a.Mine || a.Desk {
		if shown.Roster, err = p.Activities.Roster(v.Context(), v.Actor, id); err != nil {
			return err
		}
	}
	if a.Project != "" {
		if x, err := p.Services.Projects.Project(v.Context(), v.Actor, projects.ID(a.Project)); err == nil {
			shown.ProjectTitle = x.Title
		}
	}
	return v.ShowAs(s.Status(), OnePage(shown))
}

// choices are the numbers of persons to choose from: no more than there is room for, nor than already signed up for.
func (x oneView) choices() []view.Option {
	most := activity.MaxPersons
	if x.Capacity > 0 {
		most = min(most, x.Capacity)
	}
	if x.Seat != nil {
		most = x.Seat.Persons - 1
	}
	var all []view.Option
	for n := 1; n <= most; n++ {
		all = append(all, view.Option{Value: number(n), Text: number(n)})
	}
	return all
}

// Step takes a step of an activity: sign up, leave, ask and answer, say something to all, write the recap, note who came, cancel.
func (p *Pages) Step(v *page.Visit) error {
	id, ctx, s, step := activity.ID(v.Param("activity")), v.Context(), p.Activities, v.Field("step")
	said := "activity.noted"
	var a activity.Activity
	var err error
	switch step {
	case "sign":
		a, err = s.SignUp(ctx, v.Actor, activity.SignUp{Activity: id, Token: v.Field("token"), Persons: page.Number(v.Field("persons"))})
		if seat, ok := a.SeatOf(v.Actor.ID); ok && err == nil {
			said = "activity.said." + string(seat.Status)
		}
	case "leave":
		_, err = s.Leave(ctx, v.Actor, id)
		said = "activity.said.left"
	case "ask":
		err = s.AskHost(ctx, v.Actor, id, v.Field("token"), v.Field("text"))
		said = "activity.asked"
	case "answer":
		err = s.AnswerAsker(ctx, v.Actor, id, v.Field("question"), v.Field("text"))
	case "say":
		_, err = s.SayToAll(ctx, v.Actor, id, v.Field("text"))
		said = "activity.told"
	case "came":
		_, err = s.NoteTurnout(ctx, v.Actor, turnout(v, id))
	case "cancel":
		_, err = s.CancelActivity(ctx, v.Actor, id, v.Field("reason"))
		said = "activity.cancelled"
	default:
		err = page.ErrRequest
	}
	if err != nil {
		form := step
		if step == "answer" {
			form += v.Field("question")
		}
		return p.show(v, v.RefuseForm(form, err, "persons", "text", "reason", "walk_ins", "came"), nil)
	}
	return v.GoSaying(href(id)+"?posted="+href(id)+"/"+step, said)
}

// turnout reads who came: each line names its seat.
func turnout(v *page.Visit, id activity.ID) activity.NoteTurnout {
	cmd := activity.NoteTurnout{ID: id, Came: map[int]int{}, WalkIns: whole(v.Field("walk_ins"))}
	seats, came := v.Fields("seat"), v.Fields("came")
	for i := range min(len(seats), len(came)) {
		if n := whole(came[i]); n != 0 {
			cmd.Came[page.Number(seats[i])] = n
		}
	}
	return cmd
}

// whole reads a number of persons; what is none is -1, which the use case refuses.
func whole(text string) int {
	n := page.Number(text)
	if n == 0 && text != "" && text != "0" {
		return -1
	}
	return n
}

// Recap writes the host's words and photos about how it was.
func (p *Pages) Recap(v *page.Visit) error {
	id, photos := activity.ID(v.Param("activity")), upload.IDs(v)
	more, err := p.Shelf.FromForm(v)
	photos = append(photos, more...)
	if err != nil {
		err = upload.OnPhotos(err)
	} else {
		_, err = p.Activities.TellRecap(v.Context(), v.Actor, id, v.Field("text"), photos)
	}
	if err != nil {
		return p.show(v, v.RefuseForm("recap", err, "text"), photos)
	}
	return v.GoSaying(href(id)+"?posted="+href(id)+"/recap", "activity.recapped")
}

// RecapPhoto shows a photo of the recap to whom the activity is shown.
func (p *Pages) RecapPhoto(v *page.Visit) error {
	a, err := p.Activities.Activity(v.Context(), v.Actor, activity.ID(v.Param("activity")))
	if err != nil {
		return err
	}
	if a.Recap == nil || !slices.Contains(a.Recap.Photos, deliberation.PhotoID(v.Param("photo"))) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, v.Param("photo"))
}

// moments is the history as a timeline.
func moments(all []deliberation.Entry) []view.Moment {
	told := make([]view.Moment, 0, len(all))
	for _, e := range all {
		told = append(told, view.Moment{Who: e.Name, Role: e.Title, What: "activity.story." + e.What, Text: e.Reason, At: e.At})
	}
	return told
}

// maxPhotos is how many photos a recap has.
const maxPhotos = deliberation.MaxPhotos

// cameOf is what stands in a line of the roster: what was typed, what was noted, or that all came who signed up.
func (x oneView) cameOf(i int, g activity.Guest) string {
	if x.Sheet.Form() == "came" && i < len(x.Counts) {
		return x.Counts[i]
	}
	if x.Turnout == nil {
		if g.Status == activity.Waiting {
			return "0"
		}
		return number(g.Persons)
	}
	return number(g.Came)
}

func (x oneView) walkIns() string {
	if x.Turnout == nil {
		return "0"
	}
	return number(x.Turnout.WalkIns)
}

func (x oneView) recapText() string {
	if x.Recap == nil {
		return ""
	}
	return x.Recap.Text
}
