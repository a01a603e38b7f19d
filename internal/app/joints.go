package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/catalogue"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/notify"
	"jushou/web/words"
)

// people joins duty rosters and roles into what notify asks.
type people struct {
	topics *deliberation.Service
	who    *identity.Service
}

// OnDuty implements notify.People.
func (p people) OnDuty(ctx context.Context, c community.ID, _ time.Time) (identity.AccountID, error) {
	duty, err := p.topics.Duty(ctx, identity.System("notify"), c)
	if errors.Is(err, docstore.ErrNotFound) {
		return "", nil
	}
	return duty.Person.Account, err
}

// Holders implements notify.People.
func (p people) Holders(ctx context.Context, role identity.Role, node community.ID, board string) ([]identity.AccountID, error) {
	if role == identity.RolePartner && board != "" {
		return p.who.BoardOwners(ctx, node, board)
	}
	if key, ok := identity.Department(board); ok && role == identity.RoleDepartment {
		return p.who.DepartmentPeople(ctx, node, key)
	}
	return p.who.RoleHolders(ctx, role, node)
}

// errands reads the towns' lists of items for deliberation.
type errands struct{ lists *catalogue.Service }

// Errand implements deliberation.Catalogue.
func (e errands) Errand(ctx context.Context, town community.ID, item, department string) (deliberation.Errand, error) {
	if item != "" {
		i, d, _, err := e.lists.Item(ctx, town, item)
		return deliberation.Errand{Item: i.Key, ItemName: i.Name, Department: d.Key, DepartmentName: d.Name, Days: i.ResolveDays}, err
	}
	list, err := e.lists.Current(ctx, town)
	if err != nil {
		return deliberation.Errand{}, err
	}
	d, ok := list.Department(department)
	if !ok {
		return deliberation.Errand{}, catalogue.ErrNoItem.With("department", department)
	}
	return deliberation.Errand{Department: d.Key, DepartmentName: d.Name}, nil
}

// contacts tells the WeChat channel how a person is reached.
type contacts struct{ who *identity.Service }

// Contacts implements notify.Contacts. A person's "no WeChat" is a consent taken back, and nothing goes past it.
func (c contacts) Contacts(ctx context.Context, people []identity.AccountID) (map[identity.AccountID]notify.Contact, error) {
	found, err := c.who.Contacts(ctx, people)
	if err != nil {
		return nil, err
	}
	reached := make(map[identity.AccountID]notify.Contact, len(found))
	for id, contact := range found {
		if contact.Following && !contact.Preferences.NoWeChat {
			reached[id] = notify.Contact{OpenID: contact.OpenID, Quiet: contact.Preferences.Quiet}
		}
	}
	return reached, nil
}

// Unfollowed implements notify.Contacts.
func (c contacts) Unfollowed(ctx context.Context, person identity.AccountID) error {
	found, err := c.who.Contacts(ctx, []identity.AccountID{person})
	if err != nil || found[person].OpenID == "" {
		return err
	}
	return c.who.Unfollowed(ctx, found[person].OpenID)
}

// copywriter is the catalogue as notices and the chat use it.
type copywriter struct {
	*words.Catalogue
	zone *time.Location
}

// Say implements notify.Words.
func (c copywriter) Say(key string, args fault.Args) string {
	var pairs []string
	for name, value := range args {
		pairs = append(pairs, name, value)
	}
	return c.T(key+".card", pairs...)
}

// When implements notify.Words.
func (c copywriter) When(rfc3339 string) string {
	at, err := time.Parse(time.RFC3339, rfc3339)
	if err != nil {
		return ""
	}
	return at.In(c.zone).Format("2006年1月2日 15:04")
}

// Refusal is what a person reads in the chat about an error: the sentence of each refusal in it, or that
// we are at fault.
func (c copywriter) Refusal(err error) string {
	var sentences []string
	for _, f := range fault.All(err) {
		if said := c.Fault(f); !slices.Contains(sentences, said) {
			sentences = append(sentences, said)
		}
	}
	if len(sentences) == 0 {
		return c.T("kind.internal")
	}
	return strings.Join(sentences, "\n")
}

var _ notify.Words = copywriter{}
