package identity

import (
	"slices"
	"time"
	"unicode/utf8"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity/seal"
)

// Claim is somebody's word about who they are and where they live, every part already in canonical form.
type Claim struct {
	Name      string
	Phone     string
	Household HouseholdID
	Community community.ID
	Building  community.BuildingID
	// Known says that the household's roster has this name with this phone.
	Known    bool
	Consents []Consent
}

// byRoster stands in Membership.DecidedBy where no person decided.
const byRoster = "roster"

// maxReason is the longest reason of a refusal, in runes.
const maxReason = 200

// memberMoves is the membership machine: from each state, the states that may follow. "" is no membership.
var memberMoves = map[MemberStatus][]MemberStatus{
	"":             {MemberPending, MemberVerified},
	MemberPending:  {MemberVerified, MemberRejected, MemberLeft},
	MemberVerified: {MemberLeft},
	MemberRejected: {MemberPending, MemberVerified},
	MemberLeft:     {MemberPending, MemberVerified},
}

// Register takes a claim: verified at once if the roster knows the person, otherwise pending. A claim that
// is pending elsewhere is withdrawn by it, because that is how people correct a wrong door. Claiming the same
// home again keeps its place in the queue, changes nothing but name, phone and consents, and is no
// news to staff; the same form twice is no change at all.
func (a Account) Register(box *seal.Box, c Claim, now time.Time) (Account, []docstore.Fact, error) {
	before := a
	if a.IsErased() {
		return before, nil, ErrErased
	}
	a, err := a.present(box, c, now)
	if err != nil {
		return before, nil, err
	}
	if i := a.home(c.Household); i >= 0 {
		if m := a.Memberships[i]; m.Status == MemberVerified || m.Status == MemberPending && !c.Known {
			return a.again(box, before, c, now)
		}
	}
	var facts []docstore.Fact
	if p, ok := a.Pending(); ok && p.Household != c.Household {
		a, facts = a.step(p.Household, MemberLeft, string(a.ID), "", now)
	}
	status, by := MemberPending, string(a.ID)
	if c.Known {
		status, by = MemberVerified, byRoster
	}
	if a.home(c.Household) < 0 {
		a.Memberships = append(slices.Clone(a.Memberships), Membership{
			Community: c.Community, Household: c.Household, Building: c.Building,
		})
	}
	a, more := a.step(c.Household, status, by, "", now)
	if a.liveHomes() > MaxHomes {
		return before, nil, ErrTooManyHomes
	}
	return a.forget(), append(facts, more...), nil
}

// Move ends the membership at from and takes the claim to the new home, in one change.
func (a Account) Move(box *seal.Box, from HouseholdID, c Claim, now time.Time) (Account, []docstore.Fact, error) {
	if from == c.Household {
		return a.Register(box, c, now)
	}
	left, facts, err := a.Leave(from, now)
	if err != nil {
		return a, nil, err
	}
	// The name is compared with the home that is being left, too: moving does not change who one is.
	if err := a.sameName(box, c.Name); err != nil {
		return a, nil, err
	}
	moved, more, err := left.Register(box, c, now)
	if err != nil {
		return a, nil, err
	}
	return moved, append(facts, more...), nil
}

// Leave ends a membership that is verified, or withdraws a claim that is pending. Leaving twice is leaving once.
func (a Account) Leave(h HouseholdID, now time.Time) (Account, []docstore.Fact, error) {
	i := a.home(h)
	switch {
	case i < 0:
		return a, nil, ErrNoHome
	case a.Memberships[i].Status == MemberLeft:
		return a, nil, nil
	case !a.Memberships[i].live():
		return a, nil, ErrNoHome
	}
	a, facts := a.step(h, MemberLeft, string(a.ID), "", now)
	return a, facts, nil
}

// Verify confirms a pending claim; by is who decided. Confirming what is verified changes nothing.
func (a Account) Verify(h HouseholdID, by string, now time.Time) (Account, []docstore.Fact, error) {
	i := a.home(h)
	if i >= 0 && a.Memberships[i].Status == MemberVerified {
		return a, nil, nil
	}
	if i < 0 || a.Memberships[i].Status != MemberPending {
		return a, nil, ErrNotPending
	}
	a, facts := a.step(h, MemberVerified, by, "", now)
	return a, facts, nil
}

