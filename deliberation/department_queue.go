package deliberation

import (
	"context"
	"fmt"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// DepartmentQuery asks for what a department of a town has, across the town's communities.
type DepartmentQuery struct {
	Town       community.ID
	Department string // "" for the first one the actor works for
	Task       Task   // TaskTake, TaskDecide, TaskHandle or TaskVerify; "" is TaskTake
	After      docstore.Cursor
}

// DepartmentQueue is a department's own items, nearest date first, with how many there are of each sort, counted up to
// MaxCount.
type DepartmentQueue struct {
	TopicPage
	Department string
	Task       Task
	Take       int // not begun
	Decide     int // disputed by the department, waiting for a decision
	Handle     int // in hand
	Verify     int // reported
}

var errNoDepartment = fault.New(fault.NotFound, "desk.no_department")

// DepartmentQueue returns what is with a department: its own items only.
func (s *Service) DepartmentQueue(ctx context.Context, actor identity.Actor, q DepartmentQuery) (DepartmentQueue, error) {
	node, err := s.directory.Node(ctx, q.Town)
	if err != nil {
		return DepartmentQueue{}, fmt.Errorf("find town %q: %w", q.Town, err)
	}
	if own := actor.Departments(identity.At(node)); q.Department == "" && len(own) > 0 {
		q.Department = own[0]
	}
	if !identity.ValidDepartment(q.Department) || node.Level != community.LevelTown {
		return DepartmentQueue{}, errNoDepartment
	}
	if err := identity.Can(actor, identity.SeeDepartment, identity.At(node).On(identity.DepartmentBoard(q.Department))); err != nil {
		return DepartmentQueue{}, err
	}
	if q.Task == "" {
		q.Task = TaskTake
	}
	find := func(task Task) docstore.Query {
		return docstore.Query{Index: byDeptWork, Equal: []any{departmentQueue(node.ID, q.Department, task)}}
	}
	queue := DepartmentQueue{Department: q.Department, Task: q.Task}
	shown := false
	for task, n := range map[Task]*int{TaskTake: &queue.Take, TaskDecide: &queue.Decide, TaskHandle: &queue.Handle, TaskVerify: &queue.Verify} {
		shown = shown || task == q.Task
		if *n, err = s.topics.Count(ctx, find(task), MaxCount); err != nil {
			return DepartmentQueue{}, err
		}
	}
	if !shown {
		return DepartmentQueue{}, errFilter.With("filter", q.Task)
	}
	page := find(q.Task)
	page.Limit, page.After = DeskPage, q.After
	found, next, err := s.topics.Find(ctx, page)
	if err != nil {
		return DepartmentQueue{}, err
	}
	queue.Items, queue.Next = s.views(ctx, actor, found), next
	return queue, nil
}
