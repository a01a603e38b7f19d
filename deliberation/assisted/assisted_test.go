package assisted_test

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

const number = "13900001111"

// topics stands in for the topics, and remembers whose they became.
type topics struct {
	clock   clock.Clock
	claimed map[deliberation.TopicID]identity.AccountID
}

func (s *topics) PostTopic(_ context.Context, a identity.Actor, cmd deliberation.PostTopic) (deliberation.Topic, error) {
	if cmd.Via != deliberation.ViaAssisted {
		return deliberation.Topic{}, errors.New("not assisted")
	}
	return deliberation.Topic{
		ID: cmd.ID, Community: cmd.Community, Path: []community.ID{cmd.Community}, Title: cmd.Body, Author: cmd.For, EnteredBy: a.ID, CreatedAt: s.clock.Now().UTC(),
	}, nil
}

func (s *topics) ClaimTopic(_ context.Context, id deliberation.TopicID, who identity.AccountID) error {
	s.claimed[id] = who
	return nil
}

// people stands in for the accounts: the key of residents is community/phone.
type people struct {
	residents map[string]identity.AccountID
}

func (s *people) ResidentByPhone(_ context.Context, _ identity.Actor, c community.ID, phone string) (identity.AccountID, error) {
	return s.residents[string(c)+"/"+phone], nil
}

func (s *people) PhoneMark(phone string) (string, error) {
	phone, err := identity.ParsePhone(phone)
	return "#" + phone, err
}

func (s *people) MarksOf(_ context.Context, id identity.AccountID) ([]string, error) {
	if id != "wang" {
		return nil, nil
	}
	return []string{"#older", "#" + number}, nil
}

type house struct {
	*assisted.Service
	t      *testing.T
	clock  *clock.Virtual
	store  docstore.Store
	topics *topics
	people *people
	seen   string
}

func open(t *testing.T) *house {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "entries.db"), assisted.Collections(), sqlite.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, store.Close()) })
	h := &house{t: t, clock: clock.Standing(time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC)), store: store, people: &people{residents: map[string]identity.AccountID{}}}
	h.topics = &topics{h.clock, map[deliberation.TopicID]identity.AccountID{}}
	h.Service = assisted.New(store, h.clock, h.topics, h.people, time.FixedZone("CST", 8*60*60))
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func staff(id identity.AccountID, at community.ID) identity.Actor {
	return identity.Actor{ID: id, Name: string(id), Grants: []identity.Grant{{Role: identity.RoleStaff, Node: at}}}
}

func resident(id identity.AccountID) identity.Actor {
	return identity.Actor{ID: id, Memberships: []identity.Membership{{Community: "c1", Status: identity.MemberVerified}}}
}

var (
	chen, gu, elsewhere = staff("chen", "c1"), staff("gu", "c1"), staff("sun", "c2")
	wang, neighbour     = resident("wang"), resident("zhou")
	node                = community.Node{ID: "c1", Level: community.LevelCommunity, Path: []community.ID{"c1"}}
)

func (h *house) command(phone string) assisted.Enter {
	return assisted.Enter{Source: assisted.Visit, Phone: phone, Post: deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(h.clock.Now())), Community: "c1", Body: "扶手松了", For: deliberation.Author{Name: "王**"},
	}}
}

func (h *house) enter(phone string) deliberation.TopicID {
	h.t.Helper()
	topic, err := h.Enter(h.t.Context(), chen, h.command(phone))
	must(h.t, err)
	return topic.ID
}

func (h *house) known() { h.people.residents["c1/"+number] = wang.ID }

// events returns the types of what was written, in order.
func (h *house) events() []docstore.Event {
	h.t.Helper()
	page, err := h.store.Events(h.t.Context(), 0, docstore.MaxLimit)
	must(h.t, err)
	return page
}

func (h *house) count(kind string) int {
	n := 0
	for _, e := range h.events() {
		if e.Type == kind {
			n++
		}
	}
	return n
}

func (h *house) follow() {
	h.t.Helper()
	for _, e := range h.events() {
		must(h.t, h.Follow(h.t.Context(), e))
	}
}

func (h *house) status(id deliberation.TopicID) assisted.Status {
	h.t.Helper()
	e, err := h.DeskEntry(h.t.Context(), chen, id)
	must(h.t, err)
	return e.Status
}

func (h *house) tend(by identity.Actor, id deliberation.TopicID, do assisted.Step, note string) error {
	_, err := h.Tend(h.t.Context(), by, assisted.Tend{Entry: id, Do: do, Note: note, Paper: deliberation.PhotoID(note)})
	return err
}

