package poll

import (
	"context"
	"encoding/json"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Results lists a community's published results, the latest drafted first, for everybody. A page looks at PollsPage polls and has those
// of them that are public, so that it may be short, or empty, while there is more behind it.
func (s *Service) Results(ctx context.Context, in community.ID, after docstore.Cursor) ([]Announced, docstore.Cursor, error) {
	q := docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: PollsPage, After: after}
	found, next, err := s.polls.Find(ctx, q)
	if err != nil {
		return nil, "", err
	}
	var keys []string
	for _, p := range found {
		if p.State.Public() {
			keys = append(keys, string(p.ID))
		}
	}
	held, err := s.results.GetMany(ctx, keys)
	if err != nil {
		return nil, "", err
	}
	var all []Announced
	for _, p := range found {
		r, ok := held[string(p.ID)]
		if !p.State.Public() || !ok {
			continue
		}
		a := announced(p, r)
		if err := json.Unmarshal([]byte(r.Text), &a.Count); err != nil {
			return nil, "", fmt.Errorf("read the result of poll %q: %w", p.ID, err)
		}
		all = append(all, a)
	}
	return all, next, nil
}

// announced is a poll with its result, without what is for its own people only.
func announced(p Poll, r Result) Announced {
	out := Announced{Poll: p, Result: r}
	out.Poll.Scope.Members, out.Poll.Objections, out.Poll.Corrections = nil, nil, nil
	out.Poll.Override = p.Override.public()
	for _, c := range p.Corrections {
		if c.Late {
			out.Poll.Corrections = append(out.Poll.Corrections, Correction{Mark: c.Mark, Reason: c.Reason, At: c.At, Late: true})
		}
	}
	return out
}
