package notify

import (
	"slices"
	"testing"

	"jushou/deliberation/meeting"
	"jushou/internal/deadline"
	"jushou/internal/identity"
)

func TestPlanOfMeetings(t *testing.T) {
	t.Parallel()
	greening := meeting.Party{Board: "dept:greening", Name: "绿化所"}
	news := func(change func(*meeting.News)) meeting.News {
		n := meeting.News{
			Meeting: "m1", Task: "m1-1", Community: "hexiang", Town: "luoxi", Subject: "东门停车", Caller: "li", By: "li", Party: greening,
			Guests: []meeting.Party{greening, {Board: "property"}, {Role: identity.RoleBranch}, {Role: identity.RoleTown}, {Account: "wang"}, {Name: "菜场"}},
		}
		change(&n)
		return n
	}
	department := Audience{Role: identity.RoleDepartment, Node: "luoxi", Board: "dept:greening"}
	guests := []Audience{
		department, {Role: identity.RolePartner, Node: "hexiang", Board: "property"}, {Role: identity.RoleBranch, Node: "hexiang"},
		{Role: identity.RoleTown, Node: "luoxi"}, {Person: "wang"},
	}
	secretary, town, circle := Audience{Role: identity.RoleSecretary, Node: "hexiang"}, Audience{Role: identity.RoleTown, Node: "luoxi"}, Audience{Circle: CircleMeeting, ID: "m1"}
	same := func(*meeting.News) {}
	step := func(to deadline.Recipient) func(*meeting.News) { return func(n *meeting.News) { n.Step = to } }
	for _, x := range []struct {
		name, event string
		change      func(*meeting.News)
		key         string
		want        []Audience
	}{
		{"guests with accounts are invited", meeting.EventCalled, same, KeyMeetingInvited, guests},
		{"listeners hear of another date too", meeting.EventRescheduled, func(n *meeting.News) { n.Listeners = []identity.AccountID{"zhao"} }, KeyMeetingMoved,
			append(slices.Clone(guests), Audience{Person: "zhao"})},
		{"who accepts is on the page", meeting.EventReplied, func(n *meeting.News) { n.Reply, n.By = meeting.Accepted, "lu" }, "", nil},
		{"the caller hears who does not come", meeting.EventReplied, func(n *meeting.News) { n.Reply, n.By = meeting.Declined, "lu" }, KeyMeetingDeclined, []Audience{{Person: "li"}}},
		{"minutes wait for the secretary", meeting.EventDrafted, same, KeyMeetingCheck, []Audience{secretary}},
		{"the secretary's own for who is on duty", meeting.EventDrafted, func(n *meeting.News) { n.BySecretary = true }, KeyMeetingCheck, []Audience{{Duty: "hexiang"}}},
		{"those concerned hear what came of it", meeting.EventPublished, same, KeyMeetingPublished, []Audience{circle}},
		{"and what was corrected of it", meeting.EventCorrected, same, KeyMeetingCorrected, []Audience{circle}},
		{"a task is told to its organisation", meeting.EventTaskOpened, same, KeyTaskOpened, []Audience{department}},
		{"the committee's own to who is on duty", meeting.EventTaskOpened, func(n *meeting.News) { n.Party = meeting.Party{Name: "居委会"} }, KeyTaskOpened, []Audience{{Duty: "hexiang"}}},
		{"it is due soon", meeting.EventTaskLate, step(deadline.ToOwner), KeyTaskSoon, []Audience{department}},
		{"it was due", meeting.EventTaskLate, step(deadline.ToSecretary), KeyTaskLate, []Audience{department, secretary}},
		{"it was due days ago", meeting.EventTaskLate, step(deadline.ToTown), KeyTaskLate, []Audience{town}},
		{"everybody reads it, nobody is pushed", meeting.EventTaskLate, step(deadline.ToPublic), "", nil},
		{"a step that was only written down is told to nobody", meeting.EventTaskLate, same, "", nil},
		{"the secretary's request goes to the town", meeting.EventTaskAsked, func(n *meeting.News) { n.BySecretary = true }, KeyTaskAsked, []Audience{town}},
		{"the end of it is told to those concerned", meeting.EventTaskDone, same, KeyTaskDone, []Audience{circle}},
	} {
		shares, err := Plan(event(t, x.event, news(x.change)))
		if err != nil {
			t.Fatal(err)
		}
		var got []Audience
		for _, s := range shares {
			got = append(got, s.To)
			if s.Draft.Key != x.key || s.But == s.To.Person && s.But != "" {
				t.Errorf("%s: %+v", x.name, s)
			}
		}
		if !slices.Equal(got, x.want) {
			t.Errorf("%s: told %+v, want %+v", x.name, got, x.want)
		}
	}
}
