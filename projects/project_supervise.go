package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Supervisor is a resident who watches the work: they offer, the secretary agrees.
type Supervisor struct {
	ID      string              `json:"id"` // the form's token
	By      deliberation.Author `json:"by"`
	AskedAt time.Time           `json:"asked_at"`
	NamedAt time.Time           `json:"named_at,omitzero"`
	LeftAt  time.Time           `json:"left_at,omitzero"`
}

// Named reports whether the supervisor is one now.
func (x Supervisor) Named() bool { return !x.NamedAt.IsZero() && x.LeftAt.IsZero() }

// Waits reports whether the secretary has not said anything yet.
func (x Supervisor) Waits() bool { return x.NamedAt.IsZero() && x.LeftAt.IsZero() }

var (
	errNoSupervisor  = fault.New(fault.NotFound, "project.no_such_supervisor")
	errNotSupervisor = fault.New(fault.Denied, "project.not_supervisor")
	errSupervisors   = fault.New(fault.Conflict, "project.supervisors_full")
	errNoWords       = fault.New(fault.Invalid, "project.no_words").On("words")
	errWords         = fault.New(fault.Invalid, "project.words_found").On("words")
)

// supervises refuses everybody but the named supervisors.
func (p Project) supervises(by deliberation.Author) error {
	return fault.When(!p.Supervises(by.Account), errNotSupervisor)
}

// Supervises reports whether somebody is a named supervisor.
func (p Project) Supervises(who identity.AccountID) bool {
	return who != "" && slices.ContainsFunc(p.Supervisors, func(x Supervisor) bool { return x.By.Account == who && x.Named() })
}

// NamedSupervisors lists those who watch the work now.
func (p Project) NamedSupervisors() []Supervisor {
	return slices.DeleteFunc(slices.Clone(p.Supervisors), func(x Supervisor) bool { return !x.Named() })
}

// OfferSupervision lets a resident offer to watch the work. Whoever proposed or carries it does not. Who was not taken, or
// left, may offer again.
func (p *Project) OfferSupervision(id string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MoveSupervise); err != nil {
		return nil, err
	}
	if err := p.disinterested(by); err != nil {
		return nil, err
	}
	own := func(x Supervisor) bool { return x.By.Account == by.Account }
	i := slices.IndexFunc(p.Supervisors, own)
	if i >= 0 && p.Supervisors[i].LeftAt.IsZero() {
		return nil, docstore.ErrUnchanged
	}
	if i < 0 && len(p.Supervisors) >= maxOffers {
		return nil, errFull.With("max", maxOffers)
	}
	unnamed := deliberation.Author{Account: by.Account} // until the secretary has agreed, nobody else learns who
	if err := p.take(MoveSupervise, SupervisorAsked, unnamed, "", now); err != nil {
		return nil, err
	}
	p.Supervisors = append(slices.DeleteFunc(slices.Clone(p.Supervisors), own), Supervisor{ID: id, By: by, AskedAt: now})
	return []docstore.Fact{p.joining(SupervisorAsked, by.Account, by, now)}, nil
}

// NameSupervisor is the secretary's yes or no to somebody who offered.
func (p *Project) NameSupervisor(id string, yes bool, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i := slices.IndexFunc(p.Supervisors, func(x Supervisor) bool { return x.ID == id })
	switch {
	case i < 0:
		return nil, errNoSupervisor
	case p.Interested(by.Account) || p.Supervisors[i].By.Account == by.Account:
		return nil, errOwnAffair
	case !p.Supervisors[i].Waits():
		return nil, docstore.ErrUnchanged
	case !yes:
		return p.supervisorGoes(i, by, now)
	case p.Interested(p.Supervisors[i].By.Account):
		return nil, errOwnAffair
	case len(p.NamedSupervisors()) >= MaxSupervisors:
		return nil, errSupervisors.With("max", MaxSupervisors)
	}
	if err := p.take(MoveSupervise, SupervisorNamed, by, p.Supervisors[i].By.Name, now); err != nil {
		return nil, err
	}
	p.Supervisors = slices.Clone(p.Supervisors)
	p.Supervisors[i].NamedAt = now
	return []docstore.Fact{p.joining(SupervisorNamed, p.Supervisors[i].By.Account, by, now)}, nil
}

// LeaveSupervision takes one's own offer or duty back.
func (p *Project) LeaveSupervision(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	i := slices.IndexFunc(p.Supervisors, func(x Supervisor) bool { return x.By.Account == by.Account && by.Account != "" })
	if i < 0 {
		return nil, errNoSupervisor
	}
	if !p.Supervisors[i].LeftAt.IsZero() {
		return nil, docstore.ErrUnchanged
	}
	return p.supervisorGoes(i, by, now)
}

func (p *Project) supervisorGoes(i int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	who := ""
	if p.Supervisors[i].Named() {
		who = p.Supervisors[i].By.Name
	}
	if err := p.take(MoveSupervise, SupervisorLeft, deliberation.Author{Account: by.Account, Title: by.Title}, who, now); err != nil {
		return nil, err
	}
	p.Supervisors = slices.Clone(p.Supervisors)
	p.Supervisors[i].LeftAt = now
	return []docstore.Fact{p.joining(SupervisorLeft, p.Supervisors[i].By.Account, by, now)}, nil
}

// unwatch ends the duty of a supervisor who carries the project from now on.
func (p *Project) unwatch(who identity.AccountID, now time.Time) {
	p.Supervisors = slices.Clone(p.Supervisors)
	for i := range p.Supervisors {
		if x := &p.Supervisors[i]; x.By.Account == who && x.LeftAt.IsZero() {
			x.LeftAt = now
		}
	}
}
