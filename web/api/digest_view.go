package api

import (
	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/community"
)

// DigestAnswer is what the town says to a group.
type DigestAnswer struct {
	Verdict  digest.Verdict `json:"verdict"`
	Why      string         `json:"why"`
	Who      string         `json:"who,omitempty" doc:"Who does it, of what is taken up."`
	Until    string         `json:"until,omitempty" doc:"By when, in words."`
	UntilDay string         `json:"until_day,omitempty" format:"date"`
	By       Author         `json:"by"`
	At       Instant        `json:"at"`
}

// DigestGroup is a theme with what is asked of the town.
type DigestGroup struct {
	ID      digest.GroupID         `json:"id"`
	Heading string                 `json:"heading"`
	Summary string                 `json:"summary"`
	Ask     string                 `json:"ask"`
	Topics  []deliberation.TopicID `json:"topics"`
	Voices  int                    `json:"voices" doc:"People the topics speak for, each once; 0 until it was finished."`
	Answers []DigestAnswer         `json:"answers" doc:"The last one holds."`
}

// DigestStep is one step of the record.
type DigestStep struct {
	What  string  `json:"what"`
	Name  string  `json:"name,omitempty"`
	Title string  `json:"title,omitempty"`
	Group string  `json:"group,omitempty"`
	Words string  `json:"words,omitempty"`
	At    Instant `json:"at"`
}

// DigestMay says which steps make sense to offer. The actions ask again.
type DigestMay struct {
	Sort     bool `json:"sort"`
	Finish   bool `json:"finish"`
	SendBack bool `json:"send_back"`
	Submit   bool `json:"submit"`
	Return   bool `json:"return"`
	Answer   bool `json:"answer"`
	Close    bool `json:"close"`
	Withdraw bool `json:"withdraw"`
}

// Digest is what a community passes up to its town.
type Digest struct {
	ID          digest.ID     `json:"id"`
	Community   community.ID  `json:"community"`
	Title       string        `json:"title"`
	Purpose     string        `json:"purpose,omitempty"`
	From        string        `json:"from" format:"date" doc:"The first day of the period."`
	To          string        `json:"to" format:"date" doc:"The last day."`
	Since       Instant       `json:"since" doc:"The period as instants, from since until before until."`
	Until       Instant       `json:"until"`
	State       digest.State  `json:"state"`
	Revision    int           `json:"revision" doc:"Named by every step."`
	Groups      []DigestGroup `json:"groups" doc:"Left empty for others than its staff while it is sorted."`
	Topics      int           `json:"topics" doc:"Of the period that could be passed up, when the sorting was finished."`
	Voices      int           `json:"voices" doc:"The people they speak for, each once."`
	Reason      string        `json:"reason,omitempty" doc:"Why it was sent back, returned or withdrawn."`
	SortedBy    *Author       `json:"sorted_by,omitempty"`
	SubmittedBy *Author       `json:"submitted_by,omitempty"`
	SubmittedAt Instant       `json:"submitted_at,omitzero"`
	DueAt       Instant       `json:"due_at,omitzero" doc:"By when the town answers."`
	Overdue     bool          `json:"overdue"`
	AnsweredAt  Instant       `json:"answered_at,omitzero"`
	History     []DigestStep  `json:"history"`
	May         DigestMay     `json:"may"`
}

func showDigest(c *Call) func(digest.View) Digest {
	return func(d digest.View) Digest {
		shown := Digest{
			ID: d.ID, Community: d.Community, Title: d.Title, Purpose: d.Purpose, From: d.From.String(), To: d.To.String(),
			Since: instant(d.Since), Until: instant(d.Until), State: d.State, Revision: d.Revision, Groups: each(d.Groups, showDigestGroup),
			Topics: d.Tally.Topics, Voices: d.Tally.Voices, Reason: d.Reason, SubmittedAt: instant(d.SubmittedAt), DueAt: instant(d.Clock.DueAt),
			Overdue: d.Clock.Overdue(c.Now), AnsweredAt: instant(d.AnsweredAt),
			History: each(d.History, func(e digest.Entry) DigestStep {
				return DigestStep{What: e.What, Name: e.Name, Title: e.Title, Group: e.Group, Words: e.Words, At: instant(e.At)}
			}),
			May: DigestMay{
				Sort: d.May.Sort, Finish: d.May.Finish, SendBack: d.May.SendBack, Submit: d.May.Submit, Return: d.May.Return, Answer: d.May.Answer,
				Close: d.May.Close, Withdraw: d.May.Withdraw,
			},
		}
		if !d.SortedAt.IsZero() {
			by := showAuthor(d.SortedBy)
			shown.SortedBy = &by
		}
		if d.Public() {
			by := showAuthor(d.SubmittedBy)
			shown.SubmittedBy = &by
		}
		return shown
	}
}

func showDigestGroup(g digest.Group) DigestGroup {
	return DigestGroup{
		ID: g.ID, Heading: g.Heading, Summary: g.Summary, Ask: g.Ask, Topics: append([]deliberation.TopicID{}, g.Topics...), Voices: g.Voices,
		Answers: each(g.Answers, func(a digest.Answer) DigestAnswer {
			shown := DigestAnswer{Verdict: a.Verdict, Why: a.Why, Who: a.Who, Until: a.Until, By: showAuthor(a.By), At: instant(a.At)}
			if a.UntilDay.Year != 0 {
				shown.UntilDay = a.UntilDay.String()
			}
			return shown
		}),
	}
}

// digested shows what a step left.
func digested(c *Call, d digest.View, err error) (Digest, error) {
	if err != nil {
		return Digest{}, err
	}
	return showDigest(c)(d), nil
}
