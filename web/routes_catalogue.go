package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/catalogue"
)

// catalogueRoutes lists the addresses of a town's list of items.
func (s *Server) catalogueRoutes(r fiber.Router) {
	p := catalogue.New(s.deps.Catalogue, s.console)
	do := s.staffed()

	r.Get("/desk/c/:community/catalogue", do(p.Community))
	r.Get("/desk/town/:town/catalogue", do(p.Town))
	r.Post("/desk/town/:town/catalogue", do(p.Upload))
	r.Get("/desk/town/:town/catalogue/draft", do(p.Draft))
	r.Post("/desk/town/:town/catalogue/confirm", do(p.Confirm))
	r.Get("/desk/town/:town/catalogue/template.xlsx", do(p.Template))
	r.Get("/desk/town/:town/catalogue/list.xlsx", do(p.Table))
}
