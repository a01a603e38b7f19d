package api

import "time"

// Instant is a point in time, written as RFC 3339 in UTC with milliseconds.
type Instant struct{ time.Time }

const instantLayout = "2006-01-02T15:04:05.000Z"

// MarshalJSON implements json.Marshaler.
func (i Instant) MarshalJSON() ([]byte, error) {
	return []byte(i.UTC().Format(`"` + instantLayout + `"`)), nil
}

// instant wraps an instant of a use case.
func instant(t time.Time) Instant { return Instant{t} }

// seconds returns whole seconds: a clock of days needs no more.
func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// parseInstant reads an instant that was sent.
func parseInstant(field, text string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return t, errTime.On(field).With("field", field).Because(err)
	}
	return t.UTC().Truncate(time.Millisecond), nil
}
