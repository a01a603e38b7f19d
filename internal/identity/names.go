package identity

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jushou/internal/docstore"
)

// PublicName is how others see a person.
type PublicName struct {
	Masked string // 王**, or ErasedName
	// Full equals Masked for people without a role.
	Full   string
	Grants []Grant
}

// At returns the name and title to show at a place: in full with the title where a role reaches it, masked
// without a title elsewhere.
func (n PublicName) At(p Place) (name, title string) {
	for _, g := range n.Grants {
		if g.covers(p, EveryBoard) {
			return n.Full, g.Title
		}
	}
	return n.Masked, ""
}

// Names returns the public names of accounts. Ids that do not exist are left out.
func (s *Service) Names(ctx context.Context, ids []AccountID) (map[AccountID]PublicName, error) {
	names := make(map[AccountID]PublicName, len(ids))
	err := s.each(ctx, ids, nameFor, func(k *known) error {
		names[k.account.ID] = k.name
		return nil
	})
	return names, err
}

// Contact is how a notice reaches a person.
type Contact struct {
	OpenID    string // "" without WeChat
	Following bool
	// Notices says that the person consented to notices beyond their own affairs.
	Notices     bool
	Preferences Preferences
}

// Contacts returns how notices reach accounts, for package notify. Erased and unknown ones are left out.
func (s *Service) Contacts(ctx context.Context, ids []AccountID) (map[AccountID]Contact, error) {
	contacts := make(map[AccountID]Contact, len(ids))
	err := s.each(ctx, ids, cacheFor, func(k *known) error {
		if k.account.IsErased() {
			return nil
		}
		openid, err := k.account.WeChatID(s.box)
		if err != nil {
			return fmt.Errorf("open the openid of account %q: %w", k.account.ID, err)
		}
		contacts[k.account.ID] = Contact{
			OpenID: openid, Following: k.account.Follow.Following,
			Notices: k.account.Consented(PurposeNotices), Preferences: k.account.Preferences,
		}
		return nil
	})
	return contacts, err
}

// keepRead is the longest list whose accounts enter the cache: a page's. A notice to a whole town must not
// drive out everybody who is reading.
const keepRead = 100

// each visits the accounts that exist: those in the cache, and the others by one read of the store.
func (s *Service) each(ctx context.Context, ids []AccountID, within time.Duration, visit func(*known) error) error {
	var missing []docstore.Key
	asked := make(map[AccountID]bool, len(ids))
	for _, id := range ids {
		if id == "" || asked[id] {
			continue
		}
		asked[id] = true
		k := s.cache.get(id, within)
		if k == nil {
			missing = append(missing, docstore.Key{Kind: KindAccount, ID: string(id)})
			continue
		}
		if err := visit(k); err != nil {
			return err
		}
	}
	for batch := range slices.Chunk(missing, docstore.MaxLimit) {
		if err := s.read(ctx, batch, len(missing) <= keepRead, visit); err != nil {
			return fmt.Errorf("look up %d accounts: %w", len(missing), err)
		}
	}
	return nil
}

// read visits accounts straight from the store and, if keep, remembers them.
func (s *Service) read(ctx context.Context, keys []docstore.Key, keep bool, visit func(*known) error) error {
	docs, err := s.accounts.Store.GetMany(ctx, keys)
	if err != nil {
		return err
	}
	for _, doc := range docs {
		var a Account
		if err := json.Unmarshal(doc.Body, &a); err != nil {
			return fmt.Errorf("decode account %q: %w", doc.ID, err)
		}
		k, err := s.know(a, doc.Version)
		if err != nil {
			return err
		}
		if keep {
			s.cache.put(k)
		}
		if err := visit(k); err != nil {
			return err
		}
	}
	return nil
}
