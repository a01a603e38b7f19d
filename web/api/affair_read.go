package api

import (
	"jushou/deliberation"
	"jushou/deliberation/disclosure"
	"jushou/internal/photo"
	"jushou/web/affairs"
)

func affairOf(c *Call) disclosure.ItemID { return disclosure.ItemID(c.Param("item")) }

// AffairBoard is what residents see of a community's affairs.
type AffairBoard struct {
	Page[AffairCard]
	Owed     []AffairDue    `json:"owed" doc:"What has to be published, the earliest first; what is late is said to everybody."`
	Schedule AffairSchedule `json:"schedule"`
}

// listAffairs lists what is published, newest first, and what is owed.
func (a *Actions) listAffairs(c *Call) (AffairBoard, error) {
	b, err := a.Affairs.Board(c.Context(), c.Actor, placeOf(c), disclosure.Kind(c.Query("kind")), c.after())
	return AffairBoard{pageOf(b.Items, b.Next, showAffairCard), c.owed(b.Owed), showAffairSchedule(b.Schedule)}, err
}

func (c *Call) owed(all []disclosure.Obligation) []AffairDue {
	return each(all, func(o disclosure.Obligation) AffairDue { return showAffairDue(o, c.Now) })
}

// affairTable returns what is published as a workbook.
func (a *Actions) affairTable(c *Call) ([]byte, error) {
	all, err := a.Affairs.Export(c.Context(), c.Actor, placeOf(c))
	if err != nil {
		return nil, err
	}
	return affairs.Workbook(c.Visit, all)
}

// readAffair returns an item with its trail and its questions.
func (a *Actions) readAffair(c *Call) (Affair, error) { return a.affair(c, affairOf(c)) }

func (a *Actions) affair(c *Call, id disclosure.ItemID) (Affair, error) {
	found, err := a.Affairs.Item(c.Context(), c.Actor, id)
	if err != nil {
		return Affair{}, err
	}
	return showAffair(found, c.Now), nil
}

// readAffairVersion returns a published version with what it changed.
func (a *Actions) readAffairVersion(c *Call) (AffairChange, error) {
	found, err := a.Affairs.Item(c.Context(), c.Actor, affairOf(c))
	if err != nil {
		return AffairChange{}, err
	}
	versions := found.Item.Shown()
	for at, x := range versions {
		if x.N != numberOf(c, "version") {
			continue
		}
		shown := AffairChange{AffairVersion: showAffairVersion(found.Item.ID, x)}
		was := x.Content
		if at > 0 {
			shown.Against, was = versions[at-1].N, versions[at-1].Content
		}
		return shown.against(was, x.Content), nil
	}
	return AffairChange{}, disclosure.ErrNotFound
}

// against fills in what one content says otherwise than another.
func (x AffairChange) against(was, is disclosure.Content) AffairChange {
	d := disclosure.Compare(was, is)
	line := func(l disclosure.Line) AffairLine { return AffairLine(l) }
	x.TitleLines, x.BodyLines, x.PhotosChanged = each(d.Title, line), each(d.Body, line), d.Photos
	x.RowLines = each(d.Rows, func(e disclosure.Entry) AffairRowWas { return AffairRowWas{e.Op, AffairRow(e.Row)} })
	return x
}

// affairPhoto returns a photo of an item to whoever may read it.
func (a *Actions) affairPhoto(c *Call) ([]byte, error) {
	id := c.Param("photo")
	ok, err := a.Affairs.Photo(c.Context(), c.Actor, affairOf(c), deliberation.PhotoID(id))
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}

// showAffairPhotos returns the addresses of an item's photos; they ask for the item's permission.
func showAffairPhotos(item disclosure.ItemID, ids []deliberation.PhotoID) []Photo {
	return each(ids, func(id deliberation.PhotoID) Photo {
		base := Prefix + "/affairs/" + string(item) + "/photos/" + string(id)
		return Photo{ID: string(id), Thumb: base + "/thumb", Full: base + "/full"}
	})
}
