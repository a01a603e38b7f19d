package api

import "jushou/deliberation/bulletin"

// Approval names what was read.
type Approval struct {
	Revision int `json:"revision" doc:"The one that was read."`
}

// submitBulletin sends a draft to a second person, or out at once where the community's rule says so.
func (a *Actions) submitBulletin(c *Call) (Bulletin, error) {
	b, err := a.Bulletins.SubmitBulletin(c.Context(), c.Actor, bulletinOf(c))
	return showBulletin(b), err
}

// approveBulletin publishes what somebody else wrote.
func (a *Actions) approveBulletin(c *Call, in Approval) (Bulletin, error) {
	b, err := a.Bulletins.ApproveBulletin(c.Context(), c.Actor, bulletin.Review{Bulletin: bulletinOf(c), Revision: in.Revision})
	return showBulletin(b), err
}

// returnBulletin gives it back to who wrote it.
func (a *Actions) returnBulletin(c *Call, in Reason) (Bulletin, error) {
	b, err := a.Bulletins.ReturnBulletin(c.Context(), c.Actor, bulletin.Review{Bulletin: bulletinOf(c), Reason: in.Reason})
	return showBulletin(b), err
}

// withdrawBulletin takes a published notice back.
func (a *Actions) withdrawBulletin(c *Call, in Reason) (Bulletin, error) {
	b, err := a.Bulletins.WithdrawBulletin(c.Context(), c.Actor, bulletin.Withdraw{Bulletin: bulletinOf(c), Reason: in.Reason})
	return showBulletin(b), err
}

// discardBulletin drops what was never published.
func (a *Actions) discardBulletin(c *Call) (Bulletin, error) {
	b, err := a.Bulletins.DiscardBulletin(c.Context(), c.Actor, bulletinOf(c))
	return showBulletin(b), err
}
