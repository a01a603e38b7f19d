package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
)

// Report is what a reconciliation found.
type Report struct {
	Funds, Entries int
	Sums           Sums
	Cap            money.Fen
	Found          []Finding
}

// add audits a fund.
func (r *Report) add(f Fund) {
	r.Funds++
	r.Entries += f.Posted
	r.Sums, r.Cap = r.Sums.Plus(f.Sums()), r.Cap+f.Cap
	r.Found = append(r.Found, f.Audit()...)
}

// Reconcile replays every fund of a place, for the people of its accounts: of a community its own, of a town all in it.
func (s *Service) Reconcile(ctx context.Context, actor identity.Actor, node community.ID) (Report, error) {
	n, err := s.place(ctx, actor, node, identity.SeeAccounts)
	if err != nil {
		return Report{}, err
	}
	index := byNode
	if n.Level == community.LevelTown {
		index = byTown
	}
	var r Report
	err = s.funds.Each(ctx, docstore.Query{Index: index, Equal: []any{string(n.ID)}, Limit: atATime}, func(f Fund) error {
		r.add(f)
		return nil
	})
	return r, err
}

// atATime bounds how many funds are in memory together.
const atATime = 20

// Check replays every fund of an installation and compares it with the feed of events, which was written with the entries but is
// kept apart from them: what somebody changed in a document afterwards, numbers and sums alike, is found there. It is for a
// command and not for pages. progress, which may be nil, hears how many funds and events were read.
func Check(ctx context.Context, store docstore.Store, progress func(funds int, events int64)) (Report, error) {
	if progress == nil {
		progress = func(int, int64) {}
	}
	told, err := readFeed(ctx, store, progress)
	if err != nil {
		return Report{}, err
	}
	var r Report
	funds := docstore.Table[Fund]{Store: store, Kind: FundKind}
	err = funds.Each(ctx, docstore.Query{Index: docstore.ByID, Limit: atATime}, func(f Fund) error {
		r.add(f)
		r.Found = append(r.Found, f.compare(told[f.ID])...)
		delete(told, f.ID)
		progress(r.Funds, 0)
		return nil
	})
	for id, entries := range told {
		r.Found = append(r.Found, Finding{Fund: id, Code: FindingFeed, Detail: fmt.Sprintf("%d entries were posted, the fund is gone", len(entries))})
	}
	return r, err
}

// readFeed returns what the feed says was posted, by fund and place.
func readFeed(ctx context.Context, store docstore.Store, progress func(int, int64)) (map[FundID]map[int]News, error) {
	told := map[FundID]map[int]News{}
	var read, after int64
	for {
		events, err := store.Events(ctx, after, docstore.MaxLimit)
		if err != nil || len(events) == 0 {
			return told, err
		}
		for _, e := range events {
			if e.Doc.Kind != FundKind || e.Type != VoucherPosted {
				continue
			}
			var n News
			if err := json.Unmarshal(e.Data, &n); err != nil {
				return nil, fmt.Errorf("read event %s: %w", e.ID, err)
			}
			id := FundID(e.Doc.ID)
			if told[id] == nil {
				told[id] = map[int]News{}
			}
			told[id][n.Seq] = n
		}
		after = events[len(events)-1].Seq
		read += int64(len(events))
		progress(0, read)
	}
}

// compare looks for what the fund and the feed say differently.
func (f Fund) compare(told map[int]News) []Finding {
	var found []Finding
	say := func(e EntryID, format string, args ...any) {
		found = append(found, Finding{Fund: f.ID, Name: f.Name, Code: FindingFeed, Entry: e, Detail: fmt.Sprintf(format, args...)})
	}
	posted := f.PostedEntries(0)
	for _, e := range posted {
		n, ok := told[e.Seq]
		if !ok {
			say(e.ID, "no event tells of entry %d", e.Seq)
			continue
		}
		delete(told, e.Seq)
		was := strings.Join([]string{string(n.Entry), n.Fen.String(), string(n.From), string(n.To)}, " ")
		is := strings.Join([]string{string(e.ID), e.Fen.String(), string(e.From), string(e.To)}, " ")
		if was != is {
			say(e.ID, "entry %d was %s, stored is %s", e.Seq, was, is)
		}
	}
	for seq, n := range told {
		say(n.Entry, "entry %d was posted and is not there", seq)
	}
	return found
}
