// Package viewtest renders views with literal models against golden files, and look shows what they look like.
//
// The golden files are whole pages that name their styles by plain names; go run ./web/viewtest/look draws them all.
package viewtest

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"

	"jushou/web/view"
	"jushou/web/words"
)

// Now is when golden pages are looked at: 2026年11月21日 10:00 in Shanghai, a Saturday.
func Now() time.Time { return time.Date(2026, 11, 21, 2, 0, 0, 0, time.UTC) }

// Resident is a signed-in neighbour.
func Resident() *view.Person {
	return &view.Person{CSRF: "token", Known: true, Home: "/c/luohe", Unread: func() int { return 3 }}
}

// Frame returns a frame for a golden page.
func Frame(t *testing.T, p *view.Person) *view.Frame {
	t.Helper()
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	return &view.Frame{Words: catalogue, Now: Now(), Asset: func(name string) string { return "/static/" + name }, Person: p}
}

// Shared returns a component as a shared fragment would hold it: rendered without a person.
func Shared(t *testing.T, c templ.Component) templ.Component {
	t.Helper()
	var b bytes.Buffer
	if err := view.Show(t.Context(), &b, Frame(t, nil).Shared(), c); err != nil {
		t.Fatalf("a shared piece needs somebody: %v", err)
	}
	return templ.Raw(b.String())
}

// Golden renders the component for the person and compares it with testdata/<name>.html; -update writes the file.
// It also refuses what no page may hold: a sentence that is missing, an inline style or script.
func Golden(t *testing.T, name string, p *view.Person, c templ.Component) {
	t.Helper()
	var b bytes.Buffer
	if err := view.Show(t.Context(), &b, Frame(t, p), c); err != nil {
		t.Fatal(err)
	}
	got := b.String()
	for _, wrong := range []string{"⟦", " style=", "<style", "onclick=", "javascript:"} {
		if strings.Contains(got, wrong) {
			t.Errorf("%s holds %q", name, wrong)
		}
	}
	file := filepath.Join("testdata", name+".html")
	if flag.Lookup("update").Value.String() == "true" {
		write(t, file, got)
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("read the golden page (make it with -update): %v", err)
	}
	if got != string(want) {
		t.Errorf("%s differs from its golden page; run with -update and look at the difference", name)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
