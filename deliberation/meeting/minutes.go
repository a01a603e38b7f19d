package meeting

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// Tally is what those present said of a point at a 评议会. It counts answers and names nobody.
type Tally struct {
	Satisfied int `json:"satisfied"`
	Basically int `json:"basically"`
	Not       int `json:"not"`
}

func (t Tally) sum() int { return t.Satisfied + t.Basically + t.Not }

func (t Tally) legal() bool { return t.Satisfied >= 0 && t.Basically >= 0 && t.Not >= 0 && t.sum() > 0 }

// Outcome is what came of one point of the agenda.
type Outcome struct {
	Words string `json:"words"`
	Tally *Tally `json:"tally,omitempty"` // of a 评议会
}

// Decision is something that is to be done: by an organisation, within so many working days.
type Decision struct {
	What string `json:"what"`
	// Owner is who carries it out: an organisation and no person. For the committee itself, and for one without accounts,
	// staff report.
	Owner Party `json:"owner"`
	Days  int   `json:"days"` // working days from publication
	// Item is the place of the point on the agenda that it belongs to.
	Item int `json:"item"`
}

// MaxDays is the longest promise, in working days: about a year.
const MaxDays = 250

// Version is one text of the minutes. Versions stay; which one holds says Confirmed.
type Version struct {
	N         int        `json:"n"`
	Summary   string     `json:"summary"`
	Outcomes  []Outcome  `json:"outcomes"` // one for each point of the agenda
	Decisions []Decision `json:"decisions,omitempty"`
	// Why says what is corrected, of minutes that were published before.
	Why string              `json:"why,omitempty"`
	By  deliberation.Author `json:"by"`
	At  time.Time           `json:"at"`
	// Checked says who looked at it, CheckedAt when; Confirmed what they said, Reason why it was returned.
	Checked   deliberation.Author `json:"checked,omitzero"`
	CheckedAt time.Time           `json:"checked_at,omitzero"`
	Confirmed bool                `json:"confirmed,omitempty"`
	Reason    string              `json:"reason,omitempty"`
}

var (
	errSummary   = fault.New(fault.Invalid, "meeting.summary_needed").On("summary")
	errOutcome   = fault.New(fault.Invalid, "meeting.outcome_needed").On("outcomes")
	errTally     = fault.New(fault.Invalid, "meeting.bad_tally").On("tally")
	errDecisions = fault.New(fault.Invalid, "meeting.too_many_decisions").On("decisions")
	errWhat      = fault.New(fault.Invalid, "meeting.what_needed").On("decisions")
	errOwner     = fault.New(fault.Invalid, "meeting.owner_needed").On("decisions")
	errDays      = fault.New(fault.Invalid, "meeting.bad_days").On("decisions")
	errUnchanged = fault.New(fault.Invalid, "meeting.unchanged").On("summary")
	errVersions  = fault.New(fault.Conflict, "meeting.too_many_versions")
	// ErrOwnMinutes means that whoever wrote a version wants to confirm it.
	ErrOwnMinutes = fault.New(fault.Denied, "meeting.own_minutes")
)

// check looks at a version against the meeting.
func (v Version) check(m *Meeting) error {
	faults := []error{
		fault.When(v.Summary == "", errSummary), within("summary", v.Summary, MaxSummary),
		fault.When(len(v.Outcomes) != len(m.Agenda), errOutcome),
		fault.When(len(v.Decisions) > MaxDecisions, errDecisions.With("max", MaxDecisions)),
	}
	for i, o := range v.Outcomes {
		faults = append(faults, fault.When(o.Words == "", errOutcome.With("item", i+1)), within("outcomes", o.Words, MaxOutcome))
		rated := o.Tally != nil && o.Tally.legal() && o.Tally.sum() <= m.Headcount
		faults = append(faults, fault.When((m.Kind == Review) != (o.Tally != nil) || o.Tally != nil && !rated, errTally.With("item", i+1).With("max", m.Headcount)))
	}
	for i, d := range v.Decisions {
		faults = append(faults,
			fault.When(d.What == "", errWhat.With("n", i+1)), within("decisions", d.What, MaxWhat),
			fault.When(d.Owner.Name == "" || d.Owner.Resident(), errOwner.With("n", i+1)), within("decisions", d.Owner.Name, MaxName),
			fault.When(d.Days < 1 || d.Days > MaxDays, errDays.With("n", i+1).With("max", MaxDays)),
			fault.When(d.Item < 0 || d.Item >= len(m.Agenda), errOutcome),
		)
	}
	return deliberation.Joined(faults...)
}

// Latest is the last version; false before the first.
func (m Meeting) Latest() (Version, bool) {
	if len(m.Minutes) == 0 {
		return Version{}, false
	}
	return m.Minutes[len(m.Minutes)-1], true
}

// Waits reports whether the last version waits for a second person: before publication, or as a correction.
func (m Meeting) Waits() bool {
	last, ok := m.Latest()
	return ok && last.CheckedAt.IsZero() && (m.State == Drafted || m.State == Published)
}

// Readable are the versions that everybody reads or has read, the first one first: the one that was published and the
// corrections that hold.
func (m Meeting) Readable() []Version {
	var all []Version
	for _, v := range m.Minutes {
		switch {
		case m.State != Published || !v.Confirmed:
		case v.Why == "":
			all = []Version{v} // what was confirmed before it did not hold
		default:
			all = append(all, v)
		}
	}
	return all
}

// Current is the version that everybody reads; false before the minutes are published.
func (m Meeting) Current() (Version, bool) {
	all := m.Readable()
	if len(all) == 0 {
		return Version{}, false
	}
	return all[len(all)-1], true
}

// seen refuses a step on a version that is not the last any more.
func (m *Meeting) seen(n int) error {
	if n != len(m.Minutes) {
		return errStale.With("version", len(m.Minutes))
	}
	return nil
}

// Draft writes the next version of the minutes; seen is the last one its writer saw, 0 for none. Once they are published it
// is a correction of what was written, with a reason; what was decided stays as it is.
func (m *Meeting) Draft(v Version, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	current, published := m.Current()
	if published {
		v.Decisions = current.Decisions // they are being carried out
	} else {
		v.Why = ""
	}
	if last, ok := m.Latest(); ok && last.N == seen+1 && last.By.Account == h.who.Account && last.same(v) {
		return nil, docstore.ErrUnchanged // the same form again
	}
	next, err := m.may(MoveDraft)
	if err != nil {
		return nil, err
	}
	if err := m.seen(seen); err != nil {
		return nil, err
	}
	if len(m.Minutes) >= MaxVersions {
		return nil, errVersions.With("max", MaxVersions)
	}
	err = deliberation.Joined(fault.When(published && v.Why == "", errReason), fault.When(published && v.same(current), errUnchanged), v.check(m))
	if err != nil {
		return nil, err
	}
	v.N, v.By, v.At = seen+1, h.who, now
	m.Minutes, m.State = append(slices.Clip(m.Minutes), v), next
	return append(m.due(now), m.fact(EventDrafted, h, Guest{}, v.Why, now)), nil
}

// same reports whether two versions say the same.
func (v Version) same(w Version) bool {
	return v.Summary == w.Summary && slices.Equal(v.Decisions, w.Decisions) && slices.EqualFunc(v.Outcomes, w.Outcomes, func(a, b Outcome) bool {
		return a.Words == b.Words && (a.Tally == nil) == (b.Tally == nil) && (a.Tally == nil || *a.Tally == *b.Tally)
	})
}

// Confirm lets the last version hold. Whoever wrote it does not confirm it. A correction takes the place of what everybody read,
// which stays beside it.
func (m *Meeting) Confirm(n int, h hand, now time.Time) ([]docstore.Fact, error) {
	if last, ok := m.Latest(); ok && last.N == n && last.Confirmed && last.Checked.Account == h.who.Account {
		return nil, docstore.ErrUnchanged
	}
	before, published := m.Current()
	if err := m.look(MoveConfirm, n, h, true, "", now); err != nil {
		return nil, err
	}
	if published {
		return m.corrected(before, m.Minutes[n-1], h, now), nil
	}
	return append(m.due(now), m.fact(EventConfirmed, h, Guest{}, "", now)), nil
}

// corrected tells of a correction, and each topic of which something else came than was said.
func (m *Meeting) corrected(before, after Version, h hand, now time.Time) []docstore.Fact {
	facts := []docstore.Fact{m.fact(EventCorrected, h, Guest{}, after.Why, now)}
	for i, item := range m.Agenda {
		if item.Topic != "" && before.Outcomes[i].Words != after.Outcomes[i].Words {
			facts = append(facts, m.decided(h, item.Topic, after.Outcomes[i].Words, now))
		}
	}
	return facts
}

// Return gives the last version back to be rewritten, with a reason.
func (m *Meeting) Return(n int, reason string, h hand, now time.Time) ([]docstore.Fact, error) {
	if reason == "" {
		return nil, errReason
	}
	if err := m.look(MoveReturn, n, h, false, reason, now); err != nil {
		return nil, err
	}
	f := m.fact(EventReturned, h, Guest{}, reason, now)
	news := f.Data.(News)
	news.To = m.Minutes[n-1].By.Account
	f.Data = news
	return append(m.due(now), f), nil
}

// look is the second person's look.
func (m *Meeting) look(what Move, n int, h hand, confirmed bool, reason string, now time.Time) error {
	next, err := m.may(what)
	if err != nil {
		return err
	}
	if err := m.seen(n); err != nil {
		return err
	}
	if !m.Waits() {
		return ErrState.With("state", m.State)
	}
	if m.Minutes[n-1].By.Account == h.who.Account {
		return ErrOwnMinutes
	}
	m.Minutes = slices.Clone(m.Minutes)
	v := &m.Minutes[n-1]
	v.Checked, v.CheckedAt, v.Confirmed, v.Reason = h.who, now, confirmed, reason
	m.State = next
	return nil
}

// Publish shows the confirmed version to everybody. The promises of its decisions begin to run, and each topic of the
// agenda is told what came of it.
func (m *Meeting) Publish(n int, h hand, now time.Time) ([]docstore.Fact, error) {
	if m.State == Published && n == len(m.Minutes) {
		return nil, docstore.ErrUnchanged
	}
	next, err := m.may(MovePublish)
	if err != nil {
		return nil, err
	}
	if err := m.seen(n); err != nil {
		return nil, err
	}
	late := m.due(now)
	m.Record.Meet(now)
	m.State, m.PublishedAt, m.EndedAt = next, now, now
	f := m.fact(EventPublished, h, Guest{}, "", now) // the minutes stand on the page; the notice says how they begin
	news := f.Data.(News)
	news.Words = excerpt(m.Minutes[n-1].Summary)
	f.Data = news
	facts := append(late, f)
	for i, item := range m.Agenda {
		if item.Topic != "" {
			words := m.Minutes[n-1].Outcomes[i].Words
			facts = append(facts, m.decided(h, item.Topic, words, now))
		}
	}
	return facts, nil
}
