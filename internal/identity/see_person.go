package identity

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/ids"
)

// Person is somebody unmasked.
type Person struct {
	Account AccountID
	Name    string
	Phone   string
	Homes   []Membership // in the community that asked
}

// Look is the record that somebody saw a person unmasked. The person can read it.
type Look struct {
	ID        string       `json:"id"`
	Who       AccountID    `json:"who"`
	Whom      AccountID    `json:"whom"`
	Community community.ID `json:"community"`
	At        time.Time    `json:"at"`
	Why       string       `json:"why"`
}

// ErrNotHere means that the person has nothing to do with the community.
var ErrNotHere = fault.New(fault.NotFound, "identity.not_here")

// SeePerson returns a person of the community in full, after writing down who looked and why. No record, no
// look. Somebody without any membership there, past or present, is not shown.
func (s *Service) SeePerson(ctx context.Context, actor Actor, c community.ID, whom AccountID, why string) (Person, error) {
	p, err := s.place(ctx, c)
	if err != nil {
		return Person{}, err
	}
	if err := Can(actor, SeePerson, p); err != nil {
		return Person{}, err
	}
	why = clean(why)
	if n := utf8.RuneCountInString(why); n < 2 || n > maxReason {
		return Person{}, ErrReason.On("why")
	}
	a, _, err := s.accounts.Get(ctx, string(whom))
	if err != nil {
		return Person{}, err
	}
	person := Person{Account: whom}
	for _, m := range a.Memberships {
		if m.Community == c {
			person.Homes = append(person.Homes, m)
		}
	}
	if len(person.Homes) == 0 {
		return Person{}, ErrNotHere
	}
	if err := s.recordLook(ctx, actor, c, whom, why); err != nil {
		return Person{}, err
	}
	if person.Name, err = a.RealName(s.box); err != nil {
		return Person{}, err
	}
	person.Phone, err = a.RealPhone(s.box)
	return person, err
}

func (s *Service) recordLook(ctx context.Context, actor Actor, c community.ID, whom AccountID, why string) error {
	now := s.clock.Now()
	look := Look{ID: ids.New(now), Who: actor.ID, Whom: whom, Community: c, At: now, Why: why}
	_, err := s.looks.Put(ctx, look.ID, docstore.Absent, look, docstore.Fact{
		Type: EventSeen, Actor: actor.Ref(), At: now, Data: AccountEvent{Account: whom, Community: c},
	})
	if err != nil {
		return fmt.Errorf("record a look at a person: %w", err)
	}
	return nil
}

// LooksAtMe returns who saw the actor unmasked, the latest first.
func (s *Service) LooksAtMe(ctx context.Context, actor Actor, after docstore.Cursor) ([]Look, docstore.Cursor, error) {
	if err := Can(actor, KeepAccount, Place{}); err != nil {
		return nil, "", err
	}
	return s.looks.Find(ctx, docstore.Query{
		Index: "by_whom", Equal: []any{string(actor.ID)}, Desc: true, Limit: 50, After: after,
	})
}
