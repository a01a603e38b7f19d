package hall

import (
	"net/url"
	"strconv"

	"jushou/deliberation/covenant"
	"jushou/internal/docstore"
	"jushou/web/page"
	"jushou/web/view"
)

// CovenantList shows a community's covenants.
func (p *Pages) CovenantList(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if err := v.Known(); err != nil {
		return err
	}
	found, next, err := p.Covenants.Covenants(v.Context(), v.Actor, node.ID, docstore.Cursor(v.Query("after")))
	if err != nil {
		return err
	}
	base := "/c/" + string(node.ID)
	return v.Show(CovenantsPage(base, found, v.Pager(base+"/covenants", covenant.CovenantsPage, len(found), string(next))))
}

// Covenant shows the version in force, or the edition that is being worked on where there is none yet.
func (p *Pages) Covenant(v *page.Visit) error {
	c, err := p.Covenants.Covenant(v.Context(), v.Actor, covenant.ID(v.Param("covenant")))
	if err != nil {
		return err
	}
	n := c.Holds
	if n == 0 {
		n = len(c.Editions)
	}
	return p.edition(v, n, page.Sheet{})
}

// Edition shows one edition with what it changes and what was said about it.
func (p *Pages) Edition(v *page.Visit) error {
	return p.edition(v, page.Number(v.Param("edition")), page.Sheet{})
}

// editionView is an edition as residents see it.
type editionView struct {
	covenant.EditionView
	Home, To, Post string
	Topics         []topicLink
	Comments       []covenant.Comment
	Pager          view.Pager
	Sheet          page.Sheet
	Token          string
	Say            bool
	Desk           string
}

func (p *Pages) edition(v *page.Visit, n int, s page.Sheet) error {
	e, err := p.Covenants.Edition(v.Context(), v.Actor, covenant.ID(v.Param("covenant")), n)
	if err != nil {
		return err
	}
	after := v.Query("after")
	comments, next, err := p.Covenants.Comments(v.Context(), v.Actor, e.Covenant.ID, n, docstore.Cursor(after))
	if err != nil {
		return err
	}
	to := "/covenant/" + string(e.Covenant.ID)
	shown := editionView{
		EditionView: e, Home: "/c/" + string(e.Covenant.Community) + "/covenants", To: to, Post: to + "/e/" + strconv.Itoa(n), Comments: comments,
		Sheet: s, Token: s.Token("comment", v.Now), Say: e.Covenant.Speak && e.Phase == covenant.PhaseCommenting,
		Pager: view.Pager{Total: -1, Shown: len(comments), Order: "order.asked", Step: covenant.CommentsPage, Later: after != "", First: to + "/e/" + strconv.Itoa(n)},
	}
	if next != "" {
		shown.Pager.Next = shown.Post + "?after=" + url.QueryEscape(string(next)) + "#comments"
	}
	if e.Covenant.Session != "" {
		shown.Topics = append(shown.Topics, topicLink{"/hall/" + e.Covenant.Session, v.T("covenant.from_session")})
	}
	for _, id := range e.Covenant.Topics {
		shown.Topics = append(shown.Topics, p.topic(v, id))
	}
	if e.Covenant.Keep || e.Covenant.Pass {
		shown.Desk = "/desk/c/" + string(e.Covenant.Community) + "/covenants/" + string(e.Covenant.ID)
	}
	return v.ShowAs(s.Status(), EditionPage(shown))
}

// Comment adds a comment on a clause.
func (p *Pages) Comment(v *page.Visit) error {
	id, n := v.Param("covenant"), page.Number(v.Param("edition"))
	c, err := p.Covenants.CommentClause(v.Context(), v.Actor, covenant.CommentClause{
		ID: covenant.CommentID(v.Field("token")), Covenant: covenant.ID(id), Edition: n, Clause: v.Field("clause"), Body: v.Field("body"),
	})
	if err != nil {
		return p.edition(v, n, v.RefuseForm("comment", err, "clause", "body"))
	}
	said := "comment.sent"
	if c.Hidden {
		said = "comment.held"
	}
	to := "/covenant/" + id + "/e/" + strconv.Itoa(n)
	return v.GoSaying(to+"?posted="+to, said)
}
