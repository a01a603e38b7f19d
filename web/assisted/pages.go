// Package assisted has the pages on which what staff entered for somebody offline is confirmed: by the person, and at the desk.
package assisted

import (
	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Assisted *assisted.Service
	Topics   *deliberation.Service
	Shelf    upload.Shelf
	// BaseURL is the public address, for the codes on paper boxes.
	BaseURL string
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages; those of the desk stand in the console's frame.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell how many entries wait for somebody's word.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{"assist": func(v *page.Visit, r console.Room) (int, error) {
		return s.Assisted.CountUnconfirmed(v.Context(), r.Actor, r.Node)
	}}
}

// entryView is an entry as its person sees it.
type entryView struct {
	assisted.Entry
	Text     string // "" where the topic is not shown at the moment
	Note     string // as typed
	Problems view.Problems
}

// open reports whether the person may answer.
func (e entryView) open() bool {
	return e.Status == assisted.Awaiting || e.Status == assisted.Signed || e.Status == assisted.Checked
}

// Entry asks the person whether they said what was entered.
func (p *Pages) Entry(v *page.Visit) error {
	return p.show(v, "", view.Problems{Status: 200})
}

func (p *Pages) show(v *page.Visit, note string, problems view.Problems) error {
	e, err := p.Assisted.Entry(v.Context(), v.Actor, entryOf(v))
	if err != nil {
		return err
	}
	shown := entryView{Entry: e, Note: note, Problems: problems}
	if t, err := p.Topics.Topic(v.Context(), v.Actor, e.Topic); err == nil && !t.Masked {
		shown.Title, shown.Text = t.Title, t.Body // as corrected since; a topic that is not shown keeps the title the person said
	}
	return v.ShowAs(problems.Status, EntryPage(shown))
}

// Confirm takes the person's yes.
func (p *Pages) Confirm(v *page.Visit) error {
	if err := p.Assisted.Confirm(v.Context(), v.Actor, entryOf(v)); err != nil {
		return p.again(v, "", err)
	}
	return v.GoSaying("/entry/"+v.Param("entry"), "entry.said_yes")
}

// Dispute takes the person's no.
func (p *Pages) Dispute(v *page.Visit) error {
	note := v.Field("note")
	if err := p.Assisted.Dispute(v.Context(), v.Actor, entryOf(v), note); err != nil {
		return p.again(v, note, err)
	}
	return v.GoSaying("/entry/"+v.Param("entry"), "entry.said_no")
}

// again shows the page with the refusal; who may not see the page gets the refusal alone.
func (p *Pages) again(v *page.Visit, note string, refusal error) error {
	if _, err := p.Assisted.Entry(v.Context(), v.Actor, entryOf(v)); err != nil {
		return err
	}
	return p.show(v, note, v.Refuse(refusal))
}

func entryOf(v *page.Visit) deliberation.TopicID { return deliberation.TopicID(v.Param("entry")) }
