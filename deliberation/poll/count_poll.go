package poll

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/poll/rule"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Result is a published count.
type Result struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	At        time.Time    `json:"at"`
	// Text is the JSON of Count as it was hashed.
	Text string `json:"text"`
	// Pages is how many pages of lines are public; 0 where there are fewer ballots than MinLines.
	Pages int `json:"pages,omitempty"`
	// Late counts voters who were added after the opening.
	Late int `json:"late,omitempty"`
	// Unsettled counts paper ballots that are in no sum because two people had not entered the same by the end.
	Unsettled int `json:"unsettled,omitempty"`
	// Proxied counts ballots that proxies and guardians cast.
	Proxied int `json:"proxied,omitempty"`
	// Stakes is the JSON of Shown as it was hashed: of a joint decision whose lines are public.
	Stakes string `json:"stakes,omitempty"`
}

// Line is one counted ballot as it is published: nothing says whose it is.
type Line struct {
	Tag    Tag    `json:"t"`
	Salt   string `json:"s"`
	Choice string `json:"choice"` // the JSON that the commitment binds
	Commit string `json:"commit"`
	Paper  bool   `json:"paper,omitempty"`
}

// Lines is a page of counted ballots, in the order of their commitments.
type Lines struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Page      int          `json:"page"`
	Lines     []Line       `json:"lines"`
}

const (
	// MinLines is the least number of ballots whose lines are published: in a smaller poll neighbours would recognise each other.
	MinLines = 30
	// linesAPage bounds a page.
	linesAPage = 1000
)

func pageKey(id ID, n int) string { return fmt.Sprintf("%s/%06d", id, n) }

// counted is a poll's ballots read from the locked seats.
type counted struct {
	roll    []rule.Voter
	ballots []rule.Ballot
	lines   []Line
	voices  []voice // of owners
	late    int
	// unsettled are paper ballots on which two people did not agree in time, proxied those cast under a mandate.
	unsettled, proxied int
}

// count counts twice and publishes, or says that the counts differ. It may run again at any moment: everything it reads is locked.
func (s *Service) count(ctx context.Context, p Poll) (Poll, error) {
	roll, err := s.measure(ctx, p.ID)
	if err != nil {
		return p, err
	}
	c, err := s.ballots(ctx, p)
	if err != nil {
		return p, err
	}
	charter, why := p.holds(roll)
	if why != nil {
		return s.dispute(ctx, p, why)
	}
	result, err := s.countTwice(charter, c)
	if err != nil {
		return s.dispute(ctx, p, err)
	}
	return s.publish(ctx, p, c, result)
}

// countTwice counts, and lets the second counter count again. They share types and no code.
func (s *Service) countTwice(charter Charter, c counted) (rule.Result, error) {
	result, err := charter.Rule.Count(len(charter.Options), c.roll, c.ballots)
	if err != nil {
		return rule.Result{}, fmt.Errorf("the first counter refuses: %w", err)
	}
	if err := s.Second(result, charter.Rule, len(charter.Options), c.roll, c.ballots); err != nil {
		return rule.Result{}, fmt.Errorf("the counters differ: %w", err)
	}
	return result, nil
}

// ballots reads the locked seats.
func (s *Service) ballots(ctx context.Context, p Poll) (counted, error) {
	var c counted
	key, err := s.boxOf(ctx, p.ID)
	if err != nil {
		return c, err
	}
	err = s.seats.Each(ctx, seatsOf(p.ID), func(x Seat) error {
		if x.Removed {
			return nil
		}
		if x.Late {
			c.late++
		}
		v := rule.Voter{Key: x.Mark, Present: x.Present || x.Voted(), Units: x.Units, Service: x.Served.proof()}
		if p.Households() {
			v.Household = x.Mark
		}
		c.roll = append(c.roll, v)
		if len(x.Papers) > 0 && !x.OnPaper {
			c.unsettled++
		}
		u, err := openUrn(key, x)
		if err != nil {
			return err
		}
		b := u.Last
		if p.Joint != nil {
			c.voices = append(c.voices, voiceOf(p, x, b))
		}
		if b.Commit == "" {
			return nil
		}
		if x.Proxy != nil {
			c.proxied++
		}
		c.ballots = append(c.ballots, rule.Ballot{Voter: len(c.roll) - 1, Choice: b.Choice, Paper: b.Paper})
		c.lines = append(c.lines, Line{Tag: b.Tag, Salt: b.Salt, Choice: string(choiceText(b.Choice)), Commit: b.Commit, Paper: b.Paper})
		return nil
	})
	slices.SortFunc(c.lines, func(a, b Line) int { return cmp.Compare(a.Commit, b.Commit) })
	return c, err
}

