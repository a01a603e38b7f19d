package meeting

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ID identifies a meeting. It is the token of the form it was called from, so that a double tap is one meeting.
type ID string

// Kind says what a meeting is for.
type Kind string

// Kinds.
const (
	Joint        Kind = "joint"        // 联席会议: committee, owners, property, police, units
	Hearing      Kind = "hearing"      // 听证会: before a decision
	Coordination Kind = "coordination" // 协调会: a dispute between residents
	Review       Kind = "review"       // 评议会: after the work
)

// Kinds lists them.
func Kinds() []Kind { return []Kind{Joint, Hearing, Coordination, Review} }

// NoticeDays is how many days ahead a meeting is announced to everybody, 0 where calling those concerned is enough. The
// law asks that residents be heard and names no number: these are ours.
func (k Kind) NoticeDays() int {
	if k == Hearing || k == Review {
		return 3
	}
	return 0
}

// Open reports whether residents say what they think beforehand and may come to listen: where everybody is concerned, and
// not in a dispute between some.
func (k Kind) Open() bool { return k == Hearing || k == Review }

// Bounds, in runes or items.
const (
	MaxTitle     = 40
	MaxPurpose   = 1000
	MaxPlace     = 60
	MaxNote      = 200 // how to take part online
	MaxItem      = 60
	MaxAgenda    = 12
	MaxGuests    = 30
	MaxName      = 40
	MaxReason    = 200
	MaxListeners = 100
	MaxSummary   = 3000
	MaxOutcome   = 500
	MaxDecisions = 12
	MaxWhat      = 200
	MaxVersions  = 20
	MaxMoved     = 10 // how often one meeting may be given another date
	maxHistory   = 400
)

// longestAhead is how far ahead a meeting may be called, in days.
const longestAhead = 92

// Item is one point of the agenda.
type Item struct {
	Text string `json:"text"`
	// Topic is what the point came from, "" if from nothing that residents posted.
	Topic deliberation.TopicID `json:"topic,omitempty"`
}

// Dates is one date that a meeting had and that was given up.
type Dates struct {
	StartsAt time.Time `json:"starts_at"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
}

// Entry is one step of the record.
type Entry struct {
	What  string    `json:"what"` // type of the event
	Actor string    `json:"actor"`
	Name  string    `json:"name,omitempty"`
	Title string    `json:"title,omitempty"`
	Guest string    `json:"guest,omitempty"`
	Words string    `json:"words,omitempty"`
	At    time.Time `json:"at"`
}

// Meeting is one meeting. Its methods are the only transitions.
type Meeting struct {
	ID        ID             `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Kind      Kind           `json:"kind"`
	State     State          `json:"state"`
	Title     string         `json:"title"`
	Purpose   string         `json:"purpose"`
	StartsAt  time.Time      `json:"starts_at"`
	Where     string         `json:"where"`
	Online    string         `json:"online,omitempty"` // how to take part from afar
	Agenda    []Item         `json:"agenda"`
	Guests    []Guest        `json:"guests"`
	// Seats are for residents who come to listen; Listeners those who said that they will.
	Seats     int                   `json:"seats,omitempty"`
	Listeners []deliberation.Author `json:"listeners,omitempty"`

	Caller      deliberation.Author `json:"caller"`
	CalledAt    time.Time           `json:"called_at"`
	AnnouncedAt time.Time           `json:"announced_at,omitzero"` // the last time
	HeldAt      time.Time           `json:"held_at,omitzero"`      // when that it was held was written down
	PublishedAt time.Time           `json:"published_at,omitzero"`
	EndedAt     time.Time           `json:"ended_at,omitzero"` // published or cancelled
	Reason      string              `json:"reason,omitempty"`  // of a postponement or a cancellation
	Moved       []Dates             `json:"moved,omitempty"`

	// Headcount is how many were there, listeners included.
	Headcount int       `json:"headcount,omitempty"`
	Minutes   []Version `json:"minutes,omitempty"` // the first one first
	// Record is the promise that the minutes are published: it runs from when the meeting began.
	Record  deadline.Clock `json:"record,omitzero"`
	History []Entry        `json:"history"`
}

