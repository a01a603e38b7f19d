package api

import (
	"strconv"

	"jushou/deliberation"
	"jushou/internal/money"
	"jushou/projects"
)

// ProjectWork is how the work of an established project goes.
type ProjectWork struct {
	ApprovedFen money.Fen           `json:"approved_fen" doc:"What may be spent, with the changes that were approved."`
	Weeks       int                 `json:"weeks"`
	Started     Instant             `json:"started_at,omitzero"`
	Finished    Instant             `json:"finished_at,omitzero" doc:"When the lead reported that the work is done."`
	Stale       bool                `json:"stale" doc:"Nothing has been heard of the work for too long."`
	Follows     bool                `json:"follows" doc:"The caller is told of it."`
	Watches     bool                `json:"watches" doc:"The caller is one of those who watch it."`
	Permits     []ProjectPermit     `json:"permits"`
	Program     int                 `json:"program" doc:"The revision of the milestones."`
	Milestones  []ProjectMilestone  `json:"milestones" doc:"By the day for which they are planned."`
	Variations  []ProjectVariation  `json:"variations"`
	Supervisors []ProjectSupervisor `json:"supervisors" doc:"Who watches the work; the desk also reads who offers to."`
	May         []projects.Move     `json:"may" doc:"The moves that make sense to offer the caller now. The actions ask again."`
}

// ProjectPermit is a line of the preset's checklist, recorded.
type ProjectPermit struct {
	Permit string `json:"permit"`
	Date   string `json:"date" format:"date"`
	Note   string `json:"note"`
	By     Author `json:"by"`
}

// ProjectMilestone is something that the work is to reach.
type ProjectMilestone struct {
	N       int             `json:"n"`
	Name    string          `json:"name"`
	Due     string          `json:"due" format:"date"`
	Fen     money.Fen       `json:"fen" doc:"What it is planned to cost."`
	Earlier int             `json:"replanned" doc:"How often it was planned anew since the work began."`
	On      string          `json:"reached_on,omitempty" doc:"A date; left out until it is reached."`
	CostFen money.Fen       `json:"cost_fen,omitempty" doc:"What it cost."`
	Words   []MilestoneWord `json:"words"`
}

// MilestoneWord is what somebody who watches the work says about a milestone.
type MilestoneWord struct {
	By    Author  `json:"by"`
	Holds bool    `json:"holds"`
	Text  string  `json:"text,omitempty"`
	At    Instant `json:"at"`
}

// ProjectVariation is a change of what was approved.
type ProjectVariation struct {
	ID     string                  `json:"id"`
	What   string                  `json:"what"`
	Why    string                  `json:"why"`
	Fen    money.Fen               `json:"fen" doc:"Below zero for less."`
	Weeks  int                     `json:"weeks"`
	State  projects.VariationState `json:"state"`
	By     Author                  `json:"by"`
	At     Instant                 `json:"at"`
	Reason string                  `json:"reason,omitempty"`
}

// ProjectSupervisor is a resident who watches the work.
type ProjectSupervisor struct {
	ID    string `json:"id"`
	By    Author `json:"by"`
	Named bool   `json:"named" doc:"The secretary agreed."`
}

func showProjectWork(v projects.View) ProjectWork {
	w := ProjectWork{
		ApprovedFen: v.Approved, Weeks: v.Weeks(), Started: Instant{v.StartedAt}, Finished: Instant{v.FinishedAt}, Stale: v.Stale(), Follows: v.Follows, Watches: v.Watches,
		Program: v.Program, Milestones: each(v.Timetable(), showMilestone), Variations: each(v.Variations, showVariation), May: append([]projects.Move{}, v.May...),
		Permits: each(v.Permits, func(x projects.Permit) ProjectPermit {
			return ProjectPermit{x.Name, x.Date.String(), x.Note, showAuthor(x.By)}
		}),
		Supervisors: []ProjectSupervisor{},
	}
	for _, x := range v.Supervisors {
		if x.LeftAt.IsZero() {
			w.Supervisors = append(w.Supervisors, ProjectSupervisor{x.ID, showAuthor(x.By), x.Named()})
		}
	}
	return w
}

