package api

import (
	"time"

	"jushou/deliberation/assisted"
	"jushou/internal/community"
	webassisted "jushou/web/assisted"
)

// PaperBox is a box for notes on paper.
type PaperBox struct {
	ID      assisted.BoxID `json:"id"`
	Place   string         `json:"place"`
	Days    []int          `json:"days" doc:"Weekdays on which it is emptied, Sunday is 0."`
	NextOn  string         `json:"next_on" doc:"When it is to be emptied next; it may have passed."`
	Emptied []BoxEmptying  `json:"emptied" doc:"The last times, the latest first."`
}

// BoxEmptying is one time that a box was emptied.
type BoxEmptying struct {
	By    string  `json:"by"`
	At    Instant `json:"at"`
	Notes int     `json:"notes"`
}

func showBox(b assisted.HungBox) PaperBox {
	return PaperBox{
		ID: b.ID, Place: b.Place, NextOn: b.NextOn.String(), Days: each(b.Days, func(d time.Weekday) int { return int(d) }),
		Emptied: each(b.Emptied, func(e assisted.Emptying) BoxEmptying { return BoxEmptying{e.By, instant(e.At), e.Notes} }),
	}
}

func (a *Actions) boxNode(c *Call) (community.Node, assisted.BoxID, error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	return node, assisted.BoxID(c.Param("box")), err
}

// listBoxes lists a community's paper boxes.
func (a *Actions) listBoxes(c *Call) (Page[PaperBox], error) {
	node, _, err := a.boxNode(c)
	if err != nil {
		return Page[PaperBox]{}, err
	}
	all, err := a.Assisted.Boxes(c.Context(), c.Actor, node)
	return pageOf(all, "", showBox).of(len(all)), err
}

// NewBox hangs a box up, or names it anew.
type NewBox struct {
	ID    assisted.BoxID `json:"id,omitempty" doc:"Of the box to change; left out for a new one."`
	Place string         `json:"place" doc:"At most 30 characters."`
	Days  []int          `json:"days" doc:"Weekdays, Sunday is 0; at least one."`
}

// saveBox hangs a box up, or names it anew.
func (a *Actions) saveBox(c *Call, in NewBox) (PaperBox, error) {
	node, _, err := a.boxNode(c)
	if err != nil {
		return PaperBox{}, err
	}
	b, err := a.Assisted.SaveBox(c.Context(), c.Actor, node, assisted.SaveBox{
		ID: assisted.BoxID(c.token(string(in.ID))), Place: in.Place, Days: each(in.Days, func(d int) time.Weekday { return time.Weekday(d) }),
	})
	return showBox(b), err
}

// BoxEmptied says that a box was emptied.
type BoxEmptied struct {
	ID    string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Notes int    `json:"notes" doc:"How many were in it, 0 to 500."`
}

// emptyBox writes down that a box was emptied.
func (a *Actions) emptyBox(c *Call, in BoxEmptied) (PaperBox, error) {
	node, id, err := a.boxNode(c)
	if err != nil {
		return PaperBox{}, err
	}
	b, err := a.Assisted.EmptyBox(c.Context(), c.Actor, node, assisted.EmptyBox{Box: id, Token: c.token(in.ID), Notes: in.Notes})
	return showBox(b), err
}

// closeBox takes a box down.
func (a *Actions) closeBox(c *Call) (nothing, error) {
	node, id, err := a.boxNode(c)
	if err != nil {
		return nothing{}, err
	}
	return nothing{}, a.Assisted.CloseBox(c.Context(), c.Actor, node, id)
}

// boxCode draws the code that is stuck to a box; it opens the page where residents say what is the matter.
func (a *Actions) boxCode(c *Call) ([]byte, error) {
	node, id, err := a.boxNode(c)
	if err != nil {
		return nil, err
	}
	if _, err := a.Assisted.Box(c.Context(), c.Actor, node, id); err != nil {
		return nil, err
	}
	return webassisted.DrawCode(webassisted.SayPage(a.BaseURL, node.ID))
}
