package poll

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Draft is what a poll asks, as its form or another program gives it.
type Draft struct {
	ID        ID // the form's token
	Community community.ID
	Topics    []deliberation.TopicID
	Label     Label

	Question, Background string
	Options              []Option
	Rule                 rule.Rule
	Grids                []community.GridID
	Buildings            []community.BuildingID
	// Phones are the members of a council, who have to be verified residents.
	Phones []string
	Adults bool

	// Basis is the local rule of a joint decision of owners; Estate, one of Buildings and Entrance say whose.
	Basis    owners.BasisID
	Estate   community.EstateID
	Entrance string
	// Mandates is how many written mandates one proxy may hold, at most MaxMandates; 0 for no proxies.
	Mandates int
	// PaperFor is for how long after the close paper ballots are entered; 0 where there are none.
	PaperFor time.Duration

	OpensAt, ClosesAt time.Time
}

var (
	errQuestion    = fault.New(fault.Invalid, "poll.question_empty").On("question")
	errNoOptions   = fault.New(fault.Invalid, "poll.options").On("options").With("min", MinOptions).With("max", MaxOptions)
	errOptionTwice = fault.New(fault.Invalid, "poll.option_twice").On("options")
	errTopics      = fault.New(fault.Invalid, "poll.too_many_topics").On("topics").With("max", MaxTopics)
	errNoTopic     = fault.New(fault.NotFound, "poll.no_topic").On("topics")
	errPlaces      = fault.New(fault.Invalid, "poll.no_place").On("scope")
	errCouncilSize = fault.New(fault.Invalid, "poll.members").On("phones").With("max", MaxCouncil)
	errMember      = fault.New(fault.Invalid, "poll.no_member").On("phones")
	errMemberTwice = fault.New(fault.Invalid, "poll.member_twice").On("phones")
	errWindow      = fault.New(fault.Invalid, "poll.window").On("closes").With("days", int(MaxWindow.Hours()/24))
	errTaken       = fault.New(fault.Conflict, "poll.taken")
)

// DraftPoll writes a poll down. The same form again returns what it made.
func (s *Service) DraftPoll(ctx context.Context, actor identity.Actor, cmd Draft) (Poll, error) {
	p, err := s.drafted(ctx, actor, cmd)
	if err != nil {
		return Poll{}, err
	}
	p.note(PollDrafted, p.By, "", p.CreatedAt)
	_, err = s.polls.Put(ctx, string(p.ID), docstore.Absent, p, fact(PollDrafted, string(actor.ID), p.CreatedAt, p.about()))
	if errors.Is(err, docstore.ErrConflict) {
		first, err := s.get(ctx, p.ID)
		if err == nil && (first.By.Account != p.By.Account || first.Community != p.Community || first.Question != p.Question) {
			return Poll{}, errTaken.With("poll", p.ID)
		}
		return first, err
	}
	return p, err
}

// CheckDraft refuses what DraftPoll would refuse, and writes nothing.
func (s *Service) CheckDraft(ctx context.Context, actor identity.Actor, cmd Draft) error {
	_, err := s.drafted(ctx, actor, cmd)
	return err
}

// drafted is the poll of a draft that nobody has written down yet.
func (s *Service) drafted(ctx context.Context, actor identity.Actor, cmd Draft) (Poll, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.HoldPoll, ErrNotFound.With("community", cmd.Community))
	if err != nil {
		return Poll{}, err
	}
	p := Poll{ID: cmd.ID, Community: node.ID, Path: node.Path, State: Drafted, By: by, CreatedAt: s.Now()}
	scope, err := s.scope(ctx, actor, cmd)
	basis, err2 := s.basis(ctx, actor, node.ID, cmd)
	return p, deliberation.Joined(deliberation.CheckToken(string(cmd.ID)), p.write(cmd, scope, basis), err, err2, s.checkTopics(ctx, actor, node, cmd.Topics))
}

// ChangeDraft replaces everything a draft says.
func (s *Service) ChangeDraft(ctx context.Context, actor identity.Actor, cmd Draft) (Poll, error) {
	held, err := s.poll(ctx, actor, cmd.ID, identity.HoldPoll)
	if err != nil {
		return Poll{}, err
	}
	node, err := s.Directory.Node(ctx, held.Community)
	if err != nil {
		return Poll{}, err
	}
	cmd.Community = held.Community
	scope, err := s.scope(ctx, actor, cmd)
	basis, err2 := s.basis(ctx, actor, node.ID, cmd)
	if err := deliberation.Joined(err, err2, s.checkTopics(ctx, actor, node, cmd.Topics)); err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, cmd.ID, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := p.may(moveChange); err != nil {
			return nil, err
		}
		if err := p.write(cmd, scope, basis); err != nil {
			return nil, err
		}
		p.note(PollChanged, by, "", now)
		return []docstore.Fact{fact(PollChanged, string(by.Account), now, p.about())}, nil
	})
}

