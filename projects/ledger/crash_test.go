package ledger_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/room"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/money"
	"jushou/projects/ledger"
)

const (
	crashDir    = "JUSHOU_TEST_LEDGER_DIR"
	crashRounds = 4
	crashHands  = 8
)

// books are the ledger on a store of its own in a folder, for two processes one after the other.
type books struct {
	*ledger.Service
	store    docstore.Store
	li, town identity.Actor
}

func openBooks(t *testing.T, dir string) *books {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(dir, "books.db"), append(append(ledger.Collections(), deliberation.Collections()...), community.Collections()...), sqlite.Options{})
	roomtest.Must(t, err)
	days, err := calendar.China()
	roomtest.Must(t, err)
	now := clock.Standing(morning)
	directory := community.NewDirectory(store, now)
	topics := deliberation.New(deliberation.Deps{Store: store, Clock: now, Directory: directory, Buildings: community.NewPlaces(store), Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords()})
	return &books{
		Service: ledger.New(ledger.Deps{Ground: room.Ground{Store: store, Clock: now, Directory: directory, Topics: topics}, Calendar: days}),
		store:   store, li: roomtest.Works("li", "李", identity.RoleStaff, "c1", ""), town: roomtest.Works("zhen", "镇", identity.RoleTown, "t", ""),
	}
}

// found makes the place and a fund with a deal of ten million fen.
func (b *books) found(t *testing.T) {
	t.Helper()
	district, err := community.NewDistrict("d", "宝山区")
	roomtest.Must(t, err)
	town, err := district.Below("t", "罗店镇")
	roomtest.Must(t, err)
	here, err := town.Below("c1", "美安苑")
	roomtest.Must(t, err)
	for _, n := range []community.Node{district, town, here} {
		roomtest.Must(t, community.NewPlaces(b.store).SaveNode(t.Context(), n, "test", morning))
	}
	for n := range crashRounds {
		id := ledger.FundID(fundOf(n))
		_, err = b.SetFund(t.Context(), b.town, ledger.SetFund{ID: id, Node: "c1", Terms: terms()})
		roomtest.Must(t, err)
		for i, d := range []ledger.Draft{
			{Kind: ledger.Receive, Source: 2, Fen: 10_000_000}, {Kind: ledger.Allocate, Title: "楼道粉刷", Fen: 10_000_000},
			{Kind: ledger.Commit, Line: 1, Fen: 10_000_000, Payee: ledger.Payee{Name: "某厂"}},
		} {
			roomtest.Must(t, b.book(t, id, ledger.EntryID(fmt.Sprintf("%s%02d", strings.Repeat("a", ids.Length-2), i)), d))
		}
	}
}

func fundOf(round int) string { return strings.Repeat("f", ids.Length-1) + fmt.Sprint(round) }

func (b *books) book(t *testing.T, id ledger.FundID, e ledger.EntryID, d ledger.Draft) error {
	d.Purpose, d.Date, d.Papers = "按会议纪要", b.Today(), []deliberation.PhotoID{"01h00000000000000000"}
	if _, _, err := b.DraftVoucher(t.Context(), b.li, ledger.DraftVoucher{Fund: id, Entry: e, Draft: d}); err != nil {
		return err
	}
	_, _, err := b.DecideVoucher(t.Context(), b.town, ledger.DecideVoucher{Fund: id, Entry: e, Verdict: ledger.Approve})
	return err
}

// TestKilledWhilePaying kills a process with SIGKILL at random moments of payments by many hands, sends again what was not
// acknowledged, with the same tokens, and reconciles: what was acknowledged is paid, everything is paid once, and the accounts,
// the vouchers and the feed agree to the fen.
func TestKilledWhilePaying(t *testing.T) {
	if dir := os.Getenv(crashDir); dir != "" {
		payForEver(t, dir, os.Getenv("JUSHOU_TEST_LEDGER_ROUND"), os.NewFile(3, "acknowledgements"))
		return
	}
	dir := t.TempDir()
	b := openBooks(t, dir)
	b.found(t)
	roomtest.Must(t, b.store.Close())
	for round := range crashRounds {
		acked := payUntilKilled(t, dir, round, 5+rand.IntN(60))
		b := openBooks(t, dir)
		again(t, b, round, acked)
		roomtest.Must(t, b.store.Close())
	}
}

