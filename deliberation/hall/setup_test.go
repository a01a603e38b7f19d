package hall_test

import (
	"context"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/hall"
	"jushou/deliberation/roomtest"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// ground is a town of two communities on a real store, with a clock that is moved by hand.
type ground struct {
	*hall.Service
	*roomtest.Ground

	wang, zhao, sun, zhou          identity.Actor
	staff, colleague, next, police identity.Actor
}

func setup(t *testing.T) *ground {
	t.Helper()
	g := &ground{Ground: roomtest.Open(t, time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC), hall.Collections())}
	g.Service = hall.New(hall.Deps{Ground: g.Room(), Screener: deliberation.SampleWords()})
	g.people()
	return g
}

func (g *ground) people() {
	lives, works := roomtest.Lives, roomtest.Works
	g.wang, g.zhao, g.sun = lives("wang", "王**", "c1"), lives("zhao", "赵**", "c1"), lives("sun", "孙**", "c2")
	g.zhou = identity.Actor{ID: "zhou", Name: "周**", Masked: "周**"}
	g.staff, g.colleague = works("li", "李社工", identity.RoleStaff, "c1", ""), works("chen", "陈书记", identity.RoleSecretary, "c1", "")
	g.next = works("qian", "钱社工", identity.RoleStaff, "c2", "")
	g.police = works("jing", "景警官", identity.RolePartner, "c1", "police")
}

const day = 24 * time.Hour

// open opens a session about parking with two options in a first round of three days.
func (g *ground) open(topics ...deliberation.TopicID) hall.Session {
	g.T.Helper()
	x, err := g.OpenSession(g.T.Context(), g.staff, hall.OpenSession{
		ID: hall.SessionID(g.Token()), Community: "c1", Topics: topics, Template: "parking", Question: "晚上怎么停车？",
		Options: []string{"按户轮流", "", "先到先得"}, Facts: []string{"车位多少个"}, Ends: g.In(3 * day),
	})
	roomtest.Must(g.T, err)
	return x
}

func (g *ground) argue(who identity.Actor, x hall.Session, side hall.Side, body string) (hall.Argument, error) {
	return g.Argue(g.T.Context(), who, hall.Argue{
		ID: hall.ArgumentID(g.Token()), Session: x.ID, Option: x.Options[0].ID, Side: side, Body: body,
	})
}

// feed gives the events of the types to a follower.
func (g *ground) feed(follow func(context.Context, docstore.Event) error, types ...string) {
	g.T.Helper()
	for _, e := range g.Events(types...) {
		roomtest.Must(g.T, follow(g.T.Context(), e))
	}
}
