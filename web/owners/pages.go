// Package owners holds the pages of the owners' register: the desk brings it, confirms it, binds accounts and records the local rule that
// joint decisions stand on; an owner finds their own units.
package owners

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/poll/owners"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/photo"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

var errNoFile = fault.New(fault.Invalid, "owners.no_file").On("file")

// Services are what the pages need.
type Services struct {
	Owners    *owners.Service
	Directory *community.Directory
	Places    community.Places
	Shelf     upload.Shelf
}

// Pages are the handlers.
type Pages struct {
	Services
	*console.Console
}

// New returns the pages in the frame of the console.
func New(s Services, c *console.Console) *Pages { return &Pages{Services: s, Console: c} }

// keeps returns the room of the address if the visitor keeps the register there.
func (p *Pages) keeps(v *page.Visit) (console.Room, error) {
	r, err := p.Community(v)
	if err == nil && !r.May(identity.KeepOwners) {
		err = identity.ErrDenied
	}
	return r, err
}

// bookView is the register with what can be done about it.
type bookView struct {
	To        string
	Book      owners.Book
	Current   *owners.Version
	Waiting   []owners.Version
	Bases     []owners.Basis
	Buildings []community.Building
	Typed     page.Sheet
	Token     string
	Faults    []owners.Fault // of a file that was refused
	Photos    []deliberation.PhotoID
}

// Book shows the register.
func (p *Pages) Book(v *page.Visit) error { return p.book(v, page.Sheet{}, nil, nil) }

func (p *Pages) book(v *page.Visit, t page.Sheet, faults []owners.Fault, photos []deliberation.PhotoID) error {
	r, err := p.keeps(v)
	if err != nil {
		return err
	}
	shown := bookView{To: r.Path("/owners"), Typed: t, Token: t.Token(t.Form(), v.Now), Faults: faults, Photos: photos}
	if shown.Book, err = p.Owners.Book(v.Context(), v.Actor, r.Node.ID); err != nil {
		return err
	}
	for _, x := range slices.Backward(shown.Book.Versions) {
		switch {
		case x.N == shown.Book.Current:
			shown.Current = &x
		case x.Waits() && x.N > shown.Book.Current:
			shown.Waiting = append(shown.Waiting, x)
		}
	}
	if shown.Bases, err = p.Owners.Bases(v.Context(), v.Actor, r.Node.ID); err != nil {
		return err
	}
	if shown.Buildings, err = p.Places.BuildingsIn(v.Context(), r.Node.ID); err != nil {
		return err
	}
	d, err := p.Desk(v, r, "owners")
	if err != nil {
		return err
	}
	return v.ShowAs(t.Status(), BookPage(d, shown))
}

// Read takes a file. Its faults are shown row by row, and nothing of it is kept.
func (p *Pages) Read(v *page.Visit) error {
	r, err := p.keeps(v)
	if err != nil {
		return err
	}
	cmd := owners.Import{Community: r.Node.ID, Token: v.Field("token")}
	if cmd.Name, cmd.Data, err = upload.Table(v, errNoFile); err != nil {
		return p.book(v, v.RefuseForm("read", err), nil, nil)
	}
	found, err := p.Owners.ReadRegister(v.Context(), v.Actor, cmd)
	if err != nil {
		if fault.KindOf(err) == fault.Invalid || fault.KindOf(err) == fault.TooLarge {
			err = onFile(err)
		}
		return p.book(v, v.RefuseForm("read", err), found.Faults, nil)
	}
	return v.GoSaying(r.Path("/owners/"+strconv.Itoa(found.Version.N)), "owners.read")
}

// onFile puts a refusal of the file beside it.
func onFile(err error) error {
	if all := fault.All(err); len(all) == 1 && all[0].Field == "" {
		return all[0].On("file")
	}
	return err
}

// versionView is a page of a version.
type versionView struct {
	To      string
	Version owners.Version
	Current bool
	Deeds   []owners.Deed
	Pager   view.Pager
}

