package projects

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// RatingsPage is how many ratings a page of words has.
const RatingsPage = 20

// Rate is what one resident thinks of the result.
type Rate struct {
	ID      string // the form's token
	Project ID
	Stars   []int // in the order of the preset's aspects
	Words   string
}

// Rate gives a rating, or changes one's own until the time is over.
func (s *Service) Rate(ctx context.Context, actor identity.Actor, cmd Rate) error {
	words, err := written.Text("words", cmd.Words, MaxRatingWords)
	if err := deliberation.Joined(err, deliberation.CheckToken(cmd.ID)); err != nil {
		return err
	}
	p, err := s.projects.May(ctx, actor, string(cmd.Project), identity.JudgeProject)
	if err != nil {
		return err
	}
	now := s.Now()
	if err := p.mayRate(actor, now); err != nil {
		return err
	}
	if !goodStars(cmd.Stars, len(p.Preset.Judged())) {
		return errStars
	}
	given := Rating{
		Project: p.ID, Community: p.Community, Account: actor.ID, Mark: ratingMark(p.ID, cmd.ID), Stars: cmd.Stars, Words: words, Hits: s.Screener.Screen(words), At: now,
	}
	return s.rate(ctx, given, docstore.Fact{Type: Rated, Actor: string(actor.ID), At: now, Data: p.about()})
}

// rate stores a rating: the first one under its key, or what changed of it.
func (s *Service) rate(ctx context.Context, given Rating, told docstore.Fact) error {
	key := ratingKey(given.Project, given.Account)
	kept, err := s.ratings.Add(ctx, key, given, told)
	if err != nil || kept.same(given) {
		return err
	}
	_, err = s.ratings.Update(ctx, key, func(r *Rating) ([]docstore.Fact, error) {
		if r.same(given) {
			return nil, docstore.ErrUnchanged
		}
		given.Mark = r.Mark
		*r = given
		return []docstore.Fact{told}, nil
	})
	return err
}

// same reports whether two ratings say the same.
func (r Rating) same(o Rating) bool { return slices.Equal(r.Stars, o.Stars) && r.Words == o.Words }

func ratingKey(p ID, who identity.AccountID) string { return string(p) + "/" + string(who) }

// ratingMark makes an order that tells nothing: the token of the first form is drawn at random.
func ratingMark(p ID, token string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%s", p, token))
	return hex.EncodeToString(sum[:8])
}

// MyRating returns the actor's own, nil without one.
func (s *Service) MyRating(ctx context.Context, actor identity.Actor, id ID) (*Rating, error) {
	if actor.ID == "" {
		return nil, nil
	}
	r, _, err := s.ratings.Get(ctx, ratingKey(id, actor.ID))
	if errors.Is(err, docstore.ErrNotFound) {
		return nil, nil
	}
	return &r, err
}

// tallyDue computes the results of the projects whose time for judging is over. Each is recorded once, whoever computes it.
func (s *Service) tallyDue(ctx context.Context, now time.Time) (int, error) {
	due := docstore.Query{Index: byRate, To: now.Add(-RateGrace).UnixMilli() + 1, Limit: boardPage}
	found, _, err := s.projects.Find(ctx, due)
	if err != nil {
		return 0, err
	}
	for n, p := range found {
		t, err := s.tally(ctx, p, now)
		if err != nil {
			return n, err
		}
		if _, err := s.projects.Update(ctx, string(p.ID), func(p *Project) ([]docstore.Fact, error) { return p.rated(t, now) }); err != nil {
			return n, err
		}
	}
	return len(found), nil
}

// tally reads all ratings of a project; only residents give one, so they fit into memory.
func (s *Service) tally(ctx context.Context, p Project, now time.Time) (Tally, error) {
	var all []Rating
	err := s.ratings.Each(ctx, docstore.Query{Index: byMark, Equal: []any{string(p.ID)}}, func(r Rating) error {
		all = append(all, r)
		return nil
	})
	if err != nil {
		return Tally{}, fmt.Errorf("tally ratings of %s: %w", p.ID, err)
	}
	return TallyOf(p.Preset.Judged(), all, now), nil
}

// Said is what one rating says in words, as somebody may read it.
type Said struct {
	Mark, Words string
	Hidden      string // why the desk hid it; the words are then only for the desk
	Held        bool   // the word list found something and the desk has not looked; only the desk reads of it
}

// Said lists the words of the ratings, once the result is out and unless they were few; in an order that tells nothing.
func (s *Service) Said(ctx context.Context, actor identity.Actor, id ID, after docstore.Cursor) ([]Said, docstore.Cursor, error) {
	p, err := s.projects.Read(ctx, actor, string(id))
	if err != nil {
		return nil, "", err
	}
	return s.said(ctx, p, identity.Can(actor, identity.CheckProject, p.Place()) == nil, after)
}

