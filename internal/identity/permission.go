package identity

import (
	"jushou/internal/fault"
)

// Verb is something a person may want to do. Each verb is one row of the permission table.
type Verb string

// The verbs of the product. A use case names exactly one.
const (
	ReadPublic     Verb = "read_public"     // public notices, open pages
	ReadCommunity  Verb = "read_community"  // everything a community shows its members
	PostTopic      Verb = "post_topic"      // problem, suggestion
	CommentTopic   Verb = "comment_topic"   // comment on a topic
	PostNotice     Verb = "post_notice"     // official notice
	AnswerTopic    Verb = "answer_topic"    // official answer: stops the response clock
	HoldTopic      Verb = "hold_topic"      // moderation: hold, release, hide with reason
	SeeDesk        Verb = "see_desk"        // the queue of what needs an answer
	HandOver       Verb = "hand_over"       // pass duty on with a note
	SetDuty        Verb = "set_duty"        // duty roster and Round times
	VerifyResident Verb = "verify_resident" // decide membership
	SeePerson      Verb = "see_person"      // unmasked name, phone, room; every look is logged
	ImportRoster   Verb = "import_roster"   // household roster
	GrantRole      Verb = "grant_role"      // give and take roles
	SeeStatistics  Verb = "see_statistics"  // staff view of response times
	AssistEntry    Verb = "assist_entry"    // 代录: enter for somebody offline
)

// Standing is a column of the permission table: what an actor is at a place.
type Standing string

// The standings. A person may have several; one that allows is enough.
const (
	Public        Standing = "public"   // anybody, also without an account
	Follower      Standing = "follower" // signed in, not verified here
	Resident      Standing = "resident" // verified here
	AsStaff       Standing = Standing(RoleStaff)
	AsSecretary   Standing = Standing(RoleSecretary)
	AsBranch      Standing = Standing(RoleBranch)
	AsPartner     Standing = Standing(RolePartner)
	AsTown        Standing = Standing(RoleTown)
	AsObserver    Standing = Standing(RoleObserver)
	AsAdmin       Standing = Standing(RoleAdmin)
	AsSystem      Standing = "system"
)

// Standings lists the columns in the order the printed table has them.
func Standings() []Standing {
	return []Standing{Public, Follower, Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsObserver, AsAdmin, AsSystem}
}

// Rule is one row of the table.
type Rule struct {
	Verb  Verb
	Allow []Standing
}

// Table returns the permission table: the one place where "who may do what" is decided. It is
// printed to docs/permissions.md and tested cell by cell.
func Table() []Rule {
	return []Rule{
		{ReadPublic, []Standing{Public, Follower, Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsObserver, AsAdmin, AsSystem}},
		{ReadCommunity, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsObserver, AsAdmin, AsSystem}},
		{PostTopic, []Standing{Resident, AsStaff, AsSecretary, AsBranch}},
		{CommentTopic, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown}},
		{PostNotice, []Standing{AsStaff, AsSecretary, AsTown}},
		{AnswerTopic, []Standing{AsStaff, AsSecretary, AsPartner, AsTown}},
		{HoldTopic, []Standing{AsStaff, AsSecretary, AsTown, AsSystem}},
		{SeeDesk, []Standing{AsStaff, AsSecretary, AsPartner, AsTown, AsObserver, AsSystem}},
		{HandOver, []Standing{AsStaff, AsSecretary, AsTown}},
		{SetDuty, []Standing{AsSecretary, AsTown, AsAdmin}},
		{VerifyResident, []Standing{AsStaff, AsSecretary, AsSystem}},
		{SeePerson, []Standing{AsStaff, AsSecretary}},
		{ImportRoster, []Standing{AsStaff, AsSecretary, AsAdmin, AsSystem}},
		{GrantRole, []Standing{AsAdmin, AsSystem}},
		{SeeStatistics, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsObserver, AsAdmin, AsSystem}},
		{AssistEntry, []Standing{AsStaff, AsSecretary}},
	}
}

// Refusals of Can. Both tell what to do next in the catalogue.
var (
	// ErrSignIn means that the verb needs to know who asks.
	ErrSignIn = fault.New(fault.Unauthenticated, "identity.sign_in")
	// ErrVerify means that the verb needs a verified membership of this community.
	ErrVerify = fault.New(fault.Denied, "identity.verify_first")
	// ErrDenied means that no standing of the actor allows the verb here.
	ErrDenied = fault.New(fault.Denied, "identity.denied")
)

// Can returns nil if the actor may do the verb at the place, or the refusal that helps most: sign in,
// verify the address, or simply no.
func Can(a Actor, v Verb, p Place) error {
	allow := allowed(v)
	for _, s := range allow {
		if a.stands(s, p) {
			return nil
		}
	}
	switch {
	case !a.Known():
		return ErrSignIn.With("verb", v)
	case contains(allow, Resident):
		return ErrVerify.With("verb", v)
	}
	return ErrDenied.With("verb", v)
}

// stands reports whether the actor has the standing at the place.
func (a Actor) stands(s Standing, p Place) bool {
	switch s {
	case Public:
		return true
	case Follower:
		return a.ID != ""
	case Resident:
		return a.Resides(p.Community())
	case AsSystem:
		return a.System
	}
	_, ok := a.Holds(Role(s), p)
	return ok
}

func allowed(v Verb) []Standing {
	for _, r := range Table() {
		if r.Verb == v {
			return r.Allow
		}
	}
	return nil
}

func contains(list []Standing, s Standing) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
