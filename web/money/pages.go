// Package money has the pages of funds: the accounts that everybody reads, and the desk where vouchers are drafted by one person
// and posted by another.
package money

import (
	"errors"
	"strconv"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
	"jushou/internal/money"
	"jushou/internal/photo"
	"jushou/projects/ledger"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
)

// Services are what the pages need.
type Services struct {
	Ledger    *ledger.Service
	Directory *community.Directory
	Shelf     upload.Shelf
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// Counts tell how many vouchers wait for the visitor.
func Counts(s Services) map[string]console.Count {
	return map[string]console.Count{"money": func(v *page.Visit, r console.Room) (int, error) {
		return s.Ledger.Waiting(v.Context(), v.Actor, r.Node.ID)
	}}
}

// room is the room of a fund's place.
func (p *Pages) room(v *page.Visit, f ledger.Fund) (console.Room, error) {
	level := community.LevelCommunity
	if f.Town() == f.Node {
		level = community.LevelTown
	}
	return p.Room(v, f.Node, level)
}

// place is the room that the address names, of a community or a town.
func (p *Pages) place(v *page.Visit) (console.Room, error) {
	if town := v.Param("town"); town != "" {
		return p.Room(v, community.ID(town), community.LevelTown)
	}
	return p.Community(v)
}

// atDesk returns the fund that the address names, and its room.
func (p *Pages) atDesk(v *page.Visit) (ledger.Fund, console.Room, error) {
	f, err := p.Ledger.FundAtDesk(v.Context(), v.Actor, ledger.FundID(v.Param("fund")))
	if err != nil {
		return f, console.Room{}, err
	}
	r, err := p.room(v, f)
	return f, r, err
}

// voucher returns the voucher that the address names, with its fund and room.
func (p *Pages) voucher(v *page.Visit) (ledger.Fund, ledger.Entry, console.Room, error) {
	f, r, err := p.atDesk(v)
	if err != nil {
		return f, ledger.Entry{}, r, err
	}
	e, ok := f.Entry(ledger.EntryID(v.Param("voucher")))
	if !ok {
		return f, e, r, ledger.ErrNotFound
	}
	return f, e, r, nil
}

// Paper shows a photo of a voucher to the people of the accounts.
func (p *Pages) Paper(v *page.Visit) error {
	id := v.Param("photo")
	ok, err := p.Ledger.Paper(v.Context(), v.Actor, ledger.FundID(v.Param("fund")), ledger.EntryID(v.Param("voucher")), deliberation.PhotoID(id))
	if err != nil {
		return err
	}
	if !ok {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, id)
}

// amount reads an amount of yuan of a form's field; the refusal stands beside it.
func amount(v *page.Visit, field string) (money.Fen, error) {
	fen, err := money.Parse(v.Field(field))
	var refusal *fault.Error
	if errors.As(err, &refusal) {
		return 0, refusal.On(field)
	}
	return fen, err
}

// number reads a whole number of an address or a form; what is none is 0, which nothing has.
func number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0
	}
	return n
}
