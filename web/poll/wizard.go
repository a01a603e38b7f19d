package poll

import (
	"context"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/budget"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// draftView is the form that drafts a poll.
type draftView struct {
	To        string
	Label     poll.Label
	Labels    []view.Chip
	Methods   []rule.Method
	Topic     string
	TopicName string
	Grids     []community.Grid
	Buildings []community.Building
	Typed     page.Sheet
	Token     string
	Opens     string
	Closes    string
	Options   string
	Estates   []view.Option
	// Bases are the local rules that a joint decision of owners can stand on, and OwnersAt where they are recorded.
	Bases    []view.Option
	OwnersAt string
}

// draftFields are the fields that come back after a refusal.
func draftFields() []string {
	return []string{
		"label", "topics", "question", "background", "options", "method", "max", "seats", "threshold", "quorum", "presence", "abstain", "top",
		"money", "rule", "scope", "grid", "building", "phones", "adults", "opens", "closes",
		"basis", "matter", "form", "owners_scope", "one_building", "entrance", "estate", "parking", "non_return", "paper", "mandates",
	}
}

// New shows the form: one label at a time, each with the ways of counting it allows, in plain words.
func (p *Pages) New(v *page.Visit) error { return p.draft(v, page.Sheet{}) }

func (p *Pages) draft(v *page.Visit, t page.Sheet) error {
	r, err := p.holds(v)
	if err != nil {
		return err
	}
	shown := draftView{
		To: r.Path("/polls"), Label: poll.Label(t.Value("draft", "label", v.Query("label"))), Topic: t.Value("draft", "topics", v.Query("topic")),
		Typed: t, Token: t.Token("draft", v.Now),
	}
	if len(shown.Label.Methods()) == 0 {
		shown.Label = poll.Consultation
	}
	shown.Methods = shown.Label.Methods()
	for _, l := range poll.Labels() {
		href := shown.To + "/new?label=" + string(l)
		if shown.Topic != "" {
			href += "&topic=" + shown.Topic
		}
		shown.Labels = append(shown.Labels, view.Chip{Key: "poll.label." + string(l), Href: href, Current: l == shown.Label})
	}
	if shown.Topic != "" {
		if topic, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(shown.Topic)); err == nil && !topic.Masked {
			shown.TopicName = topic.Title
		}
	}
	wait := int(shown.Label.ObjectionTime().Hours() / 24)
	shown.Opens, shown.Closes = view.InputHour(v.Now, wait+1, 9), view.InputHour(v.Now, wait+8, 20)
	if shown.Methods[0] == rule.YesNo || shown.Label == poll.OwnersVote {
		shown.Options = v.T("poll.yes") + "\n" + v.T("poll.no")
	}
	if shown.Grids, err = p.Places.GridsIn(v.Context(), r.Node.ID); err != nil {
		return err
	}
	if shown.Buildings, err = p.Places.BuildingsIn(v.Context(), r.Node.ID); err != nil {
		return err
	}
	if shown.Label == poll.OwnersVote {
		shown.OwnersAt = r.Path("/owners")
		estates, err := p.Places.EstatesIn(v.Context(), r.Node.ID)
		if err != nil {
			return err
		}
		for _, e := range estates {
			shown.Estates = append(shown.Estates, view.Option{Value: string(e.ID), Text: e.Name})
		}
		if shown.Bases, err = p.bases(v, r.Node.ID); err != nil {
			return err
		}
	}
	d, err := p.Within(v, r, "polls", v.T("poll.new"), shown.To)
	if err != nil {
		return err
	}
	return v.ShowAs(t.Status(), DraftPage(d, shown))
}

// Draft drafts a poll.
func (p *Pages) Draft(v *page.Visit) error {
	r, err := p.holds(v)
	if err != nil {
		return err
	}
	options := optionsOf(v.Field("options"))
	cmd := poll.Draft{
		ID: poll.ID(v.Field("token")), Community: r.Node.ID, Topics: story.TopicIDs(v.Field("topics")), Label: poll.Label(v.Field("label")),
		Question: v.Field("question"), Background: v.Field("background"), Options: options, Rule: ruleOf(v, options), Adults: v.Checked("adults"),
		Phones: strings.Fields(v.Field("phones")), OpensAt: view.Instant(v.Field("opens")), ClosesAt: view.Instant(v.Field("closes")),
	}
	if v.Field("scope") == "places" {
		for _, id := range v.Fields("grid") {
			cmd.Grids = append(cmd.Grids, community.GridID(id))
		}
		for _, id := range v.Fields("building") {
			cmd.Buildings = append(cmd.Buildings, community.BuildingID(id))
		}
	}
	if takesPaper(cmd.Label) {
		cmd.PaperFor, cmd.Mandates = time.Duration(page.Number(v.Field("paper")))*24*time.Hour, page.Number(v.Field("mandates"))
	}
	if cmd.Label == poll.OwnersVote {
		ownersDraft(v, &cmd)
	}
	x, err := p.Polls.DraftPoll(v.Context(), v.Actor, cmd)
	if err != nil {
		return p.draft(v, v.RefuseForm("draft", err, draftFields()...))
	}
	return v.GoSaying(r.Path("/polls/"+string(x.ID)), "poll.drafted")
}