func showMilestone(m projects.Milestone) ProjectMilestone {
	x := ProjectMilestone{
		N: m.N, Name: m.Name, Due: m.Due.String(), Fen: m.Cost, Earlier: len(m.Earlier),
		Words: each(m.Words, func(w projects.Word) MilestoneWord {
			return MilestoneWord{showAuthor(w.By), w.Holds, w.Text, Instant{w.At}}
		}),
	}
	if m.Reached != nil {
		x.On, x.CostFen = m.Reached.On.String(), m.Reached.Cost
	}
	return x
}

func showVariation(x projects.Variation) ProjectVariation {
	return ProjectVariation{x.ID, x.What, x.Why, x.Amount, x.Weeks, x.State, showAuthor(x.By), Instant{x.At}, x.Reason}
}

// projectWork shows how the work goes.
func (a *Actions) projectWork(c *Call) (ProjectWork, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	return showProjectWork(v), err
}

// worked shows it after a step.
func (a *Actions) worked(c *Call, _ projects.Project, err error) (ProjectWork, error) {
	if err != nil {
		return ProjectWork{}, err
	}
	return a.projectWork(c)
}

// followProject lets the caller be told of a project; unfollowProject no longer.
func (a *Actions) followProject(c *Call) (ProjectWork, error) {
	return a.worked(c, projects.Project{}, a.Projects.Follow(c.Context(), c.Actor, projectOf(c), true))
}

func (a *Actions) unfollowProject(c *Call) (ProjectWork, error) {
	return a.worked(c, projects.Project{}, a.Projects.Follow(c.Context(), c.Actor, projectOf(c), false))
}

// NewPermit is a permit.
type NewPermit struct {
	Permit string               `json:"permit" doc:"As the preset names it."`
	Date   string               `json:"date" format:"date" doc:"Of the document."`
	Note   string               `json:"note" doc:"Its number, and who issued it. At most 60 characters."`
	Photo  deliberation.PhotoID `json:"photo,omitempty"`
}

// recordPermit records one; once more puts the better record in its place.
func (a *Actions) recordPermit(c *Call, in NewPermit) (ProjectWork, error) {
	p, err := a.Projects.RecordPermit(c.Context(), c.Actor, projects.RecordPermit{Project: projectOf(c), Name: in.Permit, Date: dayOf(in.Date), Note: in.Note, Photo: in.Photo})
	return a.worked(c, p, err)
}

// NewMilestones are all milestones that are still open.
type NewMilestones struct {
	Seen   int            `json:"seen" doc:"The program that the caller knows."`
	Rows   []MilestoneRow `json:"rows" doc:"At most twenty."`
	Reason string         `json:"reason,omitempty" doc:"Needed to plan anew once the work has begun."`
}

// MilestoneRow is one of them.
type MilestoneRow struct {
	N    int       `json:"n,omitempty" doc:"Left out for a new one."`
	Name string    `json:"name"`
	Due  string    `json:"due" format:"date"`
	Fen  money.Fen `json:"fen,omitempty"`
}

// writeMilestones writes what the work is to reach.
func (a *Actions) writeMilestones(c *Call, in NewMilestones) (ProjectWork, error) {
	rows := each(in.Rows, func(r MilestoneRow) projects.MilestoneRow {
		return projects.MilestoneRow{N: r.N, Name: r.Name, Due: dayOf(r.Due), Cost: r.Fen}
	})
	p, err := a.Projects.WriteMilestones(c.Context(), c.Actor, projects.WriteMilestones{Project: projectOf(c), Seen: in.Seen, Rows: rows, Reason: in.Reason})
	return a.worked(c, p, err)
}

// startProject begins the work.
func (a *Actions) startProject(c *Call) (ProjectWork, error) {
	p, err := a.Projects.Start(c.Context(), c.Actor, projectOf(c))
	return a.worked(c, p, err)
}

// finishProject reports that it is done.
func (a *Actions) finishProject(c *Call) (ProjectWork, error) {
	p, err := a.Projects.Finish(c.Context(), c.Actor, projectOf(c))
	return a.worked(c, p, err)
}

// milestoneOf is the number that the address names; one that is none names no milestone.
func milestoneOf(c *Call) int {
	n, err := strconv.Atoi(c.Param("milestone"))
	if err != nil {
		return -1
	}
	return n
}

