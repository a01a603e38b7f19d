package project

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects"
	"jushou/projects/call"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/view"
)

// callsView is a community's calls for proposals.
type callsView struct {
	Back  string
	To    string // where one of them is
	New   string // the form of another one; "" for who may publish none
	Calls []call.Call
	Pager view.Pager
}

// callView is one call with what was proposed for it.
type callView struct {
	call.Call
	State   call.State
	Back    string
	To      string // of its steps at the desk; "" elsewhere
	Propose string // the form of a proposal; "" for who may not, or too late
	Rules   *preset.Preset
	Answers []answer
	Pager   view.Pager
	Sheet   page.Sheet
}

// answer is a proposal for a call, with what the jury gave.
type answer struct {
	projects.View
	Tenths int // of a point, on average
	Judged bool
	Place  int // among all of them, 0 while it is not known
}

// ranked puts the judged answers first, the best before the others, and says their places; equal points share one. While any of them
// may still be judged, they stay as they came.
func ranked(all []answer) []answer {
	if slices.ContainsFunc(all, func(a answer) bool { return !a.Judged && !a.Stage.Over() }) {
		return all
	}
	points := func(a answer) int {
		if !a.Judged {
			return -1
		}
		return a.Tenths
	}
	slices.SortStableFunc(all, func(a, b answer) int { return cmp.Compare(points(b), points(a)) })
	for i := range all {
		if all[i].Judged {
			all[i].Place = 1 + slices.IndexFunc(all, func(a answer) bool { return a.Tenths == all[i].Tenths })
		}
	}
	return all
}

// Calls lists a community's calls.
func (p *Pages) Calls(v *page.Visit) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	if err := v.Known(); err != nil {
		return err
	}
	home := "/c/" + string(node.ID)
	shown, err := p.calls(v, node.ID, home+"/calls")
	if err != nil {
		return err
	}
	shown.Back, shown.To = home+"/projects", "/calls"
	return v.Show(CallsPage(shown))
}

// calls reads one page of the list that is at an address.
func (p *Pages) calls(v *page.Visit, in community.ID, at string) (callsView, error) {
	found, next, err := p.Services.Calls.Calls(v.Context(), v.Actor, in, docstore.Cursor(v.Query("after")))
	return callsView{Calls: found, Pager: v.Pager(at, call.Page, len(found), string(next))}, err
}

// Call shows a call to the community.
func (p *Pages) Call(v *page.Visit) error {
	shown, err := p.call(v, "/calls/"+v.Param("call"))
	if err != nil {
		return err
	}
	shown.Back = "/c/" + string(shown.Community) + "/calls"
	if shown.State == call.Open && identity.Can(v.Actor, identity.ProposeProject, shown.Place()) == nil {
		shown.Propose = "/c/" + string(shown.Community) + "/projects/new?call=" + string(shown.ID)
	}
	return v.Show(CallPage(shown))
}

// call reads a call with a page of its answers; places are told only where one page holds them all.
func (p *Pages) call(v *page.Visit, at string) (callView, error) {
	c, err := p.Services.Calls.Call(v.Context(), v.Actor, call.ID(v.Param("call")))
	if err != nil {
		return callView{}, err
	}
	shown := callView{Call: c, State: c.State(v.Now)}
	presets, err := p.Projects.Presets(v.Context(), v.Actor, c.Community)
	if err != nil {
		return shown, err
	}
	if i := slices.IndexFunc(presets, func(x preset.Preset) bool { return x.Key == c.Preset }); i >= 0 {
		shown.Rules = &presets[i]
	}
	after := docstore.Cursor(v.Query("after"))
	found, next, err := p.Projects.ForCall(v.Context(), v.Actor, c.Community, string(c.ID), after)
	for _, x := range found {
		a := answer{View: x}
		if x.Decision != nil {
			a.Tenths, a.Judged = x.Decision.Points()
		}
		shown.Answers = append(shown.Answers, a)
	}
	if after == "" && next == "" {
		shown.Answers = ranked(shown.Answers)
	}
	shown.Pager = v.Pager(at, projects.ProjectsPage, len(found), string(next))
	return shown, err
}

// forCall prepares the form of a proposal from the call that the address names; a call that takes none any more is left out.
func (p *Pages) forCall(v *page.Visit, node community.Node, shown *proposeView) {
	id := cmp.Or(v.Field("call"), v.Query("call"))
	if id == "" {
		return
	}
	c, err := p.Services.Calls.Call(v.Context(), v.Actor, call.ID(id))
	if err == nil && c.Community == node.ID {
		shown.Call = &c
	}
}

// average writes tenths of a point.
func average(tenths int) string {
	return strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
}

// callMoney says what there is for all of them together.
func callMoney(ctx context.Context, f money.Fen) string {
	if f == 0 {
		return view.T(ctx, "call.money_none")
	}
	return yuan(f)
}

// callUntil says until when proposals are, or were, taken.
func callUntil(ctx context.Context, c call.Call) string {
	return view.T(ctx, "call.until."+string(c.State(view.Now(ctx))), "until", view.Until(ctx, c.ClosesAt), "left", view.Period(ctx, c.ClosesAt.Sub(view.Now(ctx))))
}

// callIcon is the shape beside a state, and its colour.
func callIcon(s call.State) string {
	switch s {
	case call.Open:
		return "working"
	case call.Closed:
		return "resolved"
	}
	return "withdrawn"
}