// voiceOf says what an owner has and said.
func voiceOf(p Poll, x Seat, b Ballot) voice {
	v := voice{areas: x.areas(), commit: b.Commit}
	var choice *rule.Choice
	if b.Commit != "" {
		choice = &b.Choice
	}
	v.said = saidOf(p.Rule.Owners, choice, x.Served.proof())
	return v
}

// stakes is what is published of owners' areas; nothing where no ballots are, or where the charter has no classes.
func (c counted) stakes(p Poll) (string, error) {
	if p.Joint == nil || p.Roll.Stakes == nil || len(c.lines) < MinLines {
		return "", nil
	}
	return p.Roll.Stakes.show(p, c.voices).text()
}

// dispute stops before anything is published. The operator and the secretary are told.
func (s *Service) dispute(ctx context.Context, p Poll, why error) (Poll, error) {
	now := s.Now()
	said := []rune(why.Error())
	return s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) {
		if p.State != Released {
			return nil, docstore.ErrUnchanged
		}
		p.State, p.Closing.Why = Disputed, string(said[:min(len(said), MaxBackground)])
		p.History = append(p.History, Step{What: PollDisputed, Actor: keeping.Ref(), At: now})
		return []docstore.Fact{fact(PollDisputed, keeping.Ref(), now, Dispute{p.about(), p.Closing.Why})}, nil
	})
}

// publish saves the lines, then the result, then says so. A run that was broken off writes the same again.
func (s *Service) publish(ctx context.Context, p Poll, c counted, result rule.Result) (Poll, error) {
	now := s.Now()
	held := Result{Poll: p.ID, Community: p.Community, At: now, Text: string(result.JSON()), Late: c.late, Unsettled: c.unsettled, Proxied: c.proxied}
	stakes, err := c.stakes(p)
	if err != nil {
		return p, err
	}
	held.Stakes = stakes
	if len(c.lines) >= MinLines {
		for page := range slices.Chunk(c.lines, linesAPage) {
			l := Lines{Poll: p.ID, Community: p.Community, Page: held.Pages, Lines: page}
			if _, err := s.lines.Put(ctx, pageKey(p.ID, held.Pages), docstore.Any, l); err != nil {
				return p, err
			}
			held.Pages++
		}
	}
	_, err = s.results.Put(ctx, string(p.ID), docstore.Absent, held)
	if err != nil && !errors.Is(err, docstore.ErrConflict) {
		return p, err
	}
	return s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) {
		if !p.State.allows(moveCount) {
			return nil, docstore.ErrUnchanged
		}
		p.State, p.Closing.Published, p.Closing.ResultHash = Published, now, hashOf(held.Text)
		p.History = append(p.History, Step{What: PollPublished, Actor: keeping.Ref(), At: now})
		return []docstore.Fact{fact(PollPublished, keeping.Ref(), now, Outcome{
			About: p.about(), Linked: p.linked(p.By), Outcome: string(result.Outcome), Winners: result.Winners,
			Voters: result.Turnout.Roll, Ballots: result.Turnout.Ballots, Hash: p.Closing.ResultHash,
			Stakes: hashOfAny(held.Stakes),
		})}, nil
	})
}

// RecountPoll counts a disputed poll again, after the program or the data was mended.
func (s *Service) RecountPoll(ctx context.Context, actor identity.Actor, id ID, why string) (Poll, error) {
	why, err := written.Reason(why, MaxReason)
	if err != nil {
		return Poll{}, err
	}
	return s.step(ctx, actor, id, func(p *Poll, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		if err := p.may(moveRecount); err != nil {
			return nil, err
		}
		p.State = Released
		p.note(PollRecounted, by, why, now)
		return []docstore.Fact{fact(PollRecounted, string(by.Account), now, p.about())}, nil
	})
}

// settle takes the sealed ballots out of the seats and destroys the key. From here nobody can join a voter to a ballot.
func (s *Service) settle(ctx context.Context, p Poll) (Poll, error) {
	err := s.eachSeat(ctx, p.ID, func(ctx context.Context, x Seat) error {
		if x.Urn == "" {
			return nil
		}
		_, err := s.seats.Update(ctx, x.id(), func(x *Seat) ([]docstore.Fact, error) {
			x.Urn = ""
			return nil, nil
		})
		return err
	})
	if err != nil {
		return p, err
	}
	k := pollKey{Poll: p.ID, Community: p.Community}
	if err := s.keys.Delete(ctx, string(p.ID), docstore.Any, k); err != nil {
		return p, err
	}
	now := s.Now()
	return s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) {
		if !p.State.allows(moveSettle) {
			return nil, docstore.ErrUnchanged
		}
		p.State = Settled
		p.History = append(p.History, Step{What: PollSettled, Actor: keeping.Ref(), At: now})
		return []docstore.Fact{fact(PollSettled, keeping.Ref(), now, p.about())}, nil
	})
}
