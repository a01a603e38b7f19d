package digest

import (
	"context"
	"errors"
	"slices"
	"strings"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// May says which steps a page should offer. The use cases ask again.
type May struct {
	Sort, Finish, SendBack, Submit bool // the community's
	Close, Withdraw                bool
	Return, Answer                 bool // the town's
	// Second is set where the reader would submit but finished the sorting: another person has to.
	Second bool
	// Work is set for who sorts here, Town for who answers.
	Work, Town bool
}

// View is a digest as one person may see it.
type View struct {
	Digest
	May May
}

// view leaves out what is not for the actor: accounts, and for others than its staff what is being sorted.
func (s *Service) view(actor identity.Actor, d Digest) View {
	can := func(v identity.Verb) bool { return identity.Can(actor, v, d.Place()) == nil }
	v := View{Digest: d}
	write, submit, answer := can(identity.WriteDigest), can(identity.SubmitDigest), can(identity.AnswerDigest)
	untouched := d.answers() == 0
	v.May = May{
		Sort: write && d.State.Allows(MoveSort), Finish: write && d.State.Allows(MoveFinish), SendBack: write && d.State.Allows(MoveSendBack),
		Submit: submit && d.State.Allows(MoveSubmit) && d.SortedBy.Account != actor.ID,
		Second: submit && d.State.Allows(MoveSubmit) && d.SortedBy.Account == actor.ID,
		Close:  write && d.State.Allows(MoveClose),
		Return: answer && d.State.Allows(MoveReturn) && untouched, Answer: answer && d.State.Allows(MoveAnswer),
		Withdraw: (submit || write && !d.Public()) && d.State.Allows(MoveWithdraw) && untouched,
		Work:     write, Town: answer,
	}
	v.OpenedBy.Account, v.SortedBy.Account, v.SubmittedBy.Account = "", "", ""
	v.History = slices.Clone(d.History)
	for i := range v.History {
		v.History[i].Actor = ""
	}
	v.Groups = nil
	if !write && !d.State.Tells() {
		return v
	}
	v.Groups = slices.Clone(d.Groups)
	for i := range v.Groups {
		v.Groups[i].Answers = slices.Clone(v.Groups[i].Answers)
		for n := range v.Groups[i].Answers {
			v.Groups[i].Answers[n].By.Account = ""
		}
	}
	return v
}

// Digest returns one digest.
func (s *Service) Digest(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	d, err := s.digests.Read(ctx, actor, string(id))
	if err != nil {
		return View{}, err
	}
	return s.view(actor, d), nil
}

// TopicsOf returns the topics of a digest's groups as the actor may see them: with most 0 all of them, at most MaxTopics
// documents, else the first of each group. What is not public any more is left out.
func (s *Service) TopicsOf(ctx context.Context, actor identity.Actor, v View, most int) (map[deliberation.TopicID]deliberation.TopicView, error) {
	var ids []deliberation.TopicID
	for _, g := range v.Groups {
		some := g.Topics
		if most > 0 && len(some) > most {
			some = some[:most]
		}
		ids = append(ids, some...)
	}
	found, err := s.Periods.TopicsFound(ctx, actor, ids)
	all := make(map[deliberation.TopicID]deliberation.TopicView, len(found))
	for _, t := range found {
		all[t.ID] = t
	}
	return all, err
}

// Page is one page of digests.
type Page struct {
	Items []View
	Next  docstore.Cursor
}

// Digests lists a community's digests: for who sorts there all of them by the time they were opened, for others those that
// were passed up, the latest first.
func (s *Service) Digests(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) (Page, error) {
	node, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound)
	if err != nil {
		return Page{}, err
	}
	q := docstore.Query{Index: byShown, Equal: []any{string(in)}, Desc: true, Limit: ListPage, After: after}
	if Works(actor, identity.At(node)) {
		q.Index = byCommunity
	}
	return s.page(ctx, actor, q)
}

// Published lists those of a community that were passed up, also for who sorts there.
func (s *Service) Published(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) (Page, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound); err != nil {
		return Page{}, err
	}
	return s.page(ctx, actor, docstore.Query{Index: byShown, Equal: []any{string(in)}, Desc: true, Limit: ListPage, After: after})
}

func (s *Service) page(ctx context.Context, actor identity.Actor, q docstore.Query) (Page, error) {
	found, next, err := s.digests.Find(ctx, q)
	if err != nil {
		return Page{}, err
	}
	p := Page{Next: next}
	for _, d := range found {
		p.Items = append(p.Items, s.view(actor, d))
	}
	return p, nil
}

// Inbox is what a town has to do with digests.
type Inbox struct {
	// Owed wait for its answer, the earliest due first; Rest are the latest others.
	Owed, Rest []View
}

// mostOwed bounds what one look at a town goes through: each community passes up a few a year.
const mostOwed = 200

// TownInbox returns a town's digests.
func (s *Service) TownInbox(ctx context.Context, actor identity.Actor, town community.ID) (Inbox, error) {
	if _, err := s.Town(ctx, actor, town, identity.AnswerDigest, ErrNotFound); err != nil {
		return Inbox{}, err
	}
	owed, err := s.page(ctx, actor, docstore.Query{Index: byOwed, Equal: []any{string(town)}, Limit: mostOwed})
	if err != nil {
		return Inbox{}, err
	}
	latest, err := s.page(ctx, actor, docstore.Query{Index: byTown, Equal: []any{string(town)}, Desc: true, Limit: mostOwed})
	if err != nil {
		return Inbox{}, err
	}
	in := Inbox{Owed: owed.Items}
	for _, v := range latest.Items {
		if v.State != Submitted && len(in.Rest) < ListPage {
			in.Rest = append(in.Rest, v)
		}
	}
	return in, nil
}

// mostCounted is where the numbers beside the places of the console stop.
const mostCounted = 100

// Waiting counts what somebody has to do at a node: digests to submit or to sort again in a community, to answer in a town. It
// stops at a hundred.
func (s *Service) Waiting(ctx context.Context, actor identity.Actor, at community.ID) (int, error) {
	node, err := s.Directory.Node(ctx, at)
	if err != nil {
		return 0, err
	}
	if node.Level == community.LevelTown {
		return s.digests.Count(ctx, docstore.Query{Index: byOwed, Equal: []any{string(at)}}, mostCounted)
	}
	if !Works(actor, identity.At(node)) {
		return 0, nil
	}
	return s.digests.Count(ctx, docstore.Query{Index: byWork, Equal: []any{string(at)}}, mostCounted)
}

// circleMark stands between a digest and a group in the name of a circle.
const circleMark = "/"

// Circle names those who spoke in a group.
func Circle(d ID, g GroupID) string { return string(d) + circleMark + string(g) }

// Participants are the authors of a group's topics and of those merged into them, each once: the people a verdict concerns.
func (s *Service) Participants(ctx context.Context, circle string) ([]identity.AccountID, error) {
	id, group, _ := strings.Cut(circle, circleMark)
	d, _, err := s.digests.Get(ctx, id)
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	g, _ := d.Group(GroupID(group))
	found, err := s.Periods.TopicsFound(ctx, collecting, g.Topics)
	var all []identity.AccountID
	add := func(a identity.AccountID) {
		if a != "" && !slices.Contains(all, a) {
			all = append(all, a)
		}
	}
	for _, t := range found {
		add(t.Author.Account)
		for _, a := range t.Absorbed {
			add(a.Author)
		}
	}
	return all, err
}
