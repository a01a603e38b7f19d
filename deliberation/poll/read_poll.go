package poll

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Pages of lists.
const (
	PollsPage  = 20
	SeatsPage  = 50
	maxCounted = 1_000_000
)

// View is a poll as one person may see it at an instant. What voters chose is in no view before the poll is published.
type View struct {
	Poll
	Phase State
	// Seats are the lines of the roll for which the reader may vote: one, or one a household.
	Seats []Mine
	// Vote says that a page should offer to vote now; Hold that the reader may tend the poll. The use cases ask again.
	Vote, Hold bool
}

// Mine is a line of the roll as its own voter sees it.
type Mine struct {
	Voter    VoterKey
	Name     string
	Building string
	Voted    bool
	// Other is set where another member of the household has voted for it.
	Other bool
	// Kept says that the receipt can be shown again.
	Kept bool
	Late bool
	// Paper is set where a paper ballot of this voter is being entered or is in.
	Paper bool
	// Mandate is set where the reader votes for somebody else, and Proxied where somebody else votes for the reader.
	Mandate, Proxied bool
	Area             int64    // of an owner, in 0.01 m²
	Places           []string // an owner's units, as they are called
}

// Voted reports whether every line the reader votes for has a ballot of theirs.
func (v View) Voted() bool {
	return len(v.Seats) > 0 && !slices.ContainsFunc(v.Seats, func(m Mine) bool { return !m.Voted || m.Other })
}

// view builds what the actor may see.
func (s *Service) view(actor identity.Actor, p Poll, seats []Seat, now time.Time) View {
	v := View{Poll: p, Phase: p.Phase(now), Hold: identity.Can(actor, identity.HoldPoll, p.Place()) == nil}
	for _, x := range seats {
		v.Seats = append(v.Seats, Mine{
			Voter: x.Voter, Name: x.Name, Building: x.Building, Voted: x.Voted(), Late: x.Late,
			Other: p.Shared() && x.Voted() && x.Account != actor.ID, Kept: x.Urn != "" && x.Account == actor.ID && !x.OnPaper,
			Paper: len(x.Papers) > 0, Mandate: x.Proxy != nil && x.Proxy.Account == actor.ID, Proxied: x.Proxy != nil && x.Proxy.Account != actor.ID,
			Area: x.area(), Places: x.Places,
		})
	}
	v.Vote = len(v.Seats) > 0 && p.TakesBallots(now) == nil && identity.Can(actor, identity.CastBallot, p.Place()) == nil
	if !v.Hold {
		v.Override = p.Override.public()
		v.Scope.Members = nil
		v.Corrections = nil
		for _, c := range p.Corrections {
			if c.Late {
				c.Voter, c.Account, c.People, c.Name, c.Building = "", "", nil, "", ""
				v.Corrections = append(v.Corrections, c)
			}
		}
		v.Objections = ownObjections(p.Objections, actor.ID)
	}
	return v
}

// ownObjections hides from residents who objected, except their own.
func ownObjections(all []Objection, who identity.AccountID) []Objection {
	shown := slices.Clone(all)
	for i := range shown {
		if shown[i].By.Account != who || who == "" {
			shown[i].By.Account = ""
		}
	}
	return shown
}

// mine returns the seats the actor votes for.
func (s *Service) mine(ctx context.Context, actor identity.Actor, p Poll) ([]Seat, error) {
	if actor.ID == "" || p.State == Drafted || p.State == Rolling {
		return nil, nil
	}
	if p.Shared() || p.Mandates > 0 {
		return s.homes(ctx, actor, p)
	}
	x, _, err := s.seats.Get(ctx, seatID(p.ID, VoterKey(actor.ID)))
	if errors.Is(err, docstore.ErrNotFound) || err == nil && x.Removed {
		return nil, nil
	}
	return []Seat{x}, err
}

// Poll returns a poll as the actor may see it.
func (s *Service) Poll(ctx context.Context, actor identity.Actor, id ID) (View, error) {
	p, err := s.poll(ctx, actor, id, identity.ReadCommunity)
	if err != nil {
		return View{}, err
	}
	seats, err := s.mine(ctx, actor, p)
	if err != nil {
		return View{}, err
	}
	return s.view(actor, p, seats, s.Now()), nil
}

// StateOf returns where a poll stands, for the platform's own hands, or ErrNotFound.
func (s *Service) StateOf(ctx context.Context, id ID) (State, error) {
	p, err := s.get(ctx, id)
	return p.State, err
}

