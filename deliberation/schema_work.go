package deliberation

import (
	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// Task is what a topic waits for at the desk after its answer.
type Task string

// Tasks. A topic waits for one at a time.
const (
	TaskNone     Task = ""
	TaskAccept   Task = "accept"   // to accept or refuse
	TaskDispatch Task = "dispatch" // accepted: to dispatch, or to take in hand
	TaskTake     Task = "take"     // with a department that has not begun
	TaskDecide   Task = "decide"   // the department says that it is not its business
	TaskHandle   Task = "handle"   // in hand
	TaskVerify   Task = "verify"   // reported
	TaskDispute  Task = "dispute"  // the author says that it is not solved
)

// Task returns what the topic waits for; TaskNone while it is hidden, held, or nobody's turn.
func (t Topic) Task() Task {
	switch t.Status {
	case Responded:
		if t.Acceptance.Running() {
			return TaskAccept
		}
	case Accepted:
		return TaskDispatch
	case Dispatched:
		if t.Contested() {
			return TaskDecide
		}
		return TaskTake
	case InHand:
		return TaskHandle
	case Reported:
		return TaskVerify
	case Disputed:
		return TaskDispute
	}
	return TaskNone
}

// dueWork returns by when the topic's work is due, in milliseconds; what has no date sorts behind all others.
func (t Topic) dueWork() int64 {
	due := int64(neverDue)
	if at, ok := t.Acceptance.Owed(); ok {
		due = min(due, at.UnixMilli())
	}
	if at, ok := t.Resolution.Owed(); ok {
		due = min(due, at.UnixMilli())
	}
	return due
}

// workFields derives what the indexes of the work hold. A topic that waits for nothing is in none of them.
func workFields(f docstore.Fields, t Topic) {
	if at, ok := t.workAt(); ok {
		f["next_work"] = at.UnixMilli()
	}
	owed := t.Acceptance.Running() || t.Resolution.Running()
	task := t.Task()
	if task == TaskNone && !owed {
		return
	}
	f["work_due"] = t.dueWork()
	if task != TaskNone {
		f["work"], f["town_work"] = taskQueue(t.Community, task), taskQueue(t.Town(), task)
		if t.owner() == identity.RolePartner {
			f["part_work"] = partnerQueue(t.Community, t.Board) + "/" + string(task)
		}
		if t.Work != nil && t.Work.Errand != nil {
			f["dept_work"] = departmentQueue(t.Town(), t.Work.Errand.Department, task)
		}
		if task == TaskHandle && t.Work.Handler != nil && t.Work.Handler.Account != "" {
			f["handler"] = string(t.Work.Handler.Account)
		}
	}
	if owed && t.Status.Shown() {
		f["owed"], f["town_owed"] = string(t.Community), string(t.Town())
		if t.paused() {
			f["asked"] = string(t.Community)
		}
		if _, more := t.Resolution.Asked(); more && t.Resolution.Running() {
			f["more"] = string(t.Community)
		}
	}
}

// paused reports whether a question waits whose end nobody has recorded yet.
func (t Topic) paused() bool {
	for _, pauses := range [][]deadline.Pause{t.Acceptance.Pauses, t.Resolution.Pauses} {
		if n := len(pauses); n > 0 && pauses[n-1].To.IsZero() {
			return true
		}
	}
	return false
}

func taskQueue(node community.ID, task Task) string { return string(node) + "/" + string(task) }

func departmentQueue(town community.ID, department string, task Task) string {
	return string(town) + "/" + department + "/" + string(task)
}
