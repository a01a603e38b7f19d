package auth

import "testing"

func TestErrandSurvivesItsCookie(t *testing.T) {
	t.Parallel()
	for _, e := range []errand{
		{state: "0123456789abcdef", next: "/"},
		{state: "0123456789abcdef", again: true, next: "/c/hexiang/topics?board=nearby&after=a.b"},
	} {
		if got := parseErrand(e.String()); got != e {
			t.Errorf("got %+v, want %+v", got, e)
		}
	}
	for _, cookie := range []string{"", "state", "state.1", "state.0.%zz", "state.0.%2F%2Fevil.example"} {
		if got := parseErrand(cookie); got.next != "/" {
			t.Errorf("%q leads to %q", cookie, got.next)
		}
	}
}
