package neighbours

import (
	"jushou/deliberation/neighbourhood"
	"jushou/internal/ids"
	"jushou/web/page"
	"jushou/web/view"
)

// talkView is a private talk as one of the two sees it.
type talkView struct {
	neighbourhood.ExchangeView
	Token, Text string
	Problems    view.Problems
}

// Talk shows a talk to one of its two people; nobody else has it.
func (p *Pages) Talk(v *page.Visit) error {
	return p.showTalk(v, talkView{Problems: view.Problems{Status: 200}})
}

func (p *Pages) showTalk(v *page.Visit, shown talkView) error {
	x, err := p.Neighbours.Exchange(v.Context(), v.Actor, neighbourhood.ExchangeID(v.Param("exchange")))
	if err != nil {
		return err
	}
	shown.ExchangeView = x
	if !ids.Valid(shown.Token) {
		shown.Token = ids.New(v.Now)
	}
	return v.ShowAs(shown.Problems.Status, TalkPage(shown))
}

// Say sends a message.
func (p *Pages) Say(v *page.Visit) error {
	shown := talkView{Token: v.Field("token"), Text: v.Field("text")}
	id := neighbourhood.ExchangeID(v.Param("exchange"))
	_, err := p.Neighbours.Say(v.Context(), v.Actor, neighbourhood.Say{ID: shown.Token, Exchange: id, Text: shown.Text})
	if err != nil {
		shown.Problems = v.Refuse(err)
		return p.showTalk(v, shown)
	}
	return v.Go("/x/" + string(id) + "#say")
}

// StepTalk hands over or takes back a number, blocks, or reports.
func (p *Pages) StepTalk(v *page.Visit) error {
	id, ctx := neighbourhood.ExchangeID(v.Param("exchange")), v.Context()
	var err error
	said := "neighbours.noted"
	switch v.Field("step") {
	case "give":
		_, err = p.Neighbours.HandNumber(ctx, v.Actor, id, true)
	case "take_back":
		_, err = p.Neighbours.HandNumber(ctx, v.Actor, id, false)
	case "block":
		_, err = p.Neighbours.Block(ctx, v.Actor, id)
	case "report":
		_, err = p.Neighbours.ReportExchange(ctx, v.Actor, id, v.Field("why"))
		said = "neighbours.reported"
	default:
		err = page.ErrRequest
	}
	if err != nil {
		return p.showTalk(v, talkView{Problems: v.Refuse(err)})
	}
	return v.GoSaying("/x/"+string(id), said)
}
