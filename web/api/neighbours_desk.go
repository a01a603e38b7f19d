package api

import "jushou/deliberation/neighbourhood"

// ReportedTalk is all that staff see of a talk before they say why they read it.
type ReportedTalk struct {
	ID      neighbourhood.ExchangeID `json:"id"`
	Title   string                   `json:"title"`
	Reports []NeighbourReport        `json:"reports"`
}

// NeighboursDesk is what waits for staff.
type NeighboursDesk struct {
	Offers []Offer        `json:"offers" doc:"Held or reported."`
	Talks  []ReportedTalk `json:"talks"`
	Wishes []Wish         `json:"wishes" doc:"To be cleared, or delivered to somebody offline."`
	Fallen []Wish         `json:"fallen" doc:"Wishes nobody adopted."`
	Ended  []Offer        `json:"ended" doc:"Offers whose end has passed."`
}

// neighboursDesk lists what waits for staff, the oldest first.
func (a *Actions) neighboursDesk(c *Call) (NeighboursDesk, error) {
	d, err := a.Neighbours.Desk(c.Context(), c.Actor, nodeOf(c))
	return NeighboursDesk{
		Offers: each(d.Offers, showOffer), Wishes: each(d.Wishes, showWish), Fallen: each(d.Fallen, showWish), Ended: each(d.Ended, showOffer),
		Talks: each(d.Talks, func(t neighbourhood.ReportedTalk) ReportedTalk {
			return ReportedTalk{ID: t.ID, Title: t.Title, Reports: each(t.Reports, showNeighbourReport)}
		}),
	}, err
}

// Tending is what staff do with an offer that is held or reported.
type Tending struct {
	Do     string `json:"do" doc:"release, hide or dismiss."`
	Reason string `json:"reason,omitempty" doc:"Needed to hide."`
}

// tendOffer does it.
func (a *Actions) tendOffer(c *Call, in Tending) (Offer, error) {
	o, err := a.Neighbours.TendOffer(c.Context(), c.Actor, neighbourhood.TendOffer{Offer: offerOf(c), Do: in.Do, Reason: in.Reason})
	return a.offered(c, o.ID, err)
}

// LookWhy says why staff read what is others'.
type LookWhy struct {
	Why string `json:"why" doc:"Both of the two read it."`
}

// SpokenWord is a message with who said it.
type SpokenWord struct {
	Name string  `json:"name"`
	Text string  `json:"text"`
	At   Instant `json:"at"`
}

// TalkRead is a reported talk as staff read it.
type TalkRead struct {
	ID      neighbourhood.ExchangeID `json:"id"`
	Title   string                   `json:"title"`
	Words   []SpokenWord             `json:"words"`
	Reports []NeighbourReport        `json:"reports"`
	Closed  bool                     `json:"closed"`
}

func showTalkRead(x neighbourhood.Exchange) TalkRead {
	return TalkRead{
		ID: x.ID, Title: x.Title, Reports: each(x.Reports, showNeighbourReport), Closed: x.ClosedBy != "",
		Words: each(x.Words, func(w neighbourhood.Word) SpokenWord {
			s := SpokenWord{Name: x.Owner.Name, Text: w.Text, At: instant(w.At)}
			if w.Guest {
				s.Name = x.Guest.Name
			}
			return s
		}),
	}
}

// readReported shows a reported talk, after writing down who reads it and why.
func (a *Actions) readReported(c *Call, in LookWhy) (TalkRead, error) {
	x, err := a.Neighbours.ReadReported(c.Context(), c.Actor, nodeOf(c), talkOf(c), in.Why)
	return showTalkRead(x), err
}

// Judgement closes the reports of a talk.
type Judgement struct {
	End    bool   `json:"end" doc:"Also end the talk."`
	Reason string `json:"reason,omitempty" doc:"Needed to end it; both read it."`
}

// judgeTalk closes the reports of a talk, and perhaps the talk.
func (a *Actions) judgeTalk(c *Call, in Judgement) (ReportedTalk, error) {
	x, err := a.Neighbours.JudgeExchange(c.Context(), c.Actor, nodeOf(c), talkOf(c), in.End, in.Reason)
	return ReportedTalk{ID: x.ID, Title: x.Title, Reports: each(x.Reports, showNeighbourReport)}, err
}
