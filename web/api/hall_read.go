package api

import (
	"strconv"

	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/internal/community"
)

// hallOf returns the deliberation that the address names.
func hallOf(c *Call) hall.SessionID { return hall.SessionID(c.Param("hall")) }

// placeOf returns the community that the address names.
func placeOf(c *Call) community.ID { return community.ID(c.Param("community")) }

// numberOf reads a number of the address; 0, which nothing has, if it is none.
func numberOf(c *Call, name string) int {
	n, err := strconv.Atoi(c.Param(name))
	if err != nil {
		return 0
	}
	return n
}

// listHalls lists a community's deliberations, the latest first.
func (a *Actions) listHalls(c *Call) (Page[HallCard], error) {
	found, next, err := a.Halls.Sessions(c.Context(), c.Actor, placeOf(c), c.after())
	return pageOf(found, next, showHallCard), err
}

// readHall returns a deliberation.
func (a *Actions) readHall(c *Call) (Hall, error) {
	s, err := a.Halls.Session(c.Context(), c.Actor, hallOf(c))
	if err != nil {
		return Hall{}, err
	}
	return showHall(s), nil
}

// tended shows a deliberation after a step.
func (a *Actions) tended(c *Call, s hall.Session, err error) (Hall, error) {
	if err != nil {
		return Hall{}, err
	}
	seen, err := a.Halls.Session(c.Context(), c.Actor, s.ID)
	if err != nil {
		return Hall{}, err
	}
	return showHall(seen), nil
}

// listArguments lists one side of an option, oldest first.
func (a *Actions) listArguments(c *Call) (Page[HallArgument], error) {
	side := hall.For
	if c.Query("side") == string(hall.Against) {
		side = hall.Against
	}
	found, err := a.Halls.Arguments(c.Context(), c.Actor, hallOf(c), c.Param("option"), side, c.after())
	return pageOf(found.Items, found.Next, showArgument), err
}

// readDraft returns a version of the draft with what it changes.
func (a *Actions) readDraft(c *Call) (HallChanges, error) {
	d, err := a.Halls.Draft(c.Context(), c.Actor, hallOf(c), numberOf(c, "draft"))
	return HallChanges{showDraft(d.Draft), each(d.Changes, showStretch)}, err
}

// listDays lists a community's days of questions, the latest first.
func (a *Actions) listDays(c *Call) (Page[HallDay], error) {
	found, next, err := a.Halls.Days(c.Context(), c.Actor, placeOf(c), c.after())
	return pageOf(found, next, showDay), err
}

// readDay returns a day.
func (a *Actions) readDay(c *Call) (HallDay, error) {
	d, err := a.Halls.Day(c.Context(), c.Actor, hall.DayID(c.Param("day")))
	return showDay(d), err
}

// listQuestions lists a day's questions in the order of asking.
func (a *Actions) listQuestions(c *Call) (Page[HallQuestion], error) {
	found, next, err := a.Halls.Questions(c.Context(), c.Actor, hall.DayID(c.Param("day")), c.Query("left") == "1", c.after())
	return pageOf(found, next, showQuestion), err
}

// listCovenants lists a community's covenants, the latest first.
func (a *Actions) listCovenants(c *Call) (Page[CovenantCard], error) {
	found, next, err := a.Covenants.Covenants(c.Context(), c.Actor, placeOf(c), c.after())
	return pageOf(found, next, showCovenant), err
}

// readCovenant returns a covenant.
func (a *Actions) readCovenant(c *Call) (CovenantCard, error) {
	v, err := a.Covenants.Covenant(c.Context(), c.Actor, covenant.ID(c.Param("covenant")))
	if err != nil {
		return CovenantCard{}, err
	}
	return showCovenant(v), nil
}

// readEdition returns an edition with what it changes.
func (a *Actions) readEdition(c *Call) (CovenantEdition, error) {
	v, err := a.Covenants.Edition(c.Context(), c.Actor, covenant.ID(c.Param("covenant")), numberOf(c, "edition"))
	if err != nil {
		return CovenantEdition{}, err
	}
	return showEdition(v), nil
}

// listRemarks lists the comments on an edition, oldest first.
func (a *Actions) listRemarks(c *Call) (Page[CovenantComment], error) {
	found, next, err := a.Covenants.Comments(c.Context(), c.Actor, covenant.ID(c.Param("covenant")), numberOf(c, "edition"), c.after())
	return pageOf(found, next, showRemark), err
}
