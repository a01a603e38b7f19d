package deliberation

import (
	"errors"
	"slices"
	"testing"

	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

func TestTheCatalogueIsWhole(t *testing.T) {
	t.Parallel()
	if len(Boards()) != 15 {
		t.Fatalf("%d boards", len(Boards()))
	}
	for i, b := range Boards() {
		if b.Key == "" || b.Name == "" || len(b.Kinds) == 0 || b.Owner == "" || b.Moderation == "" || b.Post == "" {
			t.Errorf("board %d is incomplete: %+v", i, b)
		}
		if b.Patrolled && !b.Clock {
			t.Errorf("%s is patrolled without a promise", b.Key)
		}
		if b.Official() == b.Asks() {
			t.Errorf("%s mixes notices with residents' posts: the public would read them", b.Key)
		}
		if b.Asks() && b.Moderation == ModerateNone {
			t.Errorf("%s shows residents' posts unseen", b.Key)
		}
		if (b.Owner == identity.RolePartner) != slices.Contains(Partners(), b.Partner) {
			t.Errorf("%s does not say which partner: %q", b.Key, b.Partner)
		}
		if got, err := BoardOf(b.Key); err != nil || got.Name != b.Name {
			t.Errorf("BoardOf(%s): %v", b.Key, err)
		}
	}
	if b, err := BoardOf(BoardParty); err != nil || b.Post != identity.PostBranch {
		t.Errorf("a branch posts on its own board by %s, %v", b.Post, err)
	}
	if _, err := BoardOf("nonsense"); !errors.Is(err, ErrNoBoard) {
		t.Errorf("no such board: %v", err)
	}
}

func keysIn(s community.Settings) (keys []BoardKey) {
	for _, b := range BoardsIn(s) {
		keys = append(keys, b.Key)
	}
	return keys
}

func TestTheKindOfCommunityChoosesTheBoards(t *testing.T) {
	t.Parallel()
	urban := []BoardKey{BoardNotice, BoardNearby, BoardHall, BoardNeighbours, BoardProperty, BoardPolice, BoardDoctor, BoardParty, BoardGuide}
	if got := keysIn(community.Settings{}); !slices.Equal(got, urban) {
		t.Errorf("a neighbourhood: %v", got)
	}
	rural := keysIn(community.Settings{Rural: true})
	if !slices.Contains(rural, BoardAffairs) || !slices.Contains(rural, BoardMemory) || slices.Contains(rural, BoardProperty) {
		t.Errorf("a village: %v", rural)
	}
	if got := keysIn(community.Settings{Boards: []string{"hall", "nearby", "nonsense"}}); !slices.Equal(got, []BoardKey{BoardNotice, BoardNearby, BoardHall}) {
		t.Errorf("two chosen: %v", got)
	}
}

func TestACommunityPlansItsBoards(t *testing.T) {
	t.Parallel()
	on := true
	s := community.Settings{BoardPlan: []community.BoardSetting{
		{Key: "hall", On: true, Name: "众人的事"}, {Key: "notice"}, {Key: "nearby"}, {Key: "gone", On: true},
		{Key: "property", On: true, Posters: []string{"residents", "owner"}, Moderation: "first"},
		{Key: "party", On: true, Owner: "partner", Partner: "owners", Posters: []string{"owner"}, Clock: &on},
	}}
	got := keysIn(s)
	if !slices.Equal(got[:4], []BoardKey{BoardHall, BoardNotice, BoardProperty, BoardParty}) || slices.Contains(got, BoardNearby) || !slices.Contains(got, BoardDoctor) {
		t.Errorf("its order: %v", got)
	}
	boards := map[BoardKey]Board{}
	for _, b := range PlannedBoards(s) {
		boards[b.Key] = b
	}
	if len(boards) != len(Boards()) {
		t.Errorf("%d boards are left", len(boards))
	}
	if b := boards[BoardHall]; b.Name != "众人的事" || !b.Renamed {
		t.Errorf("renamed: %+v", b)
	}
	p := boards[BoardProperty]
	if !slices.Equal(p.Kinds, []Kind{KindProblem, KindSuggestion, KindNotice}) || p.Post != identity.PostTopic || p.Moderation != ModerateFirst {
		t.Errorf("residents ask and the partner tells: %+v", p)
	}
	for kind, want := range map[Kind]identity.Verb{"": identity.PostTopic, KindProblem: identity.PostTopic, KindNotice: identity.PostPartner} {
		if got := p.VerbFor(kind); got != want {
			t.Errorf("%q needs %s, want %s", kind, got, want)
		}
	}
	if b := boards[BoardParty]; b.Post != identity.PostPartner || !b.Clock || !b.Official() {
		t.Errorf("given to a partner: %+v", b)
	}
}

func TestWhatABoardMayBe(t *testing.T) {
	t.Parallel()
	good := BoardChange{
		Key: BoardProperty, On: true, Posters: []Poster{PosterResidents, PosterOwner}, Owner: identity.RolePartner,
		Partner: "property", Clock: true, Patrolled: true, Moderation: ModerateWords,
	}
	if err := good.check(); err != nil {
		t.Fatal(err)
	}
	for code, spoil := range map[string]func(*BoardChange){
		"board.not_known":          func(c *BoardChange) { c.Key = "gossip" },
		"board.name_too_long":      func(c *BoardChange) { c.Name = "一二三四五六七八九" },
		"board.nobody_posts":       func(c *BoardChange) { c.Posters = nil },
		"board.bad_owner":          func(c *BoardChange) { c.Partner = "" },
		"board.patrol_needs_clock": func(c *BoardChange) { c.Clock = false },
		"board.unseen":             func(c *BoardChange) { c.Moderation = ModerateNone },
		"board.notice_is_fixed":    func(c *BoardChange) { c.Key = BoardGuide },
	} {
		c := good
		spoil(&c)
		if err := c.check(); fault.CodeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	observer := good
	observer.Owner, observer.Partner = identity.RoleObserver, ""
	stranger := good
	stranger.Posters = []Poster{"everybody"}
	if fault.CodeOf(observer.check()) != "board.bad_owner" || fault.CodeOf(stranger.check()) != "board.nobody_posts" {
		t.Errorf("%v, %v", observer.check(), stranger.check())
	}
	twice := ChangeBoards{Boards: []BoardChange{good, good}, EditMinutes: MaxEditMinutes + 1}
	if _, err := twice.plan(); len(fault.All(err)) != 2 {
		t.Errorf("all faults at once: %v", err)
	}
}

func TestAGuideNamesItsSourceAndDay(t *testing.T) {
	t.Parallel()
	const today = "2026-03-02"
	g, err := NewGuide(Guide{Source: " 区民政局\n办事指南 ", CheckedOn: today}, BoardGuide, today)
	if err != nil || g.Source != "区民政局 办事指南" {
		t.Errorf("%+v, %v", g, err)
	}
	for code, bad := range map[string]Guide{
		"guide.source_needed": {CheckedOn: today}, "guide.bad_date": {Source: "区民政局", CheckedOn: "3月2日"},
		"guide.date_ahead": {Source: "区民政局", CheckedOn: "2026-03-03"},
	} {
		if _, err := NewGuide(bad, BoardGuide, today); fault.CodeOf(err) != code {
			t.Errorf("%v, want %s", err, code)
		}
	}
	if g, err := NewGuide(Guide{Source: "x"}, BoardNotice, today); err != nil || g != (Guide{}) {
		t.Errorf("on another board: %+v, %v", g, err)
	}
}
