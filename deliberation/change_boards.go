package deliberation

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// SettingsKeeper changes what a community has decided for itself; *identity.Service does.
type SettingsKeeper interface {
	// ChangeSettings lets change alter the settings of a node whose verb the actor may do.
	ChangeSettings(ctx context.Context, actor identity.Actor, verb identity.Verb, node community.ID, change func(*community.Settings) error) (community.Node, error)
}

// ChangeBoards replaces what a community has decided about its boards and comments.
type ChangeBoards struct {
	Community community.ID
	// Version is Settings.BoardsVersion as the form saw it.
	Version int
	Rural   bool
	// EditMinutes is how long authors may change a comment, 0 for the product's.
	EditMinutes int
	// Boards are all boards in the order they are shown; one that is left out is as the product ships it.
	Boards []BoardChange
}

// BoardChange is a community's decision about one board.
type BoardChange struct {
	Key        BoardKey
	On         bool
	Name       string // "" for the catalogue's
	Posters    []Poster
	Owner      identity.Role
	Partner    string
	Clock      bool
	Patrolled  bool
	Moderation Moderation
}

// Bounds of a community's decisions about boards.
const (
	MaxBoardName   = 8 // runes: it stands on a chip
	MaxEditMinutes = 24 * 60
)

// EditWindow is how long an author may change a comment unless the community says otherwise.
const EditWindow = 15 * time.Minute

var (
	// ErrBoardsChanged means that somebody else has changed the boards after the form was opened.
	ErrBoardsChanged = fault.New(fault.Conflict, "board.stale")

	errBoardName    = fault.New(fault.Invalid, "board.name_too_long").On("name").With("max", MaxBoardName)
	errBoardTwice   = fault.New(fault.Invalid, "board.twice")
	errNoPoster     = fault.New(fault.Invalid, "board.nobody_posts").On("posters")
	errBoardOwner   = fault.New(fault.Invalid, "board.bad_owner").On("owner")
	errBoardPatrol  = fault.New(fault.Invalid, "board.patrol_needs_clock").On("patrolled")
	errBoardUnseen  = fault.New(fault.Invalid, "board.unseen").On("moderation")
	errNoticeBoard  = fault.New(fault.Invalid, "board.notice_is_fixed").On("posters")
	errEditMinutes  = fault.New(fault.Invalid, "board.edit_minutes").On("edit_minutes").With("max", MaxEditMinutes)
	errBoardNothing = fault.New(fault.Invalid, "board.not_known")
)

// Partners lists what a partner may be on a board.
func Partners() []string { return []string{"property", "owners", "police", "doctor"} }

// EditWindowOf returns how long authors of a community may change a comment.
func EditWindowOf(s community.Settings) time.Duration {
	if s.CommentEditMinutes > 0 {
		return time.Duration(s.CommentEditMinutes) * time.Minute
	}
	return EditWindow
}

// ChangeBoards sets the boards of a community. What runs already keeps what it was promised: a topic carries its own
// clock, its owner and the version of the policy.
func (s *Service) ChangeBoards(ctx context.Context, actor identity.Actor, cmd ChangeBoards) (community.Node, error) {
	if _, err := s.community(ctx, cmd.Community); err != nil {
		return community.Node{}, err
	}
	plan, err := cmd.plan()
	if err != nil {
		// The permission first: whoever may not set boards is not told what is wrong with them.
		_, denied := s.settings.ChangeSettings(ctx, actor, identity.SetBoards, cmd.Community, func(*community.Settings) error { return err })
		return community.Node{}, denied
	}
	return s.settings.ChangeSettings(ctx, actor, identity.SetBoards, cmd.Community, func(now *community.Settings) error {
		if now.BoardsVersion != cmd.Version {
			return ErrBoardsChanged.With("version", now.BoardsVersion).With("seen", cmd.Version)
		}
		next := *now
		next.Boards, next.BoardPlan, next.Rural, next.CommentEditMinutes = nil, plan, cmd.Rural, cmd.EditMinutes
		if sameBoards(*now, next) {
			return docstore.ErrUnchanged
		}
		next.BoardsVersion++
		if !samePromises(*now, next) {
			next.PolicyVersion++
		}
		*now = next
		return nil
	})
}

