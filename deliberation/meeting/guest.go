package meeting

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Reply is where a guest stands.
type Reply string

// Replies.
const (
	Asked    Reply = "asked"
	Accepted Reply = "accepted"
	Declined Reply = "declined"
)

// Party is an organisation, or a resident who stands for others.
type Party struct {
	// Board is the desk or board of those who answer for an organisation: "property", "dept:greening"; Role is that of the
	// party branch or the town. Account is a resident's. All are empty for one without accounts, for whom the committee
	// writes down what it said.
	Board   string             `json:"board,omitempty"`
	Role    identity.Role      `json:"role,omitempty"`
	Account identity.AccountID `json:"account,omitempty"`
	Name    string             `json:"name"`
}

// Unit reports whether people with accounts answer for the party.
func (p Party) Unit() bool { return p.Board != "" || p.Role != "" }

func (p Party) same(q Party) bool {
	if p.Account != "" || q.Account != "" {
		return p.Account == q.Account
	}
	return p.Board == q.Board && p.Role == q.Role && (p.Name == q.Name || p.Unit())
}

// Guest is one that was invited.
type Guest struct {
	Party
	Reply  Reply  `json:"reply"`
	Reason string `json:"reason,omitempty"` // of declining
	// ByName and ByTitle say who answered; Noted is set where the caller wrote it down.
	ByName    string    `json:"by_name,omitempty"`
	ByTitle   string    `json:"by_title,omitempty"`
	RepliedAt time.Time `json:"replied_at,omitzero"`
	Noted     bool      `json:"noted,omitempty"`
	Present   bool      `json:"present,omitempty"`
}

// Resident reports whether the party is a resident.
func (p Party) Resident() bool { return p.Account != "" }

// ask takes back what the guest answered.
func (g *Guest) ask() {
	g.Reply, g.Reason, g.ByName, g.ByTitle, g.RepliedAt, g.Noted = Asked, "", "", "", time.Time{}, false
}

// Presence is who was there: the places of guests, and how many were in the room altogether.
type Presence struct {
	Guests    []int
	Headcount int
}

var (
	errFew        = fault.New(fault.Invalid, "meeting.guests_needed").On("guests")
	errMany       = fault.New(fault.Invalid, "meeting.too_many_guests").On("guests")
	errUnknown    = fault.New(fault.Invalid, "meeting.unknown_guest").On("guests")
	errTwice      = fault.New(fault.Invalid, "meeting.guest_twice").On("guests")
	errNoGuest    = fault.New(fault.NotFound, "meeting.no_guest")
	errReply      = fault.New(fault.Invalid, "meeting.bad_reply").On("reply")
	errHeads      = fault.New(fault.Invalid, "meeting.headcount").On("headcount")
	errNoSeats    = fault.New(fault.Conflict, "meeting.no_seats")
	errNoListener = fault.New(fault.Conflict, "meeting.not_open")
)

// maxHeads bounds a headcount.
const maxHeads = 2000

// join adds guests who are not invited yet.
func (m *Meeting) join(parties []Party) error {
	all := slices.Clone(m.Guests)
	for _, p := range parties {
		if slices.ContainsFunc(all, func(g Guest) bool { return g.same(p) }) {
			return errTwice.With("guest", p.Name)
		}
		all = append(all, Guest{Party: p, Reply: Asked})
	}
	if len(all) == 0 {
		return errFew
	}
	if len(all) > MaxGuests {
		return errMany.With("max", MaxGuests)
	}
	m.Guests = all
	return nil
}

// Invite invites more.
func (m *Meeting) Invite(guests []Party, h hand, now time.Time) ([]docstore.Fact, error) {
	if _, err := m.may(MoveInvite); err != nil {
		return nil, err
	}
	if len(guests) == 0 {
		return nil, errFew
	}
	if err := m.join(guests); err != nil {
		return nil, err
	}
	f := m.fact(EventInvited, h, Guest{}, "", now)
	news := f.Data.(News)
	news.Guests = guests
	f.Data = news
	return []docstore.Fact{f}, nil
}

// Answer is a guest's word: it comes, or it does not and says why. It may change its mind until the meeting begins.
func (m *Meeting) Answer(n int, r Reply, reason string, noted bool, h hand, now time.Time) ([]docstore.Fact, error) {
	_, err := m.may(MoveReply)
	switch {
	case err != nil:
		return nil, err
	case n < 0 || n >= len(m.Guests):
		return nil, errNoGuest
	case r != Accepted && r != Declined:
		return nil, errReply
	case r == Declined && reason == "":
		return nil, errReason
	case !now.Before(m.StartsAt):
		return nil, errBegun
	case r == Accepted:
		reason = ""
	}
	m.Guests = slices.Clone(m.Guests)
	g := &m.Guests[n]
	if g.Reply == r && g.Reason == reason {
		return nil, docstore.ErrUnchanged
	}
	g.Reply, g.Reason, g.ByName, g.ByTitle, g.RepliedAt, g.Noted = r, reason, h.who.Name, h.who.Title, now, noted
	return []docstore.Fact{m.fact(EventReplied, h, *g, reason, now)}, nil
}

// Correct mends who was there while the minutes do not hold yet.
func (m *Meeting) Correct(p Presence, h hand, now time.Time) ([]docstore.Fact, error) {
	if _, err := m.may(MovePresence); err != nil {
		return nil, err
	}
	was, heads := m.Guests, m.Headcount
	if err := m.present(p); err != nil {
		return nil, err
	}
	if slices.Equal(was, m.Guests) && heads == m.Headcount {
		return nil, docstore.ErrUnchanged
	}
	return []docstore.Fact{m.fact(EventPresence, h, Guest{}, "", now)}, nil
}

// present writes down who was there.
func (m *Meeting) present(p Presence) error {
	guests := slices.Clone(m.Guests)
	for i := range guests {
		guests[i].Present = false
	}
	for _, n := range p.Guests {
		if n < 0 || n >= len(guests) {
			return errNoGuest
		}
		guests[n].Present = true
	}
	came := 0
	for _, g := range guests {
		if g.Present {
			came++
		}
	}
	if p.Headcount < max(1, came) || p.Headcount > maxHeads {
		return errHeads.With("min", max(1, came)).With("max", maxHeads)
	}
	m.Guests, m.Headcount = guests, p.Headcount
	return nil
}

// Listen keeps a seat for a resident who comes to listen, or gives it back.
func (m *Meeting) Listen(who deliberation.Author, comes bool, now time.Time) ([]docstore.Fact, error) {
	if _, err := m.may(MoveListen); err != nil {
		return nil, err
	}
	at := slices.IndexFunc(m.Listeners, func(a deliberation.Author) bool { return a.Account == who.Account })
	switch {
	case !m.Kind.Open() || m.Seats == 0:
		return nil, errNoListener
	case !now.Before(m.StartsAt):
		return nil, errBegun
	case comes == (at >= 0):
		return nil, docstore.ErrUnchanged
	case comes && len(m.Listeners) >= m.Seats:
		return nil, errNoSeats.With("seats", m.Seats)
	}
	m.Listeners = slices.Clone(m.Listeners)
	if comes {
		m.Listeners = append(m.Listeners, who)
	} else {
		m.Listeners = slices.Delete(m.Listeners, at, at+1)
	}
	return []docstore.Fact{{Type: EventListened, Actor: string(who.Account), At: now, Data: m.news()}}, nil
}
