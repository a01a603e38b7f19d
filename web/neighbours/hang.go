package neighbours

import (
	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// hangForm is a wish on its way to the tree; the second part is for somebody offline.
type hangForm struct {
	Token, Title, Body, Show, Days, To string
	Vulnerable                         bool
	Name, Building, Contact, Consent   string
	Offline                            bool
	Shows, Lengths, Buildings          []view.Option
	Problems                           view.Problems
}

// NewWish shows the form.
func (p *Pages) NewWish(v *page.Visit) error {
	return p.showHang(v, hangForm{Problems: view.Problems{Status: 200}})
}

// HangWish hangs a wish on the tree.
func (p *Pages) HangWish(v *page.Visit) error {
	form := readHang(v)
	node, err := p.node(v)
	if err != nil {
		return err
	}
	w, err := p.Neighbours.HangWish(v.Context(), v.Actor, form.wish(v, node.ID))
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showHang(v, form)
	}
	return v.GoSaying("/wish/"+string(w.ID)+"?posted="+base(node.ID)+"/wishes/post", hungWords(w))
}

func hungWords(w neighbourhood.Wish) string {
	if w.Status == neighbourhood.Clearing {
		return "wishes.waits"
	}
	return "wishes.hung"
}

func readHang(v *page.Visit) hangForm {
	return hangForm{
		Token: v.Field("token"), Title: v.Field("title"), Body: v.Field("body"), Show: v.Field("show"), Days: v.Field("days"),
		Vulnerable: v.Checked("vulnerable"), Name: v.Field("name"), Building: v.Field("building"), Contact: v.Field("contact"), Consent: v.Field("consent"),
	}
}

func (f hangForm) wish(v *page.Visit, c community.ID) neighbourhood.HangWish {
	return neighbourhood.HangWish{
		ID: neighbourhood.WishID(f.Token), Community: c, Show: neighbourhood.Show(f.Show), Vulnerable: f.Vulnerable,
		Title: f.Title, Body: f.Body, Until: inDays(v),
	}
}

func (p *Pages) showHang(v *page.Visit, form hangForm) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.HelpNeighbour, identity.At(node).On("neighbours")); err != nil {
		return err
	}
	form.To = base(node.ID) + "/wishes/post"
	form.fill(v)
	return v.ShowAs(form.Problems.Status, HangPage(form, base(node.ID)+"/wishes"))
}

// fill puts in what the form offers and what it begins with.
func (f *hangForm) fill(v *page.Visit) {
	if !ids.Valid(f.Token) {
		f.Token = ids.New(v.Now)
	}
	f.Shows, f.Lengths = options(v, "wishes.show.", neighbourhood.Shows()), days(v, 14, 30, 60, 90)
	f.Show, f.Days = otherwise(f.Show, string(neighbourhood.ShowMasked)), otherwise(f.Days, "30")
}
