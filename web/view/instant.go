package view

import "time"

// inputTime is how <input type="datetime-local"> writes an instant, in the time zone of the pages.
const inputTime = "2006-01-02T15:04"

// InputTime fills such a field.
func InputTime(at time.Time) string { return Local(at).Format(inputTime) }

// InputHour fills it with a full hour some days ahead, to begin with.
func InputHour(now time.Time, days, hour int) string {
	day := Local(now).AddDate(0, 0, days)
	return InputTime(time.Date(day.Year(), day.Month(), day.Day(), hour, 0, 0, 0, day.Location()))
}

// Instant reads it. What cannot be read is the zero instant, which use cases refuse.
func Instant(text string) time.Time {
	at, err := time.ParseInLocation(inputTime, text, shanghai)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}
