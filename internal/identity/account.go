package identity

import (
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity/seal"
)

// ErasedName is what stands beside the words of somebody who deleted the account.
const ErasedName = "已注销居民"

// Account is one person. Values are never changed in place: every transition returns a new Account with the
// facts to save, so a cached one can be shared between requests. Personal fields are sealed.
type Account struct {
	ID        AccountID   `json:"id"`
	Name      seal.Sealed `json:"name,omitempty"`
	Display   string      `json:"display,omitempty"` // 王**
	Phone     seal.Sealed `json:"phone,omitempty"`
	PhoneHash string      `json:"phone_hash,omitempty"`
	OpenID    seal.Sealed `json:"openid,omitempty"`

	Follow      Follow       `json:"follow"`
	Memberships []Membership `json:"memberships,omitempty"`
	Grants      []Grant      `json:"grants,omitempty"`
	Consents    []Consent    `json:"consents,omitempty"`
	Preferences Preferences  `json:"preferences"`

	// Epoch rises when every session is ended at once; Ended holds single ones until they would expire.
	Epoch int            `json:"epoch,omitempty"`
	Ended []EndedSession `json:"ended,omitempty"`

	Created time.Time `json:"created"`
	Erased  time.Time `json:"erased,omitzero"`

	// scope is the community whose feed the facts of the last transition join.
	scope community.ID
}

// Follow is whether the person follows the 服务号, since when.
type Follow struct {
	Following bool      `json:"following"`
	Since     time.Time `json:"since,omitzero"`
}

// Preferences are the person's own settings.
type Preferences struct {
	Elder bool `json:"elder,omitempty"` // 长辈版
	// NoWeChat turns off WeChat notices; the inbox in the H5 always keeps them.
	NoWeChat bool `json:"no_wechat,omitempty"`
	// Quiet are the hours in which WeChat messages wait.
	Quiet Quiet `json:"quiet,omitzero"`
}

// Bounds of an account's lists.
const (
	// MaxHomes is how many memberships may be pending or verified.
	MaxHomes = 5
	// maxKept is how many memberships are kept in all; the oldest that ended go first.
	maxKept = 12
	// maxGrants is how many roles one person may hold.
	maxGrants = 20
)

// Refusals of an account's transitions.
var (
	// ErrErased means that the account was deleted by its owner.
	ErrErased = fault.New(fault.NotFound, "identity.account_erased")
	// ErrTooManyHomes means that the person lives in MaxHomes places already.
	ErrTooManyHomes = fault.New(fault.Invalid, "identity.too_many_homes").On("room").With("max", MaxHomes)
	// ErrNotPending means that there is no claim to decide: it was withdrawn, or decided differently.
	ErrNotPending = fault.New(fault.Conflict, "identity.not_pending")
	// ErrNoHome means that the person has no such membership.
	ErrNoHome = fault.New(fault.NotFound, "identity.no_home")
	// ErrNameDiffers means that a verified person gave another name; staff correct names.
	ErrNameDiffers = fault.New(fault.Conflict, "identity.name_differs").On("name")
	// ErrReason means that a decision needs a reason of 2 to 200 runes.
	ErrReason = fault.New(fault.Invalid, "identity.reason_needed").On("reason").With("max", maxReason)
	// ErrBadGrant means a role that does not exist or does not fit the node or board.
	ErrBadGrant = fault.New(fault.Invalid, "identity.bad_grant").On("role")
)

// NewAccount returns the account of somebody who has just come in by WeChat.
func NewAccount(box *seal.Box, id AccountID, openid string, now time.Time) (Account, docstore.Fact) {
	a := Account{ID: id, Created: now}
	a.OpenID = box.Seal(a.place("openid"), openid)
	return a, a.fact(EventCreated, string(id), now, AccountEvent{})
}

// place binds a sealed field to the account.
func (a Account) place(field string) string {
	return string(KindAccount) + "/" + string(a.ID) + "#" + field
}

// IsErased reports whether the person deleted the account.
func (a Account) IsErased() bool { return !a.Erased.IsZero() }

// Verified reports whether the person is a verified resident of any community.
func (a Account) Verified() bool {
	return slices.ContainsFunc(a.Memberships, func(m Membership) bool { return m.Status == MemberVerified })
}

// Pending returns the membership that waits for staff.
func (a Account) Pending() (Membership, bool) {
	i := slices.IndexFunc(a.Memberships, func(m Membership) bool { return m.Status == MemberPending })
	if i < 0 {
		return Membership{}, false
	}
	return a.Memberships[i], true
}

// RealName opens the sealed name; "" before registration.
func (a Account) RealName(box *seal.Box) (string, error) { return box.Open(a.place("name"), a.Name) }

// RealPhone opens the sealed phone; "" before registration.
func (a Account) RealPhone(box *seal.Box) (string, error) { return box.Open(a.place("phone"), a.Phone) }

// WeChatID opens the sealed openid; "" for accounts that did not come by WeChat, or were erased.
func (a Account) WeChatID(box *seal.Box) (string, error) {
	return box.Open(a.place("openid"), a.OpenID)
}

// SetFollowing records that the person follows the 服务号 or no longer does. No facts if nothing changed.
func (a Account) SetFollowing(following bool, now time.Time) (Account, []docstore.Fact, error) {
	if a.Follow.Following == following || a.IsErased() {
		return a, nil, nil
	}
	a.Follow = Follow{Following: following, Since: now}
	name := EventFollowed
	if !following {
		name = EventUnfollowed
	}
	return a, []docstore.Fact{a.fact(name, string(a.ID), now, AccountEvent{})}, nil
}

// Erase removes everything personal and every standing, and ends every session. What the person wrote
// stays, under ErasedName. Consents stay as the proof that they were given and withdrawn.
func (a Account) Erase(now time.Time) (Account, []docstore.Fact, error) {
	if a.IsErased() {
		return a, nil, nil
	}
	data := AccountEvent{}
	for _, m := range a.Memberships {
		if m.Status == MemberVerified {
			data.Community, a.scope = m.Community, m.Community
		}
	}
	gone := Account{
		ID: a.ID, Display: ErasedName, Epoch: a.Epoch + 1, Created: a.Created, Erased: now,
		Consents: slices.Clone(a.Consents), scope: a.scope,
	}
	for i := range gone.Consents {
		if gone.Consents[i].Withdrawn.IsZero() {
			gone.Consents[i].Withdrawn = now
		}
	}
	return gone, []docstore.Fact{gone.fact(EventErased, string(a.ID), now, data)}, nil
}
