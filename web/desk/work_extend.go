package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// AskMore asks for a later day.
func (p *Pages) AskMore(v *page.Visit) error {
	return p.step(v, "extend", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.AskExtension(v.Context(), v.Actor, deliberation.AskExtension{Topic: id, To: date(f.Values["to"]), Reason: f.Reason})
		return err
	})
}

// DecideMore grants or refuses the later day that somebody else asked for.
func (p *Pages) DecideMore(v *page.Visit) error {
	name, grant := "decide", v.Field("grant") == "1"
	if !grant {
		name = "not_extend"
	}
	return p.step(v, name, func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.DecideExtension(v.Context(), v.Actor, deliberation.DecideExtension{Topic: id, Grant: grant, Reason: f.Reason})
		return err
	})
}