// Refusals.
var (
	ErrNotFound = fault.New(fault.NotFound, "meeting.not_found")
	ErrTaken    = fault.New(fault.Conflict, "meeting.token_taken")
	errReason   = fault.New(fault.Invalid, "meeting.reason_needed").On("reason")
	errEarly    = fault.New(fault.TooLate, "meeting.announce_earlier")
	errNotYet   = fault.New(fault.Conflict, "meeting.not_begun")
	errAnnounce = fault.New(fault.Conflict, "meeting.announce_first")
	errBegun    = fault.New(fault.TooLate, "meeting.begun")
	errOften    = fault.New(fault.Conflict, "meeting.moved_enough")
	errStale    = fault.New(fault.Conflict, "meeting.stale")
)

func (m Meeting) key() string { return string(m.ID) }

// Place is where permissions of the meeting are asked.
func (m Meeting) Place() identity.Place { return identity.Place{Path: m.Path} }

// Town returns the town the community lies in.
func (m Meeting) Town() community.ID { return townOf(m.Path) }

func townOf(path []community.ID) community.ID {
	if len(path) < 2 {
		return ""
	}
	return path[len(path)-2]
}

// Shown reports whether everybody of the community may read it: it was announced once, or its minutes are out.
func (m Meeting) Shown() bool { return !m.AnnouncedAt.IsZero() || m.State == Published }

// hand is who takes a step, and how others see them.
type hand struct {
	actor     identity.Actor
	who       deliberation.Author
	secretary bool
}

func (h hand) person(role string) deadline.Person {
	return deadline.Person{ID: string(h.who.Account), Name: h.who.Name, Role: role}
}

// Announce tells everybody of the community, so many days ahead that they can come.
func (m *Meeting) Announce(cal *calendar.Calendar, h hand, now time.Time) ([]docstore.Fact, error) {
	next, err := m.may(MoveAnnounce)
	if err != nil {
		return nil, err
	}
	days := m.Kind.NoticeDays()
	if !m.StartsAt.After(now) || cal.DateAt(m.StartsAt).Before(cal.DateAt(now).AddDays(days)) {
		return nil, errEarly.With("days", max(days, 1))
	}
	m.State, m.AnnouncedAt = next, now
	return []docstore.Fact{m.linkedFact(EventAnnounced, h, m.topics(), m.Title, "", now)}, nil
}

// Postpone gives the date up, with a reason that those concerned read.
func (m *Meeting) Postpone(reason string, h hand, now time.Time) ([]docstore.Fact, error) {
	next, err := m.may(MovePostpone)
	switch {
	case err != nil:
		return nil, err
	case reason == "":
		return nil, errReason
	case len(m.Moved) >= MaxMoved:
		return nil, errOften.With("max", MaxMoved)
	}
	m.Moved = append(slices.Clip(m.Moved), Dates{StartsAt: m.StartsAt, Reason: reason, At: now})
	m.State, m.Reason = next, reason
	return []docstore.Fact{m.told(EventPostponed, h, reason, now)}, nil
}

// Reschedule gives a postponed meeting another date. Those invited answer anew, and it is announced anew.
func (m *Meeting) Reschedule(at time.Time, h hand, now time.Time) ([]docstore.Fact, error) {
	next, err := m.may(MoveReschedule)
	if err != nil {
		return nil, err
	}
	if err := checkDate(at, now); err != nil {
		return nil, err
	}
	m.State, m.StartsAt, m.Reason = next, at, ""
	m.Guests = slices.Clone(m.Guests)
	for i := range m.Guests {
		m.Guests[i].ask()
	}
	return []docstore.Fact{m.fact(EventRescheduled, h, Guest{}, "", now)}, nil
}

