package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/neighbours"
	"jushou/web/page"
)

// neighbourRoutes lists the addresses of 左邻右舍 and 希望树.
func (s *Server) neighbourRoutes(r fiber.Router) {
	p, do := neighbours.New(s.deps.Neighbours, s.console), page.Handle
	staff := desk.New(s.deps.Desk, s.console).Staff
	r.Get("/c/:community/neighbours", do(p.List))
	r.Get("/c/:community/neighbours/post", do(p.NewOffer))
	r.Post("/c/:community/neighbours/post", do(p.PostOffer))
	r.Get("/n/:offer", do(p.Offer))
	r.Get("/n/:offer/photos/:photo/:variant", do(p.OfferPhoto))
	r.Post("/n/:offer/answer", do(p.Answer))
	r.Post("/n/:offer/steps", do(p.StepOffer))
	r.Get("/x/:exchange", do(p.Talk))
	r.Post("/x/:exchange/words", do(p.Say))
	r.Post("/x/:exchange/steps", do(p.StepTalk))
	r.Get("/me/neighbours", do(p.ShowMine))
	r.Post("/me/neighbours/unblock", do(p.Unblock))

	r.Get("/c/:community/wishes", do(p.Tree))
	r.Get("/c/:community/wishes/post", do(p.NewWish))
	r.Post("/c/:community/wishes/post", do(p.HangWish))
	r.Get("/wish/:wish", do(p.Wish))
	r.Post("/wish/:wish/adopt", do(p.Adopt))
	r.Post("/wish/:wish/steps", do(p.StepWish))

	r.Get("/desk/c/:community/neighbours", do(staff(p.Desk)))
	r.Get("/desk/c/:community/neighbours/wish", do(staff(p.NewOfflineWish)))
	r.Post("/desk/c/:community/neighbours/wish", do(staff(p.OfflineWish)))
	r.Post("/desk/c/:community/neighbours/offers/:offer", do(staff(p.TendOffer)))
	r.Post("/desk/c/:community/neighbours/x/:exchange", do(staff(p.ReadTalk)))
	r.Post("/desk/c/:community/neighbours/x/:exchange/judge", do(staff(p.JudgeTalk)))
}
