package activity

import (
	"slices"
	"strings"

	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects/activity"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/view"
)

func applyVerb(f applyForm) string {
	if f.Revise {
		return "activity.apply_again"
	}
	return "activity.apply_send"
}

// planForm is an activity on its way.
type planForm struct {
	To, Back, Token, Seen                   string
	Title, What, Where, Starts, Ends, Until string
	Capacity, Words, Project                string
	Room, Money                             bool
	Buildings                               []view.Ticked
	Projects                                []view.Option
	Edit, Published                         bool
	Problems                                view.Problems
}

// typedPlan reads the form, and the plan in it. What cannot be read as a number is -1, which the use case refuses.
func typedPlan(v *page.Visit) (planForm, activity.Plan) {
	f := planForm{
		Token: v.Field("token"), Seen: v.Field("seen"), Title: v.Field("title"), What: v.Field("what"), Where: v.Field("where"), Starts: v.Field("starts"), Ends: v.Field("ends"),
		Until: v.Field("until"), Capacity: v.Field("capacity"), Words: v.Field("for"), Project: v.Field("project"), Room: v.Checked("room"), Money: v.Checked("money"),
	}
	plan := activity.Plan{
		Title: f.Title, What: f.What, Where: f.Where, StartsAt: view.Instant(f.Starts), EndsAt: view.Instant(f.Ends), Until: view.Instant(f.Until), Project: f.Project,
		Room: f.Room, Money: f.Money, For: activity.Guests{Words: f.Words},
	}
	if f.Capacity != "" {
		plan.Capacity = page.Number(f.Capacity)
		if plan.Capacity == 0 && strings.Trim(f.Capacity, "0") != "" {
			plan.Capacity = -1
		}
	}
	for _, id := range v.Fields("building") {
		plan.For.Buildings = append(plan.For.Buildings, community.BuildingID(id))
	}
	return f, plan
}

// NewActivity shows the form of an activity, with a project where the address names one.
func (p *Pages) NewActivity(v *page.Visit) error {
	f := planForm{
		Starts: view.InputHour(v.Now, 7, 14), Ends: view.InputHour(v.Now, 7, 16), Until: view.InputHour(v.Now, 6, 20), Capacity: "20", Project: v.Query("project"),
		Problems: view.Problems{Status: 200},
	}
	return p.showNew(v, f)
}

func (p *Pages) showNew(v *page.Visit, f planForm) error {
	node, err := p.node(v, identity.HostActivity)
	if err != nil {
		return err
	}
	me, err := p.Activities.HostHere(v.Context(), v.Actor, node.ID)
	if err != nil {
		return err
	}
	if me == nil || me.Status != activity.Confirmed {
		return v.GoSaying(home(node.ID)+"/hosts/apply", "activity.first_apply")
	}
	f.To, f.Back = home(node.ID)+"/activities/post", home(node.ID)+"/activities"
	f.Token = page.Sheet{}.Token("", v.Now)
	if kept := v.Field("token"); kept != "" {
		f.Token = kept
	}
	return p.showForm(v, node.ID, f, nil)
}

// showForm fills what the form offers to choose from.
func (p *Pages) showForm(v *page.Visit, in community.ID, f planForm, on []community.BuildingID) error {
	all, err := p.Places.BuildingsIn(v.Context(), in)
	if err != nil {
		return err
	}
	for _, b := range all {
		f.Buildings = append(f.Buildings, view.Ticked{Value: string(b.ID), Text: b.Name, On: slices.Contains(on, b.ID) || slices.Contains(v.Fields("building"), string(b.ID))})
	}
	f.Projects = []view.Option{{Text: v.T("activity.no_project_chosen")}}
	for _, stage := range []preset.Stage{preset.Established, preset.Working, preset.Rating, preset.Archived} {
		found, _, err := p.Services.Projects.InStage(v.Context(), v.Actor, in, stage, "")
		if err != nil {
			return err
		}
		for _, x := range found {
			f.Projects = append(f.Projects, view.Option{Value: string(x.ID), Text: x.Title})
		}
	}
	return v.ShowAs(f.Problems.Status, FormPage(f))
}

// SendActivity announces an activity, or gives it to the desk.
func (p *Pages) SendActivity(v *page.Visit) error {
	f, plan := typedPlan(v)
	node, err := p.node(v, identity.HostActivity)
	if err != nil {
		return err
	}
	a, err := p.Activities.HoldActivity(v.Context(), v.Actor, activity.HoldActivity{ID: activity.ID(f.Token), Community: node.ID, Plan: plan})
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.showNew(v, f)
	}
	return v.GoSaying(href(a.ID)+"?posted="+home(node.ID)+"/activities/post", sentWords(a))
}

func sentWords(a activity.Activity) string {
	if a.Status == activity.Waits {
		return "activity.sent_to_desk"
	}
	return "activity.published"
}

// EditActivity shows the form of an activity again.
func (p *Pages) EditActivity(v *page.Visit) error {
	a, err := p.own(v)
	if err != nil {
		return err
	}
	f := planForm{
		Seen: number(a.Revision), Title: a.Title, What: a.What, Where: a.Where, Starts: view.InputTime(a.StartsAt), Ends: view.InputTime(a.EndsAt), Until: view.InputTime(a.Until),
		Capacity: number(a.Capacity), Words: a.For.Words, Project: a.Project, Room: a.Room, Money: a.Money, Problems: view.Problems{Status: 200},
	}
	return p.showEdit(v, a, f, a.For.Buildings)
}

// own returns the activity of the address to its host.
func (p *Pages) own(v *page.Visit) (activity.View, error) {
	a, err := p.Activities.Activity(v.Context(), v.Actor, activity.ID(v.Param("activity")))
	if err == nil && !a.Mine {
		err = identity.ErrDenied
	}
	return a, err
}

func (p *Pages) showEdit(v *page.Visit, a activity.View, f planForm, on []community.BuildingID) error {
	f.To, f.Back, f.Edit, f.Published = href(a.ID)+"/edit", href(a.ID), true, a.Status == activity.Published
	return p.showForm(v, a.Community, f, on)
}

// ChangeActivity writes an activity anew.
func (p *Pages) ChangeActivity(v *page.Visit) error {
	f, plan := typedPlan(v)
	id := activity.ID(v.Param("activity"))
	_, err := p.Activities.ChangeActivity(v.Context(), v.Actor, activity.ChangeActivity{ID: id, Seen: page.Number(f.Seen), Plan: plan})
	if err != nil {
		a, missing := p.own(v)
		if missing != nil {
			return missing
		}
		f.Problems = v.Refuse(err)
		return p.showEdit(v, a, f, plan.For.Buildings)
	}
	return v.GoSaying(href(id), "activity.changed")
}

func formTitle(f planForm) string {
	if f.Edit {
		return "activity.edit"
	}
	return "activity.new"
}

func formVerb(f planForm) string {
	if f.Edit {
		return "activity.form.save"
	}
	return "activity.form.send"
}
