// Package identity knows who people are: accounts and their WeChat binding, membership of households,
// roles, consent, sessions; and it alone decides who may do what, in one table (permission.go).
//
// An Account is one document and the truth about a person's standing. Everything found from another side
// (the WeChat id, the phone, who holds a role somewhere) is a document of its own whose key makes it unique
// and which can be rebuilt from the accounts; docs/identity.md tells which and in what order they are written.
package identity

import (
	"slices"
	"time"

	"jushou/internal/community"
)

// AccountID identifies a person's account. It is never shown to other residents.
type AccountID string

// Role is what a person may act as at a node of the tenant tree and everywhere below it.
type Role string

// The roles of design.md 1. A verified membership makes a resident; the others are given.
const (
	RoleStaff     Role = "staff"     // 社工、居委: answers
	RoleSecretary Role = "secretary" // 书记: answers, hands over, decides
	RoleBranch    Role = "branch"    // 党支部: raises hands
	RolePartner   Role = "partner"   // 物业、业委会、民警、医生: owns a board, answers in it
	RoleTown      Role = "town"      // 街镇: escalations, funds, notices
	// RoleDepartment is 职能部门 (城管, 房办, 绿化市容): handles what is sent to it in a whole town.
	RoleDepartment Role = "department"
	RoleObserver   Role = "observer" // 观察员: reads, never posts
	RoleAdmin      Role = "admin"    // district operator: structure, roles, imports
)

// Roles lists the roles that can be given.
func Roles() []Role {
	return []Role{RoleStaff, RoleSecretary, RoleBranch, RolePartner, RoleTown, RoleDepartment, RoleObserver, RoleAdmin}
}

// Grant is a role at a node.
type Grant struct {
	Role Role         `json:"role"`
	Node community.ID `json:"node"`
	// Board narrows a partner's grant to the board it owns, for example "property", and a department's to the
	// desk of that department, for example "dept:greening"; "" for the others.
	Board string    `json:"board,omitempty"`
	Title string    `json:"title,omitempty"` // shown beside an answer: 居委干部, 社区民警
	Since time.Time `json:"since"`
}

// covers reports whether the grant reaches the place.
func (g Grant) covers(p Place, r Reach) bool {
	if !p.within(g.Node) {
		return false
	}
	return g.Board == "" || g.Board == p.Board || r == EveryBoard || r == OwnDesk && p.Board == ""
}

// MemberStatus is where a person's claim to live at an address stands.
type MemberStatus string

// States of a membership; docs/identity.md draws the machine.
const (
	MemberPending  MemberStatus = "pending"  // waits for staff
	MemberVerified MemberStatus = "verified" // the roster or staff confirmed it
	MemberRejected MemberStatus = "rejected" // staff refused, with a reason; may be asked again
	MemberLeft     MemberStatus = "left"     // moved away or left; read-only memory of what was posted
)

// Membership ties a person to a household's address in a community.
type Membership struct {
	Community community.ID         `json:"community"`
	Household HouseholdID          `json:"household"`
	Building  community.BuildingID `json:"building"`
	Status    MemberStatus         `json:"status"`
	Since     time.Time            `json:"since"`                // of the status
	DecidedBy string               `json:"decided_by,omitempty"` // account id of staff, or "roster"
	Reason    string               `json:"reason,omitempty"`     // why rejected, in words for the person
}

// live reports whether the membership counts towards the bound: it gives or may give a standing.
func (m Membership) live() bool { return m.Status == MemberPending || m.Status == MemberVerified }

// Actor is who asks. Every use case takes one as an argument; none reads it from a context.
// The zero Actor is the public: somebody we know nothing about. Its lists are shared with a cache and
// must not be changed.
type Actor struct {
	ID AccountID
	// Name is the name shown to others: masked for residents (王**), full for people in a role.
	Name string
	// Masked is the name shown where the person acts as a resident only.
	Masked      string
	Memberships []Membership
	Grants      []Grant
	// System is set for the platform itself: sweeps, relays, imports. Name then says which.
	System bool
}

// System returns the actor for a sweep or relay; name appears in events as "system:name".
func System(name string) Actor { return Actor{Name: name, System: true} }

// Ref returns how events name the actor.
func (a Actor) Ref() string {
	if a.System {
		return "system:" + a.Name
	}
	return string(a.ID)
}

// Known reports whether the actor is a signed-in person or the system.
func (a Actor) Known() bool { return a.System || a.ID != "" }

// NameAt returns the name and title to show beside what the actor does at the place: full name and title
// where a role reaches it, the masked name elsewhere.
func (a Actor) NameAt(p Place) (name, title string) {
	return PublicName{Masked: a.Masked, Full: a.Name, Grants: a.Grants}.At(p)
}

// Place is where a verb is to be done: a node of the tenant tree and, where it matters, the board.
type Place struct {
	// Path holds the district, town and community, as far down as the place lies.
	Path  []community.ID
	Board string
}

// At returns the place of a node.
func At(n community.Node) Place { return Place{Path: n.Path} }

// On narrows the place to a board.
func (p Place) On(board string) Place {
	p.Board = board
	return p
}

// Community returns the last node of the path, which for content is its community.
func (p Place) Community() community.ID {
	if len(p.Path) == 0 {
		return ""
	}
	return p.Path[len(p.Path)-1]
}

func (p Place) within(top community.ID) bool { return slices.Contains(p.Path, top) }

// Resides reports whether the actor is a verified resident of the community.
func (a Actor) Resides(c community.ID) bool {
	for i := range a.Memberships {
		if m := &a.Memberships[i]; m.Community == c && m.Status == MemberVerified {
			return true
		}
	}
	return false
}

// Holds returns the actor's grant of the role that covers the place.
func (a Actor) Holds(role Role, p Place) (Grant, bool) {
	for _, g := range a.Grants {
		if g.Role == role && g.covers(p, OwnBoard) {
			return g, true
		}
	}
	return Grant{}, false
}

// Boards returns the boards of the place that the actor's desk shows: all of them for people of the
// committee and above, their own for partners.
func (a Actor) Boards(p Place) (own []string, all bool) {
	for _, g := range a.Grants {
		switch {
		case !p.within(g.Node) || g.Role == RoleBranch:
		case g.Board == "":
			return nil, true
		default:
			own = append(own, g.Board)
		}
	}
	return own, false
}
