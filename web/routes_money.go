package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/money"
	"jushou/web/page"
)

// moneyRoutes lists the addresses of funds and vouchers.
func (s *Server) moneyRoutes(r fiber.Router) {
	p := money.New(s.deps.Money, s.console)
	do := page.Handle
	r.Get("/open/c/:community/money", do(p.Open))
	r.Get("/open/c/:community/money/table.xlsx", do(p.Table))
	r.Get("/open/town/:town/money", do(p.Open))
	r.Get("/open/town/:town/money/table.xlsx", do(p.Table))
	r.Get("/open/money/:fund", do(p.OpenFund))

	work := s.staffed()
	for _, place := range []string{"/desk/c/:community", "/desk/town/:town"} {
		r.Get(place+"/money", work(p.DeskList))
		r.Get(place+"/money/new", work(p.NewFund))
		r.Post(place+"/money/new", work(p.SetFund))
		r.Get(place+"/money/check", work(p.Check))
	}
	r.Get("/desk/money/:fund", work(p.Fund))
	r.Post("/desk/money/:fund/cap", work(p.ChangeCap))
	r.Get("/desk/money/:fund/draft", work(p.DraftForm))
	r.Post("/desk/money/:fund/draft", work(p.Draft))
	r.Get("/desk/money/:fund/vouchers/:voucher", work(p.Voucher))
	r.Post("/desk/money/:fund/vouchers/:voucher", work(p.Decide))
	r.Get("/desk/money/:fund/vouchers/:voucher/photos/:photo/:variant", work(p.Paper))
}
