package notify

import (
	"slices"
	"testing"

	"jushou/internal/identity"
	"jushou/projects/ledger"
)

// TestWhoIsAskedToPostAVoucher leaves out whose project it is for, and goes on to the town where that leaves nobody.
func TestWhoIsAskedToPostAVoucher(t *testing.T) {
	t.Parallel()
	ask := func(n ledger.News) []identity.AccountID {
		t.Helper()
		b := setup(t, office{})
		n.Fund, n.Entry, n.Node, n.Town, n.Purpose, n.Fen = "f", "e", "hexiang", "luoxi", "付款", 100
		b.tell(t, event(t, ledger.VoucherDrafted, n))
		var told []identity.AccountID
		for _, who := range []identity.AccountID{"sec-1", "sec-2", "town-1"} {
			list, _, err := b.Inbox(t.Context(), identity.Actor{ID: who}, "")
			if err != nil {
				t.Fatal(err)
			}
			if len(list) > 0 {
				told = append(told, who)
			}
		}
		return told
	}
	for name, tt := range map[string]struct {
		news ledger.News
		want []identity.AccountID
	}{
		"by staff":                        {ledger.News{By: "li"}, []identity.AccountID{"sec-1", "sec-2"}},
		"one secretary leads the project": {ledger.News{By: "li", Own: []identity.AccountID{"wang", "sec-1"}}, []identity.AccountID{"sec-2"}},
		"both have a part in it":          {ledger.News{By: "li", Own: []identity.AccountID{"sec-2", "sec-1"}}, []identity.AccountID{"town-1"}},
		"by a secretary":                  {ledger.News{By: "sec-1", BySecretary: true}, []identity.AccountID{"town-1"}},
		"of the town's fund":              {ledger.News{By: "li", OfTown: true}, []identity.AccountID{"town-1"}},
		"by the only one of the town":     {ledger.News{By: "town-1", OfTown: true}, nil},
	} {
		if got := ask(tt.news); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v are told, want %v", name, got, tt.want)
		}
	}
}
