// Package phrases holds the page on which a community keeps the sentences its answers often begin with, 常用回复.
package phrases

import (
	"jushou/deliberation/phrasebook"
	"jushou/web/console"
)

// Services are what the pages need.
type Services struct {
	Book *phrasebook.Service
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }
