package terms

import (
	"errors"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// form is new terms on their way. Numbers are text, so that what was typed comes back as it was.
type form struct {
	Version                string
	Accept, Resolve, Close string
	Ladder                 []rung
	Reason                 string
	Problems               view.Problems
}

// rung is one level of the ladder in the form.
type rung struct {
	To   string
	On   bool
	Days string
}

// deskView is the page of who sets the terms.
type deskView struct {
	To, Public string
	Now        community.Terms
	Form       form
	History    historyView
}

func newForm(p community.Promises) form {
	t := p.Effective()
	f := form{
		Version: strconv.Itoa(p.Version), Accept: strconv.Itoa(t.AcceptDays), Resolve: strconv.Itoa(t.ResolveDays), Close: strconv.Itoa(t.CloseDays),
	}
	for _, to := range community.LadderLevels() {
		r := rung{To: to}
		for _, step := range t.Ladder {
			if step.To == to {
				r.On, r.Days = true, strconv.Itoa(step.Days)
			}
		}
		f.Ladder = append(f.Ladder, r)
	}
	return f
}

func typed(v *page.Visit) form {
	f := form{Version: v.Field("version"), Accept: v.Field("accept"), Resolve: v.Field("resolve"), Close: v.Field("close"), Reason: v.Field("reason")}
	for _, to := range community.LadderLevels() {
		f.Ladder = append(f.Ladder, rung{To: to, On: v.Checked("on." + to), Days: v.Field("days." + to)})
	}
	return f
}

// terms reads the numbers. What is none, and a ladder without a level, is sent on as what the rules refuse, so that one
// place says what is wrong.
func (f form) terms() community.Terms {
	t := community.Terms{AcceptDays: least(f.Accept, 1), ResolveDays: least(f.Resolve, 1), CloseDays: least(f.Close, 1)}
	for _, r := range f.Ladder {
		if r.On {
			t.Ladder = append(t.Ladder, community.LadderStep{To: r.To, Days: least(r.Days, 0)})
		}
	}
	if len(t.Ladder) == 0 {
		t.Ladder = []community.LadderStep{{}}
	}
	return t
}

// least reads a number of days, -1 for what is none or too small.
func least(text string, min int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < min {
		return -1
	}
	return n
}

// Desk shows the terms to whoever may set them.
func (p *Pages) Desk(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	return p.show(v, r, 200, newForm(r.Node.Settings.Promises))
}

// room is where the terms are set; other staff are refused before they see the form.
func (p *Pages) room(v *page.Visit) (console.Room, error) {
	r, err := p.Community(v)
	if err != nil {
		return r, err
	}
	return r, identity.Can(v.Actor, identity.SetPromises, identity.At(r.Node))
}

func (p *Pages) show(v *page.Visit, r console.Room, status int, f form) error {
	shown := deskView{To: r.Path("/promises"), Public: publicPath(r.Node.ID), Now: r.Node.Settings.Promises.Terms, Form: f}
	var err error
	if shown.History, err = p.history(v, r.Node, shown.To); err != nil {
		return err
	}
	d, err := p.Console.Desk(v, r, "promises")
	if err != nil {
		return err
	}
	return v.ShowAs(status, DeskPage(d, shown))
}

// Change sets other terms. Whatever is refused, the form comes back as it was sent.
func (p *Pages) Change(v *page.Visit) error {
	r, err := p.room(v)
	if err != nil {
		return err
	}
	f := typed(v)
	cmd := deliberation.ChangePromises{Community: r.Node.ID, Terms: f.terms(), Reason: f.Reason}
	if cmd.Version, err = strconv.Atoi(f.Version); err != nil {
		cmd.Version = -1
	}
	node, err := p.Topics.ChangePromises(v.Context(), v.Actor, cmd)
	if err != nil {
		f.Problems = v.Refuse(err)
		if errors.Is(err, community.ErrPromisesChanged) {
			// The page now shows what somebody else has made of them; whoever sends the form again has seen it.
			if r, err = p.room(v); err != nil {
				return err
			}
			f.Version = strconv.Itoa(r.Node.Settings.Promises.Version)
		}
		return p.show(v, r, f.Problems.Status, f)
	}
	said := "terms.saved"
	if node.Settings.Promises.Version == cmd.Version {
		said = "terms.same"
	}
	return v.GoSaying(r.Path("/promises"), said)
}