// Paper returns what a ballot of the poll looks like: its rule and options. In a rush it is asked with every ballot, so a
// poll that takes ballots comes from memory; whoever needs to know where it stands now asks Poll.
func (s *Service) Paper(ctx context.Context, actor identity.Actor, id ID) (Poll, error) {
	if held, ok := s.open.Load(id); ok {
		box := held.(*ballotBox)
		return box.Poll, s.allowed(actor, box.Poll, identity.ReadCommunity)
	}
	return s.poll(ctx, actor, id, identity.ReadCommunity)
}

// Polls lists a community's polls, the latest first. Drafts are for who holds polls.
func (s *Service) Polls(ctx context.Context, actor identity.Actor, in community.ID, after docstore.Cursor) ([]View, docstore.Cursor, error) {
	if _, err := s.Community(ctx, actor, in, identity.ReadCommunity, ErrNotFound.With("community", in)); err != nil {
		return nil, "", err
	}
	q := docstore.Query{Index: byCommunity, Equal: []any{string(in)}, Desc: true, Limit: PollsPage, After: after}
	found, next, err := s.polls.Find(ctx, q)
	if err != nil {
		return nil, "", err
	}
	now := s.Now()
	views := make([]View, 0, len(found))
	for _, p := range found {
		if s.allowed(actor, p, identity.ReadCommunity) != nil {
			continue
		}
		seats, err := s.mine(ctx, actor, p)
		if err != nil {
			return nil, "", err
		}
		views = append(views, s.view(actor, p, seats, now))
	}
	return views, next, nil
}

// mineAtMost bounds the list of polls that somebody has voted in.
const mineAtMost = 50

