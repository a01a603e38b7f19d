package ledger

import "jushou/internal/docstore"

// Kinds of documents.
const (
	FundKind  docstore.Kind = "fund"
	GrantKind docstore.Kind = "fund_grant"
)

// Indexes.
const (
	byNode  = "node"  // a place's funds, by year
	byTown  = "town"  // those of a town and its communities
	byWaits = "waits" // a place's funds with vouchers that wait; sparse
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Text} }
	return []docstore.Collection{{
		Kind: FundKind, Fields: []docstore.Field{text("node"), text("town"), text("waits"), {Name: "year", Type: docstore.Int}},
		Indexes: []docstore.Index{
			{Name: byNode, Fields: []string{"node", "year"}}, {Name: byTown, Fields: []string{"town", "year"}}, {Name: byWaits, Fields: []string{"waits", "year"}},
		},
	}, {Kind: GrantKind}}
}

func fundFields(f Fund) docstore.Fields {
	fields := docstore.Fields{"node": string(f.Node), "town": string(f.Town()), "year": int64(f.Year)}
	if len(f.Waiting()) > 0 {
		fields["waits"] = string(f.Node)
	}
	return fields
}
