package meeting

import "jushou/internal/docstore"

// Kinds of documents.
const (
	MeetingKind docstore.Kind = "meeting"
	TaskKind    docstore.Kind = "meeting_task"
	OpinionKind docstore.Kind = "meeting_opinion"
)

// Indexes. All but byCommunity, byMeeting and byAuthor are sparse.
const (
	byCommunity = "community" // a community's meetings by when they begin
	byShown     = "shown"     // those that everybody reads
	byTown      = "town"      // a town's, by when they begin: for those invited from above the community
	byNext      = "next"      // what the sweep has to look at, by time
	byMeeting   = "meeting"   // a meeting's tasks or opinions
	byOpen      = "open"      // a community's tasks that are not done, by due instant
	byTownOpen  = "town_open" // the same of a town
	byAuthor    = "author"    // somebody's opinions
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Text} }
	at := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Int} }
	index := func(name string, fields ...string) docstore.Index { return docstore.Index{Name: name, Fields: fields} }
	return []docstore.Collection{
		{Kind: MeetingKind, Fields: []docstore.Field{text("community"), text("shown"), text("town"), at("starts"), at("next")},
			Indexes: []docstore.Index{
				index(byCommunity, "community", "starts"), index(byShown, "shown", "starts"), index(byTown, "town", "starts"), index(byNext, "next"),
			}},
		{Kind: TaskKind, Fields: []docstore.Field{text("meeting"), at("n"), text("open"), text("town_open"), at("due"), at("next")},
			Indexes: []docstore.Index{
				index(byMeeting, "meeting", "n"), index(byOpen, "open", "due"), index(byTownOpen, "town_open", "due"), index(byNext, "next"),
			}},
		{Kind: OpinionKind, Fields: []docstore.Field{text("meeting"), text("author"), at("said")},
			Indexes: []docstore.Index{index(byMeeting, "meeting", "said"), index(byAuthor, "author", "said")}},
	}
}

func meetingFields(m Meeting) docstore.Fields {
	f := docstore.Fields{"community": string(m.Community), "starts": m.StartsAt.UnixMilli(), "town": string(m.Town())}
	if m.Shown() {
		f["shown"] = string(m.Community)
	}
	if at, ok := m.Record.NextStepAt(); ok {
		f["next"] = at.UnixMilli()
	}
	return f
}

func taskFields(t Task) docstore.Fields {
	f := docstore.Fields{"meeting": string(t.Meeting), "n": int64(t.N)}
	if !t.Done() {
		f["open"], f["town_open"], f["due"] = string(t.Community), string(townOf(t.Path)), t.Clock.DueAt.UnixMilli()
	}
	if at, ok := t.Clock.NextStepAt(); ok {
		f["next"] = at.UnixMilli()
	}
	return f
}

func opinionFields(o Opinion) docstore.Fields {
	f := docstore.Fields{"meeting": string(o.Meeting), "said": o.At.UnixMilli()}
	if o.By.Account != "" {
		f["author"] = string(o.By.Account)
	}
	return f
}
