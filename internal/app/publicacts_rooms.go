package app

import (
	"jushou/deliberation/covenant"
	"jushou/deliberation/digest"
	"jushou/deliberation/hall"
	"jushou/deliberation/meeting"
	"jushou/deliberation/whistle"
	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
)

// hallActs are deliberations and days of questions.
func hallActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{
		hall.SessionOpened, hall.SessionRoundClosed, hall.SessionRoundOpened, hall.SessionExtended, hall.SessionPaused, hall.SessionResumed, hall.FactRecorded,
		hall.OptionAdded, hall.DraftWritten, hall.SessionDecided, hall.SessionReported, hall.SessionOverdue, hall.SessionDropped,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "hall", Ref: "session", Facts: []string{"round", "draft", "kind", "due_at", "final", "late", "next_ends"},
			Words: []string{"question", "agreed", "open", "note", "text", "reason", "excerpt"},
		})
	}
	acts = append(acts, publiclog.Act{
		Event: hall.OptionCleared, Of: "hall", Ref: "session", Facts: []string{"option"}, Words: []string{"text"},
		Public: func(e docstore.Event, _ docstore.Doc) bool { return publiclog.Data[hall.OptionStep](e).Taken },
	})
	for _, event := range []string{hall.Argued, hall.ArgumentHidden, hall.ArgumentShown} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "hall_argument", Ref: "argument", Facts: []string{"session", "option"}, Words: []string{"reason"}, Doc: true, Text: argumentText, Public: argumentSeen,
		})
	}
	for _, event := range []string{hall.DayAnnounced, hall.DayCancelled, hall.DayClosed, hall.DayOverdue} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "hall_day", Ref: "day", Facts: []string{"from", "to", "asked", "left", "promised"}, Words: []string{"title"},
		})
	}
	for _, event := range []string{hall.QuestionAsked, hall.QuestionTold, hall.QuestionHidden, hall.QuestionShown} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "hall_question", Ref: "question", Facts: []string{"day"}, Words: []string{"reason"}, Doc: true, Text: questionText, Public: questionSeen,
		})
	}
	return acts
}

func argumentText(e docstore.Event, d docstore.Doc) map[string]any {
	if e.Type == hall.ArgumentHidden {
		return nil
	}
	return written("body", publiclog.Doc[hall.Argument](d).Body)
}

// argumentSeen leaves out what the word list hid and nobody has looked at.
func argumentSeen(e docstore.Event, d docstore.Doc) bool {
	a := publiclog.Doc[hall.Argument](d)
	return a.ID != "" && (!a.Hidden || a.ModeratedBy != "") && !publiclog.Data[hall.ArgumentStep](e).Held
}

func questionText(e docstore.Event, d docstore.Doc) map[string]any {
	q := publiclog.Doc[hall.Question](d)
	switch {
	case e.Type == hall.QuestionHidden:
		return nil
	case e.Type == hall.QuestionTold && q.Answer != nil:
		return written("answer", q.Answer.Body)
	}
	return written("body", q.Body)
}

func questionSeen(e docstore.Event, d docstore.Doc) bool {
	q := publiclog.Doc[hall.Question](d)
	return q.ID != "" && (!q.Hidden || q.ModeratedBy != "") && !publiclog.Data[hall.QuestionStep](e).Held
}

// covenantActs are editions from the day their comments open, and what is said of their clauses.
func covenantActs() []publiclog.Act {
	facts := []string{"edition", "until", "owed", "version", "effective_at"}
	var acts []publiclog.Act
	for _, event := range []string{covenant.CommentsOpened, covenant.Revised, covenant.AdoptionConfirmed, covenant.EditionDropped, covenant.CommentsOver, covenant.Filed} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "covenant", Ref: "covenant", Facts: facts, Words: []string{"covenant_title", "what"}, Doc: true, Text: clauses,
		})
	}
	for _, event := range []string{covenant.Commented, covenant.Replied, covenant.CommentHidden, covenant.CommentShown} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "covenant_comment", Ref: "comment", Facts: []string{"covenant", "edition", "taken"}, Words: []string{"why"}, Doc: true,
			Text: covenantWords, Public: covenantSeen,
		})
	}
	return acts
}

