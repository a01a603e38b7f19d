package api

import (
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
)

// ProjectSettlement is 决算.
type ProjectSettlement struct {
	Stage     preset.Stage      `json:"stage"`
	Statement *ProjectStatement `json:"statement,omitempty"`
	Books     *ProjectBooks     `json:"books,omitempty" doc:"What the accounts hold, for the lead and the desk while it is settled."`
	May       []projects.Move   `json:"may" doc:"The moves that make sense to offer the caller now. The actions ask again."`
}

// ProjectStatement is what was planned beside what was paid.
type ProjectStatement struct {
	Revision    int           `json:"revision"`
	ApprovedFen money.Fen     `json:"approved_fen"`
	PaidFen     money.Fen     `json:"paid_fen"`
	Planned     []BudgetLine  `json:"planned"`
	Spent       []ProjectCost `json:"spent"`
	Words       string        `json:"words,omitempty" doc:"Why they differ."`
	By          Author        `json:"by"`
	Returned    string        `json:"returned,omitempty" doc:"What was wrong with it."`
	Checked     Instant       `json:"checked_at,omitzero" doc:"By a second person."`
}

// ProjectCost is what was paid under one contract or quote.
type ProjectCost struct {
	What  string    `json:"what"`
	Payee string    `json:"payee,omitempty" doc:"Masked."`
	Fen   money.Fen `json:"fen"`
}

// ProjectBooks are what the accounts hold for it.
type ProjectBooks struct {
	AllottedFen money.Fen     `json:"allotted_fen"`
	PaidFen     money.Fen     `json:"paid_fen"`
	Spent       []ProjectCost `json:"spent"`
	Open        []OpenBook    `json:"open" doc:"What has to be done in the accounts first."`
}

// OpenBook is one thing that is still open there.
type OpenBook struct {
	Kind string    `json:"kind" doc:"voucher, deal or line"`
	Name string    `json:"name"`
	Fen  money.Fen `json:"fen"`
}

func showCost(x projects.Cost) ProjectCost { return ProjectCost{x.What, x.Payee, x.Amount} }

func showStatement(s *projects.Statement) *ProjectStatement {
	if s == nil {
		return nil
	}
	return &ProjectStatement{
		Revision: s.Revision, ApprovedFen: s.Approved, PaidFen: s.Paid, Planned: each(s.Planned, showBudgetLine), Spent: each(s.Spent, showCost), Words: s.Words,
		By: showAuthor(s.By), Returned: s.Returned, Checked: Instant{s.CheckedAt},
	}
}

// projectSettlement shows it.
func (a *Actions) projectSettlement(c *Call) (ProjectSettlement, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return ProjectSettlement{}, err
	}
	x := ProjectSettlement{Stage: v.Stage, Statement: showStatement(v.Statement), May: append([]projects.Move{}, v.May...)}
	if v.Stage == preset.Settling && (v.Leading || v.Desk) {
		b, err := a.Projects.Books(c.Context(), c.Actor, v.ID)
		if err != nil {
			return ProjectSettlement{}, err
		}
		x.Books = &ProjectBooks{b.Allotted, b.Paid, each(b.Spent, showCost), each(b.Open, func(o projects.Unsettled) OpenBook { return OpenBook{o.Kind, o.Name, o.Amount} })}
	}
	return x, nil
}

func (a *Actions) settled(c *Call, _ projects.Project, err error) (ProjectSettlement, error) {
	if err != nil {
		return ProjectSettlement{}, err
	}
	return a.projectSettlement(c)
}

// NewStatement is the statement; its sums are the accounts'.
type NewStatement struct {
	Seen  int    `json:"seen" doc:"The revision that the caller knows, 0 for none."`
	Words string `json:"words,omitempty" doc:"Needed where cost and plan differ. At most 1000 characters."`
}

// writeStatement writes it.
func (a *Actions) writeStatement(c *Call, in NewStatement) (ProjectSettlement, error) {
	p, err := a.Projects.WriteStatement(c.Context(), c.Actor, projects.WriteStatement{Project: projectOf(c), Seen: in.Seen, Words: in.Words})
	return a.settled(c, p, err)
}

// returnStatement gives it back.
func (a *Actions) returnStatement(c *Call, in Because) (ProjectSettlement, error) {
	p, err := a.Projects.ReturnStatement(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.settled(c, p, err)
}

// Seen names the revision that the caller knows.
type Seen struct {
	Seen int `json:"seen"`
}

// closeProject checks the statement as a second person, and ends the project.
func (a *Actions) closeProject(c *Call, in Seen) (ProjectSettlement, error) {
	p, err := a.Projects.Close(c.Context(), c.Actor, projectOf(c), in.Seen)
	return a.settled(c, p, err)
}
