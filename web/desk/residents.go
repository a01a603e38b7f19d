package desk

import (
	"net/url"
	"strconv"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// residentsView is who waits to be verified.
type residentsView struct {
	Claims []claim
	Pager  view.Pager
	// Gone is what became of a decision about a claim that is not in the list any more.
	Gone view.Problems
}

// claim is one line: what staff need to decide.
type claim struct {
	Account, Home, Name, Phone, Where string
	Since                             time.Time
	// Hint is a key of the catalogue: how the claim compares with the household roster.
	Hint     string
	Listed   int
	To       string
	Rejected rejection
}

// rejection is a reason on its way.
type rejection struct {
	Account, Reason string
	Problems        view.Problems
}

// claimsPage is how many claims a page of the queue holds; identity decides it.
const claimsPage = 20

// Residents lists the claims that wait, the oldest first.
func (p *Pages) Residents(v *page.Visit) error { return p.showResidents(v, 200, rejection{}) }

func (p *Pages) showResidents(v *page.Visit, status int, refused rejection) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	after := v.Query("after")
	queue, err := p.People.PendingQueue(v.Context(), v.Actor, r.Node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	buildings, err := p.buildings(v, r.Node.ID)
	if err != nil {
		return err
	}
	shown := residentsView{Gone: refused.Problems, Pager: view.Pager{
		Total: queue.Count, Order: "order.oldest", Step: claimsPage, Later: after != "", First: r.Path("/residents"),
	}}
	if queue.Next != "" {
		shown.Pager.Next = r.Path("/residents?after=" + url.QueryEscape(string(queue.Next)))
	}
	for _, w := range queue.Waiting {
		c := claim{
			Account: string(w.Account), Home: string(w.Household), Name: w.Name, Phone: w.Phone, Since: w.Since,
			Where: buildings[w.Building] + " " + w.Room, Hint: hint(w), Listed: w.Listed, To: r.Path("/residents/" + string(w.Account)),
		}
		if c.Account == refused.Account {
			c.Rejected, shown.Gone = refused, view.Problems{}
		}
		shown.Claims = append(shown.Claims, c)
	}
	d, err := p.Desk(v, r, "residents")
	if err != nil {
		return err
	}
	return v.ShowAs(status, ResidentsPage(d, shown))
}

// hint returns the sentence that compares a claim with the roster.
func hint(w identity.Waiting) string {
	switch {
	case w.NameListed && w.PhoneListed:
		return "residents.hint_both"
	case w.NameListed:
		return "residents.hint_name"
	case w.PhoneListed:
		return "residents.hint_phone"
	case w.Listed > 0:
		return "residents.hint_others"
	}
	return "residents.hint_unknown"
}

// buildings returns the names of a community's buildings.
func (p *Pages) buildings(v *page.Visit, in community.ID) (map[community.BuildingID]string, error) {
	all, err := p.Places.BuildingsIn(v.Context(), in)
	if err != nil {
		return nil, err
	}
	names := make(map[community.BuildingID]string, len(all))
	for _, b := range all {
		names[b.ID] = b.Name
	}
	return names, nil
}

func listed(n int) string { return strconv.Itoa(n) }
