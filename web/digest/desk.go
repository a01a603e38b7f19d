package digest

import (
	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// deskView is a community's digests for who works there.
type deskView struct {
	New, Public string
	Cards       []card
	Pager       view.Pager
}

// DeskList lists a community's digests, what is being sorted too for who sorts.
func (p *Pages) DeskList(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	found, err := p.Digests.Digests(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	here := r.Path("/digests")
	shown := deskView{Public: "/c/" + string(r.Node.ID) + "/digests", Pager: pager(v, here, found)}
	base := "/digest/"
	if r.May(identity.WriteDigest) || r.May(identity.AnswerDigest) {
		base = "/desk/digest/"
	}
	if r.May(identity.WriteDigest) {
		shown.New = here + "/new"
	}
	for _, d := range found.Items {
		shown.Cards = append(shown.Cards, cardOf(v, d, base))
	}
	d, err := p.Desk(v, r, "digests")
	if err != nil {
		return err
	}
	return v.Show(DeskPage(d, shown))
}

// townView is what a town has to answer.
type townView struct{ Owed, Rest []card }

// Town is a town's inbox.
func (p *Pages) Town(v *page.Visit) error {
	r, err := p.Room(v, community.ID(v.Param("town")), community.LevelTown)
	if err != nil {
		return err
	}
	found, err := p.Digests.TownInbox(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	var shown townView
	for _, part := range []struct {
		from []digest.View
		to   *[]card
	}{{found.Owed, &shown.Owed}, {found.Rest, &shown.Rest}} {
		for _, d := range part.from {
			node, err := p.Directory.Node(v.Context(), d.Community)
			if err != nil {
				return err
			}
			c := cardOf(v, d, "/desk/digest/")
			c.Where = node.Name
			*part.to = append(*part.to, c)
		}
	}
	d, err := p.Desk(v, r, "digests")
	if err != nil {
		return err
	}
	return v.Show(TownPage(d, shown))
}

// newForm opens a digest.
type newForm struct {
	To, Token, Title, Purpose, From, Until string
	Problems                               view.Problems
}

// New shows the form, with last month filled in.
func (p *Pages) New(v *page.Visit) error {
	today := view.Local(v.Now)
	last := calendar.DateOf(today).AddDays(-today.Day())
	first := last.AddDays(1 - last.Day)
	return p.showNew(v, newForm{
		Token: ids.New(v.Now), Title: v.T("digest.new_title", "period", v.T("digest.month", "month", itoa(int(first.Month)))), From: first.String(), Until: last.String(),
		Problems: view.Problems{Status: 200},
	})
}

func (p *Pages) showNew(v *page.Visit, f newForm) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.WriteDigest, identity.At(r.Node)); err != nil {
		return err
	}
	f.To = r.Path("/digests")
	d, err := p.Within(v, r, "digests", v.T("digest.new"), f.To)
	if err != nil {
		return err
	}
	return v.ShowAs(f.Problems.Status, NewPage(d, f))
}

// Open begins a digest.
func (p *Pages) Open(v *page.Visit) error {
	f := newForm{Token: v.Field("token"), Title: v.Field("title"), Purpose: v.Field("purpose"), From: v.Field("from"), Until: v.Field("to")}
	made, err := p.Digests.Open(v.Context(), v.Actor, digest.Open{
		ID: digest.ID(f.Token), Community: community.ID(v.Param("community")), Title: f.Title, Purpose: f.Purpose, From: dayOf(f.From), To: dayOf(f.Until),
	})
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.showNew(v, f)
	}
	at := "/desk/digest/" + string(made.ID)
	return v.GoSaying(at+"?posted=/desk/c/"+v.Param("community")+"/digests", "digest.opened")
}

// dayOf reads a day; what is none is the zero day, which the use case refuses.
func dayOf(text string) calendar.Date {
	d, _ := calendar.ParseDate(text)
	return d
}
