package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/project"
)

// projectRoutes lists the addresses of small projects.
func (s *Server) projectRoutes(r fiber.Router) {
	p, do := project.New(s.deps.Project, s.console), page.Handle
	const list, one = "/c/:community/projects", "/p/:project"
	r.Get("/open/c/:community/projects", do(p.Open))
	r.Get(list, do(p.List))
	r.Post(list, do(p.Propose))
	r.Get(list+"/new", do(p.New))
	r.Get("/c/:community/calls", do(p.Calls))
	r.Get("/calls/:call", do(p.Call))
	r.Get("/me/projects", do(p.Mine))
	r.Get(one, do(p.Project))
	r.Get(one+"/edit", do(p.Edit))
	r.Post(one+"/edit", do(p.Revise))
	r.Post(one+"/submit", do(p.Step(project.Submit())))
	r.Post(one+"/withdraw", do(p.Step(project.Withdraw())))
	r.Post(one+"/join", do(p.Step(project.Join())))
	r.Post(one+"/unjoin", do(p.Step(project.Unjoin())))
	r.Post(one+"/partner", do(p.Step(project.Partner())))
	r.Post(one+"/endorse", do(p.Step(project.Endorse())))
	r.Post(one+"/hand", do(p.Step(project.Hand())))
	r.Post(one+"/lower", do(p.Step(project.Lower())))
	r.Post(one+"/leave", do(p.Step(project.LeaveLead())))
	r.Post(one+"/plan", do(p.Step(project.WritePlan())))
	r.Post(one+"/put", do(p.Step(project.PutForward())))
	r.Post(one+"/paper", do(p.Step(project.Paper())))
	r.Get(one+"/papers/:photo/:variant", do(p.PaperPhoto))
	r.Get(one+"/photos/:photo/:variant", do(p.Photo))
	r.Post(one+"/object", do(p.Step(project.Object())))
	s.projectWorkRoutes(r, p)
	s.judgingRoutes(r, p)
	s.projectDeskRoutes(r, p)
	s.formerRoutes(r, p)
	s.presetRoutes(r, p)
}

// projectWorkRoutes lists those of the work, from 立项 to the report that it is done.
func (s *Server) projectWorkRoutes(r fiber.Router, p *project.Pages) {
	const one = "/p/:project"
	do := page.Handle
	r.Post(one+"/follow", do(p.Step(project.Follow())))
	r.Post(one+"/permit", do(p.Step(project.Permit())))
	r.Post(one+"/milestones", do(p.Step(project.Milestones())))
	r.Post(one+"/start", do(p.Step(project.Start())))
	r.Post(one+"/reach", do(p.Step(project.Reach())))
	r.Post(one+"/confirm", do(p.Step(project.Confirm())))
	r.Post(one+"/vary", do(p.Step(project.Vary())))
	r.Post(one+"/unvary", do(p.Step(project.Unvary())))
	r.Post(one+"/supervise", do(p.Step(project.Supervise())))
	r.Post(one+"/unsupervise", do(p.Step(project.Unsupervise())))
	r.Post(one+"/finish", do(p.Step(project.Finish())))
	r.Post(one+"/news", do(p.PostNews))
	r.Get(one+"/news", do(p.News))
	r.Post(one+"/news/:news/hide", do(p.HideNews))
	r.Get(one+"/news/:news/:photo/:variant", do(p.NewsPhoto))
}

// projectDeskRoutes lists those of the console.
func (s *Server) projectDeskRoutes(r fiber.Router, p *project.Pages) {
	do := s.staffed()

	const rounds = "/desk/c/:community/budget"
	r.Get(rounds, do(p.Rounds))
	r.Get(rounds+"/new", do(p.NewRound))
	r.Post(rounds, do(p.PlanRound))
	r.Get(rounds+"/:round", do(p.Round))

	const board, one = "/desk/c/:community/projects", "/desk/c/:community/projects/:project"
	s.callRoutes(r, p)
	r.Get(board, do(p.Board))
	r.Get(one, do(p.Tend))
	r.Post(one+"/pass", do(p.DeskStep(project.Pass())))
	r.Post(one+"/return", do(p.DeskStep(project.Return())))
	r.Post(one+"/refuse", do(p.DeskStep(project.Refuse())))
	r.Post(one+"/choose", do(p.DeskStep(project.Choose())))
	r.Post(one+"/replace", do(p.DeskStep(project.Replace())))
	r.Post(one+"/plan", do(p.DeskStep(project.WritePlan())))
	r.Post(one+"/put", do(p.DeskStep(project.PutForward())))
	r.Post(one+"/poll", do(p.DeskStep(project.LinkPoll())))
	r.Post(one+"/decide", do(p.Decide))
	r.Post(one+"/back", do(p.DeskStep(project.SendBack())))
	r.Post(one+"/publish", do(p.DeskStep(project.Publish())))
	r.Post(one+"/answer", do(p.DeskStep(project.Answer())))
	r.Post(one+"/amend", do(p.DeskStep(project.Amend())))
	r.Post(one+"/establish", do(p.DeskStep(project.Establish())))
	r.Post(one+"/variation", do(p.DeskStep(project.DecideVariation())))
	r.Post(one+"/supervisor", do(p.DeskStep(project.NameSupervisor())))
	r.Post(one+"/cancel", do(p.DeskStep(project.Cancel())))
}

// formerRoutes lists those on which projects of earlier years are brought.
func (s *Server) formerRoutes(r fiber.Router, p *project.Pages) {
	do := s.staffed()

	const former = "/desk/c/:community/former"
	r.Get(former, do(p.Former))
	r.Post(former, do(p.BringFormer))
	r.Get(former+"/template.xlsx", do(p.FormerTemplate))
	r.Get(former+"/draft", do(p.FormerDraft))
	r.Post(former+"/confirm", do(p.ConfirmFormer))
	r.Get(former+"/:import", do(p.FormerImport))
	r.Get("/desk/town/:town/former", do(p.TownFormer))
}

// callRoutes lists those of calls for proposals at the desk.
func (s *Server) callRoutes(r fiber.Router, p *project.Pages) {
	do := s.staffed()
	const list, one = "/desk/c/:community/calls", "/desk/c/:community/calls/:call"
	r.Get(list, do(p.DeskCalls))
	r.Post(list, do(p.PublishCall))
	r.Get(list+"/new", do(p.NewCall))
	r.Get(one, do(p.DeskCall))
	r.Post(one+"/extend", do(p.ExtendCall))
	r.Post(one+"/withdraw", do(p.WithdrawCall))
}
