package eventlog

import (
	"testing"
	"time"
)

func TestRetriesGrowToAnHourAndSpread(t *testing.T) {
	for attempts := 1; attempts <= maxAttempts; attempts++ {
		full := min(retryBase<<min(attempts-1, 20), retryCap)
		low, high := time.Duration(1<<62), time.Duration(0)
		for range 200 {
			d := retryAfter(attempts)
			low, high = min(low, d), max(high, d)
		}
		if low < full*8/10 || high > full*12/10 || high-low < full/10 {
			t.Errorf("attempt %d: between %v and %v, want %v ±20 %%", attempts, low, high, full)
		}
	}
}
