// Package terms has the pages about 承诺时限: within how many days a community accepts and resolves what residents bring,
// for the secretary who sets them and for everybody who wants to know them and how they came about.
package terms

import (
	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/web/console"
)

// Services are what the pages need.
type Services struct {
	Topics    *deliberation.Service
	Directory *community.Directory
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages; the public ones stand outside the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }
