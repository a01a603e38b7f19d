package deliberation_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// keeper changes settings as identity does, over the town's own tree.
type keeper struct {
	places    community.Places
	directory *community.Directory
	now       func() time.Time
}

func (k keeper) ChangeSettings(ctx context.Context, actor identity.Actor, verb identity.Verb, node community.ID, change func(*community.Settings) error) (community.Node, error) {
	n, err := k.directory.Node(ctx, node)
	if err != nil {
		return n, err
	}
	if err := identity.Can(actor, verb, identity.At(n)); err != nil {
		return community.Node{}, err
	}
	n, err = k.places.Nodes.Update(ctx, string(node), func(n *community.Node) ([]docstore.Fact, error) {
		before := n.Settings
		if err := change(&n.Settings); err != nil {
			return nil, err
		}
		return community.SettingsChanged(before, *n, actor.Ref(), k.now()), nil
	})
	return n, errors.Join(err, k.directory.Refresh(ctx))
}

// asIs returns the boards of c1 as a form would send them back.
func (w *town) asIs() deliberation.ChangeBoards {
	w.t.Helper()
	n, err := w.directory.Node(w.t.Context(), "c1")
	must(w.t, err)
	cmd := deliberation.ChangeBoards{Community: "c1", Version: n.Settings.BoardsVersion, Rural: n.Settings.Rural}
	for _, b := range deliberation.PlannedBoards(n.Settings) {
		cmd.Boards = append(cmd.Boards, deliberation.BoardChange{
			Key: b.Key, On: b.On, Name: b.Name, Posters: b.Posters, Owner: b.Owner, Partner: b.Partner,
			Clock: b.Clock, Patrolled: b.Patrolled, Moderation: b.Moderation,
		})
	}
	return cmd
}

func (w *town) change(key deliberation.BoardKey, how func(*deliberation.BoardChange)) {
	w.t.Helper()
	cmd := w.asIs()
	for i := range cmd.Boards {
		if cmd.Boards[i].Key == key {
			how(&cmd.Boards[i])
		}
	}
	_, err := w.ChangeBoards(w.t.Context(), w.secretary, cmd)
	must(w.t, err)
}

func TestBoardsChangedMeanwhileAreNotOverwritten(t *testing.T) {
	t.Parallel()
	w := setup(t)
	seen := w.asIs()
	same, err := w.ChangeBoards(t.Context(), w.secretary, seen)
	if err != nil || same.Settings.BoardsVersion != 0 {
		t.Fatalf("saved as it is: version %d, %v", same.Settings.BoardsVersion, err)
	}
	w.change(deliberation.BoardNeighbours, func(c *deliberation.BoardChange) { c.Name = "街坊邻里" })
	seen.Boards[1].On = false
	if _, err := w.ChangeBoards(t.Context(), w.secretary, seen); !errors.Is(err, deliberation.ErrBoardsChanged) {
		t.Errorf("from an older page: %v", err)
	}
	for _, a := range []identity.Actor{w.staff, w.resident, w.property, w.observer, w.public} {
		if _, err := w.ChangeBoards(t.Context(), a, w.asIs()); fault.KindOf(err) != fault.Denied && fault.KindOf(err) != fault.Unauthenticated {
			t.Errorf("%s: %v", a.Name, err)
		}
	}
	bad := w.asIs()
	bad.Boards[0].Posters = nil
	if _, err := w.ChangeBoards(t.Context(), w.townStaff, bad); fault.CodeOf(err) != "board.nobody_posts" {
		t.Errorf("a board nobody may post on: %v", err)
	}
	if _, err := w.ChangeBoards(t.Context(), w.staff, bad); fault.KindOf(err) != fault.Denied {
		t.Errorf("staff are told what is wrong with it: %v", err)
	}
}

func TestOldPromisesStayWhenABoardIsChanged(t *testing.T) {
	t.Parallel()
	w := setup(t)
	old := w.postAs(w.resident, deliberation.BoardProperty, "电梯异响")
	w.change(deliberation.BoardProperty, func(c *deliberation.BoardChange) {
		c.Owner, c.Partner, c.Clock, c.Patrolled = identity.RoleStaff, "", false, false
	})
	later := w.postAs(w.resident, deliberation.BoardProperty, "门禁坏了")
	if later.Clock != nil || later.Owner != identity.RoleStaff {
		t.Errorf("a new topic is still promised an answer: %+v by %s", later.Clock, later.Owner)
	}
	v := w.read(old.ID)
	if v.Clock == nil || !v.Clock.DueAt.Equal(old.Clock.DueAt) || v.Owner != identity.RolePartner {
		t.Errorf("the old one lost its promise: %+v", v.Clock)
	}
	q, err := w.DeskQueue(t.Context(), w.property, deliberation.DeskQuery{Node: "c1", Board: deliberation.BoardProperty})
	if err != nil || len(q.Items) != 1 || q.Items[0].ID != old.ID {
		t.Errorf("the partner has %d to answer, %v", len(q.Items), err)
	}
	n, err := w.directory.Node(t.Context(), "c1")
	if err != nil || n.Settings.PolicyVersion != 1 {
		t.Errorf("policy %d, %v", n.Settings.PolicyVersion, err)
	}
}