func (s *Service) said(ctx context.Context, p Project, desk bool, after docstore.Cursor) ([]Said, docstore.Cursor, error) {
	if p.Tally == nil || p.Tally.Few {
		return nil, "", nil
	}
	found, next, err := s.ratings.Find(ctx, docstore.Query{Index: byMark, Equal: []any{string(p.ID)}, Limit: RatingsPage, After: after})
	var all []Said
	for _, r := range found {
		x := Said{Mark: r.Mark, Words: r.Words, Hidden: r.Hidden, Held: len(r.Hits) > 0}
		if r.Words == "" || x.Held && !desk {
			continue
		}
		if x.Hidden != "" && !desk {
			x.Words = ""
		}
		all = append(all, x)
	}
	return all, next, err
}

// HideRating hides the words of a rating with a reason that everybody reads in their place. Its stars count.
func (s *Service) HideRating(ctx context.Context, actor identity.Actor, id ID, mark, reason string) error {
	reason, err := written.Reason(reason, MaxReason)
	if err != nil {
		return err
	}
	return s.moderate(ctx, actor, id, mark, RatingHidden, reason)
}

// ReleaseRating shows the words of a rating that the word list held, or that was hidden.
func (s *Service) ReleaseRating(ctx context.Context, actor identity.Actor, id ID, mark string) error {
	return s.moderate(ctx, actor, id, mark, RatingReleased, "")
}

func (s *Service) moderate(ctx context.Context, actor identity.Actor, id ID, mark, what, reason string) error {
	p, by, err := s.projects.For(ctx, actor, string(id), identity.CheckProject)
	if err != nil {
		return err
	}
	if p.Tally == nil || p.Tally.Few {
		return errRateRuns
	}
	if err := p.disinterested(by); err != nil {
		return err
	}
	found, _, err := s.ratings.Find(ctx, docstore.Query{Index: byMark, Equal: []any{string(id), mark}, Limit: 1})
	if err != nil || len(found) == 0 {
		return errors.Join(err, errNoRating)
	}
	told := docstore.Fact{Type: what, Actor: string(by.Account), At: s.Now(), Data: RatingStep{p.about(), mark, reason}}
	_, err = s.ratings.Update(ctx, ratingKey(id, found[0].Account), func(r *Rating) ([]docstore.Fact, error) {
		if r.Hidden == reason && (reason != "" || len(r.Hits) == 0) {
			return nil, docstore.ErrUnchanged
		}
		r.Hidden, r.HiddenBy, r.Hits = reason, by, nil
		return []docstore.Fact{told}, nil
	})
	return err
}

// forgetRatings takes a deleted account's words away; its stars stay, without a person behind them that anybody knows.
func (s *Service) forgetRatings(ctx context.Context, who identity.AccountID) error {
	return s.ratings.Each(ctx, docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, func(r Rating) error {
		r.Words, r.Hits, r.Hidden = "", nil, ""
		_, err := s.ratings.Put(ctx, ratingKey(r.Project, who), docstore.Any, r)
		return err
	})
}

// WriteReply writes the answer to the judgement, by the lead or the desk for it.
func (s *Service) WriteReply(ctx context.Context, actor identity.Actor, id ID, words string) (Project, error) {
	words, err := written.Text("text", words, MaxReply)
	if err != nil {
		return Project{}, err
	}
	if words == "" {
		return Project{}, errNoReply
	}
	return s.stepOfLead(ctx, actor, id, func(p *Project, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
		return p.WriteReply(words, by, now)
	})
}

// PublishReply publishes it; the project goes on to its settlement.
func (s *Service) PublishReply(ctx context.Context, actor identity.Actor, id ID) (Project, error) {
	return s.step(ctx, actor, id, identity.CheckProject, (*Project).PublishReply)
}

// mostTold bounds how many are told of one step of a project.
const mostTold = 5000

// Raters lists who judged a project and may read it now, for telling them what was answered. It is for the feed and not for pages.
func (s *Service) Raters(ctx context.Context, id ID) ([]identity.AccountID, error) {
	var all []identity.AccountID
	err := s.ratings.Each(ctx, docstore.Query{Index: byMark, Equal: []any{string(id)}}, func(r Rating) error {
		if len(all) < mostTold {
			all = append(all, r.Account)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	return s.readers(ctx, p, all)
}

// Concerned lists who endorsed a project or follows it and may read it now, and the buildings that it names, for telling people of it. It is for
// the feed and not for pages.
func (s *Service) Concerned(ctx context.Context, id ID) ([]identity.AccountID, Project, error) {
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil {
		return nil, p, err
	}
	all, err := s.following(ctx, id)
	if err != nil {
		return nil, p, err
	}
	err = s.endorsements.Each(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}}, func(e Endorsement) error {
		if len(all) < mostTold && e.Name != identity.ErasedName {
			all = append(all, e.Account)
		}
		return nil
	})
	if err != nil {
		return nil, p, err
	}
	all, err = s.readers(ctx, p, all)
	return all, p, err
}
