// Package hall holds the pages of 议事厅: deliberations, days of questions, covenants; residents' and the desk's.
package hall

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/web/console"
	"jushou/web/page"
)

// Services are what the pages need.
type Services struct {
	Halls     *hall.Service
	Covenants *covenant.Service
	Projects  *projects.Service
	Topics    *deliberation.Service
	People    People
	Directory *community.Directory
	// Zone is the time zone in which forms mean their instants.
	Zone *time.Location
}

// People finds who may answer on a day; *identity.Service implements it.
type People interface {
	RoleHolders(ctx context.Context, role identity.Role, node community.ID) ([]identity.AccountID, error)
	Names(ctx context.Context, people []identity.AccountID) (map[identity.AccountID]identity.PublicName, error)
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// inputDate is how browsers write dates, in the zone of the pages.
const inputDate = "2006-01-02"

// endOf reads a date and returns the end of its working hours, six in the evening: promises for a day are kept by then.
func (p *Pages) endOf(v *page.Visit, field string) time.Time {
	t, err := time.ParseInLocation(inputDate, v.Field(field), p.Zone)
	if err != nil {
		return time.Time{}
	}
	return t.Add(18 * time.Hour).UTC()
}

// startOf reads a date and returns its beginning.
func (p *Pages) startOf(v *page.Visit, field string) time.Time {
	t, err := time.ParseInLocation(inputDate, v.Field(field), p.Zone)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}

func (p *Pages) dateIn(now time.Time, days int) string {
	return now.In(p.Zone).AddDate(0, 0, days).Format(inputDate)
}

// here refuses what belongs to another community than the address says.
func here(r console.Room, in community.ID) error {
	if r.Node.ID != in {
		return page.ErrNotFound
	}
	return nil
}
