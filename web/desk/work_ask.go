package desk

import (
	"jushou/deliberation"
	"jushou/web/page"
)

// AskAuthor puts a question to the author, which stops the clock.
func (p *Pages) AskAuthor(v *page.Visit) error {
	return p.step(v, "ask", func(id deliberation.TopicID, f moderation) error {
		_, err := p.Topics.AskAuthor(v.Context(), v.Actor, deliberation.AskAuthor{Topic: id, Question: f.Values["question"]})
		return err
	})
}
