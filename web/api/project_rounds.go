package api

import (
	"jushou/internal/community"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// WaitingProjects are the projects of a preset that wait for a budget round.
type WaitingProjects struct {
	Preset   preset.Key      `json:"preset"`
	Name     string          `json:"name"`
	Bounded  bool            `json:"bounded" doc:"Whether the preset has an envelope for a year."`
	LeftFen  money.Fen       `json:"left_fen" doc:"What of it neither established projects have taken nor running rounds may give away."`
	Projects []WaitingChoice `json:"projects"`
}

// WaitingChoice is one of them with the plan that a round would be about.
type WaitingChoice struct {
	ProjectCard
	Revision int `json:"revision" doc:"Of the plan; a round names the one that was seen."`
}

// NewBudgetRound plans a budget round of projects.
type NewBudgetRound struct {
	ID         string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Question   string                 `json:"question"`
	Background string                 `json:"background,omitempty"`
	Projects   []RoundChoice          `json:"projects" doc:"From 2 to 30, all of one preset."`
	MoneyFen   money.Fen              `json:"money_fen" doc:"What the round spends."`
	Rule       string                 `json:"rule" doc:"As docs/budget-rules.md names it: greedy, mes-cost-add1u and so on."`
	Most       int                    `json:"most,omitempty" doc:"How many projects a ballot may name; left out for all."`
	Turnout    int                    `json:"turnout,omitempty" doc:"The least part of the roll that has to vote, in thousandths."`
	Grids      []community.GridID     `json:"grids,omitempty"`
	Buildings  []community.BuildingID `json:"buildings,omitempty"`
	Adults     bool                   `json:"adults,omitempty"`
	OpensAt    string                 `json:"opens_at" format:"date-time"`
	ClosesAt   string                 `json:"closes_at" format:"date-time"`
}

// RoundChoice is a project that was chosen for a round.
type RoundChoice struct {
	Project  projects.ID `json:"project"`
	Revision int         `json:"revision" doc:"Of the plan that was seen."`
}

// BudgetRound is a budget round of projects, whose poll has the same id.
type BudgetRound struct {
	ID        projects.RoundID `json:"id"`
	Community community.ID     `json:"community"`
	Year      int              `json:"year"`
	Number    int              `json:"number" doc:"Of the community's rounds in the year."`
	State     string           `json:"state" doc:"planned, drafted, decided, void or abandoned."`
	Poll      string           `json:"poll" doc:"How far the poll is: empty, drafting, listed, voting or over."`
	Fault     string           `json:"fault,omitempty" doc:"Why nothing could be drafted."`
	Question  string           `json:"question"`
	MoneyFen  money.Fen        `json:"money_fen"`
	Rule      string           `json:"rule"`
	Projects  []RoundProject   `json:"projects" doc:"In the order of the poll's options."`
	Dropped   []RoundProject   `json:"dropped" doc:"Those that went before the options stood."`
	OpensAt   Instant          `json:"opens_at"`
	ClosesAt  Instant          `json:"closes_at"`
}

// RoundProject is a project in a round.
type RoundProject struct {
	Project  projects.ID `json:"project"`
	Title    string      `json:"title"`
	CostFen  money.Fen   `json:"cost_fen"`
	Left     string      `json:"left,omitempty" doc:"What became of one that went: taken, changed, sent_back or cancelled."`
	Approved bool        `json:"approved,omitempty"`
	Votes    int         `json:"votes,omitempty"`
}

func showRound(v projects.RoundView) BudgetRound {
	lot := func(l projects.Lot) RoundProject {
		return RoundProject{l.Project, l.Title, l.Cost, string(l.Left), l.Approved, l.Votes}
	}
	return BudgetRound{
		ID: v.ID, Community: v.Community, Year: v.Year, Number: v.Number, State: string(v.State), Poll: string(v.Phase), Fault: v.Fault,
		Question: v.Question, MoneyFen: v.Money, Rule: v.Rule, Projects: each(v.Lots, lot), Dropped: each(v.Dropped, lot), OpensAt: Instant{v.OpensAt}, ClosesAt: Instant{v.ClosesAt},
	}
}

// awaitingRound lists the projects that wait for a budget round, by preset.
func (a *Actions) awaitingRound(c *Call) (Page[WaitingProjects], error) {
	all, err := a.Projects.AwaitingRound(c.Context(), c.Actor, nodeOf(c))
	return pageOf(all, "", func(w projects.Waiting) WaitingProjects {
		return WaitingProjects{w.Preset.Key, w.Preset.Name, w.Bounded, w.Left, each(w.Projects, func(v projects.View) WaitingChoice {
			return WaitingChoice{showProjectCard(v), v.Plan.Revision}
		})}
	}), err
}

// planRound plans a budget round, links its projects and drafts its poll.
func (a *Actions) planRound(c *Call, in NewBudgetRound) (BudgetRound, error) {
	opens, closes, err := opening(in.OpensAt, in.ClosesAt)
	if err != nil {
		return BudgetRound{}, err
	}
	r, err := a.Projects.PlanRound(c.Context(), c.Actor, projects.PlanRound{
		ID: projects.RoundID(c.token(in.ID)), Community: nodeOf(c),
		Terms: projects.Terms{
			Question: in.Question, Background: in.Background, Money: in.MoneyFen, Rule: in.Rule, Most: in.Most, Turnout: in.Turnout,
			Grids: in.Grids, Buildings: in.Buildings, Adults: in.Adults, OpensAt: opens, ClosesAt: closes,
		},
		Lots: each(in.Projects, func(x RoundChoice) projects.PickedLot { return projects.PickedLot(x) }),
	})
	if err != nil {
		return BudgetRound{}, err
	}
	return a.round(c, r.ID)
}

func (a *Actions) round(c *Call, id projects.RoundID) (BudgetRound, error) {
	v, err := a.Projects.Round(c.Context(), c.Actor, id)
	if err != nil {
		return BudgetRound{}, err
	}
	return showRound(v), nil
}

// listBudgetRounds lists a community's budget rounds, the latest first.
func (a *Actions) listBudgetRounds(c *Call) (Page[BudgetRound], error) {
	found, next, err := a.Projects.Rounds(c.Context(), c.Actor, nodeOf(c), c.after())
	return pageOf(found, next, showRound), err
}

// readRound returns a budget round.
func (a *Actions) readRound(c *Call) (BudgetRound, error) {
	return a.round(c, projects.RoundID(c.Param("round")))
}
