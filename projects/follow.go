package projects

import (
	"context"
	"errors"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Following is somebody's wish to be told of a project. Its key is project and person.
type Following struct {
	Project   ID                 `json:"project"`
	Community community.ID       `json:"community"`
	Account   identity.AccountID `json:"account"`
	At        time.Time          `json:"at"`
}

// Follow lets somebody who reads the project be told of it, or no longer; twice is once.
func (s *Service) Follow(ctx context.Context, actor identity.Actor, id ID, on bool) error {
	p, err := s.projects.Read(ctx, actor, string(id))
	if err != nil {
		return err
	}
	if !actor.Known() {
		return identity.ErrSignIn
	}
	key := endorsementKey(id, actor.ID)
	if on {
		_, err := s.followings.Add(ctx, key, Following{Project: id, Community: p.Community, Account: actor.ID, At: s.Now()})
		return err
	}
	old, at, err := s.followings.Get(ctx, key)
	if err == nil {
		err = s.followings.Delete(ctx, key, docstore.Want(at), old)
	}
	if errors.Is(err, docstore.ErrConflict) || errors.Is(err, docstore.ErrNotFound) {
		return nil
	}
	return err
}

// Follows reports whether somebody follows a project.
func (s *Service) Follows(ctx context.Context, who identity.AccountID, id ID) (bool, error) {
	if who == "" {
		return false, nil
	}
	_, _, err := s.followings.Get(ctx, endorsementKey(id, who))
	if errors.Is(err, docstore.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Followers names those who follow a project and may read it now, for telling them. It is for the feed and not for pages.
func (s *Service) Followers(ctx context.Context, id ID) ([]identity.AccountID, error) {
	p, _, err := s.projects.Get(ctx, string(id))
	if err != nil {
		return nil, err
	}
	all, err := s.following(ctx, id)
	if err != nil {
		return nil, err
	}
	return s.readers(ctx, p, all)
}

func (s *Service) following(ctx context.Context, id ID) ([]identity.AccountID, error) {
	var all []identity.AccountID
	err := s.followings.Each(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}}, func(x Following) error {
		all = append(all, x.Account)
		return nil
	})
	return all, err
}

// followersShown is where counting them ends.
const followersShown = 999

// CountFollowers returns how many follow a project.
func (s *Service) CountFollowers(ctx context.Context, id ID) (int, error) {
	return s.followings.Count(ctx, docstore.Query{Index: byProject, Equal: []any{string(id)}}, followersShown)
}

// forgetFollowings ends what a deleted account follows.
func (s *Service) forgetFollowings(ctx context.Context, who identity.AccountID) error {
	return s.endFollowings(ctx, who, func(Following) (bool, error) { return true, nil })
}

// endFollowings ends those of what somebody follows that end says.
func (s *Service) endFollowings(ctx context.Context, who identity.AccountID, end func(Following) (bool, error)) error {
	var all []Following
	err := s.followings.Each(ctx, docstore.Query{Index: byAuthor, Equal: []any{string(who)}}, func(x Following) error {
		ends, err := end(x)
		if ends {
			all = append(all, x)
		}
		return err
	})
	for _, x := range all {
		err = errors.Join(err, s.followings.Delete(ctx, endorsementKey(x.Project, who), docstore.Any, x))
	}
	return err
}
