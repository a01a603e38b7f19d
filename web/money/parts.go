package money

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/money"
	"jushou/projects/ledger"
	"jushou/web/page"
)

// yuan writes an amount as people read it.
func yuan(f money.Fen) string {
	if f < 0 {
		return "-¥" + (-f).String()
	}
	return "¥" + f.String()
}

// bar is one row of a picture: what is allotted, promised and paid, in thousandths of the longest, with the words beside.
type bar struct {
	Name                       string
	Planned, Committed, Paid   string // as drawn
	PlannedY, CommittedY, PayY string // as written
	Left                       string
	Settled                    bool
	Project                    string
}

// bars draws lines against the longest of them.
func bars(lines []ledger.Line, sums []ledger.Sums) []bar {
	var longest money.Fen
	for _, s := range sums {
		longest = max(longest, s.Allocated)
	}
	all := make([]bar, len(lines))
	for n, l := range lines {
		s := sums[n]
		all[n] = bar{
			Name: l.Title, Planned: share(s.Allocated, longest), Committed: share(s.Committed, longest), Paid: share(s.Paid, longest),
			PlannedY: yuan(s.Allocated), CommittedY: yuan(s.Committed), PayY: yuan(s.Paid), Left: yuan(s.Allocated - s.Committed), Settled: l.Settled, Project: l.Project,
		}
	}
	return all
}

// share is a part of a whole in thousandths, for a picture.
func share(part, whole money.Fen) string {
	if whole <= 0 || part <= 0 {
		return "0"
	}
	return strconv.FormatInt(int64(min(part, whole))*1000/int64(whole), 10)
}

// sumsView are sums in words.
type sumsView struct {
	Cap, Received, Allocated, Committed, Paid, Free, Balance string
	// UsedShare and ReceivedShare are drawn against the cap.
	UsedShare, ReceivedShare string
	Used                     string // per cent of the cap that is allotted
}

func sumsOf(s ledger.Sums, limit money.Fen) sumsView {
	used := "0"
	if limit > 0 {
		used = strconv.FormatInt(int64(s.Allocated)*100/int64(limit), 10)
	}
	return sumsView{
		Cap: yuan(limit), Received: yuan(s.Received), Allocated: yuan(s.Allocated), Committed: yuan(s.Committed), Paid: yuan(s.Paid),
		Free: yuan(s.Received - s.Allocated), Balance: yuan(s.Balance()), UsedShare: share(s.Allocated, limit), ReceivedShare: share(s.Received, limit), Used: used,
	}
}

// fundCard is a fund in a list.
type fundCard struct {
	Href, Name, Purpose, Sources string
	Where                        string // in a town's list
	Sums                         sumsView
	Waits                        int
}

func cardOf(v *page.Visit, f ledger.Fund, href string) fundCard {
	return fundCard{Href: href, Name: f.Name, Purpose: f.Purpose, Sources: sourceWords(v, f), Sums: sumsOf(f.Sums(), f.Cap), Waits: len(f.Waiting())}
}

// sourceWords says who gives in which ratio: 市级财政、镇级财政 3:7.
func sourceWords(v *page.Visit, f ledger.Fund) string {
	var names, parts []string
	for _, s := range f.Sources {
		names = append(names, s.Name)
		parts = append(parts, strconv.FormatInt(s.Parts, 10))
	}
	words := strings.Join(names, v.T("list.and"))
	if len(parts) > 1 {
		words += " " + strings.Join(parts, ":")
	}
	return words
}

// sourceLine is a source with what it owes and gave.
type sourceLine struct{ Name, Kind, Parts, Share, Given, Rest string }

func sourcesOf(v *page.Visit, f ledger.Fund) []sourceLine {
	all := make([]sourceLine, len(f.Sources))
	for n, s := range f.Sources {
		given := -f.Balances[ledger.SourceAccount(n+1)]
		all[n] = sourceLine{s.Name, v.T("money.source_" + string(s.Kind)), strconv.FormatInt(s.Parts, 10), yuan(s.Share), yuan(given), yuan(s.Share - given)}
	}
	return all
}

