package demo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/bulletin"
	"jushou/deliberation/catalogue"
	"jushou/deliberation/covenant"
	"jushou/deliberation/digest"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/hall"
	"jushou/deliberation/meeting"
	"jushou/deliberation/moderation"
	"jushou/deliberation/neighbourhood"
	"jushou/deliberation/poll"
	"jushou/deliberation/poll/owners"
	"jushou/deliberation/whistle"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/identity/seal"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/call"
	"jushou/projects/ledger"
)

// Ground is what a district is made on. The services must work by Clock, which Seed sets to the past and
// leaves at the present.
type Ground struct {
	Store     docstore.Store
	Clock     *clock.Virtual
	Box       *seal.Box
	Directory *community.Directory
	People    *identity.Service
	Topics    *deliberation.Service
	Catalogue *catalogue.Service
	Whistles  *whistle.Service
	Meetings  *meeting.Service
	// NeighboursBy returns the use cases of 左邻右舍 by a clock.
	NeighboursBy func(clock.Clock) *neighbourhood.Service
	// AssistedBy returns those of entries for somebody offline by a clock.
	AssistedBy func(clock.Clock) *assisted.Service
	// HallsBy returns those of deliberations and covenants by a clock; nil tells nothing of them.
	HallsBy func(clock.Clock) (*hall.Service, *covenant.Service)
	// PollsBy returns those of polls by a clock; nil tells nothing of them.
	PollsBy func(clock.Clock) (*owners.Service, *poll.Service)
	Affairs *disclosure.Service
	// Ledger are funds and vouchers, and Paper keeps the picture of their papers; nil tells nothing of them.
	Ledger *ledger.Service
	Paper  func(ctx context.Context, id string, picture []byte) error
	// ProjectsBy returns those of small projects by a clock; nil tells nothing of them.
	ProjectsBy func(clock.Clock) *projects.Service
	// ActivitiesBy returns those of hosts and activities by a clock; nil tells nothing of them.
	ActivitiesBy func(clock.Clock) *activity.Service
	// CallsBy returns those of calls for proposals by a clock; nil tells nothing of them.
	CallsBy func(clock.Clock) *call.Service
	// ModerationBy returns those of reports and appeals by a clock.
	ModerationBy func(clock.Clock) *moderation.Service
	// BulletinsBy returns those of notices by a clock. What they publish is told to nobody: the demo's people would get at
	// once what was news weeks ago.
	BulletinsBy func(clock.Clock) *bulletin.Service
	// Digests are what communities pass up; nil tells nothing of them.
	Digests *digest.Service
	// TopicsBy returns the same use cases by another clock.
	TopicsBy func(clock.Clock) *deliberation.Service
	// Progress, if set, is told how far the work is.
	Progress func(done, total int, what string)
}

// hands is how many documents are written at a time, so that the store commits them together.
const hands = 64

// markKind holds one document that says that the district is complete.
const markKind docstore.Kind = "demo"

// mark says when the district's history ends, and whether it was told to the end. A start that was killed
// halfway is finished by the next, with the same times and so the same ids.
type mark struct {
	At   time.Time `json:"at"`
	Done bool      `json:"done"`
}

func marks(s docstore.Store) docstore.Table[mark] {
	return docstore.Table[mark]{Store: s, Kind: markKind}
}

// Collections declares what the package stores beyond what the use cases do.
func Collections() docstore.Schema { return docstore.Schema{{Kind: markKind}} }

// Made reports whether the store holds a complete demo district.
func Made(ctx context.Context, store docstore.Store) (bool, error) {
	m, _, err := marks(store).Get(ctx, districtID)
	if errors.Is(err, docstore.ErrNotFound) {
		return false, nil
	}
	return m.Done, err
}

// begin returns the instant at which the district's history ends: now, or what an earlier start wrote.
func begin(ctx context.Context, store docstore.Store, now time.Time) (time.Time, error) {
	m, _, err := marks(store).Get(ctx, districtID)
	if errors.Is(err, docstore.ErrNotFound) {
		return now, put(ctx, marks(store), districtID, mark{At: now})
	}
	return m.At, err
}

// Seed makes the district. Running it again over a half-made one finishes it: every id is derived
// from the place in the story.
func Seed(ctx context.Context, g Ground) error {
	present := g.Clock.Now()
	now, err := begin(ctx, g.Store, present.UTC().Truncate(time.Millisecond))
	if err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	d := &district{Ground: g, now: now, chance: rand.New(rand.NewPCG(2022, 92)), places: community.NewPlaces(g.Store)}
	steps := []struct {
		what string
		do   func(context.Context) error
	}{
		{"区、街镇、居民区", d.tenants},
		{"小区、楼栋、网格", d.buildings},
		{"住户名册", d.households},
		{"居民和工作人员", d.people},
		{"任务清单", d.catalogue},
		{"议题、回应和巡查", d.history},
		{"公告", d.bulletins},
		{"举报和申诉", d.moderation},
		{"吹哨", d.whistles},
		{"会议", d.meetings},
		{"受理、派遣和办结", d.topicLives},
		{"承诺时限", d.terms},
		{"议事、议事日和公约", d.halls},
		{"表决", d.polls},
		{"微项目", d.carry},
		{"预算排序", d.budgetRounds},
		{"达人与活动", d.gather},
		{"邻里互助", d.neighbourly},
		{"代录", d.assisted},
		{"常用回复", d.phrases},
		{"公开栏", d.affairs},
		{"资金", d.ledgers},
		{"办完的微项目", d.accomplish},
		{"征集公告", d.call},
		{"意见上行", d.digests},
	}
	for i, step := range steps {
		if g.Progress != nil {
			g.Progress(i, len(steps), step.what)
		}
		if err := step.do(ctx); err != nil {
			return fmt.Errorf("demo: %s: %w", step.what, err)
		}
	}
	g.Clock.Set(present)
	if err := put(ctx, marks(g.Store), districtID, mark{At: now, Done: true}); err != nil {
		return fmt.Errorf("demo: %w", err)
	}
	if g.Progress != nil {
		g.Progress(len(steps), len(steps), "完成")
	}
	return nil
}

// district is the work in progress.
type district struct {
	Ground
	now    time.Time
	chance *rand.Rand
	places community.Places

	built map[community.ID][]community.Building
	homes map[community.ID][]home
	staff map[community.ID]team
	// neighbours are the verified residents of a community.
	neighbours map[community.ID][]identity.Actor
}

// start is when the demo's history begins.
func (d *district) start() time.Time { return d.now.Add(-12 * 24 * time.Hour) }

// together runs one task per item, hands at a time.
func together[T any](ctx context.Context, items []T, do func(context.Context, T) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(hands)
	for _, item := range items {
		group.Go(func() error { return do(ctx, item) })
	}
	return group.Wait()
}

// put writes a document whatever is there.
func put[T any](ctx context.Context, t docstore.Table[T], id string, value T) error {
	_, err := t.Put(ctx, id, docstore.Any, value)
	return err
}
