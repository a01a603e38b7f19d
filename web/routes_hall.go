package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/hall"
	"jushou/web/page"
)

// hallRoutes lists the addresses of deliberations, days of questions and covenants.
func (s *Server) hallRoutes(r fiber.Router) {
	p, do := hall.New(s.deps.Hall, s.console), page.Handle
	r.Get("/c/:community/hall", do(p.List))
	r.Get("/hall/:hall", do(p.Session))
	r.Post("/hall/:hall/options", do(p.Propose))
	r.Get("/hall/:hall/o/:option", do(p.Option))
	r.Post("/hall/:hall/o/:option", do(p.Argue))
	r.Post("/hall/:hall/arguments/:argument/support", do(p.Support))
	r.Get("/hall/:hall/drafts/:draft", do(p.Draft))
	r.Get("/day/:day", do(p.Day))
	r.Post("/day/:day/questions", do(p.Ask))
	r.Post("/day/:day/questions/:question/join", do(p.Join))
	r.Get("/c/:community/covenants", do(p.CovenantList))
	r.Get("/covenant/:covenant", do(p.Covenant))
	r.Get("/covenant/:covenant/e/:edition", do(p.Edition))
	r.Post("/covenant/:covenant/e/:edition", do(p.Comment))
	s.hallDeskRoutes(r, p)
}

// hallDeskRoutes lists those of the console.
func (s *Server) hallDeskRoutes(r fiber.Router, p *hall.Pages) {
	do := s.staffed()

	const halls, days, covenants = "/desk/c/:community/hall", "/desk/c/:community/days", "/desk/c/:community/covenants"
	r.Get(halls, do(p.DeskList))
	r.Post(halls, do(p.OpenSession))
	r.Get(halls+"/new", do(p.NewSession))
	r.Get(halls+"/:hall", do(p.Tend))
	r.Post(halls+"/:hall/round", do(p.Step(hall.CloseRound())))
	r.Post(halls+"/:hall/extend", do(p.Step(hall.ExtendRound())))
	r.Post(halls+"/:hall/reopen", do(p.Step(hall.OpenRound())))
	r.Post(halls+"/:hall/pause", do(p.Step(hall.Pause())))
	r.Post(halls+"/:hall/resume", do(p.Step(hall.Resume())))
	r.Post(halls+"/:hall/propose", do(p.Step(hall.AddOption())))
	r.Post(halls+"/:hall/clear", do(p.Step(hall.ClearOption())))
	r.Post(halls+"/:hall/draft", do(p.Step(hall.WriteDraft())))
	r.Post(halls+"/:hall/fact", do(p.Step(hall.RecordFact())))
	r.Post(halls+"/:hall/decide", do(p.Step(hall.Decide())))
	r.Post(halls+"/:hall/report", do(p.Step(hall.Report())))
	r.Post(halls+"/:hall/drop", do(p.Step(hall.Drop())))
	r.Post(halls+"/:hall/arguments/:argument", do(p.Step(hall.HideArgument())))

	r.Post(days, do(p.Announce))
	r.Get(days+"/new", do(p.NewDay))
	r.Get(days+"/:day", do(p.DeskDay))
	r.Post(days+"/:day/close", do(p.CloseDay))
	r.Post(days+"/:day/cancel", do(p.CancelDay))
	r.Post(days+"/:day/questions/:question/answer", do(p.AnswerQuestion))
	r.Post(days+"/:day/questions/:question/hide", do(p.HideQuestion))

	r.Get(covenants, do(p.DeskCovenants))
	r.Post(covenants, do(p.DraftCovenant))
	r.Get(covenants+"/new", do(p.NewCovenant))
	r.Get(covenants+"/:covenant", do(p.KeepCovenant))
	r.Post(covenants+"/:covenant/edit", do(p.CovenantStep(hall.EditDraft())))
	r.Post(covenants+"/:covenant/open", do(p.CovenantStep(hall.OpenComments())))
	r.Post(covenants+"/:covenant/revise", do(p.CovenantStep(hall.Revise())))
	r.Post(covenants+"/:covenant/legal", do(p.CovenantStep(hall.NoteLegal())))
	r.Post(covenants+"/:covenant/adopt", do(p.CovenantStep(hall.RecordAdoption())))
	r.Post(covenants+"/:covenant/confirm", do(p.CovenantStep(hall.ConfirmAdoption())))
	r.Post(covenants+"/:covenant/back", do(p.CovenantStep(hall.SendBack())))
	r.Post(covenants+"/:covenant/file", do(p.CovenantStep(hall.File())))
	r.Post(covenants+"/:covenant/amend", do(p.CovenantStep(hall.Amend())))
	r.Post(covenants+"/:covenant/drop", do(p.CovenantStep(hall.DropEdition())))
	r.Post(covenants+"/:covenant/remarks/:remark/reply", do(p.CovenantStep(hall.Reply())))
	r.Post(covenants+"/:covenant/remarks/:remark/hide", do(p.CovenantStep(hall.HideComment())))
}
