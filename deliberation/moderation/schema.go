package moderation

import "jushou/internal/docstore"

// CaseKind is the document kind of cases.
const CaseKind docstore.Kind = "moderation_case"

// Both indexes are sparse: they hold only what waits.
const (
	byQueue = "queue" // of a community: raised cases first, each sort by how long it waits
	byTown  = "town"  // appeals that only the town may decide
)

// Collections declares what the package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{{
		Kind: CaseKind,
		Fields: []docstore.Field{
			{Name: "queue", Type: docstore.Text}, {Name: "town", Type: docstore.Text},
			{Name: "rank", Type: docstore.Int}, {Name: "opened", Type: docstore.Int},
		},
		Indexes: []docstore.Index{
			{Name: byQueue, Fields: []string{"queue", "rank", "opened"}},
			{Name: byTown, Fields: []string{"town", "opened"}},
		},
	}}
}

func caseTable(s docstore.Store) docstore.Table[Case] {
	return docstore.Table[Case]{
		Store: s, Kind: CaseKind, Fields: fields,
		Scope: func(c Case) string { return string(c.Community) },
	}
}

func fields(c Case) docstore.Fields {
	if c.OpenedAt.IsZero() {
		return docstore.Fields{}
	}
	rank := int64(1)
	if c.Raised() {
		rank = 0
	}
	f := docstore.Fields{"queue": string(c.Community), "rank": rank, "opened": c.OpenedAt.UnixMilli()}
	if a, open := c.OpenAppeal(); open && a.ToTown {
		f["town"] = string(c.Town())
	}
	return f
}
