package notify

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// KindNotice is the document kind of notices.
const KindNotice docstore.Kind = "notice"

// ID identifies a notice. It is derived from event and person.
type ID string

// MakeID returns the id of the notice that tells person about event.
func MakeID(event string, person identity.AccountID) ID {
	sum := sha256.Sum256([]byte(event + "\x00" + string(person)))
	return ID(hex.EncodeToString(sum[:16]))
}

// State is where the delivery by a channel stands.
type State string

// States of a delivery; docs/notify.md draws the machine.
const (
	Pending State = "pending" // to be sent, or tried again, at Next
	Sent    State = "sent"    // the platform took it
	Failed  State = "failed"  // given up; Reason says why
	Skipped State = "skipped" // this person cannot or does not want to be reached this way
)

// Delivery is the record of telling one person by one channel beyond the inbox.
type Delivery struct {
	Channel  string    `json:"channel"`
	State    State     `json:"state"`
	Attempts int       `json:"attempts"`
	Next     time.Time `json:"next,omitzero"`    // when Pending: not before this
	SentAt   time.Time `json:"sent_at,omitzero"` // when Sent
	Receipt  string    `json:"receipt,omitempty"`
	Reason   string    `json:"reason,omitempty"` // stable word for the desk and the log
}

// Notice is what one person is told about one event.
type Notice struct {
	ID        ID                 `json:"id"`
	Event     string             `json:"event"` // id of the event in the feed
	Person    identity.AccountID `json:"person"`
	Community community.ID       `json:"community,omitempty"`
	// Key names the sentence of the catalogue; Args fill it. Neither holds a phone number or a full
	// name of a resident.
	Key  string     `json:"key"`
	Args fault.Args `json:"args,omitempty"`
	Link string     `json:"link"` // same-site path that answers the notice
	// At is when the thing happened; Made is when the notice was written.
	At     time.Time `json:"at"`
	Made   time.Time `json:"made"`
	ReadAt time.Time `json:"read_at,omitzero"`
	// Run names what was told to many at once, "" for everything else; Pace is how soon it is sent.
	Run      string     `json:"run,omitempty"`
	Pace     Pace       `json:"pace,omitempty"`
	Delivery []Delivery `json:"delivery,omitempty"`
}

// due returns the earliest instant at which a delivery wants to be tried.
func (n Notice) due() (time.Time, bool) {
	var first time.Time
	for _, d := range n.Delivery {
		if d.State == Pending && (first.IsZero() || d.Next.Before(first)) {
			first = d.Next
		}
	}
	return first, !first.IsZero()
}

// Collections declares what the package stores.
func Collections() docstore.Schema {
	return docstore.Schema{{
		Kind: KindNotice,
		Fields: []docstore.Field{
			{Name: "person", Type: docstore.Text}, {Name: "at", Type: docstore.Int},
			{Name: "unread", Type: docstore.Text}, // the person, while the notice is unread
			{Name: "next", Type: docstore.Int},    // while a delivery is pending
			{Name: "run", Type: docstore.Text}, {Name: "outcome", Type: docstore.Text}, {Name: "reason", Type: docstore.Text},
		},
		Indexes: []docstore.Index{
			{Name: "inbox", Fields: []string{"person", "at"}},
			{Name: "unread", Fields: []string{"unread"}},
			{Name: "due", Fields: []string{"next"}},
			{Name: "run", Fields: []string{"run", "outcome", "reason"}}, // sparse: only what was told to many
		},
	}}
}

func fields(n Notice) docstore.Fields {
	f := docstore.Fields{"person": string(n.Person), "at": n.At.UnixMilli()}
	if n.ReadAt.IsZero() {
		f["unread"] = string(n.Person)
	}
	if next, ok := n.due(); ok {
		f["next"] = next.UnixMilli()
	}
	if n.Run != "" {
		f["run"], f["outcome"], f["reason"] = n.Run, "", ""
		for _, d := range n.Delivery {
			f["outcome"], f["reason"] = string(d.State), d.Reason
		}
	}
	return f
}

func table(s docstore.Store) docstore.Table[Notice] {
	return docstore.Table[Notice]{
		Store: s, Kind: KindNotice, Fields: fields,
		Scope: func(n Notice) string { return string(n.Community) },
	}
}
