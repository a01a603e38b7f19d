package poll

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"jushou/deliberation/poll/rule"
	"jushou/internal/fault"
	"jushou/internal/identity/seal"
)

// Tag is t = SHA-256(r_d) in hexadecimal, where r_d are 16 random bytes in hexadecimal that the voter's device drew. It
// stands on the published line of the ballot, and only who has r_d can show that the line is theirs.
type Tag string

// NewNonce draws an r_d, for voters whose browser runs no script.
func NewNonce() string {
	var b [16]byte
	rand.Read(b[:]) // never fails: crypto/rand aborts the program instead
	return hex.EncodeToString(b[:])
}

// TagOf returns the tag of an r_d.
func TagOf(nonce string) Tag {
	h := sha256.Sum256([]byte(nonce))
	return Tag(hex.EncodeToString(h[:]))
}

var errTag = fault.New(fault.Invalid, "poll.tag").On("tag")

// Check refuses what is not 64 hexadecimal digits.
func (t Tag) Check() error {
	if len(t) != 2*sha256.Size || strings.Trim(string(t), "0123456789abcdef") != "" {
		return errTag
	}
	return nil
}

// Ballot is one choice with what its commitment binds. It is stored sealed only.
type Ballot struct {
	Choice rule.Choice `json:"choice"`
	Tag    Tag         `json:"t"`
	Salt   string      `json:"s"` // r_s: 16 random bytes in hexadecimal, unpublished until the poll is counted
	Commit string      `json:"c"`
	At     time.Time   `json:"at"`
	// Nonce is r_d where the server drew it, so that the receipt can show it.
	Nonce string `json:"nonce,omitempty"`
	Paper bool   `json:"paper,omitempty"`
}

// Commitment is SHA-256 over "jushou ballot v1", the charter's hash, the choice's JSON, t and r_s, each ended by a line feed.
func Commitment(charter string, choice []byte, t Tag, salt string) string {
	h := sha256.New()
	for _, part := range []string{"jushou ballot v1", charter, string(choice), string(t), salt} {
		h.Write([]byte(part))
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// newBallot commits to a choice.
func newBallot(p Poll, c rule.Choice, t Tag, nonce string, now time.Time) Ballot {
	c = c.Canonical()
	b := Ballot{Choice: c, Tag: t, Salt: NewNonce(), At: now, Nonce: nonce}
	b.Commit = Commitment(p.CharterHash, choiceText(c), t, b.Salt)
	return b
}

// choiceText is the JSON that commitments are made of.
func choiceText(c rule.Choice) []byte {
	data, err := json.Marshal(c)
	if err != nil {
		panic("poll: a choice of numbers has no JSON: " + err.Error())
	}
	return data
}

// urn is what a seat holds sealed: the ballot that counts, and what became of those before it.
type urn struct {
	Last     Ballot   `json:"last"`
	Replaced []string `json:"replaced,omitempty"` // commitments, all of which are released
	Used     []Tag    `json:"used,omitempty"`     // tags of replaced ballots, which do not come back
}

var errReplayed = fault.New(fault.Conflict, "poll.replayed").On("tag")

// with puts a ballot on top of what is there.
func (u urn) with(b Ballot) (urn, error) {
	if u.Last.Commit == "" {
		return urn{Last: b}, nil
	}
	if b.Tag == u.Last.Tag || slices.Contains(u.Used, b.Tag) {
		return urn{}, errReplayed
	}
	return urn{
		Last: b, Replaced: append(slices.Clip(u.Replaced), u.Last.Commit), Used: append(slices.Clip(u.Used), u.Last.Tag),
	}, nil
}

// grain is what a sealed urn's length is rounded up to, so that its length does not tell the choice.
const grain = 512

// lock seals the urn for its seat.
func (u urn) lock(box *seal.Box, place string) (seal.Sealed, error) {
	data, err := json.Marshal(u)
	if err != nil {
		return "", err
	}
	pad := (grain - len(data)%grain) % grain
	return box.Seal(place, string(data)+strings.Repeat(" ", pad)), nil
}

// openUrn reads a seat's urn; an empty one if nothing was cast.
func openUrn(box *seal.Box, s Seat) (urn, error) {
	var u urn
	text, err := box.Open(s.place(), s.Urn)
	if err != nil || text == "" {
		return u, err
	}
	return u, json.Unmarshal([]byte(text), &u)
}
