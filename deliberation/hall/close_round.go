package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// CloseRound sums up a round.
type CloseRound struct {
	ID      string // the form's token
	Session SessionID
	// Round is the number the form saw, so that two facilitators do not close two rounds between them.
	Round        int
	Agreed, Open string
	// Ends is the end of the next round and About what it looks at; a zero Ends means that the rounds are over.
	Ends  time.Time
	About string
}

// CloseRound closes the running round with what was agreed and what is open.
func (s *Service) CloseRound(ctx context.Context, actor identity.Actor, cmd CloseRound) (Session, error) {
	agreed, err1 := written.Text("agreed", cmd.Agreed, MaxSummary)
	open, err2 := written.Text("open", cmd.Open, MaxSummary)
	about, err3 := written.Line("about", cmd.About, MaxDetail)
	if err := deliberation.Joined(err1, err2, err3, deliberation.CheckToken(cmd.ID)); err != nil {
		return Session{}, err
	}
	cmd.Agreed, cmd.Open, cmd.About = agreed, open, about
	return s.step(ctx, actor, cmd.Session, func(x *Session, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return x.CloseRound(cmd, by, now)
	})
}
