package api

import (
	"jushou/deliberation"
	"jushou/internal/identity"
)

// NewHandover passes the duty on.
type NewHandover struct {
	ID    string             `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	To    identity.AccountID `json:"to" doc:"Somebody of the roster."`
	Until string             `json:"until" format:"date-time" doc:"The plan applies again from then on."`
	Note  string             `json:"note" doc:"What is open."`
}

// handOver makes somebody of the roster the duty person until an instant.
func (a *Actions) handOver(c *Call, in NewHandover) (Duty, error) {
	until, err := parseInstant("until", in.Until)
	if err != nil {
		return Duty{}, err
	}
	_, err = a.Topics.HandOver(c.Context(), c.Actor, deliberation.HandOver{
		ID: c.token(in.ID), Community: nodeOf(c), To: in.To, Until: until, Note: in.Note,
	})
	if err != nil {
		return Duty{}, err
	}
	return a.readDuty(c)
}
