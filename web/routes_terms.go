package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/page"
	"jushou/web/terms"
)

// termRoutes lists the addresses of 承诺时限.
func (s *Server) termRoutes(r fiber.Router) {
	p := terms.New(terms.Services{Topics: s.deps.Open.Topics, Directory: s.deps.Open.Directory}, s.console)
	staff := desk.New(s.deps.Desk, s.console).Staff
	r.Get("/open/c/:community/promises", page.Handle(p.Open))
	r.Get("/desk/c/:community/promises", page.Handle(staff(p.Desk)))
	r.Post("/desk/c/:community/promises", page.Handle(staff(p.Change)))
}