func TestWhoPostsOnABoard(t *testing.T) {
	t.Parallel()
	w := setup(t)
	branch := identity.Actor{ID: "yu", Name: "余支书", Grants: []identity.Grant{{Role: identity.RoleBranch, Node: "c1", Title: "支部书记"}}}
	notice := func(a identity.Actor, b deliberation.BoardKey) error {
		_, err := w.PublishNotice(t.Context(), a, deliberation.PublishNotice{
			ID: deliberation.TopicID(w.token()), Community: "c1", Board: b, Title: "周六活动", Body: "上午九点集合。",
		})
		return err
	}
	for _, c := range []struct {
		who   string
		err   error
		wants fault.Kind
	}{
		{"the branch on its own board", notice(branch, deliberation.BoardParty), 0},
		{"the branch on the notice board", notice(branch, deliberation.BoardNotice), fault.Denied},
		{"a partner on the branch's board", notice(w.property, deliberation.BoardParty), fault.Denied},
		{"a partner on its own board, where only residents post", notice(w.property, deliberation.BoardProperty), fault.Denied},
	} {
		if (c.err == nil) != (c.wants == 0) || c.err != nil && fault.KindOf(c.err) != c.wants {
			t.Errorf("%s: %v", c.who, c.err)
		}
	}
	for name, a := range map[string]identity.Actor{"staff": w.staff, "the secretary": w.secretary, "the town": w.townStaff} {
		if err := notice(a, deliberation.BoardNotice); fault.CodeOf(err) != "topic.kind_not_here" {
			t.Errorf("%s on the notice board, where a second person reads it first: %v", name, err)
		}
	}
	w.change(deliberation.BoardProperty, func(c *deliberation.BoardChange) {
		c.Posters = append(c.Posters, deliberation.PosterOwner)
		c.Moderation = deliberation.ModerateFirst
	})
	must(t, notice(w.property, deliberation.BoardProperty))
	if err := notice(w.resident, deliberation.BoardProperty); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("a resident gives notice: %v", err)
	}
	first := w.postAs(w.resident, deliberation.BoardProperty, "电梯异响")
	if first.Status != deliberation.Held || first.Reason != deliberation.ReasonFirst || first.Clock == nil {
		t.Errorf("shown before somebody looked: %s %q", first.Status, first.Reason)
	}
	w.change(deliberation.BoardNearby, func(c *deliberation.BoardChange) { c.On = false })
	_, err := w.PostTopic(t.Context(), w.resident, deliberation.PostTopic{
		ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardNearby, Body: "灯不亮", Via: deliberation.ViaH5,
	})
	if !errors.Is(err, deliberation.ErrNoBoard) {
		t.Errorf("on a board that is off: %v", err)
	}
}

func TestAGuideIsPublishedWithItsSource(t *testing.T) {
	t.Parallel()
	w := setup(t)
	guide := deliberation.PublishNotice{ID: deliberation.TopicID(w.token()), Community: "c1", Board: deliberation.BoardGuide, Title: "老年综合津贴怎么办", Body: "带身份证到街道事务受理中心。"}
	if _, err := w.PublishNotice(t.Context(), w.staff, guide); len(fault.All(err)) != 2 {
		t.Errorf("without source and day: %v", err)
	}
	guide.Guide = deliberation.Guide{Source: "区民政局", CheckedOn: "2026-03-02"}
	topic, err := w.PublishNotice(t.Context(), w.staff, guide)
	if err != nil || topic.Source != "区民政局" || topic.CheckedOn != "2026-03-02" {
		t.Errorf("%+v, %v", topic, err)
	}
}

func TestATopicBearsTheNameItsCommunityGaveTheBoard(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic := w.post("路灯坏了")
	named := func() [3]string {
		t.Helper()
		one, err := w.Topic(t.Context(), w.resident, topic.ID)
		must(t, err)
		thread, err := w.Thread(t.Context(), w.resident, topic.ID, "")
		must(t, err)
		page, err := w.Feed(t.Context(), w.resident, "c1", topic.Board, "")
		must(t, err)
		return [3]string{one.BoardName, thread.Topic.BoardName, page.Items[0].BoardName}
	}
	if got := named(); got != [3]string{} {
		t.Errorf("under the catalogue's name: %q", got)
	}
	w.change(topic.Board, func(b *deliberation.BoardChange) { b.Name = "家门口" })
	if got := named(); got != [3]string{"家门口", "家门口", "家门口"} {
		t.Errorf("renamed: %q", got)
	}
}
