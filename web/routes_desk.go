package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/page"
)

// deskRoutes lists the addresses of the staff console.
func (s *Server) deskRoutes(r fiber.Router) {
	p, do := &desk.Pages{Services: s.deps.Desk}, page.Handle
	_, _ = p, do
}
