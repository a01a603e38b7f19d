package poll

import (
	"context"
	"errors"
	"slices"
	"time"

	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// Cast is one ballot as it arrives.
type Cast struct {
	Poll ID
	// Voter is the household to vote for, where the actor lives in several on the roll; "" otherwise.
	Voter  VoterKey
	Choice rule.Choice
	// Tag is SHA-256 of what the voter's device drew. Without it Nonce is what the form carries, drawn by the server.
	Tag   Tag
	Nonce string
	// Adult says that the voter is 18 or older, where the poll asks.
	Adult bool
	// Takeover says that the actor votes for the household from now on, in place of another member.
	Takeover bool
}

// ballotBox is an open poll made ready for the rush: what casting reads of it does not change until it closes.
type ballotBox struct {
	Poll
	key *seal.Box
}

// errNonce means that the form did not carry what the server drew.
var errNonce = fault.New(fault.Invalid, "poll.nonce").On("tag")

// CastBallot takes a ballot in. It is one commit: the voter has taken part, and the sealed ballot is in their seat. The last
// one counts. The same ballot twice (a double tap, a retry) is one. A ballot counts if it is committed before the
// poll's seats are locked and was here before the closing instant.
func (s *Service) CastBallot(ctx context.Context, actor identity.Actor, cmd Cast) (Receipt, error) {
	box, err := s.box(ctx, actor, cmd.Poll)
	if err != nil {
		return Receipt{}, err
	}
	tag, err := cmd.tag()
	if err != nil {
		return Receipt{}, err
	}
	if err := box.TakesBallots(s.Now()); err != nil {
		return Receipt{}, err
	}
	if err := box.Rule.Accept(cmd.Choice, len(box.Options)); err != nil {
		return Receipt{}, err
	}
	if cmd.Choice.Spoilt != "" {
		return Receipt{}, fault.New(fault.Invalid, "choice.spoilt").On("choice") // only paper can be
	}
	voter, err := s.voterOf(ctx, actor, box.Poll, cmd.Voter)
	if err != nil {
		return Receipt{}, err
	}
	return s.put(ctx, actor, box, voter, tag, cmd)
}

// tag returns what binds the receipt to the voter.
func (c Cast) tag() (Tag, error) {
	if c.Tag != "" {
		return c.Tag, c.Tag.Check()
	}
	if len(c.Nonce) != len(NewNonce()) {
		return "", errNonce
	}
	return TagOf(c.Nonce), nil
}

// box returns an open poll the actor may vote in, from memory where it is there.
func (s *Service) box(ctx context.Context, actor identity.Actor, id ID) (*ballotBox, error) {
	if held, ok := s.open.Load(id); ok {
		box := held.(*ballotBox)
		return box, s.allowed(actor, box.Poll, identity.CastBallot)
	}
	p, err := s.poll(ctx, actor, id, identity.CastBallot)
	if err != nil {
		return nil, err
	}
	if err := p.TakesBallots(s.Now()); err != nil {
		return nil, err
	}
	key, err := s.boxOf(ctx, id)
	if err != nil {
		return nil, err
	}
	box := &ballotBox{Poll: p, key: key}
	s.open.Store(id, box)
	return box, nil
}

// holds claims the tag for the voter: nobody else's ballot may have it.
func (s *Service) holds(box *ballotBox, voter VoterKey, tag Tag) (docstore.Claim, error) {
	return s.tags.Claim(string(box.ID)+"/"+string(tag), tagHolder{Poll: box.ID, Community: box.Community, Holder: box.key.Hash(holderPurpose, string(voter))})
}

// put commits the ballot. The clock is read at every try: a ballot that had to wait for others of the same voter until
// after the close is late.
func (s *Service) put(ctx context.Context, actor identity.Actor, box *ballotBox, voter VoterKey, tag Tag, cmd Cast) (Receipt, error) {
	mine, err := s.holds(box, voter, tag)
	if err != nil {
		return Receipt{}, err
	}
	var kept Ballot
	x, err := s.seats.Update(ctx, seatID(box.ID, voter), func(x *Seat) ([]docstore.Fact, error) {
		now := s.Now()
		if err := box.TakesBallots(now); err != nil {
			return nil, err
		}
		u, err := openUrn(box.key, *x)
		if err != nil {
			return nil, err
		}
		if same(u.Last, tag, cmd.Choice) {
			kept = u.Last
			return nil, docstore.ErrUnchanged
		}
		if err := x.admit(box.Poll, cmd.Adult); err != nil {
			return nil, err
		}
		facts, err := x.take(box.Poll, actor.ID, actor.Masked, cmd.Takeover, now)
		if err != nil {
			return nil, err
		}
		kept = newBallot(box.Poll, cmd.Choice, tag, cmd.nonce(), now)
		return facts, x.drop(box.key, u, kept, cmd.Adult)
	}, mine)
	switch {
	case errors.Is(err, docstore.ErrNotFound):
		return Receipt{}, errNotOnRoll
	case errors.Is(err, docstore.ErrClaimed):
		return Receipt{}, errReplayed
	case err != nil:
		return Receipt{}, err
	}
	return s.receipt(box.Poll, kept, x.Casts)
}

// nonce is what the receipt has to show because the voter's device does not have it.
func (c Cast) nonce() string {
	if c.Tag != "" {
		return ""
	}
	return c.Nonce
}

// same reports whether a ballot is the one that is there already.
func same(held Ballot, tag Tag, c rule.Choice) bool {
	return held.Commit != "" && held.Tag == tag && string(choiceText(held.Choice)) == string(choiceText(c.Canonical()))
}

// drop puts a ballot into the seat.
func (s *Seat) drop(key *seal.Box, u urn, b Ballot, adult bool) error {
	u, err := u.with(b)
	if err != nil {
		return err
	}
	if s.Urn, err = u.lock(key, s.place()); err != nil {
		return err
	}
	s.Casts++
	s.Adult = s.Adult || adult
	return nil
}

// voterOf returns the line of the roll that the actor votes for.
func (s *Service) voterOf(ctx context.Context, actor identity.Actor, p Poll, named VoterKey) (VoterKey, error) {
	if own := VoterKey(actor.ID); !p.Shared() && (named == "" || named == own) {
		return own, nil
	}
	homes, err := s.homes(ctx, actor, p)
	if err != nil {
		return "", err
	}
	for _, x := range homes {
		if named == "" && len(homes) == 1 || x.Voter == named {
			return x.Voter, nil
		}
	}
	if len(homes) == 0 {
		return "", errNotOnRoll
	}
	return "", errWhichHome
}

// errWhichHome asks somebody with several homes which of them votes.
var errWhichHome = fault.New(fault.Invalid, "poll.which_home").On("voter")

// homes returns the seats for which the actor may vote: those of the households in which they are a verified resident, of the heads
// among whose owners they are, or their own, and those they hold a mandate for.
func (s *Service) homes(ctx context.Context, actor identity.Actor, p Poll) ([]Seat, error) {
	var keys []string
	add := func(v VoterKey) {
		if k := seatID(p.ID, v); !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	switch {
	case p.Joint != nil:
		voters, err := s.heads(ctx, actor.ID, p)
		if err != nil {
			return nil, err
		}
		for _, v := range voters {
			add(v)
		}
	case p.Households():
		for _, m := range actor.Memberships {
			if m.Community == p.Community && m.Status == identity.MemberVerified {
				add(VoterKey(m.Household))
			}
		}
	default:
		add(VoterKey(actor.ID))
	}
	mandates, _, err := s.proxies.Get(ctx, proxyID(p.ID, actor.ID))
	if err != nil && !errors.Is(err, docstore.ErrNotFound) {
		return nil, err
	}
	for _, v := range mandates.all() {
		add(v)
	}
	found, err := s.seats.GetMany(ctx, keys)
	if err != nil {
		return nil, err
	}
	var homes []Seat
	for _, k := range keys {
		x, ok := found[k]
		held := slices.Contains(mandates.all(), x.Voter) && (x.Proxy == nil || x.Proxy.Account != actor.ID) // the mandate has ended
		if ok && !x.Removed && !held {
			homes = append(homes, x)
		}
	}
	return homes, nil
}

// leaveBy is how long after the close a commitment may take to be public: the promise on every receipt.
const leaveBy = time.Hour
