package desk

import (
	"errors"
	"net/url"
	"strconv"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/story"
	"jushou/web/view"
)

// queueView is what needs an answer here.
type queueView struct {
	Filters []view.Chip
	Boards  []view.Chip
	Cards   []view.DeskCard
	Held    []heldComment
	Pager   view.Pager
	// Duty says who is on duty and when the next Round is; empty where there is neither.
	OnDuty, Next, NextPerson string
	NextRound                time.Time
	Overdue                  int
	// Empty is a key of the catalogue: what an empty list says.
	Empty string
	// Below are the communities of a town.
	Below []door
	// Done is the draft that has just been sent.
	Done string
}

// heldComment is a comment that the word list hid and nobody has looked at.
type heldComment struct {
	ID, Topic, Who, Text string
	Hits                 []string
	At                   time.Time
}

// Queue shows what this Round holds, the most overdue first.
func (p *Pages) Queue(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	return p.showQueue(v, r)
}

func (p *Pages) showQueue(v *page.Visit, r console.Room) error {
	filter, board, after := v.Query("filter"), v.Query("board"), v.Query("after")
	if filter == "" {
		filter = string(deliberation.DeskWaiting)
	}
	found, err := p.queueOf(v, r, filter, board, after)
	if err != nil {
		return err
	}
	q := queueView{Filters: filters(v, r, found, filter, board), Boards: boardChips(r, found), Empty: "queue.empty_" + filter, Done: v.Query("done")}
	if q.Cards, err = p.cards(v, r, found.Items); err != nil {
		return err
	}
	q.Overdue = found.Overdue
	q.Pager = queuePager(r, found, filter, board, after)
	if filter == string(deliberation.DeskHeld) && after == "" {
		if q.Held, err = p.heldComments(v, r); err != nil {
			return err
		}
	}
	if err := p.watch(v, r, &q); err != nil {
		return err
	}
	if q.Below, err = p.below(v, r); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "queue")
	if err != nil {
		return err
	}
	return v.Show(QueuePage(d, q))
}

func (p Services) queueOf(v *page.Visit, r console.Room, filter, board, after string) (deliberation.DeskQueue, error) {
	return p.Topics.DeskQueue(v.Context(), v.Actor, deliberation.DeskQuery{
		Node: r.Node.ID, Board: deliberation.BoardKey(board), Filter: deliberation.DeskFilter(filter), After: docstore.Cursor(after),
	})
}

// cards returns the topics with the one thing to do about each.
func (p *Pages) cards(v *page.Visit, r console.Room, items []deliberation.TopicView) ([]view.DeskCard, error) {
	cards := make([]view.DeskCard, len(items))
	for i, t := range items {
		c := view.DeskCard{TopicCard: story.Card(t)}
		c.Href = "/desk/t/" + string(t.ID)
		switch {
		case t.Status == deliberation.Held && t.May.Release:
			c.Do = v.T("queue.do_check")
		case t.May.Answer && !t.Answered():
			c.Do = v.T("queue.do_answer")
		default:
			c.Do = firstStep(v, t)
		}
		c.Promises = story.Promises(t)
		if r.Node.Level != community.LevelCommunity {
			node, err := p.Directory.Node(v.Context(), t.Community)
			if err != nil {
				return nil, err
			}
			c.Where = node.Name
		}
		cards[i] = c
	}
	return cards, nil
}

// filters are the queues of this desk: those of answering always, those of the work while something waits there.
func filters(v *page.Visit, r console.Room, q deliberation.DeskQueue, current, board string) []view.Chip {
	var chips []view.Chip
	for _, f := range deliberation.DeskFilters() {
		n, counted := q.Counts[f]
		switch f {
		case deliberation.DeskWaiting, deliberation.DeskOverdue:
		case deliberation.DeskHeld:
			if !r.May(identity.HoldTopic) || r.Node.Level != community.LevelCommunity {
				continue
			}
		case deliberation.DeskAll:
			continue // the last one
		default:
			if n == 0 && string(f) != current {
				continue
			}
		}
		text := v.T("queue." + string(f))
		if counted {
			text += " " + atMost(n)
		}
		chips = append(chips, view.Chip{Text: text, Href: queueHref(r, string(f), board), Current: string(f) == current})
	}
	all := string(deliberation.DeskAll)
	return append(chips, view.Chip{Text: v.T("queue.all"), Href: queueHref(r, all, board), Current: all == current})
}

// boardChips lets a partner with several boards choose among them.
func boardChips(r console.Room, q deliberation.DeskQueue) []view.Chip {
	if len(q.Boards) < 2 {
		return nil
	}
	var chips []view.Chip
	for _, b := range q.Boards {
		chips = append(chips, view.Chip{Key: "board." + string(b), Href: r.Path("?board=" + string(b)), Current: b == q.Board})
	}
	return chips
}

func queueHref(r console.Room, filter, board string) string {
	return r.Path("?filter=" + url.QueryEscape(filter) + "&board=" + url.QueryEscape(board))
}

func queuePager(r console.Room, q deliberation.DeskQueue, filter, board, after string) view.Pager {
	here := queueHref(r, filter, board)
	pager := view.Pager{Total: -1, Shown: len(q.Items), Order: "order.due", Step: deliberation.DeskPage, Later: after != "", First: here}
	if n, counted := q.Counts[deliberation.DeskFilter(filter)]; counted {
		pager.Total = n
	}
	if filter == string(deliberation.DeskHeld) || filter == string(deliberation.DeskAll) {
		pager.Order = "order.newest"
	}
	if q.Next != "" {
		pager.Next = here + "&after=" + url.QueryEscape(string(q.Next))
	}
	return pager
}

// watch fills in who is on duty and when the next Round is.
func (p *Pages) watch(v *page.Visit, r console.Room, q *queueView) error {
	if r.Node.Level != community.LevelCommunity {
		return nil
	}
	duty, err := p.Topics.Duty(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	q.OnDuty, q.NextPerson = duty.Person.Name, duty.Next.Name
	next, _, err := p.Rounds.NextRounds(r.Node.Settings, v.Now, 1)
	if err != nil && fault.KindOf(err) == fault.Internal {
		return err
	}
	if len(next) > 0 {
		q.NextRound = next[0]
	}
	return nil
}

func (p *Pages) heldComments(v *page.Visit, r console.Room) ([]heldComment, error) {
	found, _, err := p.Topics.HeldComments(v.Context(), v.Actor, r.Node.ID, "")
	if errors.Is(err, identity.ErrDenied) {
		return nil, nil
	}
	held := make([]heldComment, len(found))
	for i, c := range found {
		held[i] = heldComment{ID: string(c.ID), Topic: string(c.Topic), Who: c.Author.Name, Text: c.Body, Hits: c.Hits, At: c.CreatedAt}
	}
	return held, err
}

// atMost writes a count, which the store stops at MaxCount.
func atMost(n int) string {
	if n >= deliberation.MaxCount {
		return strconv.Itoa(deliberation.MaxCount) + "+"
	}
	return strconv.Itoa(n)
}
