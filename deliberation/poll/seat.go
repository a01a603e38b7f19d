package poll

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// VoterKey names a line of a roll: an account id, or a household id.
type VoterKey string

// Seat is one line of a poll's roll, and what its voter did. Its document key is poll and voter, so nobody is on a roll
// twice. Until the poll is settled it holds the voter's ballot, sealed.
type Seat struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Voter     VoterKey     `json:"voter"`
	// Mark is a keyed hash of the voter: what the public log has in place of a name.
	Mark string `json:"mark"`
	// Name is how the desk shows the line: a masked name, or a room.
	Name     string `json:"name"`
	Building string `json:"building,omitempty"`
	// Account is who votes: the person, or whoever of the household voted last, "" before.
	Account identity.AccountID `json:"account,omitempty"`
	// People are those of a household when the roll was made, for notices.
	People []identity.AccountID `json:"people,omitempty"`
	// Handed are changes of a household's representative.
	Handed []Handing `json:"handed,omitempty"`

	// Units are what an owner votes with, Places what they are called, and Served the proof that the ballot reached them.
	Units  []rule.Unit `json:"units,omitempty"`
	Places []string    `json:"places,omitempty"`
	Served *Served     `json:"served,omitempty"`
	// Proxy is who votes in this voter's place.
	Proxy *Proxy `json:"proxy,omitempty"`
	// Papers are the entries of this voter's paper ballot. The first of them closes the seat to ballots of the other channel.
	Papers []PaperEntry `json:"papers,omitempty"`
	// OnPaper is set when two entries agreed: the ballot in the urn is the paper's.
	OnPaper bool `json:"on_paper,omitempty"`

	Late    bool `json:"late,omitempty"`    // added after the opening
	Removed bool `json:"removed,omitempty"` // by a correction before the opening
	Present bool `json:"present,omitempty"` // a council's member who came, with or without a ballot
	Adult   bool `json:"adult,omitempty"`   // said so

	// Casts counts the ballots of this voter; the last one is sealed in Urn with the commitments of the others.
	Casts int         `json:"casts,omitempty"`
	Urn   seal.Sealed `json:"urn,omitempty"`
	// Locked is set when the window is over: no ballot is taken after it, and the ones before it are in the count.
	Locked bool `json:"locked,omitempty"`
}

// Handing is a change of who votes for a household.
type Handing struct {
	From identity.AccountID `json:"from"`
	To   identity.AccountID `json:"to"`
	At   time.Time          `json:"at"`
}

// Bounds of a seat.
const (
	// MaxCasts is how many ballots one voter may cast; each leaves a commitment.
	MaxCasts = 200
	// maxHanded is how often a household may change its representative.
	maxHanded = 20
)

var (
	errNotOnRoll   = fault.New(fault.Denied, "poll.not_on_roll")
	errRepresented = fault.New(fault.Conflict, "poll.represented").On("takeover")
	errCasts       = fault.New(fault.TooMany, "poll.too_many_casts").With("max", MaxCasts)
	errHanded      = fault.New(fault.TooMany, "poll.handed_too_often").With("max", maxHanded)
	errAdult       = fault.New(fault.Invalid, "poll.adult").On("adult")
)

// id is the seat's document key.
func (s Seat) id() string { return seatID(s.Poll, s.Voter) }

func seatID(p ID, v VoterKey) string { return string(p) + "/" + string(v) }

// Voted reports whether the voter has cast a ballot.
func (s Seat) Voted() bool { return s.Casts > 0 }

// place binds what is sealed to the seat.
func (s Seat) place() string { return string(SeatKind) + "/" + s.id() + "#urn" }

// leaf is what the root over the roll commits to: the voter's mark, and with an owner every unit and its area.
func (s Seat) leaf() string {
	if len(s.Units) == 0 {
		return s.Mark
	}
	parts := []string{s.Mark}
	for _, u := range s.Units {
		parts = append(parts, fmt.Sprintf("%s:%d:%t", u.Key, u.Area, u.Parking))
	}
	return hashOf(strings.Join(parts, "\n"))
}

// area is what an owner's units have together, in 0.01 m².
func (s Seat) area() (sum int64) {
	for _, u := range s.Units {
		sum += u.Area
	}
	return sum
}

// take makes the voter of a line who casts now, or refuses another one of a household or among co-owners who has not said that
// they take over. A proxy votes until the principal takes over, which ends the mandate.
func (s *Seat) take(p Poll, who identity.AccountID, name string, takeover bool, now time.Time) ([]docstore.Fact, error) {
	if s.Proxy != nil && s.Proxy.Account == who {
		s.Account = who
		return nil, nil
	}
	if s.Proxy != nil && !takeover {
		return nil, errMandated
	}
	if s.Proxy == nil && (s.Account == who || s.Account == "") {
		s.Account = who
		return nil, nil
	}
	switch {
	case s.Proxy == nil && !p.Shared():
		return nil, errNotOnRoll
	case !takeover:
		return nil, errRepresented
	case len(s.Handed) >= maxHanded:
		return nil, errHanded
	}
	from := s.Account
	if s.Proxy != nil {
		from, s.Proxy = s.Proxy.Account, nil
	}
	s.Handed = append(slices.Clip(s.Handed), Handing{from, who, now})
	s.Account = who
	return []docstore.Fact{fact(PollRepresented, string(who), now, Represented{About: p.about(), From: from, To: who, Name: name})}, nil
}

// admit refuses a seat that takes no ballot.
func (s Seat) admit(p Poll, adult bool) error {
	switch {
	case s.Removed:
		return errNotOnRoll
	case s.Locked:
		return ErrTooLate.With("at", p.ClosesAt.UTC().Format(time.RFC3339))
	case len(s.Papers) > 0:
		return errOnPaper
	case s.Casts >= MaxCasts:
		return errCasts
	case p.Adults && !adult && !s.Adult:
		return errAdult
	}
	return nil
}
