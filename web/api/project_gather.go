package api

import (
	"jushou/internal/money"
	"jushou/projects"
)

// endorseProject supports a project; twice is once.
func (a *Actions) endorseProject(c *Call) (Project, error) { return a.endorsing(c, true) }

// unendorseProject takes one's support back.
func (a *Actions) unendorseProject(c *Call) (Project, error) { return a.endorsing(c, false) }

func (a *Actions) endorsing(c *Call, on bool) (Project, error) {
	if err := a.Projects.Endorse(c.Context(), c.Actor, projectOf(c), on); err != nil {
		return Project{}, err
	}
	return a.project(c, projectOf(c))
}

// NewHand is a body's offer.
type NewHand struct {
	ID     string    `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Bring  string    `json:"bring,omitempty" doc:"At most 200 characters."`
	People int       `json:"people,omitempty"`
	Fen    money.Fen `json:"fen,omitempty"`
	Weeks  int       `json:"weeks,omitempty"`
}

// raiseHand raises a hand in the name of the branch or partner that the caller acts for.
func (a *Actions) raiseHand(c *Call, in NewHand) (Project, error) {
	p, err := a.Projects.RaiseHand(c.Context(), c.Actor, projects.RaiseHand{
		ID: c.token(in.ID), Project: projectOf(c), Bring: in.Bring, People: in.People, Money: in.Fen, Weeks: in.Weeks,
	})
	return a.carried(c, p, err)
}

// lowerHand takes one's own hand back.
func (a *Actions) lowerHand(c *Call, in Because) (Project, error) {
	p, err := a.Projects.LowerHand(c.Context(), c.Actor, projectOf(c), c.Param("hand"), in.Reason)
	return a.carried(c, p, err)
}

// LeadChoice is the recorded decision about who carries a project.
type LeadChoice struct {
	Candidate string `json:"candidate" doc:"The id of a hand that is up; to replace a lead also of a co-proposer."`
	Reason    string `json:"reason" doc:"Everybody reads it. At most 300 characters."`
}

// chooseLead records which hand carries the project.
func (a *Actions) chooseLead(c *Call, in LeadChoice) (Project, error) {
	p, err := a.Projects.ChooseLead(c.Context(), c.Actor, projectOf(c), in.Candidate, in.Reason)
	return a.carried(c, p, err)
}

// replaceLead records who carries on.
func (a *Actions) replaceLead(c *Call, in LeadChoice) (Project, error) {
	p, err := a.Projects.ReplaceLead(c.Context(), c.Actor, projectOf(c), in.Candidate, in.Reason)
	return a.carried(c, p, err)
}

// leaveLead lets the lead go before the end.
func (a *Actions) leaveLead(c *Call, in Because) (Project, error) {
	p, err := a.Projects.LeaveLead(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.carried(c, p, err)
}
