package hall

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Kinds of documents.
const (
	SessionKind  docstore.Kind = "hall_session"
	ArgumentKind docstore.Kind = "hall_argument"
	SupportKind  docstore.Kind = "hall_support"
	DayKind      docstore.Kind = "hall_day"
	QuestionKind docstore.Kind = "hall_question"
	JoinKind     docstore.Kind = "hall_join"
)

// Indexes. Those marked sparse hold only what is left to do.
const (
	byCommunity = "community" // sessions, days: a community's by time
	byStep      = "step"      // sparse: what the sweep looks at, by time
	bySide      = "side"      // arguments of one option and side by time
	bySession   = "session"   // arguments, supports: all of one session
	byAuthor    = "author"    // what somebody wrote
	byHeld      = "held"      // sparse: what the word list hid and nobody has looked at
	byArgument  = "argument"  // supports of one argument
	byDay       = "day"       // questions of one day by time
	byOwed      = "owed"      // sparse: questions without an answer
	byQuestion  = "question"  // who asks the same
	byOwn       = "own"       // one person's questions of one day
)

// join is one neighbour's "I ask the same". Its key is question and person.
type join struct {
	Question  QuestionID         `json:"question"`
	Day       DayID              `json:"day"`
	Community community.ID       `json:"community"`
	Account   identity.AccountID `json:"account"`
	At        time.Time          `json:"at"`
}

func joinKey(q QuestionID, who identity.AccountID) string { return string(q) + "/" + string(who) }

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	return []docstore.Collection{
		collection(SessionKind, "community").indexed(byCommunity, "community", "created").indexed(byStep, "step").Collection,
		collection(ArgumentKind, "side", "session", "author", "held").indexed(bySide, "side", "created").indexed(bySession, "session", "created").
			indexed(byAuthor, "author", "created").indexed(byHeld, "held", "created").Collection,
		collection(SupportKind, "argument", "session", "author").indexed(byArgument, "argument").indexed(bySession, "session", "created").indexed(byAuthor, "author").Collection,
		collection(DayKind, "community").indexed(byCommunity, "community", "created").indexed(byStep, "step").Collection,
		collection(QuestionKind, "day", "author", "owed", "own").indexed(byDay, "day", "created").indexed(byAuthor, "author", "created").
			indexed(byOwed, "owed", "created").indexed(byOwn, "own").Collection,
		collection(JoinKind, "question", "author").indexed(byQuestion, "question").indexed(byAuthor, "author").Collection,
	}
}

// declared is a collection being put together.
type declared struct{ docstore.Collection }

// collection begins one: text fields, and the instants that all of them have.
func collection(kind docstore.Kind, texts ...string) declared {
	c := docstore.Collection{Kind: kind}
	for _, name := range texts {
		c.Fields = append(c.Fields, docstore.Field{Name: name, Type: docstore.Text})
	}
	for _, name := range []string{"created", "step"} {
		c.Fields = append(c.Fields, docstore.Field{Name: name, Type: docstore.Int})
	}
	return declared{c}
}

func (d declared) indexed(name string, fields ...string) declared {
	d.Indexes = append(d.Indexes, docstore.Index{Name: name, Fields: fields})
	return d
}

func sideKey(s SessionID, option string, side Side) string {
	return string(s) + "/" + option + "/" + string(side)
}

func sessionFields(x Session) docstore.Fields {
	f := docstore.Fields{"community": string(x.Community), "created": x.CreatedAt.UnixMilli()}
	if at, ok := x.nextStep(); ok {
		f["step"] = at.UnixMilli()
	}
	return f
}

func argumentTable(s docstore.Store) docstore.Table[Argument] {
	return docstore.Table[Argument]{
		Store: s, Kind: ArgumentKind, Scope: func(a Argument) string { return string(a.Community) },
		Fields: func(a Argument) docstore.Fields {
			f := docstore.Fields{"side": sideKey(a.Session, a.Option, a.Side), "session": string(a.Session), "created": a.CreatedAt.UnixMilli()}
			if a.Author.Account != "" {
				f["author"] = string(a.Author.Account)
			}
			if a.unseen() {
				f["held"] = string(a.Session)
			}
			return f
		},
	}
}

func supportTable(s docstore.Store) docstore.Table[support] {
	return docstore.Table[support]{
		Store: s, Kind: SupportKind, Scope: func(x support) string { return string(x.Community) },
		Fields: func(x support) docstore.Fields {
			return docstore.Fields{"argument": string(x.Argument), "session": string(x.Session), "author": string(x.Account), "created": x.At.UnixMilli()}
		},
	}
}

func dayFields(d Day) docstore.Fields {
	f := docstore.Fields{"community": string(d.Community), "created": d.From.UnixMilli()}
	if at, ok := d.step(); ok {
		f["step"] = at.UnixMilli()
	}
	return f
}

func questionTable(s docstore.Store) docstore.Table[Question] {
	return docstore.Table[Question]{
		Store: s, Kind: QuestionKind, Scope: func(q Question) string { return string(q.Community) },
		Fields: func(q Question) docstore.Fields {
			f := docstore.Fields{"day": string(q.Day), "created": q.CreatedAt.UnixMilli()}
			if who := string(q.Author.Account); who != "" {
				f["author"], f["own"] = who, string(q.Day)+"/"+who
			}
			if q.owed() {
				f["owed"] = string(q.Day)
			}
			return f
		},
	}
}

func joinTable(s docstore.Store) docstore.Table[join] {
	return docstore.Table[join]{
		Store: s, Kind: JoinKind, Scope: func(x join) string { return string(x.Community) },
		Fields: func(x join) docstore.Fields {
			return docstore.Fields{"question": string(x.Question), "author": string(x.Account), "created": x.At.UnixMilli()}
		},
	}
}
