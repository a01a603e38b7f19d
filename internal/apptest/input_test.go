package apptest_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"

	"jushou/internal/apptest"
)

// huge is a photo of 20 MB: a small one with what some cameras append.
func huge(t *testing.T) []byte {
	t.Helper()
	return append(picture(t, 7), make([]byte, 20<<20)...)
}

// sentence checks that a refusal speaks to a person: Chinese, with something to do, and without what only
// programmers read.
func sentence(t *testing.T, said string) {
	t.Helper()
	han := 0
	for _, r := range said {
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if han < 8 || !strings.ContainsAny(said, "请再换重登点") {
		t.Errorf("the refusal says %q, which does not tell what to do", said)
	}
	for _, jargon := range []string{"fault", "error", "topic.", "photo.", "nil", "{", "409", "422"} {
		if strings.Contains(said, jargon) {
			t.Errorf("the refusal says %q", said)
		}
	}
}

// refusalOf returns what a form that came back says: above it, and beside its fields.
func refusalOf(page *apptest.Page) string {
	return strings.Join(append(page.All(".problems"), page.All(".field-error")...), " ")
}

// TestBadInputComesBackWithTheText sends what cannot be taken. Each time the form comes back with a sentence that says
// what to do, and with the text as it was typed; then the text alone is sent from that very form.
func TestBadInputComesBackWithTheText(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	const body = "三楼的消防箱玻璃碎了\n边上有碎渣，小心划手。"
	bomb := bytes.Repeat([]byte("炸弹 bomb "), 200_000)
	long := strings.Repeat("长", 10_000)
	for _, bad := range []struct {
		name   string
		body   string
		files  []apptest.File
		status int
		says   string
	}{
		{"a photo of 20 MB", body, []apptest.File{{Field: "files", Name: "20MB.jpg", Body: huge(t)}}, 413, "换一张"},
		{"a text bomb renamed .jpg", body, []apptest.File{{Field: "files", Name: "bomb.jpg", Body: bomb}}, 422, "不是照片"},
		{"a damaged photo", body, []apptest.File{{Field: "files", Name: "cut.jpg", Body: picture(t, 1)[:400]}}, 422, "打不开"},
		{"ten thousand characters", long, nil, 422, "最多写 2000 字"},
		{"nothing", "", nil, 422, "还没有写字"},
		{"nothing that can be seen", "\u200b\u200b\u2060\ufeff", nil, 422, "还没有写字"},
	} {
		t.Run(bad.name, func(t *testing.T) {
			lin := h.Phone("lin")
			form := lin.Get("/c/hexiang/post").Want(200)
			back := form.SubmitFiles("/post", bad.files, "body", bad.body, "board", "hall").Want(bad.status, bad.says)
			sentence(t, refusalOf(back))
			if bad.body != "" && strings.Trim(bad.body, "\u200b\u2060\ufeff") != "" && back.Typed("/post", "body") != bad.body {
				t.Errorf("the text came back as %.60q", back.Typed("/post", "body"))
			}
			if back.Typed("/post", "token") != form.Typed("/post", "token") {
				t.Error("the form came back with another token: a second tap would be a second post")
			}
			back.Submit("/post", "body", body+bad.name, "board", "hall", "anyway", "1").Want(200, "消防箱玻璃碎了")
		})
	}
	if n := strings.Count(h.Phone("lin").Get("/me/topics").Text(), "消防箱玻璃碎了"); n != 6 {
		t.Errorf("%d topics were posted, want one for each that was mended", n)
	}
}

// TestAnExpiredSessionKeepsTheText lets the session end while the form is open, with and without photos.
func TestAnExpiredSessionKeepsTheText(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	const body = "顶楼的水箱盖被风吹开了\n怕有东西掉进去。"
	for name, files := range map[string][]apptest.File{
		"text": nil, "photo": {{Field: "files", Name: "a.jpg", Body: picture(t, 3)}},
	} {
		t.Run(name, func(t *testing.T) {
			lin := h.Phone("lin")
			form := lin.Get("/c/hexiang/post").Want(200)
			lin.SignOutSilently()
			back := form.SubmitFiles("/post", files, "body", body).Want(401)
			sentence(t, refusalOf(back))
			if got := back.Typed("/post", "body"); got != body {
				t.Errorf("the text came back as %q", got)
			}
			again := back.Attr(`.problems a[href^="/auth/wechat"]`, "href")
			if again == "" {
				t.Fatalf("no way to sign in again: %s", back.Text())
			}
			lin.Get(again).Want(200, "<textarea") // signed in, at the form; the browser's draft has the text
		})
	}
	// A page left open whose session began anew: the same text is one tap from being sent.
	lin := h.Phone("lin")
	form := lin.Get("/c/hexiang/post").Want(200)
	lin.SignOutSilently()
	lin.Get("/me/topics").Want(200)
	back := form.Submit("/post", "body", body).Want(409, "再点一次")
	if got := back.Typed("/post", "body"); got != body {
		t.Errorf("the text came back as %q", got)
	}
	back.Submit("/post").Want(200, "水箱盖被风吹开了")
}

// TestTricksWithCharactersAreOnlyText posts markup, scripts, and characters that hide or turn text around. What is
// shown is text; the names around it cannot be forged; and nothing runs.
func TestTricksWithCharactersAreOnlyText(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	nasty := "<script>alert('x')</script><img src=x onerror=alert(1)>\"'&lt;b&gt; </textarea><h1>大字</h1>\n" +
		"官\u200b方\u2060公\ufeff告 \u202eefas si siht\u202c 控\x01制\x0b\x1b[31m字\u0085符 \u2066隔离\u2069 е\u0301\u0301\u0301\u0301\u0301\u0301"
	posted := lin.Get("/c/hexiang/post").Submit("/post", "body", nasty).Want(200, "官方公告")
	topic := topicOf(t, posted.Path)
	lin.Get("/t/"+topic).Submit("/comments", "body", nasty).Want(200)
	h.Phone("chen").Get("/desk/t/"+topic).Submit("/answer", "body", nasty).Want(200)
	h.Settle()
	for who, paths := range map[string][]string{
		"lin":  {"/t/" + topic, "/t/" + topic + "/edit", "/c/hexiang", "/c/hexiang/topics", "/me/topics", "/me/inbox", "/me/data", "/c/hexiang/progress"},
		"chen": {"/desk/t/" + topic, "/desk/c/hexiang", "/desk/c/hexiang?filter=all", "/me/inbox"},
	} {
		phone := h.Phone(who)
		for _, path := range paths {
			page := phone.Get(path)
			page.Not("<script>alert", "<img src=x", "<h1>大字", "\u202e", "\u202c", "\u2066", "\u200b", "\u2060", "\ufeff", "\x01", "\x0b", "\x1b")
			if scripts := page.All("script:not([src])"); len(scripts) > 0 {
				t.Errorf("%s has a script of its own: %q", path, scripts)
			}
			if policy := page.Header.Get("Content-Security-Policy"); !strings.Contains(policy, "script-src 'self'") || strings.Contains(policy, "unsafe") {
				t.Errorf("%s: policy %q", path, policy)
			}
		}
	}
	// The name of who registers is held to letters, so it cannot pretend to be the committee's.
	zhou := h.Phone("zhou")
	form := zhou.Get(follow(t, h, "zhou", "hexiang-2", "2号楼"))
	claim := func(name string) *apptest.Page {
		return form.Submit("/welcome", "name", name, "phone", "13900010003", "room", "402", "consent_service", "1")
	}
	for _, name := range []string{"<b>周明</b>", "居\u200b委\u200b会123"} {
		back := claim(name).Want(422)
		sentence(t, refusalOf(back))
		back.Not("<b>周明</b>")
	}
	claim("周\u200b明\u202e").Want(200).Not("\u202e") // what cannot be seen does not count: the roster knows him
	zhou.Get("/me").Want(200, "周*", "已认证").Not("\u202e", "\u200b")
	// In the chat as on the page.
	if _, err := h.Sim.SendText("lin", nasty); err != nil {
		t.Fatal(err)
	}
	h.Settle()
	if m := last(t, h, "lin"); strings.ContainsAny(m.Text, "\u202e\u200b\x01\x1b") || !strings.Contains(m.Text, "已登记") {
		t.Errorf("the chat answers %q", m.Text)
	}
}

// TestAnUploadedPhotoThatIsNone is the same by the script that sends photos ahead.
func TestAnUploadedPhotoThatIsNone(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	lin := h.Phone("lin")
	csrf := lin.Get("/c/hexiang/post").CSRF()
	refused := lin.PostFiles("/photos", map[string][]string{"_csrf": {csrf}}, apptest.File{Field: "files", Name: "bomb.jpg", Body: []byte("不是照片")})
	refused.Want(422, "不是照片")
	taken := lin.PostFiles("/photos", map[string][]string{"_csrf": {csrf}}, apptest.File{Field: "files", Name: "a.jpg", Body: picture(t, 5)})
	taken.Want(201, "/photos/")
}

// TestTheStoreIsFull fills the embedded store to its bound. Who posts is told so in words, with the text kept; reading
// goes on; and with more room the same form is taken.
func TestTheStoreIsFull(t *testing.T) {
	t.Parallel()
	h := apptest.Plan{StoreBytes: apptest.DistrictBytes(t) + 1<<20}.Open(t)
	lin := h.Phone("lin")
	waiting := postAs(t, h, lin, "自行车棚的灯不亮")
	body := "门卫室的窗户关不上\n" + strings.Repeat("晚上风很大。", 300)
	people := h.Neighbours("hexiang", 18)
	form := lin.Get("/c/hexiang/post").Want(200)
	fill(t, h, people)
	back := form.Submit("/post", "body", body).Want(503)
	sentence(t, refusalOf(back))
	if got := back.Typed("/post", "body"); got != body {
		t.Errorf("the text came back as %.80q", got)
	}
	lin.Get("/t/"+waiting).Want(200, "自行车棚的灯不亮")
	lin.Get("/c/hexiang/topics").Want(200)
	h.Enlarge(16 << 20)
	back.Submit("/post").Want(200, "门卫室的窗户关不上")
	token := back.Typed("/post", "token")
	h.Eventually(15*time.Second, "chen is told of what was posted at last", func() bool {
		return about(cards(h, "chen", work), "/desk/t/"+token) == 1
	})
}

// fill posts until the store takes no more.
func fill(t *testing.T, h *apptest.House, people []*apptest.Phone) {
	t.Helper()
	long := strings.Repeat("满", 1900)
	for n := 0; ; n++ {
		for _, p := range people {
			page := p.Get("/c/hexiang/post").Submit("/post", "body", long)
			if page.Status == 503 {
				return
			}
			if page.Status != 200 {
				t.Fatalf("status %d: %.300s", page.Status, page.Text())
			}
		}
		if n == 50 {
			t.Fatal("the store takes everything")
		}
	}
}
