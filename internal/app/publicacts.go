package app

import (
	"slices"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/disclosure"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/eventlog/publiclog"
)

// publicActs is the one table of what is entered in the public log. Whatever is not here is in notPublic, with the reason; a test
// finds events that are in neither. A row names ids, kinds and instants that everybody may read; words are entered as their hash.
func publicActs() []publiclog.Act {
	return slices.Concat(topicActs(), commentActs(), affairActs(), ledgerActs(), bulletinActs(), hallActs(), pollActs(), covenantActs(), meetingActs(), projectActs(), activityActs(), callActs(), whistleActs(), digestActs(), settingActs())
}

// settingActs change what a community or town promises.
func settingActs() []publiclog.Act {
	return []publiclog.Act{
		{Event: community.EventNodeChanged, Of: "place", Ref: "node", Place: "node", Facts: []string{"policy_version"}},
		{Event: community.EventPromisesChanged, Of: "place", Ref: "node", Place: "node", Facts: []string{"version"}, Words: []string{"reason"}},
		{Event: catalogue.EventPublished, Of: "catalogue", Facts: []string{"version"}},
		{Event: deliberation.RoundHeld, Of: "round", Facts: []string{"at", "held_at", "listed", "secretary", "to_town"}},
	}
}

// topicActs are the steps of a topic's life, from the moment its community could read it.
func topicActs() []publiclog.Act {
	step := []string{
		"board", "kind", "status", "refusal", "ending", "department", "due_at", "until", "close_at", "into", "from", "from_board", "clock", "sequence", "to", "warning",
	}
	text := func(_ docstore.Event, d docstore.Doc) map[string]any {
		t := publiclog.Doc[deliberation.Topic](d)
		return written("title", t.Title, "body", t.Body, "photos", t.Photos)
	}
	acts := []publiclog.Act{
		{Event: deliberation.TopicPosted, Facts: []string{"board", "kind", "via", "photos", "due_at"}, Text: text},
		{Event: deliberation.NoticePublished, Facts: []string{"board", "kind", "via", "photos"}, Text: text},
		{Event: deliberation.TopicReleased, Facts: []string{"board", "kind"}, Text: text},
		{Event: deliberation.TopicEdited, Facts: []string{"board", "kind", "revision"}, Text: text},
		{Event: deliberation.TopicAnswered, Facts: []string{"board", "kind", "response", "first", "auto", "late"}, Text: answerText},
		{Event: deliberation.TopicStepRecorded, Facts: []string{"board", "kind", "step", "at"}},
	}
	for _, event := range []string{deliberation.TopicHeld, deliberation.TopicHidden, deliberation.TopicWithdrawn} {
		acts = append(acts, publiclog.Act{Event: event, Facts: []string{"board", "kind", "by_words"}, Words: []string{"reason"}})
	}
	for _, event := range []string{
		deliberation.TopicAccepted, deliberation.TopicRefused, deliberation.TopicAsked, deliberation.TopicReplied, deliberation.TopicUnanswered,
		deliberation.TopicDispatched, deliberation.TopicContested, deliberation.TopicReviewed, deliberation.TopicTaken, deliberation.TopicReported,
		deliberation.TopicSentBack, deliberation.TopicResolved, deliberation.TopicConfirmed, deliberation.TopicDisputed, deliberation.TopicUpheld,
		deliberation.TopicClosed, deliberation.TopicReopened, deliberation.TopicMerged, deliberation.TopicAbsorbed, deliberation.TopicMoved,
		deliberation.TopicMoreAsked, deliberation.TopicExtended, deliberation.TopicNotExtended, deliberation.TopicMissed, deliberation.TopicEscalated,
	} {
		acts = append(acts, publiclog.Act{Event: event, Facts: step, Words: []string{"reason", "excerpt"}})
	}
	for i := range acts {
		acts[i].Of, acts[i].Ref, acts[i].Doc, acts[i].Public = "topic", "topic", true, everShown
	}
	return acts
}

// everShown reports whether the community could ever read the topic: it was not held when it was posted, or it was released.
func everShown(_ docstore.Event, d docstore.Doc) bool {
	t := publiclog.Doc[deliberation.Topic](d)
	if t.ID == "" {
		return false
	}
	return !slices.ContainsFunc(t.History, func(e deliberation.Entry) bool {
		return e.What == deliberation.TopicHeld && e.At.Equal(t.CreatedAt)
	}) || slices.ContainsFunc(t.History, func(e deliberation.Entry) bool { return e.What == deliberation.TopicReleased })
}

