package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/bulletin"
)

// bulletinRoutes lists the addresses of official notices on the console.
func (s *Server) bulletinRoutes(r fiber.Router) {
	p := bulletin.New(s.deps.Bulletin, s.console)
	do := s.staffed()

	for _, node := range []string{"/desk/c/:community", "/desk/town/:town"} {
		r.Get(node+"/notices", do(p.List))
		r.Post(node+"/notices/review", do(p.SetRule))
		r.Get(node+"/notice", do(p.New))
		r.Post(node+"/notice", do(p.Write))
	}
	r.Get("/desk/n/:bulletin", do(p.One))
	r.Get("/desk/n/:bulletin/edit", do(p.EditForm))
	r.Post("/desk/n/:bulletin/edit", do(p.Edit))
	r.Get("/desk/n/:bulletin/reached", do(p.Reached))
	r.Get("/desk/n/:bulletin/photos/:photo/:variant", do(p.Photo))
	r.Post("/desk/n/:bulletin/submit", do(p.Submit))
	r.Post("/desk/n/:bulletin/approve", do(p.Approve))
	r.Post("/desk/n/:bulletin/return", do(p.Return))
	r.Post("/desk/n/:bulletin/withdraw", do(p.Withdraw))
	r.Post("/desk/n/:bulletin/discard", do(p.Discard))
}
