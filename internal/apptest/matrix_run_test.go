package apptest_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/photo"
	"jushou/web/page"
)

// visitor is somebody with a browser; the public has no token.
type visitor struct {
	actor       identity.Actor
	token, csrf string
	from        string // the address the connection comes from
}

// each is how many people a letter is. They take turns, address by address: one alone would be slowed down.
const each = 9

// crowd is everybody of the matrix.
type crowd struct {
	h      *apptest.House
	people map[rune][]visitor
	// building is one of the home community's.
	building community.BuildingID
	laid     map[string]*strings.Replacer
	browsers map[string]*http.Client
	made     int
	turn     int
	offered  int // addresses of 左邻右舍, which have turns of their own: a day takes five offers of one person
}

func TestEveryAddressLetsThroughWhomItShould(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	sign(t, h)
	c := gather(t, h)
	table, seen := ways(), 0
	for _, address := range h.Routes() {
		way, listed := table[address]
		if !listed {
			t.Errorf("%s is not in the matrix: say whom it lets through", address)
			continue
		}
		seen++
		delete(table, address)
		c.try(t, address, way)
	}
	if seen < 150 {
		t.Errorf("only %d addresses were tried", seen)
	}
	for address := range table {
		t.Errorf("%s is in the matrix and nowhere else", address)
	}
}

// try asks as everybody: the refused first, so that nobody else has changed anything yet.
func (c *crowd) try(t *testing.T, address string, w way) {
	t.Helper()
	clear(c.laid)
	order := []rune(everybody)
	slices.SortStableFunc(order, func(a, b rune) int { return strings.Count(w.who, string(a)) - strings.Count(w.who, string(b)) })
	for _, who := range order {
		want := strings.ContainsRune(w.who, who)
		v := c.people[who][c.next(address)%each]
		if all := c.people[who]; w.fresh && len(all) > each {
			v = all[each]
		}
		if w.ends && want && who != 'p' {
			v = c.stranger(t)
		}
		if want && !strings.HasPrefix(address, "GET ") {
			clear(c.laid) // the last one let through may have changed the ground
		}
		status, to := c.ask(t, v, address, w)
		switch got := !refused(status, to); {
		case status >= http.StatusInternalServerError:
			t.Errorf("%s as %c: %d", address, who, status)
		case status == http.StatusTooManyRequests:
			t.Fatalf("%s as %c: slowed down, which says nothing", address, who)
		case got != want:
			t.Errorf("%s as %c: %d %s, let through should be %v", address, who, status, to, want)
		}
	}
	c.turn++
	if lent(address) && !looksOnly(address) || lends(address) {
		c.offered++
	}
}

// next is whose turn it is among those of a letter.
func (c *crowd) next(address string) int {
	if lent(address) || lends(address) {
		return c.offered
	}
	return c.turn
}

// lends reports whether an address makes an offer or a wish, which counts into a day as those that are laid do.
func lends(address string) bool {
	return strings.HasPrefix(address, "POST ") && slices.ContainsFunc([]string{"/neighbours/post", "/wishes/post", "/offers", "/wishes"}, func(end string) bool {
		return strings.HasSuffix(address, end)
	})
}

// lent reports whether an address is about an offer, a talk about one, or a wish.
func lent(address string) bool {
	return strings.Contains(address, ":offer") || strings.Contains(address, ":exchange") || strings.Contains(address, ":wish")
}

// refused reports whether an answer keeps somebody out: told so, told that there is nothing, or sent to sign in.
func refused(status int, to string) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound:
		return true
	}
	return strings.HasPrefix(to, "/auth/wechat?") || strings.HasPrefix(to, "/desk/login")
}

func (c *crowd) ask(t *testing.T, v visitor, address string, w way) (status int, to string) {
	t.Helper()
	method, path, _ := strings.Cut(address, " ")
	fill := c.ground(t, v, address)
	body, kind := w.sent(t, path, fill)
	req, err := http.NewRequestWithContext(t.Context(), method, c.h.URL+fill.Replace(path+w.query), body)
	must(t, err)
	req.Header.Set("Content-Type", kind)
	if v.token != "" {
		req.AddCookie(&http.Cookie{Name: page.SessionCookie, Value: v.token})
		req.Header.Set("X-CSRF-Token", v.csrf)
	}
	res, err := c.browsers[v.from].Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, res.Header.Get("Location")
}

