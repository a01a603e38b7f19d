package demo_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/bulletin"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/digest"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/meeting"
	"jushou/deliberation/moderation"
	"jushou/deliberation/neighbourhood"
	"jushou/deliberation/phrasebook"
	"jushou/deliberation/room"
	"jushou/deliberation/whistle"
	"jushou/internal/app/demo"
	"jushou/internal/calendar"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
	"jushou/projects/ledger"
)

func ground(t *testing.T, now time.Time) demo.Ground {
	t.Helper()
	schema := slices.Concat(
		demo.Collections(),
		community.Collections(),
		identity.Collections(),
		deliberation.Collections(),
		catalogue.Collections(),
		neighbourhood.Collections(),
		bulletin.Collections(),
		moderation.Collections(),
		assisted.Collections(),
		whistle.Collections(), meeting.Collections(),
		phrasebook.Collections(),
		disclosure.Collections(),
		digest.Collections(),
		ledger.Collections(),
	)
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "demo.db"), schema, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	box, err := seal.New(seal.International{}, seal.Key{1})
	if err != nil {
		t.Fatal(err)
	}
	days, err := calendar.China()
	if err != nil {
		t.Fatal(err)
	}
	c := clock.Standing(now)
	directory := community.NewDirectory(store, clock.System{})
	g := demo.Ground{Store: store, Clock: c, Box: box, Directory: directory}
	g.People = identity.New(identity.Config{Store: store, Directory: directory, Box: box, Clock: c, Real: clock.System{}, SessionKey: seal.Key{2}})
	g.TopicsBy = func(c clock.Clock) *deliberation.Service {
		return deliberation.New(deliberation.Deps{
			Store: store, Clock: c, Directory: directory, Buildings: community.NewPlaces(store),
			Calendar: deliberation.NewRoundCalendar(days), Screener: deliberation.SampleWords(), Settings: g.People,
			Catalogue: errands{catalogue.New(store, directory, c)},
		})
	}
	g.Topics = g.TopicsBy(c)
	g.NeighboursBy = func(c clock.Clock) *neighbourhood.Service {
		return neighbourhood.New(neighbourhood.Deps{
			Store: store, Clock: c, Directory: directory, Buildings: community.NewPlaces(store), Authors: g.Topics, People: g.People,
			Screener: deliberation.SampleWords(), Box: box,
		})
	}
	g.AssistedBy = func(c clock.Clock) *assisted.Service {
		return assisted.New(store, c, g.TopicsBy(c), g.People, time.FixedZone("CST", 8*60*60))
	}
	g.ModerationBy = func(c clock.Clock) *moderation.Service {
		return moderation.New(moderation.Deps{Store: store, Clock: c, Rooms: moderation.Rooms(g.TopicsBy(c)), Holders: g.People, Directory: directory})
	}
	g.BulletinsBy = func(c clock.Clock) *bulletin.Service {
		return bulletin.New(bulletin.Deps{
			Store: store, Clock: c, Directory: directory, Places: community.NewPlaces(store), Topics: g.TopicsBy(c), Residents: nobody{}, Messenger: nobody{},
		})
	}
	g.Catalogue = catalogue.New(store, directory, c)
	rooms := room.Ground{Store: store, Clock: c, Directory: directory, Topics: g.Topics}
	g.Whistles = whistle.New(whistle.Deps{Ground: rooms, Departments: g.Catalogue, Calendar: days})
	g.Meetings = meeting.New(meeting.Deps{Ground: rooms, Departments: g.Catalogue, Calendar: days, Screener: deliberation.SampleWords()})
	g.Affairs = disclosure.New(disclosure.Deps{Ground: rooms, Communities: directory, Calendar: days, Screener: deliberation.SampleWords()})
	g.Ledger = ledger.New(ledger.Deps{Ground: rooms, Calendar: days})
	g.Digests = digest.New(digest.Deps{Ground: rooms, Periods: g.Topics, Calendar: days})
	return g
}

// nobody is told of a notice.
type nobody struct{}

func (nobody) ResidentsAt(context.Context, community.ID, docstore.Cursor, int) ([]identity.ResidentAt, docstore.Cursor, error) {
	return nil, "", nil
}
func (nobody) Tell(context.Context, bulletin.Message) error                   { return errors.New("somebody was told") }
func (nobody) Told(context.Context, bulletin.ID) (t bulletin.Told, err error) { return t, nil }

// errands reads the town's list for deliberation, as the app does.
type errands struct{ lists *catalogue.Service }

func (e errands) Errand(ctx context.Context, town community.ID, item, _ string) (deliberation.Errand, error) {
	i, d, _, err := e.lists.Item(ctx, town, item)
	return deliberation.Errand{Item: i.Key, ItemName: i.Name, Department: d.Key, DepartmentName: d.Name, Days: i.ResolveDays}, err
}