// Cancel ends it, with a reason.
func (m *Meeting) Cancel(reason string, h hand, now time.Time) ([]docstore.Fact, error) {
	next, err := m.may(MoveCancel)
	if err != nil {
		return nil, err
	}
	if reason == "" {
		return nil, errReason
	}
	m.State, m.Reason, m.EndedAt = next, reason, now
	return []docstore.Fact{m.told(EventCancelled, h, reason, now)}, nil
}

// told is a fact that the topics hear of if they had heard of the meeting.
func (m *Meeting) told(what string, h hand, words string, now time.Time) docstore.Fact {
	if !m.Shown() {
		return m.fact(what, h, Guest{}, words, now)
	}
	return m.linkedFact(what, h, m.topics(), m.Title, words, now)
}

// Hold writes down that it took place, and who was there. From when it began the minutes are owed.
func (m *Meeting) Hold(p Presence, cal *calendar.Calendar, h hand, now time.Time) ([]docstore.Fact, error) {
	next, err := m.may(MoveHold)
	switch {
	case err != nil:
		return nil, err
	case m.State == Called && m.Kind.NoticeDays() > 0:
		return nil, errAnnounce
	case now.Before(m.StartsAt):
		return nil, errNotYet
	}
	if err := m.present(p); err != nil {
		return nil, err
	}
	clock, err := deadline.Start(policy(recordDays), RecordClock, cal, m.StartsAt)
	if clock.IsZero() {
		return nil, err
	}
	m.State, m.HeldAt, m.Record = next, now, clock
	facts := []docstore.Fact{m.fact(EventHeld, h, Guest{}, "", now)}
	return append(facts, m.due(now)...), nil
}

// topics are those of the agenda, each once.
func (m Meeting) topics() []deliberation.TopicID {
	var all []deliberation.TopicID
	for _, i := range m.Agenda {
		if i.Topic != "" && !slices.Contains(all, i.Topic) {
			all = append(all, i.Topic)
		}
	}
	return all
}

var (
	errKind     = fault.New(fault.Invalid, "meeting.bad_kind").On("kind")
	errTitle    = fault.New(fault.Invalid, "meeting.title_needed").On("title")
	errPurpose  = fault.New(fault.Invalid, "meeting.purpose_needed").On("purpose")
	errPlace    = fault.New(fault.Invalid, "meeting.where_needed").On("where")
	errDate     = fault.New(fault.Invalid, "meeting.when").On("starts_at")
	errAgenda   = fault.New(fault.Invalid, "meeting.agenda_needed").On("agenda")
	errManyItem = fault.New(fault.Invalid, "meeting.agenda_too_long").On("agenda")
	errSeats    = fault.New(fault.Invalid, "meeting.bad_seats").On("seats")
	errLong     = fault.New(fault.Invalid, "meeting.too_long")
)

// check looks at everything that needs no store, and tells all faults at once.
func (m Meeting) check(now time.Time) error {
	faults := []error{
		fault.When(!slices.Contains(Kinds(), m.Kind), errKind),
		fault.When(m.Title == "", errTitle), within("title", m.Title, MaxTitle),
		fault.When(m.Purpose == "", errPurpose), within("purpose", m.Purpose, MaxPurpose),
		fault.When(m.Where == "", errPlace), within("where", m.Where, MaxPlace),
		within("online", m.Online, MaxNote),
		checkDate(m.StartsAt, now),
		fault.When(len(m.Agenda) == 0, errAgenda), fault.When(len(m.Agenda) > MaxAgenda, errManyItem.With("max", MaxAgenda)),
		fault.When(m.Seats < 0 || m.Seats > MaxListeners || m.Seats > 0 && !m.Kind.Open(), errSeats.With("max", MaxListeners)),
	}
	for _, i := range m.Agenda {
		faults = append(faults, fault.When(i.Text == "", errAgenda), within("agenda", i.Text, MaxItem))
	}
	return deliberation.Joined(faults...)
}

func checkDate(at, now time.Time) error {
	return fault.When(!at.After(now) || at.After(now.AddDate(0, 0, longestAhead)), errDate.With("days", longestAhead))
}

func within(field, text string, most int) error {
	return deliberation.Within(text, most, errLong.On(field))
}
