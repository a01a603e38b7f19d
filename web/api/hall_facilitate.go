package api

import (
	"time"

	"jushou/deliberation"
	"jushou/deliberation/hall"
)

// optionalInstant reads an instant that may be left out.
func optionalInstant(field, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return parseInstant(field, text)
}

// NewHall opens a deliberation.
type NewHall struct {
	ID         string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Topics     []deliberation.TopicID `json:"topics,omitempty"`
	Template   string                 `json:"template,omitempty"`
	Question   string                 `json:"question"`
	Background string                 `json:"background,omitempty"`
	Fixed      string                 `json:"fixed,omitempty"`
	Open       string                 `json:"open,omitempty"`
	Options    []string               `json:"options"`
	Facts      []string               `json:"facts,omitempty"`
	Ends       string                 `json:"ends" format:"date-time" doc:"Of the first round."`
}

// openHall opens a deliberation in its first round.
func (a *Actions) openHall(c *Call, in NewHall) (Hall, error) {
	ends, err := parseInstant("ends", in.Ends)
	if err != nil {
		return Hall{}, err
	}
	s, err := a.Halls.OpenSession(c.Context(), c.Actor, hall.OpenSession{
		ID: hall.SessionID(c.token(in.ID)), Community: nodeOf(c), Topics: in.Topics, Template: in.Template, Question: in.Question,
		Background: in.Background, Fixed: in.Fixed, Open: in.Open, Options: in.Options, Facts: in.Facts, Ends: ends,
	})
	return a.tended(c, s, err)
}

// RoundSummary closes a round.
type RoundSummary struct {
	ID     string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Agreed string `json:"agreed,omitempty"`
	Open   string `json:"open,omitempty"`
	About  string `json:"about,omitempty" doc:"What the next round looks at."`
	Ends   string `json:"ends,omitempty" format:"date-time" doc:"Of the next round; left out, the rounds are over."`
}

// closeRound sums up the round that the address names.
func (a *Actions) closeRound(c *Call, in RoundSummary) (Hall, error) {
	ends, err := optionalInstant("ends", in.Ends)
	if err != nil {
		return Hall{}, err
	}
	s, err := a.Halls.CloseRound(c.Context(), c.Actor, hall.CloseRound{
		ID: c.token(in.ID), Session: hallOf(c), Round: numberOf(c, "round"), Agreed: in.Agreed, Open: in.Open, About: in.About, Ends: ends,
	})
	return a.tended(c, s, err)
}

// NewRound is the end of a round.
type NewRound struct {
	Ends   string `json:"ends" format:"date-time"`
	About  string `json:"about,omitempty"`
	Reason string `json:"reason,omitempty" doc:"Needed to extend a round."`
}

// openRound opens a further round after the rounds were over.
func (a *Actions) openRound(c *Call, in NewRound) (Hall, error) {
	ends, err := parseInstant("ends", in.Ends)
	if err != nil {
		return Hall{}, err
	}
	s, err := a.Halls.OpenRound(c.Context(), c.Actor, hall.OpenRound{Session: hallOf(c), About: in.About, Ends: ends})
	return a.tended(c, s, err)
}

// extendRound gives the running round more time.
func (a *Actions) extendRound(c *Call, in NewRound) (Hall, error) {
	ends, err := parseInstant("ends", in.Ends)
	if err != nil {
		return Hall{}, err
	}
	s, err := a.Halls.ExtendRound(c.Context(), c.Actor, hall.ExtendRound{Session: hallOf(c), Ends: ends, Reason: in.Reason})
	return a.tended(c, s, err)
}

// NewPause lets everybody cool down.
type NewPause struct {
	Until  string `json:"until" format:"date-time"`
	Reason string `json:"reason"`
}

// pauseHall keeps residents from adding anything until an instant.
func (a *Actions) pauseHall(c *Call, in NewPause) (Hall, error) {
	until, err := parseInstant("until", in.Until)
	if err != nil {
		return Hall{}, err
	}
	s, err := a.Halls.PauseSession(c.Context(), c.Actor, hall.PauseSession{Session: hallOf(c), Until: until, Reason: in.Reason})
	return a.tended(c, s, err)
}

// resumeHall ends a pause before its time.
func (a *Actions) resumeHall(c *Call) (Hall, error) {
	s, err := a.Halls.ResumeSession(c.Context(), c.Actor, hallOf(c))
	return a.tended(c, s, err)
}

// recordFact writes down what was found out.
func (a *Actions) recordFact(c *Call, in HallFact) (Hall, error) {
	s, err := a.Halls.RecordFact(c.Context(), c.Actor, hall.RecordFact{Session: hallOf(c), Label: in.Label, Value: in.Value})
	return a.tended(c, s, err)
}

// OptionDecision takes a resident's option up, or not.
type OptionDecision struct {
	Take   bool   `json:"take"`
	Reason string `json:"reason,omitempty" doc:"Needed to decline."`
}

// clearOption decides about a resident's option.
func (a *Actions) clearOption(c *Call, in OptionDecision) (Hall, error) {
	s, err := a.Halls.ClearOption(c.Context(), c.Actor, hall.ClearOption{Session: hallOf(c), Option: c.Param("option"), Take: in.Take, Reason: in.Reason})
	return a.tended(c, s, err)
}

// NewDraft is a version of the outcome's words.
type NewDraft struct {
	Base int    `json:"base" doc:"The version it was written from, 0 for the first."`
	Body string `json:"body"`
	Note string `json:"note,omitempty"`
}

// writeDraft adds a version of the draft.
func (a *Actions) writeDraft(c *Call, in NewDraft) (Hall, error) {
	s, err := a.Halls.WriteDraft(c.Context(), c.Actor, hall.WriteDraft{Session: hallOf(c), Base: in.Base, Body: in.Body, Note: in.Note})
	return a.tended(c, s, err)
}

// NewOutcome is what a deliberation came to.
type NewOutcome struct {
	Kind   hall.OutcomeKind `json:"kind"`
	Text   string           `json:"text"`
	Reason string           `json:"reason,omitempty"`
	Draft  int              `json:"draft,omitempty"`
	Label  string           `json:"label,omitempty"`
	Rule   string           `json:"rule,omitempty"`
	DueAt  string           `json:"due_at,omitempty" format:"date-time"`
}

// decideHall records the outcome.
func (a *Actions) decideHall(c *Call, in NewOutcome) (Hall, error) {
	due, err := optionalInstant("due_at", in.DueAt)
	if err != nil {
		return Hall{}, err
	}
	s, err := a.Halls.Decide(c.Context(), c.Actor, hall.Decide{
		Session: hallOf(c), Kind: in.Kind, Text: in.Text, Reason: in.Reason, Draft: in.Draft, Label: in.Label, Rule: in.Rule, DueAt: due,
	})
	return a.tended(c, s, err)
}

// NewReport tells what has become of an outcome.
type NewReport struct {
	ID    string `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Body  string `json:"body"`
	Final bool   `json:"final,omitempty"`
}

// reportHall adds a report.
func (a *Actions) reportHall(c *Call, in NewReport) (Hall, error) {
	s, err := a.Halls.ReportExecution(c.Context(), c.Actor, hall.ReportExecution{ID: c.token(in.ID), Session: hallOf(c), Body: in.Body, Final: in.Final})
	return a.tended(c, s, err)
}

// Because is a reason.
type Because struct {
	Reason string `json:"reason"`
}

// dropHall ends a deliberation without an outcome.
func (a *Actions) dropHall(c *Call, in Because) (Hall, error) {
	s, err := a.Halls.DropSession(c.Context(), c.Actor, hall.DropSession{Session: hallOf(c), Reason: in.Reason})
	return a.tended(c, s, err)
}

// Veil takes something out of sight, or shows it again.
type Veil struct {
	Hide   bool   `json:"hide"`
	Reason string `json:"reason,omitempty" doc:"Needed to hide."`
}

// hideArgument moderates an argument.
func (a *Actions) hideArgument(c *Call, in Veil) (nothing, error) {
	_, err := a.Halls.HideArgument(c.Context(), c.Actor, hall.HideArgument{Argument: hall.ArgumentID(c.Param("argument")), Hide: in.Hide, Reason: in.Reason})
	return nothing{}, err
}
