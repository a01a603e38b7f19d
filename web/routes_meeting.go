package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/meeting"
	"jushou/web/page"
)

// meetingRoutes lists the addresses of meetings and of what they decided.
func (s *Server) meetingRoutes(r fiber.Router) {
	p := meeting.New(s.deps.Meeting, s.console)
	do := s.staffed()

	r.Get("/c/:community/meetings", page.Handle(p.Public))
	r.Get("/meeting/:meeting", page.Handle(p.Read))
	r.Post("/meeting/:meeting/opinions", page.Handle(p.Opine))
	r.Post("/meeting/:meeting/seat", page.Handle(p.Seat))
	r.Post("/meeting/:meeting/reply", page.Handle(p.Reply))

	r.Get("/desk/c/:community/meetings", do(p.Desk))
	r.Get("/desk/c/:community/meetings/new", do(p.NewCall))
	r.Post("/desk/c/:community/meetings", do(p.Call))
	r.Get("/desk/town/:town/meetings", do(p.Town))
	r.Get("/desk/m/:meeting", do(p.Work))
	r.Post("/desk/m/:meeting/announce", do(p.Announce))
	r.Post("/desk/m/:meeting/invite", do(p.Invite))
	r.Post("/desk/m/:meeting/reply", do(p.DeskReply))
	r.Post("/desk/m/:meeting/postpone", do(p.Postpone))
	r.Post("/desk/m/:meeting/cancel", do(p.Cancel))
	r.Post("/desk/m/:meeting/presence", do(p.Hold))
	r.Get("/desk/m/:meeting/minutes", do(p.NewMinutes))
	r.Post("/desk/m/:meeting/minutes", do(p.WriteMinutes))
	r.Post("/desk/m/:meeting/confirm", do(p.Check))
	r.Post("/desk/m/:meeting/return", do(p.Return))
	r.Post("/desk/m/:meeting/publish", do(p.Publish))
	r.Post("/desk/m/:meeting/hide", do(p.Hide))
	r.Get("/desk/mt/:task", do(p.Task))
	r.Post("/desk/mt/:task/reports", do(p.Report))
	r.Post("/desk/mt/:task/later", do(p.Later))
	r.Post("/desk/mt/:task/decide", do(p.Decide))
}
