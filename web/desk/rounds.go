package desk

import (
	"net/url"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// roundLine is one Round of the past.
type roundLine struct {
	deliberation.Round
	Duty string
	// Late is how long after its time the Round was held, zero in time.
	Late time.Duration
}

// lateRound is from when on a Round is said to have been held late.
const lateRound = 10 * time.Minute

// PastRounds lists what each Round found, the latest first.
func (p *Pages) PastRounds(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	after := v.Query("after")
	found, next, err := p.Topics.Rounds(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	lines, err := p.roundLines(v, r, found)
	if err != nil {
		return err
	}
	pager := view.Pager{Total: -1, Shown: len(found), Order: "rounds.order", Step: len(found), Later: after != "", First: r.Path("/rounds")}
	if next != "" {
		pager.Next = r.Path("/rounds?after=" + url.QueryEscape(string(next)))
	}
	d, err := p.Desk(v, r, "rounds")
	if err != nil {
		return err
	}
	return v.Show(RoundsPage(d, lines, pager))
}

func (p *Pages) roundLines(v *page.Visit, r console.Room, found []deliberation.Round) ([]roundLine, error) {
	var ids []identity.AccountID
	for _, x := range found {
		if x.Duty != "" {
			ids = append(ids, x.Duty)
		}
	}
	names, err := p.People.Names(v.Context(), ids)
	if err != nil {
		return nil, err
	}
	lines := make([]roundLine, len(found))
	for i, x := range found {
		lines[i].Round = x
		if n, ok := names[x.Duty]; ok {
			lines[i].Duty, _ = n.At(identity.At(r.Node))
		}
		if late := x.HeldAt.Sub(x.At); late >= lateRound {
			lines[i].Late = late
		}
	}
	return lines, nil
}
