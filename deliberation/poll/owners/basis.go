package owners

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// BasisID identifies a basis; it is the token of the form that recorded it.
type BasisID string

// Basis is the local rule that lets owners decide here: mostly the rules of procedure of the owners' meeting (业主大会议事规则), which fix the
// form of the vote (民法典 Art. 278(1) item 1; 上海市住宅物业管理规定 Art. 18).
type Basis struct {
	ID        BasisID        `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Rule      string         `json:"rule"`   // its name
	Clause    string         `json:"clause"` // the clause that allows to vote in this form
	AdoptedAt time.Time      `json:"adopted_at"`
	// Photos are of the document.
	Photos []deliberation.PhotoID `json:"photos"`
	// Silence is the clause on ballots that are not returned, and Parking the one that leaves parking spaces out; "" for none.
	Silence string `json:"silence,omitempty"`
	Parking string `json:"parking,omitempty"`
	// Ways are the ways of service that the clause on silence allows, and Warning the text that the ballot carries about it.
	Ways    []string `json:"ways,omitempty"`
	Warning string   `json:"warning,omitempty"`

	By          deliberation.Author `json:"by"`
	At          time.Time           `json:"at"`
	ConfirmedBy deliberation.Author `json:"confirmed_by,omitzero"`
	ConfirmedAt time.Time           `json:"confirmed_at,omitzero"`
	RevokedAt   time.Time           `json:"revoked_at,omitzero"`
	Revoked     string              `json:"revoked,omitempty"` // why
}

// Bounds of a basis, in runes; the counting rule bounds its clauses in bytes.
const (
	maxRule   = 60
	maxClause = 90
	maxWay    = 20
	// MaxWays is how many ways of service a clause may allow.
	MaxWays = 8
)

// Place is where it holds.
func (b Basis) Place() identity.Place { return identity.Place{Path: b.Path} }

// Holds reports whether votes can be based on it.
func (b Basis) Holds() bool { return !b.ConfirmedAt.IsZero() && b.RevokedAt.IsZero() }

var (
	errBasisRule    = fault.New(fault.Invalid, "basis.rule").On("rule")
	errBasisClause  = fault.New(fault.Invalid, "basis.clause").On("clause")
	errBasisAdopted = fault.New(fault.Invalid, "basis.adopted").On("adopted")
	errBasisPhoto   = fault.New(fault.Invalid, "basis.photo").On("photos")
	errBasisSilence = fault.New(fault.Invalid, "basis.silence").On("silence")
	errBasisWays    = fault.New(fault.Invalid, "basis.ways").On("ways").With("max", MaxWays)
	errBasisSelf    = fault.New(fault.Denied, "basis.second_person")
	errBasisOver    = fault.New(fault.Conflict, "basis.revoked")
	errBasisReason  = fault.New(fault.Invalid, "basis.reason").On("reason")
	// ErrNoBasis means that there is none, or none the actor may know of.
	ErrNoBasis = fault.New(fault.NotFound, "basis.not_found")
)

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "basis.too_long")}

// write fills in what a form says, or returns every fault of it.
func (b *Basis) write(cmd Record, now time.Time) error {
	var errs [5]error
	b.Rule, errs[0] = written.Line("rule", cmd.Rule, maxRule)
	b.Clause, errs[1] = written.Line("clause", cmd.Clause, maxClause)
	b.Silence, errs[2] = written.Line("silence", cmd.Silence, maxClause)
	b.Parking, errs[3] = written.Line("parking", cmd.Parking, maxClause)
	b.Warning, errs[4] = written.Line("warning", cmd.Warning, maxClause)
	b.AdoptedAt, b.Photos, b.Ways = cmd.AdoptedAt, cmd.Photos, nil
	var long error
	for _, typed := range cmd.Ways {
		way, err := written.Line("ways", typed, maxWay)
		long = deliberation.Joined(long, err)
		if way != "" && !slices.Contains(b.Ways, way) {
			b.Ways = append(b.Ways, way)
		}
	}
	return deliberation.Joined(errs[0], errs[1], errs[2], errs[3], errs[4], long,
		fault.When(b.Rule == "", errBasisRule), fault.When(b.Clause == "", errBasisClause),
		fault.When(b.AdoptedAt.IsZero() || b.AdoptedAt.After(now), errBasisAdopted),
		fault.When(len(b.Photos) == 0, errBasisPhoto), deliberation.CheckPhotos(b.Photos),
		fault.When(len(b.Ways) > MaxWays, errBasisWays),
		fault.When(b.Silence != "" && (len(b.Ways) == 0 || b.Warning == "") || b.Silence == "" && (len(b.Ways) > 0 || b.Warning != ""), errBasisSilence))
}

// confirm is the second person's word that the record is what the document says.
func (b *Basis) confirm(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch {
	case !b.RevokedAt.IsZero():
		return nil, errBasisOver
	case !b.ConfirmedAt.IsZero():
		return nil, docstore.ErrUnchanged
	case b.By.Account == by.Account:
		return nil, errBasisSelf
	}
	b.ConfirmedBy, b.ConfirmedAt = by, now
	return b.facts(BasisConfirmed, by, now), nil
}

// revoke ends it for later votes. Polls that were drafted on it keep what they froze.
func (b *Basis) revoke(why string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if !b.RevokedAt.IsZero() {
		return nil, docstore.ErrUnchanged
	}
	b.Revoked, b.RevokedAt = why, now
	return b.facts(BasisRevoked, by, now), nil
}

// BasisStep is the data of the events of a basis.
type BasisStep struct {
	Basis     BasisID      `json:"basis"`
	Community community.ID `json:"community"`
	Rule      string       `json:"rule"`
	Clause    string       `json:"clause"`
	Reason    string       `json:"reason,omitempty"`
}

func (b Basis) facts(what string, by deliberation.Author, now time.Time) []docstore.Fact {
	return []docstore.Fact{{Type: what, Actor: string(by.Account), At: now, Data: BasisStep{b.ID, b.Community, b.Rule, b.Clause, b.Revoked}}}
}
