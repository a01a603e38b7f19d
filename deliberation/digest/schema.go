package digest

import "jushou/internal/docstore"

// Kind is the kind of documents.
const Kind docstore.Kind = "digest"

const (
	byCommunity = "community" // a community's digests by the time they were opened
	byShown     = "shown"     // sparse: those residents know of, by the time they were passed up
	byTown      = "town"      // sparse: the same of a town
	byOwed      = "owed"      // sparse: those a town has to answer, by due time
	byWork      = "work"      // sparse: those somebody in the community has to do something about
	byNext      = "next_step" // sparse: what the watch has to look at, by time
)

// ListPage is how many digests a page lists.
const ListPage = 20

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	c := docstore.Collection{Kind: Kind}
	for _, name := range []string{"community", "shown", "town", "owed", "work"} {
		c.Fields = append(c.Fields, docstore.Field{Name: name, Type: docstore.Text})
	}
	for _, name := range []string{"opened", "submitted", "due", "next_step"} {
		c.Fields = append(c.Fields, docstore.Field{Name: name, Type: docstore.Int})
	}
	c.Indexes = []docstore.Index{
		{Name: byCommunity, Fields: []string{"community", "opened"}}, {Name: byShown, Fields: []string{"shown", "submitted"}},
		{Name: byTown, Fields: []string{"town", "submitted"}}, {Name: byOwed, Fields: []string{"owed", "due"}},
		{Name: byWork, Fields: []string{"work", "opened"}}, {Name: byNext, Fields: []string{"next_step"}},
	}
	return []docstore.Collection{c}
}

func fieldsOf(d Digest) docstore.Fields {
	f := docstore.Fields{"community": string(d.Community), "opened": d.OpenedAt.UnixMilli()}
	if d.Public() {
		f["shown"], f["town"], f["submitted"] = string(d.Community), string(d.Town()), d.SubmittedAt.UnixMilli()
	}
	switch d.State {
	case Sorted, Returned:
		f["work"] = string(d.Community)
	case Submitted:
		f["owed"], f["due"] = string(d.Town()), int64(1)<<52 // sorts behind all others while the calendar does not know
		if at, ok := d.Clock.Owed(); ok {
			f["due"] = at.UnixMilli()
		}
	}
	if at, ok := d.next(); ok {
		f["next_step"] = at.UnixMilli()
	}
	return f
}
