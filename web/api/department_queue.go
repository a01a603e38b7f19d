package api

import (
	"jushou/deliberation"
	"jushou/internal/community"
)

// DepartmentQueue is what is with a department, nearest date first, with how many there are of each sort.
type DepartmentQueue struct {
	Page[TopicCard]
	Department string `json:"department"`
	Take       int    `json:"take" doc:"Not begun."`
	Decide     int    `json:"decide" doc:"Disputed by the department, waiting for a decision."`
	Handle     int    `json:"handle" doc:"In hand."`
	Verify     int    `json:"verify" doc:"Reported."`
}

// departmentQueue lists a department's own items across the communities of its town.
func (a *Actions) departmentQueue(c *Call) (DepartmentQueue, error) {
	q, err := a.Topics.DepartmentQueue(c.Context(), c.Actor, deliberation.DepartmentQuery{
		Town: community.ID(c.Param("town")), Department: c.Query("department"), Task: deliberation.Task(c.Query("task")), After: c.after(),
	})
	if err != nil {
		return DepartmentQueue{}, err
	}
	return DepartmentQueue{
		Page: pageOf(q.Items, q.Next, showCard), Department: q.Department, Take: q.Take, Decide: q.Decide, Handle: q.Handle, Verify: q.Verify,
	}, nil
}
