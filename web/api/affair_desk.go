package api

import "jushou/deliberation/disclosure"

// AffairDesk is what waits for the people who publish.
type AffairDesk struct {
	Owed      []AffairDue      `json:"owed"`
	Review    []Affair         `json:"review" doc:"A version waits for another person; the oldest first, without questions."`
	Returned  []Affair         `json:"returned" doc:"Returned and not entered again."`
	Questions []AffairQuestion `json:"questions" doc:"Unanswered, the first one first."`
	Schedule  AffairSchedule   `json:"schedule"`
}

// deskAffairs returns what waits in a community.
func (a *Actions) deskAffairs(c *Call) (AffairDesk, error) {
	d, err := a.Affairs.Desk(c.Context(), c.Actor, nodeOf(c))
	if err != nil {
		return AffairDesk{}, err
	}
	waiting := func(i disclosure.Item) Affair {
		return showAffair(disclosure.View{Item: i, May: disclosure.May{Work: true}}, c.Now)
	}
	return AffairDesk{
		Owed: c.owed(d.Owed), Review: each(d.Review, waiting), Returned: each(d.Returned, waiting), Schedule: showAffairSchedule(d.Schedule),
		Questions: each(d.Questions, func(q disclosure.Question) AffairQuestion { return showAffairQuestion(q, c.Now) }),
	}, nil
}
