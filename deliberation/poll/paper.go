package poll

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/rule"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// PaperEntry is what one person read on a paper ballot, sealed by the poll's key.
type PaperEntry struct {
	By     deliberation.Author `json:"by"`
	At     time.Time           `json:"at"`
	Choice seal.Sealed         `json:"choice"`
}

// PaperStep is the data of poll.paper: that somebody entered one, and how far it is.
type PaperStep struct {
	About
	Mark    string `json:"mark"`
	Entries int    `json:"entries"`
	Settled bool   `json:"settled"`
}

// MaxPaperFor bounds how long after the close paper ballots are entered. A count may not hang on a box that nobody opens.
const MaxPaperFor = 7 * 24 * time.Hour

var (
	errPaperFor     = fault.New(fault.Invalid, "poll.paper_for").On("paper").With("days", int(MaxPaperFor.Hours()/24))
	errNoPaper      = fault.New(fault.Conflict, "poll.no_paper")
	errOnPaper      = fault.New(fault.Conflict, "poll.on_paper")
	errVotedOnline  = fault.New(fault.Conflict, "poll.voted_online")
	errPaperSettled = fault.New(fault.Conflict, "poll.paper_settled")
	errPaperPerson  = fault.New(fault.Denied, "poll.paper_second_person")
	errPaperThird   = fault.New(fault.Conflict, "poll.paper_third_differs").On("choice")
	errPaperOpen    = fault.New(fault.Conflict, "poll.paper_open")
)

// counting is the instant from which the poll may be counted: the close, or the end of entering paper ballots.
func (p Poll) counting() time.Time {
	if !p.PaperDone.IsZero() {
		return p.PaperDone
	}
	return p.lastInstant()
}

// lastInstant is until when something may still come in.
func (p Poll) lastInstant() time.Time {
	if p.PaperUntil.IsZero() {
		return p.ClosesAt
	}
	return p.PaperUntil
}

// TakesPaper says whether a paper ballot can be entered at an instant, or why not.
func (p Poll) TakesPaper(at time.Time) error {
	switch err := p.may(movePaper); {
	case p.PaperUntil.IsZero():
		return errNoPaper
	case err != nil:
		return err
	case !at.Before(p.counting()):
		return ErrTooLate.With("at", p.counting().UTC().Format(time.RFC3339))
	}
	return nil
}

// Paper is a paper ballot as somebody reads it. Choice may be spoilt, with the reason.
type Paper struct {
	Poll   ID
	Voter  VoterKey
	Choice rule.Choice
}

// PaperState says how far a paper ballot is.
type PaperState string

// The states.
const (
	PaperFirst   PaperState = "first"   // a second person has to enter it, without seeing the first entry
	PaperDiffers PaperState = "differs" // a third person decides which of the two is right
	PaperSettled PaperState = "settled" // two entries agreed: it is in the urn
)

// EnterPaper enters what one person reads on a paper ballot. The second entry is made by somebody else, who does not see the first; where they
// differ a third person's entry settles it if it agrees with one of them. The first entry closes the other channel: from there on the
// voter cannot vote by phone, and whoever has voted by phone has no paper ballot. Both are one commit with the seat.
func (s *Service) EnterPaper(ctx context.Context, actor identity.Actor, cmd Paper) (PaperState, error) {
	p, by, err := s.polls.For(ctx, actor, string(cmd.Poll), identity.HoldPoll)
	if err != nil {
		return "", err
	}
	if err := deliberation.Joined(p.TakesPaper(s.Now()), p.Rule.Accept(cmd.Choice, len(p.Options))); err != nil {
		return "", err
	}
	key, err := s.boxOf(ctx, p.ID)
	if err != nil {
		return "", err
	}
	state := PaperState("")
	err = s.tend(ctx, p.ID, cmd.Voter, func(x *Seat) ([]docstore.Fact, error) {
		now := s.Now()
		if err := p.TakesPaper(now); err != nil {
			return nil, err
		}
		changed, err := x.enter(p, key, cmd.Choice.Canonical(), by, now)
		state = x.paper()
		if err != nil {
			return nil, err
		}
		if !changed {
			return nil, docstore.ErrUnchanged
		}
		step := PaperStep{About: p.about(), Mark: x.Mark, Entries: len(x.Papers), Settled: x.OnPaper}
		return []docstore.Fact{fact(PollPaper, string(by.Account), now, step)}, nil
	})
	return state, err
}

// paper is how far a seat's paper ballot is, "" without one.
func (s Seat) paper() PaperState {
	switch {
	case s.OnPaper:
		return PaperSettled
	case len(s.Papers) == 0:
		return ""
	case len(s.Papers) == 1:
		return PaperFirst
	}
	return PaperDiffers
}

// entryPlace binds a sealed entry to its seat.
func (s Seat) entryPlace(n int) string { return fmt.Sprintf("%s/%s#paper%d", SeatKind, s.id(), n) }

