// Package calendar knows which days and hours are worked, so that a promised deadline is the same whoever
// computes it. China's statutory holidays and make-up days (调休) are dated data, one file a year under data/.
//
// # Rules
//
//   - A Calendar is built only with statutory years, and refuses any question about a date outside them
//     (calendar.beyond_valid_through, calendar.before_valid_from): from the day the data ends, a calendar that
//     went on guessing would quietly promise deadlines on holidays. ExpiresWithin raises the alarm in time.
//   - Intervals are half open, [From, To), to the second; 24:00 is legal; overlapping or empty ones and a week
//     without any working time are refused.
//   - Working days: the day of filing does not count; what is due in n working days is due at the end of the
//     business hours of the n-th working day after it (Civil Code, articles 201 and 203).
//   - Working time is elapsed time inside business hours, also on days when clocks are changed.
//   - A local time that does not exist (clocks go forward) moves on by the gap; one that exists twice means the first.
//
// A deadline is stored as an instant together with Version: a later notice must not silently move what was
// promised. The notice for a year may name days in the last week of the year before, so a year's last days
// are certain only when the next year's notice is out; valid_through says how far the data claims to go.
package calendar
