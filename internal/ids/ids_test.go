package ids_test

import (
	"crypto/sha256"
	"sort"
	"strings"
	"testing"
	"time"

	"jushou/internal/ids"
)

var noon = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

func TestNewIsValidAndKnowsItsTime(t *testing.T) {
	id := ids.New(noon)
	if !ids.Valid(id) {
		t.Fatalf("%q is not valid", id)
	}
	if got := ids.Time(id); !got.Equal(noon) {
		t.Errorf("Time = %v, want %v", got, noon)
	}
}

func TestIDsSortByTime(t *testing.T) {
	var list []string
	for i := range 200 {
		list = append(list, ids.New(noon.Add(time.Duration(i)*time.Millisecond)))
	}
	if !sort.StringsAreSorted(list) {
		t.Error("ids made later do not sort later")
	}
}

func TestIDsOfOneMillisecondDiffer(t *testing.T) {
	seen := map[string]bool{}
	for range 10_000 {
		id := ids.New(noon)
		if seen[id] {
			t.Fatalf("%q came twice", id)
		}
		seen[id] = true
	}
}

func TestValidRefuses(t *testing.T) {
	good := ids.New(noon)
	for _, bad := range []string{"", good[1:], good + "0", strings.ToUpper(good), "../../../../etc/pass", "01234567890123456il0", strings.Repeat("村", 7)} {
		if ids.Valid(bad) && bad != good {
			t.Errorf("%q passes as an id", bad)
		}
	}
}

func TestDerivedIDsRepeat(t *testing.T) {
	one, two := sha256.Sum256([]byte("one")), sha256.Sum256([]byte("two"))
	a, b := ids.Derive(noon, one), ids.Derive(noon, two)
	if a != ids.Derive(noon, one) || a == b || !ids.Valid(a) || !ids.Time(a).Equal(noon) {
		t.Errorf("derived %q and %q", a, b)
	}
}
