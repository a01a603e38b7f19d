package poll

import (
	"net/url"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/projects"
	"jushou/web/page"
	"jushou/web/view"
)

// listView is a community's polls.
type listView struct {
	Home  string
	Polls []poll.View
	Pager view.Pager
}

// List shows a community's polls, the latest first.
func (p *Pages) List(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if err := v.Known(); err != nil {
		return err
	}
	after := v.Query("after")
	polls, next, err := p.Polls.Polls(v.Context(), v.Actor, node.ID, docstore.Cursor(after))
	if err != nil {
		return err
	}
	base := "/c/" + string(node.ID)
	shown := listView{Home: base, Polls: polls, Pager: view.Pager{
		Total: -1, Shown: len(polls), Order: "order.newest", Step: poll.PollsPage, Later: after != "", First: base + "/polls",
	}}
	if next != "" {
		shown.Pager.Next = base + "/polls?after=" + url.QueryEscape(string(next))
	}
	return v.Show(ListPage(shown))
}

// pollView is a poll as somebody who may read it sees it.
type pollView struct {
	poll.View
	Home, To string
	Topics   []topicLink
	// Picked is the choice that came back from a refusal or from the confirmation.
	Picked rule.Choice
	Voter  string
	Typed  page.Sheet
	Token  string
	// Desk is where it is tended, "" for who may not.
	Desk string
	// Announced is the result once it is out.
	Announced *poll.Announced
	// Round is the budget round of projects that the poll is, empty for others.
	Round projects.RoundView
}

// missed is the choice of a ballot that was refused because none is taken any more; nil where it said nothing that could be said in words.
func (p pollView) missed() *rule.Choice {
	if p.Typed.Form() != "vote" || p.Rule.Accept(p.Picked, len(p.Options)) != nil {
		return nil
	}
	return &p.Picked
}

// topicLink is a topic that a poll grew out of.
type topicLink struct{ Href, Title string }

// Poll shows a poll: the ballot while it is open, the result when it is out.
func (p *Pages) Poll(v *page.Visit) error { return p.show(v, rule.Choice{}, page.Sheet{}) }

