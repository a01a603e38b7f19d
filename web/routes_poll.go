package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/desk"
	"jushou/web/page"
	"jushou/web/poll"
)

// pollRoutes lists the addresses of polls.
func (s *Server) pollRoutes(r fiber.Router) {
	p, do := poll.New(s.deps.Poll, s.console), page.Handle
	r.Get("/c/:community/polls", do(p.List))
	r.Get("/v/:poll", do(p.Poll))
	r.Post("/v/:poll/confirm", do(p.Confirm))
	r.Post("/v/:poll/ballot", do(p.Cast))
	r.Get("/v/:poll/receipt", do(p.Receipt))
	r.Post("/v/:poll/objections", do(p.Object))
	r.Post("/v/:poll/check", do(p.Check))
	r.Get("/me/ballots", do(p.Mine))
	r.Get("/open/c/:community/polls", do(p.Results))
	r.Get("/open/polls/:poll", do(p.Open))
	r.Get("/open/polls/:poll/check", do(p.CheckForm))
	r.Get("/open/polls/:poll/charter", do(p.Charter))
	r.Get("/open/polls/:poll/election.pb", do(p.Election))
	r.Get("/open/polls/:poll/stakes", do(p.Stakes))
	r.Get("/open/polls/:poll/commits/:page", do(p.Commits))
	r.Get("/open/polls/:poll/ballots/:page", do(p.Ballots))
	r.Get("/open/polls/:poll/entries/:page", do(p.Entries))

	staff := desk.New(s.deps.Desk, s.console).Staff
	tend := func(h page.Handler) fiber.Handler { return page.Handle(staff(h)) }
	const polls = "/desk/c/:community/polls"
	r.Get(polls, tend(p.DeskList))
	r.Post(polls, tend(p.Draft))
	r.Get(polls+"/new", tend(p.New))
	r.Get(polls+"/:poll", tend(p.Tend))
	r.Get(polls+"/:poll/roll", tend(p.Roll))
	r.Post(polls+"/:poll/list", tend(p.Step(poll.ListRoll())))
	r.Post(polls+"/:poll/answer", tend(p.Step(poll.Answer())))
	r.Post(polls+"/:poll/add", tend(p.Step(poll.Add())))
	r.Post(polls+"/:poll/remove", tend(p.Step(poll.Remove())))
	r.Post(polls+"/:poll/postpone", tend(p.Step(poll.Postpone())))
	r.Post(polls+"/:poll/withdraw", tend(p.Step(poll.Withdraw())))
	r.Post(polls+"/:poll/remind", tend(p.Step(poll.Remind())))
	r.Post(polls+"/:poll/present", tend(p.Step(poll.Present())))
	r.Post(polls+"/:poll/recount", tend(p.Step(poll.Recount())))
	r.Post(polls+"/:poll/relist", tend(p.Step(poll.Relist())))
	r.Post(polls+"/:poll/finish", tend(p.Step(poll.Finish())))
	r.Post(polls+"/:poll/override", tend(p.Step(poll.Override())))
	r.Post(polls+"/:poll/overridden", tend(p.Step(poll.Confirmed())))
	r.Get(polls+"/:poll/papers", tend(p.Papers))
	r.Get(polls+"/:poll/seats/:voter", tend(p.Seat))
	r.Post(polls+"/:poll/seats/:voter/serve", tend(p.Serve))
	r.Post(polls+"/:poll/seats/:voter/mandate", tend(p.Mandate))
	r.Post(polls+"/:poll/seats/:voter/paper", tend(p.Paper))
	r.Get(polls+"/:poll/seats/:voter/photos/:photo/:variant", tend(p.SeatPhoto))
}
