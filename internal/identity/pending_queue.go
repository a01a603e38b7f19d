package identity

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
)

// Waiting is one line of the queue of claims: what staff need to decide and no more. The phone stays
// masked; SeePerson shows it and is logged.
type Waiting struct {
	Account   AccountID
	Household HouseholdID
	Building  community.BuildingID
	Room      string
	Name      string // in full: it is what is being confirmed
	Phone     string // 138****8000
	Since     time.Time
	// NameListed and PhoneListed say which of the two the household's roster has. Both at once never wait.
	NameListed, PhoneListed bool
	// Listed is how many people the roster knows at this address; 0 for an address it does not know.
	Listed int
}

// Queue is one page of claims that wait, the oldest first.
type Queue struct {
	Waiting []Waiting
	Count   int // of all pages, up to queueCount
	Next    docstore.Cursor
}

// queueCount is where counting stops; a page then says "999+".
const queueCount = 1000

// PendingQueue returns the claims that wait for the community's staff.
func (s *Service) PendingQueue(ctx context.Context, actor Actor, c community.ID, after docstore.Cursor) (Queue, error) {
	p, err := s.place(ctx, c)
	if err != nil {
		return Queue{}, err
	}
	if err := Can(actor, VerifyResident, p); err != nil {
		return Queue{}, err
	}
	q := docstore.Query{Index: "pending", Equal: []any{string(c)}, Limit: 20, After: after}
	accounts, next, err := s.accounts.Find(ctx, q)
	if err != nil {
		return Queue{}, err
	}
	queue := Queue{Next: next}
	if queue.Count, err = s.accounts.Count(ctx, q, queueCount); err != nil {
		return Queue{}, err
	}
	homes, err := s.homesOf(ctx, accounts)
	if err != nil {
		return Queue{}, err
	}
	for _, a := range accounts {
		m, _ := a.Pending()
		w, err := s.waiting(a, m, homes[string(m.Household)])
		if err != nil {
			return Queue{}, err
		}
		queue.Waiting = append(queue.Waiting, w)
	}
	return queue, nil
}

// homesOf reads the rosters of the claimed addresses at once.
func (s *Service) homesOf(ctx context.Context, accounts []Account) (map[string]Household, error) {
	var ids []string
	for _, a := range accounts {
		if m, ok := a.Pending(); ok && !slices.Contains(ids, string(m.Household)) {
			ids = append(ids, string(m.Household))
		}
	}
	return s.households.GetMany(ctx, ids)
}

func (s *Service) waiting(a Account, m Membership, h Household) (Waiting, error) {
	w := Waiting{
		Account: a.ID, Household: m.Household, Building: m.Building, Room: m.Household.Room(),
		Since: m.Since, Listed: len(h.People),
	}
	phone, err := a.RealPhone(s.box)
	if err != nil {
		return w, err
	}
	if w.Name, err = a.RealName(s.box); err != nil {
		return w, err
	}
	w.Phone = MaskPhone(phone)
	names, err := h.Names(s.box)
	if err != nil {
		return w, err
	}
	w.NameListed = slices.Contains(names, w.Name)
	hashes := s.box.Hashes(purposePhone, phone)
	w.PhoneListed = slices.ContainsFunc(h.People, func(p Listed) bool {
		return p.PhoneHash != "" && slices.Contains(hashes, p.PhoneHash)
	})
	return w, nil
}
