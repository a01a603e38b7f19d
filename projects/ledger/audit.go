package ledger

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"jushou/internal/money"
)

// Finding is one thing that does not agree in a fund.
type Finding struct {
	Fund  FundID  `json:"fund"`
	Name  string  `json:"name"`
	Code  string  `json:"code"` // what is wrong, a key of the catalogue under money.finding
	Entry EntryID `json:"entry,omitempty"`
	// Detail names the account and the amounts.
	Detail string `json:"detail,omitempty"`
}

// String says a finding on one line.
func (f Finding) String() string {
	return fmt.Sprintf("%s %q: %s %s %s", f.Fund, f.Name, f.Code, f.Entry, f.Detail)
}

// Codes of findings.
const (
	FindingSum      = "sum"      // the accounts together are not zero
	FindingBalance  = "balance"  // an account is not what its entries make it
	FindingSequence = "sequence" // the entries posted are not numbered 1, 2, 3…
	FindingDouble   = "double"   // an id is there twice
	FindingPerson   = "person"   // drafted and posted by one person
	FindingAccounts = "accounts" // an entry moved between other accounts than its kind does
	FindingLimit    = "limit"    // an account was beyond its limit
	FindingSetting  = "setting"  // the shares are not the cap
	FindingFeed     = "feed"     // the feed of events tells it otherwise
)

func sortBySeq(all []Entry) {
	slices.SortFunc(all, func(a, b Entry) int { return cmp.Compare(a.Seq, b.Seq) })
}

// Audit replays every entry from nothing and returns what does not agree, nothing if all does. It trusts no number that the
// fund has stored beside the entries.
func (f Fund) Audit() []Finding {
	a := auditor{fund: f, replay: Fund{ID: f.ID, Node: f.Node, Sources: f.Sources, Balances: map[Account]money.Fen{}}}
	a.setting()
	a.entries()
	a.balances()
	return a.found
}

type auditor struct {
	fund, replay Fund
	found        []Finding
}

func (a *auditor) say(code string, e EntryID, format string, args ...any) {
	a.found = append(a.found, Finding{Fund: a.fund.ID, Name: a.fund.Name, Code: code, Entry: e, Detail: fmt.Sprintf(format, args...)})
}

func (a *auditor) setting() {
	var sum money.Fen
	for _, s := range a.fund.Sources {
		sum += s.Share
	}
	last := a.fund.Changes[max(len(a.fund.Changes)-1, 0):]
	if sum != a.fund.Cap || len(last) == 0 || last[0].After != a.fund.Cap {
		a.say(FindingSetting, "", "shares %s, cap %s", sum, a.fund.Cap)
	}
}

// entries replays what is posted. Limits of a time when the cap was another are those of the largest cap there was.
func (a *auditor) entries() {
	seen := map[EntryID]bool{}
	for _, e := range a.fund.Entries {
		if seen[e.ID] {
			a.say(FindingDouble, e.ID, "")
		}
		seen[e.ID] = true
	}
	for _, c := range a.fund.Changes {
		if c.After > a.replay.Cap {
			a.replay.Cap, a.replay.Sources = c.After, share(a.fund.Sources, c.After)
		}
	}
	n := 0
	for _, e := range a.fund.PostedEntries(0) {
		if n++; e.Seq != n {
			a.say(FindingSequence, e.ID, "%d in place %d", e.Seq, n)
		}
		if e.DraftedBy.Account == e.DecidedBy.Account {
			a.say(FindingPerson, e.ID, "")
		}
		a.step(e)
	}
	if n != a.fund.Posted {
		a.say(FindingSequence, "", "%d entries, %d counted", n, a.fund.Posted)
	}
}

// step replays one entry by the same rules, and where they refuse it, by what it says it moved.
func (a *auditor) step(e Entry) {
	next, again := a.replay.clone(), e
	if err := next.post(&again, a.granted()); err == nil && again.From == e.From && again.To == e.To {
		a.replay = next
	} else {
		if err == nil {
			a.say(FindingAccounts, e.ID, "%s to %s, stored %s to %s", again.From, again.To, e.From, e.To)
		} else {
			a.say(FindingLimit, e.ID, "%s of %s: %v", e.Kind, e.Fen, err)
		}
		a.replay = a.replay.clone()
		a.replay.Balances[e.From] -= e.Fen
		a.replay.Balances[e.To] += e.Fen
		a.replay.Lines, a.replay.Deals = a.fund.Lines, a.fund.Deals
	}
	a.replay.Entries = append(a.replay.Entries, e)
}

// granted lets the projects have all: whether they might is not the accounts' to say afterwards.
func (a *auditor) granted() Around {
	around := Around{Projects: map[string]Project{}}
	for _, l := range a.fund.Lines {
		if l.Project != "" {
			around.Projects[l.Project] = Project{ID: l.Project, Title: l.Title, Path: a.fund.Path, Allocate: true, Pay: true, Approved: 1 << 60}
		}
	}
	return around
}

func (a *auditor) balances() {
	var sum money.Fen
	accounts := map[Account]bool{}
	for _, b := range []map[Account]money.Fen{a.fund.Balances, a.replay.Balances} {
		for account := range b {
			accounts[account] = true
		}
	}
	for _, account := range slices.Sorted(maps.Keys(accounts)) {
		is, due := a.fund.Balances[account], a.replay.Balances[account]
		sum += is
		if is != due {
			a.say(FindingBalance, "", "%s has %s, its entries make %s", account, is, due)
		}
	}
	if sum != 0 {
		a.say(FindingSum, "", "%s", sum)
	}
}