func TestTheOwnerOfTheNumberIsAskedOnceAndGetsTheTopic(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.known()
	cmd := h.command(number)
	for range 2 { // a double tap
		_, err := h.Enter(t.Context(), chen, cmd)
		must(t, err)
	}
	id := cmd.Post.ID
	if h.count(assisted.EventRecorded) != 1 || h.count(assisted.EventAsked) != 1 {
		t.Fatalf("recorded and asked: %+v", h.events())
	}
	for range 2 {
		must(t, h.Confirm(t.Context(), wang, id))
		h.follow()
	}
	if h.topics.claimed[id] != wang.ID || h.count(assisted.EventConfirmed) != 1 || h.status(id) != assisted.Confirmed {
		t.Errorf("confirmed: claimed by %q, %s", h.topics.claimed[id], h.status(id))
	}
	if n, err := h.CountUnconfirmed(t.Context(), chen, node); err != nil || n != 0 {
		t.Errorf("%d wait, %v", n, err)
	}
	e, err := h.DeskEntry(t.Context(), chen, id)
	if err != nil || e.Mark != "" {
		t.Errorf("the number is still known after the yes: %+v, %v", e, err)
	}
}

func TestWhoRegistersLaterIsAskedThen(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.enter(number)
	if _, err := h.Entry(t.Context(), wang, id); !errors.Is(err, assisted.ErrNotFound) {
		t.Fatalf("without an account here: %v", err)
	}
	verified := func(in community.ID) docstore.Event {
		return event(t, identity.EventVerified, "wang", identity.AccountEvent{Account: "wang", Community: in})
	}
	must(t, h.Follow(t.Context(), verified("c2")))
	if h.count(assisted.EventAsked) != 0 {
		t.Fatal("asked for living elsewhere")
	}
	for range 2 { // at least once
		must(t, h.Follow(t.Context(), verified("c1")))
	}
	if h.count(assisted.EventAsked) != 1 {
		t.Fatalf("asked %d times", h.count(assisted.EventAsked))
	}
	e, err := h.Entry(t.Context(), wang, id)
	if err != nil || e.Mark != "" || e.Status != assisted.Awaiting {
		t.Errorf("the person reads %+v, %v", e, err)
	}
	must(t, h.Follow(t.Context(), event(t, identity.EventErased, "wang", identity.AccountEvent{Account: "wang"})))
	if _, err := h.Entry(t.Context(), wang, id); !errors.Is(err, assisted.ErrNotFound) {
		t.Errorf("after erasing the account: %v", err)
	}
}

func TestOnlyThePersonAnswers(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.known()
	id := h.enter(number)
	for _, who := range []identity.Actor{neighbour, chen, elsewhere} {
		for _, err := range []error{h.Confirm(t.Context(), who, id), h.Dispute(t.Context(), who, id, "不是")} {
			if !errors.Is(err, assisted.ErrNotFound) {
				t.Errorf("%s: %v", who.ID, err)
			}
		}
	}
	if err := h.Confirm(t.Context(), identity.Actor{}, id); !errors.Is(err, identity.ErrSignIn) {
		t.Errorf("nobody: %v", err)
	}
	if err := h.Dispute(t.Context(), wang, id, " \n"); err == nil {
		t.Error("a no without words was taken")
	}
	if h.status(id) != assisted.Awaiting {
		t.Errorf("now %s", h.status(id))
	}
}

func TestADisputeIsSettledAndAskedAgain(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.known()
	id := h.enter(number)
	if err := h.tend(chen, id, assisted.StepSettle, "早了"); !errors.Is(err, assisted.ErrState) {
		t.Errorf("settled without a dispute: %v", err)
	}
	must(t, h.Dispute(t.Context(), wang, id, "不是要取缔"))
	if err := h.Confirm(t.Context(), wang, id); !errors.Is(err, assisted.ErrState) {
		t.Errorf("yes after no: %v", err)
	}
	must(t, h.tend(gu, id, assisted.StepSettle, "改成装油烟罩"))
	must(t, h.Confirm(t.Context(), wang, id))
	if err := h.Dispute(t.Context(), wang, id, "又不是了"); !errors.Is(err, assisted.ErrState) {
		t.Errorf("no after yes: %v", err)
	}
}

func TestOfTwoAnswersAtOnceOneCounts(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.known()
	id := h.enter(number)
	answers := make([]error, 2)
	var both sync.WaitGroup
	both.Go(func() { answers[0] = h.Confirm(t.Context(), wang, id) })
	both.Go(func() { answers[1] = h.Dispute(t.Context(), wang, id, "不是") })
	both.Wait()
	if (answers[0] == nil) == (answers[1] == nil) {
		t.Errorf("yes: %v, no: %v", answers[0], answers[1])
	}
	if h.count(assisted.EventConfirmed)+h.count(assisted.EventDisputed) != 1 {
		t.Error("both were written")
	}
}

