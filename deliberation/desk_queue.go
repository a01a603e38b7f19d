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

	// What the work waits for, by the date it is due, nearest first.
	DeskAccept   DeskFilter = DeskFilter(TaskAccept)
	DeskDispatch DeskFilter = DeskFilter(TaskDispatch)
	DeskTake     DeskFilter = DeskFilter(TaskTake)
	DeskDecide   DeskFilter = DeskFilter(TaskDecide)
	DeskHandle   DeskFilter = DeskFilter(TaskHandle)
	DeskVerify   DeskFilter = DeskFilter(TaskVerify)
	DeskDispute  DeskFilter = DeskFilter(TaskDispute)
	DeskLate     DeskFilter = "late"  // acceptance or resolution is overdue
	DeskAsked    DeskFilter = "asked" // a clock waits for its author; of one community only
	DeskMore     DeskFilter = "more"  // somebody asks for a later date; of one community only
	DeskMine     DeskFilter = "mine"  // what the actor has in hand, anywhere
)

// DeskFilters lists them all.
func DeskFilters() []DeskFilter {
	return []DeskFilter{
		DeskWaiting, DeskOverdue, DeskHeld, DeskAll, DeskAccept, DeskDispatch, DeskTake, DeskDecide, DeskHandle, DeskVerify, DeskDispute,
		DeskLate, DeskAsked, DeskMore, DeskMine,
	}
}

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
	// Counts are of every filter that this desk has, those above too, except DeskAll.
	Counts map[DeskFilter]int
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
	desk.me = actor.ID
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
	queue.Items, queue.Next = s.views(ctx, actor, found), next
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
	queue.Counts = map[DeskFilter]int{}
	for _, filter := range DeskFilters() {
		q, ok := d.query(filter, now)
		if !ok || filter == DeskAll {
			continue
		}
		n, err := s.topics.Count(ctx, q, MaxCount)
		if err != nil {
			return DeskQueue{}, err
		}
		queue.Counts[filter] = n
	}
	queue.Waiting, queue.Overdue, queue.Held = queue.Counts[DeskWaiting], queue.Counts[DeskOverdue], queue.Counts[DeskHeld]
	return queue, nil
}

// desk knows the indexes of one queue.
type desk struct {
	queue docstore.Query // unanswered by due time
	all   docstore.Query // everything by time
	held  *docstore.Query
	// work returns the topics that wait for a task; owed are those whose clocks run, nil where the desk has none.
	work func(Task) docstore.Query
	owed *docstore.Query
	// community is set for the desk of a whole community, me for a person.
	community community.ID
	me        identity.AccountID
}

func newDesk(node community.Node, board BoardKey) (desk, error) {
	id := string(node.ID)
	newest := func(index string, equal ...any) docstore.Query {
		return docstore.Query{Index: index, Equal: equal, Desc: true}
	}
	switch {
	case node.Level == community.LevelTown && board == "":
		owed := docstore.Query{Index: byTownOwed, Equal: []any{id}}
		return desk{queue: docstore.Query{Index: byTownQueue, Equal: []any{id}}, all: newest(byTown, id), work: tasks(byTownWork, node.ID), owed: &owed}, nil
	case node.Level == community.LevelCommunity && board == "":
		held := newest(byHeld, id)
		owed := docstore.Query{Index: byOwed, Equal: []any{id}}
		return desk{
			queue: docstore.Query{Index: byQueue, Equal: []any{id}}, all: newest(byFeed, id), held: &held,
			work: tasks(byWork, node.ID), owed: &owed, community: node.ID,
		}, nil
	case node.Level == community.LevelCommunity:
		all := append(Boards(), PlannedBoards(node.Settings)...)
		if !slices.ContainsFunc(all, func(b Board) bool { return b.Key == board && b.Owner == identity.RolePartner }) {
			return desk{}, ErrNoBoard.With("board", board)
		}
		waiting := docstore.Query{Index: byPartner, Equal: []any{partnerQueue(node.ID, board)}}
		work := func(task Task) docstore.Query {
			return docstore.Query{Index: byPartWork, Equal: []any{partnerQueue(node.ID, board) + "/" + string(task)}}
		}
		return desk{queue: waiting, all: newest(byBoard, id, string(board)), work: work}, nil
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
	return d.workQuery(f, now)
}

// workQuery knows the filters of the work.
func (d desk) workQuery(f DeskFilter, now int64) (docstore.Query, bool) {
	switch f {
	case DeskAccept, DeskDispatch, DeskTake, DeskDecide, DeskHandle, DeskVerify, DeskDispute:
		return d.work(Task(f)), true
	case DeskLate:
		if d.owed != nil {
			q := *d.owed
			q.To = now + 1
			return q, true
		}
	case DeskAsked, DeskMore:
		if d.community != "" {
			return docstore.Query{Index: string(f), Equal: []any{string(d.community)}}, true
		}
	case DeskMine:
		if d.me != "" {
			return docstore.Query{Index: byHandler, Equal: []any{string(d.me)}}, true
		}
	}
	return docstore.Query{}, false
}

func tasks(index string, node community.ID) func(Task) docstore.Query {
	return func(task Task) docstore.Query {
		return docstore.Query{Index: index, Equal: []any{taskQueue(node, task)}}
	}
}

func partnerQueue(c community.ID, b BoardKey) string { return string(c) + "/" + string(b) }
