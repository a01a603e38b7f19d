package hall

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ArgumentID identifies an argument; it is the token of its form.
type ArgumentID string

// MaxArgument is the longest argument in runes.
const MaxArgument = 500

// Side is what an argument does for an option.
type Side string

// The two sides.
const (
	For     Side = "for"
	Against Side = "against"
)

// Argument is one reason for or against an option, a document of its own.
type Argument struct {
	ID        ArgumentID          `json:"id"`
	Session   SessionID           `json:"session"`
	Community community.ID        `json:"community"`
	Option    string              `json:"option"`
	Side      Side                `json:"side"`
	Author    deliberation.Author `json:"author"`
	Body      string              `json:"body"`
	CreatedAt time.Time           `json:"created_at"`
	Veil
	// Supports follows the feed (count_supports.go) and covers it up to CountedSeq.
	Supports   int   `json:"supports,omitempty"`
	CountedSeq int64 `json:"counted_seq,omitempty"`
}

// Veil keeps a resident's words out of sight, with the reason in their place.
type Veil struct {
	Hidden bool     `json:"hidden,omitempty"`
	Reason string   `json:"reason,omitempty"`
	Hits   []string `json:"hits,omitempty"`
	// ModeratedBy is who last hid or showed it; "" if only the word list has looked at it.
	ModeratedBy identity.AccountID `json:"moderated_by,omitempty"`
	ModeratedAt time.Time          `json:"moderated_at,omitzero"`
}

// unseen reports whether the word list hid it and nobody has looked at it.
func (v Veil) unseen() bool { return v.Hidden && v.ModeratedBy == "" }

// screened returns the veil of what the word list finds.
func screened(hits []string) Veil {
	if len(hits) == 0 {
		return Veil{}
	}
	return Veil{Hidden: true, Reason: deliberation.ReasonWordList, Hits: hits}
}

// turn hides or shows.
func (v *Veil) turn(hide bool, reason string, by identity.AccountID, now time.Time) {
	v.Hidden, v.Reason, v.ModeratedBy, v.ModeratedAt = hide, reason, by, now
}

// seenBy returns the words and the veil as somebody may see them: all to who facilitates, the words to their author.
func (v Veil) seenBy(words string, mine, tends bool) (string, Veil) {
	if tends {
		return words, v
	}
	if v.Hidden && !mine {
		words = ""
	}
	return words, Veil{Hidden: v.Hidden, Reason: v.Reason}
}

// support is one neighbour's support of an argument. Its key is argument and person.
type support struct {
	Argument  ArgumentID         `json:"argument"`
	Session   SessionID          `json:"session"`
	Community community.ID       `json:"community"`
	Account   identity.AccountID `json:"account"`
	At        time.Time          `json:"at"`
}

func supportKey(a ArgumentID, who identity.AccountID) string { return string(a) + "/" + string(who) }

var (
	errArgEmpty   = fault.New(fault.Invalid, "hall.argument_empty").On("body")
	errArgLong    = fault.New(fault.Invalid, "hall.argument_too_long").On("body")
	errSide       = fault.New(fault.Invalid, "hall.bad_side").On("side")
	errNoArgument = fault.New(fault.NotFound, "hall.no_argument")
	errOwn        = fault.New(fault.Conflict, "hall.own_argument")
	errNotOpen    = fault.New(fault.Conflict, "hall.option_not_open")
	errTaken      = fault.New(fault.Conflict, "hall.token_taken")
)

// moderated is the event of hiding or showing an argument.
func (a Argument) moderated(s Session, by identity.AccountID, reason string, now time.Time) docstore.Fact {
	what := ArgumentShown
	if a.Hidden {
		what = ArgumentHidden
	}
	return fact(what, by, now, Moderated{About: s.about(), Argument: a.ID, By: a.Author.Account, Reason: reason})
}
