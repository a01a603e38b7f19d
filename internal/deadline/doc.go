// Package deadline is the engine of every clock that this house runs: what was promised, by when, what stopped the
// clock, what was missed and who has to hear of it. It is pure: a Clock is a value stored inside the document it
// belongs to, and every operation is a function of that value, the calendar and now.
//
// # Rules
//
//   - Instants are UTC and whole seconds; what happens within a second happens at its beginning. Intervals are half
//     open: a clock is met in [StartedAt, DueAt), and at DueAt it is late.
//   - The day of filing does not count; n working days end with the business hours of the n-th working day (Civil
//     Code, articles 201 and 203). Calendar days end with the business hours of the n-th day, or of the first
//     working day after it.
//   - A clock stands still only while a resident is asked a concrete question. How often and how long is capped, and
//     each pause has its own end, so that waiting cannot be forgotten. A pause moves the due instant by exactly the
//     working time it lasted. Pauses are a list of intervals, never a sum.
//   - Once promised, an instant stays: edits of policy or calendar move nothing by themselves. A later date needs a
//     reason and a second person, and the earlier one stays readable. Recompute shows what would move first.
//   - A breach is a fact with a key (clock, sequence) and its true instant. A late answer is recorded with its delay.
//   - The ladder says who hears of it: a share of the term before it is due, when it is due, and so many working days
//     after, each at the next working moment. After downtime every step is written down with its true instant,
//     but only the highest is told: the facts equal those of a run without downtime.
//   - Where the calendar's data ends, what is known is promised and the rest is not guessed: the operation succeeds, the
//     clock is Incomplete, and Complete fails loudly until the data is there.
//
// Handing a case to somebody else has no operation here, because it must not change the clock.
package deadline