// Version pages through one, with masked names.
func (p *Pages) Version(v *page.Visit) error {
	r, err := p.keeps(v)
	if err != nil {
		return err
	}
	book, err := p.Owners.Book(v.Context(), v.Actor, r.Node.ID)
	if err != nil {
		return err
	}
	n := page.Number(v.Param("version"))
	x, ok := book.Version(n)
	if !ok {
		return page.ErrNotFound
	}
	after := v.Query("after")
	deeds, next, err := p.Owners.Deeds(v.Context(), v.Actor, r.Node.ID, n, docstore.Cursor(after))
	if err != nil {
		return err
	}
	to := r.Path("/owners/" + strconv.Itoa(n))
	shown := versionView{To: to, Version: x, Current: book.Current == n, Deeds: deeds, Pager: view.Pager{
		Total: x.Units, Shown: len(deeds), Order: "owners.order", Step: owners.DeedsPage, Later: after != "", First: to,
	}}
	if next != "" {
		shown.Pager.Next = to + "?after=" + string(next)
	}
	d, err := p.Within(v, r, "owners", v.T("owners.version", "n", strconv.Itoa(n)), r.Path("/owners"))
	if err != nil {
		return err
	}
	return v.Show(VersionPage(d, shown))
}

// Decide lets a version count, or discards it.
func (p *Pages) Decide(v *page.Visit) error {
	r, err := p.keeps(v)
	if err != nil {
		return err
	}
	confirm := v.Field("do") == "confirm"
	if _, err := p.Owners.DecideRegister(v.Context(), v.Actor, r.Node.ID, page.Number(v.Param("version")), confirm); err != nil {
		return p.book(v, v.RefuseForm("decide", err), nil, nil)
	}
	if confirm {
		return v.GoSaying(r.Path("/owners"), "owners.confirmed")
	}
	return v.GoSaying(r.Path("/owners"), "owners.discarded")
}

// Template is an empty file with the headings.
func (p *Pages) Template(v *page.Visit) error {
	if _, err := p.keeps(v); err != nil {
		return err
	}
	data, err := owners.Template()
	if err != nil {
		return err
	}
	v.Ctx.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	return v.Ctx.Send(data)
}

// Record writes a local rule down.
func (p *Pages) Record(v *page.Visit) error {
	r, err := p.keeps(v)
	if err != nil {
		return err
	}
	photos, err := p.Shelf.Own(v)
	if err == nil {
		_, err = p.Owners.RecordBasis(v.Context(), v.Actor, owners.Record{
			ID: owners.BasisID(v.Field("token")), Community: r.Node.ID, Rule: v.Field("rule"), Clause: v.Field("clause"),
			AdoptedAt: view.Instant(v.Field("adopted") + "T00:00"), Photos: photos, Silence: v.Field("silence"), Parking: v.Field("parking"),
			Warning: v.Field("warning"), Ways: strings.FieldsFunc(v.Field("ways"), func(r rune) bool { return strings.ContainsRune("、,，;； \n\r", r) }),
		})
	}
	if err != nil {
		return p.book(v, v.RefuseForm("basis", upload.OnPhotos(err), "rule", "clause", "adopted", "silence", "parking", "warning", "ways"), nil, photos)
	}
	return v.GoSaying(r.Path("/owners"), "owners.basis_recorded")
}

// basisOf returns the basis of the address, if it is of the room.
func (p *Pages) basisOf(v *page.Visit) (console.Room, owners.Basis, error) {
	r, err := p.keeps(v)
	if err != nil {
		return r, owners.Basis{}, err
	}
	b, err := p.Owners.Basis(v.Context(), v.Actor, owners.BasisID(v.Param("basis")))
	if err == nil && b.Community != r.Node.ID {
		err = owners.ErrNoBasis
	}
	return r, b, err
}

// Confirm says as a second person that the record is what the document says.
func (p *Pages) Confirm(v *page.Visit) error {
	r, b, err := p.basisOf(v)
	if err != nil {
		return err
	}
	if _, err := p.Owners.ConfirmBasis(v.Context(), v.Actor, b.ID); err != nil {
		return p.book(v, v.RefuseForm("confirm", err), nil, nil)
	}
	return v.GoSaying(r.Path("/owners"), "owners.basis_confirmed")
}

