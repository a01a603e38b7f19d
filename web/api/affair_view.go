package api

import (
	"time"

	"jushou/deliberation/disclosure"
	"jushou/internal/community"
)

// AffairCard is something a community publishes, as lists show it.
type AffairCard struct {
	ID          disclosure.ItemID `json:"id"`
	Community   community.ID      `json:"community"`
	Kind        disclosure.Kind   `json:"kind"`
	Period      disclosure.Period `json:"period,omitempty" doc:"What it reports on: 2026-09 or 2026-Q3; left out for a major matter."`
	DecidedOn   string            `json:"decided_on,omitempty" doc:"When a major matter was decided, for example 2026-09-14."`
	Title       string            `json:"title"`
	PublishedAt Instant           `json:"published_at,omitzero" doc:"When residents could first read it."`
	Published   int               `json:"published" doc:"How many versions have been published; more than one means that it was corrected."`
	InFen       int64             `json:"in_fen" doc:"Income of the current version in 0.01 yuan."`
	OutFen      int64             `json:"out_fen"`
}

// Affair is one thing published, with its trail and what is asked about it.
type Affair struct {
	AffairCard
	Current   *AffairVersion   `json:"current,omitempty" doc:"What residents read."`
	Latest    *AffairVersion   `json:"latest,omitempty" doc:"Entered last and not published; only for who publishes."`
	Trail     []AffairTrail    `json:"trail" doc:"The published versions, the first one first."`
	Questions []AffairQuestion `json:"questions"`
	May       AffairMay        `json:"may"`
}

// AffairMay says which steps make sense to offer. The actions ask again.
type AffairMay struct {
	Ask    bool `json:"ask"`
	Work   bool `json:"work" doc:"Sees what is not published."`
	Enter  bool `json:"enter" doc:"Correct and answer."`
	Review bool `json:"review" doc:"A version waits, and the caller may decide about it."`
	Own    bool `json:"own" doc:"The version that waits is the caller's own, to be taken back and nothing else."`
}

// AffairTrail is a published version without its content.
type AffairTrail struct {
	N           int     `json:"n"`
	PublishedAt Instant `json:"published_at"`
	Reason      string  `json:"reason,omitempty" doc:"Why it was corrected."`
}

// AffairVersion is one wording.
type AffairVersion struct {
	N          int                `json:"n"`
	Verdict    disclosure.Verdict `json:"verdict"`
	Title      string             `json:"title"`
	Body       string             `json:"body,omitempty"`
	Rows       []AffairRow        `json:"rows"`
	Photos     []Photo            `json:"photos"`
	Reason     string             `json:"reason,omitempty" doc:"Why it corrects the one before."`
	EnteredBy  Author             `json:"entered_by"`
	EnteredAt  Instant            `json:"entered_at"`
	ReviewedBy *Author            `json:"reviewed_by,omitempty"`
	ReviewedAt Instant            `json:"reviewed_at,omitzero"`
	Why        string             `json:"why,omitempty" doc:"It was returned."`
}

// AffairRow is a line of a table of amounts.
type AffairRow struct {
	What string          `json:"what" doc:"At most 40 characters."`
	Side disclosure.Side `json:"side"`
	Fen  int64           `json:"fen" doc:"Whole 0.01 yuan, never negative."`
	Note string          `json:"note,omitempty" doc:"At most 80 characters."`
}

// AffairChange is a published version with what it says otherwise than the one before it.
type AffairChange struct {
	AffairVersion
	Against       int            `json:"against" doc:"The version it is compared with, 0 for the first."`
	TitleLines    []AffairLine   `json:"title_lines"`
	BodyLines     []AffairLine   `json:"body_lines"`
	RowLines      []AffairRowWas `json:"row_lines"`
	PhotosChanged bool           `json:"photos_changed"`
}

// AffairLine is a line of text in a comparison.
type AffairLine struct {
	Op   disclosure.Op `json:"op"`
	Text string        `json:"text"`
}

// AffairRowWas is a row in a comparison.
type AffairRowWas struct {
	Op disclosure.Op `json:"op"`
	AffairRow
}

