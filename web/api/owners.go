package api

import (
	"errors"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/internal/community"
)

// OwnedUnit is a unit of the owners' register.
type OwnedUnit struct {
	Unit      string   `json:"unit"`
	Place     string   `json:"place"`
	Use       string   `json:"use" doc:"residential, shop, office, parking or other."`
	Area      int64    `json:"area" doc:"In 0.01 m²."`
	Source    string   `json:"source" doc:"Of the area: registered, surveyed or contract."`
	Developer bool     `json:"developer" doc:"Not sold, or sold and not delivered."`
	Owners    []string `json:"owners" doc:"Masked; companies in full."`
}

func showUnit(d owners.Deed) OwnedUnit {
	return OwnedUnit{d.Unit, d.Place, string(d.Use), d.Area, string(d.Source), d.Developer, append([]string{}, d.Names()...)}
}

// RegisterFault is a complaint about one row of a file.
type RegisterFault struct {
	Row     int               `json:"row"`
	Code    string            `json:"code"`
	Args    map[string]string `json:"args"`
	Informs bool              `json:"informs" doc:"It does not stand in the way."`
}

func showRegisterFault(f owners.Fault) RegisterFault {
	args := map[string]string{}
	for name, value := range f.Args {
		args[name] = value
	}
	return RegisterFault{f.Row, f.Code, args, f.Informs}
}

// RegisterVersion is one reading of one file.
type RegisterVersion struct {
	N         int     `json:"n"`
	File      string  `json:"file"`
	SHA256    string  `json:"sha256"`
	Units     int     `json:"units"`
	Heads     int     `json:"heads"`
	Area      int64   `json:"area" doc:"In 0.01 m²."`
	State     string  `json:"state" doc:"waiting, confirmed or discarded."`
	By        Author  `json:"by"`
	CreatedAt Instant `json:"created_at"`
}

func showVersion(v owners.Version) RegisterVersion {
	state := "discarded"
	switch {
	case v.Waits():
		state = "waiting"
	case !v.ConfirmedAt.IsZero():
		state = "confirmed"
	}
	return RegisterVersion{v.N, v.File, v.SHA256, v.Units, v.Heads, v.Area, state, showAuthor(v.By), instant(v.At)}
}

// OwnersRegister is the register of a community.
type OwnersRegister struct {
	Current  int               `json:"current" doc:"The version that counts; 0 for none."`
	Versions []RegisterVersion `json:"versions"`
}

func showBook(b owners.Book) OwnersRegister {
	return OwnersRegister{b.Current, each(b.Versions, showVersion)}
}

// readRegister returns it.
func (a *Actions) readRegister(c *Call) (OwnersRegister, error) {
	b, err := a.Owners.Book(c.Context(), c.Actor, nodeOf(c))
	return showBook(b), err
}

// RegisterReading is what came of a file.
type RegisterReading struct {
	Version *RegisterVersion `json:"version,omitempty" doc:"Left out if the file has errors: nothing was kept."`
	Errors  int              `json:"errors"`
	Faults  []RegisterFault  `json:"faults"`
}

// importRegister reads a file.
func (a *Actions) importRegister(c *Call, file Upload) (RegisterReading, error) {
	found, err := a.Owners.ReadRegister(c.Context(), c.Actor, owners.Import{Community: nodeOf(c), Token: c.token(""), Name: file.Name, Data: file.Data})
	out := RegisterReading{Errors: found.Errors, Faults: each(found.Faults, showRegisterFault)}
	if errors.Is(err, owners.ErrFaults) && found.Errors > 0 {
		return out, nil
	}
	v := showVersion(found.Version)
	out.Version = &v
	return out, err
}

// listUnits pages through a version.
func (a *Actions) listUnits(c *Call) (Page[OwnedUnit], error) {
	found, next, err := a.Owners.Deeds(c.Context(), c.Actor, nodeOf(c), numberOf(c, "version"), c.after())
	return pageOf(found, next, showUnit), err
}

// RegisterDecision says what becomes of a version.
type RegisterDecision struct {
	Use bool `json:"use" doc:"It counts from now on; else it is discarded."`
}

// decideRegister decides it.
func (a *Actions) decideRegister(c *Call, in RegisterDecision) (OwnersRegister, error) {
	b, err := a.Owners.DecideRegister(c.Context(), c.Actor, nodeOf(c), numberOf(c, "version"), in.Use)
	return showBook(b), err
}

// NewBinding says by which document a resident was found to be an owner.
type NewBinding struct {
	Building community.BuildingID `json:"building"`
	Room     string               `json:"room"`
	Owner    int                  `json:"owner,omitempty" doc:"Which of several owners, from 1."`
	Phone    string               `json:"phone" doc:"Of the resident's account."`
	Photo    deliberation.PhotoID `json:"photo"`
}

