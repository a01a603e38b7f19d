package poll

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity/seal"
)

// pollKey is the key that a poll's ballots are sealed by, itself sealed by the house's key. It is deleted when the poll
// is settled; after that what is left of sealed ballots in old pages and backups opens for nobody who has not kept it.
type pollKey struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Key       seal.Sealed  `json:"key"`
}

func keyPlace(id ID) string { return string(KeyKind) + "/" + string(id) + "#key" }

// makeKey draws the poll's key, once.
func (s *Service) makeKey(ctx context.Context, p Poll) (*seal.Box, error) {
	var key seal.Key
	rand.Read(key[:]) // never fails: crypto/rand aborts the program instead
	k := pollKey{Poll: p.ID, Community: p.Community, Key: s.Box.Seal(keyPlace(p.ID), hex.EncodeToString(key[:]))}
	_, err := s.keys.Put(ctx, string(p.ID), docstore.Absent, k)
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return nil, err
	}
	return s.boxOf(ctx, p.ID)
}

// boxOf opens the poll's key. It is ErrNotFound before there is one and after it was destroyed.
func (s *Service) boxOf(ctx context.Context, id ID) (*seal.Box, error) {
	k, _, err := s.keys.Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	text, err := s.Box.Open(keyPlace(id), k.Key)
	if err != nil {
		return nil, fmt.Errorf("open the key of poll %q: %w", id, err)
	}
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(seal.Key{}) {
		return nil, seal.ErrUnsealable.With("poll", id)
	}
	return seal.New(seal.International{}, seal.Key(raw))
}

// Purposes of keyed hashes under a poll's key.
const (
	markPurpose   = "seat" // voters, in the public log
	holderPurpose = "tag"  // who used a tag
)
