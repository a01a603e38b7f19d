package projects

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Propose is a proposal as its form gives it.
type Propose struct {
	ID        ID // the form's token
	Community community.ID
	Preset    preset.Key
	Topics    []deliberation.TopicID
	Hall      string // the deliberation that led to it
	Call      string // the call for proposals that it answers; its rules are the call's then, whatever Preset says
	Source    string // where a need was collected, for the desk
	Draft
	// Submit gives it to the check at once.
	Submit bool
}

var (
	errPreset = fault.New(fault.Invalid, "project.no_preset").On("preset")
	errSource = fault.New(fault.Denied, "project.source_of_desk").On("source")
)

// Propose writes a proposal down and, if asked to, submits it. The same form again returns what it made.
func (s *Service) Propose(ctx context.Context, actor identity.Actor, cmd Propose) (Project, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.ProposeProject, ErrNotFound)
	if err != nil {
		return Project{}, err
	}
	if cmd.Call != "" {
		if cmd.Preset, err = s.called(ctx, actor, node.ID, cmd.Call); err != nil {
			return Project{}, err
		}
	}
	rules, err := s.presetOf(ctx, node, cmd.Preset)
	if err != nil {
		return Project{}, err
	}
	p, facts, err := s.begin(ctx, actor, cmd, node, rules, by)
	if err != nil {
		return Project{}, err
	}
	first, err := s.projects.Add(ctx, string(p.ID), p, facts...)
	if err == nil && (first.Proposer.Account != by.Account || first.Title != p.Title || first.Community != p.Community) {
		return Project{}, errTaken.With("project", p.ID)
	}
	return first, err
}

func (s *Service) begin(ctx context.Context, actor identity.Actor, cmd Propose, node community.Node, rules preset.Preset, by deliberation.Author) (Project, []docstore.Fact, error) {
	now := s.Now()
	p := Project{ID: cmd.ID, Community: node.ID, Path: node.Path, Preset: rules, Proposer: by, CreatedAt: now, Stage: preset.Collecting, Since: now}
	origin, err1 := s.origin(ctx, actor, cmd, node)
	draft, err2 := s.draft(ctx, cmd.Draft, node.ID, rules.Caps)
	if err := deliberation.Joined(deliberation.CheckToken(string(cmd.ID)), err1, err2); err != nil {
		return p, nil, err
	}
	p.Origin = origin
	p.write(draft, by, now)
	p.Hits = s.screen(actor, p.Place(), p.Title, p.Need, p.Plan.Text, p.Where, p.For.Words)
	p.note(Step{What: Proposed, Actor: string(by.Account), Name: by.Name, Title: by.Title, To: preset.Collecting, At: now})
	facts := []docstore.Fact{p.told(Proposed, by, "", now)}
	if !cmd.Submit {
		return p, facts, nil
	}
	more, err := p.Submit(by, now)
	return p, append(facts, more...), err
}

// origin says where the proposal comes from. Topics are this community's, and readable by who proposes.
func (s *Service) origin(ctx context.Context, actor identity.Actor, cmd Propose, node community.Node) (Origin, error) {
	source, err := written.Line("source", cmd.Source, MaxSource)
	if err != nil {
		return Origin{}, err
	}
	o := Origin{Kind: Fresh, Topics: slices.Compact(slices.Clone(cmd.Topics)), Hall: cmd.Hall, Call: cmd.Call, Source: source}
	if len(o.Topics) > MaxTopics {
		return o, errTopics.With("max", MaxTopics)
	}
	for _, id := range o.Topics {
		if _, err := s.Topic(ctx, actor, node.ID, id, errElsewhere); err != nil {
			return o, err
		}
	}
	switch {
	case o.Hall != "":
		o.Kind = FromHall
		return o, deliberation.CheckToken(o.Hall)
	case o.Call != "":
		o.Kind = FromCall
	case o.Source != "":
		o.Kind = FromNeed
		return o, fault.When(identity.Can(actor, identity.CheckProject, identity.At(node)) != nil, errSource)
	case len(o.Topics) > 0:
		o.Kind = FromTopic
	}
	return o, nil
}

