package apptest_test

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"jushou/internal/apptest"
)

// sights is how many pages of one address a walk opens, each with other parts of the district on it.
const sights = 3

// walker is somebody who follows every link there is, a few of each kind.
type walker struct {
	t      *testing.T
	h      *apptest.House
	who    string
	phone  *apptest.Phone
	routes []*regexp.Regexp
	names  []string
	seen   map[string]bool
	kinds  map[string]int
	todo   []step
	// first is one page of each kind, the addresses that a browser opens afterwards.
	first []string
}

// step is a link and the page it stood on.
type step struct{ path, from string }

func newWalker(t *testing.T, h *apptest.House, who string) *walker {
	w := &walker{t: t, h: h, who: who, seen: map[string]bool{}, kinds: map[string]int{}}
	w.phone = h.Browser()
	if who != "" {
		w.phone = h.Phone(who)
	}
	param := regexp.MustCompile(`:[a-z]+`)
	for _, address := range h.Routes() {
		method, path, _ := strings.Cut(address, " ")
		if method != "GET" || strings.HasSuffix(path, "*") {
			continue
		}
		quoted := param.ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`)
		w.routes, w.names = append(w.routes, regexp.MustCompile("^"+quoted+"$")), append(w.names, path)
	}
	return w
}

// kind returns the address of a link as the routes name it, with the keys of its query; "" leads out of the house.
func (w *walker) kind(link *url.URL) string {
	best := ""
	for i, r := range w.routes {
		if r.MatchString(link.Path) && (best == "" || strings.Count(w.names[i], ":") < strings.Count(best, ":")) {
			best = w.names[i]
		}
	}
	var keys []string
	for key := range link.Query() {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return best + "?" + strings.Join(keys, "&")
}

// walk opens the pages and everything they lead to.
func (w *walker) walk(starts ...string) {
	w.t.Helper()
	for _, s := range starts {
		w.todo = append(w.todo, step{path: s, from: "the start"})
	}
	for len(w.todo) > 0 {
		next := w.todo[0]
		w.todo = w.todo[1:]
		w.open(next)
	}
}

// untranslated is a key of the catalogue that a page shows instead of its words.
var untranslated = regexp.MustCompile(`(^|\s)[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)+(\s|$)`)

// elsewhere are links that lead out of what a walk is about: files, ways out, the simulator.
var elsewhere = regexp.MustCompile(`^/(sandbox|static|auth|healthz|readyz)|\.(xlsx|csv|json|jpg|png|pdf|docx|pb)$|/photos/`)

func (w *walker) open(s step) {
	w.t.Helper()
	u, err := url.Parse(s.path)
	if err != nil {
		w.t.Errorf("%s: %s on %s is no address: %v", w.who, s.path, s.from, err)
		return
	}
	if u.Fragment = ""; u.Host != "" || !strings.HasPrefix(u.Path, "/") || elsewhere.MatchString(u.Path) || w.seen[u.String()] {
		return
	}
	kind := w.kind(u)
	if w.seen[u.String()] = true; w.kinds[kind] >= sights {
		return
	}
	w.kinds[kind]++
	page := w.phone.Get(u.String())
	if page.Status == 403 && kind == "/desk?" {
		return // the front page shows staff the way, and tells others whose it is
	}
	if page.Status != 200 {
		w.t.Errorf("%s: the link %s on %s answers %d: %s", w.who, u, s.from, page.Status, clip(page.Text()))
		return
	}
	if key := untranslated.FindString(page.Text()); key != "" {
		w.t.Errorf("%s: %s shows the key %q instead of words", w.who, u, key)
	}
	if w.kinds[kind] == 1 && strings.HasPrefix(page.Header.Get("Content-Type"), "text/html") { // and no file that anybody may count again
		w.first = append(w.first, u.String())
	}
	for _, href := range page.Attrs(`a[href]`, "href") {
		to, err := u.Parse(href)
		if err != nil {
			w.t.Errorf("%s: %s on %s is no address: %v", w.who, href, u, err)
			continue
		}
		w.todo = append(w.todo, step{path: to.String(), from: u.String()})
	}
}

func clip(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

// walkers are who walks through the district, and from where.
var walkers = []struct {
	who    string
	starts []string
	least  int // kinds of pages that must have been found
}{
	{"lin", []string{"/", "/me"}, 20},
	{"chen", []string{"/", "/desk/c/hexiang", "/desk/c/hexiang/more"}, 30},
	{"zhang", []string{"/", "/desk"}, 20},
	{"property", []string{"/desk"}, 3},
	{"town", []string{"/desk"}, 5},
	{"observer", []string{"/desk"}, 3},
	{"branch", []string{"/"}, 5},
	{"admin", []string{"/desk", "/desk/roles?node=hexiang"}, 1},
	{"", []string{"/", "/open"}, 5},
}

// TestEveryDoorLeadsSomewhere follows the links of every page as each sort of person, and looks for dead ends and
// for words that are missing. A browser then opens what was found.
func TestEveryDoorLeadsSomewhere(t *testing.T) {
	h := apptest.Open(t)
	var walked []*walker
	for _, one := range walkers {
		w := newWalker(t, h, one.who)
		w.walk(one.starts...)
		if len(w.first) < one.least {
			t.Errorf("%s came to %d kinds of pages only: %v", one.who, len(w.first), w.first)
		}
		walked = append(walked, w)
	}
	t.Run("PagesAreForEverybody", func(t *testing.T) { pagesAreForEverybody(t, walked) })
}

// pagesAreForEverybody lets axe-core judge one page of each kind that a resident, the staff and the public come to, on
// a phone and on a desk, and finds what is wider than the screen, also in elder mode.
func pagesAreForEverybody(t *testing.T, walked []*walker) {
	opened := map[string]bool{}
	for _, w := range walked {
		if w.who == "" {
			continue // what the public sees, others have seen
		}
		for pages := range slices.Chunk(slices.DeleteFunc(w.first, func(p string) bool { return opened[w.plain(p)] }), 12) {
			b := openTab(t)
			for _, path := range pages {
				opened[w.plain(path)] = true
				b.examine(phoneURL(t, w.h, w.who, path), path)
			}
		}
	}
	if len(opened) < 60 {
		t.Errorf("only %d kinds of pages were opened", len(opened))
	}
}

// plain is the address of a page without what its query chooses.
func (w *walker) plain(path string) string {
	u, err := url.Parse(path)
	if err != nil {
		w.t.Fatal(err)
	}
	name, _, _ := strings.Cut(w.kind(u), "?")
	return name
}

// examine opens a page on a phone and on a desk.
func (b tab) examine(address, path string) {
	b.t.Helper()
	b.do("open "+path, narrow(), goTo(address), has("main"))
	b.judge("narrow " + path)
	b.fits("narrow " + path)
	b.do("enlarge "+path, chromedp.Evaluate[chromedp.Void](`document.documentElement.classList.add("elder")`))
	b.fits("elder " + path)
	if strings.HasPrefix(path, "/desk") {
		b.do("widen", wide())
		b.judge("wide " + path)
		b.fits("wide " + path)
	}
}

// fits fails if one has to scroll sideways.
func (b tab) fits(what string) {
	b.t.Helper()
	overflow, err := chromedp.Run(b.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth - document.documentElement.clientWidth`))
	if err != nil || overflow > 0 {
		b.t.Errorf("%s is %d px wider than the screen, %v", what, overflow, err)
	}
}
