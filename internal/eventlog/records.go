package eventlog

import (
	"math/rand/v2"
	"strconv"
	"time"

	"jushou/internal/docstore"
)

// Kinds of the documents that a runner keeps.
const (
	cursorKind docstore.Kind = "relay_cursor"
	parkedKind docstore.Kind = "relay_parked"
)

// Schema declares the runner's documents.
func Schema() docstore.Schema {
	return docstore.Schema{
		{Kind: cursorKind},
		{
			Kind: parkedKind,
			Fields: []docstore.Field{
				{Name: "relay", Type: docstore.Text}, {Name: "state", Type: docstore.Text}, {Name: "due", Type: docstore.Int},
			},
			Indexes: []docstore.Index{
				{Name: "due", Fields: []string{"relay", "state", "due"}},
				{Name: "state", Fields: []string{"state", "due"}},
			},
		},
	}
}

// cursor is a relay's place in the feed.
type cursor struct {
	Seq int64 `json:"seq"`
}

// State says what is to become of a parked event.
type State string

const (
	// Waiting is tried again when due.
	Waiting State = "waiting"
	// Dead is tried again only by Replay.
	Dead State = "dead"
)

// Parked is an event that a relay could not handle. It names the event and does not copy it: the feed keeps it, and
// personal data stays in one place.
type Parked struct {
	ID       string    `json:"id"`
	Relay    string    `json:"relay"`
	State    State     `json:"state"`
	Attempts int       `json:"attempts"` // failed deliveries, the quick ones counted as one
	Due      time.Time `json:"due"`
	Since    time.Time `json:"since"` // when it was parked, or tried last
	Error    string    `json:"error"` // the last one, for the desk; cut to 500 runes
	Seq      int64     `json:"seq"`
	EventID  string    `json:"event_id"`
	Scope    string    `json:"scope,omitempty"`
	Type     string    `json:"type"`
	Kind     string    `json:"kind"`
	Doc      string    `json:"doc"`
	Ver      int64     `json:"ver"`
	At       time.Time `json:"at"`
}

// parkedID is the key that keeps one event parked once in one relay.
func parkedID(relay string, seq int64) string { return relay + "/" + strconv.FormatInt(seq, 10) }

func park(relay string, e docstore.Event) Parked {
	return Parked{
		ID: parkedID(relay, e.Seq), Relay: relay, State: Waiting, Seq: e.Seq, EventID: e.ID, Scope: e.Scope, Type: e.Type,
		Kind: string(e.Doc.Kind), Doc: e.Doc.ID, Ver: e.Ver, At: e.At,
	}
}

// Retry policy: 5 s, 10 s, 20 s … up to an hour, each ±20 % so that a herd spreads; twenty attempts take about
// half a day, after which a person has to look.
const (
	retryBase   = 5 * time.Second
	retryCap    = time.Hour
	maxAttempts = 20
)

// failed returns p after one more failure at now.
func (p Parked) failed(now time.Time, err error) Parked {
	v := judge(err)
	p.Since, p.Error = now, cut(err.Error(), 500)
	switch {
	case v.later > 0:
		p.Due = now.Add(v.later)
		return p
	case v.never || p.Attempts+1 >= maxAttempts:
		p.State = Dead
	}
	p.Attempts++
	p.Due = now.Add(retryAfter(p.Attempts))
	return p
}

func retryAfter(attempts int) time.Duration {
	delay := retryCap
	if attempts < 11 {
		delay = min(retryBase<<(attempts-1), retryCap)
	}
	return delay*8/10 + rand.N(delay*4/10)
}

// dueAt reports whether p is to be tried at now. An instant in p's past that lies after now means that the
// clock was set back; waiting for it to come round again would stall the event.
func (p Parked) dueAt(now time.Time) bool {
	return !now.Before(p.Due) || now.Before(p.Since)
}

func cut(s string, runes int) string {
	n := 0
	for i := range s {
		if n++; n > runes {
			return s[:i]
		}
	}
	return s
}

func cursors(s docstore.Store) docstore.Table[cursor] {
	return docstore.Table[cursor]{Store: s, Kind: cursorKind}
}

func parkedTable(s docstore.Store) docstore.Table[Parked] {
	return docstore.Table[Parked]{Store: s, Kind: parkedKind, Fields: func(p Parked) docstore.Fields {
		return docstore.Fields{"relay": p.Relay, "state": string(p.State), "due": p.Due.UnixMilli()}
	}}
}
