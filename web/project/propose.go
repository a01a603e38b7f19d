package project

import (
	"cmp"
	"slices"

	"jushou/deliberation"
	"jushou/deliberation/hall"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/call"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// proposeView is the form of a proposal.
type proposeView struct {
	To, Back, Token string
	Presets         []preset.Preset
	Buildings       []view.Ticked
	// Draft is what the form suggests, or what it shows again.
	Draft  projects.Draft
	Preset string
	Rows   []rowForm
	// Photos are those of the proposal so far.
	Photos []view.StoredPhoto
	Topics []link
	Hall   string
	Call   *call.Call // that it answers
	Sheet  page.Sheet
	// Desk asks where a need was collected; Edits writes one anew.
	Desk, Edits bool
}

// proposal is what the fields of the form are called.
func proposal() []string {
	return []string{"preset", "title", "need", "class", "where", "for", "plan", "weeks", "source", "seen"}
}

// New shows the form, prepared from a topic or from a deliberation where the address names one.
func (p *Pages) New(v *page.Visit) error { return p.newProposal(v, page.Sheet{}, nil, nil) }

func (p *Pages) newProposal(v *page.Visit, s page.Sheet, rows []rowForm, photos []deliberation.PhotoID) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.ProposeProject, identity.At(node)); err != nil {
		return err
	}
	list := "/c/" + string(node.ID) + "/projects"
	shown := proposeView{To: list, Back: list, Token: s.Token("propose", v.Now), Sheet: s, Rows: padded(rows), Photos: upload.Stored(photos), Hall: cmp.Or(v.Field("hall"), v.Query("hall"))}
	shown.Desk = identity.Can(v.Actor, identity.CheckProject, identity.At(node)) == nil
	if shown.Presets, err = p.Projects.Presets(v.Context(), v.Actor, node.ID); err != nil {
		return err
	}
	p.forCall(v, node, &shown)
	topics := topicIDs(append(v.Fields("topic"), v.Query("topic")))
	if shown.Hall != "" {
		topics = append(topics, p.fromHall(v, node, &shown)...)
	}
	for i, id := range slices.Compact(topics) {
		t, err := p.Topics.Topic(v.Context(), v.Actor, id)
		if err != nil || t.Masked || t.Community != node.ID {
			continue
		}
		if i == 0 && shown.Hall == "" {
			shown.Draft.Title, shown.Draft.Need = t.Title, t.Body
		}
		shown.Topics = append(shown.Topics, link{string(id), t.Title})
	}
	if shown.Buildings, err = p.buildings(v, node.ID, nil); err != nil {
		return err
	}
	return v.ShowAs(s.Status(), ProposePage(shown))
}

// fromHall prepares the form from what a deliberation decided, and returns the topics it grew out of.
func (p *Pages) fromHall(v *page.Visit, node community.Node, shown *proposeView) []deliberation.TopicID {
	x, err := p.Halls.Session(v.Context(), v.Actor, hall.SessionID(shown.Hall))
	if err != nil || x.Community != node.ID || x.Outcome == nil || x.Outcome.Kind != hall.ToProject {
		shown.Hall = ""
		return nil
	}
	shown.Draft.Title, shown.Draft.Need = clip(x.Question, projects.MaxTitle), x.Outcome.Reason
	shown.Draft.Plan.Text = x.Outcome.Text
	if n := x.Outcome.Draft; n > 0 && n <= len(x.Drafts) {
		shown.Draft.Plan.Text = x.Drafts[n-1].Body
	}
	return x.Topics
}

