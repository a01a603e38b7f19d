package resident

import (
	"jushou/web/page"
)

// PostHere leads from the chat's menu, which is one for everybody, to the form of the person's own community;
// a newcomer registers first.
func (p *Pages) PostHere(v *page.Visit) error {
	if v.Person.Home == "" {
		return v.Ctx.Redirect("/welcome", 302)
	}
	return v.Ctx.Redirect(v.Person.Home+"/post", 302)
}
