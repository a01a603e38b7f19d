package desk

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/skip2/go-qrcode"

	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/web/view"
)

// loginCookie binds a code on the screen to this browser: nonce, secret, and where to go afterwards.
const loginCookie = "desk_login"

// codePixels is the width of the picture of a code.
const codePixels = 480

// loginKind is the kind of QR scene by which web/chat knows a desk's login.
const loginKind = "l"

// loginView is the page with the code.
type loginView struct {
	Code    string // address of the picture
	Sandbox bool
	Next    string
	Gone    bool
	// Problems says why there is no code: WeChat does not answer.
	Problems view.Problems
}

// ticket is what loginCookie holds.
type ticket struct{ nonce, secret, next string }

// Login shows a code for a phone to scan. Loaded again, it goes on as soon as the phone has said yes.
func (p *Pages) Login(v *page.Visit) error {
	t := parseTicket(v.Ctx.Cookies(loginCookie))
	if next := v.Query("next"); next != "" {
		t.next = page.SameSite(next)
	}
	if v.Actor.ID != "" {
		return v.Go(t.target())
	}
	switch done, err := p.enterBy(v, t); {
	case done:
		return v.Go(t.target())
	case fault.KindOf(err) == fault.TooLate:
		if t, err = p.open(v, t.next); err != nil {
			problems := v.Refuse(err)
			return v.ShowAs(problems.Status, LoginPage(loginView{Next: t.target(), Problems: problems}))
		}
	case err != nil:
		return err
	}
	v.Keep(loginCookie, t.String(), identity.LoginLife)
	return v.Show(LoginPage(loginView{Code: "/desk/login/" + t.nonce + ".png", Sandbox: p.LabelScene != nil, Next: t.target()}))
}

// LoginState is the page asking, by script, whether the phone has said yes.
func (p *Pages) LoginState(v *page.Visit) error {
	t := parseTicket(v.Ctx.Cookies(loginCookie))
	done, err := p.enterBy(v, t)
	switch {
	case done:
		v.Ctx.Set("HX-Redirect", t.target())
		return v.Ctx.SendStatus(200)
	case fault.KindOf(err) == fault.TooLate:
		return v.Show(loginState(loginView{Gone: true}))
	case err != nil:
		return err
	}
	return v.Show(loginState(loginView{}))
}

// enterBy starts the session if the code was confirmed. While nobody has, it is (false, nil).
func (p *Pages) enterBy(v *page.Visit, t ticket) (bool, error) {
	token, _, err := p.People.UseLogin(v.Context(), t.nonce, t.secret)
	if fault.CodeOf(err) == identity.ErrLoginWaiting.Code && err != nil {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	v.Keep(page.SessionCookie, token, identity.SessionLife)
	v.Forget(loginCookie)
	return true, nil
}

// open makes a new code and has WeChat know it.
func (p *Pages) open(v *page.Visit, next string) (ticket, error) {
	opened, secret, err := p.People.OpenLogin(v.Context(), device(v.Ctx.Get("User-Agent")))
	if err != nil {
		return ticket{next: next}, err
	}
	t := ticket{nonce: opened.Nonce, secret: secret, next: next}
	_, err = p.codeURL(v, t.nonce)
	return t, err
}

// codeURL returns what the code says, asking WeChat once for each.
func (p *Pages) codeURL(v *page.Visit, nonce string) (string, error) {
	key := "desk_login:" + nonce
	if known, ok, err := p.Memory.Get(v.Context(), key); err == nil && ok {
		return known, nil
	}
	scene, err := p.Scenes.SignScene(loginKind, nonce)
	if err != nil {
		return "", page.ErrNotFound.Because(err)
	}
	code, err := p.Codes.CreateQR(v.Context(), scene, identity.LoginLife)
	if err != nil {
		return "", err
	}
	if p.LabelScene != nil {
		p.LabelScene(scene, v.T("login.scene", "device", device(v.Ctx.Get("User-Agent")), "time", v.Now.In(p.Rounds.Zone()).Format("15:04")))
	}
	// Without the note the next picture is another code for the same scene.
	_ = p.Memory.Set(v.Context(), key, code.URL, identity.LoginLife)
	return code.URL, nil
}

// LoginCode draws the code of this browser's login, and of no other.
func (p *Pages) LoginCode(v *page.Visit) error {
	t := parseTicket(v.Ctx.Cookies(loginCookie))
	if t.nonce == "" || t.nonce+".png" != v.Param("picture") {
		return page.ErrNotFound
	}
	address, err := p.codeURL(v, t.nonce)
	if err != nil {
		return err
	}
	png, err := qrcode.Encode(address, qrcode.Medium, codePixels)
	if err != nil {
		return fmt.Errorf("draw the code of a login: %w", err)
	}
	v.Ctx.Set("Content-Type", "image/png")
	return v.Ctx.Send(png)
}

func (t ticket) target() string {
	if t.next == "" {
		return "/desk"
	}
	return t.next
}

// String writes the ticket for its cookie.
func (t ticket) String() string { return t.nonce + "." + t.secret + "." + url.QueryEscape(t.next) }

func parseTicket(cookie string) ticket {
	part := strings.SplitN(cookie, ".", 3)
	if len(part) != 3 {
		return ticket{}
	}
	next, err := url.QueryUnescape(part[2])
	if err != nil || next == "" {
		return ticket{nonce: part[0], secret: part[1]}
	}
	return ticket{nonce: part[0], secret: part[1], next: page.SameSite(next)}
}

// device names a browser as its owner would, for the phone to ask about.
func device(agent string) string {
	pick := func(names ...string) string {
		for i := 0; i < len(names); i += 2 {
			if strings.Contains(agent, names[i]) {
				return names[i+1]
			}
		}
		return ""
	}
	browser := pick("Edg/", "Edge", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari")
	system := pick("Windows", "Windows", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad", "Mac OS", "Mac", "Linux", "Linux")
	return strings.Join(strings.Fields(browser+" "+system), " · ")
}
