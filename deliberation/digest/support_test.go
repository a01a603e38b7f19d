package digest_test

import (
	"fmt"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/deliberation/roomtest"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

var shanghai = time.FixedZone("CST", 8*3600)

// at is an instant of March 2026, whose first day is a Sunday.
func at(day, hour int) time.Time { return time.Date(2026, 3, day, hour, 0, 0, 0, shanghai) }

func day(n int) calendar.Date { return calendar.Date{Year: 2026, Month: time.March, Day: n} }

// ward is a town of two communities on a real store, with a clock that is moved by hand.
type ward struct {
	*digest.Service
	*roomtest.Ground
	// chen and li are staff, zhang is the secretary, fang of the town and gao of another town; wang and zhao live here, sun does not.
	chen, li, zhang, fang, gao, wang, zhao, sun identity.Actor
}

func open(t testing.TB) *ward {
	t.Helper()
	w := &ward{Ground: roomtest.Open(t, at(9, 9), digest.Collections())}
	w.Found("t9", "顾村镇", "c9")
	w.Service = digest.New(digest.Deps{Ground: w.Room(), Periods: w.Topics, Calendar: w.Days})
	works := func(id identity.AccountID, role identity.Role, node community.ID) identity.Actor {
		return roomtest.Works(id, string(id), role, node, "")
	}
	lives := func(id identity.AccountID, in community.ID) identity.Actor { return roomtest.Lives(id, "某**", in) }
	w.chen, w.li, w.zhang = works("chen", identity.RoleStaff, "c1"), works("li", identity.RoleStaff, "c1"), works("zhang", identity.RoleSecretary, "c1")
	w.fang, w.gao = works("fang", identity.RoleTown, "t"), works("gao", identity.RoleTown, "t9")
	w.wang, w.zhao, w.sun = lives("wang", "c1"), lives("zhao", "c1"), lives("sun", "c2")
	return w
}

// post posts at an instant and comes back to the present.
func (w *ward) post(by identity.Actor, when time.Time, board deliberation.BoardKey, text string) deliberation.TopicID {
	w.T.Helper()
	present := w.Clock.Now()
	w.Clock.Set(when)
	defer w.Clock.Set(present)
	in := community.ID("c1")
	if by.ID == w.sun.ID {
		in = "c2"
	}
	t, err := w.Topics.PostTopic(w.T.Context(), by, deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(when)), Community: in, Board: board, Body: text, Via: deliberation.ViaH5,
	})
	roomtest.Must(w.T, err)
	return t.ID
}

// begun is a digest of the first week of March.
func (w *ward) begun() digest.View {
	w.T.Helper()
	v, err := w.Open(w.T.Context(), w.chen, digest.Open{
		ID: digest.ID(w.Token()), Community: "c1", Title: "三月第一周", Purpose: "民主生活会", From: day(1), To: day(7),
	})
	roomtest.Must(w.T, err)
	return v
}

// group writes a group and puts topics into it.
func (w *ward) group(v digest.View, heading string, topics ...deliberation.TopicID) digest.View {
	w.T.Helper()
	id := digest.GroupID(w.Token())
	v, err := w.WriteGroup(w.T.Context(), w.chen, digest.WriteGroup{Digest: v.ID, Seen: v.Revision, Writing: digest.Writing{
		ID: id, Heading: heading, Summary: heading + "，多人反映", Ask: "请街镇解决" + heading,
	}})
	roomtest.Must(w.T, err)
	v, err = w.PlaceTopics(w.T.Context(), w.chen, digest.PlaceTopics{Digest: v.ID, Group: id, Topics: topics, Seen: v.Revision})
	roomtest.Must(w.T, err)
	return v
}

// passed is a digest of two groups that the town has to answer.
func (w *ward) passed() digest.View {
	w.T.Helper()
	one, two := w.post(w.wang, at(2, 9), "nearby", "路灯不亮"), w.post(w.zhao, at(3, 9), "nearby", "停车没有地方")
	v := w.group(w.begun(), "路灯", one)
	v = w.group(v, "停车", two)
	v, err := w.FinishSorting(w.T.Context(), w.chen, v.ID, v.Revision)
	roomtest.Must(w.T, err)
	v, err = w.SubmitDigest(w.T.Context(), w.zhang, v.ID, v.Revision)
	roomtest.Must(w.T, err)
	return v
}

// answer answers the n-th group.
func (w *ward) answer(v digest.View, n int, verdict digest.Verdict) (digest.View, error) {
	return w.AnswerGroup(w.T.Context(), w.fang, digest.AnswerGroup{
		Digest: v.ID, Group: v.Groups[n].ID, Seen: len(v.Groups[n].Answers),
		Answer: digest.Answer{ID: w.Token(), Verdict: verdict, Why: "看过了，" + string(verdict), Who: "市政所", Until: "六月底前"},
	})
}

// follow lets the topics follow every event of digests, twice, as a relay may.
func (w *ward) follow(kinds ...string) {
	w.T.Helper()
	for _, kind := range kinds {
		for _, e := range w.Events(kind) {
			for range 2 {
				roomtest.Must(w.T, w.Topics.FollowLinks(w.T.Context(), e))
			}
		}
	}
}

func headings(v digest.View) string {
	text := ""
	for _, g := range v.Groups {
		text += fmt.Sprintf("%s:%d/%d ", g.Heading, len(g.Topics), g.Voices)
	}
	return text
}