// sent returns the body of a request and its type.
func (w way) sent(t *testing.T, path string, fill *strings.Replacer) (io.Reader, string) {
	t.Helper()
	if w.file == "" && strings.HasPrefix(path, "/api/") {
		return strings.NewReader(fill.Replace(w.body)), "application/json"
	}
	if w.file == "" {
		return strings.NewReader(fill.Replace(w.body)), "application/x-www-form-urlencoded"
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, field := range []string{"file", "files"} {
		part, err := form.CreateFormFile(field, "名册.csv")
		must(t, err)
		_, err = io.WriteString(part, w.file)
		must(t, err)
	}
	must(t, form.Close())
	return &b, form.FormDataContentType()
}

// browser follows no redirects and connects from an address of its own.
func browser(t *testing.T, from string) *http.Client {
	dial := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.ParseIP(from)}}
	transport := &http.Transport{DialContext: dial.DialContext}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// ground lays what an address needs, once for all whom it refuses and anew for each whom it lets through: a topic of the property's board with a photo and a
// comment, a claim that waits, an import. The topic is the visitor's own where the visitor is an author.
func (c *crowd) ground(t *testing.T, v visitor, address string) *strings.Replacer {
	t.Helper()
	author, whose := c.people['a'][0].actor, "" // whose tells ground that is the visitor's own from the others' with the same author
	if slices.ContainsFunc(c.people['a'], func(a visitor) bool { return a.actor.ID == v.actor.ID }) {
		author, whose = v.actor, "own/"
	}
	commenter := c.people['n'][0].actor // likewise of the comment below it
	if slices.ContainsFunc(c.people['n'], func(n visitor) bool { return n.actor.ID == v.actor.ID }) {
		commenter = v.actor
	}
	whose += string(author.ID + commenter.ID)
	if laid := c.laid[whose]; laid != nil {
		return laid
	}
	now := c.h.Clock.Now()
	fill := []string{
		":community", string(demo.HomeCommunity), ":node", string(demo.HomeCommunity), ":town", "luoxi", ":variant", "thumb",
		":building", string(c.building), ":nonce", "NOSUCHNONCE", ":board", "party", ":notice", ids.New(now), ":purpose", "notices", ":picture", "x.png", ":new", ids.New(now),
	}
	fill = append(fill, c.fund(t, address)...)
	if strings.Contains(address, ":item") || strings.Contains(address, "/affair-questions") {
		fill = append(fill, c.affair(t, address)...)
	}
	if lent(address) {
		fill = append(fill, c.neighbours(t, v, address)...)
	} else if strings.Contains(address, ":bulletin") {
		fill = append(fill, c.bulletin(t)...)
	} else if strings.Contains(address, ":topic") || strings.Contains(address, ":photo") || strings.Contains(address, ":comment") {
		fill = append(fill, c.topic(t, author, commenter)...)
	}
	if strings.Contains(address, ":entry") {
		fill = append(fill, c.entry(t)...)
	}
	if strings.Contains(address, ":digest") {
		fill = append(fill, c.passing(t, address)...)
	}
	if strings.Contains(address, ":box") || strings.HasSuffix(address, "/boxes") {
		fill = append(fill, c.box(t)...)
	}
	if strings.Contains(address, ":whistle") {
		made, err := c.h.Whistles.CallUnits(t.Context(), c.people['s'][0].actor, whistle.Call{
			ID: whistle.ID(ids.New(now)), Community: demo.HomeCommunity, Form: whistle.FormCall, Title: "东门堵", Reason: "一家办不了",
			MeetAt: now.Add(time.Hour), Where: "东门", Boards: []string{identity.DepartmentBoard("greening")},
		})
		must(t, err)
		fill = append(fill, ":whistle", string(made.ID))
	}
	if strings.Contains(address, ":account") || strings.Contains(address, "/roles") {
		fill = append(fill, c.claim(t)...)
	}
	if strings.Contains(address, ":import") {
		file, err := c.h.Roster.PreviewRoster(t.Context(), c.people['s'][0].actor, demo.HomeCommunity, "名册.csv", []byte(roster))
		must(t, err)
		fill = append(fill, ":import", file.ID)
	}
	fill = append(fill, c.meeting(t, address)...)
	fill = append(fill, c.talk(t, address)...)
	fill = append(fill, c.vote(t, address)...)
	fill = append(fill, c.carry(t, author, address)...)
	fill = append(fill, c.gather(t, address)...)
	fill = append(fill, c.summon(t, address)...)
	c.laid[whose] = strings.NewReplacer(append(fill, ":household", "none")...)
	return c.laid[whose]
}

func (c *crowd) topic(t *testing.T, author, commenter identity.Actor) []string {
	t.Helper()
	now := c.h.Clock.Now()
	picture := ids.New(now)
	must(t, c.h.Photos.Put(t.Context(), picture, photo.Thumb, []byte("not looked at")))
	topic, err := c.h.Topics.PostTopic(t.Context(), author, deliberation.PostTopic{
		ID: deliberation.TopicID(ids.New(now)), Community: demo.HomeCommunity, Board: deliberation.BoardProperty, Body: "灯不亮",
		Photos: []deliberation.PhotoID{deliberation.PhotoID(picture)}, Via: deliberation.ViaH5,
	})
	must(t, err)
	comment, err := c.h.Topics.CommentTopic(t.Context(), commenter, deliberation.CommentTopic{
		ID: deliberation.CommentID(ids.New(now)), Topic: topic.ID, Body: "我家也是", Via: deliberation.ViaH5,
	})
	must(t, err)
	return []string{":topic", string(topic.ID), ":photo", picture, ":comment", string(comment.ID)}
}

