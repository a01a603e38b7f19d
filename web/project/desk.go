package project

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/console"
	"jushou/web/page"
)

// boardView is the pipeline of a community: what waits first.
type boardView struct {
	To, Home string
	Calls    string // the desk's list of them
	Columns  []projects.Column
	// Waits are the projects where the reader's own step is next.
	Waits []projects.View
	Years []yearView
	// Rounds is where its budget rounds are, and Waiting how many projects wait for one.
	Rounds  string
	Waiting int
	// Late are those for which a stored instant has passed, and Underway how many are not over.
	Late     []lateView
	Underway int
	// Former is where projects of earlier years are brought, "" for who may not.
	Former string
}

// yearView is what projects of a preset have taken from the year.
type yearView struct {
	Name       string
	Taken, Cap money.Fen
}

// mine are the moves by which a project waits for somebody at the desk.
func mine() []projects.Move {
	return []projects.Move{projects.MoveDecideVary, projects.MovePass, projects.MoveChoose, projects.MoveApprove, projects.MoveLinkPoll, projects.MovePublish, projects.MoveAnswer, projects.MoveEstablish,
		projects.MoveReply, projects.MoveRated, projects.MoveStatement, projects.MoveArchive, projects.MoveClose}
}

// Board shows a community's projects by stage.
func (p *Pages) Board(v *page.Visit) error {
	r, err := p.MayAny(v, identity.CheckProject, identity.DecideProject)
	if err != nil {
		return err
	}
	shown := boardView{To: r.Path("/projects"), Home: "/c/" + string(r.Node.ID) + "/projects", Calls: r.Path("/calls"), Rounds: r.Path("/budget")}
	if r.May(identity.ImportProjects) {
		shown.Former = r.Path("/former")
	}
	all, err := p.Projects.Board(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	for _, c := range all {
		if c.Count > 0 {
			shown.Columns = append(shown.Columns, c)
		}
		if !c.Stage.Over() {
			shown.Underway += c.Count
		}
		for _, x := range c.Projects {
			if x.Preset.Decision.Rule == preset.ByBudget && x.Can(projects.MoveLinkPoll) {
				shown.Waiting++
			}
			if late, ok := overdue(x, p.Projects.Calendar.DateAt(v.Now)); ok {
				shown.Late = append(shown.Late, late)
			}
			if slices.ContainsFunc(mine(), x.Can) || x.Can(projects.MoveReplace) && (x.Vacant() || waitingSupervisors(x) > 0) {
				shown.Waits = append(shown.Waits, x)
			}
		}
	}
	if shown.Years, err = p.years(v, r); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "projects")
	if err != nil {
		return err
	}
	return v.Show(BoardPage(d, shown))
}

// roundsHint says how many projects wait for a budget round.
func roundsHint(ctx context.Context, b boardView) string {
	if b.Waiting == 0 {
		return ""
	}
	return count(ctx, "round.waits", b.Waiting)
}

// years tells of every preset with an envelope what is taken of it.
func (p *Pages) years(v *page.Visit, r console.Room) ([]yearView, error) {
	all, err := p.Projects.Presets(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return nil, err
	}
	var years []yearView
	for _, x := range all {
		if x.Envelope == 0 {
			continue
		}
		e, err := p.Projects.Year(v.Context(), v.Actor, r.Node.ID, x.Key)
		if err != nil {
			return nil, err
		}
		if e.Sum() > 0 {
			years = append(years, yearView{x.Name, e.Sum(), x.Envelope})
		}
	}
	return years, nil
}

// tendView is a project as the desk has it in hand.
type tendView struct {
	storyView
	Similar []projects.View
	Jurors  []int // rows of score sheets
	// Photos are those of the decision that was refused.
	Photos []deliberation.PhotoID
	// Rounds is where the community's budget rounds are.
	Rounds string
}

// Tend shows a project with its next steps.
func (p *Pages) Tend(v *page.Visit) error { return p.tend(v, page.Sheet{}, nil) }

func (p *Pages) tend(v *page.Visit, s page.Sheet, rows []rowForm) error {
	return p.tendWith(v, s, rows, nil)
}

func (p *Pages) tendWith(v *page.Visit, s page.Sheet, rows []rowForm, photos []deliberation.PhotoID) error {
	r, err := p.MayAny(v, identity.CheckProject, identity.DecideProject)
	if err != nil {
		return err
	}
	x, err := p.see(v, s, rows)
	if err != nil {
		return err
	}
	if x.Community != r.Node.ID {
		return page.ErrNotFound
	}
	if x.Former != nil {
		return v.Go(storyOf(x.ID))
	}
	x.To, x.Home = x.Desk, r.Path("/projects")
	shown := tendView{storyView: x, Jurors: jurors(), Photos: photos, Rounds: r.Path("/budget")}
	if x.Can(projects.MovePass) {
		if shown.Similar, err = p.Projects.Similar(v.Context(), v.Actor, x.Community, x.ID, x.Title, x.Where); err != nil {
			return err
		}
	}
	d, err := p.Within(v, r, "projects", x.Title, x.Home)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), TendPage(d, shown))
}

