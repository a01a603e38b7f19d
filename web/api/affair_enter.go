package api

import (
	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/calendar"
	"jushou/internal/fault"
)

// AffairContent is what a version says.
type AffairContent struct {
	Title  string                 `json:"title" doc:"At most 40 characters."`
	Body   string                 `json:"body,omitempty" doc:"At most 2000 characters."`
	Rows   []AffairRow            `json:"rows,omitempty" doc:"At most 60; money needs one."`
	Photos []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos, at most nine."`
}

// NewAffair is an item on its way to its review.
type NewAffair struct {
	ID        string            `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Kind      disclosure.Kind   `json:"kind"`
	Period    disclosure.Period `json:"period,omitempty" doc:"Of money and benefits: 2026-09 or 2026-Q3."`
	DecidedOn string            `json:"decided_on,omitempty" doc:"Of a major matter: 2026-09-14."`
	AffairContent
}

var errAffairDay = fault.New(fault.Invalid, "affairs.bad_day").On("decided_on")

// enterAffair stores an item for its review by another person.
func (a *Actions) enterAffair(c *Call, in NewAffair) (Affair, error) {
	cmd := disclosure.EnterItem{ID: disclosure.ItemID(c.token(in.ID)), Community: nodeOf(c), Kind: in.Kind, Period: in.Period, Content: in.content()}
	if in.DecidedOn != "" {
		day, err := calendar.ParseDate(in.DecidedOn)
		if err != nil {
			return Affair{}, errAffairDay.Because(err)
		}
		cmd.DecidedOn = day
	}
	i, err := a.Affairs.EnterItem(c.Context(), c.Actor, cmd)
	if err != nil {
		return Affair{}, err
	}
	return a.affair(c, i.ID)
}

func (in AffairContent) content() disclosure.Content {
	return disclosure.Content{
		Title: in.Title, Body: in.Body, Photos: in.Photos,
		Rows: each(in.Rows, func(r AffairRow) disclosure.Row { return disclosure.Row(r) }),
	}
}

// AffairCorrection is a further version: a correction, or another try after the review.
type AffairCorrection struct {
	ID     string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Seen   int    `json:"seen" doc:"The number of the last version the caller knows."`
	Reason string `json:"reason,omitempty" doc:"Needed for what is published; residents read it. At most 200 characters."`
	AffairContent
}

// correctAffair adds a version for its review. What residents read stays until then.
func (a *Actions) correctAffair(c *Call, in AffairCorrection) (Affair, error) {
	i, err := a.Affairs.ReviseItem(c.Context(), c.Actor, disclosure.ReviseItem{
		Item: affairOf(c), Token: c.token(in.ID), Seen: in.Seen, Reason: in.Reason, Content: in.content(),
	})
	if err != nil {
		return Affair{}, err
	}
	return a.affair(c, i.ID)
}

// AffairVerdict is what the review makes of a version.
type AffairVerdict struct {
	Publish bool   `json:"publish" doc:"Else it is returned."`
	Why     string `json:"why,omitempty" doc:"Needed to return what somebody else entered. At most 200 characters."`
}

// reviewAffair publishes a version or returns it. Whoever entered it may take it back and nothing else.
func (a *Actions) reviewAffair(c *Call, in AffairVerdict) (Affair, error) {
	i, err := a.Affairs.ReviewItem(c.Context(), c.Actor, disclosure.ReviewItem{
		Item: affairOf(c), Version: numberOf(c, "version"), Publish: in.Publish, Why: in.Why,
	})
	if err != nil {
		return Affair{}, err
	}
	return a.affair(c, i.ID)
}
