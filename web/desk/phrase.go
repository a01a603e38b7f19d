package desk

import (
	"errors"

	"jushou/deliberation"
	"jushou/deliberation/phrasebook"
	"jushou/internal/calendar"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// phrases returns the sentences that answers on the topic's board often begin with, the community's own first, their
// blanks filled in.
func (p *Pages) phrases(v *page.Visit, r console.Room, t deliberation.TopicView) ([]view.Phrase, error) {
	if !t.May.Answer { // a department reports in its own words, and the committee's book is not its own
		return nil, nil
	}
	book, err := p.Phrases.Book(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return nil, err
	}
	values, err := p.blanks(v, r, t)
	if err != nil {
		return nil, err
	}
	var all []view.Phrase
	for _, x := range book.On(t.Board) {
		all = append(all, view.Phrase{Key: string(x.ID), Name: x.Name, Text: phrasebook.Fill(x.Text, values)})
	}
	for _, key := range []string{"seen", "visit", "forward", "done"} {
		all = append(all, view.Phrase{Key: key, Name: v.T("phrase." + key), Text: v.T("phrase." + key + "_text")})
	}
	return all, nil
}

// blanks returns what a phrase's blanks are filled with on this topic. A Round that the calendar does not know leaves
// its blank for the person to fill.
func (p *Pages) blanks(v *page.Visit, r console.Room, t deliberation.TopicView) (map[string]string, error) {
	name, title := v.Actor.NameAt(t.Place())
	values := map[string]string{
		phrasebook.BlankResident: t.Author.Name, phrasebook.BlankBuilding: t.Author.Building, phrasebook.BlankMe: title + name,
	}
	for _, b := range deliberation.BoardsIn(r.Node.Settings) {
		if b.Key == t.Board {
			values[phrasebook.BlankBoard] = story.BoardName(b, v)
		}
	}
	next, _, err := p.Rounds.NextRounds(r.Node.Settings, v.Now, 1)
	if len(next) > 0 {
		values[phrasebook.BlankRound] = v.When(next[0])
	}
	if errors.Is(err, calendar.ErrBeyond) {
		err = nil
	}
	return values, err
}

// addPhrase shows the answer again with the sentence that was tapped at its end.
func (p *Pages) addPhrase(v *page.Visit, form answerForm) error {
	form.Phrase = v.Field("phrase")
	return p.showTopic(v, 200, form, moderation{})
}

// with returns the form with the tapped sentence added; one that is gone adds nothing.
func (f answerForm) with(offered []view.Phrase) answerForm {
	for _, o := range offered {
		if o.Key != f.Phrase {
			continue
		}
		if f.Body != "" {
			f.Body += "\n"
		}
		f.Body += o.Text
	}
	f.Phrase = ""
	return f
}
