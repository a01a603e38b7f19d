package ledger

import (
	"context"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// Accounts are the funds of a place in a year.
type Accounts struct {
	Node  community.Node
	Year  int
	Funds []Fund
	// Years have funds, the newest first.
	Years []int
}

// Open returns what everybody may read of the accounts of a community or town; year 0 is the newest that has any. The page masks
// private payees and leaves out what is not posted.
func (s *Service) Open(ctx context.Context, actor identity.Actor, node community.ID, year int) (Accounts, error) {
	return s.accounts(ctx, actor, node, year, identity.ReadPublic)
}

// Desk is Open for the people of the accounts.
func (s *Service) Desk(ctx context.Context, actor identity.Actor, node community.ID, year int) (Accounts, error) {
	return s.accounts(ctx, actor, node, year, identity.SeeAccounts)
}

func (s *Service) accounts(ctx context.Context, actor identity.Actor, node community.ID, year int, verb identity.Verb) (Accounts, error) {
	n, err := s.place(ctx, actor, node, verb)
	if err != nil {
		return Accounts{}, err
	}
	a := Accounts{Node: n, Year: year}
	if a.Years, err = s.years(ctx, n.ID); err != nil {
		return Accounts{}, err
	}
	if a.Year == 0 {
		a.Year = s.Today().Year
		if len(a.Years) > 0 {
			a.Year = a.Years[0]
		}
	}
	a.Funds, _, err = s.funds.Find(ctx, docstore.Query{Index: byNode, Equal: []any{string(n.ID), int64(a.Year)}, Limit: most})
	sortFunds(a.Funds)
	return a, err
}

// yearsBack bounds how far back a page leads.
const yearsBack = 8

// years lists the last years in which a place has funds, the newest first.
func (s *Service) years(ctx context.Context, node community.ID) ([]int, error) {
	newest, _, err := s.funds.Find(ctx, docstore.Query{Index: byNode, Equal: []any{string(node)}, Desc: true, Limit: 1})
	if err != nil || len(newest) == 0 {
		return nil, err
	}
	all := []int{newest[0].Year}
	for year := newest[0].Year - 1; year > newest[0].Year-yearsBack; year-- {
		n, err := s.funds.Count(ctx, docstore.Query{Index: byNode, Equal: []any{string(node), int64(year)}}, 1)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			all = append(all, year)
		}
	}
	return all, nil
}

// sortFunds puts the largest cap first, of equal ones the earlier.
func sortFunds(all []Fund) {
	slices.SortFunc(all, func(a, b Fund) int {
		if a.Cap != b.Cap {
			return int(max(min(b.Cap-a.Cap, 1), -1))
		}
		return a.SetAt.Compare(b.SetAt)
	})
}

// Sums are those of all funds together.
func (a Accounts) Sums() (Sums, money.Fen) {
	var s Sums
	var limit money.Fen
	for _, f := range a.Funds {
		s, limit = s.Plus(f.Sums()), limit+f.Cap
	}
	return s, limit
}

// Fund returns a fund for everybody, or for verb SeeAccounts for the people of the accounts.
func (s *Service) Fund(ctx context.Context, actor identity.Actor, id FundID) (Fund, error) {
	return s.fund(ctx, actor, id, identity.ReadPublic)
}

// FundAtDesk returns a fund for the people of its accounts.
func (s *Service) FundAtDesk(ctx context.Context, actor identity.Actor, id FundID) (Fund, error) {
	return s.fund(ctx, actor, id, identity.SeeAccounts)
}

// Town lists the funds of a year in a town: its own and those of its communities.
func (s *Service) Town(ctx context.Context, actor identity.Actor, town community.ID, year int) ([]Fund, error) {
	n, err := s.Ground.Town(ctx, actor, town, identity.SeeAccounts, ErrNotFound)
	if err != nil {
		return nil, err
	}
	var all []Fund
	q := docstore.Query{Index: byTown, Equal: []any{string(n.ID), int64(year)}}
	err = s.funds.Each(ctx, q, func(f Fund) error {
		f.Entries = f.Waiting() // hundreds of funds with all their vouchers are more than a list needs
		all = append(all, f)
		return nil
	})
	sortFunds(all)
	return all, err
}

// ProjectMoney is what a project has in one fund.
type ProjectMoney struct {
	Fund Fund
	Line int
	Sums Sums
}

