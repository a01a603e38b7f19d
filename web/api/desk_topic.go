package api

import (
	"jushou/deliberation"
	"jushou/internal/identity"
)

// EarlierText is a text as it stood before an edit.
type EarlierText struct {
	Until Instant `json:"until"`
	Title string  `json:"title"`
	Body  string  `json:"body"`
}

// DeskTopic is a topic as staff see it. What only moderators may see is empty for others.
type DeskTopic struct {
	Topic
	AuthorAccount identity.AccountID `json:"author_account,omitempty"`
	EnteredBy     identity.AccountID `json:"entered_by,omitempty" doc:"Who wrote it down for somebody offline."`
	Hits          []string           `json:"hits" doc:"What the word list found."`
	Earlier       []EarlierText      `json:"earlier"`
	Rounds        []Instant          `json:"rounds" doc:"The stored instants of its Rounds."`
}

// deskTopic returns a topic with what staff need to decide about it.
func (a *Actions) deskTopic(c *Call) (DeskTopic, error) {
	t, err := a.Topics.Topic(c.Context(), c.Actor, topicOf(c))
	if err != nil {
		return DeskTopic{}, err
	}
	if err := identity.Can(c.Actor, identity.SeeDesk, t.Place()); err != nil {
		return DeskTopic{}, err
	}
	shown := DeskTopic{
		Topic: showTopic(t), AuthorAccount: t.Author.Account, EnteredBy: t.EnteredBy, Hits: append([]string{}, t.Hits...),
		Earlier: each(t.Versions, func(v deliberation.Version) EarlierText {
			return EarlierText{Until: instant(v.Until), Title: v.Title, Body: v.Body}
		}),
		Rounds: []Instant{},
	}
	if t.Clock != nil {
		shown.Rounds = each(t.Clock.Rounds, instant)
	}
	return shown, nil
}