// MilestoneReached is how a milestone came.
type MilestoneReached struct {
	On  string    `json:"on" format:"date"`
	Fen money.Fen `json:"fen,omitempty" doc:"What it cost."`
}

// reachMilestone says that one was reached.
func (a *Actions) reachMilestone(c *Call, in MilestoneReached) (ProjectWork, error) {
	p, err := a.Projects.ReachMilestone(c.Context(), c.Actor, projects.ReachMilestone{Project: projectOf(c), Milestone: milestoneOf(c), On: dayOf(in.On), Cost: in.Fen})
	return a.worked(c, p, err)
}

// MilestoneChecked is a word about one.
type MilestoneChecked struct {
	Holds bool   `json:"holds,omitempty"`
	Words string `json:"words,omitempty" doc:"Needed where it does not hold. At most 300 characters."`
}

// confirmMilestone says whether it was reached, by who watches the work.
func (a *Actions) confirmMilestone(c *Call, in MilestoneChecked) (ProjectWork, error) {
	p, err := a.Projects.ConfirmMilestone(c.Context(), c.Actor, projects.ConfirmMilestone{Project: projectOf(c), Milestone: milestoneOf(c), Holds: in.Holds, Words: in.Words})
	return a.worked(c, p, err)
}

// NewVariation is a wish for a change of what was approved.
type NewVariation struct {
	ID    string    `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	What  string    `json:"what" doc:"At most 300 characters."`
	Why   string    `json:"why" doc:"At most 300 characters."`
	Fen   money.Fen `json:"fen,omitempty" doc:"Below zero for less."`
	Weeks int       `json:"weeks,omitempty"`
}

// varyProject asks for one.
func (a *Actions) varyProject(c *Call, in NewVariation) (ProjectWork, error) {
	p, err := a.Projects.Vary(c.Context(), c.Actor, projects.Vary{ID: c.token(in.ID), Project: projectOf(c), What: in.What, Why: in.Why, Amount: in.Fen, Weeks: in.Weeks})
	return a.worked(c, p, err)
}

// VariationVerdict is the decision about one.
type VariationVerdict struct {
	Approved bool   `json:"approved,omitempty"`
	Reason   string `json:"reason,omitempty" doc:"Needed for a no. At most 300 characters."`
}

// decideVariation approves it or does not.
func (a *Actions) decideVariation(c *Call, in VariationVerdict) (ProjectWork, error) {
	decide := a.Projects.RefuseVariation
	if in.Approved {
		decide = a.Projects.ApproveVariation
	}
	p, err := decide(c.Context(), c.Actor, projectOf(c), c.Param("variation"), in.Reason)
	return a.worked(c, p, err)
}

// withdrawVariation takes one's own wish back.
func (a *Actions) withdrawVariation(c *Call) (ProjectWork, error) {
	p, err := a.Projects.WithdrawVariation(c.Context(), c.Actor, projectOf(c), c.Param("variation"))
	return a.worked(c, p, err)
}

// OwnID is an id that the client made.
type OwnID struct {
	ID string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
}

// offerSupervision offers to watch the work.
func (a *Actions) offerSupervision(c *Call, in OwnID) (ProjectWork, error) {
	p, err := a.Projects.OfferSupervision(c.Context(), c.Actor, projectOf(c), c.token(in.ID))
	return a.worked(c, p, err)
}

// leaveSupervision takes one's own offer or duty back.
func (a *Actions) leaveSupervision(c *Call) (ProjectWork, error) {
	p, err := a.Projects.LeaveSupervision(c.Context(), c.Actor, projectOf(c))
	return a.worked(c, p, err)
}

// SupervisorAnswer is a yes or no to somebody who offered.
type SupervisorAnswer struct {
	Agree bool `json:"agree,omitempty"`
}

// nameSupervisor answers them.
func (a *Actions) nameSupervisor(c *Call, in SupervisorAnswer) (ProjectWork, error) {
	p, err := a.Projects.NameSupervisor(c.Context(), c.Actor, projectOf(c), c.Param("supervisor"), in.Agree)
	return a.worked(c, p, err)
}
