package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/page"
	"jushou/web/phrases"
)

// phraseRoutes lists the addresses of 常用回复.
func (s *Server) phraseRoutes(r fiber.Router) {
	staff := desk.New(s.deps.Desk, s.console)
	p := phrases.New(phrases.Services{Book: s.deps.Desk.Phrases}, s.console)
	do := func(h page.Handler) fiber.Handler { return page.Handle(staff.Staff(h)) }

	r.Get("/desk/c/:community/phrases", do(p.List))
	r.Post("/desk/c/:community/phrases", do(p.Save))
	r.Post("/desk/c/:community/phrases/:phrase/drop", do(p.Drop))
}
