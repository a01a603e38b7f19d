package web

import (
	"github.com/gofiber/fiber/v2"

	"jushou/web/auth"
	"jushou/web/page"
)

// authRoutes lists the addresses of signing in and out.
func (s *Server) authRoutes(r fiber.Router) {
	p, do := &auth.Pages{Services: s.deps.Auth}, page.Handle
	r.Get("/auth/wechat", do(p.GoToWeChat))
	r.Get("/auth/wechat/callback", do(p.ReturnFromWeChat))
	r.Get("/auth/confirm/:nonce", do(p.ConfirmDesk))
	r.Post("/auth/confirm/:nonce", do(p.SignInDesk))
	r.Post("/auth/logout", do(p.SignOut))
}
