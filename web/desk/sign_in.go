package desk

import (
	"net/url"
	"strings"

	"jushou/web/page"
)

// Staff lets a page be seen by people who are signed in. A browser inside WeChat signs in by WeChat; another one
// shows a code to scan. A form keeps what was typed.
func (p *Pages) Staff(h page.Handler) page.Handler {
	return func(v *page.Visit) error {
		switch {
		case v.Actor.ID != "" || v.Partial():
			return h(v)
		case v.Ctx.Method() != "GET":
			return p.again(v)
		}
		next := v.Ctx.OriginalURL()
		if strings.Contains(v.Ctx.Get("User-Agent"), "MicroMessenger") {
			return v.Ctx.Redirect(page.SignIn(next), 302)
		}
		return v.Ctx.Redirect("/desk/login?next="+url.QueryEscape(next), 302)
	}
}
