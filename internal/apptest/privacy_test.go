package apptest_test

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jushou/internal/app/demo"
	"jushou/internal/apptest"
)

// secret is what no neighbour may read of somebody.
type secret struct{ whose, what string }

// secrets lists names, phone numbers and openids of residents of two communities and of every persona. The names of
// people who work here stand beside their answers and are no secret.
func secrets(t *testing.T, h *apptest.House) []secret {
	t.Helper()
	public := map[string]bool{}
	openids := []string{}
	for _, p := range demo.Personas() {
		if h.Phone(p.ID).Who.Name() != "" && slices.Contains([]string{"lin", "wang", "zhou", "wu"}, p.ID) {
			openids = append(openids, p.OpenID)
			continue
		}
		public[p.Name()] = true
	}
	for _, community := range []string{"hexiang", "yinxing"} {
		for i := range 18 {
			openids = append(openids, fmt.Sprintf("oDemo-%s-%03d", community, 3*i))
		}
		for i := range 6 {
			if actor, err := h.People.FindByWeChat(t.Context(), fmt.Sprintf("oDemo-%s-work-%d", community, i)); err == nil {
				public[actor.Name] = true
			}
		}
	}
	var all []secret
	for _, openid := range openids {
		all = append(all, secret{openid, openid})
		actor, err := h.People.FindByWeChat(t.Context(), openid)
		if err != nil {
			continue // a newcomer
		}
		mine, err := h.People.ExportMyData(t.Context(), actor)
		if err != nil {
			t.Fatal(err)
		}
		if mine.Phone != "" {
			all = append(all, secret{openid, mine.Phone})
		}
		if mine.Name != "" && !public[mine.Name] {
			all = append(all, secret{openid, mine.Name})
		}
	}
	if len(all) < 90 {
		t.Fatalf("only %d secrets", len(all))
	}
	return all
}

// doorplate is a building with a room.
var doorplate = regexp.MustCompile(`\d+号楼\s*\d{3,4}`)

// doors are the rooms that a resident may read: their own, and those of a principal whose written mandate they hold in a vote.
func doors(t *testing.T, h *apptest.House, who string) map[string]bool {
	t.Helper()
	own := map[string]bool{}
	for _, door := range doorplate.FindAllString(h.Phone(who).Get("/me/homes").Want(200).Text(), -1) {
		own[door] = true
	}
	polls, _, err := h.Polls.Polls(t.Context(), h.Actor(who), "hexiang", "")
	must(t, err)
	for _, p := range polls {
		seen, err := h.Polls.Poll(t.Context(), h.Actor(who), p.ID)
		must(t, err)
		for _, s := range seen.Seats {
			for _, door := range s.Places {
				own[door] = own[door] || s.Mandate
			}
		}
	}
	return own
}

// TestNobodyReadsANeighboursData follows every link there is as the public, as a follower who is not verified, as a
// resident of another community and as a neighbour, and looks for names, numbers, openids and rooms.
func TestNobodyReadsANeighboursData(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	topic := postAs(t, h, h.Phone("lin"), "花坛边的砖松了")
	h.Phone("lin").Get("/t/"+topic).Submit("/comments", "body", "我先用红绳围起来了").Want(200)
	if _, err := h.Sim.Follow("wu", scene(t, h, "hexiang-6")); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	hidden := secrets(t, h)
	for who, phone := range map[string]*apptest.Phone{
		"the public": h.Browser(), "a follower": h.Phone("wu"), "a stranger": h.Neighbours("yinxing", 1)[0], "wang": h.Phone("wang"),
	} {
		t.Run(who, func(t *testing.T) {
			own := map[string]bool{}
			me := map[string]string{"wang": h.Phone("wang").Who.OpenID, "a follower": h.Phone("wu").Who.OpenID, "a stranger": "oDemo-yinxing-000"}[who]
			for _, s := range hidden {
				if s.whose == me {
					own[s.what] = true
				}
			}
			rooms := map[string]bool{}
			if who == "wang" {
				rooms = doors(t, h, who)
			}
			seen := walk(t, phone, []string{"/", "/c/hexiang", "/c/yinxing", "/c/hexiang/topics", "/t/" + topic, "/me", "/open"}, func(page *apptest.Page) {
				if strings.HasPrefix(page.Path, "/sandbox/") {
					return // WeChat asks which of its people this is
				}
				text := string(page.Body)
				for _, s := range hidden {
					if strings.Contains(text, s.what) && !own[s.what] {
						t.Errorf("%s shows %s of %s", page.Path, s.what, s.whose)
					}
				}
				for _, room := range doorplate.FindAllString(page.Text(), -1) {
					if !rooms[room] && !strings.HasPrefix(page.Path, "/me") {
						t.Errorf("%s shows %q", page.Path, room)
					}
				}
			})
			t.Logf("%d pages", seen)
			if seen < 15 {
				t.Errorf("only %d pages were read", seen)
			}
		})
	}
}

// maxPages bounds a walk.
const maxPages = 150

// walk opens the pages and everything they link to on this site, each once, and returns how many there were.
func walk(t *testing.T, p *apptest.Phone, todo []string, look func(*apptest.Page)) int {
	t.Helper()
	seen := map[string]bool{}
	for len(todo) > 0 && len(seen) < maxPages {
		path := todo[0]
		todo = todo[1:]
		if seen[path] {
			continue
		}
		seen[path] = true
		page := p.Get(path)
		if page.Status >= 500 {
			t.Errorf("%s: status %d", path, page.Status)
		}
		look(page)
		for _, href := range page.Attrs("a[href]", "href") {
			u, err := url.Parse(href)
			if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "/sandbox") || strings.HasPrefix(u.Path, "/auth") {
				continue
			}
			u.Fragment = ""
			todo = append(todo, u.String())
		}
	}
	return len(seen)
}
