package moderation

import (
	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// wordsView is a report or an appeal on its way.
type wordsView struct {
	To, Back, Title string
	What, Reason    string // the author's own words, and why they are not shown
	ReasonKey       string
	Why, Words      string
	Whys            []view.Option
	Closed          bool // nothing more to appeal against
	Decided         *moderation.Appeal
	Problems        view.Problems
}

// thing returns what an address of a report or an appeal is about.
func thing(v *page.Visit) moderation.Ref {
	return moderation.Ref{Kind: moderation.Kind(v.Param("kind")), ID: v.Param("thing")}
}

// ReportForm asks why something should be looked at.
func (p *Pages) ReportForm(v *page.Visit) error {
	return p.report(v, wordsView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) report(v *page.Visit, form wordsView) error {
	back, title, place, err := p.behind(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.ReportContent, place); err != nil {
		return err
	}
	form.To, form.Back, form.Title = v.Ctx.Path(), back, title
	for _, why := range moderation.Whys() {
		form.Whys = append(form.Whys, view.Option{Value: string(why), Text: v.T("report.why." + string(why))})
	}
	return v.ShowAs(form.Problems.Status, ReportPage(form))
}

// behind returns the page of what is reported, the title of the topic and where it lies.
func (p *Pages) behind(v *page.Visit) (back, title string, at identity.Place, err error) {
	r := thing(v)
	switch r.Kind {
	case moderation.KindTopic:
		t, err := p.Topics.Topic(v.Context(), v.Actor, deliberation.TopicID(r.ID))
		return "/t/" + r.ID, t.Title, t.Place(), err
	case moderation.KindComment:
		_, t, err := p.Topics.Comment(v.Context(), v.Actor, deliberation.CommentID(r.ID))
		return "/t/" + string(t.ID) + "/comments/" + r.ID, t.Title, t.Place(), err
	}
	return "", "", at, page.ErrNotFound
}

// Report takes a neighbour's hint.
func (p *Pages) Report(v *page.Visit) error {
	why, words := v.Field("why"), v.Field("words")
	err := p.Moderation.Report(v.Context(), v.Actor, moderation.MakeReport{Ref: thing(v), Why: moderation.Why(why), Words: words})
	if err != nil {
		return p.report(v, wordsView{Why: why, Words: words, Problems: v.Refuse(err)})
	}
	back, _, _, err := p.behind(v)
	if err != nil {
		return err
	}
	return v.GoSaying(back, "report.thanks")
}

// AppealForm shows the author what was decided and takes their word against it.
func (p *Pages) AppealForm(v *page.Visit) error {
	return p.appeal(v, wordsView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) appeal(v *page.Visit, form wordsView) error {
	t, a, err := p.Moderation.OwnAppeal(v.Context(), v.Actor, thing(v))
	if err != nil {
		return err
	}
	form.To, form.Back, form.Title, form.What = v.Ctx.Path(), t.Link, t.Title, t.Text
	form.Decided, form.Reason = a, t.Reason
	if key, found, ok := deliberation.PlatformReason(t.Reason); ok && t.Reason != "" {
		form.Reason, form.ReasonKey = "", "reason."+key
		if len(found) > 0 {
			form.ReasonKey += "." + string(found[0])
		}
	}
	off := t.State != moderation.StateHidden && t.State != moderation.StateHeld
	form.Closed = off || a != nil && a.Against.Equal(t.ModeratedAt)
	return v.ShowAs(form.Problems.Status, AppealPage(form))
}

// Appeal asks for another person to look again.
func (p *Pages) Appeal(v *page.Visit) error {
	words := v.Field("words")
	if _, err := p.Moderation.Appeal(v.Context(), v.Actor, moderation.MakeAppeal{Ref: thing(v), Words: words}); err != nil {
		return p.appeal(v, wordsView{Words: words, Problems: v.Refuse(err)})
	}
	return v.GoSaying(v.Ctx.Path(), "appeal.sent")
}
