package project

import (
	"jushou/internal/identity"
	"jushou/projects/call"
	"jushou/projects/preset"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// callForm is the form of a call.
type callForm struct {
	To, Token, Closes string
	Presets           []preset.Preset
	Sheet             page.Sheet
}

// DeskCalls lists the calls for who checks or decides about projects.
func (p *Pages) DeskCalls(v *page.Visit) error {
	r, err := p.MayAny(v, identity.CheckProject, identity.DecideProject)
	if err != nil {
		return err
	}
	to := r.Path("/calls")
	shown, err := p.calls(v, r.Node.ID, to)
	if err != nil {
		return err
	}
	shown.Back, shown.To = r.Path("/projects"), to
	if r.May(identity.DecideProject) {
		shown.New = to + "/new"
	}
	d, err := p.Within(v, r, "projects", v.T("call.title"), shown.Back)
	if err != nil {
		return err
	}
	return v.Show(DeskCallsPage(d, shown))
}

// NewCall shows the form of a call.
func (p *Pages) NewCall(v *page.Visit) error { return p.newCall(v, page.Sheet{}) }

func (p *Pages) newCall(v *page.Visit, s page.Sheet) error {
	r, err := p.MayAny(v, identity.DecideProject)
	if err != nil {
		return err
	}
	f := callForm{To: r.Path("/calls"), Token: s.Token("call", v.Now), Closes: view.InputHour(v.Now, 21, 18), Sheet: s}
	if f.Presets, err = p.Projects.Presets(v.Context(), v.Actor, r.Node.ID); err != nil {
		return err
	}
	d, err := p.Within(v, r, "projects", v.T("call.new"), f.To)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), CallFormPage(d, f))
}

// PublishCall publishes a call.
func (p *Pages) PublishCall(v *page.Visit) error {
	r, err := p.MayAny(v, identity.DecideProject)
	if err != nil {
		return err
	}
	c, err := p.Services.Calls.PublishCall(v.Context(), v.Actor, call.Publish{
		ID: call.ID(v.Field("token")), Community: r.Node.ID, Title: v.Field("title"), Wanted: v.Field("wanted"), Who: v.Field("who"),
		Preset: preset.Key(v.Field("preset")), Money: sum(v.Field("money")), ClosesAt: view.Instant(v.Field("closes")),
	})
	if err != nil {
		return p.newCall(v, v.RefuseForm("call", err, "title", "wanted", "who", "preset", "money", "closes"))
	}
	return v.GoSaying(r.Path("/calls/"+string(c.ID)), "call.published")
}

// DeskCall shows a call with its steps.
func (p *Pages) DeskCall(v *page.Visit) error { return p.deskCall(v, page.Sheet{}) }

func (p *Pages) deskCall(v *page.Visit, s page.Sheet) error {
	r, err := p.MayAny(v, identity.CheckProject, identity.DecideProject)
	if err != nil {
		return err
	}
	to := r.Path("/calls/" + v.Param("call"))
	shown, err := p.call(v, to)
	if err != nil {
		return err
	}
	if shown.Community != r.Node.ID {
		return page.ErrNotFound
	}
	shown.Back, shown.Sheet = r.Path("/calls"), s
	if shown.State == call.Open && r.May(identity.DecideProject) {
		shown.To = to
	}
	d, err := p.Within(v, r, "projects", shown.Title, shown.Back)
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), DeskCallPage(d, shown, r.Path("/projects")))
}

// ExtendCall gives a call more time.
func (p *Pages) ExtendCall(v *page.Visit) error {
	return p.callStep(v, "extend", "call.extended", func(id call.ID) error {
		_, err := p.Services.Calls.ExtendCall(v.Context(), v.Actor, call.Extend{Call: id, ClosesAt: view.Instant(v.Field("closes")), Reason: v.Field("reason")})
		return err
	})
}

// WithdrawCall takes a call back.
func (p *Pages) WithdrawCall(v *page.Visit) error {
	return p.callStep(v, "withdraw", "call.taken_back", func(id call.ID) error {
		_, err := p.Services.Calls.WithdrawCall(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	})
}

func (p *Pages) callStep(v *page.Visit, form, done string, step func(call.ID) error) error {
	r, err := p.callRoom(v)
	if err != nil {
		return err
	}
	if err := step(call.ID(v.Param("call"))); err != nil {
		return p.deskCall(v, v.RefuseForm(form, err, "closes", "reason"))
	}
	return v.GoSaying(r.Path("/calls/"+v.Param("call")), done)
}

// callRoom is the desk that a call's address names; a call of another one is missing there.
func (p *Pages) callRoom(v *page.Visit) (console.Room, error) {
	r, err := p.MayAny(v, identity.DecideProject)
	if err != nil {
		return r, err
	}
	c, err := p.Services.Calls.Call(v.Context(), v.Actor, call.ID(v.Param("call")))
	if err == nil && c.Community != r.Node.ID {
		err = page.ErrNotFound
	}
	return r, err
}
