package deliberation

import (
	"context"
	"fmt"
	"slices"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// DeskFilter chooses what the desk shows.
type DeskFilter string

// Filters. Waiting and overdue are sorted by due time, nearest first; held and all by time, newest first.
const (
	DeskWaiting DeskFilter = "waiting"
	DeskOverdue DeskFilter = "overdue"
	DeskHeld    DeskFilter = "held" // of one community only
	DeskAll     DeskFilter = "all"
)

// DeskPage is how many topics a page of the desk holds.
const DeskPage = 50

// DeskQuery asks for the queue of a community or a town.
type DeskQuery struct {
	Node   community.ID
	Board  BoardKey // a partner's own board; "" for committee and town, and for a partner's first board
	Filter DeskFilter
	After  docstore.Cursor
}

// DeskQueue is the queue with how many there are of each sort, counted up to MaxCount.
type DeskQueue struct {
	TopicPage
	Board   BoardKey   // the board the queue was narrowed to, "" if to none
	Boards  []BoardKey // a partner's own boards, to choose from
	Waiting int        // overdue included
	Overdue int
	Held    int // 0 for a town or a partner
}

// MaxCount is where counting stops; a page then says "999+".
const MaxCount = 999

var errFilter = fault.New(fault.Invalid, "desk.bad_filter").On("filter")

// DeskQueue returns what needs an answer at a community or in a town, and the counts beside the filters.
func (s *Service) DeskQueue(ctx context.Context, actor identity.Actor, q DeskQuery) (DeskQueue, error) {
	node, err := s.directory.Node(ctx, q.Node)
	if err != nil {
		return DeskQueue{}, fmt.Errorf("find desk of %q: %w", q.Node, err)
	}
	if err := identity.Can(actor, identity.SeeDesk, identity.At(node).On(string(q.Board))); err != nil {
		return DeskQueue{}, err
	}
	queue := narrowed(actor, node, q.Board)
	desk, err := newDesk(node, queue.Board)
	if err != nil {
		return DeskQueue{}, err
	}
	now := s.now()
	find, ok := desk.query(q.Filter, now.UnixMilli())
	if !ok {
		return DeskQueue{}, errFilter.With("filter", q.Filter)
	}
	find.Limit, find.After = DeskPage, q.After
	found, next, err := s.topics.Find(ctx, find)
	if err != nil {
		return DeskQueue{}, err
	}
	queue.Items, queue.Next = views(actor, found, now), next
	return s.counted(ctx, desk, queue, now.UnixMilli())
}

// narrowed returns an empty queue of the wanted board or, for a partner who names none, of the first own one.
func narrowed(actor identity.Actor, node community.Node, want BoardKey) DeskQueue {
	q := DeskQueue{Board: want}
	own, all := actor.Boards(identity.At(node))
	if all || actor.System {
		return q
	}
	for _, board := range own {
		q.Boards = append(q.Boards, BoardKey(board))
	}
	if want == "" && len(q.Boards) > 0 {
		q.Board = q.Boards[0]
	}
	return q
}

func (s *Service) counted(ctx context.Context, d desk, queue DeskQueue, now int64) (DeskQueue, error) {
	for filter, n := range map[DeskFilter]*int{DeskWaiting: &queue.Waiting, DeskOverdue: &queue.Overdue, DeskHeld: &queue.Held} {
		q, ok := d.query(filter, now)
		if !ok {
			continue
		}
		var err error
		if *n, err = s.topics.Count(ctx, q, MaxCount); err != nil {
			return DeskQueue{}, err
		}
	}
	return queue, nil
}

// desk knows the indexes of one queue.
type desk struct {
	queue docstore.Query // unanswered by due time
	all   docstore.Query // everything by time
	held  *docstore.Query
}

func newDesk(node community.Node, board BoardKey) (desk, error) {
	id := string(node.ID)
	newest := func(index string, equal ...any) docstore.Query {
		return docstore.Query{Index: index, Equal: equal, Desc: true}
	}
	switch {
	case node.Level == community.LevelTown && board == "":
		return desk{queue: docstore.Query{Index: byTownQueue, Equal: []any{id}}, all: newest(byTown, id)}, nil
	case node.Level == community.LevelCommunity && board == "":
		held := newest(byHeld, id)
		return desk{queue: docstore.Query{Index: byQueue, Equal: []any{id}}, all: newest(byFeed, id), held: &held}, nil
	case node.Level == community.LevelCommunity:
		all := append(Boards(), PlannedBoards(node.Settings)...)
		if !slices.ContainsFunc(all, func(b Board) bool { return b.Key == board && b.Owner == identity.RolePartner }) {
			return desk{}, ErrNoBoard.With("board", board)
		}
		waiting := docstore.Query{Index: byPartner, Equal: []any{partnerQueue(node.ID, board)}}
		return desk{queue: waiting, all: newest(byBoard, id, string(board))}, nil
	}
	return desk{}, ErrNotFound.With("desk", id)
}

func (d desk) query(f DeskFilter, now int64) (docstore.Query, bool) {
	switch f {
	case DeskWaiting, "":
		return d.queue, true
	case DeskOverdue:
		q := d.queue
		q.To = now + 1 // a topic is overdue at the very instant it is due
		return q, true
	case DeskAll:
		return d.all, true
	case DeskHeld:
		if d.held != nil {
			return *d.held, true
		}
	}
	return docstore.Query{}, false
}

func partnerQueue(c community.ID, b BoardKey) string { return string(c) + "/" + string(b) }
