package rule

import (
	"slices"

	"jushou/internal/fault"
)

// Scope is whose joint decision it is. It fixes the roll, which the poll takes; here it is only told.
type Scope string

const (
	ScopeArea     Scope = "area"     // the whole 物业管理区域
	ScopeBuilding Scope = "building" // 幢
	ScopeUnit     Scope = "unit"     // 单元, a stairwell
)

// Parking says whether registered parking spaces vote. They can be 专有部分 of their own (法释〔2020〕17号 Art. 2);
// some places and rules of procedure leave them out, and courts have decided both ways.
type Parking string

const (
	ParkingCounts Parking = "counted"
	ParkingApart  Parking = "not-counted" // neither their area nor an owner who owns nothing else
)

// NonReturn says what becomes of an owner who was served a ballot and did not return it.
type NonReturn string

const (
	NotParticipating  NonReturn = "not-participating"
	ParticipationOnly NonReturn = "participation-only"
	WithMajority      NonReturn = "majority" // taken to agree with the majority of those who voted
)

// OwnersTerms are the parts of an owners' vote that the law leaves open.
type OwnersTerms struct {
	Matter int    `json:"matter"` // of Civil Code Art. 278: 1 to 9
	Scope  Scope  `json:"scope"`
	Form   Method `json:"form"` // yes-no, or single among several proposals

	Parking       Parking `json:"parking"`
	ParkingClause string  `json:"parkingClause,omitempty"` // where the rules of procedure say so

	NonReturn      NonReturn `json:"nonReturn"`
	Clause         string    `json:"clause,omitempty"`         // of the adopted rules of procedure
	ServiceMethods []string  `json:"serviceMethods,omitempty"` // ways of service that the clause allows
	Warning        string    `json:"warning,omitempty"`        // version of the warning text on the ballot
}

// longest bounds the texts of the terms, in bytes; they are references and names, not prose.
const longest = 300

func (t *OwnersTerms) check() error {
	switch {
	case t.Matter < 1 || t.Matter > 9:
		return fault.New(fault.Invalid, "rule.matter").On("matter")
	case !slices.Contains([]Scope{ScopeArea, ScopeBuilding, ScopeUnit}, t.Scope):
		return fault.New(fault.Invalid, "rule.scope").On("scope")
	case t.Form != YesNo && t.Form != Single:
		return fault.New(fault.Invalid, "rule.owners_form").On("form")
	case t.Parking != ParkingCounts && t.Parking != ParkingApart:
		return fault.New(fault.Invalid, "rule.parking").On("parking")
	case t.Parking == ParkingApart && t.ParkingClause == "":
		return fault.New(fault.Invalid, "rule.parking_clause").On("parkingClause")
	case len(t.ParkingClause) > longest || len(t.Clause) > longest || len(t.Warning) > longest || len(t.ServiceMethods) > 20:
		return fault.New(fault.TooLarge, "rule.terms_too_long").On("clause")
	}
	return t.checkSilence()
}

// checkSilence makes sure that silence means something only under an adopted clause, with a way to prove service
// and a warning (Civil Code Art. 140; 上海二中院 (2022)沪02民初16号).
func (t *OwnersTerms) checkSilence() error {
	switch {
	case !slices.Contains([]NonReturn{NotParticipating, ParticipationOnly, WithMajority}, t.NonReturn):
		return fault.New(fault.Invalid, "rule.non_return").On("nonReturn")
	case t.NonReturn == NotParticipating && (t.Clause != "" || len(t.ServiceMethods) > 0 || t.Warning != ""):
		return fault.New(fault.Invalid, "rule.clause_without_use").On("clause")
	case t.NonReturn == NotParticipating:
		return nil
	case t.Clause == "":
		return fault.New(fault.Invalid, "rule.clause").On("clause")
	case len(t.ServiceMethods) == 0 || slices.Contains(t.ServiceMethods, ""):
		return fault.New(fault.Invalid, "rule.service_methods").On("serviceMethods")
	case t.Warning == "":
		return fault.New(fault.Invalid, "rule.warning").On("warning")
	}
	return nil
}

// Participation is the share of all owners that has to take part, by area and by heads: "三分之二以上".
func (t *OwnersTerms) Participation() Bar { return Bar{Of: OfRoll, Op: AtLeast, Num: 2, Den: 3} }

// Approval is the share of those taking part that has to agree, by area and by heads: "四分之三以上" for matters
// 6 to 8, "过半数" for the others.
func (t *OwnersTerms) Approval() Bar {
	if t.Matter >= 6 && t.Matter <= 8 {
		return Bar{Of: OfCast, Op: AtLeast, Num: 3, Den: 4}
	}
	return Bar{Of: OfCast, Op: More, Num: 1, Den: 2}
}
