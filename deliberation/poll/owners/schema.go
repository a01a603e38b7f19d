package owners

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// Kinds of documents.
const (
	BookKind    docstore.Kind = "owners_book"
	DeedKind    docstore.Kind = "owners_deed"
	BasisKind   docstore.Kind = "owners_basis"
	BindingKind docstore.Kind = "owners_binding"
)

const (
	byCommunity = "community"
	byAccount   = "account"
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{
		{Kind: BookKind}, {Kind: DeedKind},
		{Kind: BasisKind, Fields: []docstore.Field{{Name: "community"}, {Name: "at", Type: docstore.Int}}, Indexes: []docstore.Index{
			{Name: byCommunity, Fields: []string{"community", "at"}},
		}},
		{Kind: BindingKind, Fields: []docstore.Field{{Name: "account"}}, Indexes: []docstore.Index{{Name: byAccount, Fields: []string{"account"}}}},
	}
}

// People is what this package asks about accounts; *identity.Service implements it.
type People interface {
	ResidentByPhone(ctx context.Context, actor identity.Actor, c community.ID, phone string) (identity.AccountID, error)
	Names(ctx context.Context, ids []identity.AccountID) (map[identity.AccountID]identity.PublicName, error)
	PhoneMark(phone string) (string, error)
	MarksOf(ctx context.Context, id identity.AccountID) ([]string, error)
}

// Deps are what a Service stands on.
type Deps struct {
	room.Ground
	People People
	Places community.Places
	Box    *seal.Box
}

// Service carries out the use cases. It is safe for concurrent use.
type Service struct {
	Deps
	books    room.Room[Book]
	deeds    docstore.Table[Deed]
	bases    room.Room[Basis]
	bindings docstore.Table[Binding]
}

// errNoBook means that nobody has brought a register.
var errNoBook = fault.New(fault.NotFound, "owners.no_register")

// New returns a Service.
func New(d Deps) *Service {
	basisFields := func(b Basis) docstore.Fields {
		return docstore.Fields{"community": string(b.Community), "at": b.At.UnixMilli()}
	}
	return &Service{
		Deps:  d,
		books: room.Open[Book](d.Ground, BookKind, nil, errNoBook, nil),
		bases: room.Open(d.Ground, BasisKind, basisFields, ErrNoBasis, nil),
		deeds: docstore.Table[Deed]{Store: d.Store, Kind: DeedKind, Scope: func(d Deed) string { return string(d.Community) }},
		bindings: docstore.Table[Binding]{
			Store: d.Store, Kind: BindingKind, Scope: func(b Binding) string { return string(b.Community) },
			Fields: func(b Binding) docstore.Fields { return docstore.Fields{"account": string(b.Account)} },
		},
	}
}

// keeper returns the community and the actor as others see them, if they keep its register.
func (s *Service) keeper(ctx context.Context, actor identity.Actor, c community.ID) (community.Node, deliberation.Author, error) {
	return s.CommunityFor(ctx, actor, c, identity.KeepOwners, errNoBook)
}
