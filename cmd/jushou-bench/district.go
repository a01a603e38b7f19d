package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/deliberation"
	"jushou/deliberation/poll"
	"jushou/internal/app"
	"jushou/internal/community"
	"jushou/internal/config"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
)

// The shape of a district under test.
const (
	communities  = 10
	buildings    = 10                    // in a community, unless a rush needs more
	rooms        = 20                    // in a building, one resident in each
	polls        = 10                    // open in a community, unless a rush wants one
	hands        = 64                    // documents written at a time, so that the store commits them together
	hotTopics    = deliberation.FeedPage // what the first page of every feed lists
	hotComments  = 30
	consentText  = "2026-11"
	districtName = "量测区"
)

// visitor is a signed-in resident.
type visitor struct {
	community community.ID
	token     string // of the session cookie
	csrf      string
}

// district is an installation filled for measuring: one town, its residents, its topics.
type district struct {
	cfg      config.Config
	environ  []string
	topics   int
	each     int // buildings of a community
	rolls    int // open polls of a community
	visitors []visitor
	// votes are the open polls of the communities, which all close at the same instant. A seat of theirs with a ballot has seatSize bytes.
	votes    map[community.ID][]poll.ID
	closes   time.Time
	seatSize int
	// hot are the newest topics of every community, which have a page of comments each.
	hot  []hotTopic
	took time.Duration
}

// hotTopic is a topic with a page of comments.
type hotTopic struct {
	community int
	id        string
}

// neighbour returns the n-th resident of a community.
func (d *district) neighbour(community, n int) visitor {
	each := len(d.visitors) / communities
	return d.visitors[community*each+n%each]
}

// settings are those of a real installation whose WeChat account nobody follows.
func settings(dir string) ([]string, error) {
	addr, err := freeAddr()
	if err != nil {
		return nil, err
	}
	admin, err := freeAddr()
	if err != nil {
		return nil, err
	}
	return []string{
		"JUSHOU_ADDR=" + addr, "JUSHOU_ADMIN_ADDR=" + admin, "JUSHOU_BASE_URL=https://bench.example", "JUSHOU_DATA_DIR=" + dir,
		"JUSHOU_SECRET_KEY=measured-with-this-key-and-nothing-else", "JUSHOU_LOG_LEVEL=warn",
		"JUSHOU_WECHAT_APP_ID=wx0123456789abcdef", "JUSHOU_WECHAT_APP_SECRET=0123456789abcdef0123456789abcdef",
		"JUSHOU_WECHAT_TOKEN=measured", "JUSHOU_WECHAT_AES_KEY=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
	}, nil
}

// makeDistrict fills a new installation in dir and leaves it stopped, its feed worked to the end.
func makeDistrict(ctx context.Context, dir string, topics int) (*district, error) {
	return makeTown(ctx, dir, town{topics, buildings, polls})
}

// town is how large a district is: topics in all, buildings and open polls of each community.
type town struct{ topics, buildings, rolls int }

// makeTown is makeDistrict with a size of its own.
func makeTown(ctx context.Context, dir string, size town) (_ *district, err error) {
	began := time.Now()
	d := &district{topics: size.topics, each: size.buildings, rolls: size.rolls}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	if d.environ, err = settings(dir); err != nil {
		return nil, err
	}
	if d.cfg, err = config.Load(d.environ, ""); err != nil {
		return nil, err
	}
	if err := d.fill(ctx); err != nil {
		return nil, fmt.Errorf("fill %s: %w", filepath.Base(dir), err)
	}
	d.took = time.Since(began)
	return d, nil
}

func (d *district) fill(ctx context.Context) error {
	a, err := app.New(ctx, d.cfg, app.Options{Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))})
	if err != nil {
		return err
	}
	work := func() error {
		homes, err := d.ground(ctx, a)
		if err != nil {
			return err
		}
		if err := d.people(ctx, a, homes); err != nil {
			return err
		}
		if err := d.write(ctx, a); err != nil {
			return err
		}
		// A real installation's relays have read its feed long ago.
		if err := a.Start(ctx); err != nil {
			return err
		}
		if err := a.Drain(ctx); err != nil {
			return err
		}
		return errors.Join(d.polls(ctx, a), a.Drain(ctx))
	}
	return errors.Join(work(), a.Stop(ctx))
}

func communityID(i int) community.ID { return community.ID(fmt.Sprintf("bench-%02d", i)) }

// home is an address with the one person who lives there.
type home struct {
	building    community.Building
	room        string
	name, phone string
}

