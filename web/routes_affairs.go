package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/affairs"
	"jushou/web/page"
)

// affairsRoutes lists the addresses of what communities publish.
func (s *Server) affairsRoutes(r fiber.Router) {
	p := affairs.New(s.deps.Affairs, s.console)
	do := page.Handle
	r.Get("/c/:community/affairs", do(p.Board))
	r.Get("/c/:community/affairs/table.xlsx", do(p.Table))
	r.Get("/affairs/:item", do(p.Item))
	r.Get("/affairs/:item/versions/:version", do(p.Version))
	r.Get("/affairs/:item/photos/:photo/:variant", do(p.Photo))
	r.Post("/affairs/:item/questions", do(p.Ask))

	work := s.staffed()
	r.Get("/desk/c/:community/affairs", work(p.DeskList))
	r.Get("/desk/c/:community/affairs/new", work(p.New))
	r.Post("/desk/c/:community/affairs/new", work(p.Enter))
	r.Get("/desk/c/:community/affairs/schedule", work(p.Schedule))
	r.Post("/desk/c/:community/affairs/schedule", work(p.SetSchedule))
	r.Get("/desk/affairs/:item", work(p.Work))
	r.Post("/desk/affairs/:item/review", work(p.Review))
	r.Get("/desk/affairs/:item/correct", work(p.CorrectForm))
	r.Post("/desk/affairs/:item/correct", work(p.Correct))
	r.Post("/desk/affairs/:item/questions/:question", work(p.Answer))
}