// optionsOf reads options, a line each. What follows a bar explains the option, and a number after a second bar is its cost in yuan.
func optionsOf(typed string) []poll.Option {
	var all []poll.Option
	for l := range strings.Lines(strings.ReplaceAll(typed, "｜", "|")) {
		parts := strings.SplitN(l, "|", 3)
		o := poll.Option{Text: strings.TrimSpace(parts[0])}
		if len(parts) > 1 {
			o.Detail = strings.TrimSpace(parts[1])
		}
		if len(parts) > 2 {
			o.Cost = int64(page.Number(strings.TrimSpace(parts[2]))) * fen
		}
		if o.Text != "" {
			all = append(all, o)
		}
	}
	return all
}

// fen are the smallest parts of a yuan.
const fen = 100

// ruleOf builds the rule of a form. What does not fit together is refused by the rule itself.
func ruleOf(v *page.Visit, options []poll.Option) rule.Rule {
	label := poll.Label(v.Field("label"))
	r := rule.Rule{Method: rule.Method(v.Field("method")), Franchise: label.Franchise(), Abstain: v.Checked("abstain")}
	r.Quorum = barOf(v.Field("quorum"))
	if label == poll.CouncilVote {
		r.Presence = barOf(v.Field("presence"))
	}
	switch r.Method {
	case rule.Owners:
		r.Quorum, r.Owners = nil, ownersTerms(v)
	case rule.YesNo:
		r.Threshold = barOf(v.Field("threshold"))
	case rule.Multiple:
		r.Max, r.Seats = page.Number(v.Field("max")), page.Number(v.Field("seats"))
		if r.Seats == 0 {
			r.Threshold = barOf(v.Field("threshold"))
		}
	case rule.Score:
		r.Range, r.Seats = &rule.Range{Min: 1, Max: max(page.Number(v.Field("top")), 1), By: rule.ByMean, Partial: true}, 0
	case rule.Budget:
		r.Max = page.Number(v.Field("max"))
		r.Budget = &rule.BudgetTerms{
			Rule: budget.Rule(v.Field("rule")), Money: int64(page.Number(v.Field("money"))) * fen, Unit: fen,
			Ties: []budget.Criterion{budget.LowestCost, budget.MostVotes},
		}
		for _, o := range options {
			r.Budget.Costs = append(r.Budget.Costs, o.Cost)
		}
	}
	return r
}

// bars are the shares to choose from, as forms write them: of what, how, and the fraction.
func bars() map[string]*rule.Bar {
	return map[string]*rule.Bar{
		"roll-half":      {Of: rule.OfRoll, Op: rule.More, Num: 1, Den: 2},
		"roll-twothirds": {Of: rule.OfRoll, Op: rule.AtLeast, Num: 2, Den: 3},
		"roll-third":     {Of: rule.OfRoll, Op: rule.AtLeast, Num: 1, Den: 3},
		"cast-half":      {Of: rule.OfCast, Op: rule.More, Num: 1, Den: 2},
		"cast-twothirds": {Of: rule.OfCast, Op: rule.AtLeast, Num: 2, Den: 3},
		"present-half":   {Of: rule.OfPresent, Op: rule.More, Num: 1, Den: 2},
	}
}

// barOf reads a share; none where the form says so.
func barOf(name string) *rule.Bar { return bars()[name] }

// barOptions lists shares to choose from; none of them first, where a poll may do without.
func barOptions(ctx context.Context, without bool, names ...string) []view.Option {
	var all []view.Option
	if without {
		all = append(all, view.Option{Value: "", Text: view.T(ctx, "poll.bar.none")})
	}
	for _, n := range names {
		all = append(all, view.Option{Value: n, Text: barWords(ctx, *bars()[n])})
	}
	return all
}

// thresholds are those that fit a label, the usual one first.
func thresholds(l poll.Label) []string {
	if l == poll.CouncilVote {
		return []string{"present-half", "roll-half", "roll-twothirds"}
	}
	return []string{"cast-half", "cast-twothirds", "roll-half", "roll-twothirds"}
}
