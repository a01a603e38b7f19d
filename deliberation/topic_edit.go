package deliberation

import (
	"slices"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Edit replaces the author's text while it has no official answer. The text before it is kept for
// staff. The clock does not move. found, from the reviewer, may hold the new text. An edit that
// changes nothing returns docstore.ErrUnchanged; one made from an older revision is ErrStale.
func (t *Topic) Edit(by identity.Actor, text Text, revision int, found Verdict, now time.Time) ([]docstore.Fact, error) {
	if t.Answered() {
		return nil, ErrAnswered
	}
	if err := t.may(MoveEdit); err != nil {
		return nil, err
	}
	if t.Title == text.Title && t.Body == text.Body && slices.Equal(t.Photos, text.Photos) {
		return nil, docstore.ErrUnchanged
	}
	switch {
	case revision != t.Revision:
		return nil, ErrStale.With("revision", t.Revision).With("seen", revision)
	case len(t.Versions) >= MaxEdits:
		return nil, errFull.With("what", "edits").With("max", MaxEdits)
	}
	facts := t.catchUp(now)
	t.Versions = append(slices.Clip(t.Versions), Version{Until: now, Title: t.Title, Body: t.Body, Photos: t.Photos})
	t.Title, t.Body, t.Photos = text.Title, text.Body, text.Photos
	t.Revision++
	t.EditedAt = now
	t.LastActivity = later(t.LastActivity, now)
	t.note(TopicEdited, by, "", now, true)
	facts = append(facts, fact(TopicEdited, by, now, Edited{About: t.about(), Revision: t.Revision}))
	return append(facts, t.screened(found, now)...), nil
}

// screened holds a public topic in which the reviewer found something.
func (t *Topic) screened(found Verdict, now time.Time) []docstore.Fact {
	if !found.Holds() {
		return nil
	}
	t.Hits, t.Findings = found.Words(), found.Findings
	if !t.Status.Shown() {
		return nil
	}
	t.Status, t.Reason = Held, found.Reason()
	return []docstore.Fact{t.moderated(TopicHeld, screening, t.Reason, now)}
}
