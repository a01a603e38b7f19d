// Package moderation has the pages about what is shown and what is not: a comment with everything that may be done with
// it, reports and appeals for residents, the queue of moderators, and a community's boards.
package moderation

import (
	"context"

	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
)

// Services are what the pages need.
type Services struct {
	Topics     *deliberation.Service
	Moderation *moderation.Service
	Directory  *community.Directory
	Shelf      upload.Shelf
	// Elsewhere are rooms with reports of their own, which the queue leads to.
	Elsewhere []Elsewhere
}

// Elsewhere is a room that keeps reports of its own, because more than a text is to be decided there.
type Elsewhere struct {
	Key  string // names it: moderation.else.<key> in the catalogue
	Path string // below the community's desk
	// Count returns how many wait; a refusal shows nothing.
	Count func(ctx context.Context, actor identity.Actor, c community.ID) (int, error)
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// Counts tell how many cases wait for moderators.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{
		"moderation": func(v *page.Visit, r console.Room) (int, error) {
			return s.Moderation.Count(v.Context(), r.Actor, r.Node.ID)
		},
	}
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }
