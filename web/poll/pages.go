// Package poll holds the pages of 表决: residents vote, keep receipts and read results; the desk drafts, publishes rolls and watches
// turnout; anybody may check a published result.
package poll

import (
	"slices"
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Polls     *poll.Service
	Topics    *deliberation.Service
	Directory *community.Directory
	Places    community.Places
	// Zone is the time zone in which forms mean their instants.
	Zone *time.Location
	// Verifier is the public key of receipts.
	Verifier string
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// typed is what somebody wrote into a form that was refused, and why.
type typed struct {
	form     string
	fields   map[string][]string
	Problems view.Problems
}

// refused keeps what was typed into a form.
func refused(v *page.Visit, form string, err error, fields ...string) typed {
	t := typed{form: form, fields: map[string][]string{}, Problems: v.Refuse(err)}
	for _, name := range append(fields, "token") {
		t.fields[name] = v.Fields(name)
	}
	return t
}

// Status is what to answer with.
func (t typed) Status() int {
	if t.Problems.Status == 0 {
		return 200
	}
	return t.Problems.Status
}

// In returns the problems of a form.
func (t typed) In(form string) view.Problems {
	if t.form != form {
		return view.Problems{}
	}
	return t.Problems
}

// Open reports whether the form was refused and shall be open.
func (t typed) Open(form string) bool { return t.form == form && t.Problems.Any() }

// On returns the sentence about a field of a form.
func (t typed) On(form, field string) string { return t.In(form).On(field) }

// Value returns what stands in a field of a form.
func (t typed) Value(form, field, suggestion string) string {
	if t.form != form {
		return suggestion
	}
	if said := t.fields[field]; len(said) > 0 {
		return said[0]
	}
	return ""
}

// Has reports whether a box of a form is ticked.
func (t typed) Has(form, field, value string) bool {
	return t.form == form && slices.Contains(t.fields[field], value)
}

// Token returns the id of the document that a form makes: the refused one's again, or a new one.
func (t typed) Token(form string, now time.Time) string {
	if kept := t.Value(form, "token", ""); ids.Valid(kept) {
		return kept
	}
	return ids.New(now)
}

// inputTime is how browsers write instants, in the zone of the pages.
const inputTime = "2006-01-02T15:04"

// instant reads a field of a form; what cannot be read is the zero time, which every use case refuses.
func (p *Pages) instant(v *page.Visit, field string) time.Time {
	t, err := time.ParseInLocation(inputTime, v.Field(field), p.Zone)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

// at writes an instant for a form.
func (p *Pages) at(t time.Time) string { return t.In(p.Zone).Format(inputTime) }

// inDays suggests an hour of a day for a form.
func (p *Pages) inDays(now time.Time, days, hour int) string {
	t := now.In(p.Zone).AddDate(0, 0, days)
	return p.at(time.Date(t.Year(), t.Month(), t.Day(), hour, 0, 0, 0, p.Zone))
}

// number reads a whole number; 0 if it is none.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}

// node returns the community that an address names.
func (p *Pages) node(v *page.Visit) (community.Node, error) {
	n, err := p.Directory.Node(v.Context(), community.ID(v.Param("community")))
	if err == nil && n.Level != community.LevelCommunity {
		return n, page.ErrNotFound
	}
	return n, err
}

// holds returns the room of the address if the visitor holds polls there.
func (p *Pages) holds(v *page.Visit) (console.Room, error) {
	r, err := p.Community(v)
	if err == nil && !r.May(identity.HoldPoll) {
		err = identity.ErrDenied
	}
	return r, err
}

// known sends somebody without a session to sign in first.
func known(v *page.Visit) error {
	if v.Actor.ID == "" {
		return identity.ErrSignIn
	}
	return nil
}
