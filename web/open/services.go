package open

import (
	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
)

// Services are what public pages need.
type Services struct {
	Topics    *deliberation.Service
	Directory *community.Directory
	Calendar  *calendar.Calendar
	// ConsentVersion names the text that newcomers agree to.
	ConsentVersion string
}

// Pages are the handlers of public pages.
type Pages struct {
	Services
	figures figures
}

// New returns the handlers.
func New(s Services) *Pages {
	return &Pages{Services: s, figures: figures{held: map[community.ID]figure{}}}
}
