package covenant

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ID identifies a covenant; it is the token of the form that drafted it.
type ID string

// Bounds. Lengths are in runes; the largest covenant stays below the store's bound for a document.
const (
	MaxTitle    = 40
	MaxClauses  = 40
	MaxHeading  = 30
	MaxClause   = 300
	MaxNote     = 500
	MaxEditions = 16
	MaxComment  = 500
	MaxReply    = 500
	MaxWhat     = 100 // which meeting or vote, with whom it is filed
	MaxRule     = 300
	maxSteps    = 200
)

// MinOpen and MaxOpen bound how long an edition is open for comments.
const (
	MinOpen = 24 * time.Hour
	MaxOpen = 60 * 24 * time.Hour
)

// Covenant is one matter that residents agree on, through all its editions. Its methods are the only transitions; each
// returns the facts to save, or a fault with nothing changed.
type Covenant struct {
	ID        ID                     `json:"id"`
	Community community.ID           `json:"community"`
	Path      []community.ID         `json:"path"`
	Title     string                 `json:"title"`
	Topics    []deliberation.TopicID `json:"topics,omitempty"`
	// Session is the deliberation it came out of, "" for none.
	Session   string              `json:"session,omitempty"`
	Keeper    deliberation.Author `json:"keeper"` // who drafted it and is told what needs a hand
	CreatedAt time.Time           `json:"created_at"`
	Editions  []Edition           `json:"editions"`
	// Numbered counts the ids given to clauses so far.
	Numbered int    `json:"numbered"`
	History  []Step `json:"history"`
}

// Clause is one numbered rule. Its number is its place in the edition.
type Clause struct {
	ID      string `json:"id"`
	Heading string `json:"heading,omitempty"`
	Body    string `json:"body"`
}

// Edition is one state of the text.
type Edition struct {
	N       int                 `json:"n"`
	Base    int                 `json:"base,omitempty"` // the edition it was made from
	State   State               `json:"state"`
	Clauses []Clause            `json:"clauses"`
	Note    string              `json:"note,omitempty"` // what was changed and why
	By      deliberation.Author `json:"by"`
	At      time.Time           `json:"at"`
	// Revision counts the changes while it is drafted; a form names the one it saw.
	Revision int `json:"revision,omitempty"`
	// Comments are taken at Opens <= at < Until.
	Opens time.Time `json:"opens,omitzero"`
	Until time.Time `json:"until,omitzero"`
	// Told is set when the keeper was told that the comments are over.
	Told     bool      `json:"told,omitempty"`
	Legal    *Legal    `json:"legal,omitempty"`
	Adoption *Adoption `json:"adoption,omitempty"`
	Filing   *Filing   `json:"filing,omitempty"`
	// Version is its number among the adopted ones, 0 before.
	Version int    `json:"version,omitempty"`
	Reason  string `json:"reason,omitempty"` // why it was dropped or sent back
}

// Legal is a lawyer's look at an edition.
type Legal struct {
	Who  string              `json:"who"` // as the record names them: 社区法律顾问 …
	Note string              `json:"note"`
	By   deliberation.Author `json:"by"` // who wrote it down
	At   time.Time           `json:"at"`
}

// Adoption records which meeting or vote adopted an edition, and by what rule. It counts once a second person has
// confirmed it.
type Adoption struct {
	What        string              `json:"what"`
	Rule        string              `json:"rule"`
	Result      string              `json:"result"`
	HeldAt      time.Time           `json:"held_at"`
	EffectiveAt time.Time           `json:"effective_at"`
	By          deliberation.Author `json:"by"`
	At          time.Time           `json:"at"`
	ConfirmedBy deliberation.Author `json:"confirmed_by,omitzero"`
	ConfirmedAt time.Time           `json:"confirmed_at,omitzero"`
}

// Filing says where and when an adopted version was filed.
type Filing struct {
	With string              `json:"with"`
	No   string              `json:"no,omitempty"`
	On   time.Time           `json:"on"`
	By   deliberation.Author `json:"by"`
	At   time.Time           `json:"at"`
}

