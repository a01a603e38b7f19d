package ledger_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

// morning is 10:00 in Shanghai on 15 May 2026.
var morning = time.Date(2026, 5, 15, 2, 0, 0, 0, time.UTC)

// register stands for the projects.
type register map[string]ledger.Project

func (r register) Project(_ context.Context, id string) (ledger.Project, error) {
	p, ok := r[id]
	if !ok {
		return p, ledger.ErrNoProject
	}
	return p, nil
}

func (r register) Open(_ context.Context, node community.ID) ([]ledger.Project, error) {
	var all []ledger.Project
	for _, p := range r {
		if p.Allocate && slices.Contains(p.Path, node) {
			all = append(all, p)
		}
	}
	return all, nil
}

// hamlet is a small place on a real store, with the people of its accounts and two projects: "rack" was proposed by zhi of the
// branch and is led by zhou, "path" waits for its decision.
type hamlet struct {
	*ledger.Service
	*roomtest.Ground
	projects                                    register
	li, zhou, deputy, zhi, town, wang, observer identity.Actor
	otherStaff, otherTown, otherSecretary       identity.Actor
}

func setup(t testing.TB) *hamlet {
	t.Helper()
	h := &hamlet{Ground: roomtest.Open(t, morning, ledger.Collections())}
	h.Found("t2", "大场镇", "c9")
	here := []community.ID{"d", "t", "c1"}
	h.projects = register{
		"rack": {ID: "rack", Title: "3 号楼晾衣架", Path: here, Allocate: true, Pay: true, Approved: 2_000_000, Own: []identity.AccountID{"zhi", "zhou"}},
		"path": {ID: "path", Title: "花园步道", Path: here, Approved: 1_000_000},
		"far":  {ID: "far", Title: "别处的项目", Path: []community.ID{"d", "t", "c2"}, Allocate: true, Pay: true, Approved: 1_000_000},
	}
	h.Service = ledger.New(ledger.Deps{Ground: h.Room(), Calendar: h.Days, Projects: h.projects})
	works := func(id identity.AccountID, role identity.Role, node community.ID) identity.Actor {
		return roomtest.Works(id, string(id), role, node, "")
	}
	h.li, h.zhou, h.deputy, h.zhi = works("li", identity.RoleStaff, "c1"), works("zhou", identity.RoleSecretary, "c1"), works("fu", identity.RoleSecretary, "c1"), works("zhi", identity.RoleBranch, "c1")
	h.town, h.observer, h.wang = works("zhen", identity.RoleTown, "t"), works("guan", identity.RoleObserver, "c1"), roomtest.Lives("wang", "王**", "c1")
	h.otherStaff, h.otherSecretary, h.otherTown = works("qian", identity.RoleStaff, "c2"), works("sun", identity.RoleSecretary, "c2"), works("bie", identity.RoleTown, "t2")
	return h
}

// terms are a fund of 300,000 yuan, city and town 3:7.
func terms() ledger.Terms {
	return ledger.Terms{Name: "民生微实事资金", Purpose: "居民提议的微项目", Year: 2026, Cap: 30_000_000, Sources: []ledger.Source{
		{Kind: ledger.FromCity, Name: "市级财政", Parts: 3}, {Kind: ledger.FromTown, Name: "镇级财政", Parts: 7},
	}}
}

// fund sets one up.
func (h *hamlet) fund(t ledger.Terms) ledger.FundID {
	h.T.Helper()
	f, err := h.SetFund(h.T.Context(), h.zhou, ledger.SetFund{ID: ledger.FundID(h.Token()), Node: "c1", Terms: t})
	roomtest.Must(h.T, err)
	return f.ID
}

// full is a fund with 100,000 yuan in it, all of the town.
func (h *hamlet) full() ledger.FundID {
	h.T.Helper()
	id := h.fund(terms())
	h.book(id, ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 10_000_000})
	return id
}

// paper completes a draft by what every voucher has.
func (h *hamlet) paper(d ledger.Draft) ledger.Draft {
	if d.Purpose == "" {
		d.Purpose = "按会议纪要"
	}
	if d.Date == (calendar.Date{}) {
		d.Date = h.Today()
	}
	if d.Papers == nil {
		d.Papers = []deliberation.PhotoID{deliberation.PhotoID(h.Token())}
	}
	return d
}

// drafted is a voucher by li.
func (h *hamlet) drafted(id ledger.FundID, d ledger.Draft) (ledger.EntryID, error) {
	e := ledger.EntryID(h.Token())
	_, _, err := h.DraftVoucher(h.T.Context(), h.li, ledger.DraftVoucher{Fund: id, Entry: e, Draft: h.paper(d)})
	return e, err
}

// posted drafts by li and posts by the town.
func (h *hamlet) posted(id ledger.FundID, d ledger.Draft) (ledger.EntryID, error) {
	e, err := h.drafted(id, d)
	if err != nil {
		return e, err
	}
	_, _, err = h.DecideVoucher(h.T.Context(), h.town, ledger.DecideVoucher{Fund: id, Entry: e, Verdict: ledger.Approve})
	return e, err
}

// book is posted, which must go well.
func (h *hamlet) book(id ledger.FundID, d ledger.Draft) ledger.EntryID {
	h.T.Helper()
	e, err := h.posted(id, d)
	roomtest.Must(h.T, err)
	return e
}

// sums returns received, allocated, committed and paid in fen.
func (h *hamlet) sums(id ledger.FundID) [4]money.Fen {
	h.T.Helper()
	f, err := h.FundAtDesk(h.T.Context(), h.li, id)
	roomtest.Must(h.T, err)
	s := f.Sums()
	return [4]money.Fen{s.Received, s.Allocated, s.Committed, s.Paid}
}

// agrees wants the whole installation to reconcile.
func (h *hamlet) agrees() ledger.Report {
	h.T.Helper()
	r, err := ledger.Check(h.T.Context(), h.Store, nil)
	roomtest.Must(h.T, err)
	for _, f := range r.Found {
		h.T.Errorf("found %s", f)
	}
	return r
}
