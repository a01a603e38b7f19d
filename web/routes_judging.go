package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/page"
	"jushou/web/project"
)

// judgingRoutes lists the addresses of projects from the finished work on: acceptance, judging, settlement, story and showroom.
func (s *Server) judgingRoutes(r fiber.Router, p *project.Pages) {
	do, work := page.Handle, s.staffed()
	r.Get("/open/c/:community/showroom", do(p.Showroom))
	r.Get("/open/town/:town/showroom", do(p.Showroom))
	r.Get("/open/p/:project/story", do(p.Story))
	r.Get("/open/p/:project/photos/:photo/:variant", do(p.StoryPhoto))

	const one, desk = "/p/:project", "/desk/c/:community/projects/:project"
	r.Get(one+"/defects/:photo/:variant", do(p.JudgedPhoto))
	r.Post(one+"/volunteer", do(p.Step(project.Volunteer())))
	r.Post(one+"/accept", do(p.Step(project.Accept())))
	r.Post(one+"/reject", do(p.Step(project.Reject())))
	r.Post(one+"/defect", do(p.Step(project.Defect())))
	r.Post(one+"/mend", do(p.Step(project.Mend())))
	r.Post(one+"/verify", do(p.Step(project.Verify())))
	r.Post(one+"/standdown", do(p.Step(project.StandDown())))
	r.Post(one+"/rate", do(p.Rate))
	r.Post(one+"/reply", do(p.Step(project.Reply())))
	r.Post(one+"/statement", do(p.Step(project.Statement())))

	r.Post(desk+"/rep", work(p.DeskStep(project.NameRep())))
	r.Post(desk+"/unrep", work(p.DeskStep(project.Unrep())))
	r.Post(desk+"/rework", work(p.DeskStep(project.Rework())))
	r.Post(desk+"/mend", work(p.DeskStep(project.Mend())))
	r.Post(desk+"/said", work(p.DeskStep(project.Said())))
	r.Post(desk+"/reply", work(p.DeskStep(project.Reply())))
	r.Post(desk+"/rated", work(p.DeskStep(project.PublishReply())))
	r.Post(desk+"/statement", work(p.DeskStep(project.Statement())))
	r.Post(desk+"/unstate", work(p.DeskStep(project.ReturnStatement())))
	r.Post(desk+"/close", work(p.DeskStep(project.Close())))
}
