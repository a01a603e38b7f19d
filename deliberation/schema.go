package deliberation

import (
	"math"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Kinds of documents.
const (
	TopicKind   docstore.Kind = "topic"
	CommentKind docstore.Kind = "comment"
	RosterKind  docstore.Kind = "duty_roster"
	RoundKind   docstore.Kind = "round"
)

// Indexes. Those marked sparse hold only the work that is left, and stay small in a large installation.
const (
	byFeed      = "feed"       // a community's topics by time
	byBoard     = "board"      // one board's topics by time
	byTown      = "town"       // a town's topics by time
	byAuthor    = "author"     // what somebody posted
	byPublic    = "public"     // sparse: notices anybody may read
	byHeld      = "held"       // sparse: what moderation has to look at
	byQueue     = "queue"      // sparse: unanswered, by due time
	byTownQueue = "town_queue" // sparse: the same for a town
	byPartner   = "partner"    // sparse: the same for a partner's board
	byNextStep  = "next_step"  // sparse: what a Round has to look at, by time
	byWork      = "work"       // sparse: what the desk has to do after the answer, by kind and due time
	byTownWork  = "town_work"  // sparse: the same for a town
	byPartWork  = "part_work"  // sparse: the same for a partner's board
	byDeptWork  = "dept_work"  // sparse: what a department of the town has, by kind and due time
	byOwed      = "owed"       // sparse: acceptance or resolution runs, by due time
	byTownOwed  = "town_owed"  // sparse: the same for a town
	byAsked     = "asked"      // sparse: a clock waits for the author
	byMore      = "more"       // sparse: somebody asked for a later date
	byHandler   = "handler"    // sparse: what somebody has in hand
	byNextWork  = "next_work"  // sparse: what the sweep of promises has to look at, by time
	byTopic     = "topic"      // a topic's comments by time
	byPlace     = "place"      // a topic's comments as a thread shows them
	bySpeaker   = "speaker"    // what is said by one name in a thread, by time
	byRound     = "round"      // a community's Rounds by time
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{topicCollection(), commentCollection(), {Kind: RosterKind}, {
		Kind:    RoundKind,
		Fields:  []docstore.Field{{Name: "community", Type: docstore.Text}, {Name: "at", Type: docstore.Int}},
		Indexes: []docstore.Index{{Name: byRound, Fields: []string{"community", "at"}}},
	}}
}

func topicCollection() docstore.Collection {
	c := docstore.Collection{Kind: TopicKind}
	for _, name := range []string{"community", "board", "town", "author", "public", "held", "queue", "town_queue", "partner", "work", "town_work", "part_work", "dept_work", "owed", "town_owed", "asked", "more", "handler"} {
		c.Fields = append(c.Fields, docstore.Field{Name: name, Type: docstore.Text})
	}
	for _, name := range []string{"created", "due", "next_step", "work_due", "next_work"} {
		c.Fields = append(c.Fields, docstore.Field{Name: name, Type: docstore.Int})
	}
	c.Indexes = []docstore.Index{
		{Name: byFeed, Fields: []string{"community", "created"}},
		{Name: byBoard, Fields: []string{"community", "board", "created"}},
		{Name: byTown, Fields: []string{"town", "created"}},
		{Name: byAuthor, Fields: []string{"author", "created"}},
		{Name: byPublic, Fields: []string{"public", "created"}},
		{Name: byHeld, Fields: []string{"held", "created"}},
		{Name: byQueue, Fields: []string{"queue", "due"}},
		{Name: byTownQueue, Fields: []string{"town_queue", "due"}},
		{Name: byPartner, Fields: []string{"partner", "due"}},
		{Name: byNextStep, Fields: []string{"next_step"}},
		{Name: byNextWork, Fields: []string{"next_work"}},
	}
	for _, name := range []string{byWork, byTownWork, byPartWork, byDeptWork, byOwed, byTownOwed, byAsked, byMore, byHandler} {
		c.Indexes = append(c.Indexes, docstore.Index{Name: name, Fields: []string{name, "work_due"}})
	}
	return c
}

func commentCollection() docstore.Collection {
	return docstore.Collection{
		Kind: CommentKind,
		Fields: []docstore.Field{
			{Name: "topic", Type: docstore.Text}, {Name: "author", Type: docstore.Text},
			{Name: "held", Type: docstore.Text}, {Name: "created", Type: docstore.Int},
			{Name: "place", Type: docstore.Text}, {Name: "speaker", Type: docstore.Text},
		},
		Indexes: []docstore.Index{
			{Name: byTopic, Fields: []string{"topic", "created"}},
			{Name: byPlace, Fields: []string{"topic", "place"}},
			{Name: bySpeaker, Fields: []string{"speaker", "created"}},
			{Name: byAuthor, Fields: []string{"author", "created"}},
			{Name: byHeld, Fields: []string{"held", "created"}},
		},
	}
}

// neverDue sorts a topic whose Round the calendar does not know behind all others.
const neverDue = math.MaxInt64 >> 11

// topicFields derives what the indexes hold. Fields that do not apply are left out.
func topicFields(t Topic) docstore.Fields {
	f := docstore.Fields{
		"community": string(t.Community), "board": string(t.Board), "town": string(t.Town()),
		"created": t.CreatedAt.UnixMilli(),
	}
	if t.Author.Account != "" {
		f["author"] = string(t.Author.Account)
	}
	if t.Kind == KindNotice && (t.Status.Shown() || t.Status == Withdrawn) {
		f["public"] = string(t.Community)
	}
	if t.Status == Held {
		f["held"] = string(t.Community)
	}
	if t.Clock != nil && t.Clock.Running() {
		clockFields(f, t)
	}
	workFields(f, t)
	return f
}

func clockFields(f docstore.Fields, t Topic) {
	f["due"] = int64(neverDue)
	if !t.Clock.DueAt.IsZero() {
		f["due"] = t.Clock.DueAt.UnixMilli()
	}
	f["queue"], f["town_queue"] = string(t.Community), string(t.Town())
	// Partners do not moderate: a held topic is not for them yet.
	if t.owner() == identity.RolePartner && t.Status != Held {
		f["partner"] = partnerQueue(t.Community, t.Board)
	}
	if at, ok := t.Clock.NextStepAt(); ok {
		f["next_step"] = at.UnixMilli()
	}
}

func topicTable(s docstore.Store) docstore.Table[Topic] {
	return docstore.Table[Topic]{
		Store: s, Kind: TopicKind, Fields: topicFields,
		Scope: func(t Topic) string { return string(t.Community) },
	}
}

func commentTable(s docstore.Store) docstore.Table[Comment] {
	return docstore.Table[Comment]{
		Store: s, Kind: CommentKind,
		Fields: func(c Comment) docstore.Fields {
			f := docstore.Fields{
				"topic": string(c.Topic), "created": c.CreatedAt.UnixMilli(), "place": c.place(), "speaker": speaker(c.Topic, c.Author.Name),
			}
			if c.Author.Account != "" {
				f["author"] = string(c.Author.Account)
			}
			if c.unseen() && !c.Withdrawn {
				f["held"] = string(c.Community)
			}
			return f
		},
		Scope: func(c Comment) string { return string(c.Community) },
	}
}

func rosterTable(s docstore.Store) docstore.Table[DutyRoster] {
	return docstore.Table[DutyRoster]{
		Store: s, Kind: RosterKind,
		Scope: func(d DutyRoster) string { return string(d.Community) },
	}
}

func roundTable(s docstore.Store) docstore.Table[Round] {
	return docstore.Table[Round]{
		Store: s, Kind: RoundKind,
		Fields: func(r Round) docstore.Fields {
			return docstore.Fields{"community": string(r.Community), "at": r.At.UnixMilli()}
		},
		Scope: func(r Round) string { return string(r.Community) },
	}
}
