package identity

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Types of the events of an account.
const (
	EventCreated    = "account.created"
	EventPending    = "account.pending"  // staff of Community have somebody to verify
	EventVerified   = "account.verified" // the person is a resident of Community
	EventRejected   = "account.rejected" // the reason is in the account's membership
	EventLeft       = "account.left"
	EventChanged    = "account.changed" // phone or preferences
	EventGranted    = "account.granted"
	EventRevoked    = "account.revoked"
	EventFollowed   = "account.followed"
	EventUnfollowed = "account.unfollowed"
	EventConsented  = "account.consented"
	EventWithdrew   = "account.withdrew"
	EventErased     = "account.erased"
	EventSeen       = "person.seen" // somebody looked at unmasked fields
)

var memberEvents = map[MemberStatus]string{
	MemberPending: EventPending, MemberVerified: EventVerified, MemberRejected: EventRejected, MemberLeft: EventLeft,
}

// AccountEvent is the data of every account event. It names nobody but by account id, and no door.
type AccountEvent struct {
	Account   AccountID            `json:"account"`
	Community community.ID         `json:"community,omitempty"`
	Building  community.BuildingID `json:"building,omitempty"`
	ByRoster  bool                 `json:"by_roster,omitempty"` // verified at once
	Role      Role                 `json:"role,omitempty"`
	Node      community.ID         `json:"node,omitempty"`
	Board     string               `json:"board,omitempty"`
	Purpose   Purpose              `json:"purpose,omitempty"`
}

func (a Account) fact(name, actor string, now time.Time, data AccountEvent) docstore.Fact {
	data.Account = a.ID
	return docstore.Fact{Type: name, Actor: actor, At: now, Data: data}
}