// bindOwner binds an account.
func (a *Actions) bindOwner(c *Call, in NewBinding) (OwnedUnit, error) {
	if err := a.ownPhotos(c, in.Photo); err != nil {
		return OwnedUnit{}, err
	}
	d, err := a.Owners.BindOwner(c.Context(), c.Actor, owners.Show{
		Community: nodeOf(c), Building: in.Building, Room: in.Room, Owner: in.Owner, Phone: in.Phone, Photo: in.Photo,
	})
	return showUnit(d), err
}

// listMyUnits lists what the caller owns.
func (a *Actions) listMyUnits(c *Call) (Page[OwnedUnit], error) {
	mine, err := a.Owners.Mine(c.Context(), c.Actor, placeOf(c))
	return pageOf(mine, "", showUnit), err
}

// claimUnits binds the caller by telephone number.
func (a *Actions) claimUnits(c *Call) (Page[OwnedUnit], error) {
	mine, err := a.Owners.Claim(c.Context(), c.Actor, placeOf(c))
	return pageOf(mine, "", showUnit), err
}

// LegalBasis is the local rule that lets owners decide here.
type LegalBasis struct {
	ID          owners.BasisID `json:"id"`
	Rule        string         `json:"rule"`
	Clause      string         `json:"clause"`
	AdoptedAt   Instant        `json:"adopted_at"`
	Silence     string         `json:"silence" doc:"The clause on ballots that are not returned."`
	Parking     string         `json:"parking" doc:"The clause that leaves parking spaces out."`
	Ways        []string       `json:"ways" doc:"Ways of service that the clause on silence allows."`
	Warning     string         `json:"warning"`
	Holds       bool           `json:"holds" doc:"A second person has confirmed it, and it was not revoked."`
	By          Author         `json:"by"`
	ConfirmedBy *Author        `json:"confirmed_by,omitempty"`
	Revoked     string         `json:"revoked,omitempty" doc:"Why it was ended."`
}

func showBasis(b owners.Basis) LegalBasis {
	shown := LegalBasis{
		ID: b.ID, Rule: b.Rule, Clause: b.Clause, AdoptedAt: instant(b.AdoptedAt), Silence: b.Silence, Parking: b.Parking, Ways: append([]string{}, b.Ways...),
		Warning: b.Warning, Holds: b.Holds(), By: showAuthor(b.By), Revoked: b.Revoked,
	}
	if !b.ConfirmedAt.IsZero() {
		by := showAuthor(b.ConfirmedBy)
		shown.ConfirmedBy = &by
	}
	return shown
}

// listBases lists a community's.
func (a *Actions) listBases(c *Call) (Page[LegalBasis], error) {
	all, err := a.Owners.Bases(c.Context(), c.Actor, placeOf(c))
	return pageOf(all, "", showBasis), err
}

// NewBasis records a local rule.
type NewBasis struct {
	ID        string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Rule      string                 `json:"rule"`
	Clause    string                 `json:"clause"`
	AdoptedAt string                 `json:"adopted_at" format:"date-time"`
	Photos    []deliberation.PhotoID `json:"photos" doc:"Of the document."`
	Silence   string                 `json:"silence,omitempty"`
	Parking   string                 `json:"parking,omitempty"`
	Ways      []string               `json:"ways,omitempty"`
	Warning   string                 `json:"warning,omitempty"`
}

// recordBasis writes it down.
func (a *Actions) recordBasis(c *Call, in NewBasis) (LegalBasis, error) {
	at, err := parseInstant("adopted_at", in.AdoptedAt)
	if err := deliberation.Joined(err, a.ownPhotos(c, in.Photos...)); err != nil {
		return LegalBasis{}, err
	}
	b, err := a.Owners.RecordBasis(c.Context(), c.Actor, owners.Record{
		ID: owners.BasisID(c.token(in.ID)), Community: nodeOf(c), Rule: in.Rule, Clause: in.Clause, AdoptedAt: at, Photos: in.Photos,
		Silence: in.Silence, Parking: in.Parking, Ways: in.Ways, Warning: in.Warning,
	})
	return showBasis(b), err
}

// confirmBasis is the second person's word.
func (a *Actions) confirmBasis(c *Call) (LegalBasis, error) {
	b, err := a.Owners.ConfirmBasis(c.Context(), c.Actor, owners.BasisID(c.Param("basis")))
	return showBasis(b), err
}

// revokeBasis ends it for later votes.
func (a *Actions) revokeBasis(c *Call, in PollReason) (LegalBasis, error) {
	b, err := a.Owners.RevokeBasis(c.Context(), c.Actor, owners.BasisID(c.Param("basis")), in.Reason)
	return showBasis(b), err
}
