package project

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation/poll"
	tally "jushou/deliberation/poll/budget"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// roundsView are a community's budget rounds.
type roundsView struct {
	To     string
	Waits  int // projects that wait for one
	Rounds []projects.RoundView
	Pager  view.Pager
}

// roundForm is the form of a round: projects of one preset that wait, the sum, the way of counting, the window, the roll.
type roundForm struct {
	To      string
	Waiting projects.Waiting
	Presets []view.Chip // where projects of several presets wait
	Total   money.Fen
	Sheet   page.Sheet
	Token   string

	Question, Opens, Closes string
	Grids                   []community.Grid
	Buildings               []community.Building
}

// roundView is a round at the desk.
type roundView struct {
	projects.RoundView
	To, Poll string
}

// roundRules are the ways of counting that the form offers, the one that most people know first.
func roundRules() []tally.Rule {
	return []tally.Rule{tally.Greedy, tally.MESCostAdd1U, tally.MESCardAdd1U, tally.GreedyPerCost}
}

// Rounds lists a community's budget rounds.
func (p *Pages) Rounds(v *page.Visit) error {
	r, err := p.MayAny(v, identity.CheckProject)
	if err != nil {
		return err
	}
	found, next, err := p.Projects.Rounds(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	waiting, err := p.Projects.AwaitingRound(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	to := r.Path("/budget")
	shown := roundsView{To: to, Rounds: found, Pager: v.Pager(to, projects.RoundsPage, len(found), string(next))}
	for _, w := range waiting {
		shown.Waits += len(w.Projects)
	}
	d, err := p.Within(v, r, "projects", v.T("round.title"), r.Path("/projects"))
	if err != nil {
		return err
	}
	return v.Show(RoundsPage(d, shown))
}

// NewRound shows the form of a round.
func (p *Pages) NewRound(v *page.Visit) error { return p.newRound(v, page.Sheet{}) }

func (p *Pages) newRound(v *page.Visit, s page.Sheet) error {
	r, err := p.holdsRounds(v)
	if err != nil {
		return err
	}
	all, err := p.Projects.AwaitingRound(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	shown := roundForm{
		To: r.Path("/budget"), Sheet: s, Token: s.Token("round", v.Now), Opens: view.InputHour(v.Now, 4, 9), Closes: view.InputHour(v.Now, 11, 20),
		Question: v.T("round.question_default", "year", strconv.Itoa(view.Local(v.Now).Year())),
	}
	key := s.Value("round", "preset", v.Query("preset"))
	if i := slices.IndexFunc(all, func(w projects.Waiting) bool { return string(w.Preset.Key) == key }); i >= 0 {
		shown.Waiting = all[i]
	} else if len(all) > 0 {
		shown.Waiting = all[0]
	}
	for _, w := range all {
		if len(all) > 1 {
			shown.Presets = append(shown.Presets, view.Chip{Text: w.Preset.Name, Href: shown.To + "/new?preset=" + string(w.Preset.Key), Current: w.Preset.Key == shown.Waiting.Preset.Key})
		}
	}
	for _, x := range shown.Waiting.Projects {
		shown.Total += x.Plan.Total()
	}
	if shown.Grids, err = p.Places.GridsIn(v.Context(), r.Node.ID); err != nil {
		return err
	}
	if shown.Buildings, err = p.Places.BuildingsIn(v.Context(), r.Node.ID); err != nil {
		return err
	}
	d, err := p.Within(v, r, "projects", v.T("round.new"), shown.To)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), RoundFormPage(d, shown))
}

// holdsRounds returns the room of the address if the visitor may plan budget rounds there: they tend projects and hold polls.
func (p *Pages) holdsRounds(v *page.Visit) (r console.Room, err error) {
	r, err = p.MayAny(v, identity.CheckProject)
	if err == nil && !r.May(identity.HoldPoll) {
		err = identity.ErrDenied
	}
	return r, err
}

// roundFields are the fields that come back after a refusal.
func roundFields() []string {
	return []string{"preset", "project", "question", "background", "money", "rule", "most", "turnout", "scope", "grid", "building", "adults", "opens", "closes"}
}

// PlanRound plans a round, links its projects and drafts its poll.
func (p *Pages) PlanRound(v *page.Visit) error {
	r, err := p.holdsRounds(v)
	if err != nil {
		return err
	}
	x, err := p.Projects.PlanRound(v.Context(), v.Actor, typedRound(v, r.Node.ID))
	if err != nil {
		return p.newRound(v, v.RefuseForm("round", err, roundFields()...))
	}
	return v.GoSaying(r.Path("/budget/"+string(x.ID))+"?posted="+r.Path("/budget"), "round.planned")
}

func typedRound(v *page.Visit, in community.ID) projects.PlanRound {
	sum, err := money.Parse(v.Field("money"))
	if err != nil {
		sum = -1 // which the use case refuses
	}
	cmd := projects.PlanRound{ID: projects.RoundID(v.Field("token")), Community: in, Terms: projects.Terms{
		Question: v.Field("question"), Background: v.Field("background"), Money: sum, Rule: v.Field("rule"), Most: whole(v.Field("most")), Turnout: whole(v.Field("turnout")),
		Adults: v.Checked("adults"), OpensAt: view.Instant(v.Field("opens")), ClosesAt: view.Instant(v.Field("closes")),
	}}
	for _, picked := range v.Fields("project") {
		id, revision, _ := strings.Cut(picked, "@")
		cmd.Lots = append(cmd.Lots, projects.PickedLot{Project: projects.ID(id), Revision: number(revision)})
	}
	if v.Field("scope") == "places" {
		for _, id := range v.Fields("grid") {
			cmd.Grids = append(cmd.Grids, community.GridID(id))
		}
		for _, id := range v.Fields("building") {
			cmd.Buildings = append(cmd.Buildings, community.BuildingID(id))
		}
	}
	return cmd
}

// Round shows a round with the way to its poll.
func (p *Pages) Round(v *page.Visit) error {
	r, err := p.MayAny(v, identity.CheckProject)
	if err != nil {
		return err
	}
	x, err := p.Projects.Round(v.Context(), v.Actor, projects.RoundID(v.Param("round")))
	if err != nil {
		return err
	}
	if x.Community != r.Node.ID {
		return page.ErrNotFound
	}
	shown := roundView{RoundView: x, To: r.Path("/projects")}
	if x.Phase != projects.PollMissing && r.May(identity.HoldPoll) {
		shown.Poll = r.Path("/polls/" + string(x.ID))
	}
	ref := x.Ref()
	d, err := p.Within(v, r, "projects", v.T("round.name", "year", strconv.Itoa(ref.Year), "n", strconv.Itoa(ref.Number)), r.Path("/budget"))
	if err != nil {
		return err
	}
	return v.Show(RoundPage(d, shown))
}

// roundName is how people call a round.
func roundName(ctx context.Context, r *projects.RoundRef) string {
	return view.T(ctx, "round.name", "year", strconv.Itoa(r.Year), "n", strconv.Itoa(r.Number))
}

// roundSays says where a round stands and what comes next.
func roundSays(ctx context.Context, x projects.RoundView) string {
	key := "round.line." + string(x.State)
	if x.State == projects.RoundDrafted {
		key += "." + string(x.Phase)
	}
	return view.T(ctx, key, "opens", view.When(ctx, x.OpensAt), "closes", view.When(ctx, x.ClosesAt), "min", strconv.Itoa(projects.MinLots))
}

// turnouts are the least parts of the roll that the form offers, in thousandths.
func turnouts(ctx context.Context) []view.Option {
	var all []view.Option
	for _, n := range []string{"0", "200", "300", "500"} {
		all = append(all, view.Option{Value: n, Text: view.T(ctx, "round.turnout."+n)})
	}
	return all
}

// lotEnd says what became of a lot.
func lotEnd(ctx context.Context, l projects.Lot) string {
	return view.T(ctx, "round.left."+string(l.Left))
}

// picked is the value of a project's box: the project, and which of its plans was shown.
func picked(x projects.View) string { return string(x.ID) + "@" + strconv.Itoa(x.Plan.Revision) }

// why says in words why a project was chosen in a round, or not.
func why(ctx context.Context, d *projects.Decision) string {
	c := d.Chosen
	said := []string{
		"votes", strconv.Itoa(c.Votes), "ballots", strconv.Itoa(c.Ballots), "money", yuan(c.Money), "spent", yuan(c.Spent), "cost", yuan(d.Amount), "n", strconv.Itoa(c.Winners),
	}
	if d.Approved {
		return view.T(ctx, "round.why.won", said...)
	}
	return view.T(ctx, "round.why.lost", append(said, "why", view.T(ctx, "poll.lost."+c.Why))...)
}

// roundMoneyHint sets the sum of a round against the year, where the preset has an envelope.
func roundMoneyHint(ctx context.Context, f roundForm) string {
	if !f.Waiting.Bounded {
		return view.T(ctx, "round.money_hint", "total", yuan(f.Total))
	}
	return view.T(ctx, "round.money_hint_year", "left", yuan(f.Waiting.Left), "cap", yuan(f.Waiting.Preset.Envelope), "total", yuan(f.Total))
}

// either is the first of two sentences that says something.
func either(a, b string) string { return cmp.Or(a, b) }

// maxQuestion and maxBackground bound what the form asks, as the poll will.
const (
	maxQuestion   = poll.MaxQuestion
	maxBackground = poll.MaxBackground
)
