package poll

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Trace says where a poll's steps are in the feed, and so in the public log: whoever checks one receipt does not read the whole log for
// them. Places are those of docstore.Event.Seq.
type Trace struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Opened    int64        `json:"opened,omitempty"`
	Released  []int64      `json:"released,omitempty"` // by page of commitments; 0 is not known yet
	Published int64        `json:"published,omitempty"`
}

// Traced are the events that FollowSteps keeps the places of.
func Traced() []string { return []string{PollOpened, PollReleased, PollPublished} }

// FollowSteps keeps where a step is. The relay gives it each at least once.
func (s *Service) FollowSteps(ctx context.Context, e docstore.Event) error {
	var at struct {
		Poll ID  `json:"poll"`
		Page int `json:"page"`
	}
	if err := json.Unmarshal(e.Data, &at); err != nil {
		return fmt.Errorf("read %s %s: %w", e.Type, e.ID, err)
	}
	in := community.ID(e.Scope)
	_, err := s.traces.Put(ctx, string(at.Poll), docstore.Absent, Trace{Poll: at.Poll, Community: in})
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return err
	}
	_, err = s.traces.Update(ctx, string(at.Poll), func(t *Trace) ([]docstore.Fact, error) {
		switch e.Type {
		case PollOpened:
			t.Opened = e.Seq
		case PollPublished:
			t.Published = e.Seq
		case PollReleased:
			for len(t.Released) <= at.Page {
				t.Released = append(t.Released, 0)
			}
			t.Released[at.Page] = e.Seq
		}
		return nil, nil
	})
	return err
}

// Trace returns where the steps of a published poll are; ErrNotFound for others.
func (s *Service) Trace(ctx context.Context, id ID) (Trace, error) {
	if _, err := s.Result(ctx, id); err != nil {
		return Trace{}, err
	}
	t, _, err := s.traces.Get(ctx, string(id))
	if errors.Is(err, docstore.ErrNotFound) {
		return t, ErrNotFound.With("poll", id)
	}
	return t, err
}
