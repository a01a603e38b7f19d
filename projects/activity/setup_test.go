package activity_test

import (
	"context"
	"testing"
	"time"

	"go.uber.org/goleak"

	"jushou/deliberation"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/activity"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// works are the projects of this ground: one of each community.
type works struct{}

func (works) Community(_ context.Context, _ identity.Actor, project string) (community.ID, error) {
	switch project {
	case "garden":
		return "c1", nil
	case "elsewhere":
		return "c2", nil
	}
	return "", fault.New(fault.NotFound, "project.not_found")
}

// buildings are those of c1.
type buildings struct{}

func (buildings) BuildingsIn(_ context.Context, c community.ID) ([]community.Building, error) {
	if c != "c1" {
		return nil, nil
	}
	return []community.Building{{ID: "c1.b1", Community: c, Name: "1号楼"}, {ID: "c1.b2", Community: c, Name: "2号楼"}}, nil
}

type ground struct {
	*roomtest.Ground
	*activity.Service
	wang, zhao, qian, sun, staff, colleague identity.Actor
	seen                                    int64
}

func open(t *testing.T) *ground {
	t.Helper()
	g := &ground{Ground: roomtest.Open(t, time.Date(2026, 5, 11, 2, 0, 0, 0, time.UTC), activity.Collections())}
	g.Service = activity.New(activity.Deps{
		Ground: g.Room(), Screener: deliberation.SampleWords(), Calendar: g.Days, Projects: works{}, Buildings: buildings{}, Below: g.Directory,
	})
	g.wang, g.zhao, g.qian = g.lives("wang", "王**", "c1.b1"), g.lives("zhao", "赵**", "c1.b1"), g.lives("qian", "钱**", "c1.b2")
	g.sun = roomtest.Lives("sun", "孙**", "c2")
	g.staff, g.colleague = roomtest.Works("li", "李社工", identity.RoleStaff, "c1", ""), roomtest.Works("he", "何社工", identity.RoleStaff, "c1", "")
	return g
}

func (g *ground) lives(id identity.AccountID, masked string, b community.BuildingID) identity.Actor {
	a := roomtest.Lives(id, masked, "c1")
	a.Memberships[0].Building = b
	return a
}

// follow gives the feed to the relay, from where it stopped.
func (g *ground) follow() {
	g.T.Helper()
	for _, e := range g.Since(g.seen, activity.Followed()...) {
		roomtest.Must(g.T, g.Follow(g.T.Context(), e))
		g.seen = e.Seq
	}
}

func craft() activity.Introduction {
	return activity.Introduction{Field: "craft", Skill: "编竹篮", About: "退休前在厂里做木工，喜欢教人。"}
}

// host makes somebody a host whose first activity was confirmed.
func (g *ground) host(who identity.Actor) activity.HostID {
	g.T.Helper()
	h, err := g.ApplyHost(g.T.Context(), who, activity.ApplyHost{Token: g.Token(), Community: "c1", Introduction: craft()})
	roomtest.Must(g.T, err)
	_, err = g.ConfirmHost(g.T.Context(), g.staff, h.ID)
	roomtest.Must(g.T, err)
	return h.ID
}

// plan is an activity tomorrow afternoon for some persons.
func (g *ground) plan(capacity int) activity.Plan {
	return activity.Plan{
		Title: "一起编竹篮", What: "带一把剪刀，材料我准备。", Where: "活动室", StartsAt: g.In(30 * time.Hour), EndsAt: g.In(32 * time.Hour), Until: g.In(28 * time.Hour), Capacity: capacity,
	}
}

// held publishes an activity of wang's, who becomes a host for it.
func (g *ground) held(capacity int) activity.ID {
	g.T.Helper()
	g.host(g.wang)
	a, err := g.HoldActivity(g.T.Context(), g.wang, activity.HoldActivity{ID: activity.ID(g.Token()), Community: "c1", Plan: g.plan(capacity)})
	roomtest.Must(g.T, err)
	_, err = g.ConfirmActivity(g.T.Context(), g.staff, a.ID)
	roomtest.Must(g.T, err)
	return a.ID
}

func (g *ground) signUp(who identity.Actor, id activity.ID, persons int) error {
	_, err := g.SignUp(g.T.Context(), who, activity.SignUp{Activity: id, Token: g.Token(), Persons: persons})
	return err
}

// has is what somebody has of an activity, "" for nothing.
func (g *ground) has(who identity.Actor, id activity.ID) activity.SeatStatus {
	g.T.Helper()
	v, err := g.Activity(g.T.Context(), who, id)
	roomtest.Must(g.T, err)
	if v.Seat == nil {
		return ""
	}
	return v.Seat.Status
}

func last(all []docstore.Event) docstore.Event { return all[len(all)-1] }
