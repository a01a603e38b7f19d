package api

import (
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
)

// Reached counts what became of a notice's messages.
type Reached struct {
	Planned     int  `json:"planned" doc:"How many people are to be told."`
	Inbox       int  `json:"inbox" doc:"Have it in the inbox."`
	Sent        int  `json:"sent" doc:"Taken by WeChat."`
	Waiting     int  `json:"waiting" doc:"For the end of quiet hours, or another try."`
	Unreachable int  `json:"unreachable" doc:"Do not follow, or want no WeChat messages."`
	NoTemplate  int  `json:"no_template"`
	TakenBack   int  `json:"taken_back" doc:"Not sent because it was withdrawn first."`
	Failed      int  `json:"failed"`
	Done        bool `json:"done"`
	Opened      *int `json:"opened" doc:"How many different people have opened it; null while they are fewer than five. Who they are is kept nowhere."`
}

func showReached(p bulletin.Progress) Reached {
	r := Reached{
		Planned: p.Planned, Inbox: p.Inbox, Sent: p.Sent, Waiting: p.Waiting, Unreachable: p.Unreachable, NoTemplate: p.NoTemplate,
		TakenBack: p.TakenBack, Failed: p.Failed, Done: p.Done,
	}
	if !p.Few {
		r.Opened = &p.Readers
	}
	return r
}

// listBulletins lists the notices of a place, drafts among them.
func (a *Actions) listBulletins(c *Call) (Page[Bulletin], error) {
	found, err := a.Bulletins.Bulletins(c.Context(), c.Actor, nodeOf(c), c.after())
	return pageOf(found.Items, found.Next, showBulletin), err
}

// readBulletin returns one notice.
func (a *Actions) readBulletin(c *Call) (Bulletin, error) {
	b, err := a.Bulletins.Bulletin(c.Context(), c.Actor, bulletinOf(c))
	return showBulletin(b), err
}

// reachedBy counts whom a notice has reached.
func (a *Actions) reachedBy(c *Call) (Reached, error) {
	p, err := a.Bulletins.Progress(c.Context(), c.Actor, bulletinOf(c))
	return showReached(p), err
}

// ReviewRule is how notices of a place are reviewed.
type ReviewRule struct {
	Review      string `json:"review" doc:"colleague, town (an office of one person) or off."`
	UrgentFirst bool   `json:"urgent_first" doc:"An urgent notice goes out at once and is looked at within a day."`
}

// changeReview sets how notices of a place are reviewed.
func (a *Actions) changeReview(c *Call, in ReviewRule) (ReviewRule, error) {
	rule := bulletin.Rule{Review: community.Review(in.Review), UrgentFirst: in.UrgentFirst}
	if in.Review == "colleague" {
		rule.Review = community.ReviewColleague
	}
	_, err := a.Bulletins.ChangeRule(c.Context(), c.Actor, nodeOf(c), rule)
	return in, err
}

// NoticeRecord is what anybody may know about a published notice.
type NoticeRecord struct {
	Urgency     bulletin.Urgency `json:"urgency"`
	Audience    []string         `json:"audience" doc:"The places it is for; empty for everybody."`
	Town        bool             `json:"town" doc:"It came from the town."`
	Status      bulletin.Status  `json:"status"`
	Reviewer    *Office          `json:"reviewer,omitempty"`
	Unseen      bulletin.Unseen  `json:"unseen,omitempty" doc:"Why it went out before a second person looked."`
	Reason      string           `json:"reason,omitempty" doc:"Of the withdrawal."`
	WithdrawnBy string           `json:"withdrawn_by,omitempty"`
	History     []BulletinStep   `json:"history"`
}

// noticeRecord returns the record of a notice to whoever may read the notice.
func (a *Actions) noticeRecord(c *Call) (NoticeRecord, error) {
	t, err := a.Topics.Topic(c.Context(), c.Actor, topicOf(c))
	if err != nil {
		return NoticeRecord{}, err
	}
	r, ok, err := a.Bulletins.Record(c.Context(), t.ID)
	if err == nil && !ok {
		err = bulletin.ErrNotFound
	}
	shown := NoticeRecord{
		Urgency: r.Urgency, Audience: append([]string{}, r.Audience.Names...), Town: r.Town, Status: r.Status, Unseen: r.Unseen,
		Reason: r.Reason, WithdrawnBy: r.WithdrawnBy, History: each(r.History, showBulletinStep),
	}
	if r.Reviewer.Name != "" {
		shown.Reviewer = &Office{r.Reviewer.Name, r.Reviewer.Title}
	}
	return shown, err
}
