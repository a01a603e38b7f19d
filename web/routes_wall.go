package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/wall"
)

// wallRoutes lists the addresses of what hangs on walls.
func (s *Server) wallRoutes(r fiber.Router) {
	p, do := wall.New(s.deps.Wall), page.Handle
	r.Get("/open/c/:community/screen", do(p.Screen))
	r.Get("/open/town/:town/screen", do(p.Screen))
	r.Get("/open/p/:project/poster", do(p.Poster))
	r.Get("/open/p/:project/poster/:variant", do(p.Photo))
	r.Get("/open/p/:project/code.png", do(p.Code))
}
