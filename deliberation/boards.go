package deliberation

import (
	"slices"

	"jushou/internal/fault"
	"jushou/internal/identity"
)

// BoardKey names a board. Grants of partners carry it, addresses contain it.
type BoardKey string

// The boards the product ships with. Their Chinese names are in the web catalogue under board.<key>.
const (
	BoardNotice     BoardKey = "notice"     // 社区公告
	BoardNearby     BoardKey = "nearby"     // 身边事
	BoardHall       BoardKey = "hall"       // 议事厅
	BoardNeighbours BoardKey = "neighbours" // 左邻右舍
	BoardProperty   BoardKey = "property"   // 物业之窗
	BoardPolice     BoardKey = "police"     // 警民直通车
	BoardDoctor     BoardKey = "doctor"     // 家庭医生
	BoardParty      BoardKey = "party"      // 党建园地
)

// Moderation says what happens to a post before others see it.
type Moderation string

// Moderation policies.
const (
	// ModerateWords publishes at once unless the word list has a hit, which holds the post for staff.
	ModerateWords Moderation = "words"
	// ModerateNone publishes at once; only staff may post.
	ModerateNone Moderation = "none"
)

// Board is one row of the catalogue.
type Board struct {
	Key  BoardKey
	Name string // zh-CN default; web may word it otherwise
	// Kinds are what may be posted, the default first.
	Kinds []Kind
	// Post is the permission a poster needs.
	Post identity.Verb
	// Owner is the role that answers first; committee staff may always answer.
	Owner identity.Role
	// Clock promises an answer by the next Round.
	Clock bool
	// Patrolled lets Rounds list unanswered topics and hand them on. A family doctor's board has a
	// promised time, but a doctor's silence is not the committee's to escalate.
	Patrolled  bool
	Moderation Moderation
}

var (
	// ErrNoBoard means that the community has no such board, or has switched it off.
	ErrNoBoard = fault.New(fault.NotFound, "board.not_found")
	errKind    = fault.New(fault.Invalid, "topic.kind_not_here").On("kind")
)

// Boards returns the catalogue in the order a community's page shows it.
func Boards() []Board {
	asking := []Kind{KindProblem, KindSuggestion}
	return []Board{
		{BoardNotice, "社区公告", []Kind{KindNotice}, identity.PostNotice, identity.RoleStaff, false, false, ModerateNone},
		{BoardNearby, "身边事", asking, identity.PostTopic, identity.RoleStaff, true, true, ModerateWords},
		{BoardHall, "议事厅", []Kind{KindSuggestion, KindProblem}, identity.PostTopic, identity.RoleSecretary, true, true, ModerateWords},
		{BoardNeighbours, "左邻右舍", []Kind{KindMutualAid}, identity.PostTopic, identity.RoleStaff, false, false, ModerateWords},
		{BoardProperty, "物业之窗", asking, identity.PostTopic, identity.RolePartner, true, true, ModerateWords},
		{BoardPolice, "警民直通车", asking, identity.PostTopic, identity.RolePartner, true, true, ModerateWords},
		{BoardDoctor, "家庭医生", asking, identity.PostTopic, identity.RolePartner, true, false, ModerateWords},
		{BoardParty, "党建园地", []Kind{KindNotice}, identity.PostNotice, identity.RoleBranch, false, false, ModerateNone},
	}
}

// BoardOf returns the catalogue's board, or ErrNoBoard.
func BoardOf(key BoardKey) (Board, error) {
	for _, b := range Boards() {
		if b.Key == key {
			return b, nil
		}
	}
	return Board{}, ErrNoBoard.With("board", key)
}

// Enabled returns the boards of a community that has chosen these keys, in catalogue order. No choice
// means all of them. The notice board cannot be switched off: it is what an unverified follower reads.
func Enabled(chosen []string) []Board {
	all := Boards()
	if len(chosen) == 0 {
		return all
	}
	return slices.DeleteFunc(all, func(b Board) bool {
		return b.Key != BoardNotice && !slices.Contains(chosen, string(b.Key))
	})
}

// kind returns the kind to post as: the wanted one if the board takes it, the board's default if none is wanted.
func (b Board) kind(want Kind) (Kind, error) {
	switch {
	case want == "":
		return b.Kinds[0], nil
	case slices.Contains(b.Kinds, want):
		return want, nil
	}
	return "", errKind.With("kind", want).With("board", b.Key)
}
