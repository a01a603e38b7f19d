package hall

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// OpenSession begins a deliberation, from topics or fresh, from a template or not.
type OpenSession struct {
	ID        SessionID // the form's token
	Community community.ID
	Topics    []deliberation.TopicID
	Template  string // key of the template it was prepared from, "" for none

	Question, Background, Fixed, Open string

	Options []string
	Facts   []string  // labels of what has to be found out
	Round   string    // what the first round looks at
	Ends    time.Time // of the first round
}

var (
	errQuestion  = fault.New(fault.Invalid, "hall.question_empty").On("question")
	errNoOptions = fault.New(fault.Invalid, "hall.too_few_options").On("options")
	errTopics    = fault.New(fault.Invalid, "hall.too_many_topics").On("topics")
	errElsewhere = fault.New(fault.NotFound, "hall.no_topic").On("topics")
	errTemplate  = fault.New(fault.Invalid, "hall.no_template").On("template")
)

// MinOptions is how many answers a question needs to be one.
const MinOptions = 2

// OpenSession opens a session in its first round. The same form again returns what it made.
func (s *Service) OpenSession(ctx context.Context, actor identity.Actor, cmd OpenSession) (Session, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.HoldHall, errNotFound)
	if err != nil {
		return Session{}, err
	}
	x, err := newSession(cmd, node, by, s.Now())
	if err := deliberation.Joined(err, s.checkTopics(ctx, actor, node, cmd.Topics)); err != nil {
		return Session{}, err
	}
	first, err := s.sessions.Add(ctx, string(x.ID), x, fact(SessionOpened, actor.ID, x.CreatedAt, Opened{x.about(), x.linked(by)}))
	if err == nil && (first.Facilitator.Account != by.Account || first.Question != x.Question) {
		return Session{}, errTaken.With("session", x.ID)
	}
	return first, err
}

// checkTopics refuses topics that are not this community's or that the actor may not read.
func (s *Service) checkTopics(ctx context.Context, actor identity.Actor, node community.Node, topics []deliberation.TopicID) error {
	if len(topics) > MaxTopics {
		return errTopics.With("max", MaxTopics)
	}
	for _, id := range topics {
		if _, err := s.Topic(ctx, actor, node.ID, id, errElsewhere); err != nil {
			return err
		}
	}
	return nil
}

// newSession builds a session in its first round.
func newSession(cmd OpenSession, node community.Node, by deliberation.Author, now time.Time) (Session, error) {
	x := Session{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Topics: slices.Compact(slices.Clone(cmd.Topics)), Template: cmd.Template,
		Facilitator: by, CreatedAt: now, State: Talking, Options: []Option{},
	}
	var faults []error
	keep := func(into *string, s string, err error) { *into, faults = s, append(faults, err) }
	question, err := written.Line("question", cmd.Question, MaxQuestion)
	keep(&x.Question, question, err)
	background, err := written.Text("background", cmd.Background, MaxBackground)
	keep(&x.Background, background, err)
	fixed, err := written.Text("fixed", cmd.Fixed, MaxGround)
	keep(&x.Fixed, fixed, err)
	open, err := written.Text("open", cmd.Open, MaxGround)
	keep(&x.Open, open, err)
	round, err := written.Line("about", cmd.Round, MaxDetail)
	x.Rounds = []Round{{N: 1, About: round, Begins: now, Ends: cmd.Ends}}
	faults = append(faults, err, deliberation.CheckToken(string(cmd.ID)), fault.When(question == "", errQuestion), checkEnd(cmd.Ends, now), checkTemplate(cmd.Template))
	faults = append(faults, x.takeOptions(cmd.Options, by, now), x.takeFacts(cmd.Facts))
	x.note(SessionOpened, by, "", now)
	return x, deliberation.Joined(faults...)
}

// takeOptions adds the facilitator's own options; empty lines are left out.
func (s *Session) takeOptions(lines []string, by deliberation.Author, now time.Time) error {
	for _, typed := range lines {
		option, err := written.Line("options", typed, MaxOption)
		if err != nil {
			return err
		}
		if option == "" {
			continue
		}
		if slices.ContainsFunc(s.Options, func(o Option) bool { return o.Text == option }) {
			return errOptionTwice.On("options").With("option", option)
		}
		s.Options = append(s.Options, Option{ID: optionID(len(s.Options)), Text: option, By: by, At: now, Status: OptionOpen})
	}
	if n := len(s.Options); n < MinOptions || n > MaxOptions {
		return errNoOptions.With("min", MinOptions).With("max", MaxOptions)
	}
	return nil
}

// optionID names the options that a session opens with: o1, o2, …; later ones have the token of their form.
func optionID(n int) string { return "o" + string(rune('a'+n%26)) + string(rune('a'+n/26)) }

func (s *Session) takeFacts(labels []string) error {
	for _, typed := range labels {
		label, err := written.Line("facts", typed, MaxOption)
		if err != nil {
			return err
		}
		if label == "" || slices.ContainsFunc(s.Facts, func(f Fact) bool { return f.Label == label }) {
			continue
		}
		s.Facts = append(s.Facts, Fact{Label: label})
	}
	return fault.When(len(s.Facts) > MaxFacts, errFull.On("facts").With("max", MaxFacts))
}
