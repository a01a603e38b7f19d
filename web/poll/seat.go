package poll

import (
	"net/url"
	"slices"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/photo"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// seatView is a line of a roll with what the desk does about it.
type seatView struct {
	poll.View
	poll.SeatCard
	To     string
	Typed  page.Sheet
	Photos []deliberation.PhotoID // of a form that comes back
	Now    string
	Picked rule.Choice
	// Serve, Mandates and Papers say what can be noted now.
	Serve, Mandate, Papers bool
}

// seatOf is where a line of a roll is tended.
func seatOf(at string, voter poll.VoterKey) string {
	return at + "/seats/" + url.PathEscape(string(voter))
}

func voterOf(v *page.Visit) poll.VoterKey {
	text, err := url.PathUnescape(v.Param("voter"))
	if err != nil {
		return ""
	}
	return poll.VoterKey(text)
}

// Seat shows a line of a roll.
func (p *Pages) Seat(v *page.Visit) error { return p.seat(v, page.Sheet{}, nil) }

func (p *Pages) seat(v *page.Visit, t page.Sheet, photos []deliberation.PhotoID) error {
	r, x, err := p.held(v)
	if err != nil {
		return err
	}
	card, err := p.Polls.SeatOf(v.Context(), v.Actor, x.ID, voterOf(v))
	if err != nil {
		return err
	}
	at := r.Path("/polls/" + string(x.ID))
	shown := seatView{View: x, SeatCard: card, To: seatOf(at, card.Voter), Typed: t, Photos: photos, Now: view.InputTime(v.Now)}
	before := v.Now.Before(x.ClosesAt) && (x.State == poll.Listed || x.State == poll.Open)
	shown.Serve = before && x.Joint != nil && x.Rule.Owners.NonReturn != rule.NotParticipating
	shown.Mandate = before && card.Paper == ""
	shown.Papers = x.TakesPaper(v.Now) == nil && card.Paper != poll.PaperSettled
	if t.Form() == "paper" {
		shown.Picked = choiceOf(v, x.Poll)
	}
	d, err := p.Within(v, r, "polls", card.Building+" "+card.Name, at+"/roll")
	if err != nil {
		return err
	}
	return v.ShowAs(t.Status(), SeatPage(d, shown))
}

// first is the one photo of a form that takes one.
func first(all []deliberation.PhotoID) deliberation.PhotoID {
	if len(all) == 0 {
		return ""
	}
	return all[0]
}

// Serve notes that a ballot reached an owner.
func (p *Pages) Serve(v *page.Visit) error {
	return p.seatStep(v, "serve", []string{"method", "at", "recipient"}, "poll.served_done", func(id poll.ID, photos []deliberation.PhotoID) error {
		return p.Polls.RecordService(v.Context(), v.Actor, poll.Serve{
			Poll: id, Voter: voterOf(v), Method: v.Field("method"), At: view.Instant(v.Field("at")), Recipient: v.Field("recipient"), Photo: first(photos),
		})
	})
}

// Mandate notes who votes for somebody.
func (p *Pages) Mandate(v *page.Visit) error {
	return p.seatStep(v, "mandate", []string{"kind", "phone"}, "poll.mandate_done", func(id poll.ID, photos []deliberation.PhotoID) error {
		return p.Polls.RecordMandate(v.Context(), v.Actor, poll.Mandate{
			Poll: id, Voter: voterOf(v), Kind: poll.ProxyKindOf(v.Field("kind")), Phone: v.Field("phone"), Photo: first(photos),
		})
	})
}

func (p *Pages) seatStep(v *page.Visit, form string, fields []string, said string, do func(poll.ID, []deliberation.PhotoID) error) error {
	r, x, err := p.held(v)
	if err != nil {
		return err
	}
	photos, err := p.Shelf.Own(v)
	if err == nil {
		err = do(x.ID, photos)
	}
	if err != nil {
		return p.seat(v, v.RefuseForm(form, upload.OnPhotos(err), fields...), photos)
	}
	return v.GoSaying(seatOf(r.Path("/polls/"+string(x.ID)), voterOf(v)), said)
}

// Paper enters a paper ballot.
func (p *Pages) Paper(v *page.Visit) error {
	r, x, err := p.held(v)
	if err != nil {
		return err
	}
	c := choiceOf(v, x.Poll)
	if why := v.Field("spoilt"); why != "" {
		c = rule.Choice{Spoilt: why}
	}
	state, err := p.Polls.EnterPaper(v.Context(), v.Actor, poll.Paper{Poll: x.ID, Voter: voterOf(v), Choice: c})
	if err != nil {
		return p.seat(v, v.RefuseForm("paper", err, "spoilt"), nil)
	}
	return v.GoSaying(r.Path("/polls/"+string(x.ID)+"/papers"), "poll.paper."+string(state))
}

// papersView lists the paper ballots of a poll.
type papersView struct {
	poll.View
	At    string
	Lines []poll.PaperLine
}

// Papers lists the paper ballots that are being entered.
func (p *Pages) Papers(v *page.Visit) error {
	r, x, err := p.held(v)
	if err != nil {
		return err
	}
	lines, err := p.Polls.PapersOf(v.Context(), v.Actor, x.ID)
	if err != nil {
		return err
	}
	at := r.Path("/polls/" + string(x.ID))
	d, err := p.Within(v, r, "polls", v.T("poll.papers"), at)
	if err != nil {
		return err
	}
	return v.Show(PapersPage(d, papersView{x, at, lines}))
}

// SeatPhoto shows a proof or a mandate to who holds the poll.
func (p *Pages) SeatPhoto(v *page.Visit) error {
	_, x, err := p.held(v)
	if err != nil {
		return err
	}
	card, err := p.Polls.SeatOf(v.Context(), v.Actor, x.ID, voterOf(v))
	if err != nil {
		return err
	}
	id := v.Param("photo")
	if !slices.Contains(card.Photos(), deliberation.PhotoID(id)) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

// photoAt is where a photo of a seat is shown.
func photoAt(to string, id deliberation.PhotoID) []view.Photo {
	base := to + "/photos/" + string(id)
	return []view.Photo{{Thumb: base + "/thumb", Full: base + "/full"}}
}

// Relist takes the roll of owners once more.
func Relist() step {
	return step{"relist", []string{"reason"}, "poll.listing", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.RelistRoll(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// Finish says that every paper ballot is entered.
func Finish() step {
	return step{"finish", nil, "poll.paper_finished", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.FinishPaper(v.Context(), v.Actor, id)
		return err
	}}
}

// Override proposes that something else holds than what was counted.
func Override() step {
	return step{"override", []string{"says", "reason"}, "poll.override_waits", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.OverrideResult(v.Context(), v.Actor, poll.Overrule{Poll: id, ID: v.Field("token"), Says: v.Field("says"), Reason: v.Field("reason")})
		return err
	}}
}

// Confirmed makes an override hold, as a second person.
func Confirmed() step {
	return step{"overridden", nil, "poll.override_done", func(p *Pages, v *page.Visit, id poll.ID) error {
		_, err := p.Polls.ConfirmOverride(v.Context(), v.Actor, id)
		return err
	}}
}
