package deliberation_test

import (
	"context"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// town is a town of two communities on a real store, with a clock that is moved by hand.
type town struct {
	*deliberation.Service
	t     *testing.T
	clock *clock.Virtual
	store *countingStore
	days  *calendar.Calendar

	directory *community.Directory

	resident, neighbour, elsewhere, follower, pending, public  identity.Actor
	staff, colleague, secretary, property, townStaff, observer identity.Actor
	greening, roads                                            identity.Actor
}

// shanghai is the communities' time zone.
var shanghai = time.FixedZone("CST", 8*3600)

// monday is an instant of Monday 2 March 2026.
func monday(hour, minute int) time.Time { return time.Date(2026, 3, 2, hour, minute, 0, 0, shanghai) }

func setup(t *testing.T) *town {
	t.Helper()
	ctx := t.Context()
	schema := docstore.Schema(append(deliberation.Collections(), community.Collections()...))
	store, err := sqlite.Open(ctx, filepath.Join(t.TempDir(), "town.db"), schema, sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	days, err := calendar.China()
	must(t, err)
	w := &town{t: t, clock: clock.Standing(monday(8, 10)), store: &countingStore{Store: store}, days: days}
	places := community.NewPlaces(w.store)
	buildTree(t, places)
	w.directory = community.NewDirectory(w.store, w.clock)
	w.Service = deliberation.New(deliberation.Deps{
		Store: w.store, Clock: w.clock, Directory: w.directory, Buildings: places,
		Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(),
		Settings:  keeper{places, w.directory, w.clock.Now},
		Catalogue: list{},
	})
	w.people()
	return w
}

func buildTree(t *testing.T, places community.Places) {
	t.Helper()
	district, err := community.NewDistrict("d", "宝山区")
	must(t, err)
	road, err := district.Below("t", "罗店镇")
	must(t, err)
	nodes := []community.Node{district, road}
	for _, id := range []community.ID{"c1", "c2"} {
		c, err := road.Below(id, "美安苑"+string(id))
		must(t, err)
		nodes = append(nodes, c)
	}
	for _, n := range nodes {
		must(t, places.SaveNode(t.Context(), n, "test", monday(0, 0)))
	}
	estate, err := community.NewEstate("e1", "c1", "美安苑", "")
	must(t, err)
	b, err := community.NewBuilding("b3", estate, "", "3号楼")
	must(t, err)
	_, err = places.Buildings.Put(t.Context(), "b3", docstore.Absent, b)
	must(t, err)
}

// list is the town's catalogue: trees belong to greening and are done in five days, roads have no item.
type list struct{}

func (list) Errand(_ context.Context, _ community.ID, item, department string) (deliberation.Errand, error) {
	switch {
	case item == "LH-01":
		return deliberation.Errand{Item: item, ItemName: "树枝遮挡路灯", Department: "greening", DepartmentName: "绿化市容所", Days: 5}, nil
	case item == "" && department == "roads":
		return deliberation.Errand{Department: department, DepartmentName: "市政所"}, nil
	}
	return deliberation.Errand{}, deliberation.ErrNotFound.With("item", item)
}

func (w *town) people() {
	lives := func(id identity.AccountID, masked string, in community.ID, s identity.MemberStatus) identity.Actor {
		return identity.Actor{ID: id, Name: masked, Masked: masked, Memberships: []identity.Membership{{Community: in, Building: "b3", Status: s}}}
	}
	works := func(id identity.AccountID, name string, g identity.Grant) identity.Actor {
		return identity.Actor{ID: id, Name: name, Masked: "某**", Grants: []identity.Grant{g}}
	}
	w.resident = lives("wang", "王**", "c1", identity.MemberVerified)
	w.neighbour = lives("zhao", "赵**", "c1", identity.MemberVerified)
	w.elsewhere = lives("sun", "孙**", "c2", identity.MemberVerified)
	w.pending = lives("zhou", "周**", "c1", identity.MemberPending)
	w.follower = identity.Actor{ID: "wu", Name: "吴**", Masked: "吴**"}
	w.staff = works("li", "李社工", identity.Grant{Role: identity.RoleStaff, Node: "c1", Title: "居委干部"})
	w.colleague = works("qian", "钱社工", identity.Grant{Role: identity.RoleStaff, Node: "c1", Title: "居委干部"})
	w.secretary = works("chen", "陈书记", identity.Grant{Role: identity.RoleSecretary, Node: "c1", Title: "书记"})
	w.property = works("wei", "卫经理", identity.Grant{Role: identity.RolePartner, Node: "c1", Board: "property", Title: "物业经理"})
	w.townStaff = works("town", "镇管", identity.Grant{Role: identity.RoleTown, Node: "t"})
	w.greening = works("lv", "吕队长", identity.Grant{Role: identity.RoleDepartment, Node: "t", Board: "dept:greening", Title: "绿化市容所"})
	w.roads = works("lu", "陆队长", identity.Grant{Role: identity.RoleDepartment, Node: "t", Board: "dept:roads", Title: "市政所"})
	w.observer = works("obs", "观察员", identity.Grant{Role: identity.RoleObserver, Node: "c1"})
}

// post posts a problem on 身边事 of c1 as the resident.
func (w *town) post(body string) deliberation.Topic {
	w.t.Helper()
	return w.postAs(w.resident, deliberation.BoardNearby, body)
}

func (w *town) postAs(a identity.Actor, board deliberation.BoardKey, body string) deliberation.Topic {
	w.t.Helper()
	topic, err := w.PostTopic(w.t.Context(), a, deliberation.PostTopic{
		ID: deliberation.TopicID(w.token()), Community: "c1", Board: board, Body: body, Via: deliberation.ViaH5,
	})
	must(w.t, err)
	return topic
}

// notice shows a notice of the office, reviewed elsewhere.
func (w *town) notice(title, body string) deliberation.Topic {
	w.t.Helper()
	topic, err := w.ShowNotice(w.t.Context(), identity.System("bulletin"), deliberation.ShowNotice{
		PublishNotice: deliberation.PublishNotice{
			ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardNotice, Title: title, Body: body,
		},
		Author: deliberation.Author{Account: w.staff.ID, Name: w.staff.Name}, At: w.clock.Now(),
	})
	must(w.t, err)
	return topic
}

func (w *town) token() string { return ids.New(w.clock.Now()) }

func (w *town) answer(a identity.Actor, id deliberation.TopicID) (deliberation.Topic, error) {
	return w.AnswerTopic(w.t.Context(), a, deliberation.AnswerTopic{ID: w.token(), Topic: id, Body: "已联系维修，今天下午到。"})
}

// sweep holds the Rounds that are due and returns how many topics changed.
func (w *town) sweep() int {
	w.t.Helper()
	n, err := w.HoldRounds(w.t.Context())
	must(w.t, err)
	return n
}

// read returns a topic as staff see it.
func (w *town) read(id deliberation.TopicID) deliberation.TopicView {
	w.t.Helper()
	v, err := w.Topic(w.t.Context(), w.staff, id)
	must(w.t, err)
	return v
}

// events returns the events of the types, in the order of the feed.
func (w *town) events(types ...string) []docstore.Event {
	w.t.Helper()
	all, err := w.store.Events(w.t.Context(), 0, docstore.MaxLimit)
	must(w.t, err)
	return slices.DeleteFunc(all, func(e docstore.Event) bool { return !slices.Contains(types, e.Type) })
}

// heldRounds returns the data of the Rounds that were told.
func (w *town) heldRounds() []deliberation.HeldRound {
	w.t.Helper()
	var rounds []deliberation.HeldRound
	for _, e := range w.events(deliberation.RoundHeld) {
		data, err := deliberation.Decode[deliberation.HeldRound](e)
		must(w.t, err)
		rounds = append(rounds, data)
	}
	return rounds
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// countingStore counts calls, and fails or is cut off where a test wants it to.
type countingStore struct {
	docstore.Store
	trips atomic.Int64
	rows  atomic.Int64 // returned by Find and counted by Count

	mu sync.Mutex
	// refuse, when set, is asked before each Put.
	refuse func(docstore.Write) error
	// lose, when set, is asked after each Put that went through, for the answer to get lost.
	lose func(docstore.Write) error
}

func (s *countingStore) Get(ctx context.Context, key docstore.Key) (docstore.Doc, error) {
	s.trips.Add(1)
	return s.Store.Get(ctx, key)
}

func (s *countingStore) GetMany(ctx context.Context, keys []docstore.Key) ([]docstore.Doc, error) {
	s.trips.Add(1)
	return s.Store.GetMany(ctx, keys)
}

func (s *countingStore) Find(ctx context.Context, q docstore.Query) (docstore.Page, error) {
	s.trips.Add(1)
	page, err := s.Store.Find(ctx, q)
	s.rows.Add(int64(len(page.Docs)))
	return page, err
}

func (s *countingStore) Count(ctx context.Context, q docstore.Query, most int) (int, error) {
	s.trips.Add(1)
	n, err := s.Store.Count(ctx, q, most)
	s.rows.Add(int64(n))
	return n, err
}

func (s *countingStore) Put(ctx context.Context, w docstore.Write, events ...docstore.Event) (int64, error) {
	s.trips.Add(1)
	s.mu.Lock()
	refuse, lose := s.refuse, s.lose
	s.mu.Unlock()
	if refuse != nil {
		if err := refuse(w); err != nil {
			return 0, err
		}
	}
	version, err := s.Store.Put(ctx, w, events...)
	if err == nil && lose != nil {
		err = lose(w)
	}
	return version, err
}

func (s *countingStore) loseWith(lose func(docstore.Write) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lose = lose
}

func (s *countingStore) refuseWith(refuse func(docstore.Write) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refuse = refuse
}

// tripsOf returns how many calls of the store work took.
func (s *countingStore) tripsOf(work func()) int64 {
	before := s.trips.Load()
	work()
	return s.trips.Load() - before
}