// plan checks every board and returns what is stored; all faults at once.
func (cmd ChangeBoards) plan() ([]community.BoardSetting, error) {
	var faults []error
	var plan []community.BoardSetting
	seen := map[BoardKey]bool{}
	for _, c := range cmd.Boards {
		faults = append(faults, check(seen[c.Key], errBoardTwice.With("board", c.Key)), c.check())
		seen[c.Key] = true
		plan = append(plan, c.setting())
	}
	faults = append(faults, check(cmd.EditMinutes < 0 || cmd.EditMinutes > MaxEditMinutes, errEditMinutes))
	return plan, Joined(faults...)
}

func (c BoardChange) check() error {
	b, err := BoardOf(c.Key)
	if err != nil {
		return errBoardNothing.With("board", c.Key)
	}
	on := func(f *fault.Error) *fault.Error { return f.With("board", b.Key) }
	asks := slices.Contains(c.Posters, PosterResidents)
	unknown := slices.ContainsFunc(c.Posters, func(p Poster) bool { return !slices.Contains(Posters(), p) })
	return Joined(
		Within(c.name(), MaxBoardName, on(errBoardName)),
		check(len(c.Posters) == 0 || unknown, on(errNoPoster)),
		check(!c.ownable(), on(errBoardOwner)),
		check(c.Patrolled && !c.Clock, on(errBoardPatrol)),
		check(!slices.Contains(Moderations(), c.Moderation) || asks && c.Moderation == ModerateNone, on(errBoardUnseen)),
		// Guides and notices answer to nobody's questions; a resident's word there would be read by the public.
		check(b.Official() && asks, on(errNoticeBoard)),
	)
}

// ownable reports whether the role may own a board, and whether it is said which partner.
func (c BoardChange) ownable() bool {
	switch c.Owner {
	case identity.RolePartner:
		return slices.Contains(Partners(), c.Partner)
	case identity.RoleStaff, identity.RoleSecretary, identity.RoleBranch:
		return c.Partner == ""
	}
	return false
}

func (c BoardChange) name() string { return Line(c.Name) }

func (c BoardChange) setting() community.BoardSetting {
	set := community.BoardSetting{
		Key: string(c.Key), On: c.On, Name: c.name(), Owner: string(c.Owner), Partner: c.Partner,
		Clock: &c.Clock, Patrolled: &c.Patrolled, Moderation: string(c.Moderation),
	}
	for _, p := range c.Posters {
		set.Posters = append(set.Posters, string(p))
	}
	return set
}

// sameBoards reports whether two settings mean the same for boards and comments.
func sameBoards(a, b community.Settings) bool {
	return a.Rural == b.Rural && EditWindowOf(a) == EditWindowOf(b) && slices.EqualFunc(PlannedBoards(a), PlannedBoards(b), func(x, y Board) bool {
		return x.Key == y.Key && x.On == y.On && x.Name == y.Name && x.Moderation == y.Moderation &&
			slices.Equal(x.Posters, y.Posters) && x.promises(y)
	})
}

// samePromises reports whether what a new topic is promised stays the same on every board.
func samePromises(a, b community.Settings) bool {
	was := map[BoardKey]Board{}
	for _, x := range PlannedBoards(a) {
		was[x.Key] = x
	}
	return !slices.ContainsFunc(PlannedBoards(b), func(x Board) bool { return !x.promises(was[x.Key]) })
}

func (b Board) promises(x Board) bool {
	return b.Owner == x.Owner && b.Partner == x.Partner && b.Clock == x.Clock && b.Patrolled == x.Patrolled
}
