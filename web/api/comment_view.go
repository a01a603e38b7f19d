package api

import "jushou/deliberation"

// Quote is a passage that a comment answers.
type Quote struct {
	Comment deliberation.CommentID `json:"comment,omitempty" doc:"Left out where it is the topic's."`
	Name    string                 `json:"name"`
	Text    string                 `json:"text" doc:"Empty where the passage may not be seen any more."`
}

// CommentVersion is a comment's text before an edit.
type CommentVersion struct {
	Body  string  `json:"body"`
	Until Instant `json:"until"`
}

// CommentMay says which steps make sense to offer to the reader. The actions ask again.
type CommentMay struct {
	Edit     bool `json:"edit"`
	Withdraw bool `json:"withdraw"`
	Appeal   bool `json:"appeal"`
}

// Comment is a neighbour's word under a topic.
type Comment struct {
	ID          deliberation.CommentID `json:"id"`
	Topic       deliberation.TopicID   `json:"topic"`
	Author      Author                 `json:"author"`
	Body        string                 `json:"body" doc:"Empty while hidden, except for its author and for staff, and once it was taken back, except for staff."`
	CreatedAt   Instant                `json:"created_at"`
	Parent      deliberation.CommentID `json:"parent,omitempty" doc:"The comment among whose replies it stands; threads are one level deep."`
	ReplyTo     deliberation.CommentID `json:"reply_to,omitempty" doc:"The comment it answers, which may be another reply."`
	ReplyToName string                 `json:"reply_to_name,omitempty"`
	Quote       *Quote                 `json:"quote,omitempty"`
	Mentions    []string               `json:"mentions" doc:"Whom it calls, by the names shown in the thread."`
	Revision    int                    `json:"revision" doc:"Counts edits; an edit names the revision it saw."`
	EditUntil   Instant                `json:"edit_until,omitzero" doc:"Until then its author may change it."`
	EditedAt    Instant                `json:"edited_at,omitzero"`
	Earlier     []CommentVersion       `json:"earlier" doc:"Texts before each edit, the oldest first."`
	Hidden      bool                   `json:"hidden"`
	Withdrawn   bool                   `json:"withdrawn" doc:"Its author took it back; the place stays."`
	Reason      string                 `json:"reason,omitempty"`
	May         CommentMay             `json:"may"`
}

// showComment returns how comments are shown to who asks.
func showComment(c *Call) func(deliberation.Comment) Comment {
	return func(m deliberation.Comment) Comment {
		shown := Comment{
			ID: m.ID, Topic: m.Topic, Author: showAuthor(m.Author), Body: m.Body, CreatedAt: instant(m.CreatedAt),
			Parent: m.Parent, ReplyTo: m.ReplyTo, ReplyToName: m.ReplyToName,
			Mentions: each(m.Mentions, func(x deliberation.Mention) string { return x.Name }),
			Revision: m.Revision, EditUntil: instant(m.EditUntil), EditedAt: instant(m.EditedAt),
			Earlier: each(m.Versions, func(v deliberation.CommentVersion) CommentVersion {
				return CommentVersion{Body: v.Body, Until: instant(v.Until)}
			}),
			Hidden: m.Hidden, Withdrawn: m.Withdrawn, Reason: m.Reason, May: CommentMay(m.MayOf(c.Actor.ID, c.Now)),
		}
		if q := m.Quote; q != nil {
			shown.Quote = &Quote{Comment: q.Comment, Name: q.Name, Text: q.Text}
		}
		return shown
	}
}

// said shows what a step on a comment left, to who took it.
func said(c *Call, m deliberation.Comment, err error) (Comment, error) {
	if err != nil {
		return Comment{}, err
	}
	return showComment(c)(m), nil
}
