package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// Move puts a topic on another board.
func (p *Pages) Move(v *page.Visit) error {
	return p.step(v, "move", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.MoveTopic(v.Context(), v.Actor, deliberation.MoveTopic{Topic: id, Board: deliberation.BoardKey(f.Values["board"]), Reason: f.Reason})
		return err
	})
}