// payForEver is the child.
func payForEver(t *testing.T, dir, round string, ack io.Writer) {
	b := openBooks(t, dir)
	var mu sync.Mutex
	var hands sync.WaitGroup
	for hand := range crashHands {
		hands.Go(func() {
			for n := 0; ; n++ {
				id := payment(hand, n)
				if err := b.book(t, ledger.FundID(strings.Repeat("f", ids.Length-1)+round), id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 7}); err != nil {
					if !errors.Is(err, ledger.ErrFull) {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				fmt.Fprintln(ack, id)
				mu.Unlock()
			}
		})
	}
	hands.Wait()
	<-t.Context().Done() // the kill comes
}

func payment(hand, n int) ledger.EntryID {
	return ledger.EntryID(fmt.Sprintf("%s%02d%03d", strings.Repeat("p", ids.Length-5), hand, n))
}

func payUntilKilled(t *testing.T, dir string, round, after int) []ledger.EntryID {
	t.Helper()
	r, w, err := os.Pipe()
	roomtest.Must(t, err)
	defer r.Close()
	var output strings.Builder
	child := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$", "-test.count=1")
	child.Env = append(os.Environ(), crashDir+"="+dir, fmt.Sprint("JUSHOU_TEST_LEDGER_ROUND=", round))
	child.Stdout, child.Stderr, child.ExtraFiles = &output, &output, []*os.File{w}
	roomtest.Must(t, child.Start())
	roomtest.Must(t, w.Close())
	var acked []ledger.EntryID
	for lines := bufio.NewReader(r); ; {
		line, err := lines.ReadString('\n')
		if err != nil {
			break // what follows the last line end was cut off by the kill and promises nothing
		}
		if acked = append(acked, ledger.EntryID(strings.TrimSpace(line))); len(acked) == after {
			roomtest.Must(t, child.Process.Kill())
		}
	}
	if err := child.Wait(); len(acked) < after {
		t.Fatalf("the child ended after %d of %d payments: %v\n%s", len(acked), after, err, output.String())
	}
	return acked
}

// again reconciles what the kill left, sends the first payments of every hand again and reconciles anew.
func again(t *testing.T, b *books, round int, acked []ledger.EntryID) {
	t.Helper()
	agreed := func() ledger.Fund {
		t.Helper()
		report, err := ledger.Check(t.Context(), b.store, nil)
		roomtest.Must(t, err)
		for _, f := range report.Found {
			t.Errorf("round %d: %s", round, f)
		}
		f, err := b.FundAtDesk(t.Context(), b.li, ledger.FundID(fundOf(round)))
		roomtest.Must(t, err)
		if paid := f.Sums().Paid; paid != money.Fen(7*(f.Posted-3)) {
			t.Errorf("round %d: %d entries paid %s", round, f.Posted, paid)
		}
		return f
	}
	f := agreed()
	for _, id := range acked {
		if e, ok := f.Entry(id); !ok || e.State != ledger.Posted {
			t.Errorf("round %d: %s was acknowledged and is %q", round, id, e.State)
		}
	}
	for hand := range crashHands {
		for n := range 3 {
			if err := b.book(t, f.ID, payment(hand, n), ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 7}); err != nil && fault.CodeOf(err) != "ledger.full" {
				t.Errorf("round %d sent again: %v", round, err)
			}
		}
	}
	after := agreed()
	t.Logf("round %d: %d acknowledged, %d posted at the kill, %d after sending again", round, len(acked), f.Posted, after.Posted)
}

// TestTheCheckFindsWhatWasChanged alters a stored fund in every number, with and without making the sums fit.
func TestTheCheckFindsWhatWasChanged(t *testing.T) {
	t.Parallel()
	h := setup(t)
	id := h.full()
	h.book(id, ledger.Draft{Kind: ledger.Allocate, Title: "楼道粉刷", Fen: 5_000})
	h.book(id, ledger.Draft{Kind: ledger.Commit, Line: 1, Fen: 4_000, Payee: ledger.Payee{Name: "某厂"}})
	h.book(id, ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 3_000})
	h.agrees()
	table := docstore.Table[ledger.Fund]{Store: h.Store, Kind: ledger.FundKind}
	sound, _, err := table.Get(t.Context(), string(id))
	roomtest.Must(t, err)
	for what, change := range map[string]func(*ledger.Fund){
		"balance":  func(f *ledger.Fund) { f.Balances[ledger.Free]++ },
		"sum":      func(f *ledger.Fund) { f.Balances[ledger.Free]++ },
		"setting":  func(f *ledger.Fund) { f.Cap++ },
		"sequence": func(f *ledger.Fund) { f.Entries[3].Seq = 9 },
		"double":   func(f *ledger.Fund) { f.Entries[3].ID = f.Entries[2].ID },
		"person":   func(f *ledger.Fund) { f.Entries[3].DecidedBy = f.Entries[3].DraftedBy },
		"accounts": func(f *ledger.Fund) { f.Entries[3].To = ledger.LineAccount(1) },
		"limit":    func(f *ledger.Fund) { f.Entries[3].Fen = 4_001 },
		// A smaller payment with balances that fit it, which only the feed contradicts.
		"feed": func(f *ledger.Fund) {
			f.Entries[3].Fen -= 1_000
			f.Balances[ledger.DealAccount(1)] += 1_000
			f.Balances[ledger.PaidAccount(1)] -= 1_000
		},
	} {
		bad := sound
		bad.Balances, bad.Entries = map[ledger.Account]money.Fen{}, append([]ledger.Entry{}, sound.Entries...)
		for a, b := range sound.Balances {
			bad.Balances[a] = b
		}
		change(&bad)
		_, err := table.Put(t.Context(), string(id), docstore.Any, bad)
		roomtest.Must(t, err)
		r, err := ledger.Check(t.Context(), h.Store, nil)
		roomtest.Must(t, err)
		if !strings.Contains(fmt.Sprint(r.Found), " "+what+" ") {
			t.Errorf("%s: found %v", what, r.Found)
		}
		if what == "feed" && len(r.Found) != 1 {
			t.Errorf("%s: found %v", what, r.Found)
		}
	}
	roomtest.Must(t, table.Delete(t.Context(), string(id), docstore.Any, sound))
	if r, err := ledger.Check(t.Context(), h.Store, nil); err != nil || len(r.Found) != 1 {
		t.Errorf("a fund that is gone: %v, %v", r.Found, err)
	}
}
