package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/search"
)

// searchRoutes lists the addresses of searching.
func (s *Server) searchRoutes(r fiber.Router) {
	p, do := &search.Pages{Services: s.deps.Resident.Search}, page.Handle
	r.Get("/c/:community/search", do(p.Search))
	r.Get("/c/:community/similar", do(p.SimilarList))
}