// noon and night are when demos are made: the stories of the night are moved, and must stay in order.
var (
	noon  = time.Date(2026, 11, 21, 3, 30, 0, 0, time.UTC)
	night = time.Date(2026, 11, 21, 22, 1, 46, 0, time.UTC)
)

// TestTheDistrictHasEverythingTheStoryNeeds counts what a newcomer is promised: the tree, topics in every
// state, somebody to verify, and a list of what is overdue.
func TestTheDistrictHasEverythingTheStoryNeeds(t *testing.T) {
	for name, now := range map[string]time.Time{"at noon": noon, "at night": night} {
		t.Run(name, func(t *testing.T) { everythingIsThere(t, ground(t, now)) })
	}
}

func everythingIsThere(t *testing.T, g demo.Ground) {
	t.Helper()
	if err := demo.Seed(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if made, err := demo.Made(t.Context(), g.Store); err != nil || !made {
		t.Fatalf("Made = %v, %v", made, err)
	}
	communities, err := g.Directory.Communities(t.Context(), "demo")
	if err != nil || len(communities) != 30 {
		t.Fatalf("%d communities, %v", len(communities), err)
	}
	places, grids := community.NewPlaces(g.Store), 0
	for _, c := range communities {
		list, err := places.GridsIn(t.Context(), c.ID)
		if err != nil {
			t.Fatal(err)
		}
		grids += len(list)
	}
	if grids != 99 {
		t.Errorf("%d grids, want 99", grids)
	}
	if list, err := g.Catalogue.Current(t.Context(), "luoxi"); err != nil || len(list.Departments) != 22 || len(list.Items) != 220 {
		t.Errorf("%d departments and %d items, %v", len(list.Departments), len(list.Items), err)
	}
	states := map[deliberation.Status]int{}
	secretary := persona(t, g, "zhang")
	queue, err := g.Topics.DeskQueue(t.Context(), secretary, deliberation.DeskQuery{Node: demo.HomeCommunity})
	if err != nil {
		t.Fatal(err)
	}
	feed, err := g.Topics.Feed(t.Context(), secretary, demo.HomeCommunity, "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range feed.Items {
		states[v.Status]++
	}
	for _, s := range []deliberation.Status{deliberation.Held, deliberation.Waiting, deliberation.Responded, deliberation.Withdrawn, deliberation.Hidden} {
		if states[s] == 0 {
			t.Errorf("no topic is %s: %v", s, states)
		}
	}
	everyStageIsThere(t, g)
	everyNoticeWasReviewed(t, g, communities)
	somebodyWasReported(t, g)
	opinionsArePassedUp(t, g)
	if len(queue.Items) == 0 {
		t.Error("the desk has nothing to do")
	}
	pending, err := g.People.PendingQueue(t.Context(), secretary, demo.HomeCommunity, "")
	if err != nil || len(pending.Waiting) != 2 {
		t.Errorf("%d claims wait for staff, %v", len(pending.Waiting), err)
	}
}

// opinionsArePassedUp looks for one digest that is answered, with a theme taken up and one not, one that waits for the town, and
// one that is being sorted.
func opinionsArePassedUp(t *testing.T, g demo.Ground) {
	t.Helper()
	found, err := g.Digests.Digests(t.Context(), persona(t, g, "zhang"), demo.HomeCommunity, "")
	if err != nil {
		t.Fatal(err)
	}
	states, verdicts := map[digest.State]int{}, map[digest.Verdict]int{}
	for _, d := range found.Items {
		states[d.State]++
		for _, group := range d.Groups {
			if a, ok := group.Answer(); ok {
				verdicts[a.Verdict]++
			}
		}
	}
	if states[digest.Answered] != 1 || states[digest.Submitted] != 1 || states[digest.Collecting] != 1 || verdicts[digest.Adopted] != 1 || verdicts[digest.Declined] != 1 {
		t.Errorf("digests %v, verdicts %v", states, verdicts)
	}
}

// TestSeedingTwiceIsSeedingOnce is the start that was killed and started again.
func TestSeedingTwiceIsSeedingOnce(t *testing.T) {
	g := ground(t, noon)
	if err := demo.Seed(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	count := func() int {
		n, err := g.Store.Count(t.Context(), docstore.Query{Kind: deliberation.TopicKind, Index: "town", Equal: []any{"luoxi"}}, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	first := count()
	g.Clock.Advance(time.Hour) // the next start is later
	if err := demo.Seed(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	if again := count(); again != first || first < 300 {
		t.Errorf("%d topics, then %d", first, again)
	}
}

func persona(t *testing.T, g demo.Ground, id string) identity.Actor {
	t.Helper()
	for _, p := range demo.Personas() {
		if p.ID == id {
			actor, err := g.People.FindByWeChat(t.Context(), p.OpenID)
			if err != nil {
				t.Fatal(err)
			}
			return actor
		}
	}
	t.Fatalf("no persona %q", id)
	return identity.Actor{}
}

// TestWhoTheStoryCallsOnDutyIsOnDuty holds the persona's note to the roster, whatever the weekday.
func TestWhoTheStoryCallsOnDutyIsOnDuty(t *testing.T) {
	g := ground(t, noon)
	if err := demo.Seed(t.Context(), g); err != nil {
		t.Fatal(err)
	}
	for day := range 2 {
		duty, err := g.Topics.Duty(t.Context(), persona(t, g, "zhang"), demo.HomeCommunity)
		if err != nil {
			t.Fatal(err)
		}
		want := persona(t, g, []string{"chen", "gu"}[day])
		if duty.Person.Account != want.ID {
			t.Errorf("after %d days %s is on duty, want %s", day, duty.Person.Name, want.Name)
		}
		g.Clock.Advance(24 * time.Hour)
	}
}

// everyStageIsThere looks for a topic in each stage of the life after the answer, and for what its people have to do.
func everyStageIsThere(t *testing.T, g demo.Ground) {
	t.Helper()
	secretary, stages := persona(t, g, "zhang"), map[deliberation.Status]int{}
	asked, extended, missed := 0, 0, 0
	table := docstore.Table[deliberation.Topic]{Store: g.Store, Kind: deliberation.TopicKind}
	err := table.Each(t.Context(), docstore.Query{Index: "feed", Equal: []any{string(demo.HomeCommunity)}}, func(x deliberation.Topic) error {
		v, err := g.Topics.Topic(t.Context(), secretary, x.ID)
		if err != nil {
			return err
		}
		stages[v.Status]++
		if v.Asked {
			asked++
		}
		extended += len(v.Resolve.Extended)
		missed += len(v.Resolution.Breaches)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []deliberation.Status{
		deliberation.Accepted, deliberation.Refused, deliberation.Dispatched, deliberation.InHand, deliberation.Reported,
		deliberation.Resolved, deliberation.Disputed, deliberation.Closed, deliberation.Merged,
	} {
		if stages[s] == 0 {
			t.Errorf("no topic is %s: %v", s, stages)
		}
	}
	if asked == 0 || extended == 0 || missed == 0 || stages[deliberation.Closed] < 2 {
		t.Errorf("%d questions, %d extensions, %d missed dates, %d closed", asked, extended, missed, stages[deliberation.Closed])
	}
	for _, who := range []string{"chengguan", "greening"} {
		desk, err := g.Topics.DepartmentQueue(t.Context(), persona(t, g, who), deliberation.DepartmentQuery{Town: "luoxi"})
		if err != nil || desk.Take+desk.Handle < 2 {
			t.Errorf("%s has %d topics to take and %d in hand, %v", who, desk.Take, desk.Handle, err)
		}
	}
}

// everyNoticeWasReviewed looks below every notice for the person who read it first, and for one of each state on the desk.
func everyNoticeWasReviewed(t *testing.T, g demo.Ground, communities []community.Node) {
	t.Helper()
	service, town, seen, states := g.BulletinsBy(g.Clock), persona(t, g, "town"), 0, map[bulletin.Status]int{}
	for _, c := range communities {
		feed, err := g.Topics.Feed(t.Context(), identity.Actor{}, c.ID, deliberation.BoardNotice, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range feed.Items {
			r, ok, err := service.Record(t.Context(), v.ID)
			if err != nil || !ok || r.Reviewer.Account == "" || r.Reviewer.Account == r.Author.Account {
				t.Errorf("%s of %s: written by %s, read by %s, %v", v.Title, c.Name, r.Author.Name, r.Reviewer.Name, err)
			}
			seen++
		}
	}
	if seen < 2*len(communities) {
		t.Errorf("only %d notices were looked at", seen)
	}
	list, err := service.Bulletins(t.Context(), town, demo.HomeCommunity, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range list.Items {
		states[b.Status]++
	}
	for _, s := range []bulletin.Status{bulletin.Draft, bulletin.InReview, bulletin.Published, bulletin.Withdrawn} {
		if states[s] == 0 {
			t.Errorf("no notice is %s: %v", s, states)
		}
	}
}

// somebodyWasReported looks for a report and for an appeal that waits for another person than the one who decided.
func somebodyWasReported(t *testing.T, g demo.Ground) {
	t.Helper()
	service, reported, appealed := g.ModerationBy(g.Clock), 0, 0
	for _, who := range []string{"chen", "gu"} {
		queue, err := service.Queue(t.Context(), persona(t, g, who), demo.HomeCommunity, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range queue.Items {
			a, open := item.Case.OpenAppeal()
			switch {
			case !open:
				reported += len(item.Case.Reports)
			case (a.Moderator == persona(t, g, who).ID) != (item.Barred != nil):
				t.Errorf("%s decides about the own decision: %v", who, item.Barred)
			default:
				appealed++
			}
		}
	}
	if reported != 4 || appealed != 2 {
		t.Errorf("%d reports and %d appeals wait, for two to see", reported, appealed)
	}
}
