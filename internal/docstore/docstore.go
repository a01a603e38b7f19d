package docstore

import (
	"context"
	"time"

	"jushou/internal/fault"
)

// Kind names a collection of documents of one shape, for example "topic".
type Kind string

// Key identifies a document.
type Key struct {
	Kind Kind
	ID   string // 1 to MaxID bytes of UTF-8 without NUL
}

// Bounds that every adapter enforces with fault.Invalid or fault.TooLarge.
const (
	// MaxID is the longest document id, in bytes.
	MaxID = 200
	// MaxBody is the largest document body, in bytes. An aggregate that grows past this wants to be two.
	MaxBody = 1 << 20
	// MaxLimit is the most documents or events one call returns.
	MaxLimit = 1000
	// MaxClaims is the most claims of one write.
	MaxClaims = 10
	// MaxFields is the most fields a kind declares.
	MaxFields = 64
	// MaxGrows is the most room a kind may ask for beside a new document, in bytes.
	MaxGrows = 2048
	// MaxEvents is the most events one write appends; their Data together is at most MaxBody bytes.
	MaxEvents = 100
	// MaxEventID is the longest event id, in bytes.
	MaxEventID = 400
)

// Doc is a stored document.
type Doc struct {
	Key
	Version int64  // 1 when first written, then one more at each write
	Body    []byte // JSON, one object, equal in meaning to what was written; the caller owns it
}

// Refusals of a Store. Each is compared with errors.Is.
var (
	// ErrNotFound means that the document does not exist. A read that failed is never ErrNotFound.
	ErrNotFound = fault.New(fault.NotFound, "store.not_found")
	// ErrConflict means that the document is not at the version the writer saw. Nothing changed.
	ErrConflict = fault.New(fault.Conflict, "store.conflict")
	// ErrClaimed means that a claim of the write is somebody else's. The document did not change.
	ErrClaimed = fault.New(fault.Conflict, "store.claimed")
	// ErrUnavailable means that the store did not answer, is full, or is closed. For a write the
	// outcome may be unknown; trying the same write again is safe because it names a version.
	ErrUnavailable = fault.New(fault.Unavailable, "store.unavailable")
	// ErrFull means that the disk, or the room the store was given, is used up. Nothing was written,
	// reads go on, and writes work again when there is room. It is an ErrUnavailable too.
	ErrFull = fault.New(fault.Unavailable, "store.full").Because(ErrUnavailable)
)

// Want is the version a writer expects to replace: Absent, Any, or a version it has read.
type Want int64

const (
	// Absent means that the document must not exist.
	Absent Want = 0
	// Any means that the writer does not care what it replaces.
	Any Want = -1
)

// Fields are the values of a document's declared fields: string or int64. A field that is left out
// is absent, and the document does not appear in an index that needs it: that is how "unanswered topics
// by due date" stays as small as the work that is left.
type Fields map[string]any

// Write is one document to be written or deleted.
type Write struct {
	Key
	Want Want
	// Body is JSON, one object; ignored when Delete. Whole numbers within int64 and other numbers
	// within float64 come back as they were; the order of keys, white space and the spelling of a
	// number may not, and of a key used twice the last counts. It is not kept after Put returns.
	Body   []byte
	Fields Fields
	// Scope is the community (or other tenant) whose ordered feed the events join.
	Scope string
	// Delete removes the document; its events are appended all the same. A deleted document is
	// Absent, and a later one under the same Key begins at version 1 again.
	Delete bool
	// Claims are what the write needs to be nobody else's.
	Claims []Claim
	// sound says that Body was encoded by this package, and need not be read to know that it is JSON.
	sound bool
}

// Claim takes something that only one may have, a name or a number drawn, together with the write that needs it. It is a
// document: made with this Body if there is none under its Key; if there is one with the same Body it is the writer's own; with another
// Body the write is refused with ErrClaimed. Claims are made before the write or with it, and may stay when the write is
// refused or lost, so Body names who claims: the same write tried again finds its own. Its Kind declares no fields, and nobody changes or deletes it.
type Claim struct {
	Key
	Body  []byte // JSON, one object
	sound bool
}

