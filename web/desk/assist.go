package desk

import (
	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/upload"
	"jushou/web/view"
)

// assistForm is what somebody said in person or on the telephone, written down for them.
type assistForm struct {
	Token, Name, Building, Board, Body string
	Source, Box, Where, Phone          string
	Photos                             []deliberation.PhotoID
	To, Waiting, Hung                  string // Waiting is where entries wait for their person, Hung where the boxes are kept
	Buildings, Boards, Sources, Boxes  []view.Option
	Problems                           view.Problems
}

// errWhoFor means that nobody is named for whom the topic is written down.
var errWhoFor = fault.New(fault.Invalid, "desk.name_needed").On("name")

// NewAssist shows the form to enter a topic for somebody offline.
func (p *Pages) NewAssist(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := identity.Can(v.Actor, identity.AssistEntry, identity.At(r.Node)); err != nil {
		return err
	}
	form := assistForm{Box: v.Query("box"), Problems: view.Problems{Status: 200}}
	if form.Box != "" {
		form.Source = string(assisted.Box) // somebody has emptied one just now
	}
	return p.showAssist(v, r, form)
}

// Assist publishes a topic in the name of somebody offline, who is shown masked like every neighbour.
func (p *Pages) Assist(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	form := assistForm{
		Token: v.Field("token"), Name: v.Field("name"), Building: v.Field("building"), Board: v.Field("board"), Body: v.Field("body"),
		Source: v.Field("source"), Box: v.Field("box"), Where: v.Field("where"), Phone: v.Field("phone"),
		Photos: upload.IDs(v),
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		form.Problems = v.Refuse(upload.OnPhotos(err))
		return p.showAssist(v, r, form)
	}
	t, err := p.enter(v, r, form)
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showAssist(v, r, form)
	}
	return v.GoSaying("/desk/t/"+string(t.ID), "assist.sent")
}

func (p *Pages) enter(v *page.Visit, r console.Room, form assistForm) (deliberation.Topic, error) {
	if form.Name == "" {
		return deliberation.Topic{}, errWhoFor
	}
	names, err := p.buildings(v, r.Node.ID)
	if err != nil {
		return deliberation.Topic{}, err
	}
	post := deliberation.PostTopic{
		ID: deliberation.TopicID(form.Token), Community: r.Node.ID, Board: deliberation.BoardKey(form.Board), Body: form.Body, Photos: form.Photos,
		For: deliberation.Author{Name: identity.Mask(form.Name), Building: names[community.BuildingID(form.Building)]},
	}
	return p.Assisted.Enter(v.Context(), v.Actor, assisted.Enter{Post: post, Source: assisted.Source(form.Source), Box: assisted.BoxID(form.Box), Where: form.Where, Phone: form.Phone})
}

func (p *Pages) showAssist(v *page.Visit, r console.Room, form assistForm) error {
	form.To, form.Waiting, form.Hung = r.Path("/assist"), r.Path("/assist/entries"), r.Path("/assist/boxes")
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	buildings, err := p.Places.BuildingsIn(v.Context(), r.Node.ID)
	if err != nil {
		return err
	}
	form.Buildings = []view.Option{{Text: v.T("assist.no_building")}}
	for _, b := range buildings {
		form.Buildings = append(form.Buildings, view.Option{Value: string(b.ID), Text: b.Name})
	}
	for _, b := range deliberation.BoardsIn(r.Node.Settings) {
		if b.TakesTopics() {
			form.Boards = append(form.Boards, view.Option{Value: string(b.Key), Text: story.BoardName(b, v)})
		}
	}
	for _, s := range assisted.Sources() {
		form.Sources = append(form.Sources, view.Option{Value: string(s), Text: v.T("entry.source." + string(s))})
	}
	boxes, err := p.Assisted.Boxes(v.Context(), v.Actor, r.Node)
	if err != nil {
		return err
	}
	for _, b := range boxes {
		form.Boxes = append(form.Boxes, view.Option{Value: string(b.ID), Text: b.Place})
	}
	form.Boxes = append(form.Boxes, view.Option{Text: v.T("assist.other_box")})
	if form.Box == "" && form.Where == "" && len(boxes) > 0 {
		form.Box = string(boxes[0].ID)
	}
	if form.Source == "" {
		form.Source = string(assisted.Counter)
	}
	if form.Board == "" {
		form.Board = string(deliberation.BoardNearby)
	}
	d, err := p.Desk(v, r, "assist")
	if err != nil {
		return err
	}
	return v.ShowAs(form.Problems.Status, AssistPage(d, form))
}