func TestASecondMemberOfStaffChecksAfterAWeek(t *testing.T) {
	t.Parallel()
	h := open(t)
	id := h.enter("")
	if err := h.tend(gu, id, assisted.StepCheck, "上门问过"); !errors.Is(err, assisted.ErrEarly) {
		t.Errorf("at once: %v", err)
	}
	h.clock.Advance(assisted.CheckAfter)
	if err := h.tend(chen, id, assisted.StepCheck, "上门问过"); !errors.Is(err, assisted.ErrSecond) {
		t.Errorf("who entered it: %v", err)
	}
	for _, who := range []identity.Actor{elsewhere, neighbour} {
		if err := h.tend(who, id, assisted.StepCheck, "上门问过"); !errors.Is(err, identity.ErrDenied) {
			t.Errorf("%s: %v", who.ID, err)
		}
	}
	if _, _, err := h.Unconfirmed(t.Context(), elsewhere, node, ""); !errors.Is(err, identity.ErrDenied) {
		t.Errorf("the list of another community: %v", err)
	}
	if err := h.tend(gu, id, assisted.StepCheck, ""); err == nil {
		t.Error("checked without a word how")
	}
	must(t, h.tend(gu, id, assisted.StepCheck, "上门问过"))
	if h.status(id) != assisted.Checked {
		t.Errorf("now %s", h.status(id))
	}
}

func TestASignedPaperIsForStaffAndYieldsToThePerson(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.known()
	id, paper := h.enter(number), ids.New(h.clock.Now())
	if err := h.tend(chen, id, assisted.StepSign, "../x"); !errors.Is(err, assisted.ErrPaper) {
		t.Errorf("not a photo: %v", err)
	}
	if err := h.tend(chen, id, "forge", "x"); err == nil {
		t.Error("an unknown step was taken")
	}
	for range 2 {
		must(t, h.tend(chen, id, assisted.StepSign, paper))
	}
	if h.count(assisted.EventSigned) != 1 || h.status(id) != assisted.Signed {
		t.Errorf("signed %d times, %s", h.count(assisted.EventSigned), h.status(id))
	}
	if e, err := h.Entry(t.Context(), wang, id); err != nil || e.Paper != "" {
		t.Errorf("the person reads %+v, %v", e, err)
	}
	must(t, h.Dispute(t.Context(), wang, id, "我没签过"))
	if h.status(id) != assisted.Disputed {
		t.Errorf("now %s", h.status(id))
	}
}

func TestAWithdrawnTopicTakesItsEntryWithIt(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.known()
	id := h.enter(number)
	for _, topic := range []string{string(id), "someone-else's"} {
		must(t, h.Follow(t.Context(), event(t, deliberation.TopicWithdrawn, topic, deliberation.Withdrew{})))
	}
	if err := h.Confirm(t.Context(), wang, id); !errors.Is(err, assisted.ErrState) {
		t.Errorf("confirmed: %v", err)
	}
	if n, err := h.CountUnconfirmed(t.Context(), chen, node); err != nil || n != 0 {
		t.Errorf("%d wait, %v", n, err)
	}
}

func TestAnEntryNeedsASourceAndAProperNumber(t *testing.T) {
	t.Parallel()
	h := open(t)
	for name, change := range map[string]func(*assisted.Enter){
		"source": func(c *assisted.Enter) { c.Source = "dream" },
		"no box": func(c *assisted.Enter) { c.Source = assisted.Box },
		"long place": func(c *assisted.Enter) {
			c.Where = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一"
		},
		"phone": func(c *assisted.Enter) { c.Phone = "1390000" },
	} {
		cmd := h.command("")
		change(&cmd)
		if _, err := h.Enter(t.Context(), chen, cmd); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if len(h.events()) != 0 {
		t.Error("something was written")
	}
}

func TestATopicKnowsWhereItsEntryStands(t *testing.T) {
	t.Parallel()
	for _, what := range assisted.Links() {
		topic := deliberation.Topic{Links: []deliberation.Link{{Kind: deliberation.LinkHall, What: "hall.opened"}, {Kind: assisted.LinkEntry, What: what}}}
		if assisted.Of(topic) == "" {
			t.Errorf("%s tells nothing", what)
		}
	}
	if got := assisted.Of(deliberation.Topic{}); got != "" {
		t.Errorf("a topic without an entry is %q", got)
	}
}

func event(t *testing.T, kind, doc string, data any) docstore.Event {
	t.Helper()
	body, err := json.Marshal(data)
	must(t, err)
	return docstore.Event{Type: kind, Doc: docstore.Key{ID: doc}, Data: body}
}