func clip(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

// buildings lists the community's for the question whom it is for.
func (p *Pages) buildings(v *page.Visit, in community.ID, on []community.BuildingID) ([]view.Ticked, error) {
	all, err := p.Places.BuildingsIn(v.Context(), in)
	var ticks []view.Ticked
	for _, b := range all {
		ticks = append(ticks, view.Ticked{Value: string(b.ID), Text: b.Name, On: slices.Contains(on, b.ID) || slices.Contains(v.Fields("building"), string(b.ID))})
	}
	return ticks, err
}

// typedDraft reads a proposal.
func typedDraft(v *page.Visit) ([]rowForm, projects.Draft) {
	rows, plan := typedPlan(v)
	d := projects.Draft{Title: v.Field("title"), Need: v.Field("need"), Where: v.Field("where"), Class: preset.Class(v.Field("class")), Plan: plan}
	d.For.Words = v.Field("for")
	for _, id := range v.Fields("building") {
		d.For.Buildings = append(d.For.Buildings, community.BuildingID(id))
	}
	return rows, d
}

// Propose writes a proposal down.
func (p *Pages) Propose(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.ProposeProject, identity.At(node)); err != nil {
		return err
	}
	rows, draft := typedDraft(v)
	draft.Photos, err = p.Shelf.Own(v)
	if err != nil {
		return p.newProposal(v, v.RefuseForm("propose", upload.OnPhotos(err), proposal()...), rows, draft.Photos)
	}
	x, err := p.Projects.Propose(v.Context(), v.Actor, projects.Propose{
		ID: projects.ID(v.Field("token")), Community: node.ID, Preset: preset.Key(v.Field("preset")), Topics: topicIDs(v.Fields("topic")), Hall: v.Field("hall"), Call: v.Field("call"),
		Source: v.Field("source"), Draft: draft, Submit: v.Field("later") == "",
	})
	if err != nil {
		return p.newProposal(v, v.RefuseForm("propose", err, proposal()...), rows, draft.Photos)
	}
	return v.GoSaying("/p/"+string(x.ID)+"?posted=/c/"+string(node.ID)+"/projects", "project.proposed")
}

// Edit shows a proposal that is with its proposer, to be written anew.
func (p *Pages) Edit(v *page.Visit) error { return p.edit(v, page.Sheet{}, nil, nil) }

func (p *Pages) edit(v *page.Visit, s page.Sheet, rows []rowForm, photos []deliberation.PhotoID) error {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	if !x.Can(projects.MoveRevise) && !s.Problems.Any() {
		return v.Go("/p/" + string(x.ID))
	}
	if rows == nil {
		rows, photos = rowsOf(x.Plan.Lines), x.Photos
	}
	to := "/p/" + string(x.ID)
	shown := proposeView{
		To: to + "/edit", Back: to, Token: s.Token("propose", v.Now), Presets: []preset.Preset{x.Preset}, Preset: string(x.Preset.Key), Rows: padded(rows), Photos: kept(x, photos), Sheet: s, Edits: true,
		Draft: projects.Draft{Title: x.Title, Need: x.Need, Where: x.Where, Class: x.Class, For: x.For, Plan: x.Plan},
	}
	if shown.Buildings, err = p.buildings(v, x.Community, x.For.Buildings); err != nil {
		return err
	}
	return v.ShowAs(s.Status(), ProposePage(shown))
}

// Revise writes it anew.
func (p *Pages) Revise(v *page.Visit) error {
	rows, draft := typedDraft(v)
	id := v.Param("project")
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(id))
	if err != nil {
		return err
	}
	if !x.Mine {
		return identity.ErrDenied
	}
	if draft.Photos, err = p.photosOf(v, x); err != nil {
		return p.edit(v, v.RefuseForm("propose", upload.OnPhotos(err), proposal()...), orNone(rows), draft.Photos)
	}
	_, err = p.Projects.Revise(v.Context(), v.Actor, projects.Revise{Project: projects.ID(id), Seen: number(v.Field("seen")), Draft: draft})
	if fault.KindOf(err) == fault.Denied && err != nil {
		return err
	}
	if err != nil {
		return p.edit(v, v.RefuseForm("propose", err, proposal()...), orNone(rows), draft.Photos)
	}
	return v.GoSaying("/p/"+id, "project.saved")
}
