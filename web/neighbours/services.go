package neighbours

import (
	"strconv"
	"time"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// Services are what the pages need.
type Services struct {
	Neighbours *neighbourhood.Service
	Directory  *community.Directory
	Places     community.Places
	Shelf      upload.Shelf
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages; those of the desk stand in the console's frame.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell what waits for staff.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{
		"neighbours": func(v *page.Visit, r console.Room) (int, error) {
			return s.Neighbours.DeskCount(v.Context(), r.Actor, r.Node.ID)
		},
	}
}

// node returns the community that an address names, for somebody who may read it.
func (p *Pages) node(v *page.Visit) (community.Node, error) {
	n, err := v.Community(p.Directory)
	if err != nil {
		return n, err
	}
	return n, identity.Can(v.Actor, identity.ReadCommunity, identity.At(n))
}

func base(c community.ID) string { return "/c/" + string(c) }

// inDays reads a choice of days; what cannot be read is the zero instant, which the use case refuses.
func inDays(v *page.Visit) time.Time {
	n, err := strconv.Atoi(v.Field("days"))
	if err != nil || n < 1 || n > 400 {
		return time.Time{}
	}
	return v.Now.Add(time.Duration(n) * 24 * time.Hour)
}

// days offers lengths of time.
func days(v *page.Visit, all ...int) []view.Option {
	var options []view.Option
	for _, n := range all {
		text := strconv.Itoa(n)
		options = append(options, view.Option{Value: text, Text: v.T("neighbours.days", "n", text)})
	}
	return options
}

// options offers values whose words are in the catalogue.
func options[T ~string](v *page.Visit, prefix string, all []T) []view.Option {
	var options []view.Option
	for _, one := range all {
		options = append(options, view.Option{Value: string(one), Text: v.T(prefix + string(one))})
	}
	return options
}