// draft cleans a draft and names its buildings, which must be the community's.
func (s *Service) draft(ctx context.Context, d Draft, in community.ID, caps preset.Caps) (Draft, error) {
	d, err := d.clean(caps)
	if err != nil || len(d.For.Buildings) == 0 {
		return d, err
	}
	all, err := s.Buildings.BuildingsIn(ctx, in)
	if err != nil {
		return d, err
	}
	d.For.Names = nil
	for _, id := range d.For.Buildings {
		i := slices.IndexFunc(all, func(b community.Building) bool { return b.ID == id })
		if i < 0 {
			return d, errBuildings.With("building", id)
		}
		d.For.Names = append(d.For.Names, all[i].Name)
	}
	return d, nil
}

// Revise is a proposal written anew.
type Revise struct {
	Project ID
	Seen    int // the revision that the form showed
	Draft
}

// Revise changes a proposal that is not submitted, or was returned.
func (s *Service) Revise(ctx context.Context, actor identity.Actor, cmd Revise) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(cmd.Project), identity.ProposeProject)
	if err != nil {
		return p, err
	}
	draft, err := s.draft(ctx, cmd.Draft, p.Community, p.Preset.Caps)
	if err != nil {
		return Project{}, err
	}
	hits := s.screen(actor, p.Place(), draft.Title, draft.Need, draft.Plan.Text, draft.Where, draft.For.Words)
	return s.step(ctx, actor, cmd.Project, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Revise(draft, hits, cmd.Seen, by, now)
	})
}

// Submit gives a proposal to the check. One that answers a call has to be there before the call closes; what the check returned may come
// again later, since it was in time.
func (s *Service) Submit(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	p, err := s.projects.May(ctx, actor, string(id), identity.ProposeProject)
	if err != nil {
		return p, err
	}
	if p.Origin.Call != "" && !p.submitted() {
		if _, err := s.called(ctx, actor, p.Community, p.Origin.Call); err != nil {
			return Project{}, err
		}
	}
	return s.step(ctx, actor, id, identity.ProposeProject, (*Project).Submit)
}

var (
	errNoCall   = fault.New(fault.NotFound, "project.no_call")
	errCallOver = fault.New(fault.Conflict, "project.call_over")
)

// called returns the rules of a call that takes proposals now.
func (s *Service) called(ctx context.Context, actor identity.Actor, in community.ID, call string) (preset.Key, error) {
	rules, open, err := s.Calls.Rules(ctx, actor, in, call, s.Now())
	switch {
	case fault.KindOf(err) == fault.NotFound && err != nil:
		return "", errNoCall
	case err == nil && !open:
		return "", errCallOver
	}
	return rules, err
}

// Withdraw takes a proposal back.
func (s *Service) Withdraw(ctx context.Context, actor identity.Actor, id ID, reason string) (Project, error) {
	return s.explained(ctx, actor, id, identity.ProposeProject, reason, (*Project).Withdraw)
}

// AskToJoin asks the proposer to be named beside them; token is the form's.
func (s *Service) AskToJoin(ctx context.Context, actor identity.Actor, id ID, token string) (Project, error) {
	if err := deliberation.CheckToken(token); err != nil {
		return Project{}, err
	}
	return s.step(ctx, actor, id, identity.EndorseProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.Ask(token, by, now)
	})
}

// AgreeToPartner is the proposer's yes or no to somebody who asked.
func (s *Service) AgreeToPartner(ctx context.Context, actor identity.Actor, id ID, partner string, yes bool) (Project, error) {
	return s.step(ctx, actor, id, identity.ProposeProject, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.AgreeTo(partner, yes, by, now)
	})
}

// LeavePartners takes a co-proposer's own consent back.
func (s *Service) LeavePartners(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.step(ctx, actor, id, identity.EndorseProject, (*Project).LeavePartners)
}