// claim is somebody who says they live here, and waits.
func (c *crowd) claim(t *testing.T) []string {
	t.Helper()
	v := c.stranger(t)
	m, err := c.h.People.RegisterResident(t.Context(), v.actor, identity.RegisterResident{
		Name: "钱来", Phone: fmt.Sprintf("137%08d", c.made), Community: demo.HomeCommunity, Building: c.building, Room: "101",
		Consents: []identity.Consent{{Purpose: identity.PurposeService, Version: "2026-11"}},
	})
	must(t, err)
	return []string{":account", string(v.actor.ID), ":household", string(m.Household)}
}

// stranger is somebody new, signed in.
func (c *crowd) stranger(t *testing.T) visitor {
	t.Helper()
	c.made++
	actor, err := c.h.People.SignInByWeChat(t.Context(), fmt.Sprintf("oMatrix-%06d", c.made))
	must(t, err)
	return c.signedIn(t, actor.ID)
}

func (c *crowd) signedIn(t *testing.T, id identity.AccountID) visitor {
	t.Helper()
	token, err := c.h.Sign(t.Context(), id)
	must(t, err)
	return c.opened(t, token)
}

func (c *crowd) opened(t *testing.T, token string) visitor {
	t.Helper()
	actor, session, err := c.h.People.Sessions().Open(t.Context(), token)
	must(t, err)
	return visitor{actor: actor, token: token, csrf: session.CSRF(), from: "127.0.0.1"}
}

// gather makes people of every kind.
func gather(t *testing.T, h *apptest.House) *crowd {
	t.Helper()
	c := &crowd{h: h, laid: map[string]*strings.Replacer{}, browsers: map[string]*http.Client{}}
	c.people = map[rune][]visitor{}
	for i := range each {
		from := fmt.Sprintf("127.0.0.%d", i+1)
		c.browsers[from] = browser(t, from)
		c.people['p'] = append(c.people['p'], visitor{from: from})
	}
	moved(t, h)
	buildings, err := community.NewPlaces(h.Store).BuildingsIn(t.Context(), demo.HomeCommunity)
	must(t, err)
	c.building = buildings[0].ID
	neighbours, others := h.Sessions(string(demo.HomeCommunity), 2*each), h.Sessions("yinxing", each)
	for who, tokens := range map[rune][]string{'n': neighbours[:each], 'a': neighbours[each:], 'o': others} {
		for _, token := range tokens {
			c.people[who] = append(c.people[who], c.opened(t, token))
		}
	}
	for range each {
		c.people['f'] = append(c.people['f'], c.stranger(t))
	}
	home := demo.HomeCommunity
	for who, g := range map[rune]identity.Grant{
		's': {Role: identity.RoleStaff, Node: home}, 'c': {Role: identity.RoleSecretary, Node: home}, 'b': {Role: identity.RoleBranch, Node: home},
		'v': {Role: identity.RoleObserver, Node: home}, 't': {Role: identity.RoleTown, Node: "luoxi"}, 'u': {Role: identity.RoleTown, Node: "othertown"},
		'q': {Role: identity.RolePartner, Node: home, Board: "property"}, 'l': {Role: identity.RolePartner, Node: home, Board: "police"},
		'd': {Role: identity.RoleDepartment, Node: "luoxi", Board: identity.DepartmentBoard("greening")},
		'x': {Role: identity.RoleAdmin, Node: "demo"}, 'z': {Role: identity.RoleStaff, Node: "yinxing"},
	} {
		for range each + 1 {
			c.people[who] = append(c.people[who], c.holder(t, g))
		}
	}
	return c
}

// holder is somebody new with a role.
func (c *crowd) holder(t *testing.T, g identity.Grant) visitor {
	t.Helper()
	v := c.stranger(t)
	g.Title = "工作人员"
	must(t, c.h.People.GrantRole(t.Context(), identity.System("test"), v.actor.ID, g))
	return c.signedIn(t, v.actor.ID)
}

// moved adds a second town to the district.
func moved(t *testing.T, h *apptest.House) {
	t.Helper()
	district, err := h.Directory.Node(t.Context(), "demo")
	must(t, err)
	town, err := district.Below("othertown", "邻镇")
	must(t, err)
	must(t, community.NewPlaces(h.Store).SaveNode(t.Context(), town, "test", h.Clock.Now()))
	must(t, h.Directory.Refresh(t.Context()))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
