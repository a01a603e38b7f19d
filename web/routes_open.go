package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/open"
	"jushou/web/page"
)

// openRoutes lists the addresses of public pages.
func (s *Server) openRoutes(r fiber.Router) {
	p, do := open.New(s.deps.Open), page.Handle
	r.Get("/open", do(p.District))
	r.Get("/open/c/:community", do(p.Community))
	r.Get("/open/clock", do(p.Clock))
	r.Get("/open/privacy", do(p.Privacy))
	r.Get("/open/accessibility", do(p.Accessibility))
}