// Mine lists the polls in which the actor has voted and that they may still read, the latest first.
func (s *Service) Mine(ctx context.Context, actor identity.Actor) ([]View, error) {
	var keys []string
	q := docstore.Query{Index: byVoter, Equal: []any{string(actor.ID)}}
	err := s.seats.Each(ctx, q, func(x Seat) error {
		if x.Voted() && !slices.Contains(keys, string(x.Poll)) {
			keys = append(keys, string(x.Poll))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(keys) // ids begin with their time
	slices.Reverse(keys)
	var views []View
	for _, k := range keys[:min(len(keys), mineAtMost)] {
		v, err := s.Poll(ctx, actor, ID(k))
		if fault.KindOf(err) == fault.NotFound || fault.KindOf(err) == fault.Denied {
			continue // moved away
		}
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

// Turnout is how many have voted, without direction.
type Turnout struct {
	Voters, Voted int
}

// Turnout counts who has voted so far, for who holds the poll.
func (s *Service) Turnout(ctx context.Context, actor identity.Actor, id ID) (Turnout, error) {
	p, err := s.poll(ctx, actor, id, identity.HoldPoll)
	if err != nil {
		return Turnout{}, err
	}
	waiting, err1 := s.seats.Count(ctx, docstore.Query{Index: byWaiting, Equal: []any{string(p.ID)}}, maxCounted)
	voters, err2 := s.seats.Count(ctx, docstore.Query{Index: byRoll, Equal: []any{string(p.ID)}}, maxCounted)
	return Turnout{voters, max(0, voters-waiting)}, errors.Join(err1, err2)
}

// SeatLine is a line of the roll as who holds the poll sees it. It does not say whether the voter has voted.
type SeatLine struct {
	Voter    VoterKey
	Name     string
	Building string
	Places   []string // an owner's units, as they are called
	Late     bool
	Present  bool
	Area     int64 // of an owner, in 0.01 m²
	Units    int
	Served   bool // a proof that the ballot reached the owner is there
}

// RollLines pages through a roll, by key. With an address it finds the lines of that place instead, at most SeatsPage.
func (s *Service) RollLines(ctx context.Context, actor identity.Actor, id ID, address string, after docstore.Cursor) ([]SeatLine, docstore.Cursor, error) {
	if _, err := s.poll(ctx, actor, id, identity.HoldPoll); err != nil {
		return nil, "", err
	}
	if want := folded(address); want != "" {
		found, err := s.seatsAt(ctx, id, want)
		return found, "", err
	}
	q := seatsOf(id)
	q.Limit, q.After = SeatsPage, after
	found, next, err := s.seats.Find(ctx, q)
	var all []SeatLine
	for _, x := range found {
		if !x.Removed {
			all = append(all, x.line())
		}
	}
	return all, next, err
}

// seatsAt reads a whole roll for the lines of an address: who has a paper ballot in the hand knows the door and no key.
func (s *Service) seatsAt(ctx context.Context, id ID, want string) (found []SeatLine, err error) {
	err = s.seats.Each(ctx, seatsOf(id), func(x Seat) error {
		if !x.Removed && len(found) < SeatsPage && x.at(want) {
			found = append(found, x.line())
		}
		return nil
	})
	return found, err
}

// at reports whether a seat's address has what was typed in it, as a whole number: 3-502 is not in 13-502.
func (s Seat) at(want string) bool {
	for _, place := range append([]string{s.Building + " " + s.Name}, s.Places...) {
		place = folded(place)
		if i := strings.Index(place, want); i >= 0 && (i == 0 || !digit(place[i-1]) || !digit(want[0])) {
			return true
		}
	}
	return false
}

func digit(b byte) bool { return b >= '0' && b <= '9' }

// folded writes an address in one way: 3号楼 502室, 3幢502 and 3-502 are the same.
func folded(address string) string {
	return strings.Trim(strings.NewReplacer(
		"号楼", "-", "号", "-", "幢", "-", "栋", "-", "楼", "-", "#", "-", "－", "-", "—", "-", "室", "", " ", "", "　", "",
	).Replace(strings.ToLower(address)), "-")
}

// Announced is a poll with its result, for everybody.
type Announced struct {
	Poll   Poll
	Count  rule.Result
	Result Result
}

// Result returns a published result. Once it is out it is public, also for people without an account: that is what makes it checkable.
func (s *Service) Result(ctx context.Context, id ID) (Announced, error) {
	p, err := s.get(ctx, id)
	if err != nil {
		return Announced{}, err
	}
	if !p.State.Public() {
		return Announced{}, ErrNotFound.With("poll", id)
	}
	r, _, err := s.results.Get(ctx, string(id))
	if err != nil {
		return Announced{}, err
	}
	out := announced(p, r)
	return out, json.Unmarshal([]byte(r.Text), &out.Count)
}

// Lines returns a page of the counted ballots of a published poll; ErrNotFound behind the last.
func (s *Service) Lines(ctx context.Context, id ID, page int) (Lines, error) {
	out, err := s.Result(ctx, id)
	if err != nil {
		return Lines{}, err
	}
	if page < 0 || page >= out.Result.Pages {
		return Lines{}, ErrNotFound.With("page", page)
	}
	l, _, err := s.lines.Get(ctx, pageKey(id, page))
	return l, err
}

// Commitments returns a page of the released commitments; ErrNotFound behind the last. They are public as soon as they are released.
func (s *Service) Commitments(ctx context.Context, id ID, page int) (Commitments, error) {
	if page < 0 {
		return Commitments{}, ErrNotFound
	}
	c, _, err := s.releases.Get(ctx, pageKey(id, page))
	if noSuch(err) {
		return c, ErrNotFound.With("page", page)
	}
	return c, err
}

// Check says what became of a receipt.
type Check struct {
	// Released says that the commitment is among those that were published.
	Released bool
	// Line is the counted ballot, nil if it was replaced by a later one or if the poll is too small for lines.
	Line *Line
}

var errCheck = fault.New(fault.Invalid, "poll.check").On("receipt")

// CheckReceipt looks a receipt's commitment up in what was published.
func (s *Service) CheckReceipt(ctx context.Context, id ID, commit string) (Check, error) {
	commit = strings.ToLower(strings.TrimSpace(commit))
	if Tag(commit).Check() != nil {
		return Check{}, errCheck
	}
	out, err := s.Result(ctx, id)
	if err != nil {
		return Check{}, err
	}
	var c Check
	for page := range out.Poll.Closing.Pages() {
		held, err := s.Commitments(ctx, id, page)
		if err != nil {
			return c, err
		}
		if last := held.Commits[len(held.Commits)-1]; last < commit {
			continue
		}
		_, c.Released = slices.BinarySearch(held.Commits, commit)
		break
	}
	for page := 0; c.Released && page < out.Result.Pages; page++ {
		l, err := s.Lines(ctx, id, page)
		if err != nil {
			return c, err
		}
		if l.Lines[len(l.Lines)-1].Commit < commit {
			continue
		}
		if i, ok := slices.BinarySearchFunc(l.Lines, commit, func(l Line, c string) int { return strings.Compare(l.Commit, c) }); ok {
			c.Line = &l.Lines[i]
		}
		break
	}
	return c, nil
}
