package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/assisted"
	"jushou/web/desk"
	"jushou/web/page"
)

// assistedRoutes lists the addresses where what staff entered for somebody offline is confirmed.
func (s *Server) assistedRoutes(r fiber.Router) {
	p, do := assisted.New(s.deps.Assisted, s.console), page.Handle
	staff := desk.New(s.deps.Desk, s.console).Staff

	r.Get("/entry/:entry", do(p.Entry))
	r.Post("/entry/:entry/confirm", do(p.Confirm))
	r.Post("/entry/:entry/dispute", do(p.Dispute))

	r.Get("/desk/c/:community/assist/entries", do(staff(p.Desk)))
	r.Post("/desk/c/:community/assist/entries/:entry", do(staff(p.Tend)))
	r.Get("/desk/c/:community/assist/entries/:entry/paper/:variant", do(staff(p.Paper)))
}
