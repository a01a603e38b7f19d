package covenant

import (
	"context"
	"errors"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// CommentClause is a word about a clause, or about the whole.
type CommentClause struct {
	ID       CommentID // the form's token
	Covenant ID
	Edition  int    // the edition the form saw
	Clause   string // "" for the whole
	Body     string
}

// CommentClause adds a comment while the edition is open for them. The instant decides, not the sweep.
func (s *Service) CommentClause(ctx context.Context, actor identity.Actor, cmd CommentClause) (Comment, error) {
	c, author, err := s.covenants.For(ctx, actor, string(cmd.Covenant), identity.SpeakHall)
	if err != nil {
		return Comment{}, err
	}
	e, err := c.Edition(cmd.Edition)
	if err != nil {
		return Comment{}, err
	}
	body := deliberation.Clean(cmd.Body)
	faults := deliberation.Joined(fault.When(body == "", errCommentEmpty), deliberation.Within(body, MaxComment, errCommentLong), deliberation.CheckToken(string(cmd.ID)))
	if _, _, err := e.Clause(cmd.Clause); cmd.Clause != "" && err != nil {
		faults = deliberation.Joined(faults, err)
	}
	if faults != nil {
		return Comment{}, faults
	}
	x := Comment{ID: cmd.ID, Covenant: c.ID, Community: c.Community, Edition: e.N, Clause: cmd.Clause, Author: author, Body: body, CreatedAt: s.Now()}
	if err := e.takes(x.CreatedAt); err != nil {
		return Comment{}, err
	}
	if hits := s.Screener.Screen(body); len(hits) > 0 && identity.Can(actor, identity.KeepCovenant, c.Place()) != nil {
		x.Hidden, x.Reason, x.Hits = true, deliberation.ReasonWordList, hits
	}
	return s.put(ctx, c, x)
}

// takes refuses comments outside [Opens, Until).
func (e Edition) takes(now time.Time) error {
	if e.State != Commenting || !now.Before(e.Until) {
		return errOver
	}
	return nil
}

func (s *Service) put(ctx context.Context, c Covenant, x Comment) (Comment, error) {
	data := CommentStep{About: c.about(x.Edition), Comment: x.ID, By: x.Author.Account, Held: x.Hidden}
	first, err := s.comments.Add(ctx, string(x.ID), x, fact(Commented, x.Author.Account, x.CreatedAt, data))
	if err == nil && (first.Author.Account != x.Author.Account || first.Covenant != x.Covenant || first.Body != x.Body) {
		return Comment{}, errTaken.With("comment", x.ID)
	}
	return first, err
}

// comment returns a comment with its covenant, if the actor keeps it.
func (s *Service) comment(ctx context.Context, actor identity.Actor, id CommentID) (Comment, Covenant, error) {
	x, _, err := s.comments.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return x, Covenant{}, errNoComment.With("comment", id)
	}
	if err != nil {
		return x, Covenant{}, err
	}
	c, err := s.covenants.May(ctx, actor, string(x.Covenant), identity.KeepCovenant)
	return x, c, err
}

// ReplyComment answers a comment: taken up or not, and why.
type ReplyComment struct {
	Comment CommentID
	Taken   bool
	Why     string // needed either way; the commenter is told
}

// ReplyComment answers a comment once. The same answer again changes nothing; another one is refused.
func (s *Service) ReplyComment(ctx context.Context, actor identity.Actor, cmd ReplyComment) (Comment, error) {
	why, err := written.Text("why", cmd.Why, MaxReply)
	if err := deliberation.Joined(err, fault.When(why == "", errWhy)); err != nil {
		return Comment{}, err
	}
	_, c, err := s.comment(ctx, actor, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	by, err := s.Topics.AuthorOf(ctx, actor, c.Place())
	if err != nil {
		return Comment{}, err
	}
	now := s.Now()
	return s.comments.Update(ctx, string(cmd.Comment), func(x *Comment) ([]docstore.Fact, error) {
		if r := x.Reply; r != nil {
			if r.Taken == cmd.Taken && r.Why == why {
				return nil, docstore.ErrUnchanged
			}
			return nil, errReplied
		}
		x.Reply = &Reply{Taken: cmd.Taken, Why: why, By: by, At: now}
		data := CommentStep{About: c.about(x.Edition), Comment: x.ID, By: x.Author.Account, Taken: cmd.Taken, Why: why}
		return []docstore.Fact{fact(Replied, actor.ID, now, data)}, nil
	})
}

// HideComment takes a comment out of sight, or shows it again.
type HideComment struct {
	Comment CommentID
	Hide    bool
	Reason  string // needed to hide; shown in its place
}

// HideComment moderates a comment. Doing it twice changes nothing.
func (s *Service) HideComment(ctx context.Context, actor identity.Actor, cmd HideComment) (Comment, error) {
	reason, err := deliberation.NewReason(cmd.Reason)
	if err := deliberation.Joined(err, fault.When(cmd.Hide && reason == "", errReason)); err != nil {
		return Comment{}, err
	}
	_, c, err := s.comment(ctx, actor, cmd.Comment)
	if err != nil {
		return Comment{}, err
	}
	now := s.Now()
	return s.comments.Update(ctx, string(cmd.Comment), func(x *Comment) ([]docstore.Fact, error) {
		if x.Hidden == cmd.Hide && x.ModeratedBy != "" {
			return nil, docstore.ErrUnchanged
		}
		x.Hidden, x.Reason, x.ModeratedBy = cmd.Hide, reason, actor.ID
		what := CommentShown
		if cmd.Hide {
			what = CommentHidden
		}
		return []docstore.Fact{fact(what, actor.ID, now, CommentStep{About: c.about(x.Edition), Comment: x.ID, By: x.Author.Account, Why: reason})}, nil
	})
}