// AffairQuestion is what a resident asks about a published item.
type AffairQuestion struct {
	ID      disclosure.QuestionID `json:"id"`
	Item    disclosure.ItemID     `json:"item"`
	Version int                   `json:"version" doc:"That it was asked about."`
	Author  Author                `json:"author"`
	Text    string                `json:"text"`
	At      Instant               `json:"at"`
	DueAt   Instant               `json:"due_at,omitzero" doc:"By when it is answered; left out while the calendar does not reach it."`
	MetAt   Instant               `json:"met_at,omitzero" doc:"The first answer."`
	Late    bool                  `json:"late" doc:"Nobody has answered, and the date has passed."`
	Replies []AffairReply         `json:"replies"`
}

// AffairReply is an answer to a question.
type AffairReply struct {
	ID   string  `json:"id"`
	By   Author  `json:"by"`
	Text string  `json:"text"`
	At   Instant `json:"at"`
}

// AffairDue is something that has to be published.
type AffairDue struct {
	Kind     disclosure.Kind   `json:"kind"`
	Period   disclosure.Period `json:"period,omitempty"`
	Item     disclosure.ItemID `json:"item,omitempty" doc:"The major matter that was entered."`
	Title    string            `json:"title,omitempty"`
	DueAt    Instant           `json:"due_at,omitzero" doc:"Left out while the calendar does not reach it."`
	Late     bool              `json:"late"`
	Breaches []Instant         `json:"breaches" doc:"Dates that passed; they stay, whatever comes after."`
}

func showAffairCard(i disclosure.Item) AffairCard {
	c := AffairCard{
		ID: i.ID, Community: i.Community, Kind: i.Kind, Period: i.Period, Title: i.Title(), PublishedAt: instant(i.PublishedAt), Published: len(i.Shown()),
	}
	if i.Kind == disclosure.Major {
		c.DecidedOn = i.DecidedOn.String()
	}
	if v, ok := i.Current(); ok {
		sums := v.Content.Sums()
		c.InFen, c.OutFen = sums.In, sums.Out
	}
	return c
}

func showAffair(v disclosure.View, now time.Time) Affair {
	i := v.Item
	a := Affair{
		AffairCard: showAffairCard(i), May: AffairMay(v.May),
		Trail: each(i.Shown(), func(x disclosure.Version) AffairTrail { return AffairTrail{x.N, instant(x.ReviewedAt), x.Reason} }),
		Questions: each(v.Questions, func(q disclosure.Question) AffairQuestion {
			return showAffairQuestion(q, now)
		}),
	}
	if x, ok := i.Current(); ok {
		shown := showAffairVersion(i.ID, x)
		a.Current = &shown
	}
	if last := i.Latest(); v.May.Work && last.Verdict != disclosure.Published {
		shown := showAffairVersion(i.ID, last)
		a.Latest = &shown
	}
	return a
}

func showAffairVersion(item disclosure.ItemID, x disclosure.Version) AffairVersion {
	v := AffairVersion{
		N: x.N, Verdict: x.Verdict, Title: x.Content.Title, Body: x.Content.Body, Rows: each(x.Content.Rows, showAffairRow),
		Reason: x.Reason, EnteredBy: showAuthor(x.EnteredBy), EnteredAt: instant(x.EnteredAt), ReviewedAt: instant(x.ReviewedAt), Why: x.Why,
		Photos: showAffairPhotos(item, x.Content.Photos),
	}
	if x.Verdict != disclosure.Waits {
		by := showAuthor(x.ReviewedBy)
		v.ReviewedBy = &by
	}
	return v
}

func showAffairRow(r disclosure.Row) AffairRow { return AffairRow(r) }

func showAffairQuestion(q disclosure.Question, now time.Time) AffairQuestion {
	return AffairQuestion{
		ID: q.ID, Item: q.Item, Version: q.Version, Author: showAuthor(q.By), Text: q.Text, At: instant(q.At),
		DueAt: instant(q.Clock.DueAt), MetAt: instant(q.Clock.MetAt), Late: q.Clock.Overdue(now),
		Replies: each(q.Replies, func(r disclosure.Reply) AffairReply {
			return AffairReply{r.ID, showAuthor(r.By), r.Text, instant(r.At)}
		}),
	}
}

func showAffairDue(o disclosure.Obligation, now time.Time) AffairDue {
	d := AffairDue{Kind: o.Kind, Period: o.Period, Item: o.Item, Title: o.Title, DueAt: instant(o.Clock.DueAt), Late: o.Clock.Overdue(now), Breaches: []Instant{}}
	for _, b := range o.Clock.Breaches {
		d.Breaches = append(d.Breaches, instant(b.At))
	}
	return d
}
