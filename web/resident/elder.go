package resident

import (
	"time"

	"jushou/internal/identity"
	"jushou/web/page"
)

// elderLife is how long a browser remembers the choice of somebody without an account.
const elderLife = 400 * 24 * time.Hour

// Elder switches the large form of every page on or off, here and, for somebody signed in, on every device.
func (p *Pages) Elder(v *page.Visit) error {
	on := v.Field("elder") == "1"
	if v.Actor.ID != "" {
		account, err := p.People.Mine(v.Context(), v.Actor)
		if err != nil {
			return err
		}
		preferences := account.Preferences
		preferences.Elder = on
		if err := p.People.Prefer(v.Context(), v.Actor, preferences); err != nil {
			return err
		}
	}
	return p.elder(v, on)
}

func (p *Pages) elder(v *page.Visit, on bool) error {
	if on {
		v.Keep(page.ElderCookie, "1", elderLife)
	} else {
		v.Forget(page.ElderCookie)
	}
	return v.Go(v.Field("next"))
}

// wantsNotices reports whether WeChat notices reach the account.
func wantsNotices(a identity.Account) bool { return !a.Preferences.NoWeChat }
