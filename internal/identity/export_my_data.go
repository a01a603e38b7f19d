package identity

import (
	"context"
	"time"

	"jushou/internal/docstore"
)

// MyData is everything this package holds about a person, in plain text, for the right of access and copy
// (个人信息保护法 45). What they wrote is added by the packages that keep it.
type MyData struct {
	Account     AccountID    `json:"account"`
	Name        string       `json:"name,omitempty"`
	Phone       string       `json:"phone,omitempty"`
	OpenID      string       `json:"openid,omitempty"`
	Created     time.Time    `json:"created"`
	Follow      Follow       `json:"follow"`
	Memberships []Membership `json:"memberships"`
	Grants      []Grant      `json:"grants"`
	Consents    []Consent    `json:"consents"`
	Preferences Preferences  `json:"preferences"`
	Looks       []Look       `json:"looks"` // who saw the person unmasked, when and why
}

// ExportMyData returns the actor's own data.
func (s *Service) ExportMyData(ctx context.Context, actor Actor) (MyData, error) {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return MyData{}, err
	}
	a, _, err := s.accounts.Get(ctx, string(actor.ID))
	if err != nil {
		return MyData{}, err
	}
	d := MyData{
		Account: a.ID, Created: a.Created, Follow: a.Follow, Memberships: a.Memberships,
		Grants: a.Grants, Consents: a.Consents, Preferences: a.Preferences,
	}
	if d.Name, err = a.RealName(s.box); err != nil {
		return MyData{}, err
	}
	if d.Phone, err = a.RealPhone(s.box); err != nil {
		return MyData{}, err
	}
	if d.OpenID, err = a.WeChatID(s.box); err != nil {
		return MyData{}, err
	}
	err = s.looks.Each(ctx, docstore.Query{Index: "by_whom", Equal: []any{string(a.ID)}}, func(l Look) error {
		d.Looks = append(d.Looks, l)
		return nil
	})
	return d, err
}
