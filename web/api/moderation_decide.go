package api

import "jushou/deliberation/moderation"

// Pick is a thing as the queue showed it.
type Pick struct {
	Kind     moderation.Kind `json:"kind"`
	ID       string          `json:"id"`
	Revision int             `json:"revision"`
	Seen     string          `json:"seen"`
}

// Ruling is a moderator's decision about one thing.
type Ruling struct {
	Pick
	What   moderation.What `json:"what"`
	Reason string          `json:"reason,omitempty" doc:"Needed to hide, and to turn an appeal down; its author reads it."`
}

// decide shows or hides a thing, or leaves it as it is, and settles its reports and its appeal.
func (a *Actions) decide(c *Call, in Ruling) (Case, error) {
	decided, err := a.Moderation.Decide(c.Context(), c.Actor, moderation.Decide{
		Ref: in.ref(), Revision: in.Revision, Seen: in.Seen, What: in.What, Reason: in.Reason,
	})
	if err != nil {
		return Case{}, err
	}
	return showCase(decided), nil
}

func (p Pick) ref() moderation.Ref { return moderation.Ref{Kind: p.Kind, ID: p.ID} }

// BulkRuling is one decision about many things.
type BulkRuling struct {
	Picks  []Pick          `json:"picks" doc:"At most 50."`
	What   moderation.What `json:"what"`
	Reason string          `json:"reason,omitempty"`
}

// Effect is what a decision does to one of many things.
type Effect struct {
	Kind    moderation.Kind `json:"kind"`
	ID      string          `json:"id"`
	Changes bool            `json:"changes" doc:"It is shown or hidden by the decision; else only its reports and its appeal are settled."`
	Refused string          `json:"refused,omitempty" doc:"The code of why it is left out."`
	Detail  string          `json:"detail,omitempty"`
}

// Effects are what a decision does to each thing.
type Effects struct {
	Items []Effect `json:"items"`
}

func (b BulkRuling) bulk() moderation.Bulk {
	return moderation.Bulk{What: b.What, Reason: b.Reason, Picks: each(b.Picks, func(p Pick) moderation.Pick {
		return moderation.Pick{Ref: p.ref(), Revision: p.Revision, Seen: p.Seen}
	})}
}

func showEffects(c *Call, all []moderation.Outcome, err error) (Effects, error) {
	return Effects{Items: each(all, func(o moderation.Outcome) Effect {
		e := Effect{Kind: o.Item.Case.Kind, ID: o.Item.Case.ID, Changes: o.Changes}
		if o.Err != nil {
			e.Refused, e.Detail = codeOf(o.Err), c.Sentence(o.Err)
		}
		return e
	})}, err
}

// previewDecisions tells what a decision about many would do, and does nothing.
func (a *Actions) previewDecisions(c *Call, in BulkRuling) (Effects, error) {
	would, err := a.Moderation.Preview(c.Context(), c.Actor, in.bulk())
	return showEffects(c, would, err)
}

// decideAll decides many things. What cannot be decided is left out and told; the rest is done.
func (a *Actions) decideAll(c *Call, in BulkRuling) (Effects, error) {
	done, err := a.Moderation.DecideAll(c.Context(), c.Actor, in.bulk())
	return showEffects(c, done, err)
}
