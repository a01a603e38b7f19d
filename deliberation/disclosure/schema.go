package disclosure

import "jushou/internal/docstore"

// Kinds of documents.
const (
	ItemKind       docstore.Kind = "affair"
	QuestionKind   docstore.Kind = "affair_question"
	ObligationKind docstore.Kind = "affair_obligation"
	ScheduleKind   docstore.Kind = "affair_schedule"
)

// Indexes. All but byItem, byAsker and byPlace are sparse.
const (
	byShown  = "shown"  // what residents read, by first publication
	byKind   = "kind"   // the same of one kind
	byDesk   = "desk"   // what waits: a review, a question's answer, a publication, by time
	byNext   = "next"   // what the watch has to look at, by time
	byItem   = "item"   // an item's questions
	byAsker  = "asker"  // somebody's questions
	byReturn = "return" // what was returned and not entered again
	byReport = "report" // what was published for a kind and period, the first one first
)

const (
	listPage   = 20  // items of a page
	mostAsked  = 200 // questions of an item that a page shows
	mostOnDesk = 100
)

// ListPage is how many items a page lists.
const ListPage = listPage

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Text} }
	at := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Int} }
	index := func(name string, fields ...string) docstore.Index { return docstore.Index{Name: name, Fields: fields} }
	return []docstore.Collection{
		{Kind: ItemKind, Fields: []docstore.Field{text("shown"), text("kind"), text("desk"), text("return"), text("report"), at("published"), at("entered")},
			Indexes: []docstore.Index{
				index(byShown, "shown", "published"), index(byKind, "kind", "published"),
				index(byDesk, "desk", "entered"), index(byReturn, "return", "entered"), index(byReport, "report", "published"),
			}},
		{Kind: QuestionKind, Fields: []docstore.Field{text("item"), text("asker"), text("desk"), at("asked"), at("next")},
			Indexes: []docstore.Index{
				index(byItem, "item", "asked"), index(byAsker, "asker", "asked"), index(byDesk, "desk", "asked"), index(byNext, "next"),
			}},
		{Kind: ObligationKind, Fields: []docstore.Field{text("desk"), at("started"), at("next")},
			Indexes: []docstore.Index{index(byDesk, "desk", "started"), index(byNext, "next")}},
		{Kind: ScheduleKind},
	}
}

func itemFields(i Item) docstore.Fields {
	f := docstore.Fields{}
	here := string(i.Community)
	if !i.PublishedAt.IsZero() {
		f["shown"], f["kind"], f["published"] = here, here+"/"+string(i.Kind), i.PublishedAt.UnixMilli()
		if i.Period != "" {
			f["report"] = Obligation{Community: i.Community, Kind: i.Kind, Period: i.Period}.Key()
		}
	}
	switch last := i.Latest(); last.Verdict {
	case Waits:
		f["desk"], f["entered"] = here, last.EnteredAt.UnixMilli()
	case Returned:
		f["return"], f["entered"] = here, last.EnteredAt.UnixMilli()
	}
	return f
}

func questionFields(q Question) docstore.Fields {
	f := docstore.Fields{"item": string(q.Item), "asked": q.At.UnixMilli()}
	if q.By.Account != "" {
		f["asker"] = string(q.By.Account)
	}
	if q.Clock.Running() {
		f["desk"] = string(q.Community)
	}
	if at, ok := q.Clock.NextStepAt(); ok {
		f["next"] = at.UnixMilli()
	}
	return f
}

func obligationFields(o Obligation) docstore.Fields {
	f := docstore.Fields{}
	if o.Clock.Running() {
		f["desk"], f["started"] = string(o.Community), o.Clock.StartedAt.UnixMilli()
	}
	if at, ok := o.Clock.NextStepAt(); ok {
		f["next"] = at.UnixMilli()
	}
	return f
}
