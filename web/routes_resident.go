package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/resident"
)

// residentRoutes lists the addresses of residents' pages.
func (s *Server) residentRoutes(r fiber.Router) {
	p, do := &resident.Pages{Services: s.deps.Resident}, page.Handle
	r.Get("/", do(p.Front))
	r.Post("/elder", do(p.Elder))
	r.Get("/post", do(p.PostHere))

	r.Get("/c/:community", do(p.Home))
	r.Get("/c/:community/topics", do(p.Feed))
	r.Get("/c/:community/progress", do(p.Progress))
	r.Get("/c/:community/post", do(p.NewTopic))
	r.Post("/c/:community/post", do(p.PostTopic))

	r.Get("/t/:topic", do(p.Topic))
	r.Get("/t/:topic/photos/:photo/:variant", do(p.TopicPhoto))
	r.Post("/t/:topic/comments", do(p.Comment))
	r.Post("/t/:topic/confirm", do(p.Confirm))
	r.Get("/t/:topic/edit", do(p.EditForm))
	r.Post("/t/:topic/edit", do(p.Edit))
	r.Get("/t/:topic/withdraw", do(p.WithdrawForm))
	r.Post("/t/:topic/withdraw", do(p.Withdraw))

	r.Post("/photos", do(p.Upload))
	r.Get("/photos/:photo/:variant", do(p.Preview))

	r.Get("/welcome", do(p.Welcome))
	r.Post("/welcome", do(p.Register))

	r.Get("/me", do(p.Me))
	r.Post("/me/notices", do(p.Notices))
	r.Get("/me/quiet", do(p.QuietForm))
	r.Post("/me/quiet", do(p.Quiet))
	r.Get("/me/topics", do(p.MyTopics))
	r.Get("/me/inbox", do(p.ShowInbox))
	r.Post("/me/inbox/read", do(p.ReadAll))
	r.Get("/me/inbox/:notice", do(p.OpenNotice))
	r.Get("/me/homes", do(p.Homes))
	r.Get("/me/move", do(p.MoveForm))
	r.Post("/me/move", do(p.Move))
	r.Get("/me/leave", do(p.LeaveForm))
	r.Post("/me/leave", do(p.Leave))
	r.Get("/me/privacy", do(p.Privacy))
	r.Post("/me/consent", do(p.Consent))
	r.Get("/me/data", do(p.MyData))
	r.Get("/me/data.json", do(p.MyDataCopy))
	r.Get("/me/delete", do(p.DeleteForm))
	r.Post("/me/delete", do(p.Delete))
}
