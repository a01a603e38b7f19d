package neighbours

import (
	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// postForm is an offer on its way.
type postForm struct {
	Token, Kind, Side, Reach, Title, Body, Days, To string
	Photos                                          []deliberation.PhotoID
	// Draft is set where the form took a draft over, which is forgotten when it is sent.
	Draft                          bool
	Kinds, Sides, Reaches, Lengths []view.Option
	Problems                       view.Problems
}

// NewOffer shows the form.
func (p *Pages) NewOffer(v *page.Visit) error {
	form := postForm{Kind: v.Query("kind"), Body: v.Query("text"), Problems: view.Problems{Status: 200}}
	if v.Query("draft") != "" { // sent by chat, or to the board of the same name
		d := p.Shelf.DraftOf(v.Context(), v.Actor.ID)
		form.Body, form.Photos, form.Draft = d.Text, d.Photos, true
	}
	return p.showPost(v, form)
}

// PostOffer hangs up what the form holds. Whatever is refused, the form comes back as it was sent.
func (p *Pages) PostOffer(v *page.Visit) error {
	form := postForm{
		Token: v.Field("token"), Kind: v.Field("kind"), Side: v.Field("side"), Reach: v.Field("reach"), Title: v.Field("title"),
		Body: v.Field("body"), Days: v.Field("days"), Photos: upload.IDs(v), Draft: v.Field("draft") != "",
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		form.Problems = v.Refuse(upload.OnPhotos(err))
		return p.showPost(v, form)
	}
	node, err := p.node(v)
	if err != nil {
		return err
	}
	o, err := p.Neighbours.PostOffer(v.Context(), v.Actor, neighbourhood.PostOffer{
		ID: neighbourhood.OfferID(form.Token), Community: node.ID, Kind: neighbourhood.Kind(form.Kind), Side: neighbourhood.Side(form.Side),
		Reach: neighbourhood.Reach(form.Reach), Title: form.Title, Body: form.Body, Photos: form.Photos, Until: inDays(v),
	})
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showPost(v, form)
	}
	if form.Draft {
		// The offer is there; a draft that stays is forgotten within a day.
		_ = p.Shelf.DropDraft(v.Context(), v.Actor.ID)
	}
	said := "neighbours.sent"
	if o.Status == neighbourhood.Held {
		said = "neighbours.held"
	}
	return v.GoSaying("/n/"+string(o.ID)+"?posted="+base(node.ID)+"/neighbours/post", said)
}

func (p *Pages) showPost(v *page.Visit, form postForm) error {
	node, err := p.node(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.HelpNeighbour, identity.At(node).On("neighbours")); err != nil {
		return err
	}
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	form.To = base(node.ID) + "/neighbours/post"
	form.Kinds = options(v, "neighbours.kind.", neighbourhood.Kinds())
	form.Sides = options(v, "neighbours.side.", []neighbourhood.Side{neighbourhood.Has, neighbourhood.Needs})
	form.Reaches = options(v, "neighbours.form.reach.", neighbourhood.Reaches())
	form.Lengths = days(v, 3, 7, 14, 30)
	form.Kind, form.Side = otherwise(form.Kind, string(neighbourhood.Give)), otherwise(form.Side, string(neighbourhood.Has))
	form.Reach, form.Days = otherwise(form.Reach, string(neighbourhood.ReachCommunity)), otherwise(form.Days, "7")
	return v.ShowAs(form.Problems.Status, PostPage(form, base(node.ID)+"/neighbours"))
}

func otherwise(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}
