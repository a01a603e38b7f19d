package disclosure_test

import (
	"testing"

	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/roomtest"
	"jushou/internal/community"
	"jushou/internal/identity"
)

// hamlet is a small place on a real store: two communities of a town and the people who publish in the first.
type hamlet struct {
	*disclosure.Service
	*roomtest.Ground
	li, zhou, branch, town, wang, neighbour, stranger, cop identity.Actor
}

func actor(id identity.AccountID) identity.Actor { return identity.Actor{ID: id, Name: string(id)} }

func setup(t *testing.T) *hamlet {
	t.Helper()
	h := &hamlet{Ground: roomtest.Open(t, noon, disclosure.Collections())}
	h.Service = disclosure.New(disclosure.Deps{Ground: h.Room(), Communities: h.Directory, Calendar: h.Days, Screener: deliberation.SampleWords()})
	works := func(id identity.AccountID, role identity.Role, node community.ID) identity.Actor {
		return roomtest.Works(id, string(id), role, node, "")
	}
	lives := func(id identity.AccountID, in community.ID) identity.Actor { return roomtest.Lives(id, "某**", in) }
	h.li, h.zhou, h.branch = works("li", identity.RoleStaff, "c1"), works("zhou", identity.RoleSecretary, "c1"), works("zhi", identity.RoleBranch, "c1")
	h.town, h.cop = works("town", identity.RoleTown, "t"), works("cop", identity.RolePartner, "c1")
	h.wang, h.neighbour, h.stranger = lives("wang", "c1"), lives("zhao", "c1"), lives("sun", "c2")
	return h
}

// report is a finance report of a month, with one income and one expense.
func (h *hamlet) report(p disclosure.Period) disclosure.EnterItem {
	return disclosure.EnterItem{
		ID: disclosure.ItemID(h.Token()), Community: "c1", Kind: disclosure.Finance, Period: p,
		Content: disclosure.Content{Title: string(p) + "收支", Rows: []disclosure.Row{
			{What: "公共收益", Side: disclosure.In, Fen: 1_280_050, Note: "电梯广告"}, {What: "路灯维修", Side: disclosure.Out, Fen: 80_000},
		}},
	}
}

// published enters a report and lets the secretary publish it.
func (h *hamlet) published(p disclosure.Period) disclosure.Item {
	h.T.Helper()
	i, err := h.EnterItem(h.T.Context(), h.li, h.report(p))
	roomtest.Must(h.T, err)
	i, err = h.ReviewItem(h.T.Context(), h.zhou, disclosure.ReviewItem{Item: i.ID, Version: 1, Publish: true})
	roomtest.Must(h.T, err)
	h.follow()
	return i
}

// follow gives the relay's handler every event twice, as a relay may.
func (h *hamlet) follow() {
	h.T.Helper()
	for _, e := range h.Events() {
		for range 2 {
			roomtest.Must(h.T, h.FollowItems(h.T.Context(), e))
		}
	}
}

// to sets the clock to a day and time in Shanghai and lets the watch come by.
func (h *hamlet) to(text string) {
	h.T.Helper()
	h.To(text)
	_, err := h.Watch(h.T.Context())
	roomtest.Must(h.T, err)
}
