package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
)

// Queue is what needs an answer, with how many there are of each sort, counted up to 999.
type Queue struct {
	Page[TopicCard]
	Board   deliberation.BoardKey   `json:"board,omitempty" doc:"The board the queue was narrowed to."`
	Boards  []deliberation.BoardKey `json:"boards" doc:"A partner's own boards."`
	Waiting int                     `json:"waiting" doc:"Overdue ones included."`
	Overdue int                     `json:"overdue"`
	Held    int                     `json:"held"`
	Counts  map[string]int          `json:"counts" doc:"By filter; all is not counted."`
}

// deskQueue lists what needs an answer in a community or a town.
func (a *Actions) deskQueue(c *Call) (Queue, error) {
	q, err := a.Topics.DeskQueue(c.Context(), c.Actor, deliberation.DeskQuery{
		Node: nodeOf(c), Board: deliberation.BoardKey(c.Query("board")), Filter: deliberation.DeskFilter(c.Query("filter")), After: c.after(),
	})
	if err != nil {
		return Queue{}, err
	}
	counts := map[string]int{}
	for filter, n := range q.Counts {
		counts[string(filter)] = n
	}
	return Queue{
		Counts: counts,
		Page:   pageOf(q.Items, q.Next, showCard), Board: q.Board, Boards: append([]deliberation.BoardKey{}, q.Boards...),
		Waiting: q.Waiting, Overdue: q.Overdue, Held: q.Held,
	}, nil
}

// nodeOf returns the node that the address of a desk names.
func nodeOf(c *Call) community.ID { return community.ID(c.Param("node")) }