// OfProject returns what the funds hold for a project, for everybody. Whoever asks has found the project readable.
func (s *Service) OfProject(ctx context.Context, actor identity.Actor, project string) (Project, []ProjectMoney, error) {
	if s.Projects == nil {
		return Project{}, nil, ErrNoProject
	}
	p, err := s.Projects.Project(ctx, project)
	if err != nil {
		return p, nil, err
	}
	if err := identity.Can(actor, identity.ReadPublic, identity.Place{Path: p.Path}); err != nil {
		return p, nil, err
	}
	funds, err := s.holding(ctx, p)
	if err != nil {
		return p, nil, err
	}
	all := make([]ProjectMoney, len(funds))
	for n, f := range funds {
		line := f.LineOf(project)
		all[n] = ProjectMoney{Fund: f, Line: line, Sums: f.LineSums()[line-1]}
	}
	return p, all, nil
}

// OfProjects returns what the funds of a community and its town hold for each project there, for everybody; projects without money
// are not in it.
func (s *Service) OfProjects(ctx context.Context, actor identity.Actor, in community.ID) (map[string]Sums, error) {
	n, err := s.place(ctx, actor, in, identity.ReadPublic)
	if err != nil {
		return nil, err
	}
	funds, err := s.near(ctx, n.Path)
	all := map[string]Sums{}
	for _, f := range funds {
		for i, sums := range f.LineSums() {
			if id := f.Lines[i].Project; id != "" {
				all[id] = all[id].Plus(sums)
			}
		}
	}
	return all, err
}

// Job is a voucher that waits, with its fund.
type Job struct {
	Fund  Fund
	Entry Entry
	// Mine says that the actor may decide about it, as far as is known without asking the project.
	Mine bool
}

// Jobs lists the vouchers of a place that wait, the first one first.
func (s *Service) Jobs(ctx context.Context, actor identity.Actor, node community.ID) ([]Job, error) {
	n, err := s.place(ctx, actor, node, identity.SeeAccounts)
	if err != nil {
		return nil, err
	}
	funds, _, err := s.funds.Find(ctx, docstore.Query{Index: byWaits, Equal: []any{string(n.ID)}, Limit: most})
	if err != nil {
		return nil, err
	}
	decides := identity.Can(actor, identity.ApproveVoucher, identity.At(n)) == nil
	var all []Job
	for _, f := range funds {
		for _, e := range f.Waiting() {
			all = append(all, Job{Fund: f, Entry: e, Mine: decides && e.DraftedBy.Account != actor.ID})
		}
	}
	slices.SortStableFunc(all, func(a, b Job) int { return a.Entry.DraftedAt.Compare(b.Entry.DraftedAt) })
	return all, nil
}

// Waiting counts the vouchers of a place that wait for the actor's decision.
func (s *Service) Waiting(ctx context.Context, actor identity.Actor, node community.ID) (int, error) {
	jobs, err := s.Jobs(ctx, actor, node)
	n := 0
	for _, j := range jobs {
		if j.Mine {
			n++
		}
	}
	return n, err
}

// MayDecide says why the actor may not decide about a voucher, nil if nothing stands against it.
func (s *Service) MayDecide(ctx context.Context, actor identity.Actor, f Fund, e Entry) error {
	if err := identity.Can(actor, identity.ApproveVoucher, f.Place()); err != nil {
		return err
	}
	around, err := s.around(ctx, f, e.Draft)
	if err != nil {
		return err
	}
	return f.barred(e, actor.ID, around)
}

// Paper reports whether the actor may see a photo of a voucher: papers name people, and only the people of the accounts see them.
func (s *Service) Paper(ctx context.Context, actor identity.Actor, id FundID, entry EntryID, photo deliberation.PhotoID) (bool, error) {
	f, err := s.fund(ctx, actor, id, identity.SeeAccounts)
	if err != nil {
		return false, err
	}
	e, ok := f.Entry(entry)
	return ok && slices.Contains(e.Papers, photo), nil
}

// Quarter are the instants between which a quarter of the fund's year lies, 1 to 4, as the clocks of the communities show.
func (s *Service) Quarter(year, quarter int) (from, before time.Time) {
	first := func(month time.Month) time.Time { return time.Date(year, month, 1, 0, 0, 0, 0, s.Calendar.Zone()) }
	return first(time.Month(3*quarter - 2)), first(time.Month(3*quarter + 1))
}

// Choices lists the projects that money of a fund may be allotted to now.
func (s *Service) Choices(ctx context.Context, f Fund) ([]Project, error) {
	if s.Projects == nil {
		return nil, nil
	}
	return s.Projects.Open(ctx, f.Node)
}
