package bulletin

import (
	"slices"
	"strconv"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/web/page"
	"jushou/web/view"
)

// oneView is one bulletin as the office sees it.
type oneView struct {
	bulletin.Bulletin
	Here, Public string
	Story        view.Thread
	Progress     bulletin.Progress
	Percent      int
	Copies       []copyLine
	Said         []view.Moment
	// May says which steps the page offers.
	MayEdit, MaySubmit, MayReview, MayReturn, MayWithdraw, MayDiscard bool
	Own                                                               bool // the visitor wrote it and it waits for somebody else
	Send                                                              string
	Reason                                                            string // typed, of a step that was refused
	Problems                                                          view.Problems
}

// copyLine is one community's copy of a town's bulletin.
type copyLine struct {
	Name, Href string
	Progress   bulletin.Progress
	Status     bulletin.Status
}

// One shows a bulletin: what it says, where it stands, who was reached.
func (p *Pages) One(v *page.Visit) error { return p.showOne(v, view.Problems{Status: 200}) }

func (p *Pages) showOne(v *page.Visit, problems view.Problems) error {
	r, b, err := p.bulletin(v)
	if err != nil {
		return err
	}
	shown, err := p.one(v, b)
	if err != nil {
		return err
	}
	shown.Problems, shown.Reason = problems, v.Field("reason")
	d, err := p.frame(v, r, v.T("bulletin.one"), r.Path("/notices"))
	if err != nil {
		return err
	}
	return v.ShowAs(problems.Status, OnePage(d, shown))
}

func (p *Pages) one(v *page.Visit, b bulletin.Bulletin) (oneView, error) {
	may := func(m bulletin.Move) bool { return b.Status.Allows(m) }
	_, town := v.Actor.Holds(identity.RoleTown, b.Place())
	reviews := p.Bulletins.MayReview(v.Context(), v.Actor, b)
	shown := oneView{
		Bulletin: b, Here: address(b.ID), Said: moments(b.History), MayEdit: may(bulletin.MoveEdit), MaySubmit: may(bulletin.MoveSubmit),
		MayReview: reviews, MayReturn: reviews && may(bulletin.MoveReturn), MayWithdraw: may(bulletin.MoveWithdraw) && (b.Parent == "" || town),
		MayDiscard: may(bulletin.MoveDiscard), Own: b.Awaited() && b.WroteIt(v.Actor.ID), Send: "bulletin.send_review",
		Story: view.Thread{Title: b.Title, Text: b.Body, Author: b.Author.Name, Role: b.Author.Title, Board: "board." + string(b.Board), At: b.CreatedAt, Photos: photosOf(b)},
	}
	if !b.PublishedAt.IsZero() && !b.Town {
		shown.Public, shown.Story.At = "/t/"+string(b.ID.Topic()), b.PublishedAt
	}
	if b.Town {
		return shown, p.copies(v, &shown)
	}
	var err error
	shown.Progress, err = p.Bulletins.Progress(v.Context(), v.Actor, b.ID)
	if n := shown.Progress.Planned; n > 0 {
		shown.Percent = min(100, 100*shown.Progress.Inbox/n)
	}
	return shown, err
}

// copies adds up what became of a town's bulletin.
func (p *Pages) copies(v *page.Visit, shown *oneView) error {
	parts, progress, err := p.Bulletins.TownProgress(v.Context(), v.Actor, shown.ID)
	if err != nil {
		return err
	}
	sum := &shown.Progress
	sum.Done = len(parts) == len(shown.Communities)
	for i, part := range parts {
		node, err := p.Directory.Node(v.Context(), part.Node)
		if err != nil {
			return err
		}
		one := progress[i]
		shown.Copies = append(shown.Copies, copyLine{node.Name, address(part.ID), one, part.Status})
		sum.Planned, sum.Inbox, sum.Sent = sum.Planned+one.Planned, sum.Inbox+one.Inbox, sum.Sent+one.Sent
		sum.Waiting, sum.Unreachable = sum.Waiting+one.Waiting, sum.Unreachable+one.Unreachable
		sum.NoTemplate, sum.Failed, sum.TakenBack = sum.NoTemplate+one.NoTemplate, sum.Failed+one.Failed, sum.TakenBack+one.TakenBack
		sum.Readers += one.Readers // what is too few to be told in one place is left out of the sum
		sum.Done = sum.Done && one.Done
	}
	if sum.Planned > 0 {
		shown.Percent = min(100, 100*sum.Inbox/sum.Planned)
	}
	return nil
}

