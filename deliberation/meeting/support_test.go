package meeting_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/meeting"
	"jushou/deliberation/room"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// topics stands in for the topics: t1 and t2 are the community's and wang's, t9 is another's.
type topics struct{ room.Topics }

func (topics) Topic(_ context.Context, _ identity.Actor, id deliberation.TopicID) (deliberation.TopicView, error) {
	t := deliberation.Topic{ID: id, Community: "c1", Status: deliberation.Responded, Author: deliberation.Author{Account: "wang", Name: "王**"}}
	switch id {
	case "t1", "t2":
	case "t9":
		t.Community = "c2"
	case "held":
		t.Status = deliberation.Held
	default:
		return deliberation.TopicView{}, deliberation.ErrNotFound
	}
	return deliberation.TopicView{Topic: t}, nil
}

// village is a town of two communities on a real store, with a clock that is moved by hand.
type village struct {
	*meeting.Service
	*roomtest.Ground
	// relayed is the place in the feed up to which OpenTasks has seen it.
	relayed int64

	li, chen, qian, town, greening, property, branch, wang, zhao, sun identity.Actor
}

func setup(t testing.TB) *village {
	t.Helper()
	monday := time.Date(2026, 5, 11, 2, 0, 0, 0, time.UTC) // ten o'clock there
	v := &village{Ground: roomtest.Open(t, monday, meeting.Collections())}
	ground := v.Room()
	ground.Topics = topics{ground.Topics}
	v.Service = meeting.New(meeting.Deps{Ground: ground, Departments: roomtest.Departments{}, Calendar: v.Days, Screener: deliberation.SampleWords()})
	v.people()
	return v
}

func (v *village) people() {
	works := func(id identity.AccountID, role identity.Role, node community.ID, board string) identity.Actor {
		return roomtest.Works(id, string(id), role, node, board)
	}
	lives := func(id identity.AccountID, in community.ID) identity.Actor { return roomtest.Lives(id, "某**", in) }
	v.li, v.chen, v.qian = works("li", identity.RoleStaff, "c1", ""), works("chen", identity.RoleSecretary, "c1", ""), works("qian", identity.RoleStaff, "c2", "")
	v.town, v.branch = works("fang", identity.RoleTown, "t", ""), works("shen", identity.RoleBranch, "c1", "")
	v.greening, v.property = works("lu", identity.RoleDepartment, "t", "dept:greening"), works("he", identity.RolePartner, "c1", "property")
	v.wang, v.zhao, v.sun = lives("wang", "c1"), lives("zhao", "c1"), lives("sun", "c2")
}

// order is a hearing of next Monday about two topics.
func (v *village) order(kind meeting.Kind) meeting.Call {
	return meeting.Call{
		ID: meeting.ID(v.Token()), Community: "c1", Kind: kind, Title: "东门停车怎么划", Purpose: "划线以前先听大家的", StartsAt: v.At("2026-05-18 14:00"),
		Where: "居委会二楼", Online: "线上同步，链接在群里",
		Agenda: []meeting.Item{{Text: "车位怎么划", Topic: "t1"}, {Text: "什么时候开工"}},
		Invite: meeting.Whom{Units: []string{"dept:greening", "property", "role:branch"}, Others: []string{"菜场管理方"}, AuthorsOf: []deliberation.TopicID{"t1", "t2"}},
	}
}

func (v *village) call(kind meeting.Kind) meeting.View {
	v.T.Helper()
	m, err := v.CallMeeting(v.T.Context(), v.li, v.order(kind))
	roomtest.Must(v.T, err)
	return m
}

// held is a meeting that took place on 18 May.
func (v *village) held(kind meeting.Kind) meeting.View {
	v.T.Helper()
	m := v.call(kind)
	_, err := v.AnnounceMeeting(v.T.Context(), v.li, m.ID)
	roomtest.Must(v.T, err)
	v.To("2026-05-18 16:00")
	m, err = v.HoldMeeting(v.T.Context(), v.li, m.ID, meeting.Presence{Guests: []int{0, 4}, Headcount: 20})
	roomtest.Must(v.T, err)
	return m
}

// minutes are of a meeting of two points, with a task for a department and one for the committee.
func minutes(m meeting.View, seen int) meeting.WriteMinutes {
	w := meeting.WriteMinutes{
		Meeting: m.ID, Seen: seen, Summary: "到会的都同意先划东门。", Outcomes: []meeting.Outcome{{Words: "东门划八个车位"}, {Words: "下月开工"}},
		Decisions: []meeting.DecisionForm{{What: "移走两棵挡路的树", Unit: "dept:greening", Days: 5, Item: 0}, {What: "贴告示", Owner: "居委会", Days: 2, Item: 1}},
	}
	if m.Kind == meeting.Review {
		w.Outcomes[0].Tally, w.Outcomes[1].Tally = &meeting.Tally{Satisfied: 12, Basically: 5, Not: 3}, &meeting.Tally{Satisfied: 1}
	}
	return w
}

// published is a hearing whose minutes came out on Monday 18 May at 17:00, and its tasks.
func (v *village) published(kind meeting.Kind) meeting.View {
	v.T.Helper()
	m := v.held(kind)
	m, err := v.WriteMinutes(v.T.Context(), v.li, minutes(m, 0))
	roomtest.Must(v.T, err)
	_, err = v.ConfirmMinutes(v.T.Context(), v.chen, m.ID, 1)
	roomtest.Must(v.T, err)
	v.To("2026-05-18 17:00")
	_, err = v.PublishMinutes(v.T.Context(), v.li, m.ID, 1)
	roomtest.Must(v.T, err)
	for _, e := range v.Since(v.relayed) {
		roomtest.Must(v.T, v.OpenTasks(v.T.Context(), e))
		roomtest.Must(v.T, v.OpenTasks(v.T.Context(), e)) // a relay may see an event twice
		v.relayed = e.Seq
	}
	m, err = v.Meeting(v.T.Context(), v.wang, m.ID)
	roomtest.Must(v.T, err)
	return m
}

func decode(e docstore.Event) (n meeting.News, err error) {
	return n, json.Unmarshal(e.Data, &n)
}
