package moderation

import (
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/story"
)

// speaking is one board to write on.
type speaking struct {
	Name, Href string
	Reviewed   bool
}

// Speak lists the boards on which the visitor may write: of a partner or a branch their own, which is then the form at once.
func (p *Pages) Speak(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	boards := r.Speaks()
	switch len(boards) {
	case 0:
		return identity.ErrDenied
	case 1:
		return v.Ctx.Redirect(r.SpeakPath(boards[0]), 302)
	}
	shown := make([]speaking, len(boards))
	for i, b := range boards {
		shown[i] = speaking{Name: story.BoardName(b, v), Href: r.SpeakPath(b), Reviewed: b.Reviewed()}
	}
	d, err := p.Desk(v, r, "speak")
	if err != nil {
		return err
	}
	return v.Show(SpeakPage(d, shown))
}
