package api

import (
	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/community"
)

// NewDigest begins to collect a period.
type NewDigest struct {
	ID      string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Title   string `json:"title"`
	Purpose string `json:"purpose,omitempty"`
	From    string `json:"from" format:"date" doc:"The first day."`
	To      string `json:"to" format:"date" doc:"The last day, today at the latest."`
}

// dayOf reads a day; what is none is the zero day, which the use case refuses.
func dayOf(text string) calendar.Date {
	d, _ := calendar.ParseDate(text)
	return d
}

// openDigest begins.
func (a *Actions) openDigest(c *Call, in NewDigest) (Digest, error) {
	d, err := a.Digests.Open(c.Context(), c.Actor, digest.Open{
		ID: digest.ID(c.token(in.ID)), Community: community.ID(c.Param("community")), Title: in.Title, Purpose: in.Purpose, From: dayOf(in.From), To: dayOf(in.To),
	})
	return digested(c, d, err)
}

// DigestText is what a group says.
type DigestText struct {
	Revision int    `json:"revision" doc:"Of the digest that was read."`
	Heading  string `json:"heading"`
	Summary  string `json:"summary,omitempty" doc:"Needed to finish."`
	Ask      string `json:"ask,omitempty" doc:"What is asked of the town; needed to finish."`
}

// writeDigestGroup makes a group or changes what it says.
func (a *Actions) writeDigestGroup(c *Call, in DigestText) (Digest, error) {
	d, err := a.Digests.WriteGroup(c.Context(), c.Actor, digest.WriteGroup{Digest: digestOf(c), Seen: in.Revision, Writing: digest.Writing{
		ID: digest.GroupID(c.Param("group")), Heading: in.Heading, Summary: in.Summary, Ask: in.Ask,
	}})
	return digested(c, d, err)
}

// DigestSeen names the revision that was read.
type DigestSeen struct {
	Revision int `json:"revision"`
}

// dropDigestGroup takes a group away.
func (a *Actions) dropDigestGroup(c *Call, in DigestSeen) (Digest, error) {
	d, err := a.Digests.DropGroup(c.Context(), c.Actor, digestOf(c), digest.GroupID(c.Param("group")), in.Revision)
	return digested(c, d, err)
}

// DigestPlaces are topics and where they go.
type DigestPlaces struct {
	Revision int                    `json:"revision"`
	Group    digest.GroupID         `json:"group,omitempty" doc:"Left out, they are taken out of theirs."`
	Heading  string                 `json:"heading,omitempty" doc:"Makes the group, under an id of the client's, in the same step."`
	Topics   []deliberation.TopicID `json:"topics"`
}

// placeTopics sorts.
func (a *Actions) placeTopics(c *Call, in DigestPlaces) (Digest, error) {
	d, err := a.Digests.PlaceTopics(c.Context(), c.Actor, digest.PlaceTopics{Digest: digestOf(c), Group: in.Group, Topics: in.Topics, Seen: in.Revision, Make: in.Heading != "", Heading: in.Heading})
	return digested(c, d, err)
}
