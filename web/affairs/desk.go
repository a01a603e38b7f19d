package affairs

import (
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/identity"
	"jushou/web/page"
)

// deskView is what waits for the people who publish.
type deskView struct {
	Here      string
	Owed      []owedLine
	Review    []card
	Returned  []card
	Questions []waitingQuestion
	// Enter and Set are addresses for who may; "" for others.
	Enter, Set string
	Board      string
}

// owedLine is one thing to be published, with the form it leads to.
type owedLine struct {
	Text, Href string
	Late       bool
}

// waitingQuestion is a question nobody has answered.
type waitingQuestion struct {
	Href, Text, About string
	Due               time.Time
	Late              bool
}

// DeskList shows what has to be published, reviewed and answered in a community.
func (p *Pages) DeskList(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	found, err := p.Affairs.Desk(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	shown := deskView{Here: r.Path("/affairs"), Board: "/c/" + string(r.Node.ID) + "/affairs"}
	if r.May(identity.EnterAffairs) {
		shown.Enter = shown.Here + "/new"
	}
	if r.May(identity.SetAffairs) {
		shown.Set = shown.Here + "/schedule"
	}
	for _, o := range found.Owed {
		line := owedLine{Text: owedWords(v, o), Late: o.Clock.Overdue(v.Now)}
		if o.Item != "" {
			line.Href = "/desk/affairs/" + string(o.Item)
		} else if shown.Enter != "" {
			line.Href = shown.Enter + "?kind=" + string(o.Kind) + "&period=" + string(o.Period)
		}
		shown.Owed = append(shown.Owed, line)
	}
	for _, i := range found.Review {
		shown.Review = append(shown.Review, waitingCard(v, i))
	}
	for _, i := range found.Returned {
		shown.Returned = append(shown.Returned, waitingCard(v, i))
	}
	for _, q := range found.Questions {
		shown.Questions = append(shown.Questions, waitingQuestion{
			Href: "/desk/affairs/" + string(q.Item) + "#q-" + string(q.ID), Text: q.Text, About: q.Title, Due: q.Clock.DueAt, Late: q.Clock.Overdue(v.Now),
		})
	}
	d, err := p.Desk(v, r, "affairs")
	if err != nil {
		return err
	}
	return v.Show(DeskPage(d, shown))
}

// waitingCard is an item by its latest version, which is not published.
func waitingCard(v *page.Visit, i disclosure.Item) card {
	last := i.Latest()
	c := card{
		Href: "/desk/affairs/" + string(i.ID), Title: last.Content.Title, About: aboutWords(v, i.Kind, i.Period, &i),
		At: last.EnteredAt, Sum: sumWords(v, last.Content), Note: v.T("affairs.entered_by", "who", who(last.EnteredBy)),
	}
	if last.Verdict == disclosure.Returned && last.Why != "" {
		c.Note = v.T("affairs.returned_by", "who", who(last.ReviewedBy), "why", last.Why)
	}
	return c
}
