package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/digest"
	"jushou/web/page"
)

// digestRoutes lists the addresses of what communities pass up to their town.
func (s *Server) digestRoutes(r fiber.Router) {
	p := digest.New(s.deps.Digest, s.console)
	do := page.Handle
	r.Get("/c/:community/digests", do(p.Public))
	r.Get("/digest/:digest", do(p.Record))
	r.Get("/digest/:digest/print", do(p.Print))
	r.Get("/digest/:digest/table.xlsx", do(p.Table))
	r.Get("/digest/:digest/groups/:group", do(p.Group))

	work := s.staffed()
	r.Get("/desk/c/:community/digests", work(p.DeskList))
	r.Post("/desk/c/:community/digests", work(p.Open))
	r.Get("/desk/c/:community/digests/new", work(p.New))
	r.Get("/desk/town/:town/digests", work(p.Town))
	r.Get("/desk/digest/:digest", work(p.Work))
	r.Post("/desk/digest/:digest/step", work(p.Step))
	r.Get("/desk/digest/:digest/collect", work(p.Collect))
	r.Post("/desk/digest/:digest/place", work(p.Place))
	r.Post("/desk/digest/:digest/groups", work(p.NewGroup))
	r.Get("/desk/digest/:digest/groups/:group", work(p.GroupWork))
	r.Post("/desk/digest/:digest/groups/:group", work(p.WriteGroup))
	r.Post("/desk/digest/:digest/groups/:group/drop", work(p.DropGroup))
	r.Post("/desk/digest/:digest/groups/:group/move", work(p.Move))
	r.Post("/desk/digest/:digest/groups/:group/answer", work(p.Answer))
}
