package project

import (
	"strings"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/upload"
)

// jurorsShown is how many rows of score sheets are in sight; the others fold out.
const jurorsShown = 5

func jurors() []int {
	rows := make([]int, projects.MaxJurors)
	for i := range rows {
		rows[i] = i + 1
	}
	return rows
}

// Decide records a decision, with a photo of its paper. A refused one comes back with everything that was typed.
func (p *Pages) Decide(v *page.Visit) error {
	r, err := p.MayAny(v, identity.DecideProject)
	if err != nil {
		return err
	}
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	if x.Community != r.Node.ID {
		return page.ErrNotFound
	}
	photos, err := p.Shelf.Own(v)
	if err == nil {
		_, err = p.Projects.RecordDecision(v.Context(), v.Actor, typedDecision(v, x, photos))
	}
	if err != nil {
		s := v.RefuseForm("decide", upload.OnPhotos(err), "approved", "minutes", "members", "present", "for", "against", "abstain", "juror", "points")
		return p.tendWith(v, s, nil, photos)
	}
	to := r.Path("/projects/" + string(x.ID))
	return v.GoSaying(to+"?posted="+to+"/decide", "project.decided")
}

func typedDecision(v *page.Visit, x projects.View, photos []deliberation.PhotoID) projects.RecordDecision {
	cmd := projects.RecordDecision{Project: x.ID, Rule: x.Preset.Decision.Rule, Approved: v.Field("approved") == "1", Minutes: v.Field("minutes"), Photos: photos}
	switch cmd.Rule {
	case preset.ByCouncil:
		cmd.Council = &projects.CouncilVote{
			Members: counted(v.Field("members")), Present: counted(v.Field("present")), For: counted(v.Field("for")), Against: counted(v.Field("against")), Abstain: counted(v.Field("abstain")),
		}
	case preset.ByJury:
		cmd.Sheets = sheets(v.Fields("juror"), v.Fields("points"), len(x.Preset.Decision.Jury.Criteria))
	}
	return cmd
}

// counted reads a number that must be there: an empty field is not nought, and what is no number is refused.
func counted(text string) int {
	if strings.TrimSpace(text) == "" {
		return -1
	}
	return whole(text)
}

// sheets reads the score sheets: a name and a number a criterion for each juror. Rows without anything in them are left out.
func sheets(names, points []string, criteria int) []projects.Sheet {
	var all []projects.Sheet
	for i, name := range names {
		row := points[min(i*criteria, len(points)):min((i+1)*criteria, len(points))]
		if strings.TrimSpace(name+strings.Join(row, "")) == "" {
			continue
		}
		s := projects.Sheet{Juror: name}
		for _, n := range row {
			s.Points = append(s.Points, counted(n))
		}
		all = append(all, s)
	}
	return all
}
