package meeting

import "jushou/internal/deadline"

// The clocks of this package.
const (
	RecordClock deadline.Kind = "meeting_minutes" // until the minutes are published
	TaskClock   deadline.Kind = "meeting_task"    // until what was decided is done
)

// recordDays is until when minutes are published, in working days after the meeting. The law says "promptly" (上海条例 17);
// the number is ours.
const recordDays = 5

// policy is what this package promises; its version rises when the numbers in it change. Whoever owes it is warned and
// told, then the secretary, then the town, then everybody reads it. Steps are taken at working moments.
func policy(days int) deadline.Policy {
	term := deadline.Term{N: days, Unit: deadline.WorkingDays}
	return deadline.Policy{
		Name: "meeting", Version: 1, Extensions: 2,
		Terms: map[deadline.Kind]deadline.Term{RecordClock: term, TaskClock: term},
		Ladder: []deadline.Rung{
			{Before: 20, To: deadline.ToOwner},
			{To: deadline.ToSecretary},
			{After: deadline.Term{N: 3, Unit: deadline.WorkingDays}, To: deadline.ToTown},
			{After: deadline.Term{N: 5, Unit: deadline.WorkingDays}, To: deadline.ToPublic},
		},
	}
}
