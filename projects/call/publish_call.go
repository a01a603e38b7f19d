package call

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Publish is a call as its form gives it.
type Publish struct {
	ID                 ID // the form's token
	Community          community.ID
	Title, Wanted, Who string
	Preset             preset.Key
	Money              money.Fen
	ClosesAt           time.Time
}

// PublishCall publishes a call. The same form again returns what it made.
func (s *Service) PublishCall(ctx context.Context, actor identity.Actor, cmd Publish) (Call, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.DecideProject, ErrNotFound)
	if err != nil {
		return Call{}, err
	}
	known, err := s.presets.Presets(ctx, actor, node.ID)
	if err != nil {
		return Call{}, err
	}
	now := s.Now()
	c := Call{ID: cmd.ID, Community: node.ID, Path: node.Path, By: by, CreatedAt: now}
	at := slices.IndexFunc(known, func(p preset.Preset) bool { return p.Key == cmd.Preset })
	var unknown error
	if at < 0 {
		unknown = errPreset
	} else {
		c.Rules = known[at].Name
	}
	if err := deliberation.Joined(c.write(cmd, now), unknown); err != nil {
		return Call{}, err
	}
	first, err := s.calls.Add(ctx, string(c.ID), c, c.told(Published, by, "", now))
	if err == nil && (first.Community != c.Community || first.Title != c.Title || first.By.Account != by.Account) {
		return Call{}, errTaken
	}
	return first, err
}

// Extend is more time for a call.
type Extend struct {
	Call     ID
	ClosesAt time.Time
	Reason   string
}

// ExtendCall gives an open call more time.
func (s *Service) ExtendCall(ctx context.Context, actor identity.Actor, cmd Extend) (Call, error) {
	return s.explained(ctx, actor, cmd.Call, cmd.Reason, func(c *Call, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return c.Extend(cmd.ClosesAt, reason, by, now)
	})
}

// WithdrawCall takes an open call back.
func (s *Service) WithdrawCall(ctx context.Context, actor identity.Actor, id ID, reason string) (Call, error) {
	return s.explained(ctx, actor, id, reason, (*Call).Withdraw)
}
