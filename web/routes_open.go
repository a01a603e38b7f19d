package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/open"
	"jushou/web/page"
)

// openRoutes lists the addresses of public pages.
func (s *Server) openRoutes(r fiber.Router) {
	p, do := &open.Pages{Services: s.deps.Open}, page.Handle
	_, _ = p, do
}
