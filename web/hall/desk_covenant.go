package hall

import (
	"jushou/deliberation/covenant"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// spareRows is how many empty rows a form of clauses has for further ones.
const spareRows = 3

// clausesOf reads the rows of a form of clauses.
func clausesOf(v *page.Visit) []covenant.Clause {
	keys, headings, bodies := v.Fields("clause"), v.Fields("heading"), v.Fields("text")
	var all []covenant.Clause
	for i := range min(len(keys), len(headings), len(bodies)) {
		all = append(all, covenant.Clause{ID: keys[i], Heading: headings[i], Body: bodies[i]})
	}
	return all
}

// withSpare adds empty rows.
func withSpare(all []covenant.Clause, n int) []covenant.Clause {
	return append(append([]covenant.Clause{}, all...), make([]covenant.Clause, n)...)
}

// draftCovenantView is the form that begins a covenant.
type draftCovenantView struct {
	To, Session, Topics string
	Rows                []covenant.Clause
	Sheet               page.Sheet
	Token               string
}

// NewCovenant shows the form that begins a covenant, for the deliberation that the address names.
func (p *Pages) NewCovenant(v *page.Visit) error { return p.newCovenant(v, page.Sheet{}, nil) }

func (p *Pages) newCovenant(v *page.Visit, s page.Sheet, rows []covenant.Clause) error {
	r, err := p.MayAny(v, identity.KeepCovenant)
	if err != nil {
		return err
	}
	if rows == nil {
		rows = withSpare(nil, 2*spareRows)
	}
	shown := draftCovenantView{
		To: r.Path("/covenants"), Session: s.Value("draft", "session", v.Query("session")), Topics: s.Value("draft", "topics", v.Query("topic")),
		Rows: rows, Sheet: s, Token: s.Token("draft", v.Now),
	}
	d, err := p.Within(v, r, "covenants", v.T("covenant.desk_new"), r.Path("/covenants"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), NewCovenantPage(d, shown))
}

// DraftCovenant begins a covenant.
func (p *Pages) DraftCovenant(v *page.Visit) error {
	r, err := p.MayAny(v, identity.KeepCovenant)
	if err != nil {
		return err
	}
	clauses := clausesOf(v)
	c, err := p.Covenants.DraftCovenant(v.Context(), v.Actor, covenant.DraftCovenant{
		ID: covenant.ID(v.Field("token")), Community: r.Node.ID, Title: v.Field("title"), Session: v.Field("session"), Topics: story.TopicIDs(v.Field("topics")),
		Clauses: clauses, Note: v.Field("note"),
	})
	if err != nil {
		return p.newCovenant(v, v.RefuseForm("draft", err, "title", "session", "topics", "note"), withSpare(clauses, 1))
	}
	return v.GoSaying(r.Path("/covenants/"+string(c.ID)), "covenant.drafted")
}

// keepView is a covenant in the hands of who keeps it.
type keepView struct {
	covenant.View
	At, To   string
	Last     covenant.Edition
	Phase    covenant.Phase
	Rows     []covenant.Clause
	Comments []covenant.Comment
	More     string
	Until    string
	Held     string
	Sheet    page.Sheet
	Refused  string // the comment whose form was refused
	Confirm  bool   // the visitor is a second person
	Unfiled  int    // the last adopted edition that was not filed, 0 for none
}

// KeepCovenant shows a covenant with what can be done.
func (p *Pages) KeepCovenant(v *page.Visit) error { return p.keepCovenant(v, page.Sheet{}, nil) }

func (p *Pages) keepCovenant(v *page.Visit, s page.Sheet, rows []covenant.Clause) error {
	r, c, err := p.covenantHere(v)
	if err != nil {
		return err
	}
	n := len(c.Editions)
	last := c.Last()
	shown := keepView{
		View: c, At: r.Path("/covenants/" + string(c.ID)), To: "/covenant/" + string(c.ID), Last: last, Phase: c.Phases[n-1], Rows: rows,
		Until: view.InputHour(v.Now, 7, 20), Held: p.dateIn(v.Now, 0), Sheet: s, Refused: v.Param("remark"),
	}
	if rows == nil {
		shown.Rows = withSpare(last.Clauses, spareRows)
	}
	shown.Confirm = c.Pass && last.Adoption != nil && last.Adoption.By.Account != v.Actor.ID
	for _, e := range c.Editions {
		if e.State == covenant.Adopted && e.Filing == nil {
			shown.Unfiled = e.N
		}
	}
	found, next, err := p.Covenants.Comments(v.Context(), v.Actor, c.ID, n, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	if shown.Comments = found; next != "" {
		shown.More = shown.At + "?after=" + string(next) + "#comments"
	}
	d, err := p.Within(v, r, "covenants", c.Title, r.Path("/covenants"))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), KeepCovenantPage(d, shown))
}

// covenantHere returns the room and the covenant of the address.
func (p *Pages) covenantHere(v *page.Visit) (console.Room, covenant.View, error) {
	r, err := p.MayAny(v, identity.KeepCovenant, identity.PassCovenant)
	if err != nil {
		return r, covenant.View{}, err
	}
	c, err := p.Covenants.Covenant(v.Context(), v.Actor, covenant.ID(v.Param("covenant")))
	if err != nil {
		return r, c, err
	}
	return r, c, here(r, c.Community)
}

