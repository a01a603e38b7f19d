package api

import (
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// MyData is everything that is held about the caller, in plain text.
type MyData struct {
	Account     identity.AccountID `json:"account"`
	Name        string             `json:"name,omitempty"`
	Phone       string             `json:"phone,omitempty"`
	OpenID      string             `json:"openid,omitempty"`
	Created     Instant            `json:"created"`
	Following   bool               `json:"following" doc:"Follows the WeChat account."`
	Memberships []Membership       `json:"memberships"`
	Roles       []Role             `json:"roles"`
	Consents    []Consent          `json:"consents"`
	Preferences Preferences        `json:"preferences"`
	Looks       []Look             `json:"looks" doc:"Who saw the person unmasked; who is an account."`
	Topics      []TopicCard        `json:"topics"`
}

// readMyData returns the caller's own data, with every topic they posted.
func (a *Actions) readMyData(c *Call) (MyData, error) {
	d, err := a.People.ExportMyData(c.Context(), c.Actor)
	if err != nil {
		return MyData{}, err
	}
	topics, err := a.everyTopic(c)
	if err != nil {
		return MyData{}, err
	}
	return MyData{
		Account: d.Account, Name: d.Name, Phone: d.Phone, OpenID: d.OpenID, Created: instant(d.Created), Following: d.Follow.Following,
		Memberships: each(d.Memberships, showMembership), Roles: each(d.Grants, showRole), Consents: each(d.Consents, showConsent),
		Preferences: showPreferences(d.Preferences),
		Looks:       each(d.Looks, func(l identity.Look) Look { return Look{Who: string(l.Who), Why: l.Why, At: instant(l.At)} }),
		Topics:      topics,
	}, nil
}

func (a *Actions) everyTopic(c *Call) ([]TopicCard, error) {
	all, after := []TopicCard{}, docstore.Cursor("")
	for {
		p, err := a.Topics.MyTopics(c.Context(), c.Actor, after)
		if err != nil {
			return nil, err
		}
		all = append(all, each(p.Items, showCard)...)
		if after = p.Next; after == "" {
			return all, nil
		}
	}
}
