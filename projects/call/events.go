package call

import (
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/money"
	"jushou/projects/preset"
)

// Events.
const (
	Published = "call.published"
	Extended  = "call.extended"
	TakenBack = "call.withdrawn"
)

// About is the data of an event.
type About struct {
	Call      ID           `json:"call"`
	Community community.ID `json:"community"`
	Subject   string       `json:"subject"`
	Preset    preset.Key   `json:"preset"`
	Money     money.Fen    `json:"money,omitempty"`
	ClosesAt  time.Time    `json:"closes_at"`
	Reason    string       `json:"reason,omitempty"`
}

func (c Call) told(what string, by deliberation.Author, reason string, now time.Time) docstore.Fact {
	return docstore.Fact{Type: what, Actor: string(by.Account), At: now, Data: About{
		Call: c.ID, Community: c.Community, Subject: c.Title, Preset: c.Preset, Money: c.Money, ClosesAt: c.ClosesAt, Reason: reason,
	}}
}
