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

	r.Get("/desk/c/:community/assist/boxes", do(staff(p.Boxes)))
	r.Post("/desk/c/:community/assist/boxes", do(staff(p.SaveBox)))
	r.Post("/desk/c/:community/assist/boxes/:box/empty", do(staff(p.EmptyBox)))
	r.Post("/desk/c/:community/assist/boxes/:box/close", do(staff(p.CloseBox)))
	r.Get("/desk/c/:community/assist/boxes/:box/poster", do(staff(p.Poster)))
	r.Get("/desk/c/:community/assist/boxes/:box/code.png", do(staff(p.Code)))

	r.Get("/desk/c/:community/assist/entries", do(staff(p.Desk)))
	r.Post("/desk/c/:community/assist/entries/:entry", do(staff(p.Tend)))
	r.Get("/desk/c/:community/assist/entries/:entry/paper/:variant", do(staff(p.Paper)))
}
