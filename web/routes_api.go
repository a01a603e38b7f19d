package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/api"
	"jushou/web/page"
)

// apiRoutes lists the addresses of the JSON API, all under /api/v1.
func (s *Server) apiRoutes(r fiber.Router) {
	p, do := &api.Actions{Services: s.deps.API}, page.Handle
	_, _ = p, do
}
