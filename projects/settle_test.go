package projects_test

import (
	"testing"

	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/projects/preset"
)

// settling puts a project at its settlement.
func (g *ground) settling() projects.ID {
	g.T.Helper()
	id := g.built(0)
	roomtest.Must(g.T, g.Put(g.T.Context(), id, preset.Settling))
	return id
}

func (g *ground) states(who identity.Actor, id projects.ID, words string) error {
	seen := 0
	if s := g.read(id).Statement; s != nil {
		seen = s.Revision
	}
	_, err := g.WriteStatement(g.T.Context(), who, projects.WriteStatement{Project: id, Seen: seen, Words: words})
	return err
}

func (g *ground) closes(who identity.Actor, id projects.ID) error {
	_, err := g.Close(g.T.Context(), who, id, 1)
	return err
}

func TestAProjectIsArchivedWhenItsAccountsAreClosed(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.settling()
	paid := projects.Books{Allotted: 2_400_000, Paid: 2_000_000, Spent: []projects.Cost{{What: "铺砖合同", Payee: "王**", Amount: 2_000_000}}}
	open := paid
	open.Open = []projects.Unsettled{{Kind: projects.OpenLine, Fund: "f", Name: "3号楼前花园小路", Amount: 400_000}}
	*g.held = open

	roomtest.Refused(t, g.closes(g.staff, id), "project.no_statement")
	roomtest.Refused(t, g.states(g.branch, id, ""), "project.no_difference")
	if err := g.states(g.zhao, id, "便宜了"); fault.KindOf(err) != fault.Denied {
		t.Errorf("a neighbour writes it: %v", err)
	}
	roomtest.Must(t, g.states(g.branch, id, "砖的价钱比报价低"))
	roomtest.Refused(t, g.closes(g.staff, id), "project.books_open")
	*g.held = paid
	if err := g.closes(g.branch, id); fault.KindOf(err) != fault.Denied {
		t.Errorf("the lead checks its own: %v", err)
	}
	g.held.Paid = 2_100_000
	roomtest.Refused(t, g.closes(g.staff, id), "project.books_moved")
	*g.held = paid
	_, err := g.Close(ctx, g.staff, id, 7)
	roomtest.Refused(t, err, "project.stale")
	roomtest.Must(t, g.closes(g.staff, id))
	v := g.at(id, preset.Archived)
	if !v.Settled() || v.Statement.Left() != 400_000 || v.Statement.CheckedBy.Account != "li" {
		t.Errorf("the statement: %+v", v.Statement)
	}
	if e := g.Events(projects.Archived); len(e) != 1 {
		t.Errorf("told %d times", len(e))
	}
}

func TestTheStatementIsCheckedByASecondPerson(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx, id := t.Context(), g.settling()
	g.held.Paid = 2_400_000
	roomtest.Must(t, g.states(g.staff, id, "")) // for the lead
	roomtest.Refused(t, g.closes(g.staff, id), "project.second_person")
	_, err := g.ReturnStatement(ctx, g.staff, id, "少一张发票")
	roomtest.Refused(t, err, "project.second_person")
	must(t)(g.ReturnStatement(ctx, g.colleague, id, "少一张发票"))
	roomtest.Refused(t, g.closes(g.colleague, id), "project.no_statement")
	roomtest.Must(t, g.states(g.staff, id, "补上了"))
	_, err = g.Close(ctx, g.colleague, id, 2)
	roomtest.Must(t, err)
	g.at(id, preset.Archived)
}

func TestAProjectThatWasGivenUpIsSettledToo(t *testing.T) {
	t.Parallel()
	g := setup(t)
	id := g.settling()
	roomtest.Must(t, g.GiveUp(t.Context(), id))
	g.held.Paid, g.held.Spent = 500_000, []projects.Cost{{What: "设计费", Amount: 500_000}}
	roomtest.Must(t, g.states(g.branch, id, ""))
	g.held.Open = []projects.Unsettled{{Kind: projects.OpenVoucher, Fund: "f", Voucher: "v", Name: "付款", Amount: 1}}
	roomtest.Refused(t, g.closes(g.staff, id), "project.books_open")
	g.held.Open = nil
	roomtest.Must(t, g.closes(g.staff, id))
	if v := g.at(id, preset.Cancelled); !v.Settled() {
		t.Error("not settled")
	}
	if len(g.Events(projects.ClosedCancelled)) != 1 || len(g.Events(projects.Archived)) != 0 {
		t.Error("it is told as if it were done")
	}
}

func TestTheYearGetsBackWhatWasNotSpent(t *testing.T) {
	t.Parallel()
	g := setup(t)
	ctx := t.Context()
	key := g.easy(func(p *preset.Preset) { p.Reps, p.Envelope = 0, 3_000_000 })
	id := g.propose(g.wang, key).ID
	g.lead(id)
	g.notice(id)
	g.Clock.Set(g.Clock.Now().Add(5 * day))
	must(t)(g.Establish(ctx, g.secretary, id))
	roomtest.Must(t, g.Put(ctx, id, preset.Settling))
	g.held.Paid = 1_900_000
	roomtest.Must(t, g.states(g.branch, id, "省了"))
	roomtest.Must(t, g.closes(g.staff, id))
	taken := func(want int64) {
		t.Helper()
		y, err := g.Year(ctx, g.secretary, "c1", key)
		if err != nil || int64(y.Sum()) != want {
			t.Fatalf("taken %v, %v, want %d", y.Sum(), err, want)
		}
	}
	taken(2_400_000)
	for _, e := range append(g.Events(projects.Archived), g.Events(projects.Archived)...) {
		roomtest.Must(t, g.GiveBack(ctx, e))
	}
	taken(1_900_000)
	roomtest.Must(t, g.GiveBack(ctx, docstore.Event{Type: projects.Rated, Doc: docstore.Key{ID: string(id)}}))
}
