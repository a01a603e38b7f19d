package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/owners"
	"jushou/web/page"
)

// ownerRoutes lists the addresses of the owners' register.
func (s *Server) ownerRoutes(r fiber.Router) {
	p, do := owners.New(s.deps.Owners, s.console), page.Handle
	r.Get("/c/:community/units", do(p.Mine))
	r.Post("/c/:community/units", do(p.Claim))

	staff := desk.New(s.deps.Desk, s.console).Staff
	tend := func(h page.Handler) fiber.Handler { return page.Handle(staff(h)) }
	const register = "/desk/c/:community/owners"
	r.Get(register, tend(p.Book))
	r.Post(register, tend(p.Read))
	r.Get(register+"/template.xlsx", tend(p.Template))
	r.Post(register+"/basis", tend(p.Record))
	r.Post(register+"/basis/:basis/confirm", tend(p.Confirm))
	r.Post(register+"/basis/:basis/revoke", tend(p.Revoke))
	r.Get(register+"/basis/:basis/photos/:photo/:variant", tend(p.Photo))
	r.Post(register+"/bind", tend(p.Bind))
	r.Get(register+"/:version", tend(p.Version))
	r.Post(register+"/:version/decide", tend(p.Decide))
}
