package deliberation

import (
	"context"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ChangePromises gives a community other terms of acceptance and resolution.
type ChangePromises struct {
	Community community.ID
	// Version is Settings.Promises.Version as the form saw it.
	Version int
	Terms   community.Terms
	Reason  string
}

// ChangePromises changes the terms and keeps who did so, when and why, and the terms before and after. Clocks that run keep
// the terms they were started under. The same terms again change nothing, so a form sent twice is one change.
func (s *Service) ChangePromises(ctx context.Context, actor identity.Actor, cmd ChangePromises) (community.Node, error) {
	node, err := s.community(ctx, cmd.Community)
	if err != nil {
		return community.Node{}, err
	}
	change := community.PromiseChange{By: actor.Ref(), At: s.now(), Reason: firstLines(Clean(cmd.Reason)), After: cmd.Terms}
	change.Name, change.Title = actor.NameAt(identity.At(node))
	return s.settings.ChangeSettings(ctx, actor, identity.SetPromises, node.ID, func(now *community.Settings) error {
		next, err := now.WithPromises(cmd.Version, change)
		if err != nil {
			return err
		}
		if next.Promises.Version == now.Promises.Version {
			return docstore.ErrUnchanged
		}
		*now = next
		return nil
	})
}

// promiseHistoryPage is how many changes one page of the history holds.
const promiseHistoryPage = 20

// PromiseHistory returns one page of the changes of a community's terms, the latest first. Anybody may read it: a promise
// that is made in public is changed in public.
func (s *Service) PromiseHistory(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]community.PromiseChange, docstore.Cursor, error) {
	node, err := s.community(ctx, in)
	if err != nil {
		return nil, "", err
	}
	if err := identity.Can(actor, identity.ReadPublic, identity.At(node)); err != nil {
		return nil, "", err
	}
	return community.NewPlaces(s.store).PromiseHistory(ctx, node, promiseHistoryPage, after)
}