// Revoke ends a basis for later votes.
func (p *Pages) Revoke(v *page.Visit) error {
	r, b, err := p.basisOf(v)
	if err != nil {
		return err
	}
	if _, err := p.Owners.RevokeBasis(v.Context(), v.Actor, b.ID, v.Field("reason")); err != nil {
		return p.book(v, v.RefuseForm("revoke", err, "reason"), nil, nil)
	}
	return v.GoSaying(r.Path("/owners"), "owners.basis_revoked")
}

// Photo shows a document to who keeps the register.
func (p *Pages) Photo(v *page.Visit) error {
	_, b, err := p.basisOf(v)
	if err != nil {
		return err
	}
	if !slices.Contains(b.Photos, deliberation.PhotoID(v.Param("photo"))) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, v.Param("photo"))
}

// Bind binds an account to an owner after the certificate was compared.
func (p *Pages) Bind(v *page.Visit) error {
	r, err := p.keeps(v)
	if err != nil {
		return err
	}
	photos, err := p.Shelf.Own(v)
	if err == nil {
		cmd := owners.Show{
			Community: r.Node.ID, Building: community.BuildingID(v.Field("building")), Room: v.Field("room"), Owner: page.Number(v.Field("owner")), Phone: v.Field("phone"),
		}
		if len(photos) > 0 {
			cmd.Photo = photos[0]
		}
		_, err = p.Owners.BindOwner(v.Context(), v.Actor, cmd)
	}
	if err != nil {
		return p.book(v, v.RefuseForm("bind", upload.OnPhotos(err), "building", "room", "owner", "phone"), nil, photos)
	}
	return v.GoSaying(r.Path("/owners"), "owners.bound")
}

// mineView is what somebody owns here.
type mineView struct {
	Home  string
	Deeds []owners.Deed
	Typed page.Sheet
}

// Mine shows an owner their own units.
func (p *Pages) Mine(v *page.Visit) error { return p.mine(v, page.Sheet{}) }

func (p *Pages) mine(v *page.Visit, t page.Sheet) error {
	node, err := v.Community(p.Directory)
	if err == nil {
		err = v.Known()
	}
	if err != nil {
		return err
	}
	deeds, err := p.Owners.Mine(v.Context(), v.Actor, node.ID)
	if err != nil {
		return err
	}
	return v.ShowAs(t.Status(), MinePage(mineView{"/c/" + string(node.ID), deeds, t}))
}

// Claim binds the visitor to everything that has their number.
func (p *Pages) Claim(v *page.Visit) error {
	node, err := v.Community(p.Directory)
	if err != nil {
		return err
	}
	if _, err := p.Owners.Claim(v.Context(), v.Actor, node.ID); err != nil {
		if fault.CodeOf(err) != "owners.none_found" {
			return err
		}
		return p.mine(v, v.RefuseForm("claim", err))
	}
	return v.GoSaying("/c/"+string(node.ID)+"/units", "owners.claimed")
}

// faultWords says a fault of a row.
func faultWords(ctx context.Context, f owners.Fault) string {
	args := []string{"row", strconv.Itoa(f.Row)}
	for name, value := range f.Args {
		args = append(args, name, value)
	}
	return view.T(ctx, "owners.fault."+f.Code, args...)
}

// errorsOf and notesOf part what stands in the way from what does not.
func errorsOf(all []owners.Fault) []owners.Fault {
	return slices.DeleteFunc(slices.Clone(all), func(f owners.Fault) bool { return f.Informs })
}

// basisPhotos are the photos of a document.
func basisPhotos(to string, b owners.Basis) []view.Photo {
	var all []view.Photo
	for _, id := range b.Photos {
		base := to + "/basis/" + string(b.ID) + "/photos/" + string(id)
		all = append(all, view.Photo{Thumb: base + "/thumb", Full: base + "/full"})
	}
	return all
}

// names says who owns a unit.
func names(ctx context.Context, d owners.Deed) string {
	if d.Developer {
		return view.T(ctx, "owners.developer")
	}
	return strings.Join(d.Names(), "、")
}

// kept are the photos of the form that comes back.
func kept(b bookView, form string) []deliberation.PhotoID {
	if b.Typed.Form() == form {
		return b.Photos
	}
	return nil
}
