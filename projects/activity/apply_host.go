package activity

import (
	"context"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/neighbourhood"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ApplyHost is somebody's wish to be a host, or what they write anew about themselves.
type ApplyHost struct {
	Token     string // the form's
	Community community.ID
	Introduction
}

// ApplyHost asks the desk to be confirmed as a host; a confirmed host changes the introduction. The same form again changes nothing.
func (s *Service) ApplyHost(ctx context.Context, actor identity.Actor, cmd ApplyHost) (Host, error) {
	node, by, err := s.CommunityFor(ctx, actor, cmd.Community, identity.HostActivity, ErrNoHost)
	if err != nil {
		return Host{}, err
	}
	i, err := cmd.Introduction.clean()
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.Token), noNumber("about", i.About), s.screened(actor, identity.At(node), "about", i.Skill, i.About)); err != nil {
		return Host{}, err
	}
	now := s.Now()
	h := Host{ID: HostOf(node.ID, actor.ID), Community: node.ID, Path: node.Path, Person: by, Status: Applied, AppliedAt: now, Token: cmd.Token, Latest: now}
	h.write(i)
	first, err := s.hosts.Add(ctx, string(h.ID), h, h.told(HostApplied, by, "", now))
	if err != nil || first.Token == cmd.Token {
		return first, err
	}
	return s.hosts.Update(ctx, string(h.ID), func(h *Host) ([]docstore.Fact, error) { return h.Apply(i, cmd.Token, by, now) })
}

// noNumber refuses a mobile number, which cannot be taken back from a text that others have read.
func noNumber(field, words string) error {
	return fault.When(neighbourhood.NamesNumber(words), errPhone.On(field))
}

// hostStep changes a host in the name of somebody who may do the verb.
func (s *Service) hostStep(ctx context.Context, actor identity.Actor, id HostID, verb identity.Verb, change func(*Host, deliberation.Author, time.Time) ([]docstore.Fact, error)) (Host, error) {
	return s.hosts.Step(ctx, actor, string(id), verb, change)
}

// ConfirmHost makes an applicant a host.
func (s *Service) ConfirmHost(ctx context.Context, actor identity.Actor, id HostID) (Host, error) {
	return s.hostStep(ctx, actor, id, identity.TendActivities, (*Host).Confirm)
}

// DeclineHost says no to an applicant, and why.
func (s *Service) DeclineHost(ctx context.Context, actor identity.Actor, id HostID, reason string) (Host, error) {
	reason, err := written.Reason(reason, MaxReason)
	if err != nil {
		return Host{}, err
	}
	return s.hostStep(ctx, actor, id, identity.TendActivities, func(h *Host, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return h.Decline(reason, by, now)
	})
}

// EndHost ends it, by the host's own wish or by the desk with a reason. What is still to be held is held or cancelled first.
func (s *Service) EndHost(ctx context.Context, actor identity.Actor, id HostID, reason string) (Host, error) {
	h, err := s.hosts.Read(ctx, actor, string(id))
	if err != nil {
		return h, err
	}
	verb := identity.HostActivity
	if h.Is(actor.ID) {
		reason, err = written.Line("reason", reason, MaxReason)
	} else {
		verb = identity.TendActivities
		reason, err = written.Reason(reason, MaxReason)
	}
	if err != nil {
		return Host{}, err
	}
	if err := identity.Can(actor, verb, h.Place()); err != nil {
		return Host{}, err
	}
	if busy, err := s.busy(ctx, id); err != nil || busy {
		return Host{}, deliberation.Joined(err, fault.When(busy, errBusy))
	}
	return s.hostStep(ctx, actor, id, verb, func(h *Host, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return h.End(reason, by, now)
	})
}

// busy reports whether a host has something published that is still to begin.
func (s *Service) busy(ctx context.Context, id HostID) (bool, error) {
	found, _, err := s.activities.Find(ctx, docstore.Query{Index: byHost, Equal: []any{string(id)}, From: s.Now().UnixMilli(), Limit: ListPage})
	for _, a := range found {
		if a.Status == Published {
			return true, err
		}
	}
	return false, err
}

// AskTeam asks a host to be of the team.
func (s *Service) AskTeam(ctx context.Context, actor identity.Actor, id HostID, token string) (Host, error) {
	if err := deliberation.CheckToken(token); err != nil {
		return Host{}, err
	}
	return s.hostStep(ctx, actor, id, identity.JoinActivity, func(h *Host, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return h.AskTeam(token, by, now)
	})
}

// AnswerMate is the host's yes or no to somebody who asked, or who is of the team.
func (s *Service) AnswerMate(ctx context.Context, actor identity.Actor, id HostID, mate string, yes bool) (Host, error) {
	return s.hostStep(ctx, actor, id, identity.HostActivity, func(h *Host, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return h.AnswerMate(mate, yes, by, now)
	})
}

// LeaveTeam takes one's own word back.
func (s *Service) LeaveTeam(ctx context.Context, actor identity.Actor, id HostID) (Host, error) {
	return s.hostStep(ctx, actor, id, identity.JoinActivity, (*Host).LeaveTeam)
}
