package activity

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/projects/activity"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// hostPhotos are the addresses of a host's picture.
func hostPhotos(h activity.Host) []view.Photo { return photosAt(hostHref(h.ID), h.Photos) }

func photosAt(base string, ids []deliberation.PhotoID) []view.Photo {
	var all []view.Photo
	for _, id := range ids {
		at := base + "/photos/" + string(id)
		all = append(all, view.Photo{Thumb: at + "/thumb", Full: at + "/full"})
	}
	return all
}

// hostView is a host as their page shows them.
type hostView struct {
	activity.HostView
	Sheet page.Sheet
	Token string
}

// Host shows a host, what they do, and what they hold.
func (p *Pages) Host(v *page.Visit) error { return p.showHost(v, page.Sheet{}) }

func (p *Pages) showHost(v *page.Visit, s page.Sheet) error {
	h, err := p.Activities.HostView(v.Context(), v.Actor, activity.HostID(v.Param("host")))
	if err != nil {
		return err
	}
	return v.ShowAs(s.Status(), HostPage(hostView{h, s, s.Token("team", v.Now)}))
}

// HostPhoto shows a host's picture to whom the host is shown.
func (p *Pages) HostPhoto(v *page.Visit) error {
	h, err := p.Activities.HostView(v.Context(), v.Actor, activity.HostID(v.Param("host")))
	if err != nil {
		return err
	}
	if !slices.Contains(h.Photos, deliberation.PhotoID(v.Param("photo"))) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, v.Param("photo"))
}

// StepHost takes a step about a host: ask to be of the team, answer, leave it, end.
func (p *Pages) StepHost(v *page.Visit) error {
	id, ctx, step := activity.HostID(v.Param("host")), v.Context(), v.Field("step")
	var err error
	switch step {
	case "team":
		_, err = p.Activities.AskTeam(ctx, v.Actor, id, v.Field("token"))
	case "mate":
		_, err = p.Activities.AnswerMate(ctx, v.Actor, id, v.Field("mate"), v.Field("yes") == "1")
	case "leave":
		_, err = p.Activities.LeaveTeam(ctx, v.Actor, id)
	case "end":
		_, err = p.Activities.EndHost(ctx, v.Actor, id, v.Field("reason"))
	default:
		err = page.ErrRequest
	}
	if err != nil {
		return p.showHost(v, v.RefuseForm(step, err, "reason"))
	}
	return v.GoSaying("/host/"+string(id), "activity.noted")
}

// applyForm is an introduction on its way.
type applyForm struct {
	Token, To, Back, Field, Skill, About string
	Photos                               []deliberation.PhotoID
	Revise                               bool
	Problems                             view.Problems
}

// Apply shows the form by which somebody becomes a host, or writes anew what they are one for.
func (p *Pages) Apply(v *page.Visit) error {
	return p.showApply(v, applyForm{Problems: view.Problems{Status: 200}}, true)
}

func (p *Pages) showApply(v *page.Visit, f applyForm, fresh bool) error {
	node, err := p.node(v, identity.HostActivity)
	if err != nil {
		return err
	}
	me, err := p.Activities.HostHere(v.Context(), v.Actor, node.ID)
	if err != nil {
		return err
	}
	f.To, f.Back, f.Revise = home(node.ID)+"/hosts/post", home(node.ID)+"/hosts", me != nil
	if me != nil && fresh {
		f.Field, f.Skill, f.About, f.Photos = string(me.Field), me.Skill, me.About, me.Photos
	}
	if f.Field == "" {
		f.Field = string(activity.Fields()[0])
	}
	f.Token = page.Sheet{}.Token("", v.Now)
	return v.ShowAs(f.Problems.Status, ApplyPage(f))
}

// SendApply gives the introduction to the desk. Whatever is refused, the form comes back as it was sent.
func (p *Pages) SendApply(v *page.Visit) error {
	f := applyForm{Field: v.Field("field"), Skill: v.Field("skill"), About: v.Field("about"), Photos: upload.IDs(v)}
	more, err := p.Shelf.FromForm(v)
	f.Photos = append(f.Photos, more...)
	if err != nil {
		f.Problems = v.Refuse(upload.OnPhotos(err))
		return p.showApply(v, f, false)
	}
	node, err := p.node(v, identity.HostActivity)
	if err != nil {
		return err
	}
	h, err := p.Activities.ApplyHost(v.Context(), v.Actor, activity.ApplyHost{
		Token: v.Field("token"), Community: node.ID,
		Introduction: activity.Introduction{Field: activity.Field(f.Field), Skill: f.Skill, About: f.About, Photos: f.Photos},
	})
	if err != nil {
		f.Problems = v.Refuse(err)
		return p.showApply(v, f, false)
	}
	said := "activity.applied"
	if h.Status == activity.Confirmed {
		said = "activity.noted"
	}
	return v.GoSaying(hostHref(h.ID)+"?posted="+home(node.ID)+"/hosts/post", said)
}