// DeskStep returns the handler of a step at the desk. A refused one comes back with what was typed.
func (p *Pages) DeskStep(s step) page.Handler {
	return func(v *page.Visit) error {
		r, err := p.MayAny(v, identity.CheckProject, identity.DecideProject)
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
		to := r.Path("/projects/" + string(x.ID))
		if err := s.do(p, v, x.ID); err != nil {
			rows, _ := typedRows(v)
			return p.tend(v, v.RefuseForm(s.form, err, s.fields...), rows)
		}
		return v.GoSaying(to+"?posted="+to+"/"+s.form, s.said)
	}
}

// Pass lets a proposal go on.
func Pass() step {
	return step{"pass", nil, "project.passed", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Pass(v.Context(), v.Actor, id)
		return err
	}}
}

// Refuse ends a proposal.
func Refuse() step {
	return step{"refuse", []string{"exclusion", "reason"}, "project.refused", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Refuse(v.Context(), v.Actor, id, projects.Exclusion(v.Field("exclusion")), v.Field("reason"))
		return err
	}}
}

// Return gives a proposal back.
func Return() step {
	return step{"return", []string{"reason"}, "project.returned", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Return(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// Choose records who leads.
func Choose() step {
	return step{"choose", []string{"hand", "reason"}, "project.lead_chosen", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.ChooseLead(v.Context(), v.Actor, id, v.Field("hand"), v.Field("reason"))
		return err
	}}
}

// Replace records who leads instead.
func Replace() step {
	return step{"replace", []string{"hand", "reason"}, "project.lead_chosen", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.ReplaceLead(v.Context(), v.Actor, id, v.Field("hand"), v.Field("reason"))
		return err
	}}
}

// LinkPoll names the poll that decides, by its id or its address.
func LinkPoll() step {
	return step{"poll", []string{"poll", "option"}, "project.poll_linked", func(p *Pages, v *page.Visit, id projects.ID) error {
		poll := strings.TrimSpace(v.Field("poll"))
		poll = poll[strings.LastIndex(poll, "/")+1:]
		_, err := p.Projects.LinkPoll(v.Context(), v.Actor, id, poll, max(1, number(v.Field("option")))-1)
		return err
	}}
}

// SendBack returns a project to its plan.
func SendBack() step {
	return step{"back", []string{"reason"}, "project.sent_back", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.SendBack(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// Publish starts the public notice.
func Publish() step {
	return step{"publish", nil, "project.notice_published", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.PublishNotice(v.Context(), v.Actor, id)
		return err
	}}
}

// Answer answers an objection.
func Answer() step {
	return step{"answer", []string{"objection", "answer"}, "project.objection_told", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.AnswerObjection(v.Context(), v.Actor, projects.AnswerObjection{
			Project: id, Objection: v.Field("objection"), Answer: v.Field("answer"), Upheld: v.Field("upheld") == "1",
		})
		return err
	}}
}

// Amend changes the plan and starts the notice over.
func Amend() step {
	return step{"amend", []string{"plan", "weeks", "seen", "reason"}, "project.notice_restarted", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, plan := typedPlan(v)
		_, err := p.Projects.AmendNotice(v.Context(), v.Actor, projects.AmendNotice{
			WritePlan: projects.WritePlan{Project: id, Seen: number(v.Field("seen")), Plan: plan}, Reason: v.Field("reason"),
		})
		return err
	}}
}

// Establish is 立项.
func Establish() step {
	return step{"establish", nil, "project.established", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Establish(v.Context(), v.Actor, id)
		return err
	}}
}

// Cancel ends a project.
func Cancel() step {
	return step{"cancel", []string{"reason"}, "project.cancelled", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Cancel(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// plainly is the story without the forms of residents, which do not belong on the desk.
func plainly(x storyView) storyView {
	x.May, x.MyHands = nil, nil
	return x
}

// formMoves says which move each form of the desk takes.
func formMoves() map[string]projects.Move {
	return map[string]projects.Move{
		"pass": projects.MovePass, "return": projects.MoveReturn, "refuse": projects.MoveRefuse, "choose": projects.MoveChoose, "replace": projects.MoveReplace,
		"plan": projects.MovePlan, "put": projects.MovePutForward, "poll": projects.MoveLinkPoll, "decide": projects.MoveApprove, "answer": projects.MoveAnswer,
		"variation": projects.MoveDecideVary, "supervisor": projects.MoveSupervise, "publish": projects.MovePublish, "amend": projects.MoveAmend, "establish": projects.MoveEstablish, "back": projects.MoveSendBack, "cancel": projects.MoveCancel,
	}
}

// Lost returns what was typed into a form that is not on the page any more; nothing typed is lost.
func (t tendView) Lost() []string {
	if !t.Sheet.Problems.Any() || t.Can(formMoves()[t.Sheet.Form()]) {
		return nil
	}
	typed := []string{}
	for _, field := range []string{"reason", "minutes", "answer", "plan"} {
		if said := t.Sheet.Typed(field); said != "" {
			typed = append(typed, said)
		}
	}
	return append(typed, "")[:max(1, len(typed))]
}

// thousandths says a share in percent.
func thousandths(n int) string {
	return strconv.FormatFloat(float64(n)/10, 'f', -1, 64) + "%"
}
