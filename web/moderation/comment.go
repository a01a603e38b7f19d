package moderation

import (
	"strconv"

	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// commentView is one comment and everything that may be done with it.
type commentView struct {
	Said            view.Comment
	Title           string
	Topic           string // the page of the thread on which it stands
	Here            string
	Reply, Quote    string
	Report, Appeal  string
	May             deliberation.CommentMay
	Body, Revision  string
	Problems        view.Problems
	Decided         *moderation.Appeal
	EditableMinutes string
}

// Comment shows one comment by itself: to answer, quote and report it, and to its author to change it or take it back.
func (p *Pages) Comment(v *page.Visit) error {
	return p.comment(v, "", view.Problems{Status: 200})
}

func (p *Pages) comment(v *page.Visit, typed string, problems view.Problems) error {
	id := deliberation.CommentID(v.Param("comment"))
	c, t, err := p.Topics.Comment(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	if string(t.ID) != v.Param("topic") {
		return page.ErrNotFound
	}
	at := "/t/" + string(t.ID) + "?at=" + string(id)
	shown := commentView{
		Said: story.Comment(c), Title: t.Title, Topic: at + "#c-" + string(id), Here: "/t/" + string(t.ID) + "/comments/" + string(id),
		May: c.MayOf(v.Actor.ID, v.Now), Body: c.Body, Revision: strconv.Itoa(c.Revision), Problems: problems,
		EditableMinutes: strconv.Itoa(int(c.EditUntil.Sub(v.Now).Minutes()) + 1),
	}
	if problems.Any() {
		shown.Body = typed
	}
	if t.May.Comment && c.Shown() {
		shown.Reply, shown.Quote = at+"&do=reply#say", at+"&do=quote#say"
	}
	mine := c.IsAuthor(v.Actor.ID)
	if c.Shown() && !mine && identity.Can(v.Actor, identity.ReportContent, t.Place()) == nil {
		shown.Report = "/report/comment/" + string(id)
	}
	if mine {
		if err := p.appealed(v, &shown, moderation.Ref{Kind: moderation.KindComment, ID: string(id)}); err != nil {
			return err
		}
	}
	return v.ShowAs(problems.Status, CommentPage(shown))
}

// appealed fills in how the author's appeal stands, and where one can be made.
func (p *Pages) appealed(v *page.Visit, shown *commentView, r moderation.Ref) error {
	_, a, err := p.Moderation.OwnAppeal(v.Context(), v.Actor, r)
	if err != nil {
		return err
	}
	shown.Decided = a
	if shown.May.Appeal {
		shown.Appeal = "/appeal/comment/" + r.ID
	}
	return nil
}

// EditComment changes the author's comment.
func (p *Pages) EditComment(v *page.Visit) error {
	revision, err := strconv.Atoi(v.Field("revision"))
	if err != nil {
		revision = -1
	}
	body := v.Field("body")
	c, err := p.Topics.EditComment(v.Context(), v.Actor, deliberation.EditComment{
		Comment: deliberation.CommentID(v.Param("comment")), Revision: revision, Body: body,
	})
	if err != nil {
		return p.comment(v, body, v.Refuse(err))
	}
	said := "comment.changed"
	if c.Hidden {
		said = "comment.held"
	}
	return v.GoSaying(v.Ctx.Path()[:len(v.Ctx.Path())-len("/edit")], said)
}

// WithdrawComment takes the author's comment back.
func (p *Pages) WithdrawComment(v *page.Visit) error {
	c, err := p.Topics.WithdrawComment(v.Context(), v.Actor, deliberation.CommentID(v.Param("comment")))
	if err != nil {
		return err
	}
	return v.GoSaying("/t/"+string(c.Topic)+"?at="+string(c.ID)+"#c-"+string(c.ID), "comment.taken_back")
}
