package api

import (
	"jushou/deliberation"
	"jushou/projects"
	"jushou/projects/preset"
)

// NewProjectPlan is plan and budget.
type NewProjectPlan struct {
	Seen  int          `json:"seen" doc:"The revision that the caller knows."`
	Text  string       `json:"text" doc:"At most 3000 characters."`
	Weeks int          `json:"weeks,omitempty"`
	Lines []BudgetLine `json:"lines" doc:"At most thirty."`
}

func (p NewProjectPlan) plan(id projects.ID) projects.WritePlan {
	return projects.WritePlan{Project: id, Seen: p.Seen, Plan: projects.Plan{Text: p.Text, Weeks: p.Weeks, Lines: linesOf(p.Lines)}}
}

// writePlan writes plan and budget, as the lead or the desk.
func (a *Actions) writePlan(c *Call, in NewProjectPlan) (Project, error) {
	p, err := a.Projects.WritePlan(c.Context(), c.Actor, in.plan(projectOf(c)))
	return a.carried(c, p, err)
}

// PaperPicture is the picture of a paper.
type PaperPicture struct {
	Photo deliberation.PhotoID `json:"photo" doc:"Of an uploaded photo."`
}

// attachPaper attaches what the preset asks for under a key.
func (a *Actions) attachPaper(c *Call, in PaperPicture) (Project, error) {
	p, err := a.Projects.AttachPaper(c.Context(), c.Actor, projectOf(c), c.Param("paper"), in.Photo)
	return a.carried(c, p, err)
}

// putForward gives the plan to whoever decides.
func (a *Actions) putForward(c *Call) (Project, error) {
	p, err := a.Projects.PutForward(c.Context(), c.Actor, projectOf(c))
	return a.carried(c, p, err)
}

// DecidingPoll names the poll that decides.
type DecidingPoll struct {
	Poll   string `json:"poll"`
	Option int    `json:"option,omitempty" doc:"For which of its options the project stands, from 1; left out for the first."`
}

// linkPoll names the poll that decides; another only when this one decided nothing.
func (a *Actions) linkPoll(c *Call, in DecidingPoll) (Project, error) {
	p, err := a.Projects.LinkPoll(c.Context(), c.Actor, projectOf(c), in.Poll, max(1, in.Option)-1)
	return a.carried(c, p, err)
}

// NewProjectDecision is a decision that no poll took.
type NewProjectDecision struct {
	Rule     preset.Rule            `json:"rule" doc:"The preset's: council, jury or secretary."`
	Approved bool                   `json:"approved,omitempty" doc:"The secretary's word; a council's and a jury's follow from their numbers."`
	Minutes  string                 `json:"minutes" doc:"Everybody reads them. At most 3000 characters."`
	Photos   []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos of the paper."`
	Council  *CouncilVote           `json:"council,omitempty"`
	Sheets   []JurySheet            `json:"sheets,omitempty" doc:"Three to fifteen."`
}

// decideProject records what the council, the jury or the secretary decided.
func (a *Actions) decideProject(c *Call, in NewProjectDecision) (Project, error) {
	cmd := projects.RecordDecision{Project: projectOf(c), Rule: in.Rule, Approved: in.Approved, Minutes: in.Minutes, Photos: in.Photos}
	if in.Council != nil {
		vote := projects.CouncilVote(*in.Council)
		cmd.Council = &vote
	}
	for _, s := range in.Sheets {
		cmd.Sheets = append(cmd.Sheets, projects.Sheet(s))
	}
	p, err := a.Projects.RecordDecision(c.Context(), c.Actor, cmd)
	return a.carried(c, p, err)
}

// sendProjectBack returns a project to its plan, before or during its notice.
func (a *Actions) sendProjectBack(c *Call, in Because) (Project, error) {
	p, err := a.Projects.SendBack(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.carried(c, p, err)
}

// cancelProject ends a project before it is established.
func (a *Actions) cancelProject(c *Call, in Because) (Project, error) {
	p, err := a.Projects.Cancel(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.carried(c, p, err)
}
