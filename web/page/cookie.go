package page

import (
	"time"

	"github.com/gofiber/fiber/v2"
)

// Names of cookies. The session's is SameSite=Lax like the others: Strict would not be sent on the way back from
// WeChat's sign-in.
const (
	SessionCookie = "jushou" // the token of an identity.Session

	ToastCookie = "toast" // a key of the catalogue, shown once
	ElderCookie = "elder" // "1" chooses elder mode
	FreshCookie = "fresh" // "1" for a few seconds after a change: shared fragments are made anew
)

// Keep sets a cookie that scripts cannot read and that other sites do not send along with posts. It is sent over
// TLS only where the site is served over TLS.
func (v *Visit) Keep(name, value string, life time.Duration) {
	v.Ctx.Cookie(&fiber.Cookie{
		Name: name, Value: value, Path: "/", MaxAge: int(life / time.Second),
		HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: v.site.Secure,
	})
}

// Forget removes a cookie.
func (v *Visit) Forget(name string) {
	v.Ctx.Cookie(&fiber.Cookie{
		Name: name, Path: "/", Expires: time.Unix(1, 0),
		HTTPOnly: true, SameSite: fiber.CookieSameSiteLaxMode, Secure: v.site.Secure,
	})
}

// freshTime is how long after a change its author's pages are made anew: the feed of events may show a change a
// moment after the store has it.
const freshTime = 5 * time.Second

// Refresh makes the visitor's next pages anew instead of taking what is kept.
func (v *Visit) Refresh() { v.Keep(FreshCookie, "1", freshTime) }

// Fresh reports whether Refresh was called a moment ago.
func (v *Visit) Fresh() bool { return v.Ctx.Cookies(FreshCookie) != "" }
