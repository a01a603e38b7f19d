package api

import "jushou/deliberation/moderation"

// thingOf returns what the address names.
func thingOf(c *Call) moderation.Ref {
	return moderation.Ref{Kind: moderation.Kind(c.Param("kind")), ID: c.Param("thing")}
}

// ContentReport is a resident's hint that something should be looked at.
type ContentReport struct {
	Why   moderation.Why `json:"why"`
	Words string         `json:"words,omitempty" doc:"Needed where why is other; at most 300 characters."`
}

// report takes a hint. It hides nothing, and neither author nor moderators learn whose it is.
func (a *Actions) report(c *Call, in ContentReport) (nothing, error) {
	return nothing{}, a.Moderation.Report(c.Context(), c.Actor, moderation.MakeReport{Ref: thingOf(c), Why: in.Why, Words: in.Words})
}

// Words are what somebody says.
type Words struct {
	Words string `json:"words" doc:"At most 300 characters."`
}

// Appeal is an author's word against a decision, with the answer to it.
type Appeal struct {
	Words     string  `json:"words"`
	At        Instant `json:"at"`
	ToTown    bool    `json:"to_town" doc:"Nobody in the community may decide it, so the town does."`
	DecidedAt Instant `json:"decided_at,omitzero"`
	Granted   bool    `json:"granted"`
	Name      string  `json:"name,omitempty" doc:"Who decided."`
	Title     string  `json:"title,omitempty"`
	Answer    string  `json:"answer,omitempty"`
}

func showAppeal(a moderation.Appeal) Appeal {
	return Appeal{
		Words: a.Words, At: instant(a.At), ToTown: a.ToTown, DecidedAt: instant(a.DecidedAt), Granted: a.Granted,
		Name: a.Name, Title: a.Title, Answer: a.Answer,
	}
}

// appeal asks for another person to look again at one's own words.
func (a *Actions) appeal(c *Call, in Words) (Appeal, error) {
	made, err := a.Moderation.Appeal(c.Context(), c.Actor, moderation.MakeAppeal{Ref: thingOf(c), Words: in.Words})
	if err != nil {
		return Appeal{}, err
	}
	return showAppeal(made), nil
}

// OwnThing is what somebody wrote and how it stands.
type OwnThing struct {
	State  moderation.State `json:"state"`
	Reason string           `json:"reason,omitempty" doc:"Why it is not shown."`
	Title  string           `json:"title"`
	Text   string           `json:"text"`
	Appeal *Appeal          `json:"appeal,omitempty" doc:"The last one."`
}

// ownAppeal shows an author how their own words stand.
func (a *Actions) ownAppeal(c *Call) (OwnThing, error) {
	t, last, err := a.Moderation.OwnAppeal(c.Context(), c.Actor, thingOf(c))
	if err != nil {
		return OwnThing{}, err
	}
	shown := OwnThing{State: t.State, Reason: t.Reason, Title: t.Title, Text: t.Text}
	if last != nil {
		appeal := showAppeal(*last)
		shown.Appeal = &appeal
	}
	return shown, nil
}
