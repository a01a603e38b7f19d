package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/publiclog"
)

// publicLogRoutes lists the addresses of the public log: its files for programs, and its pages.
func (s *Server) publicLogRoutes(r fiber.Router) {
	p, do := publiclog.New(s.deps.PublicLog), page.Handle
	r.Get("/open/log", do(p.Home))
	r.Get("/open/log/check", do(p.Check))
	r.Get("/open/log/print", do(p.Print))
	r.Get("/open/log/code/:size", do(p.Code))
	r.Get("/open/log/entry/:index", do(p.Entry))

	r.Get("/open/log/checkpoint", do(p.Checkpoint))
	r.Get("/open/log/key", do(p.Key))
	r.Get("/open/log/tile/*", do(p.Tile))
}