// entryLine is a voucher in a list.
type entryLine struct {
	Seq                string
	Kind, Title, Payee string
	Purpose            string
	Amount             string
	At                 time.Time
	By                 string
	Papers             int
	Href               string // at the desk
	Reversed, Reverses bool
	Late               bool
}

// entryOf says a voucher; open masks a private payee.
func entryOf(v *page.Visit, f ledger.Fund, e ledger.Entry, open bool) entryLine {
	payee := f.PayeeOf(e)
	name := payee.Name
	if open {
		name = payee.Shown()
	}
	l := entryLine{
		Seq: strconv.Itoa(e.Seq), Kind: v.T("money.kind_" + string(e.Kind)), Title: titleOf(v, f, e), Payee: name, Purpose: e.Purpose, Amount: yuan(e.Fen), At: e.DecidedAt,
		Papers: len(e.Papers), Reversed: f.ReversedBy(e.ID) != "", Reverses: e.Kind == ledger.Reverse,
	}
	if e.State == ledger.Posted {
		l.By = v.T("money.by_two", "drafted", who(e.DraftedBy), "posted", who(e.DecidedBy))
	} else {
		l.At, l.By = e.DraftedAt, v.T("money.by_one", "drafted", who(e.DraftedBy))
	}
	return l
}

// titleOf says what a voucher is about: the purpose, or the source.
func titleOf(v *page.Visit, f ledger.Fund, e ledger.Entry) string {
	title := func(n int) string {
		if n > 0 && n <= len(f.Lines) {
			return f.Lines[n-1].Title
		}
		return ""
	}
	if e.Kind == ledger.Reverse {
		if of, ok := f.Entry(e.Reverses); ok && of.Kind != ledger.Reverse {
			return v.T("money.reverses_what", "seq", strconv.Itoa(of.Seq), "what", titleOf(v, f, of))
		}
	}
	switch {
	case e.Source > 0 && e.Source <= len(f.Sources):
		return f.Sources[e.Source-1].Name
	case e.Kind == ledger.Move:
		to := e.Title
		if e.Project != "" {
			to = title(f.LineOf(e.Project))
		}
		return v.T("money.moved", "from", title(e.Line), "to", to)
	case e.Kind == ledger.Commit && e.Title != "":
		return title(f.LineFor(e)) + " · " + e.Title
	}
	if t := title(f.LineFor(e)); t != "" {
		return t
	}
	return e.Title
}

// entriesOf lists what is posted, the newest first.
func entriesOf(v *page.Visit, f ledger.Fund, open bool, from, before time.Time) []entryLine {
	var all []entryLine
	for _, e := range slices.Backward(f.PostedEntries(0)) {
		if from.IsZero() || !e.DecidedAt.Before(from) && e.DecidedAt.Before(before) {
			all = append(all, entryOf(v, f, e, open))
		}
	}
	return all
}

// who says a person with the role beside it.
func who(a deliberation.Author) string { return strings.TrimSpace(a.Title + " " + a.Name) }

// changeLine is one setting of a cap.
type changeLine struct {
	At           time.Time
	Text, Reason string
}

func changesOf(v *page.Visit, f ledger.Fund) []changeLine {
	var all []changeLine
	for n, c := range f.Changes {
		key := "money.cap_changed"
		if n == 0 {
			key = "money.cap_set"
		}
		all = append(all, changeLine{c.At, v.T(key, "who", who(c.By), "before", yuan(c.Before), "after", yuan(c.After)), c.Reason})
	}
	return all
}

// quarterLine is what a quarter moved.
type quarterLine struct{ Name, Received, Allocated, Committed, Paid string }

// quarters are the year of some funds.
func (p *Pages) quarters(v *page.Visit, funds []ledger.Fund, year int) []quarterLine {
	all := make([]quarterLine, 4)
	for n := range all {
		var s ledger.Sums
		for _, f := range funds {
			s = s.Plus(f.Within(p.Ledger.Quarter(year, n+1)))
		}
		all[n] = quarterLine{v.T("money.quarter_" + strconv.Itoa(n+1)), yuan(s.Received), yuan(s.Allocated), yuan(s.Committed), yuan(s.Paid)}
	}
	return all
}
