package bulletin

import (
	"slices"
	"strconv"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/upload"
	"jushou/web/view"
)

// writeForm is a notice on its way.
type writeForm struct {
	Token, Title, Body string
	Board              string // the notice board, or another on which the office speaks
	Photos             []deliberation.PhotoID
	Urgency            string
	// Chosen are the ticked places: "e:" an estate, "g:" a grid, "b:" a building, "c:" a community.
	Chosen []string
	// Revision is the one that an edit saw; "" for a new notice.
	Revision string
	To       string
	Town     bool
	Groups   []group
	// Shown is the notice as people will see it, when the form asks whether it is right; For is whom it addresses, or how
	// many communities of a town.
	Shown       *view.Thread
	For         bulletin.Audience
	Communities int
	// Send is what the primary button does: a key of the catalogue.
	Send     string
	Problems view.Problems
}

// group is a kind of places to tick.
type group struct {
	Key    string // of the catalogue
	Places []view.Option
}

// New shows the form of a notice.
func (p *Pages) New(v *page.Visit) error {
	r, err := p.office(v)
	if err != nil {
		return err
	}
	return p.showForm(v, r, writeForm{Board: v.Query("board"), Urgency: string(bulletin.Normal), Problems: view.Problems{Status: 200}})
}

// Write shows what a notice will look like, keeps it as a draft, or sends it on its way.
func (p *Pages) Write(v *page.Visit) error {
	r, err := p.office(v)
	if err != nil {
		return err
	}
	return p.typed(v, r, "")
}

// EditForm shows the form of a draft.
func (p *Pages) EditForm(v *page.Visit) error {
	r, b, err := p.bulletin(v)
	if err != nil {
		return err
	}
	return p.showForm(v, r, writeForm{
		Token: string(b.ID), Board: string(b.Board), Title: b.Title, Body: b.Body, Photos: b.Photos, Urgency: string(b.Urgency), Chosen: chosen(b),
		Revision: strconv.Itoa(b.Revision), To: address(b.ID) + "/edit", Problems: view.Problems{Status: 200},
	})
}

// Edit is Write for a draft that is there.
func (p *Pages) Edit(v *page.Visit) error {
	r, b, err := p.bulletin(v)
	if err != nil {
		return err
	}
	return p.typed(v, r, b.ID)
}

// typed goes on with what the visitor typed: step says where to.
func (p *Pages) typed(v *page.Visit, r console.Room, draft bulletin.ID) error {
	form := writeForm{
		Token: v.Field("token"), Board: v.Field("board"), Title: v.Field("title"), Body: v.Field("body"), Photos: upload.IDs(v), Urgency: v.Field("urgency"),
		Chosen: v.Fields("place"), Revision: v.Field("revision"), Problems: view.Problems{Status: 200},
	}
	if draft != "" {
		form.Token, form.To = string(draft), address(draft)+"/edit"
	}
	more, err := p.Shelf.FromForm(v)
	form.Photos = append(form.Photos, more...)
	if err != nil {
		form.Problems = v.Refuse(upload.OnPhotos(err))
		return p.showForm(v, r, form)
	}
	switch v.Field("step") {
	case "edit":
		return p.showForm(v, r, form)
	case "publish", "draft":
		return p.keep(v, r, form, draft, v.Field("step") == "publish")
	}
	return p.preview(v, r, form)
}

// keep stores the text and, if send, sends it on its way.
func (p *Pages) keep(v *page.Visit, r console.Room, form writeForm, draft bulletin.ID, send bool) error {
	b, err := p.store(v, form.cmd(r), form, draft)
	if err == nil && send {
		b, err = p.Bulletins.SubmitBulletin(v.Context(), v.Actor, b.ID)
	}
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showForm(v, r, form)
	}
	say := "bulletin.kept"
	switch b.Status {
	case bulletin.InReview:
		say = "bulletin.sent"
	case bulletin.Published:
		say = "bulletin.published"
	}
	return v.GoSaying(address(b.ID), say)
}

func (p *Pages) store(v *page.Visit, cmd bulletin.Write, form writeForm, draft bulletin.ID) (bulletin.Bulletin, error) {
	if draft == "" {
		return p.Bulletins.WriteBulletin(v.Context(), v.Actor, cmd)
	}
	revision, err := strconv.Atoi(form.Revision)
	if err != nil {
		return bulletin.Bulletin{}, bulletin.ErrStale.Because(err)
	}
	cmd.ID = draft
	return p.Bulletins.EditBulletin(v.Context(), v.Actor, bulletin.EditBulletin{Write: cmd, Revision: revision})
}

