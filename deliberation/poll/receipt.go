package poll

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Receipt is what a voter keeps. It says nothing about the choice. Until the poll is counted the voter can have it shown
// again; afterwards only what they kept finds the ballot's line in the published list.
type Receipt struct {
	Poll   ID        `json:"poll"`
	Tag    Tag       `json:"t"`
	Commit string    `json:"commit"`
	At     time.Time `json:"accepted_at"`
	// Due is when the commitment will be public at the latest.
	Due time.Time `json:"public_by"`
	// Nonce is r_d where the server drew it; otherwise the voter's device has it.
	Nonce string `json:"nonce,omitempty"`
	// Count is which ballot of this voter it is; the last one counts.
	Count int `json:"count"`
	// Promise is the signed note of the above.
	Promise string `json:"promise"`
}

// receipt signs the promise for a ballot. The same ballot has the same promise.
func (s *Service) receipt(p Poll, b Ballot, count int) (Receipt, error) {
	r := Receipt{Poll: p.ID, Tag: b.Tag, Commit: b.Commit, At: b.At, Due: p.lastInstant().Add(leaveBy), Nonce: b.Nonce, Count: count}
	var err error
	r.Promise, err = s.Signer.Sign(fmt.Sprintf("jushou ballot promise v1\npoll %s\ncharter %s\ncommit %s\naccepted %s\npublic-by %s\n",
		p.ID, p.CharterHash, b.Commit, r.At.Format(time.RFC3339Nano), r.Due.Format(time.RFC3339)))
	return r, err
}

// MyReceipt shows the voter's own receipt again, as long as the ballot is in the seat. ErrNotFound means that there is none.
func (s *Service) MyReceipt(ctx context.Context, actor identity.Actor, id ID, voter VoterKey) (Receipt, error) {
	p, err := s.poll(ctx, actor, id, identity.ReadCommunity)
	if err != nil {
		return Receipt{}, err
	}
	mine, err := s.voterOf(ctx, actor, p, voter)
	if err != nil {
		return Receipt{}, err
	}
	x, _, err := s.seats.Get(ctx, seatID(id, mine))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && (x.Urn == "" || x.OnPaper || x.Account != actor.ID) {
		return Receipt{}, ErrNotFound
	}
	if err != nil {
		return Receipt{}, err
	}
	key, err := s.boxOf(ctx, id)
	if err != nil {
		return Receipt{}, err
	}
	u, err := openUrn(key, x)
	if err != nil {
		return Receipt{}, err
	}
	return s.receipt(p, u.Last, x.Casts)
}
