package story

import (
	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/web/view"
)

// Told returns the history of a topic, top-down.
func Told(t deliberation.TopicView) []view.Moment {
	var moments []view.Moment
	for _, e := range t.History {
		if e.What == deliberation.TopicAnswered {
			continue // answers stand on their own
		}
		m := view.Moment{Who: e.Name, Role: e.Title, What: "story." + e.What, At: e.At}
		switch e.What {
		case deliberation.TopicStepRecorded:
			m.Who, m.What = "", "story.step."+e.Reason
		case deliberation.TopicMissed:
			m.Who, m.What = "", "story.missed."+e.Reason
		case deliberation.TopicEscalated:
			m.Who, m.What = "", "story.escalated."+e.Reason
		case deliberation.TopicPosted, deliberation.TopicEdited, deliberation.NoticePublished:
		default:
			m.Text, m.TextKey = reason(e.Reason)
		}
		moments = append(moments, m)
	}
	return moments
}

// reason tells a reason that the platform gave, a key of the catalogue, from one in somebody's own words.
func reason(text string) (said, key string) {
	key, found, ok := deliberation.PlatformReason(text)
	switch {
	case !ok:
		return text, ""
	case len(found) > 0:
		return "", "reason." + key + "." + string(found[0])
	}
	return "", "reason." + key
}

// Answers returns the official answers, the first that counts first.
func Answers(t deliberation.TopicView) []view.Answer {
	answers := make([]view.Answer, len(t.Responses))
	for i, r := range t.Responses {
		answers[i] = view.Answer{
			Who: r.Name, Role: r.Title, Text: r.Body, At: r.At, Photos: Photos(t.ID, r.Photos), Auto: r.Auto, First: r.First,
		}
	}
	return answers
}

// Thread returns a topic with a page of its comments.
func Thread(t deliberation.Thread) view.Thread {
	topic := t.Topic
	thread := view.Thread{
		ID: string(topic.ID), Title: topic.Title, Text: rest(topic.Title, topic.Body), Author: topic.Author.Name, Role: topic.Author.Title,
		Building: topic.Author.Building, Board: "board." + string(topic.Board), BoardName: topic.BoardName, Source: topic.Source, CheckedOn: topic.CheckedOn, At: topic.CreatedAt, Edited: topic.EditedAt,
		Photos: Photos(topic.ID, topic.Photos), Status: Status(topic), Clock: Clock(topic), Masked: topic.Masked,
		Answers: Answers(topic), Story: Told(topic), Total: topic.Comments,
		Assisted: topic.Via == deliberation.ViaAssisted,
	}
	if standing := assisted.Of(topic.Topic); standing != "" {
		thread.Standing = "entry.standing." + string(standing)
	}
	thread.Reason, thread.ReasonKey = reason(topic.Reason)
	thread.Promises, thread.Reports, thread.Ways, thread.Refusal = Promises(topic), Reports(topic), Ways(topic), string(topic.Refusal)
	for _, c := range t.Comments {
		thread.Comments = append(thread.Comments, Comment(c))
	}
	if t.Above != nil {
		above := Comment(*t.Above)
		thread.Above = &above
	}
	return thread
}

// Comment returns a comment as its reader may see it.
func Comment(c deliberation.Comment) view.Comment {
	topic := "/t/" + string(c.Topic)
	shown := view.Comment{
		ID: string(c.ID), Who: c.Author.Name, Role: c.Author.Title, Building: c.Author.Building,
		Text: c.Body, At: c.CreatedAt, Edited: c.EditedAt, Hidden: c.Hidden, Withdrawn: c.Withdrawn, Reply: c.Parent != "",
		Here: topic + "/comments/" + string(c.ID), Answer: topic + "?at=" + string(c.ID) + "&do=reply#say",
	}
	if c.ReplyTo != c.Parent {
		shown.To = c.ReplyToName
	}
	if c.Quote != nil {
		shown.QuoteWho, shown.Quote, shown.QuoteGone = c.Quote.Name, c.Quote.Text, c.Quote.Text == ""
	}
	for _, old := range c.Versions {
		shown.Earlier = append(shown.Earlier, old.Body)
	}
	if c.Hidden {
		shown.Reason, shown.ReasonKey = reason(c.Reason)
	}
	return shown
}
