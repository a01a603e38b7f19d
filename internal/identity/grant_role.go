package identity

import (
	"context"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// ErrOwnAffair means that somebody else has to decide this about the actor.
var ErrOwnAffair = fault.New(fault.Denied, "identity.own_affair")

// GrantRole gives a role at a node that the actor may give roles at. Giving it again changes its title.
func (s *Service) GrantRole(ctx context.Context, actor Actor, whom AccountID, g Grant) error {
	return s.reassign(ctx, actor, whom, g, Account.Grant)
}

// townDepth is how long the path of a town is: its district, and itself. A department works for a whole town.
const townDepth = 2

// RevokeRole takes away the role with the grant's role, node and board. It works at once in this process, and
// within two seconds in others. The last admin of a node cannot take the role from themselves.
func (s *Service) RevokeRole(ctx context.Context, actor Actor, whom AccountID, g Grant) error {
	if g.Role == RoleAdmin && actor.ID == whom {
		return ErrOwnAffair
	}
	return s.reassign(ctx, actor, whom, g, Account.Revoke)
}

func (s *Service) reassign(
	ctx context.Context, actor Actor, whom AccountID, g Grant,
	do func(Account, Grant, string, time.Time) (Account, []docstore.Fact, error),
) error {
	p, err := s.place(ctx, g.Node)
	if err != nil {
		return err
	}
	if err := Can(actor, GrantRole, p); err != nil {
		return err
	}
	if g.Role == RoleDepartment && len(p.Path) != townDepth {
		return ErrBadGrant.On("role")
	}
	now := s.clock.Now()
	_, err = s.change(ctx, whom, func(a Account) (Account, []docstore.Fact, error) {
		return do(a, g, actor.Ref(), now)
	})
	return err
}
