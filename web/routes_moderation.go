package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/moderation"
	"jushou/web/page"
)

// moderationRoutes lists the addresses of comments, reports, appeals, the moderators' queue and the boards.
func (s *Server) moderationRoutes(r fiber.Router) {
	p := moderation.New(s.deps.Moderation, s.console)
	do := s.staffed()

	r.Get("/t/:topic/comments/:comment", page.Handle(p.Comment))
	r.Post("/t/:topic/comments/:comment/edit", page.Handle(p.EditComment))
	r.Post("/t/:topic/comments/:comment/withdraw", page.Handle(p.WithdrawComment))
	r.Get("/report/:kind/:thing", page.Handle(p.ReportForm))
	r.Post("/report/:kind/:thing", page.Handle(p.Report))
	r.Get("/appeal/:kind/:thing", page.Handle(p.AppealForm))
	r.Post("/appeal/:kind/:thing", page.Handle(p.Appeal))

	for _, desk := range []string{"/desk/c/:community", "/desk/town/:town"} {
		r.Get(desk+"/moderation", do(p.Queue))
		r.Post(desk+"/moderation/decide", do(p.Decide))
		r.Post(desk+"/moderation/bulk", do(p.Bulk))
	}
	r.Get("/desk/c/:community/boards", do(p.Boards))
	r.Post("/desk/c/:community/boards", do(p.SetBoards))
	r.Get("/desk/c/:community/speak", do(p.Speak))
	r.Get("/desk/c/:community/boards/:board/write", do(p.Write))
	r.Post("/desk/c/:community/boards/:board/write", do(p.WriteOn))
}
