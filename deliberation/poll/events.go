package poll

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Types of the events this package saves with its changes. Casting a ballot has none.
const (
	PollDrafted     = "poll.drafted"     // data: About
	PollChanged     = "poll.changed"     // data: About
	PollRolling     = "poll.rolling"     // data: About; the roll is being put together
	PollListed      = "poll.listed"      // data: Listing; the roll is published
	PollObjected    = "poll.objected"    // data: ObjectionStep
	PollAnswered    = "poll.answered"    // data: ObjectionStep
	PollCorrected   = "poll.corrected"   // data: SeatStep; the roll was corrected before the opening
	PollPostponed   = "poll.postponed"   // data: About
	PollOpened      = "poll.opened"      // data: Opening; the charter in full
	PollAdded       = "poll.added"       // data: SeatStep; somebody was added after the opening
	PollRepresented = "poll.represented" // data: Represented; its document is the seat
	PollReminded    = "poll.reminded"    // data: About
	PollClosed      = "poll.closed"      // data: ClosedAt
	PollReleased    = "poll.released"    // data: Release; its document is a page of commitments
	PollPublished   = "poll.published"   // data: Outcome
	PollRecounted   = "poll.recounted"   // data: About; a disputed poll is counted again
	PollDisputed    = "poll.disputed"    // data: Dispute
	PollSettled     = "poll.settled"     // data: About; the key is destroyed
	PollWithdrawn   = "poll.withdrawn"   // data: Ended
	PollRelisted    = "poll.relisted"    // data: About; the owners' roll is taken once more
	PollServed      = "poll.served"      // data: SeatStep; its document is the seat
	PollMandated    = "poll.mandated"    // data: SeatStep; its document is the seat
	PollPaper       = "poll.paper"       // data: PaperStep; its document is the seat; an entry, not what it says
	PollPaperDone   = "poll.paper_done"  // data: About
	PollOverriding  = "poll.overriding"  // data: About; a second person is asked
	PollOverridden  = "poll.overridden"  // data: Overruling
	voterForgotten  = "poll.voter_forgotten"
)

// Links are the events that the topics of a poll follow.
func Links() []string { return []string{PollListed, PollOpened, PollPublished, PollWithdrawn} }

// About is what every event of a poll begins with. By is who drafted it.
type About struct {
	Poll      ID                 `json:"poll"`
	Community community.ID       `json:"community"`
	Town      community.ID       `json:"town,omitempty"`
	Label     Label              `json:"label"`
	Question  string             `json:"question"`
	By        identity.AccountID `json:"by,omitempty"`
	ClosesAt  time.Time          `json:"closes_at"`
}

// Listing is the data of poll.listed.
type Listing struct {
	About
	deliberation.Linked
	Voters  int       `json:"voters"`
	OpensAt time.Time `json:"opens_at"`
}

// ObjectionStep is the data of poll.objected and poll.answered. Whose said it.
type ObjectionStep struct {
	About
	Objection string             `json:"objection"`
	Whose     identity.AccountID `json:"whose"`
	Upheld    bool               `json:"upheld,omitempty"`
	Answer    string             `json:"answer,omitempty"`
}

// SeatStep is the data of poll.corrected and poll.added. Mark stands for the voter, whom it does not name.
type SeatStep struct {
	About
	Mark   string `json:"mark"`
	Remove bool   `json:"remove,omitempty"`
	Reason string `json:"reason"`
}

// Opening is the data of poll.opened: everything that decides the result, before the first ballot.
type Opening struct {
	About
	deliberation.Linked
	Charter string `json:"charter"`
	Hash    string `json:"hash"`
	Voters  int    `json:"voters"`
}

// Represented is the data of poll.represented: another member of a household votes for it.
type Represented struct {
	About
	From identity.AccountID `json:"from"`
	To   identity.AccountID `json:"to"`
	Name string             `json:"name"`
}

// ClosedAt is the data of poll.closed.
type ClosedAt struct {
	About
	At time.Time `json:"at"`
}

// Release is the data of poll.released. Root is the Merkle root over the commitments of the page.
type Release struct {
	Poll  ID     `json:"poll"`
	Page  int    `json:"page"`
	Count int    `json:"count"`
	Root  string `json:"root"`
}

// Outcome is the data of poll.published. Hash is the SHA-256 of the result's text.
type Outcome struct {
	About
	deliberation.Linked
	Outcome string `json:"outcome"`
	Winners []int  `json:"winners,omitempty"`
	Voters  int    `json:"voters"`
	Ballots int    `json:"ballots"`
	Hash    string `json:"hash"`
	// Stakes is the hash of what is published of owners' areas, "" where nothing is.
	Stakes string `json:"stakes,omitempty"`
}

// Dispute is the data of poll.disputed.
type Dispute struct {
	About
	Why string `json:"why"`
}

// Ended is the data of poll.withdrawn.
type Ended struct {
	About
	deliberation.Linked
	Reason string `json:"reason"`
}
