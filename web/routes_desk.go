package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/page"
)

// deskRoutes lists the addresses of the staff console.
func (s *Server) deskRoutes(r fiber.Router) {
	p := desk.New(s.deps.Desk, s.console)
	do := func(h page.Handler) fiber.Handler { return page.Handle(p.Staff(h)) }

	r.Get("/desk/login", page.Handle(p.Login))
	r.Get("/desk/login/state", page.Handle(p.LoginState))
	r.Get("/desk/login/:picture", page.Handle(p.LoginCode))

	r.Get("/desk", do(p.Entry))
	r.Get("/desk/roles", do(p.Roles))
	r.Post("/desk/roles", do(p.Grant))
	r.Post("/desk/roles/revoke", do(p.Revoke))
	r.Get("/desk/town/:town", do(p.Town))
	r.Get("/desk/town/:town/department", do(p.Department))

	r.Get("/desk/t/:topic", do(p.Topic))
	r.Post("/desk/t/:topic/answer", do(p.Answer))
	r.Post("/desk/t/:topic/accept", do(p.Accept))
	r.Post("/desk/t/:topic/refuse", do(p.Refuse))
	r.Post("/desk/t/:topic/ask", do(p.AskAuthor))
	r.Post("/desk/t/:topic/dispatch", do(p.Dispatch))
	r.Post("/desk/t/:topic/contest", do(p.Contest))
	r.Post("/desk/t/:topic/review", do(p.Review))
	r.Post("/desk/t/:topic/take", do(p.Take))
	r.Post("/desk/t/:topic/report", do(p.Report))
	r.Post("/desk/t/:topic/verify", do(p.Check))
	r.Post("/desk/t/:topic/uphold", do(p.Uphold))
	r.Post("/desk/t/:topic/extend", do(p.AskMore))
	r.Post("/desk/t/:topic/decide", do(p.DecideMore))
	r.Post("/desk/t/:topic/merge", do(p.Merge))
	r.Post("/desk/t/:topic/move", do(p.Move))
	r.Post("/desk/t/:topic/reopen", do(p.Reopen))
	r.Post("/desk/t/:topic/hold", do(p.Hold))
	r.Post("/desk/t/:topic/release", do(p.Release))
	r.Post("/desk/t/:topic/hide", do(p.Hide))
	r.Post("/desk/t/:topic/comments/:comment/hide", do(p.HideComment))
	r.Post("/desk/t/:topic/comments/:comment/release", do(p.ReleaseComment))

	r.Get("/desk/c/:community", do(p.Queue))
	r.Get("/desk/c/:community/more", do(p.More))

	r.Get("/desk/c/:community/residents", do(p.Residents))
	r.Get("/desk/c/:community/residents/:account", do(p.Person))
	r.Post("/desk/c/:community/residents/:account", do(p.SeePerson))
	r.Post("/desk/c/:community/residents/:account/verify", do(p.Verify))
	r.Post("/desk/c/:community/residents/:account/reject", do(p.Reject))

	r.Get("/desk/c/:community/duty", do(p.Duty))
	r.Post("/desk/c/:community/duty/handover", do(p.HandOver))
	r.Post("/desk/c/:community/duty/roster", do(p.SetDuty))
	r.Post("/desk/c/:community/duty/rounds", do(p.SetRounds))

	r.Get("/desk/c/:community/import", do(p.Imports))
	r.Post("/desk/c/:community/import", do(p.Upload))
	r.Get("/desk/c/:community/import/template.xlsx", do(p.Template))
	r.Get("/desk/c/:community/import/:import", do(p.Import))
	r.Get("/desk/c/:community/import/:import/progress", do(p.Progress))
	r.Get("/desk/c/:community/import/:import/marked.xlsx", do(p.Marked))
	r.Post("/desk/c/:community/import/:import/confirm", do(p.Confirm))
	r.Post("/desk/c/:community/import/:import/discard", do(p.Discard))

	r.Get("/desk/c/:community/stats", do(p.Stats))
	r.Get("/desk/c/:community/rounds", do(p.PastRounds))
	r.Get("/desk/c/:community/assist", do(p.NewAssist))
	r.Post("/desk/c/:community/assist", do(p.Assist))
}

// staffed makes handlers of pages for which staff sign in.
func (s *Server) staffed() func(page.Handler) fiber.Handler {
	staff := desk.New(s.deps.Desk, s.console).Staff
	return func(h page.Handler) fiber.Handler { return page.Handle(staff(h)) }
}
