package poll

import (
	"context"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Forget takes a deleted account's name out of the rolls it stands on. A ballot that was cast stays in the count: it is the roll's,
// and nothing in it says whose it was. The relay gives it account.erased, at least once.
func (s *Service) Forget(ctx context.Context, e docstore.Event) error {
	if e.Type != identity.EventErased {
		return nil
	}
	now := s.Now()
	q := docstore.Query{Index: byVoter, Equal: []any{e.Doc.ID}}
	return s.seats.Each(ctx, q, func(x Seat) error {
		_, err := s.seats.Update(ctx, x.id(), func(x *Seat) ([]docstore.Fact, error) {
			x.Account, x.Handed, x.People = "", nil, nil
			if x.Proxy != nil && x.Proxy.Account == identity.AccountID(e.Doc.ID) {
				x.Proxy.Account, x.Proxy.Name = "", identity.ErasedName
			}
			if x.Voter == VoterKey(e.Doc.ID) {
				x.Name = identity.ErasedName
			}
			return []docstore.Fact{{Type: voterForgotten, Actor: forgetting.Ref(), At: now}}, nil
		})
		return err
	})
}
