package page

import (
	"strings"
	"testing"
	"time"

	"jushou/web/view"
	"jushou/web/words"
)

func TestANoticeSaysInstantsAsPeopleDo(t *testing.T) {
	t.Parallel()
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 21, 8, 0, 0, 0, time.UTC)
	v := &Visit{Now: now, site: &Site{Frame: view.Frame{Words: catalogue}}}
	said := v.Tell("notice.round_listed", map[string]string{"round": "2026-11-21T06:00:00Z", "count": "3"})
	if !strings.Contains(said, "今天 14:00") || !strings.Contains(said, "3 条") || strings.Contains(said, "T06") {
		t.Errorf("says %q", said)
	}
}
