package page

import "testing"

func TestSameSiteKeepsPathsAndRefusesHosts(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/t/abc?x=1": "/t/abc?x=1", "": "/", "//evil.example": "/", "/\\evil.example": "/",
		"https://evil.example": "/", "/a\r\nSet-Cookie: x": "/", "/\t/evil.example": "/",
	} {
		if got := SameSite(path); got != want {
			t.Errorf("%q: got %q, want %q", path, got, want)
		}
	}
}