// Event is one thing that happened, saved with the change that caused it.
type Event struct {
	// Seq is the event's place in the feed, assigned by the store: positive and rising, with gaps.
	Seq int64
	// ID is the caller's, unique for ever; Table derives it from key, version and chance.
	ID    string
	Scope string    // set by the store from the Write
	Type  string    // what happened: "topic.posted"
	Doc   Key       // set by the store: the document it happened to
	Ver   int64     // set by the store: the document's version after the change
	Actor string    // account id, or "system:…"
	At    time.Time // kept to the millisecond
	Data  []byte    // JSON, one object, or nil
}

// Query seeks one declared index: equality on a prefix of its fields, then at most one range on
// the next field, in the order of the remaining fields and then of document ids.
type Query struct {
	Kind  Kind
	Index string // a declared name, or ByID
	// Equal holds the values of the first len(Equal) fields of the index.
	Equal []any
	// From and To bound the next field: From <= value < To. Nil is unbounded.
	From, To any
	// Desc reverses the order, ids included.
	Desc bool
	// Limit is the most documents to return, 1 to MaxLimit.
	Limit int
	// After continues a Page; the rest of the query must be the same.
	After Cursor
}

// Cursor is an opaque place in an index or in the feed; "" is the beginning. Documents written
// while somebody turns pages are seen or not according to their place, and nobody else's place moves.
type Cursor string

// Page is one stretch of an index.
type Page struct {
	Docs []Doc
	// Next continues after the last of Docs; "" means that the index held no more.
	Next Cursor
}

// Store is the port. It is safe for concurrent use. Every method returns ctx's error when ctx ends
// first, and fault.Invalid errors for calls that break a bound or name an undeclared index.
type Store interface {
	// Get returns the document or ErrNotFound.
	Get(ctx context.Context, key Key) (Doc, error)

	// GetMany returns the documents that exist among keys, each once and in no particular order. More
	// than MaxLimit keys are refused.
	GetMany(ctx context.Context, keys []Key) ([]Doc, error)

	// Find returns one page of a declared index. It never scans: an undeclared index, or a range on a
	// field that is not next in it, is refused.
	Find(ctx context.Context, q Query) (Page, error)

	// Count counts the documents Find would return over all pages, but stops at most. Limit and After
	// are ignored.
	Count(ctx context.Context, q Query, most int) (int, error)

	// Put writes one document and appends its events, both or neither, and returns the new version
	// (0 after a delete; the events of a delete carry the version after the one deleted). It returns
	// ErrConflict, and changes nothing, if the document is not at w.Want. Deleting what does not exist
	// is a conflict under a version; under Any and Absent it only appends the events. When Put returns
	// nil the write survives kill -9 and power loss, and a Get that begins afterwards sees it, as it sees its claims.
	//
	// An event whose ID is in the feed already is refused with ErrConflict. Of two writes to different
	// documents that race with one event ID, an adapter may let both through, and the feed keeps
	// the event that came first.
	Put(ctx context.Context, w Write, events ...Event) (version int64, err error)

	// Events reads the feed after a place, at most limit of them, in the order of Seq. Within a Scope
	// that order is the order of the commits. A reader that goes on from the Seq it saw last
	// misses nothing. An event may appear a moment after its Put returned. Their Data is shared with
	// other readers and must not be changed.
	Events(ctx context.Context, after int64, limit int) ([]Event, error)

	// Head returns the Seq of the last event of the scope, 0 if there is none; "" asks for the whole
	// feed. It is one cheap read: caches compare it to know whether anything changed.
	Head(ctx context.Context, scope string) (int64, error)

	// Wake returns a channel that receives a value soon after events were appended by this process.
	// A reader still looks from time to time, because other processes append too.
	Wake() <-chan struct{}

	// Ping returns nil if the store can be read and written.
	Ping(ctx context.Context) error

	// Close waits for writes in progress and releases the store. Later calls return ErrUnavailable.
	Close() error
}
