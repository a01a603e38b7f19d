package bulletin

import (
	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Kinds of documents.
const (
	Kind       docstore.Kind = "bulletin"
	BatchKind  docstore.Kind = "bulletin_batch"
	ReaderKind docstore.Kind = "bulletin_reader"
)

const (
	byNode   = "node"   // a place's bulletins by their last change
	byWaits  = "waits"  // sparse: a place's bulletins that a second person has to look at
	byParent = "parent" // sparse: the copies of a town's
	byDue    = "due"    // sparse: what went out unseen, by when somebody must have looked
	byNumber = "number" // a bulletin's batches
	byTopic  = "topic"  // a notice's readers
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(names ...string) (f []docstore.Field) {
		for _, n := range names {
			f = append(f, docstore.Field{Name: n})
		}
		return f
	}
	number := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Int} }
	return []docstore.Collection{{
		Kind:   Kind,
		Fields: append(text("node", "waits", "parent"), number("changed"), number("due")),
		Indexes: []docstore.Index{
			{Name: byNode, Fields: []string{"node", "changed"}}, {Name: byWaits, Fields: []string{"waits", "changed"}},
			{Name: byParent, Fields: []string{"parent", "node"}}, {Name: byDue, Fields: []string{"due"}},
		},
	}, {
		Kind:    BatchKind,
		Fields:  append(text("bulletin"), number("number")),
		Indexes: []docstore.Index{{Name: byNumber, Fields: []string{"bulletin", "number"}}},
	}, {
		Kind: ReaderKind, Fields: text("topic"), Indexes: []docstore.Index{{Name: byTopic, Fields: []string{"topic"}}},
	}}
}

func bulletinTable(s docstore.Store) docstore.Table[Bulletin] {
	return docstore.Table[Bulletin]{
		Store: s, Kind: Kind,
		Fields: func(b Bulletin) docstore.Fields {
			f := docstore.Fields{"changed": b.ChangedAt.UnixMilli()}
			if b.Status != Discarded {
				f["node"] = string(b.Node)
			}
			if b.Awaited() && b.Parent == "" {
				f["waits"] = string(b.Node)
				if b.Status == Published && !b.Overdue {
					f["due"] = b.ReviewDue.UnixMilli()
				}
			}
			if b.Parent != "" {
				f["parent"] = string(b.Parent)
			}
			return f
		},
		Scope: func(b Bulletin) string { return string(b.Node) },
	}
}

// batch is a stretch of the people to be told.
type batch struct {
	Bulletin ID                   `json:"bulletin"`
	Number   int                  `json:"number"`
	People   []identity.AccountID `json:"people"`
	// Next is where planning goes on after it, Last that there is nothing more.
	Next docstore.Cursor `json:"next,omitempty"`
	Last bool            `json:"last,omitempty"`
}

func batchTable(s docstore.Store, scope string) docstore.Table[batch] {
	return docstore.Table[batch]{
		Store: s, Kind: BatchKind,
		Fields: func(b batch) docstore.Fields {
			return docstore.Fields{"bulletin": string(b.Bulletin), "number": int64(b.Number)}
		},
		Scope: func(batch) string { return scope },
	}
}

// reader says that somebody has opened a notice. The key is a keyed hash of notice and person.
type reader struct {
	Topic deliberation.TopicID `json:"topic"`
}

func readerTable(s docstore.Store) docstore.Table[reader] {
	return docstore.Table[reader]{
		Store: s, Kind: ReaderKind,
		Fields: func(r reader) docstore.Fields { return docstore.Fields{"topic": string(r.Topic)} },
	}
}