func photosOf(b bulletin.Bulletin) []view.Photo {
	photos := make([]view.Photo, len(b.Photos))
	for i, id := range b.Photos {
		base := address(b.ID) + "/photos/" + string(id)
		photos[i] = view.Photo{Thumb: base + "/thumb", Full: base + "/full"}
	}
	return photos
}

// Photo shows a photo of a bulletin to those who may read it before it is public.
func (p *Pages) Photo(v *page.Visit) error {
	_, b, err := p.bulletin(v)
	if err != nil {
		return err
	}
	id := v.Param("photo")
	if !slices.Contains(b.Photos, deliberation.PhotoID(id)) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

// Reached answers with the counts alone, or tells the browser to load the page when everybody was reached.
func (p *Pages) Reached(v *page.Visit) error {
	_, b, err := p.bulletin(v)
	if err != nil {
		return err
	}
	shown, err := p.one(v, b)
	if err != nil {
		return err
	}
	if shown.Progress.Done {
		v.Ctx.Set("HX-Refresh", "true")
	}
	return v.Show(reached(shown))
}

// Submit sends a draft on its way.
func (p *Pages) Submit(v *page.Visit) error {
	return p.step(v, "bulletin.sent", func(b bulletin.Bulletin) error {
		_, err := p.Bulletins.SubmitBulletin(v.Context(), v.Actor, b.ID)
		return err
	})
}

// Approve publishes what the visitor has read, or confirms what went out unseen.
func (p *Pages) Approve(v *page.Visit) error {
	return p.step(v, "bulletin.published", func(b bulletin.Bulletin) error {
		revision, err := strconv.Atoi(v.Field("revision"))
		if err != nil {
			return bulletin.ErrStale.Because(err)
		}
		_, err = p.Bulletins.ApproveBulletin(v.Context(), v.Actor, bulletin.Review{Bulletin: b.ID, Revision: revision})
		return err
	})
}

// Return gives a bulletin back to who wrote it.
func (p *Pages) Return(v *page.Visit) error {
	return p.step(v, "bulletin.returned", func(b bulletin.Bulletin) error {
		_, err := p.Bulletins.ReturnBulletin(v.Context(), v.Actor, bulletin.Review{Bulletin: b.ID, Reason: v.Field("reason")})
		return err
	})
}

// Withdraw takes a published bulletin back.
func (p *Pages) Withdraw(v *page.Visit) error {
	return p.step(v, "bulletin.withdrawn", func(b bulletin.Bulletin) error {
		_, err := p.Bulletins.WithdrawBulletin(v.Context(), v.Actor, bulletin.Withdraw{Bulletin: b.ID, Reason: v.Field("reason")})
		return err
	})
}

// Discard drops a draft.
func (p *Pages) Discard(v *page.Visit) error {
	return p.step(v, "bulletin.discarded", func(b bulletin.Bulletin) error {
		_, err := p.Bulletins.DiscardBulletin(v.Context(), v.Actor, b.ID)
		return err
	})
}

// step takes one step and shows the bulletin again.
func (p *Pages) step(v *page.Visit, say string, do func(bulletin.Bulletin) error) error {
	r, b, err := p.bulletin(v)
	if err != nil {
		return err
	}
	if err := do(b); err != nil {
		return p.showOne(v, v.Refuse(err))
	}
	to := address(b.ID)
	if say == "bulletin.discarded" {
		to = r.Path("/notices")
	}
	return v.GoSaying(to, say)
}
