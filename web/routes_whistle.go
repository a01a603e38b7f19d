package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/whistle"
)

// whistleRoutes lists the addresses where several units are called together.
func (s *Server) whistleRoutes(r fiber.Router) {
	p := whistle.New(s.deps.Whistle, s.console)
	do := s.staffed()

	r.Get("/c/:community/whistles", page.Handle(p.Public))
	r.Get("/whistles/:whistle", page.Handle(p.Record))

	r.Get("/desk/c/:community/whistles", do(p.Desk))
	r.Get("/desk/c/:community/whistles/new", do(p.NewCall))
	r.Post("/desk/c/:community/whistles", do(p.Call))
	r.Get("/desk/town/:town/whistles", do(p.Town))
	r.Get("/desk/w/:whistle", do(p.Work))
	r.Post("/desk/w/:whistle/step", do(p.Step))
	r.Post("/desk/w/:whistle/conclude", do(p.Conclude))
	r.Post("/desk/w/:whistle/evaluate", do(p.Evaluate))
	r.Post("/desk/w/:whistle/cancel", do(p.Cancel))
}