func answerText(e docstore.Event, d docstore.Doc) map[string]any {
	id := publiclog.Data[deliberation.Answered](e).Response
	for _, r := range publiclog.Doc[deliberation.Topic](d).Responses {
		if r.ID == id {
			return written("body", r.Body, "photos", r.Photos)
		}
	}
	return nil
}

// written collects what somebody wrote: names and values by turns, empty ones left out.
func written(pairs ...any) map[string]any {
	all := map[string]any{}
	for i := 0; i+1 < len(pairs); i += 2 {
		switch v := pairs[i+1].(type) {
		case string:
			if v == "" {
				continue
			}
		case []deliberation.PhotoID:
			if len(v) == 0 {
				continue
			}
		}
		all[pairs[i].(string)] = pairs[i+1]
	}
	return all
}

// commentActs are what is said below topics.
func commentActs() []publiclog.Act {
	text := func(_ docstore.Event, d docstore.Doc) map[string]any {
		return written("body", publiclog.Doc[deliberation.Comment](d).Body)
	}
	seen := func(e docstore.Event, d docstore.Doc) bool {
		c := publiclog.Doc[deliberation.Comment](d)
		return c.ID != "" && (!c.Hidden || c.ModeratedBy != "") && !publiclog.Data[deliberation.CommentStep](e).Held
	}
	acts := []publiclog.Act{
		{Event: deliberation.TopicCommented, Text: text},
		{Event: deliberation.CommentEdited, Text: text},
		{Event: deliberation.CommentReleased, Text: text},
		{Event: deliberation.CommentWithdrawn},
		{Event: deliberation.CommentHidden, Words: []string{"reason"}},
	}
	for i := range acts {
		acts[i].Of, acts[i].Ref, acts[i].Doc, acts[i].Public = "comment", "comment", true, seen
		acts[i].Facts = []string{"topic", "board"}
	}
	return acts
}

// affairActs are 公开栏: what is owed, published, corrected, asked and answered.
func affairActs() []publiclog.Act {
	facts := []string{"kind", "period", "due_at", "step", "level", "sequence", "warning"}
	text := func(_ docstore.Event, d docstore.Doc) map[string]any {
		v, ok := publiclog.Doc[disclosure.Item](d).Current()
		if !ok {
			return nil
		}
		return map[string]any{"content": v.Content, "reason": v.Reason}
	}
	return []publiclog.Act{
		{Event: disclosure.ItemPublished, Of: "affair", Ref: "item", Facts: facts, Doc: true, Text: text},
		{Event: disclosure.ItemCorrected, Of: "affair", Ref: "item", Facts: facts, Doc: true, Text: text},
		{Event: disclosure.ObligationOpened, Of: "obligation", Facts: facts},
		{Event: disclosure.ObligationLate, Of: "obligation", Facts: facts},
		{Event: disclosure.ObligationMet, Of: "obligation", Facts: append(facts, "item")},
		{Event: disclosure.QuestionAsked, Of: "affair_question", Ref: "question", Facts: append(facts, "item"), Words: []string{"excerpt"}},
		{Event: disclosure.QuestionAnswered, Of: "affair_question", Ref: "question", Facts: append(facts, "item"), Words: []string{"excerpt"}},
		{Event: disclosure.QuestionLate, Of: "affair_question", Ref: "question", Facts: append(facts, "item")},
	}
}

// bulletinActs are notices that two persons put out.
func bulletinActs() []publiclog.Act {
	facts := []string{"urgency", "everybody", "town", "parent", "unseen"}
	text := func(_ docstore.Event, d docstore.Doc) map[string]any {
		b := publiclog.Doc[bulletin.Bulletin](d)
		return written("title", b.Title, "body", b.Body, "photos", b.Photos)
	}
	return []publiclog.Act{
		{Event: bulletin.EventPublished, Of: "bulletin", Ref: "bulletin", Facts: facts, Doc: true, Text: text},
		{Event: bulletin.EventReviewed, Of: "bulletin", Ref: "bulletin", Facts: facts},
		{Event: bulletin.EventWithdrawn, Of: "bulletin", Ref: "bulletin", Facts: facts, Words: []string{"reason"}},
	}
}