// covenantStep is one step on a covenant: the form it comes from, its fields, what is said afterwards, the use case.
type covenantStep struct {
	form   string
	fields []string
	said   string
	do     func(p *Pages, v *page.Visit, id covenant.ID, edition int) error
}

// CovenantStep returns the handler of a step. A refused one comes back with what was typed.
func (p *Pages) CovenantStep(s covenantStep) page.Handler {
	return func(v *page.Visit) error {
		r, c, err := p.covenantHere(v)
		if err != nil {
			return err
		}
		if err := s.do(p, v, c.ID, page.Number(v.Field("edition"))); err != nil {
			var rows []covenant.Clause
			if s.form == "edit" || s.form == "revise" {
				rows = withSpare(clausesOf(v), 1)
			}
			return p.keepCovenant(v, v.RefuseForm(s.form, err, s.fields...), rows)
		}
		return v.GoSaying(r.Path("/covenants/"+string(c.ID)), s.said)
	}
}

// EditDraft replaces the text of a draft.
func EditDraft() covenantStep {
	return covenantStep{"edit", []string{"note", "revision"}, "covenant.saved", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.EditDraft(v.Context(), v.Actor, covenant.Write{
			Covenant: id, Edition: edition, Revision: page.Number(v.Field("revision")), Clauses: clausesOf(v), Note: v.Field("note"),
		})
		return err
	}}
}

// Revise makes a further edition.
func Revise() covenantStep {
	return covenantStep{"revise", []string{"note"}, "covenant.revised", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.Revise(v.Context(), v.Actor, covenant.Write{Covenant: id, Edition: edition, Clauses: clausesOf(v), Note: v.Field("note")})
		return err
	}}
}

// OpenComments lets residents comment.
func OpenComments() covenantStep {
	return covenantStep{"open", []string{"until"}, "covenant.opened", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.OpenComments(v.Context(), v.Actor, id, edition, view.Instant(v.Field("until")))
		return err
	}}
}

// NoteLegal writes down what a lawyer said.
func NoteLegal() covenantStep {
	return covenantStep{"legal", []string{"who", "legal"}, "covenant.legal_saved", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.NoteLegal(v.Context(), v.Actor, covenant.NoteLegal{Covenant: id, Edition: edition, Who: v.Field("who"), Note: v.Field("legal")})
		return err
	}}
}

// RecordAdoption writes an adoption down.
func RecordAdoption() covenantStep {
	return covenantStep{"adopt", []string{"what", "rule", "result", "held", "effective"}, "covenant.recorded", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.RecordAdoption(v.Context(), v.Actor, covenant.RecordAdoption{
			Covenant: id, Edition: edition, What: v.Field("what"), Rule: v.Field("rule"), Result: v.Field("result"),
			HeldAt: p.startOf(v, "held"), EffectiveAt: p.startOf(v, "effective"),
		})
		return err
	}}
}

// ConfirmAdoption makes a recorded adoption count.
func ConfirmAdoption() covenantStep {
	return covenantStep{"confirm", nil, "covenant.confirmed", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.ConfirmAdoption(v.Context(), v.Actor, id, edition)
		return err
	}}
}

// SendBack undoes a record.
func SendBack() covenantStep {
	return covenantStep{"back", []string{"reason"}, "covenant.sent_back", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.SendBack(v.Context(), v.Actor, id, edition, v.Field("reason"))
		return err
	}}
}

// File says where a version was filed.
func File() covenantStep {
	return covenantStep{"file", []string{"with", "no", "on"}, "covenant.file_saved", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.FileCovenant(v.Context(), v.Actor, covenant.FileCovenant{Covenant: id, Edition: edition, With: v.Field("with"), No: v.Field("no"), On: p.startOf(v, "on")})
		return err
	}}
}

// Amend begins a further edition from the version in force.
func Amend() covenantStep {
	return covenantStep{"amend", nil, "covenant.amended", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.Amend(v.Context(), v.Actor, id, edition)
		return err
	}}
}

// DropEdition ends an edition.
func DropEdition() covenantStep {
	return covenantStep{"drop", []string{"reason"}, "covenant.dropped", func(p *Pages, v *page.Visit, id covenant.ID, edition int) error {
		_, err := p.Covenants.DropEdition(v.Context(), v.Actor, id, edition, v.Field("reason"))
		return err
	}}
}

// Reply answers a comment.
func Reply() covenantStep {
	return covenantStep{"reply", []string{"taken", "why"}, "covenant.reply_saved", func(p *Pages, v *page.Visit, _ covenant.ID, _ int) error {
		_, err := p.Covenants.ReplyComment(v.Context(), v.Actor, covenant.ReplyComment{
			Comment: covenant.CommentID(v.Param("remark")), Taken: v.Field("taken") == "1", Why: v.Field("why"),
		})
		return err
	}}
}

// HideComment takes a comment out of sight or shows it again.
func HideComment() covenantStep {
	return covenantStep{"hide", []string{"reason"}, "hall.moderated", func(p *Pages, v *page.Visit, _ covenant.ID, _ int) error {
		_, err := p.Covenants.HideComment(v.Context(), v.Actor, covenant.HideComment{
			Comment: covenant.CommentID(v.Param("remark")), Hide: v.Field("hide") == "1", Reason: v.Field("reason"),
		})
		return err
	}}
}
