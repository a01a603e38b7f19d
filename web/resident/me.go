package resident

import (
	"jushou/internal/identity"
	"jushou/web/page"
)

// meView is a person's own page.
type meView struct {
	Name   string
	Homes  []homeLine
	Unread int
	Desk   bool
	// Notices is set while WeChat notices are wanted.
	Notices bool
	Elder   bool
	// Quiet are the hours in which WeChat messages wait: 22:00–07:00, "" for none.
	Quiet string
}

// Me shows somebody their own affairs.
func (p *Pages) Me(v *page.Visit) error {
	account, err := p.People.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	homes, err := p.homes(v)
	if err != nil {
		return err
	}
	return v.Show(MePage(meView{
		Name: v.Actor.Name, Homes: homes, Unread: v.Unread(), Desk: v.Person.Desk,
		Notices: wantsNotices(account), Elder: v.Person.Elder, Quiet: quietHours(account.Preferences.Quiet),
	}))
}

// Notices turns WeChat notices on or off; the inbox keeps them in any case.
func (p *Pages) Notices(v *page.Visit) error {
	account, err := p.People.Mine(v.Context(), v.Actor)
	if err != nil {
		return err
	}
	preferences := account.Preferences
	preferences.NoWeChat = v.Field("notices") != "1"
	if err := p.People.Prefer(v.Context(), v.Actor, preferences); err != nil {
		return err
	}
	return v.GoSaying("/me", "toast.saved")
}

// MyTopics lists what somebody has posted anywhere.
func (p *Pages) MyTopics(v *page.Visit) error {
	mine, err := p.mine(v, "/me/topics")
	if err != nil {
		return err
	}
	mine.Base = v.Person.Home
	return v.Show(MyTopicsPage(mine))
}

// verified reports whether a membership counts.
func (h homeLine) verified() bool { return h.Status == identity.MemberVerified }

func quietHours(q identity.Quiet) string {
	if q.Off {
		return ""
	}
	from, to := q.Hours()
	return from + "–" + to
}
