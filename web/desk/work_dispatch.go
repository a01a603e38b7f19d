package desk

import (
	"strconv"

	"jushou/deliberation"
	"jushou/web/page"
)

// Dispatch gives a topic to a department, or shows what the town's list says to some words.
func (p *Pages) Dispatch(v *page.Visit) error {
	if v.Field("look") != "" {
		return p.look(v, "dispatch")
	}
	return p.step(v, "dispatch", func(id deliberation.TopicID, f moderation) error {
		known, err := strconv.Atoi(f.Values["seen"])
		if err != nil {
			known = -1
		}
		_, err = p.Topics.DispatchTopic(v.Context(), v.Actor, deliberation.DispatchTopic{
			Topic: id, Item: f.Values["item"], Department: f.Values["department"], Why: f.Reason, Seen: known,
		})
		return err
	})
}

// Contest says that a topic is not the department's business.
func (p *Pages) Contest(v *page.Visit) error {
	return p.step(v, "contest", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.ContestDispatch(v.Context(), v.Actor, deliberation.ContestDispatch{Topic: id, Reason: f.Reason})
		return err
	})
}

// Review lets a contested dispatch stand.
func (p *Pages) Review(v *page.Visit) error {
	return p.step(v, "review", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.ReviewDispatch(v.Context(), v.Actor, deliberation.ReviewDispatch{Topic: id, Reason: f.Reason})
		return err
	})
}
