package deliberation

import (
	"slices"

	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// BoardKey names a board. Grants of partners carry it, addresses contain it.
type BoardKey string

// The boards the product ships with: the union of those that the sources about 社区通 name. Their Chinese names are in
// the web catalogue under board.<key>.
const (
	BoardNotice     BoardKey = "notice"     // 社区公告
	BoardNearby     BoardKey = "nearby"     // 身边事
	BoardHall       BoardKey = "hall"       // 议事厅
	BoardNeighbours BoardKey = "neighbours" // 左邻右舍
	BoardSwap       BoardKey = "swap"       // 互助闲置
	BoardProperty   BoardKey = "property"   // 物业之窗
	BoardOwners     BoardKey = "owners"     // 业委会之窗
	BoardPolice     BoardKey = "police"     // 警民直通车
	BoardDoctor     BoardKey = "doctor"     // 家庭医生
	BoardParty      BoardKey = "party"      // 党建园地
	BoardAffairs    BoardKey = "affairs"    // 村务公开
	BoardMemory     BoardKey = "memory"     // 乡愁乡音
	BoardGuide      BoardKey = "guide"      // 办事指南
	BoardServices   BoardKey = "services"   // 社区服务
	BoardNews       BoardKey = "news"       // 区里新闻, what i 宝山 was
)

// Moderation says what happens to a post before others see it.
type Moderation string

// Moderation policies.
const (
	// ModerateWords publishes at once unless the reviewer has a finding, which holds the post for staff.
	ModerateWords Moderation = "words"
	// ModerateFirst holds every resident's post until staff have looked at it.
	ModerateFirst Moderation = "first"
	// ModerateNone publishes at once; residents may not post.
	ModerateNone Moderation = "none"
)

// Moderations lists the policies.
func Moderations() []Moderation { return []Moderation{ModerateWords, ModerateFirst, ModerateNone} }

// Poster is a group of people who may post on a board.
type Poster string

// Posters. Residents post what the board's Kinds say; staff and owner post notices.
const (
	PosterResidents Poster = "residents"
	PosterStaff     Poster = "staff"
	PosterOwner     Poster = "owner" // the partner or branch that owns the board
)

// Posters lists the groups.
func Posters() []Poster { return []Poster{PosterResidents, PosterStaff, PosterOwner} }

// Board is one row of the catalogue, or what a community has made of it.
type Board struct {
	Key  BoardKey
	Name string // zh-CN
	// Renamed is set when the community has given the board another Name than the catalogue's.
	Renamed bool
	// Kinds are what may be posted, the default first.
	Kinds []Kind
	// Post is the permission that a poster of the default kind needs.
	Post    identity.Verb
	Posters []Poster
	// Owner is the role that answers first; committee staff may always answer. Partner says which one a
	// partner is: property, police, doctor, owners. Several persons may hold the grant.
	Owner   identity.Role
	Partner string
	// Clock promises an answer by the next Round.
	Clock bool
	// Patrolled lets Rounds list unanswered topics and hand them on. A family doctor's board has a
	// promised time, but a doctor's silence is not the committee's to escalate.
	Patrolled  bool
	Moderation Moderation
	// On is set when the community shows the board.
	On bool
}

var (
	// ErrNoBoard means that the community has no such board, or has switched it off.
	ErrNoBoard = fault.New(fault.NotFound, "board.not_found")
	// ErrOwnRoom means that what is meant for the board is not a topic: it has a form, an end and answers of its own
	// (package neighbourhood).
	ErrOwnRoom = fault.New(fault.Invalid, "topic.own_room").On("board")
	errKind    = fault.New(fault.Invalid, "topic.kind_not_here").On("kind")
)

// Official reports whether the board holds notices only, which anybody may read.
func (b Board) Official() bool { return len(b.Kinds) == 1 && b.Kinds[0] == KindNotice }

// OwnRoom reports whether what residents say on the board is no topic but an offer or a wish of 左邻右舍.
func (b Board) OwnRoom() bool { return b.Key == BoardNeighbours }

// Asks reports whether residents may post on the board.
func (b Board) Asks() bool { return slices.Contains(b.Posters, PosterResidents) }

// TakesTopics reports whether what residents say on the board is a topic.
func (b Board) TakesTopics() bool { return b.Asks() && !b.OwnRoom() }

// Reviewed reports whether a notice on the board is the office's word to everybody, which a second person reads before it
// goes out (package bulletin). The branch and a partner speak for themselves on their own boards, and an article of the
// guide names its source instead.
func (b Board) Reviewed() bool {
	return slices.Contains(b.Kinds, KindNotice) && b.Key != BoardGuide && b.VerbFor(KindNotice) == identity.PostNotice
}

// VerbFor returns the permission that posting a kind needs; "" and what the board does not take ask for its first.
func (b Board) VerbFor(k Kind) identity.Verb {
	if !slices.Contains(b.Kinds, k) {
		k = b.Kinds[0]
	}
	switch {
	case k != KindNotice:
		return identity.PostTopic
	case !slices.Contains(b.Posters, PosterOwner):
		return identity.PostNotice
	case b.Owner == identity.RoleBranch:
		return identity.PostBranch
	case b.Owner == identity.RolePartner:
		return identity.PostPartner
	}
	return identity.PostNotice
}

// ask is a row for what residents post, tell one for what residents only read.
func ask(key BoardKey, name string, owner identity.Role, partner string, clock, patrolled bool, kinds ...Kind) Board {
	b := Board{
		Key: key, Name: name, Kinds: kinds, Posters: []Poster{PosterResidents}, Owner: owner, Partner: partner,
		Clock: clock, Patrolled: patrolled, Moderation: ModerateWords,
	}
	return b.settled()
}

func tell(key BoardKey, name string, owner identity.Role, posters ...Poster) Board {
	b := Board{Key: key, Name: name, Kinds: []Kind{KindNotice}, Posters: posters, Owner: owner, Moderation: ModerateNone}
	return b.settled()
}

// settled fills in what follows from the rest.
func (b Board) settled() Board {
	notices := slices.Contains(b.Posters, PosterStaff) || slices.Contains(b.Posters, PosterOwner)
	kinds := slices.DeleteFunc(slices.Clone(b.Kinds), func(k Kind) bool { return k == KindNotice })
	switch {
	case !b.Asks():
		kinds = []Kind{KindNotice}
	case len(kinds) == 0:
		kinds = []Kind{KindTalk}
	}
	if b.Asks() && notices {
		kinds = append(kinds, KindNotice)
	}
	b.Kinds = kinds
	b.Post = b.VerbFor(b.Kinds[0])
	return b
}

// Boards returns the catalogue in the order a community's page shows it.
func Boards() []Board {
	const (
		staff, secretary, branch, partner = identity.RoleStaff, identity.RoleSecretary, identity.RoleBranch, identity.RolePartner
		problem, suggestion               = KindProblem, KindSuggestion
	)
	return []Board{
		tell(BoardNotice, "社区公告", staff, PosterStaff),
		ask(BoardNearby, "身边事", staff, "", true, true, problem, suggestion),
		ask(BoardHall, "议事厅", secretary, "", true, true, suggestion, problem),
		ask(BoardNeighbours, "左邻右舍", staff, "", false, false, KindMutualAid),
		ask(BoardSwap, "互助闲置", staff, "", false, false, KindMutualAid),
		ask(BoardProperty, "物业之窗", partner, "property", true, true, problem, suggestion),
		ask(BoardOwners, "业委会之窗", partner, "owners", true, true, suggestion, problem),
		ask(BoardPolice, "警民直通车", partner, "police", true, true, problem, suggestion),
		ask(BoardDoctor, "家庭医生", partner, "doctor", true, false, problem, suggestion),
		tell(BoardParty, "党建园地", branch, PosterStaff, PosterOwner),
		tell(BoardAffairs, "村务公开", staff, PosterStaff),
		ask(BoardMemory, "乡愁乡音", staff, "", false, false, KindTalk),
		tell(BoardGuide, "办事指南", staff, PosterStaff),
		tell(BoardServices, "社区服务", staff, PosterStaff),
		tell(BoardNews, "区里新闻", staff, PosterStaff),
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

// shipped reports whether a community that has chosen nothing shows the board.
func shipped(key BoardKey, rural bool) bool {
	switch key {
	case BoardAffairs, BoardMemory:
		return rural
	case BoardProperty:
		return !rural // a village has no property management
	case BoardSwap, BoardOwners, BoardServices, BoardNews:
		return false
	}
	return true
}

// PlannedBoards returns every board of the catalogue as the community has it, those that are off too, in its order. A
// board that is newer than its plan stands at the end as the product ships it. The notice board cannot be
// switched off: it is what an unverified follower reads.
func PlannedBoards(s community.Settings) []Board {
	rest := Boards()
	var all []Board
	for _, want := range s.BoardPlan {
		i := slices.IndexFunc(rest, func(b Board) bool { return string(b.Key) == want.Key })
		if i >= 0 {
			all = append(all, rest[i].with(want))
			rest = slices.Delete(rest, i, i+1)
		}
	}
	for _, b := range rest {
		b.On = b.Key == BoardNotice || shipped(b.Key, s.Rural)
		if len(s.BoardPlan) == 0 && len(s.Boards) > 0 {
			b.On = b.Key == BoardNotice || slices.Contains(s.Boards, string(b.Key))
		}
		all = append(all, b)
	}
	return all
}

// BoardsIn returns the boards that a community with these settings shows, in its order.
func BoardsIn(s community.Settings) []Board {
	return slices.DeleteFunc(PlannedBoards(s), func(b Board) bool { return !b.On })
}

// with returns the catalogue's board as a community wants it.
func (b Board) with(want community.BoardSetting) Board {
	b.On = want.On || b.Key == BoardNotice
	if want.Name != "" && want.Name != b.Name {
		b.Name, b.Renamed = want.Name, true
	}
	if len(want.Posters) > 0 {
		b.Posters = nil
		for _, p := range want.Posters {
			b.Posters = append(b.Posters, Poster(p))
		}
	}
	if want.Owner != "" {
		b.Owner, b.Partner = identity.Role(want.Owner), want.Partner
	}
	if want.Clock != nil {
		b.Clock = *want.Clock
	}
	if want.Patrolled != nil {
		b.Patrolled = *want.Patrolled
	}
	if want.Moderation != "" {
		b.Moderation = Moderation(want.Moderation)
	}
	return b.settled()
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