// ground writes the tenant tree, the buildings and the household roster.
func (d *district) ground(ctx context.Context, a *app.App) ([]home, error) {
	box, err := seal.New(seal.International{}, d.cfg.Key("personal fields"))
	if err != nil {
		return nil, err
	}
	top, err := community.NewDistrict("bench", districtName)
	if err != nil {
		return nil, err
	}
	town, err := top.Below("bench-town", "量测镇")
	if err != nil {
		return nil, err
	}
	places, operator := community.NewPlaces(a.Store), identity.System("bench")
	nodes := []community.Node{top, town}
	var homes []home
	for c := range communities {
		n, err := town.Below(communityID(c), fmt.Sprintf("第%d居民区", c+1))
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, n)
		estate, err := community.NewEstate(community.EstateID(fmt.Sprintf("bench-%02d-e", c)), n.ID, "量测苑", "")
		if err != nil {
			return nil, err
		}
		for b := range d.each {
			made, err := community.NewBuilding(community.BuildingID(fmt.Sprintf("bench-%02d-%d", c, b)), estate, "", fmt.Sprintf("%d号楼", b+1))
			if err != nil {
				return nil, err
			}
			if _, err := places.Buildings.Put(ctx, string(made.ID), 0, made); err != nil {
				return nil, err
			}
			for r := range rooms {
				phone := fmt.Sprintf("139%08d", (c*d.each+b)*rooms+r)
				homes = append(homes, home{made, fmt.Sprintf("%d0%d", 1+r/4, 1+r%4), "王" + string(rune('一'+r+1)) + "明", phone})
			}
		}
	}
	for _, n := range nodes {
		if err := places.SaveNode(ctx, n, operator.Ref(), a.Clock.Now()); err != nil {
			return nil, err
		}
	}
	if err := a.Directory.Refresh(ctx); err != nil {
		return nil, err
	}
	table := identity.Households(a.Store)
	return homes, together(ctx, homes, func(ctx context.Context, h home) error {
		household, err := identity.NewHousehold(h.building, h.room)
		if err != nil {
			return err
		}
		household, _, err = household.List(box, identity.Entry{Name: h.name, Phone: h.phone, Relation: identity.RelationHead}, "bench", a.Clock.Now())
		if err != nil {
			return err
		}
		_, err = table.Put(ctx, string(household.ID), 0, household)
		return err
	})
}

// people registers a resident of every home through the use case, signs everybody in, and puts the first
// of each community on duty, so that every post has somebody to be told.
func (d *district) people(ctx context.Context, a *app.App, homes []home) error {
	d.visitors = make([]visitor, len(homes))
	numbers := make([]int, len(homes))
	for i := range numbers {
		numbers[i] = i
	}
	consents := []identity.Consent{{Purpose: identity.PurposeService, Version: consentText}}
	err := together(ctx, numbers, func(ctx context.Context, i int) error {
		h := homes[i]
		actor, err := a.People.SignInByWeChat(ctx, fmt.Sprintf("oBench-%05d", i))
		if err != nil {
			return err
		}
		m, err := a.People.RegisterResident(ctx, actor, identity.RegisterResident{
			Name: h.name, Phone: h.phone, Community: h.building.Community, Building: h.building.ID, Room: h.room, Consents: consents,
		})
		if err != nil {
			return err
		}
		if m.Status != identity.MemberVerified {
			return fmt.Errorf("resident %d is %s", i, m.Status)
		}
		token, session, err := a.People.Sessions().Issue(ctx, actor.ID)
		d.visitors[i] = visitor{community: h.building.Community, token: token, csrf: session.CSRF()}
		return err
	})
	if err != nil {
		return err
	}
	for c := range communities {
		if err := d.duty(ctx, a, c); err != nil {
			return err
		}
	}
	return nil
}

func (d *district) duty(ctx context.Context, a *app.App, c int) error {
	staff, err := a.People.SignInByWeChat(ctx, fmt.Sprintf("oBench-staff-%02d", c))
	if err != nil {
		return err
	}
	grant := identity.Grant{Role: identity.RoleSecretary, Node: communityID(c), Title: "书记"}
	if err := a.People.GrantRole(ctx, identity.System("bench"), staff.ID, grant); err != nil {
		return err
	}
	if staff, err = a.People.Actor(ctx, staff.ID); err != nil {
		return err
	}
	_, err = a.Topics.SetDuty(ctx, staff, deliberation.SetDuty{Roster: deliberation.DutyRoster{
		Community: communityID(c), People: []deliberation.DutyPerson{{Account: staff.ID, Name: "量测值班"}},
	}})
	return err
}

// together runs one task per item, hands at a time.
func together[T any](ctx context.Context, items []T, do func(context.Context, T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	for _, item := range items {
		group.Go(func() error { return do(ctx, item) })
	}
	return group.Wait()
}
