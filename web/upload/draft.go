package upload

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"jushou/deliberation"
	"jushou/internal/identity"
)

// Draft is what somebody sent by another way than the form that it belongs into: by chat, or to a board that has a room of
// its own. The form takes it over, so that nothing is typed twice. It is kept for a day, for its author alone.
type Draft struct {
	Text   string                 `json:"text"`
	Photos []deliberation.PhotoID `json:"photos,omitempty"`
}

// FromDraft is the query by which an address asks for the draft.
const FromDraft = "draft=1"

// IsZero reports whether there is nothing to take over.
func (d Draft) IsZero() bool { return d.Text == "" && len(d.Photos) == 0 }

// KeepDraft keeps a draft in the place of an earlier one. Its photos can be seen by its author from now on.
func (s Shelf) KeepDraft(ctx context.Context, who identity.AccountID, d Draft) error {
	body, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("keep a draft: %w", err)
	}
	for _, id := range d.Photos {
		if err := s.Memory.Set(ctx, memory(string(id)), string(who), life); err != nil {
			return err
		}
	}
	return s.Memory.Set(ctx, draft(who), string(body), life)
}

// DraftOf returns the draft of an account, the zero Draft if there is none or it is forgotten.
func (s Shelf) DraftOf(ctx context.Context, who identity.AccountID) Draft {
	var d Draft
	if text, ok, err := s.Memory.Get(ctx, draft(who)); err == nil && ok && who != "" {
		if json.Unmarshal([]byte(text), &d) != nil {
			return Draft{}
		}
	}
	return d
}

// AddToDraft puts a photo to the draft, once, and reports whether there is one.
func (s Shelf) AddToDraft(ctx context.Context, who identity.AccountID, id deliberation.PhotoID) (bool, error) {
	d := s.DraftOf(ctx, who)
	if d.IsZero() {
		return false, nil
	}
	if slices.Contains(d.Photos, id) || len(d.Photos) >= deliberation.MaxPhotos {
		return true, nil
	}
	d.Photos = append(d.Photos, id)
	return true, s.KeepDraft(ctx, who, d)
}

// DropDraft forgets the draft, because it has become what it was meant to be.
func (s Shelf) DropDraft(ctx context.Context, who identity.AccountID) error {
	return s.Memory.Set(ctx, draft(who), "{}", life)
}

func draft(who identity.AccountID) string { return "draft:" + string(who) }
