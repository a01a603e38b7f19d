package bulletin

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/fault"
)

// Text is what a bulletin says and to whom, checked.
type Text struct {
	deliberation.Text
	Board       deliberation.BoardKey
	Urgency     Urgency
	Audience    Audience
	Communities []community.ID
}

// Audience says who is told: everybody, or those who live in one of the places. Everybody may read it in any case.
type Audience struct {
	Estates   []community.EstateID   `json:"estates,omitempty"`
	Buildings []community.BuildingID `json:"buildings,omitempty"`
	Grids     []community.GridID     `json:"grids,omitempty"`
	// Names are the places as people call them, kept so that the record reads the same for ever.
	Names []string `json:"names,omitempty"`
}

// Everybody reports whether the whole community is told.
func (a Audience) Everybody() bool { return len(a.Estates)+len(a.Buildings)+len(a.Grids) == 0 }

// holds reports whether somebody who lives in the building is told.
func (a Audience) holds(b community.Building) bool {
	return slices.Contains(a.Buildings, b.ID) || slices.Contains(a.Estates, b.Estate) || b.Grid != "" && slices.Contains(a.Grids, b.Grid)
}

var (
	errPlace       = fault.New(fault.Invalid, "bulletin.no_place").On("audience")
	errPlaces      = fault.New(fault.TooLarge, "bulletin.too_many_places").On("audience").With("max", MaxPlaces)
	errCommunity   = fault.New(fault.Invalid, "bulletin.no_community").On("communities")
	errCommunities = fault.New(fault.TooLarge, "bulletin.too_many_communities").On("communities").With("max", MaxCommunities)
)

// Ground is the places of a community that an audience may name.
type Ground struct {
	Estates   []community.Estate
	Buildings []community.Building
	Grids     []community.Grid
}

// Aim checks an audience against the community's places and names it. Order and repetition do not matter.
func (g Ground) Aim(a Audience) (Audience, error) {
	if max(len(a.Estates), len(a.Buildings), len(a.Grids)) > MaxPlaces {
		return a, errPlaces
	}
	var aimed Audience
	for _, e := range g.Estates {
		if slices.Contains(a.Estates, e.ID) {
			aimed.Estates, aimed.Names = append(aimed.Estates, e.ID), append(aimed.Names, e.Name)
		}
	}
	for _, x := range g.Grids {
		if slices.Contains(a.Grids, x.ID) {
			aimed.Grids, aimed.Names = append(aimed.Grids, x.ID), append(aimed.Names, x.Name)
		}
	}
	for _, b := range g.Buildings {
		if slices.Contains(a.Buildings, b.ID) {
			aimed.Buildings, aimed.Names = append(aimed.Buildings, b.ID), append(aimed.Names, g.estate(b)+b.Name)
		}
	}
	if len(aimed.Estates) != distinct(a.Estates) || len(aimed.Grids) != distinct(a.Grids) || len(aimed.Buildings) != distinct(a.Buildings) {
		return a, errPlace
	}
	return aimed, nil
}

// estate names a building's estate where the community has more than one.
func (g Ground) estate(b community.Building) string {
	if len(g.Estates) < 2 {
		return ""
	}
	for _, e := range g.Estates {
		if e.ID == b.Estate {
			return e.Name
		}
	}
	return ""
}

func distinct[T comparable](all []T) int {
	seen := map[T]bool{}
	for _, x := range all {
		seen[x] = true
	}
	return len(seen)
}

// within returns the buildings whose residents are told.
func (g Ground) within(a Audience) map[community.BuildingID]bool {
	told := map[community.BuildingID]bool{}
	for _, b := range g.Buildings {
		if a.holds(b) {
			told[b.ID] = true
		}
	}
	return told
}

func (u Urgency) check() error {
	if !slices.Contains(Urgencies(), u) {
		return errUrgency.With("urgency", u)
	}
	return nil
}

// checkBoard refuses boards that the place does not show, and those on which the office does not speak to everybody. A
// town knows only the board that every community shows.
func checkBoard(node community.Node, key deliberation.BoardKey) error {
	shown := slices.ContainsFunc(deliberation.BoardsIn(node.Settings), func(b deliberation.Board) bool { return b.Key == key && b.Reviewed() })
	if !shown || node.Level == community.LevelTown && key != deliberation.BoardNotice {
		return deliberation.ErrNoBoard.With("board", key)
	}
	return nil
}

func (b *Bulletin) set(t Text) {
	b.Board, b.Title, b.Body, b.Photos = t.Board, t.Title, t.Body, t.Photos
	b.Urgency, b.Audience, b.Communities = t.Urgency, t.Audience, t.Communities
}

// contentHash identifies what is written, so that a replay can be told from another text.
func (b Bulletin) contentHash() string {
	content, err := json.Marshal([]any{b.Node, b.Board, b.Title, b.Body, b.Photos, b.Urgency, b.Audience, b.Communities})
	if err != nil {
		panic("bulletin: strings do not encode: " + err.Error())
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:16])
}
