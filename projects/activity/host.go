package activity

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// HostID identifies a host: it follows from community and account, and tells neither.
type HostID string

// HostOf is the id that a person has, or would have, as a host in a community.
func HostOf(in community.ID, who identity.AccountID) HostID {
	sum := sha256.Sum256([]byte(string(in) + "\x00" + string(who)))
	return HostID(hex.EncodeToString(sum[:16]))
}

// Field is what a host does, by which hosts are listed.
type Field string

// Fields lists them in the order of pages.
func Fields() []Field {
	return []Field{"craft", "sport", "music", "garden", "reading", "digital", "food", "care", "other"}
}

// HostStatus is where an application stands.
type HostStatus string

// Statuses of a host.
const (
	Applied   HostStatus = "applied"
	Confirmed HostStatus = "confirmed"
	Declined  HostStatus = "declined"
	Ended     HostStatus = "ended"
)

// Bounds. Lengths are in runes.
const (
	MaxSkill      = 40
	MaxAbout      = 300
	MaxReason     = 200
	MaxMates      = 30
	maxHostPhotos = 1
	maxHistory    = 200
)

// Host is a resident who leads activities. Its methods are the only transitions.
type Host struct {
	ID        HostID                 `json:"id"`
	Community community.ID           `json:"community"`
	Path      []community.ID         `json:"path"`
	Person    deliberation.Author    `json:"person"`
	Field     Field                  `json:"field"`
	Skill     string                 `json:"skill"` // what they can do
	About     string                 `json:"about"` // a sentence about themselves
	Photos    []deliberation.PhotoID `json:"photos,omitempty"`
	Status    HostStatus             `json:"status"`
	Reason    string                 `json:"reason,omitempty"` // why it was declined or ended
	AppliedAt time.Time              `json:"applied_at"`
	DecidedAt time.Time              `json:"decided_at,omitzero"`
	EndedAt   time.Time              `json:"ended_at,omitzero"`
	// Token is of the form that was last sent.
	Token string `json:"token"`
	Mates []Mate `json:"mates,omitempty"`
	// Latest is when the newest of their activities was published, or when they were confirmed.
	Latest time.Time `json:"latest"`
	// Proven is set once the desk has confirmed an activity of theirs; the next ones need that for a reason only.
	Proven bool `json:"proven,omitempty"`
}

// Place is where the host is one.
func (h Host) Place() identity.Place { return identity.Place{Path: h.Path} }

// Is reports whether the account is the host's.
func (h Host) Is(who identity.AccountID) bool { return who != "" && h.Person.Account == who }

// Mate is somebody of a host's team. It takes both: the one asks, the host agrees.
type Mate struct {
	ID       string              `json:"id"` // the form's token
	By       deliberation.Author `json:"by"`
	AskedAt  time.Time           `json:"asked_at"`
	AgreedAt time.Time           `json:"agreed_at,omitzero"`
}

// Agreed reports whether the host has taken them into the team.
func (m Mate) Agreed() bool { return !m.AgreedAt.IsZero() }

// Introduction is what an applicant writes.
type Introduction struct {
	Field        Field
	Skill, About string
	Photos       []deliberation.PhotoID
}

var (
	errField     = fault.New(fault.Invalid, "activity.no_field").On("field")
	errSkill     = fault.New(fault.Invalid, "activity.no_skill").On("skill")
	errAbout     = fault.New(fault.Invalid, "activity.no_about").On("about")
	errOnePhoto  = fault.New(fault.Invalid, "activity.one_photo").On("photos")
	errReason    = fault.New(fault.Invalid, "activity.no_reason").On("reason")
	errHostState = fault.New(fault.Conflict, "activity.host_state")
	errOwnCheck  = fault.New(fault.Denied, "activity.own_check")
	errNotHost   = fault.New(fault.Denied, "activity.not_host")
	errNotYours  = fault.New(fault.Denied, "activity.not_yours")
	errOwnTeam   = fault.New(fault.Conflict, "activity.own_team")
	errTeamFull  = fault.New(fault.Conflict, "activity.team_full")
	errNoMate    = fault.New(fault.NotFound, "activity.no_mate")
	errBusy      = fault.New(fault.Conflict, "activity.host_busy")
)

// clean returns the introduction as it is stored, or every fault at once.
func (i Introduction) clean() (Introduction, error) {
	var err1, err2 error
	i.Skill, err1 = written.Line("skill", i.Skill, MaxSkill)
	i.About, err2 = written.Text("about", i.About, MaxAbout)
	return i, deliberation.Joined(
		fault.When(!slices.Contains(Fields(), i.Field), errField), fault.When(i.Skill == "", errSkill), fault.When(i.About == "", errAbout),
		err1, err2, deliberation.CheckPhotos(i.Photos), fault.When(len(i.Photos) > maxHostPhotos, errOnePhoto),
	)
}

