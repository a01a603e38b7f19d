package api

import "jushou/projects"

// publishProject starts the public notice of a decided project.
func (a *Actions) publishProject(c *Call) (Project, error) {
	p, err := a.Projects.PublishNotice(c.Context(), c.Actor, projectOf(c))
	return a.carried(c, p, err)
}

// ProjectAmendment is a material change during the notice.
type ProjectAmendment struct {
	NewProjectPlan
	Reason string `json:"reason" doc:"Everybody reads it. At most 300 characters."`
}

// amendNotice changes the plan and starts the notice over.
func (a *Actions) amendNotice(c *Call, in ProjectAmendment) (Project, error) {
	p, err := a.Projects.AmendNotice(c.Context(), c.Actor, projects.AmendNotice{WritePlan: in.plan(projectOf(c)), Reason: in.Reason})
	return a.carried(c, p, err)
}

// NewProjectObjection is what somebody says against a project.
type NewProjectObjection struct {
	ID   string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text string `json:"text" doc:"At most 500 characters."`
}

// objectProject makes an objection; the notice's clock stands until it is answered.
func (a *Actions) objectProject(c *Call, in NewProjectObjection) (Project, error) {
	p, err := a.Projects.Object(c.Context(), c.Actor, projects.Object{ID: c.token(in.ID), Project: projectOf(c), Text: in.Text})
	return a.carried(c, p, err)
}

// ProjectObjectionAnswer is the answer to an objection.
type ProjectObjectionAnswer struct {
	Answer string `json:"answer" doc:"Everybody reads it. At most 1000 characters."`
	Upheld bool   `json:"upheld,omitempty" doc:"It is right: the project is changed, sent back or given up."`
}

// answerProjectObjection answers an objection.
func (a *Actions) answerProjectObjection(c *Call, in ProjectObjectionAnswer) (Project, error) {
	p, err := a.Projects.AnswerObjection(c.Context(), c.Actor, projects.AnswerObjection{
		Project: projectOf(c), Objection: c.Param("objection"), Answer: in.Answer, Upheld: in.Upheld,
	})
	return a.carried(c, p, err)
}

// establishProject is 立项: the notice is over and nothing stands against it.
func (a *Actions) establishProject(c *Call) (Project, error) {
	p, err := a.Projects.Establish(c.Context(), c.Actor, projectOf(c))
	return a.carried(c, p, err)
}