// Step is one line of the history.
type Step struct {
	What    string    `json:"what"`
	Edition int       `json:"edition"`
	Actor   string    `json:"actor"`
	Name    string    `json:"name,omitempty"`
	Title   string    `json:"title,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	At      time.Time `json:"at"`
}

var (
	errNotFound  = fault.New(fault.NotFound, "covenant.not_found")
	errNoEdition = fault.New(fault.NotFound, "covenant.no_edition")
	errTitle     = fault.New(fault.Invalid, "covenant.title_empty").On("title")
	errNoClauses = fault.New(fault.Invalid, "covenant.no_clauses").On("clauses")
	errBodyless  = fault.New(fault.Invalid, "covenant.clause_empty").On("clauses")
	errClause    = fault.New(fault.Invalid, "covenant.no_clause").On("clause")
	errFull      = fault.New(fault.Conflict, "covenant.full")
	errTaken     = fault.New(fault.Conflict, "covenant.token_taken")
)

// Place is where the covenant holds.
func (c Covenant) Place() identity.Place { return identity.Place{Path: c.Path} }

// Edition returns edition n.
func (c Covenant) Edition(n int) (Edition, error) {
	if n < 1 || n > len(c.Editions) {
		return Edition{}, errNoEdition.With("edition", n)
	}
	return c.Editions[n-1], nil
}

// Last returns the edition that is or was worked on last.
func (c Covenant) Last() Edition { return c.Editions[len(c.Editions)-1] }

// InForce returns the adopted edition that holds at the instant; ok is false if none does yet.
func (c Covenant) InForce(now time.Time) (e Edition, ok bool) {
	for _, x := range c.Editions {
		if x.State == Adopted && !now.Before(x.Adoption.EffectiveAt) {
			e, ok = x, true
		}
	}
	return e, ok
}

// Clause returns a clause of the edition with its number.
func (e Edition) Clause(id string) (Clause, int, error) {
	i := slices.IndexFunc(e.Clauses, func(x Clause) bool { return x.ID == id })
	if i < 0 {
		return Clause{}, 0, errClause.With("clause", id)
	}
	return e.Clauses[i], i + 1, nil
}

// revised reports whether the edition grew out of comments on another one.
func (c Covenant) revised(e Edition) bool {
	return e.Base > 0 && c.Editions[e.Base-1].State == Replaced
}

// Shown reports whether residents see an edition: drafts that were never open for comments, and did not come out of
// such, are their keeper's desk.
func (c Covenant) Shown(e Edition) bool {
	return !e.Opens.IsZero() || e.State == Adopted || c.revised(e)
}

// about is what the covenant's events begin with.
func (c Covenant) about(edition int) About {
	return About{Covenant: c.ID, Community: c.Community, Title: c.Title, Edition: edition, Keeper: c.Keeper.Account}
}

func (c Covenant) linked(by deliberation.Author) deliberation.Linked {
	return deliberation.Linked{
		Topics: c.Topics, Link: deliberation.Link{Kind: deliberation.LinkCovenant, ID: string(c.ID), Title: c.Title},
		Name: by.Name, Title: by.Title,
	}
}

// note adds a line to the history.
func (c *Covenant) note(what string, by deliberation.Author, reason string, at time.Time) {
	if len(c.History) >= maxSteps {
		return
	}
	c.History = append(slices.Clip(c.History), Step{
		What: what, Edition: len(c.Editions), Actor: string(by.Account), Name: by.Name, Title: by.Title, Reason: reason, At: at,
	})
}

func fact(what string, by identity.AccountID, at time.Time, data any) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by), At: at, Data: data}
}

// number gives ids to the clauses that have none and refuses ids that are not the covenant's or stand twice.
func (c *Covenant) number(clauses []Clause) ([]Clause, error) {
	numbered, seen := slices.Clone(clauses), map[string]bool{}
	known := map[string]bool{}
	for _, e := range c.Editions {
		for _, x := range e.Clauses {
			known[x.ID] = true
		}
	}
	next := c.Numbered
	for i := range numbered {
		x := &numbered[i]
		if x.ID == "" {
			next++
			x.ID = clauseID(next)
		} else if !known[x.ID] || seen[x.ID] {
			return nil, errClause.With("clause", x.ID)
		}
		seen[x.ID] = true
	}
	c.Numbered = next
	return numbered, nil
}
