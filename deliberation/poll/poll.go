package poll

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ID identifies a poll; it is the token of the form that drafted it.
type ID string

// Bounds, in runes where they are of text.
const (
	MaxQuestion   = 100
	MaxBackground = 4000
	MaxOption     = 60
	MaxDetail     = 400
	MinOptions    = 2
	MaxOptions    = 30
	MaxTopics     = 10
	MaxObjection  = 500
	MaxReason     = 200
	// MaxObjections is how many objections one roll may have.
	MaxObjections = 300
	// MaxCouncil is how many members a list may name.
	MaxCouncil = 300
	// MaxWindow is the longest time a poll may be open; the longest in the rules read is 60 days (杭州 Art. 20).
	MaxWindow = 60 * 24 * time.Hour
	// MinWindow is the shortest.
	MinWindow = 10 * time.Minute
	// maxSteps bounds the history.
	maxSteps = 400
)

// Option is one answer.
type Option struct {
	Text   string `json:"text"`
	Detail string `json:"detail,omitempty"`
	Cost   int64  `json:"cost,omitempty"` // in fen, of a budget
	// Project is the id of the small project that the option stands for, "" for one that somebody wrote by hand.
	Project string `json:"project,omitempty"`
}

// Scope says whose poll it is. Without places it is the whole community; a council has neither, but members.
type Scope struct {
	Grids     []community.GridID     `json:"grids,omitempty"`
	Buildings []community.BuildingID `json:"buildings,omitempty"`
	// Names are the places' names when the poll was drafted.
	Names   []string             `json:"names,omitempty"`
	Members []identity.AccountID `json:"members,omitempty"`
}

// Whole reports whether everybody in the community is asked.
func (s Scope) Whole() bool { return len(s.Grids)+len(s.Buildings)+len(s.Members) == 0 }

// Roll is what is known of the roll as a whole; its lines are the Seats.
type Roll struct {
	At     time.Time `json:"at,omitzero"` // when the snapshot was complete
	Voters int       `json:"voters,omitempty"`
	Area   int64     `json:"area,omitempty"` // of owners, in 0.01 m²
	Stakes *Classes  `json:"stakes,omitempty"`
	// Root is the Merkle root (RFC 6962) over the salted hashes of the seats in the order of their keys, in
	// hexadecimal; set at the opening.
	Root string `json:"root,omitempty"`
	// Buildings counts the seats of each building, so that neighbours can see whether the size is right.
	Buildings map[string]int `json:"buildings,omitempty"`
}

// Poll is the aggregate. Its methods are the only transitions; each returns the facts to save, or a fault with nothing
// changed.
type Poll struct {
	ID        ID                     `json:"id"`
	Community community.ID           `json:"community"`
	Path      []community.ID         `json:"path"`
	Topics    []deliberation.TopicID `json:"topics,omitempty"`
	Label     Label                  `json:"label"`

	Question   string    `json:"question"`
	Background string    `json:"background,omitempty"`
	Options    []Option  `json:"options"`
	Rule       rule.Rule `json:"rule"`
	Scope      Scope     `json:"scope"`
	// Joint is set for a joint decision of owners.
	Joint *Joint `json:"joint,omitempty"`
	// Mandates is how many written mandates one proxy may hold; 0 means that nobody votes by proxy. Guardians may always.
	Mandates int `json:"mandates,omitempty"`
	// PaperUntil is until when paper ballots that were handed in by the close are entered; zero where there are none.
	PaperUntil time.Time `json:"paper_until,omitzero"`
	// Adults asks voters to say that they are 18 or older; the platform collects no dates of birth.
	Adults bool `json:"adults,omitempty"`

	OpensAt  time.Time `json:"opens_at"`
	ClosesAt time.Time `json:"closes_at"`

	State      State       `json:"state"`
	Roll       Roll        `json:"roll"`
	Objections []Objection `json:"objections,omitempty"`
	// Corrections are the changes of the published roll, late additions among them.
	Corrections []Correction `json:"corrections,omitempty"`
	// Charter is the exact text that was frozen at the opening, and CharterHash its SHA-256 in hexadecimal.
	Charter     string  `json:"charter,omitempty"`
	CharterHash string  `json:"charter_hash,omitempty"`
	Closing     Closing `json:"closing,omitzero"`
	// PaperDone is when somebody said that every paper ballot is entered.
	PaperDone time.Time `json:"paper_done,omitzero"`
	// Override stands beside the computed result, and never in its place.
	Override  *Override   `json:"override,omitempty"`
	Reminders []time.Time `json:"reminders,omitempty"`
	// Reason says why it was withdrawn.
	Reason string `json:"reason,omitempty"`

	By        deliberation.Author `json:"by"`
	CreatedAt time.Time           `json:"created_at"`
	History   []Step              `json:"history"`
}

// Step is one line of the history: what, who in which role, when, why.
type Step struct {
	What   string    `json:"what"`
	Actor  string    `json:"actor"`
	Name   string    `json:"name,omitempty"`
	Title  string    `json:"title,omitempty"`
	Reason string    `json:"reason,omitempty"`
	At     time.Time `json:"at"`
}

// Place is where the poll is held.
func (p Poll) Place() identity.Place { return identity.Place{Path: p.Path} }

// Households reports whether the lines of the roll are households.
func (p Poll) Households() bool { return p.Rule.Franchise == rule.Households }

// Shared reports whether one line of the roll can be several people: a household, or co-owners.
func (p Poll) Shared() bool { return p.Households() || p.Joint != nil }

// Council reports whether the roll is a list of members.
func (p Poll) Council() bool { return p.Rule.Franchise == rule.Council }

// town returns the community's town, "" if it has none.
func (p Poll) town() community.ID {
	if len(p.Path) < 2 {
		return ""
	}
	return p.Path[len(p.Path)-2]
}

// about is what the poll's events begin with.
func (p Poll) about() About {
	return About{Poll: p.ID, Community: p.Community, Town: p.town(), Label: p.Label, Question: p.Question, By: p.By.Account, ClosesAt: p.ClosesAt}
}

// linked is the part of an event that the poll's topics follow.
func (p Poll) linked(by deliberation.Author) deliberation.Linked {
	return deliberation.Linked{
		Topics: p.Topics, Link: deliberation.Link{Kind: deliberation.LinkPoll, ID: string(p.ID), Title: p.Question},
		Name: by.Name, Title: by.Title,
	}
}

// note adds a line to the history.
func (p *Poll) note(what string, by deliberation.Author, reason string, at time.Time) {
	if len(p.History) >= maxSteps {
		return
	}
	p.History = append(slices.Clip(p.History), Step{
		What: what, Actor: string(by.Account), Name: by.Name, Title: by.Title, Reason: reason, At: at,
	})
}

// fact states an event of somebody.
func fact(what string, by string, at time.Time, data any) docstore.Fact {
	return docstore.Fact{Type: what, Actor: by, At: at, Data: data}
}
