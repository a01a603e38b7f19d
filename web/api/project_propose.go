package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/projects"
	"jushou/projects/preset"
)

// Proposal is what a proposal says.
type Proposal struct {
	Title     string                 `json:"title" doc:"At most 40 characters."`
	Need      string                 `json:"need" doc:"At most 1000 characters."`
	Class     preset.Class           `json:"class"`
	Where     string                 `json:"where,omitempty" doc:"At most 60 characters."`
	For       string                 `json:"for,omitempty" doc:"Whom it is for, in words. At most 60 characters."`
	Buildings []community.BuildingID `json:"buildings,omitempty" doc:"Whom it is for; left out for the whole community."`
	Photos    []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos, at most nine."`
	Plan      string                 `json:"plan,omitempty" doc:"At most 3000 characters."`
	Weeks     int                    `json:"weeks,omitempty"`
	Lines     []BudgetLine           `json:"lines,omitempty" doc:"At most thirty."`
}

func (p Proposal) draft() projects.Draft {
	return projects.Draft{
		Title: p.Title, Need: p.Need, Class: p.Class, Where: p.Where, For: projects.Beneficiaries{Words: p.For, Buildings: p.Buildings}, Photos: p.Photos,
		Plan: projects.Plan{Text: p.Plan, Weeks: p.Weeks, Lines: linesOf(p.Lines)},
	}
}

// NewProject is a proposal on its way.
type NewProject struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Preset preset.Key             `json:"preset"`
	Topics []deliberation.TopicID `json:"topics,omitempty" doc:"It grew out of them, at most ten."`
	Hall   string                 `json:"hall,omitempty" doc:"The deliberation that led to it."`
	Source string                 `json:"source,omitempty" doc:"Where the need was collected offline; for the desk."`
	Submit bool                   `json:"submit,omitempty" doc:"Give it to the check at once."`
	Proposal
}

// proposeProject writes a proposal down.
func (a *Actions) proposeProject(c *Call, in NewProject) (Project, error) {
	p, err := a.Projects.Propose(c.Context(), c.Actor, projects.Propose{
		ID: projects.ID(c.token(in.ID)), Community: placeOf(c), Preset: in.Preset, Topics: in.Topics, Hall: in.Hall, Source: in.Source, Draft: in.draft(), Submit: in.Submit,
	})
	return a.carried(c, p, err)
}

// ProjectRevision is a proposal written anew.
type ProjectRevision struct {
	Seen int `json:"seen" doc:"The plan's revision that the caller knows."`
	Proposal
}

// reviseProject writes a proposal anew that is not submitted, or was returned.
func (a *Actions) reviseProject(c *Call, in ProjectRevision) (Project, error) {
	p, err := a.Projects.Revise(c.Context(), c.Actor, projects.Revise{Project: projectOf(c), Seen: in.Seen, Draft: in.draft()})
	return a.carried(c, p, err)
}

// submitProject gives a proposal to the check.
func (a *Actions) submitProject(c *Call) (Project, error) {
	p, err := a.Projects.Submit(c.Context(), c.Actor, projectOf(c))
	return a.carried(c, p, err)
}

// withdrawProject takes a proposal back.
func (a *Actions) withdrawProject(c *Call, in Because) (Project, error) {
	p, err := a.Projects.Withdraw(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.carried(c, p, err)
}

// Asking is a request to be named beside the proposer.
type Asking struct {
	ID string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
}

// joinProject asks the proposer to be named beside them.
func (a *Actions) joinProject(c *Call, in Asking) (Project, error) {
	p, err := a.Projects.AskToJoin(c.Context(), c.Actor, projectOf(c), c.token(in.ID))
	return a.carried(c, p, err)
}

// PartnerAnswer is the proposer's answer to somebody who asks.
type PartnerAnswer struct {
	Agree bool `json:"agree"`
}

// agreeToPartner is the proposer's yes or no.
func (a *Actions) agreeToPartner(c *Call, in PartnerAnswer) (Project, error) {
	p, err := a.Projects.AgreeToPartner(c.Context(), c.Actor, projectOf(c), c.Param("partner"), in.Agree)
	return a.carried(c, p, err)
}

// leavePartners takes one's own consent back.
func (a *Actions) leavePartners(c *Call) (Project, error) {
	p, err := a.Projects.LeavePartners(c.Context(), c.Actor, projectOf(c))
	return a.carried(c, p, err)
}

// ProjectCheck is what the check found.
type ProjectCheck struct {
	Verdict   string             `json:"verdict" doc:"pass, return or refuse."`
	Exclusion projects.Exclusion `json:"exclusion,omitempty" doc:"Needed to refuse."`
	Reason    string             `json:"reason,omitempty" doc:"Needed to return and to refuse. At most 300 characters."`
}

var errCheckVerdict = fault.New(fault.Invalid, "project.bad_verdict").On("verdict")

// checkProject lets a proposal go on, gives it back, or refuses it.
func (a *Actions) checkProject(c *Call, in ProjectCheck) (Project, error) {
	var p projects.Project
	var err error
	switch in.Verdict {
	case "pass":
		p, err = a.Projects.Pass(c.Context(), c.Actor, projectOf(c))
	case "return":
		p, err = a.Projects.Return(c.Context(), c.Actor, projectOf(c), in.Reason)
	case "refuse":
		p, err = a.Projects.Refuse(c.Context(), c.Actor, projectOf(c), in.Exclusion, in.Reason)
	default:
		err = errCheckVerdict
	}
	return a.carried(c, p, err)
}
