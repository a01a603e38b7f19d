package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/resident"
	"jushou/web/page"
)

// residentRoutes lists the addresses of residents' pages.
func (s *Server) residentRoutes(r fiber.Router) {
	p, do := &resident.Pages{Services: s.deps.Resident}, page.Handle
	_, _ = p, do
}
