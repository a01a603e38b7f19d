package app

import (
	"jushou/internal/eventlog/publiclog"
	"jushou/projects/ledger"
)

// ledgerActs are the envelopes of funds and what is posted in them: every fen that moves, between which accounts.
func ledgerActs() []publiclog.Act {
	return []publiclog.Act{
		{Event: ledger.FundSet, Of: "fund", Ref: "fund", Facts: []string{"year", "cap"}, Words: []string{"name", "reason"}},
		{Event: ledger.VoucherPosted, Of: "fund", Ref: "fund", Facts: []string{"year", "entry", "kind", "seq", "fen", "from", "to", "project", "reverses"},
			Words: []string{"name", "line", "payee", "purpose"}},
	}
}