// clauses are the rules of the edition that the event is about.
func clauses(e docstore.Event, d docstore.Doc) map[string]any {
	n := publiclog.Data[covenant.About](e).Edition
	for _, edition := range publiclog.Doc[covenant.Covenant](d).Editions {
		if edition.N == n {
			return map[string]any{"clauses": edition.Clauses}
		}
	}
	return nil
}

func covenantWords(e docstore.Event, d docstore.Doc) map[string]any {
	if e.Type == covenant.CommentHidden {
		return nil
	}
	return written("body", publiclog.Doc[covenant.Comment](d).Body)
}

func covenantSeen(e docstore.Event, d docstore.Doc) bool {
	c := publiclog.Doc[covenant.Comment](d)
	return c.ID != "" && (!c.Hidden || c.ModeratedBy != "") && !publiclog.Data[covenant.CommentStep](e).Held
}

// meetingActs are meetings from their announcement on, and the tasks that came of them.
func meetingActs() []publiclog.Act {
	facts := []string{"kind", "starts_at", "due_at", "step", "level", "sequence", "warning"}
	announced := func(_ docstore.Event, d docstore.Doc) bool {
		m := publiclog.Doc[meeting.Meeting](d)
		return !m.AnnouncedAt.IsZero() || !m.PublishedAt.IsZero()
	}
	var acts []publiclog.Act
	for _, event := range []string{
		meeting.EventAnnounced, meeting.EventPostponed, meeting.EventRescheduled, meeting.EventCancelled, meeting.EventHeld, meeting.EventPublished, meeting.EventCorrected, meeting.EventDecided,
		meeting.EventLate,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "meeting", Ref: "meeting", Facts: facts, Words: []string{"subject", "words", "where"}, Doc: true, Text: minutes, Public: announced,
		})
	}
	for _, event := range []string{meeting.EventTaskOpened, meeting.EventTaskReported, meeting.EventTaskDone, meeting.EventTaskMoved, meeting.EventTaskLate} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "meeting_task", Ref: "task", Facts: append(facts, "meeting"), Words: []string{"subject", "words"},
		})
	}
	for _, event := range []string{meeting.EventSaid, meeting.EventHidden} {
		acts = append(acts, publiclog.Act{Event: event, Of: "meeting_opinion", Ref: "opinion", Facts: []string{"meeting"}, Words: []string{"words"}})
	}
	return acts
}

// minutes are what a meeting that is published wrote down, or how that was corrected.
func minutes(e docstore.Event, d docstore.Doc) map[string]any {
	m := publiclog.Doc[meeting.Meeting](d)
	all := m.Readable()
	if len(all) == 0 {
		return nil
	}
	said := all[0]
	switch e.Type {
	case meeting.EventPublished:
	case meeting.EventCorrected: // by the time of the event, for there may have been another one since
		for _, v := range all {
			if v.CheckedAt.Equal(e.At) {
				said = v
			}
		}
	default:
		return nil
	}
	return map[string]any{"summary": said.Summary, "outcomes": said.Outcomes, "decisions": said.Decisions}
}

// whistleActs are all steps of several units called together: each stands in the history of the topics.
func whistleActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{
		whistle.EventCalled, whistle.EventAccepted, whistle.EventRefused, whistle.EventArrived, whistle.EventReported, whistle.EventUnanswered, whistle.EventInsisted,
		whistle.EventConcluded, whistle.EventEvaluated, whistle.EventCancelled,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "whistle", Ref: "whistle", Facts: []string{"unit", "board", "due_at", "comes_at"}, Words: []string{"subject", "words"},
		})
	}
	return acts
}

// digestActs are what a community passed up to its town, and what came of it.
func digestActs() []publiclog.Act {
	var acts []publiclog.Act
	for _, event := range []string{
		digest.PassedUp, digest.GroupPassed, digest.ReturnedBy, digest.TakenBack, digest.GroupRecalled, digest.GroupAdopted, digest.GroupPartly, digest.GroupDeclined,
		digest.AllAnswered, digest.Ended, digest.Late,
	} {
		acts = append(acts, publiclog.Act{
			Event: event, Of: "digest", Ref: "digest", Facts: []string{"group", "due_at", "step", "warning"}, Words: []string{"subject", "heading", "words"},
		})
	}
	return acts
}
