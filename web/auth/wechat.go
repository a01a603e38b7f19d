package auth

import (
	"crypto/subtle"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/web/page"
	"jushou/wechat"
)

// errSignIn means that WeChat and we could not agree twice in a row; the visitor starts over by hand.
var errSignIn = fault.New(fault.Conflict, "auth.sign_in_failed")

// stateCookie binds the way to WeChat and back to one browser. It holds the state, how often the way was begun
// again, and where to go afterwards.
const stateCookie = "signing_in"

// stateLife is how long somebody may take on the way; WeChat's codes live five minutes.
const stateLife = 10 * time.Minute

// errand is what a browser on its way to WeChat and back carries in stateCookie.
type errand struct {
	state string
	again bool // begun a second time: a third would be a loop
	next  string
}

// GoToWeChat sends the browser to WeChat to be recognised, silently (snsapi_base).
func (p *Pages) GoToWeChat(v *page.Visit) error {
	return p.send(v, errand{state: wechat.NewState(), next: page.SameSite(v.Query("next"))})
}

func (p *Pages) send(v *page.Visit, e errand) error {
	to, err := p.WeChat.AuthorizeURL(p.BaseURL+"/auth/wechat/callback", wechat.ScopeBase, e.state)
	if err != nil {
		return err
	}
	v.Keep(stateCookie, e.String(), stateLife)
	return v.Ctx.Redirect(to, fiber.StatusFound)
}

// ReturnFromWeChat begins the session of whoever WeChat says came. Browsers call back twice; the second call finds
// the same person. A code or state that no longer holds starts the way again once.
func (p *Pages) ReturnFromWeChat(v *page.Visit) error {
	e := parseErrand(v.Ctx.Cookies(stateCookie))
	if subtle.ConstantTimeCompare([]byte(v.Query("state")), []byte(e.state)) != 1 || e.state == "" {
		return p.again(v, e)
	}
	user, err := p.WeChat.Exchange(v.Context(), v.Query("code"))
	if errors.Is(err, wechat.ErrCodeUsed) {
		return p.again(v, e)
	}
	if err != nil {
		return err
	}
	if user.Snapshot {
		return v.Show(SnapshotPage())
	}
	actor, err := p.People.SignInByWeChat(v.Context(), user.OpenID)
	if err != nil {
		return err
	}
	if err := p.begin(v, actor); err != nil {
		return err
	}
	v.Forget(stateCookie)
	return v.Ctx.Redirect(e.next, fiber.StatusFound)
}

// begin gives the browser a session and the choices the person made elsewhere.
func (p *Pages) begin(v *page.Visit, actor identity.Actor) error {
	token, _, err := p.People.Sessions().Issue(v.Context(), actor.ID)
	if err != nil {
		return err
	}
	v.Keep(page.SessionCookie, token, identity.SessionLife)
	account, err := p.People.Mine(v.Context(), actor)
	if err == nil && account.Preferences.Elder {
		v.Keep(page.ElderCookie, "1", identity.SessionLife)
	}
	return err
}

// again begins the way once more with a fresh state. Somebody who is signed in already has come back by the
// browser's "back" and just goes on.
func (p *Pages) again(v *page.Visit, e errand) error {
	if v.Actor.ID != "" {
		return v.Ctx.Redirect(e.next, fiber.StatusFound)
	}
	if e.again {
		v.Forget(stateCookie)
		return errSignIn
	}
	return p.send(v, errand{state: wechat.NewState(), again: true, next: e.next})
}

// String writes the errand for the cookie.
func (e errand) String() string {
	mark := "0"
	if e.again {
		mark = "1"
	}
	return e.state + "." + mark + "." + url.QueryEscape(e.next)
}

// parseErrand reads the cookie; what it cannot read is an errand to the front page.
func parseErrand(cookie string) errand {
	part := strings.SplitN(cookie, ".", 3)
	if len(part) != 3 {
		return errand{next: "/"}
	}
	next, err := url.QueryUnescape(part[2])
	if err != nil {
		next = "/"
	}
	return errand{state: part[0], again: part[1] == "1", next: page.SameSite(next)}
}
