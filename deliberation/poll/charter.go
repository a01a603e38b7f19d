package poll

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
)

// Charter is everything that decides a poll's result, as it is frozen at the opening. Its JSON is the text whose hash
// every ballot's commitment binds.
type Charter struct {
	Format     string       `json:"format"` // "jushou charter v1"
	Poll       ID           `json:"poll"`
	Community  community.ID `json:"community"`
	Label      Label        `json:"label"`
	Question   string       `json:"question"`
	Background string       `json:"background,omitempty"`
	Options    []Option     `json:"options"`
	Rule       rule.Rule    `json:"rule"`
	Joint      *Joint       `json:"joint,omitempty"`
	Mandates   int          `json:"mandates,omitempty"`
	Adults     bool         `json:"adults,omitempty"`
	OpensAt    time.Time    `json:"opens_at"`
	ClosesAt   time.Time    `json:"closes_at"`
	PaperUntil time.Time    `json:"paper_until,omitzero"`
	Voters     int          `json:"voters"`
	Area       int64        `json:"area,omitempty"`   // of owners, in 0.01 m²
	Stakes     *Classes     `json:"stakes,omitempty"` // of owners
	RollRoot   string       `json:"roll_root"`
	Software   string       `json:"software"`
}

const charterFormat = "jushou charter v1"

// charter returns the text of a poll with a roll.
func (p Poll) charter(roll Roll, software string) (string, error) {
	text, err := json.Marshal(Charter{
		Format: charterFormat, Poll: p.ID, Community: p.Community, Label: p.Label, Question: p.Question, Background: p.Background,
		Options: p.Options, Rule: p.Rule, Joint: p.Joint, Mandates: p.Mandates, Adults: p.Adults, OpensAt: p.OpensAt, ClosesAt: p.ClosesAt,
		PaperUntil: p.PaperUntil, Voters: roll.Voters, Area: roll.Area, Stakes: roll.Stakes, RollRoot: roll.Root, Software: software,
	})
	return string(text), err
}

// hashOf is the SHA-256 of a text in hexadecimal.
func hashOf(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// hashOfAny is hashOf, and "" of nothing.
func hashOfAny(text string) string {
	if text == "" {
		return ""
	}
	return hashOf(text)
}

// holds reads the charter back and compares it with the poll and with the roll as it is now. What was changed behind the
// platform's back after the opening is found here, before anything is counted.
func (p Poll) holds(roll Roll) (Charter, error) {
	var c Charter
	if hashOf(p.Charter) != p.CharterHash {
		return c, fmt.Errorf("the charter's hash is not the one of the opening")
	}
	if err := json.Unmarshal([]byte(p.Charter), &c); err != nil {
		return c, fmt.Errorf("read the charter: %w", err)
	}
	if c.Stakes == nil {
		roll.Stakes = nil // opened before charters had them
	}
	now, err := p.charter(roll, c.Software)
	if err != nil {
		return c, err
	}
	if now != p.Charter {
		return c, fmt.Errorf("question, options, rule, window or roll are not those of the charter")
	}
	return c, nil
}

// rootOf is the Merkle root of RFC 6962 over marks in rising order, in hexadecimal; of nothing it is "".
func rootOf(marks []string) string {
	if len(marks) == 0 {
		return ""
	}
	var tree stored
	for i, m := range slices.Sorted(slices.Values(marks)) {
		hashes, err := tlog.StoredHashes(int64(i), []byte(m), &tree)
		if err != nil {
			panic("poll: a tree in memory lacks a hash: " + err.Error())
		}
		tree = append(tree, hashes...)
	}
	root, err := tlog.TreeHash(int64(len(marks)), &tree)
	if err != nil {
		panic("poll: a tree in memory lacks a hash: " + err.Error())
	}
	return hex.EncodeToString(root[:])
}

// stored are the hashes of a tree in the order in which it grew.
type stored []tlog.Hash

// ReadHashes implements tlog.HashReader.
func (s *stored) ReadHashes(places []int64) ([]tlog.Hash, error) {
	hashes := make([]tlog.Hash, len(places))
	for i, at := range places {
		hashes[i] = (*s)[at]
	}
	return hashes, nil
}
