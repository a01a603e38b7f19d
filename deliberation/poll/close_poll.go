package poll

import (
	"context"
	"errors"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Closing is what is known of a poll whose window is over, before its result.
type Closing struct {
	At time.Time `json:"at,omitzero"` // when the sweep got to it; the window ended at ClosesAt
	// Commitments is how many were released, replaced ballots' among them, and Root the Merkle root over them in rising order.
	Commitments int    `json:"commitments,omitempty"`
	Root        string `json:"root,omitempty"`
	Voted       int    `json:"voted,omitempty"`
	// Why says what the dispute is about.
	Why string `json:"why,omitempty"`
	// ResultHash is the SHA-256 of the published result's text.
	ResultHash string    `json:"result_hash,omitempty"`
	Published  time.Time `json:"published,omitzero"`
}

// Commitments is a page of released commitments, rising over all pages.
type Commitments struct {
	Poll      ID           `json:"poll"`
	Community community.ID `json:"community"`
	Page      int          `json:"page"`
	Commits   []string     `json:"commits"`
}

// commitsAPage bounds a page, and with it the event that carries it into the public log.
const commitsAPage = 500

// closeDue ends the window. After this commit no ballot is taken by anybody who reads the poll; those on their way meet the locks.
func (s *Service) closeDue(ctx context.Context, p Poll) (Poll, error) {
	now := s.Now()
	s.open.Delete(p.ID)
	return s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) {
		if !p.State.allows(moveClose) || now.Before(p.ClosesAt) {
			return nil, docstore.ErrUnchanged
		}
		p.State, p.Closing = Closed, Closing{At: now}
		p.History = append(p.History, Step{What: PollClosed, Actor: keeping.Ref(), At: now})
		return []docstore.Fact{fact(PollClosed, keeping.Ref(), now, ClosedAt{p.about(), now})}, nil
	})
}

// eachSeat runs a change over every seat of a poll, many at a time.
func (s *Service) eachSeat(ctx context.Context, id ID, change func(context.Context, Seat) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	err := s.seats.Each(ctx, seatsOf(id), func(x Seat) error {
		group.Go(func() error { return change(ctx, x) })
		return nil
	})
	return errors.Join(group.Wait(), err)
}

// release locks every seat, so that a ballot that was accepted in time is in the count and no other ever will be; then it
// publishes the commitments.
func (s *Service) release(ctx context.Context, p Poll) (Poll, error) {
	if err := s.apply(ctx, p); err != nil {
		return p, err
	}
	err := s.eachSeat(ctx, p.ID, func(ctx context.Context, x Seat) error {
		if x.Locked {
			return nil
		}
		_, err := s.seats.Update(ctx, x.id(), func(x *Seat) ([]docstore.Fact, error) {
			x.Locked = true
			return nil, nil
		})
		return err
	})
	if err != nil {
		return p, err
	}
	commits, voted, err := s.commitments(ctx, p.ID)
	if err != nil {
		return p, err
	}
	if err := s.publishCommits(ctx, p, commits); err != nil {
		return p, err
	}
	now := s.Now()
	return s.polls.Update(ctx, string(p.ID), func(p *Poll) ([]docstore.Fact, error) {
		if !p.State.allows(moveRelease) {
			return nil, docstore.ErrUnchanged
		}
		p.State = Released
		p.Closing.Commitments, p.Closing.Root, p.Closing.Voted = len(commits), rootOf(commits), voted
		p.History = append(p.History, Step{What: PollReleased, Actor: keeping.Ref(), At: now})
		return nil, nil
	})
}

// commitments opens every locked seat and returns all commitments in rising order, which has nothing to do with who cast them or when.
func (s *Service) commitments(ctx context.Context, id ID) (commits []string, voted int, err error) {
	key, err := s.boxOf(ctx, id)
	if err != nil {
		return nil, 0, err
	}
	err = s.seats.Each(ctx, seatsOf(id), func(x Seat) error {
		u, err := openUrn(key, x)
		if err != nil || u.Last.Commit == "" {
			return err
		}
		voted++
		commits = append(append(commits, u.Replaced...), u.Last.Commit)
		return nil
	})
	slices.Sort(commits)
	return commits, voted, err
}

func (s *Service) publishCommits(ctx context.Context, p Poll, commits []string) error {
	n := 0
	for page := range slices.Chunk(commits, commitsAPage) {
		r := Commitments{Poll: p.ID, Community: p.Community, Page: n, Commits: page}
		f := fact(PollReleased, keeping.Ref(), s.Now(), Release{p.ID, n, len(page), rootOf(page)})
		_, err := s.releases.Put(ctx, pageKey(p.ID, n), docstore.Absent, r, f)
		if err != nil && !errors.Is(err, docstore.ErrConflict) {
			return err
		}
		n++
	}
	return nil
}

// Pages is how many pages of commitments there are.
func (c Closing) Pages() int { return (c.Commitments + commitsAPage - 1) / commitsAPage }