// write puts an introduction into the profile.
func (h *Host) write(i Introduction) {
	h.Field, h.Skill, h.About, h.Photos = i.Field, i.Skill, i.About, i.Photos
}

// Apply asks the desk anew after it declined or the host ended. A confirmed host only changes the introduction.
func (h *Host) Apply(i Introduction, token string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if h.Token == token {
		return nil, docstore.ErrUnchanged
	}
	h.write(i)
	h.Token, h.Person = token, by
	if h.Status == Applied || h.Status == Confirmed {
		return []docstore.Fact{h.told(HostRevised, by, "", now)}, nil
	}
	h.Status, h.Reason, h.AppliedAt, h.EndedAt = Applied, "", now, time.Time{}
	return []docstore.Fact{h.told(HostApplied, by, "", now)}, nil
}

// decide refuses whoever decides about their own application, and a second decision.
func (h Host) decide(by deliberation.Author) error {
	if h.Is(by.Account) {
		return errOwnCheck
	}
	return fault.When(h.Status != Applied, errHostState)
}

// Confirm makes the applicant a host.
func (h *Host) Confirm(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := h.decide(by); err != nil {
		return nil, err
	}
	h.Status, h.Reason, h.DecidedAt, h.Latest = Confirmed, "", now, now
	return []docstore.Fact{h.told(HostConfirmed, by, "", now)}, nil
}

// Decline says no, and why. The applicant may change what they wrote and ask again.
func (h *Host) Decline(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := h.decide(by); err != nil {
		return nil, err
	}
	h.Status, h.Reason, h.DecidedAt = Declined, reason, now
	return []docstore.Fact{h.told(HostDeclined, by, reason, now)}, nil
}

// End is the host's own wish, or the desk's decision.
func (h *Host) End(reason string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if h.Status != Confirmed && (h.Status != Applied || !h.Is(by.Account)) {
		return nil, errHostState
	}
	h.Status, h.Reason, h.EndedAt = Ended, reason, now
	return []docstore.Fact{h.told(HostEnded, by, reason, now)}, nil
}

// AskTeam lets a neighbour ask to help. Asked twice is asked once.
func (h *Host) AskTeam(token string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	switch {
	case h.Status != Confirmed:
		return nil, errHostState
	case h.Is(by.Account):
		return nil, errOwnTeam
	case h.mate(by.Account) >= 0:
		return nil, docstore.ErrUnchanged
	case len(h.Mates) >= MaxMates:
		return nil, errTeamFull
	}
	h.Mates = append(slices.Clip(h.Mates), Mate{ID: token, By: by, AskedAt: now})
	return []docstore.Fact{h.toldOf(TeamAsked, by.Account, by, now)}, nil
}

// AnswerMate is the host's yes or no.
func (h *Host) AnswerMate(id string, yes bool, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if !h.Is(by.Account) {
		return nil, errNotYours
	}
	i := slices.IndexFunc(h.Mates, func(m Mate) bool { return m.ID == id })
	if i < 0 {
		return nil, errNoMate
	}
	who := h.Mates[i].By.Account
	h.Mates = slices.Clone(h.Mates)
	if !yes {
		h.Mates = slices.Delete(h.Mates, i, i+1)
		return []docstore.Fact{h.toldOf(TeamLeft, who, by, now)}, nil
	}
	if h.Mates[i].Agreed() {
		return nil, docstore.ErrUnchanged
	}
	h.Mates[i].AgreedAt = now
	return []docstore.Fact{h.toldOf(TeamJoined, who, by, now)}, nil
}

// LeaveTeam takes somebody's own word back.
func (h *Host) LeaveTeam(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i := h.mate(by.Account)
	if i < 0 {
		return nil, docstore.ErrUnchanged
	}
	h.Mates = slices.Delete(slices.Clone(h.Mates), i, i+1)
	return []docstore.Fact{h.toldOf(TeamLeft, by.Account, by, now)}, nil
}

// mate is where somebody stands in the team, -1 if nowhere.
func (h Host) mate(who identity.AccountID) int {
	return slices.IndexFunc(h.Mates, func(m Mate) bool { return who != "" && m.By.Account == who })
}

// written takes what is typed here.
var written = deliberation.Written{TooLong: fault.New(fault.Invalid, "activity.too_long"), NoReason: errReason}
