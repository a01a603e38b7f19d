package poll

import (
	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Kinds of documents.
const (
	PollKind    docstore.Kind = "poll"
	SeatKind    docstore.Kind = "poll_seat"
	KeyKind     docstore.Kind = "poll_key"
	TagKind     docstore.Kind = "poll_tag"
	ReleaseKind docstore.Kind = "poll_release"
	ResultKind  docstore.Kind = "poll_result"
	LineKind    docstore.Kind = "poll_lines"
	TraceKind   docstore.Kind = "poll_trace"
	ProxyKind   docstore.Kind = "poll_proxy"
	HeadKind    docstore.Kind = "poll_head"
)

// Indexes. Those marked sparse hold only what is left to do.
const (
	byCommunity = "community" // a community's polls by time
	byStep      = "step"      // sparse: what the sweep looks at, by time
	byVoter     = "voter"     // seats of one account
	byRoll      = "roll"      // seats of one poll that stand on its roll
	byWaiting   = "waiting"   // sparse: those that have not voted. Casting changes this index alone
	byPaper     = "paper"     // sparse: seats with entries of a paper ballot, of one poll
)

// ballotRoom is what a seat gains by its first ballot, in bytes: an urn of one grain sealed and in base64, and where a household votes
// its account, in the body and as a field.
const ballotRoom = 800

// tagHolder says which voter used a tag first. Its key is poll and tag; the holder is a hash under the poll's key.
type tagHolder struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Holder    string       `json:"holder"`
}

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(names ...string) (f []docstore.Field) {
		for _, n := range names {
			f = append(f, docstore.Field{Name: n})
		}
		return f
	}
	instants := func(names ...string) (f []docstore.Field) {
		for _, n := range names {
			f = append(f, docstore.Field{Name: n, Type: docstore.Int})
		}
		return f
	}
	return []docstore.Collection{
		{Kind: PollKind, Fields: append(text("community"), instants("created", "step")...), Indexes: []docstore.Index{
			{Name: byCommunity, Fields: []string{"community", "created"}}, {Name: byStep, Fields: []string{"step"}},
		}},
		{Kind: SeatKind, Fields: text("account", "roll", "waiting", "paper"), Indexes: []docstore.Index{
			{Name: byVoter, Fields: []string{"account"}}, {Name: byRoll, Fields: []string{"roll"}}, {Name: byWaiting, Fields: []string{"waiting"}},
			{Name: byPaper, Fields: []string{"paper"}},
		}, Grows: ballotRoom},
		{Kind: KeyKind}, {Kind: TagKind}, {Kind: ReleaseKind}, {Kind: ResultKind}, {Kind: LineKind}, {Kind: TraceKind},
		{Kind: ProxyKind}, {Kind: HeadKind},
	}
}

func pollFields(p Poll) docstore.Fields {
	f := docstore.Fields{"community": string(p.Community), "created": p.CreatedAt.UnixMilli()}
	if at, ok := p.next(); ok {
		f["step"] = at.UnixMilli()
	}
	return f
}

// Seats returns the table of all polls' seats, for who writes them again under other indexes.
func Seats(s docstore.Store) docstore.Table[Seat] {
	return docstore.Table[Seat]{
		Store: s, Kind: SeatKind, Scope: func(x Seat) string { return string(x.Community) },
		Fields: func(x Seat) docstore.Fields {
			f := docstore.Fields{}
			if x.Account != "" {
				f["account"] = string(x.Account)
			}
			if len(x.Papers) > 0 {
				f["paper"] = string(x.Poll)
			}
			if x.Removed {
				return f
			}
			f["roll"] = string(x.Poll)
			if !x.Voted() {
				f["waiting"] = string(x.Poll)
			}
			return f
		},
	}
}

// plain is a table without indexes.
func plain[T any](s docstore.Store, kind docstore.Kind, in func(T) community.ID) docstore.Table[T] {
	return docstore.Table[T]{Store: s, Kind: kind, Scope: func(x T) string { return string(in(x)) }}
}