// Reject refuses a pending claim with a reason in words for the person.
func (a Account) Reject(h HouseholdID, by, reason string, now time.Time) (Account, []docstore.Fact, error) {
	reason = clean(reason)
	if n := utf8.RuneCountInString(reason); n < 2 || n > maxReason {
		return a, nil, ErrReason
	}
	i := a.home(h)
	if i < 0 || a.Memberships[i].Status != MemberPending {
		return a, nil, ErrNotPending
	}
	a, facts := a.step(h, MemberRejected, by, reason, now)
	return a, facts, nil
}

// step moves one membership, which exists, and tells it. It is the only writer of Membership.Status.
func (a Account) step(h HouseholdID, to MemberStatus, by, reason string, now time.Time) (Account, []docstore.Fact) {
	i := a.home(h)
	m := a.Memberships[i]
	if !slices.Contains(memberMoves[m.Status], to) {
		panic("identity: a membership cannot go from " + string(m.Status) + " to " + string(to))
	}
	m.Status, m.Since, m.DecidedBy, m.Reason = to, now, by, reason
	a.Memberships = slices.Clone(a.Memberships)
	a.Memberships[i] = m
	a.scope = m.Community
	actor := by
	if by == byRoster {
		actor = string(a.ID)
	}
	return a, []docstore.Fact{a.fact(memberEvents[to], actor, now, AccountEvent{
		Community: m.Community, Building: m.Building, ByRoster: by == byRoster,
	})}
}

// again ends a claim to a home that is claimed already: a is before with the claim's name, phone and consents.
func (a Account) again(box *seal.Box, before Account, c Claim, now time.Time) (Account, []docstore.Fact, error) {
	name, err := before.RealName(box)
	if err != nil {
		return before, nil, err
	}
	if name == c.Name && before.PhoneHash == a.PhoneHash && slices.Equal(before.Consents, a.Consents) {
		return before, nil, nil
	}
	return a, []docstore.Fact{a.fact(EventChanged, string(a.ID), now, AccountEvent{Community: c.Community})}, nil
}

// present takes the claim's name, phone and consents.
func (a Account) present(box *seal.Box, c Claim, now time.Time) (Account, error) {
	if err := a.sameName(box, c.Name); err != nil {
		return a, err
	}
	a.Name, a.Display = box.Seal(a.place("name"), c.Name), Mask(c.Name)
	a.Phone, a.PhoneHash = box.Seal(a.place("phone"), c.Phone), box.Hash(purposePhone, c.Phone)
	for _, given := range c.Consents {
		var err error
		if a, _, err = a.Consent(given.Purpose, given.Version, now); err != nil {
			return a, err
		}
	}
	if !a.Consented(PurposeService) {
		return a, ErrConsentNeeded
	}
	a.scope = c.Community
	return a, nil
}

// sameName refuses another name once somebody confirmed the first one.
func (a Account) sameName(box *seal.Box, name string) error {
	if !a.Verified() {
		return nil
	}
	known, err := a.RealName(box)
	if err != nil {
		return err
	}
	if known != name {
		return ErrNameDiffers
	}
	return nil
}

func (a Account) home(h HouseholdID) int {
	return slices.IndexFunc(a.Memberships, func(m Membership) bool { return m.Household == h })
}

func (a Account) liveHomes() int {
	n := 0
	for _, m := range a.Memberships {
		if m.live() {
			n++
		}
	}
	return n
}

// forget drops the oldest memberships that ended, past maxKept. The list stays in the order of first claims.
func (a Account) forget() Account {
	for len(a.Memberships) > maxKept {
		oldest := -1
		for i, m := range a.Memberships {
			if !m.live() && (oldest < 0 || m.Since.Before(a.Memberships[oldest].Since)) {
				oldest = i
			}
		}
		a.Memberships = slices.Delete(slices.Clone(a.Memberships), oldest, oldest+1)
	}
	return a
}