func (p *Pages) show(v *page.Visit, picked rule.Choice, t page.Sheet) error {
	seen, err := p.Polls.Poll(v.Context(), v.Actor, poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	shown := pollView{
		View: seen, Home: "/c/" + string(seen.Community) + "/polls", To: "/v/" + string(seen.ID), Picked: picked, Typed: t,
		Voter: v.Field("voter"), Token: t.Token("object", v.Now),
	}
	if seen.Hold {
		shown.Desk = "/desk/c/" + string(seen.Community) + "/polls/" + string(seen.ID)
	}
	for _, id := range seen.Topics {
		link := topicLink{"/t/" + string(id), v.T("topic.masked")}
		if topic, err := p.Topics.Topic(v.Context(), v.Actor, id); err == nil && !topic.Masked {
			link.Title = topic.Title
		}
		shown.Topics = append(shown.Topics, link)
	}
	if shown.Round, err = p.round(v, seen.Poll); err != nil {
		return err
	}
	if seen.State.Public() {
		out, err := p.Polls.Result(v.Context(), seen.ID)
		if err != nil {
			return err
		}
		shown.Announced = &out
	}
	return v.ShowAs(t.Status(), VotePage(shown))
}

// confirmView is a ballot that waits for its voter's word.
type confirmView struct {
	Poll   poll.View
	To     string
	Choice rule.Choice
	Voter  string
	// Nonce was drawn for a browser without script; a script draws its own in its place.
	Nonce string
	// Takeover asks a member of a household to vote in another's place.
	Takeover bool
	Adult    bool
	Again    bool
	Typed    page.Sheet
}

// Confirm says a choice once more, in words, before it is cast. It stores nothing, and the choice is in no address.
func (p *Pages) Confirm(v *page.Visit) error { return p.confirm(v, page.Sheet{}, v.Field("nonce")) }

func (p *Pages) confirm(v *page.Visit, t page.Sheet, nonce string) error {
	seen, err := p.Polls.Poll(v.Context(), v.Actor, poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	c := choiceOf(v, seen.Poll)
	err = seen.TakesBallots(v.Now)
	if err == nil {
		err = seen.Rule.Accept(c, len(seen.Options))
	}
	if err != nil {
		return p.show(v, c, v.RefuseForm("vote", err))
	}
	if nonce == "" {
		nonce = poll.NewNonce()
	}
	shown := confirmView{
		Poll: seen, To: "/v/" + string(seen.ID), Choice: c, Voter: v.Field("voter"), Nonce: nonce, Adult: seen.Adults, Typed: t,
	}
	for _, m := range seen.Seats {
		if shown.Voter == "" || shown.Voter == string(m.Voter) {
			shown.Takeover, shown.Again = m.Other && !m.Mandate || m.Proxied, m.Voted
		}
	}
	return v.ShowAs(t.Status(), ConfirmPage(shown))
}

// Cast takes the ballot.
func (p *Pages) Cast(v *page.Visit) error {
	id := poll.ID(v.Param("poll"))
	asked, err := p.Polls.Paper(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	voter, choice := v.Field("voter"), choiceOf(v, asked)
	_, err = p.Polls.CastBallot(v.Context(), v.Actor, poll.Cast{
		Poll: id, Voter: poll.VoterKey(voter), Choice: choice, Tag: poll.Tag(v.Field("tag")), Nonce: v.Field("nonce"),
		Adult: v.Checked("adult"), Takeover: v.Checked("takeover"),
	})
	switch fault.CodeOf(err) {
	case "poll.adult", "poll.represented", "poll.mandated":
		return p.confirm(v, v.RefuseForm("cast", err), v.Field("nonce"))
	case "poll.replayed":
		return p.confirm(v, v.RefuseForm("cast", err), "") // with another draw
	}
	if err != nil {
		return p.show(v, choice, v.RefuseForm("vote", err))
	}
	to := "/v/" + string(id) + "/receipt"
	if voter != "" {
		to += "?voter=" + url.QueryEscape(voter)
	}
	return v.GoSaying(to, "poll.cast_done")
}

// receiptView is what a voter keeps.
type receiptView struct {
	poll.Receipt
	Poll     poll.View
	To       string
	Verifier string
}

// Receipt shows the voter's own receipt.
func (p *Pages) Receipt(v *page.Visit) error {
	id := poll.ID(v.Param("poll"))
	seen, err := p.Polls.Poll(v.Context(), v.Actor, id)
	if err != nil {
		return err
	}
	r, err := p.Polls.MyReceipt(v.Context(), v.Actor, id, poll.VoterKey(v.Query("voter")))
	if err != nil {
		return err
	}
	return v.Show(ReceiptPage(receiptView{r, seen, "/v/" + string(id), p.Verifier}))
}

// Object says what is wrong with the roll.
func (p *Pages) Object(v *page.Visit) error {
	id := poll.ID(v.Param("poll"))
	_, err := p.Polls.ObjectToRoll(v.Context(), v.Actor, poll.Object{Poll: id, ID: v.Field("token"), Text: v.Field("text")})
	if err != nil {
		return p.show(v, rule.Choice{}, v.RefuseForm("object", err, "text"))
	}
	return v.GoSaying("/v/"+string(id), "poll.objected")
}

// mineView is what somebody has taken part in.
type mineView struct {
	Polls []poll.View
}

// Mine lists the polls in which the visitor has voted. The receipts themselves are on the device; a script lists them.
func (p *Pages) Mine(v *page.Visit) error {
	if err := v.Known(); err != nil {
		return err
	}
	polls, err := p.Polls.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	return v.Show(MinePage(mineView{polls}))
}

// checkView is what became of a receipt.
type checkView struct {
	Poll   poll.Announced
	To     string
	Typed  page.Sheet
	Commit string
	Check  *poll.Check
}

// CheckForm asks for a receipt's number.
func (p *Pages) CheckForm(v *page.Visit) error { return p.check(v, page.Sheet{}, nil) }

func (p *Pages) check(v *page.Visit, t page.Sheet, found *poll.Check) error {
	out, err := p.Polls.Result(v.Context(), poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	shown := checkView{Poll: out, To: "/open/polls/" + string(out.Poll.ID), Typed: t, Commit: v.Field("receipt"), Check: found}
	return v.ShowAs(t.Status(), CheckPage(shown))
}

// Check looks a receipt up. Its number travels in the body, so that no address and no log has it.
func (p *Pages) Check(v *page.Visit) error {
	found, err := p.Polls.CheckReceipt(v.Context(), poll.ID(v.Param("poll")), v.Field("receipt"))
	if err != nil {
		return p.check(v, v.RefuseForm("check", err), nil)
	}
	return p.check(v, page.Sheet{}, &found)
}
