package bulletin

import (
	"net/url"

	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is the notices of a place.
type listView struct {
	Waiting, Items []line
	Pager          view.Pager
	Write          string
	Rule           ruleForm
}

// line is a bulletin in a list.
type line struct {
	bulletin.Bulletin
	Href string
}

// ruleForm sets how notices are reviewed.
type ruleForm struct {
	To, Review  string
	UrgentFirst bool
	May         bool
	Problems    view.Problems
}

// List shows the notices of a community or a town: first those that wait for a second person.
func (p *Pages) List(v *page.Visit) error { return p.showList(v, view.Problems{Status: 200}) }

func (p *Pages) showList(v *page.Visit, problems view.Problems) error {
	r, err := p.office(v)
	if err != nil {
		return err
	}
	shown := listView{Write: r.Path("/notice"), Rule: newRuleForm(r, problems)}
	waiting, err := p.Bulletins.Awaiting(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	all, err := p.Bulletins.Bulletins(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	if v.Query("after") == "" {
		shown.Waiting = lines(waiting.Items)
	}
	for _, l := range lines(all.Items) {
		if !l.Awaited() || l.Parent != "" {
			shown.Items = append(shown.Items, l)
		}
	}
	here := r.Path("/notices")
	shown.Pager = view.Pager{Total: -1, Shown: len(shown.Items), Order: "order.changed", Step: bulletin.PageSize, Later: v.Query("after") != "", First: here}
	if all.Next != "" {
		shown.Pager.Next = here + "?after=" + url.QueryEscape(string(all.Next))
	}
	d, err := p.frame(v, r, "", "")
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, ListPage(d, shown))
}

func newRuleForm(r console.Room, problems view.Problems) ruleForm {
	rule := bulletin.RuleOf(r.Node)
	f := ruleForm{To: r.Path("/notices/review"), Review: string(rule.Review), UrgentFirst: rule.UrgentFirst, May: r.May(identity.SetReview), Problems: problems}
	if f.Review == "" {
		f.Review = "colleague"
	}
	return f
}

func lines(all []bulletin.Bulletin) []line {
	shown := make([]line, len(all))
	for i, b := range all {
		shown[i] = line{b, address(b.ID)}
	}
	return shown
}

func address(id bulletin.ID) string { return "/desk/n/" + string(id) }

// frame is the layout of a page of notices; one with a title lies behind the list.
func (p *Pages) frame(v *page.Visit, r console.Room, title, back string) (view.DeskPage, error) {
	d, err := p.Desk(v, r, "notice")
	if title != "" {
		d.Title, d.Back = title, back
	} else if r.Node.Level == community.LevelTown {
		d.Back = r.Path("")
	}
	return d, err
}

// SetRule changes how notices of a place are reviewed.
func (p *Pages) SetRule(v *page.Visit) error {
	r, err := p.here(v)
	if err != nil {
		return err
	}
	rule := bulletin.Rule{Review: community.Review(v.Field("review")), UrgentFirst: v.Checked("urgent_first")}
	if rule.Review == "colleague" {
		rule.Review = community.ReviewColleague
	}
	if _, err := p.Bulletins.ChangeRule(v.Context(), v.Actor, r.Node.ID, rule); err != nil {
		if identity.Can(v.Actor, identity.PostNotice, identity.At(r.Node)) != nil {
			return err
		}
		return p.showList(v, v.Refuse(err))
	}
	return v.GoSaying(r.Path("/notices"), "toast.saved")
}
