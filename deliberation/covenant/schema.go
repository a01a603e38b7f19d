package covenant

import "jushou/internal/docstore"

// Kinds of documents.
const (
	CovenantKind docstore.Kind = "covenant"
	CommentKind  docstore.Kind = "covenant_comment"
)

// Indexes. Those marked sparse hold only what is left to do.
const (
	byCommunity = "community" // a community's by time
	bySession   = "session"   // sparse: what came out of a deliberation
	byStep      = "step"      // sparse: what the sweep looks at, by time
	byEdition   = "edition"   // comments on an edition by time
	byOwed      = "owed"      // sparse: comments without an answer
	byAuthor    = "author"    // what somebody wrote
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Text} }
	number := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Int} }
	return []docstore.Collection{
		{
			Kind: CovenantKind, Fields: []docstore.Field{text("community"), text("session"), number("created"), number("step")},
			Indexes: []docstore.Index{
				{Name: byCommunity, Fields: []string{"community", "created"}}, {Name: bySession, Fields: []string{"session", "created"}},
				{Name: byStep, Fields: []string{"step"}},
			},
		},
		{
			Kind: CommentKind, Fields: []docstore.Field{text("edition"), text("owed"), text("author"), number("created")},
			Indexes: []docstore.Index{
				{Name: byEdition, Fields: []string{"edition", "created"}}, {Name: byOwed, Fields: []string{"owed", "created"}},
				{Name: byAuthor, Fields: []string{"author", "created"}},
			},
		},
	}
}

func covenantFields(c Covenant) docstore.Fields {
	f := docstore.Fields{"community": string(c.Community), "created": c.CreatedAt.UnixMilli()}
	if c.Session != "" {
		f["session"] = c.Session
	}
	if at, ok := c.nextStep(); ok {
		f["step"] = at.UnixMilli()
	}
	return f
}

func commentTable(s docstore.Store) docstore.Table[Comment] {
	return docstore.Table[Comment]{
		Store: s, Kind: CommentKind, Scope: func(c Comment) string { return string(c.Community) },
		Fields: func(c Comment) docstore.Fields {
			f := docstore.Fields{"edition": editionKey(c.Covenant, c.Edition), "created": c.CreatedAt.UnixMilli()}
			if c.Author.Account != "" {
				f["author"] = string(c.Author.Account)
			}
			if c.owed() {
				f["owed"] = editionKey(c.Covenant, c.Edition)
			}
			return f
		},
	}
}
