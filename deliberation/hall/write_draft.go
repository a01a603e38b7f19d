package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// WriteDraft is a new version of the outcome's words.
type WriteDraft struct {
	Session SessionID
	Base    int // the version it was written from, 0 for the first
	Body    string
	Note    string // what was changed and why
}

// WriteDraft adds a version of the draft.
func (s *Service) WriteDraft(ctx context.Context, actor identity.Actor, cmd WriteDraft) (Session, error) {
	body, err1 := written.Text("body", cmd.Body, MaxDraft)
	note, err2 := written.Line("note", cmd.Note, MaxDetail)
	if err := deliberation.Joined(err1, err2, fault.When(body == "", errDraftEmpty)); err != nil {
		return Session{}, err
	}
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.WriteDraft(cmd.Base, Draft{Body: body, Note: note, By: by}, now)
	})
}