// preview checks the text as keeping it will, and shows it as people will see it.
func (p *Pages) preview(v *page.Visit, r console.Room, form writeForm) error {
	text, err := p.Bulletins.Check(v.Context(), v.Actor, form.cmd(r))
	if err != nil {
		form.Problems = v.Refuse(err)
		return p.showForm(v, r, form)
	}
	name, title := v.Actor.NameAt(identity.At(r.Node))
	form.Shown = &view.Thread{Title: text.Title, Text: text.Body, Author: name, Role: title, Board: "board." + string(text.Board), At: v.Now, Photos: uploaded(text.Photos)}
	form.For, form.Communities = text.Audience, len(text.Communities)
	rule := bulletin.RuleOf(r.Node)
	form.Send = "bulletin.send_review"
	if rule.Review == community.ReviewOff || rule.UrgentFirst && text.Urgency == bulletin.Urgent {
		form.Send = "bulletin.send_now"
	}
	return p.showForm(v, r, form)
}

func uploaded(ids []deliberation.PhotoID) []view.Photo {
	photos := make([]view.Photo, len(ids))
	for i, id := range ids {
		photos[i] = view.Photo{Thumb: upload.Preview(id), Full: "/photos/" + string(id) + "/full"}
	}
	return photos
}

// cmd is the form as the use case takes it.
func (f writeForm) cmd(r console.Room) bulletin.Write {
	cmd := bulletin.Write{
		ID: bulletin.ID(f.Token), Node: r.Node.ID, Board: deliberation.BoardKey(f.Board), Title: f.Title, Body: f.Body, Photos: f.Photos, Urgency: bulletin.Urgency(f.Urgency),
	}
	for _, c := range f.Chosen {
		if len(c) < 2 {
			continue
		}
		switch kind, id := c[:2], c[2:]; kind {
		case "e:":
			cmd.Audience.Estates = append(cmd.Audience.Estates, community.EstateID(id))
		case "g:":
			cmd.Audience.Grids = append(cmd.Audience.Grids, community.GridID(id))
		case "b:":
			cmd.Audience.Buildings = append(cmd.Audience.Buildings, community.BuildingID(id))
		case "c:":
			cmd.Communities = append(cmd.Communities, community.ID(id))
		}
	}
	return cmd
}

func chosen(b bulletin.Bulletin) (all []string) {
	for _, id := range b.Audience.Estates {
		all = append(all, "e:"+string(id))
	}
	for _, id := range b.Audience.Grids {
		all = append(all, "g:"+string(id))
	}
	for _, id := range b.Audience.Buildings {
		all = append(all, "b:"+string(id))
	}
	for _, id := range b.Communities {
		all = append(all, "c:"+string(id))
	}
	return all
}

func (f writeForm) ticked(place string) bool { return slices.Contains(f.Chosen, place) }

func (p *Pages) showForm(v *page.Visit, r console.Room, form writeForm) error {
	if form.To == "" {
		form.To = r.Path("/notice")
	}
	if !ids.Valid(form.Token) {
		form.Token = ids.New(v.Now)
	}
	form.Town = r.Node.Level == community.LevelTown
	var err error
	if form.Groups, err = p.groups(v, r); err != nil {
		return err
	}
	d, err := p.frame(v, r, heading(v, r, form.Board), r.Path("/notices"))
	if err != nil {
		return err
	}
	return v.ShowAs(form.Problems.Status, WritePage(d, form))
}

// heading says what is written, and where if that is not the notice board.
func heading(v *page.Visit, r console.Room, board string) string {
	for _, b := range deliberation.BoardsIn(r.Node.Settings) {
		if string(b.Key) == board && b.Key != deliberation.BoardNotice {
			return v.T("boards.write_on", "board", story.BoardName(b, v))
		}
	}
	return v.T("bulletin.write")
}

// groups lists the places to choose from.
func (p *Pages) groups(v *page.Visit, r console.Room) ([]group, error) {
	if r.Node.Level == community.LevelTown {
		all, err := p.Directory.Communities(v.Context(), r.Node.ID)
		g := group{Key: "bulletin.communities"}
		for _, n := range all {
			g.Places = append(g.Places, view.Option{Value: "c:" + string(n.ID), Text: n.Name})
		}
		return []group{g}, err
	}
	ground, err := p.Bulletins.Ground(v.Context(), r.Node.ID)
	if err != nil {
		return nil, err
	}
	estates, grids, buildings := group{Key: "bulletin.estates"}, group{Key: "bulletin.grids"}, group{Key: "bulletin.buildings"}
	for _, e := range ground.Estates {
		estates.Places = append(estates.Places, view.Option{Value: "e:" + string(e.ID), Text: e.Name})
	}
	for _, x := range ground.Grids {
		grids.Places = append(grids.Places, view.Option{Value: "g:" + string(x.ID), Text: x.Name})
	}
	for _, b := range ground.Buildings {
		buildings.Places = append(buildings.Places, view.Option{Value: "b:" + string(b.ID), Text: b.Name})
	}
	return slices.DeleteFunc([]group{estates, grids, buildings}, func(g group) bool { return len(g.Places) == 0 }), nil
}
