package call

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// CallKind is the kind of document.
const CallKind docstore.Kind = "call"

// byCommunity lists a community's calls by when they close.
const byCommunity = "community"

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{{
		Kind: CallKind, Fields: []docstore.Field{{Name: "community", Type: docstore.Text}, {Name: "closes", Type: docstore.Int}},
		Indexes: []docstore.Index{{Name: byCommunity, Fields: []string{"community", "closes"}}},
	}}
}

func callFields(c Call) docstore.Fields {
	return docstore.Fields{"community": string(c.Community), "closes": c.ClosesAt.UnixMilli()}
}

// Presets lists the ways in which projects are carried somewhere; internal/app joins it with package projects.
type Presets interface {
	Presets(ctx context.Context, actor identity.Actor, at community.ID) ([]preset.Preset, error)
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	room.Ground
	presets Presets
	calls   room.Room[Call]
}

// New returns a Service.
func New(g room.Ground, presets Presets) *Service {
	return &Service{Ground: g, presets: presets, calls: room.Open(g, CallKind, callFields, ErrNotFound, nil)}
}

var (
	// ErrNotFound means that there is no such call, or none that the actor may know of.
	ErrNotFound = fault.New(fault.NotFound, "call.not_found")
	errTaken    = fault.New(fault.Conflict, "call.token_taken")
	errPreset   = fault.New(fault.Invalid, "call.no_preset").On("preset")
)

// Page is how many calls a list has.
const Page = 20

// Call returns a call that the actor may read.
func (s *Service) Call(ctx context.Context, actor identity.Actor, id ID) (Call, error) {
	return s.calls.Read(ctx, actor, string(id))
}

// Calls lists a community's calls, those that close last first.
func (s *Service) Calls(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]Call, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, "", err
	}
	return s.calls.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: Page, After: after})
}

// Running lists the calls of a community that are open at an instant, those that close first first, at most Page of them.
func (s *Service) Running(ctx context.Context, actor identity.Actor, in community.ID) ([]Call, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return nil, err
	}
	now := s.Now()
	found, _, err := s.calls.Find(ctx, docstore.Query{Index: byCommunity, Equal: []any{string(in)}, From: now.UnixMilli(), Limit: Page})
	var open []Call
	for _, c := range found {
		if c.State(now) == Open {
			open = append(open, c)
		}
	}
	return open, err
}

// explained changes a call in the name of who decides about projects, with a reason that must be there.
func (s *Service) explained(ctx context.Context, actor identity.Actor, id ID, reason string,
	change func(c *Call, reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error),
) (Call, error) {
	reason, err := written.Reason(reason, MaxReason)
	if err != nil {
		return Call{}, err
	}
	return s.calls.Step(ctx, actor, string(id), identity.DecideProject, func(c *Call, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return change(c, reason, by, now)
	})
}