// enter adds an entry and puts the ballot into the urn as soon as two agree.
func (s *Seat) enter(p Poll, key *seal.Box, c rule.Choice, by deliberation.Author, now time.Time) (changed bool, err error) {
	switch {
	case s.Locked:
		return false, ErrTooLate
	case s.Voted() && !s.OnPaper:
		return false, errVotedOnline
	}
	entries, err := s.entries(key)
	if err != nil {
		return false, err
	}
	said := string(choiceText(c))
	for i, e := range s.Papers {
		if e.By.Account == by.Account {
			return false, fault.When(entries[i] != said || s.OnPaper && i > 1, errPaperPerson) // the same tap again
		}
	}
	agrees := slices.Contains(entries, said)
	switch {
	case s.OnPaper:
		return false, errPaperSettled
	case len(entries) >= 2 && !agrees:
		return false, errPaperThird
	}
	sealed := PaperEntry{By: by, At: now, Choice: key.Seal(s.entryPlace(len(s.Papers)), padded(said))}
	s.Papers = append(slices.Clip(s.Papers), sealed)
	if !agrees {
		return true, nil
	}
	b := newBallot(p, c, TagOf(NewNonce()), "", now)
	b.Paper = true
	s.OnPaper = true
	return true, s.drop(key, urn{}, b, false)
}

// padded hides in the length of an entry what it says.
func padded(text string) string {
	return fmt.Sprintf("%-*s", (len(text)/grain+1)*grain, text)
}

// entries opens what was read.
func (s Seat) entries(key *seal.Box) ([]string, error) {
	var all []string
	for i, e := range s.Papers {
		text, err := key.Open(s.entryPlace(i), e.Choice)
		if err != nil {
			return nil, err
		}
		var c rule.Choice
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return nil, fmt.Errorf("read an entry of seat %q: %w", s.id(), err)
		}
		all = append(all, string(choiceText(c)))
	}
	return all, nil
}

// FinishPaper says before its time that every paper ballot is entered; from then on the poll is counted. What two people do not agree on holds it.
func (s *Service) FinishPaper(ctx context.Context, actor identity.Actor, id ID) (Poll, error) {
	open, err := s.PapersOf(ctx, actor, id)
	if err != nil {
		return Poll{}, err
	}
	if slices.ContainsFunc(open, func(l PaperLine) bool { return l.State != PaperSettled }) {
		return Poll{}, errPaperOpen
	}
	return s.step(ctx, actor, id, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		switch {
		case p.PaperUntil.IsZero():
			return nil, errNoPaper
		case !p.PaperDone.IsZero():
			return nil, docstore.ErrUnchanged
		}
		if err := p.may(moveFinish); err != nil {
			return nil, err
		}
		p.PaperDone = now
		p.note(PollPaperDone, by, "", now)
		return []docstore.Fact{fact(PollPaperDone, string(by.Account), now, p.about())}, nil
	})
}

// PaperLine is a paper ballot as the desk sees it.
type PaperLine struct {
	Voter    VoterKey
	Name     string
	Building string
	Places   []string
	State    PaperState
	By       []deliberation.Author
	// Read are the two entries, for those who made them and only while they differ.
	Read []rule.Choice
	Mine bool // the reader made one of the entries
}

// maxPapers bounds the list of paper ballots.
const maxPapers = 2000

// PapersOf lists the paper ballots of a poll that are being entered. What one says is shown to nobody, except that a difference is
// shown to the two who made it.
func (s *Service) PapersOf(ctx context.Context, actor identity.Actor, id ID) ([]PaperLine, error) {
	if _, err := s.poll(ctx, actor, id, identity.HoldPoll); err != nil {
		return nil, err
	}
	var all []PaperLine
	q := docstore.Query{Index: byPaper, Equal: []any{string(id)}, Limit: docstore.MaxLimit}
	err := s.seats.Each(ctx, q, func(x Seat) error {
		if len(all) >= maxPapers || x.Removed {
			return nil
		}
		l := PaperLine{Voter: x.Voter, Name: x.Name, Building: x.Building, Places: x.Places, State: x.paper()}
		for _, e := range x.Papers {
			l.By = append(l.By, e.By)
			l.Mine = l.Mine || e.By.Account == actor.ID
		}
		var err error
		if l.Mine && l.State == PaperDiffers {
			l.Read, err = s.read(ctx, x)
		}
		all = append(all, l)
		return err
	})
	return all, err
}

// read opens the entries of a seat.
func (s *Service) read(ctx context.Context, x Seat) ([]rule.Choice, error) {
	key, err := s.boxOf(ctx, x.Poll)
	if err != nil {
		return nil, err
	}
	texts, err := x.entries(key)
	var all []rule.Choice
	for _, text := range texts {
		var c rule.Choice
		if err := json.Unmarshal([]byte(text), &c); err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, err
}
