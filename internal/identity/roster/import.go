package roster

import (
	"encoding/json"
	"fmt"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// KindImport is the kind of Import documents.
const KindImport docstore.Kind = "roster_import"

// State is where an import stands; the package documentation draws the machine.
type State string

// The states of an import.
const (
	Receiving State = "receiving" // the file is being stored
	Previewed State = "previewed" // waits for a person
	Confirmed State = "confirmed" // waits for its turn
	Applying  State = "applying"
	Done      State = "done"
	Discarded State = "discarded"
)

// Types of the events of an import. None carries a name or a door.
const (
	EventConfirmed = "roster.confirmed"
	EventReturned  = "roster.returned" // the community's buildings changed, the file has errors now
	EventDone      = "roster.done"
	EventDiscarded = "roster.discarded"
)

// Bounds of an Import document.
const (
	maxFaults = 300
	maxGone   = 500
)

// Refusals of an import's transitions.
var (
	// ErrHasErrors means that the file has to be corrected and read again; Args["errors"] counts.
	ErrHasErrors = fault.New(fault.Invalid, "roster.has_errors")
	// ErrOver means that the import was discarded, or is too far on for that.
	ErrOver = fault.New(fault.TooLate, "roster.over")
	// ErrNotConfirmed means that nobody confirmed the import yet.
	ErrNotConfirmed = fault.New(fault.Conflict, "roster.not_confirmed")
)

// Import is one reading of one file, from its preview to its end.
type Import struct {
	ID        string       `json:"id"`
	Community community.ID `json:"community"`
	State     State        `json:"state"`

	FileName string    `json:"file_name"`
	SHA256   string    `json:"sha256"`
	Bytes    int       `json:"bytes"`
	Chunks   int       `json:"chunks,omitempty"` // of the sealed file; 0 once it is deleted
	By       string    `json:"by"`               // who uploaded, as Actor.Ref names them
	At       time.Time `json:"at"`

	Rows   int    `json:"rows"` // with a person
	Counts Counts `json:"counts"`
	// Faults are the first maxFaults, sealed because they quote names and numbers; errors come first.
	Faults     seal.Sealed `json:"faults,omitempty"`
	FaultTotal int         `json:"fault_total"`
	Errors     int         `json:"errors"`
	// Gone are homes in the file's buildings from which somebody is missing in the file, at most maxGone.
	Gone []identity.HouseholdID `json:"gone,omitempty"`

	ConfirmedBy string    `json:"confirmed_by,omitempty"`
	ConfirmedAt time.Time `json:"confirmed_at,omitzero"`
	Applied     int       `json:"applied"` // homes, of Total
	Total       int       `json:"total"`
	// Left are homes that got too many people between preview and turn; staff list these by hand.
	Left    []identity.HouseholdID `json:"left,omitempty"`
	EndedAt time.Time              `json:"ended_at,omitzero"`
}

// Open reports whether somebody or some sweep still has work with the import.
func (i Import) Open() bool { return i.Chunks > 0 || i.State != Done && i.State != Discarded }

// placeOfFaults binds the sealed list to its import.
func (i Import) placeOfFaults() string { return string(KindImport) + "/" + i.ID + "#faults" }

// judged puts the outcome of a reading into the import.
func (i Import) judged(box *seal.Box, p Preview, c comparison) (Import, error) {
	kept := p.Faults[:min(len(p.Faults), maxFaults)]
	text, err := json.Marshal(kept)
	if err != nil {
		return i, fmt.Errorf("encode the faults of import %q: %w", i.ID, err)
	}
	i.Faults, i.FaultTotal, i.Errors = box.Seal(i.placeOfFaults(), string(text)), len(p.Faults), p.Errors
	i.Rows, i.Counts, i.Total = p.Rows, c.counts, len(p.Homes)
	i.Gone = c.gone[:min(len(c.gone), maxGone)]
	i.State = Previewed
	return i, nil
}

// Confirm lets the import go ahead. Confirming twice is one confirmation.
func (i Import) Confirm(by string, now time.Time) (Import, []docstore.Fact, error) {
	switch i.State {
	case Confirmed, Applying, Done:
		return i, nil, docstore.ErrUnchanged
	case Previewed:
	default:
		return i, nil, ErrOver.With("state", i.State)
	}
	if i.Errors > 0 {
		return i, nil, ErrHasErrors.With("errors", i.Errors)
	}
	i.State, i.ConfirmedBy, i.ConfirmedAt = Confirmed, by, now
	return i, i.fact(EventConfirmed, by, now), nil
}

// Advance notes that at least n of total homes are done. Progress never goes back.
func (i Import) Advance(n, total int) (Import, []docstore.Fact, error) {
	if i.State != Confirmed && i.State != Applying || i.State == Applying && n <= i.Applied && total == i.Total {
		return i, nil, docstore.ErrUnchanged
	}
	i.State, i.Applied, i.Total = Applying, max(n, i.Applied), total
	return i, nil, nil
}

// Finish ends an import whose every home is written, except those left.
func (i Import) Finish(total int, left []identity.HouseholdID, now time.Time) (Import, []docstore.Fact, error) {
	if i.State != Confirmed && i.State != Applying {
		return i, nil, docstore.ErrUnchanged
	}
	i.State, i.Applied, i.Total, i.EndedAt = Done, total, total, now
	i.Left = left[:min(len(left), maxGone)]
	return i, i.fact(EventDone, i.ConfirmedBy, now), nil
}

// Return asks for another look: what was confirmed cannot be done any more. reread is the same import as
// the file reads now.
func (i Import) Return(reread Import, now time.Time) (Import, []docstore.Fact, error) {
	if i.State != Confirmed && i.State != Applying {
		return i, nil, docstore.ErrUnchanged
	}
	reread.ConfirmedBy, reread.ConfirmedAt = "", time.Time{}
	return reread, reread.fact(EventReturned, identity.System("roster").Ref(), now), nil
}

// Discard ends an import that nobody confirmed. Discarding twice is once.
func (i Import) Discard(by string, now time.Time) (Import, []docstore.Fact, error) {
	switch i.State {
	case Discarded:
		return i, nil, docstore.ErrUnchanged
	case Receiving, Previewed:
	default:
		return i, nil, ErrOver.With("state", i.State)
	}
	i.State, i.EndedAt, i.Faults = Discarded, now, ""
	return i, i.fact(EventDiscarded, by, now), nil
}

// Purged notes that the sealed file is deleted.
func (i Import) Purged() (Import, []docstore.Fact, error) {
	if i.Chunks == 0 {
		return i, nil, docstore.ErrUnchanged
	}
	i.Chunks = 0
	return i, nil, nil
}

func (i Import) fact(name, by string, now time.Time) []docstore.Fact {
	return []docstore.Fact{{Type: name, Actor: by, At: now, Data: map[string]any{
		"import": i.ID, "community": i.Community, "homes": i.Total,
	}}}
}
