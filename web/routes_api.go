package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/api"
	"jushou/web/page"
)

// apiRoutes lays the addresses of the JSON API, which are listed in the tables of package api.
func (s *Server) apiRoutes(r fiber.Router) {
	r.Get(api.Prefix+"/openapi.json", page.Handle(api.Serve()))
	actions := &api.Actions{Services: s.deps.API}
	for _, a := range api.Table() {
		r.Add(a.Method, a.Route(), page.Handle(actions.Handler(a)))
	}
}