// write fills the draft in, or returns every fault of it.
func (p *Poll) write(cmd Draft, scope Scope, basis owners.Basis) error {
	question, err1 := written.Line("question", cmd.Question, MaxQuestion)
	background, err2 := written.Text("background", cmd.Background, MaxBackground)
	options, err3 := cleanOptions(cmd.Options)
	err := deliberation.Joined(err1, err2, err3, fault.When(question == "", errQuestion), checkWindow(cmd.OpensAt, cmd.ClosesAt),
		fault.When(cmd.Mandates < 0 || cmd.Mandates > MaxMandates, errMandates), fault.When(cmd.PaperFor < 0 || cmd.PaperFor > MaxPaperFor, errPaperFor))
	joint, counted, err4 := cmd.joint(basis)
	if err = deliberation.Joined(err, err4); err3 == nil && err4 == nil {
		err = deliberation.Joined(err, cmd.Label.lawful(counted), counted.Check(len(options)))
	}
	if err != nil {
		return err
	}
	p.Topics, p.Label, p.Question, p.Background = slices.Compact(slices.Clone(cmd.Topics)), cmd.Label, question, background
	p.Options, p.Rule, p.Scope, p.Adults, p.Joint, p.Mandates = options, counted, scope, cmd.Adults, joint, cmd.Mandates
	p.OpensAt, p.ClosesAt = cmd.OpensAt.UTC().Truncate(time.Millisecond), cmd.ClosesAt.UTC().Truncate(time.Millisecond)
	if p.PaperUntil = (time.Time{}); cmd.PaperFor > 0 {
		p.PaperUntil = p.ClosesAt.Add(cmd.PaperFor)
	}
	return nil
}

// checkWindow refuses a window that is no time at all, or far too long.
func checkWindow(opens, closes time.Time) error {
	length := closes.Sub(opens)
	return fault.When(opens.IsZero() || closes.IsZero() || length < MinWindow || length > MaxWindow, errWindow)
}

// cleanOptions drops empty lines and refuses what is said twice.
func cleanOptions(typed []Option) ([]Option, error) {
	var options []Option
	for _, o := range typed {
		said, err1 := written.Line("options", o.Text, MaxOption)
		detail, err2 := written.Text("options", o.Detail, MaxDetail)
		if err := deliberation.Joined(err1, err2); err != nil {
			return nil, err
		}
		if said == "" {
			continue
		}
		if slices.ContainsFunc(options, func(x Option) bool { return x.Text == said }) {
			return nil, errOptionTwice.With("option", said)
		}
		options = append(options, Option{Text: said, Detail: detail, Cost: o.Cost, Project: o.Project})
	}
	return options, fault.When(len(options) < MinOptions || len(options) > MaxOptions, errNoOptions)
}

// checkTopics refuses topics that are not this community's or that the actor may not read.
func (s *Service) checkTopics(ctx context.Context, actor identity.Actor, node community.Node, topics []deliberation.TopicID) error {
	if len(topics) > MaxTopics {
		return errTopics
	}
	for _, id := range topics {
		t, err := s.Topics.Topic(ctx, actor, id)
		if fault.KindOf(err) == fault.NotFound || err == nil && t.Community != node.ID {
			return errNoTopic.With("topic", id)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// scope finds the places or people that a draft names.
func (s *Service) scope(ctx context.Context, actor identity.Actor, cmd Draft) (Scope, error) {
	if cmd.Label == CouncilVote {
		members, err := s.members(ctx, actor, cmd.Community, cmd.Phones)
		return Scope{Members: members}, err
	}
	scope := Scope{Grids: cmd.Grids, Buildings: cmd.Buildings}
	if scope.Whole() && cmd.Label != OwnersVote {
		return scope, nil
	}
	grids, err1 := s.Places.GridsIn(ctx, cmd.Community)
	buildings, err2 := s.Places.BuildingsIn(ctx, cmd.Community)
	if err := deliberation.Joined(err1, err2); err != nil {
		return Scope{}, err
	}
	if cmd.Label == OwnersVote {
		name, err := s.estate(ctx, cmd, buildings)
		if err != nil {
			return Scope{}, err
		}
		if name != "" {
			scope.Names = append(scope.Names, name)
		}
	}
	for _, id := range scope.Grids {
		i := slices.IndexFunc(grids, func(g community.Grid) bool { return g.ID == id })
		if i < 0 {
			return Scope{}, errPlaces.With("place", id)
		}
		scope.Names = append(scope.Names, grids[i].Name)
	}
	for _, id := range scope.Buildings {
		i := slices.IndexFunc(buildings, func(b community.Building) bool { return b.ID == id })
		if i < 0 {
			return Scope{}, errPlaces.With("place", id)
		}
		scope.Names = append(scope.Names, buildings[i].Name)
	}
	return scope, nil
}

// members finds the residents of a council by their telephone numbers.
func (s *Service) members(ctx context.Context, actor identity.Actor, c community.ID, phones []string) ([]identity.AccountID, error) {
	if len(phones) == 0 || len(phones) > MaxCouncil {
		return nil, errCouncilSize
	}
	var members []identity.AccountID
	for i, phone := range phones {
		who, err := s.People.ResidentByPhone(ctx, actor, c, phone)
		switch {
		case fault.KindOf(err) == fault.Invalid || err == nil && who == "":
			return nil, errMember.With("line", i+1)
		case err != nil:
			return nil, err
		case slices.Contains(members, who):
			return nil, errMemberTwice.With("line", i+1)
		}
		members = append(members, who)
	}
	return members, nil
}
