package api

import (
	"jushou/deliberation/digest"
	"jushou/internal/calendar"
	"jushou/internal/fault"
)

// DigestReason is a step with its reason.
type DigestReason struct {
	Revision int    `json:"revision"`
	Words    string `json:"words"`
}

// finishDigest says that the sorting is done.
func (a *Actions) finishDigest(c *Call, in DigestSeen) (Digest, error) {
	d, err := a.Digests.FinishSorting(c.Context(), c.Actor, digestOf(c), in.Revision)
	return digested(c, d, err)
}

// sendBackDigest lets the sorting go on.
func (a *Actions) sendBackDigest(c *Call, in DigestReason) (Digest, error) {
	d, err := a.Digests.SendBack(c.Context(), c.Actor, digestOf(c), in.Words, in.Revision)
	return digested(c, d, err)
}

// submitDigest passes it up.
func (a *Actions) submitDigest(c *Call, in DigestSeen) (Digest, error) {
	d, err := a.Digests.SubmitDigest(c.Context(), c.Actor, digestOf(c), in.Revision)
	return digested(c, d, err)
}

// returnDigest asks the community for more.
func (a *Actions) returnDigest(c *Call, in DigestReason) (Digest, error) {
	d, err := a.Digests.ReturnDigest(c.Context(), c.Actor, digestOf(c), in.Words, in.Revision)
	return digested(c, d, err)
}

// NewDigestAnswer is the town's answer to a group.
type NewDigestAnswer struct {
	ID       string         `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Seen     int            `json:"seen,omitempty" doc:"How many answers of the group were read."`
	Verdict  digest.Verdict `json:"verdict"`
	Why      string         `json:"why"`
	Who      string         `json:"who,omitempty" doc:"Who does it; needed for what is taken up."`
	Until    string         `json:"until,omitempty" doc:"By when, in words; or until_day."`
	UntilDay string         `json:"until_day,omitempty" format:"date"`
}

// errDay refuses what is no day, where one is optional and must not be lost.
var errDay = fault.New(fault.Invalid, "api.bad_time").On("until_day").With("field", "until_day")

// answerDigestGroup answers.
func (a *Actions) answerDigestGroup(c *Call, in NewDigestAnswer) (Digest, error) {
	var until calendar.Date
	if in.UntilDay != "" {
		var err error
		if until, err = calendar.ParseDate(in.UntilDay); err != nil {
			return Digest{}, errDay.Because(err)
		}
	}
	d, err := a.Digests.AnswerGroup(c.Context(), c.Actor, digest.AnswerGroup{
		Digest: digestOf(c), Group: digest.GroupID(c.Param("group")), Seen: in.Seen,
		Answer: digest.Answer{ID: c.token(in.ID), Verdict: in.Verdict, Why: in.Why, Who: in.Who, Until: in.Until, UntilDay: until},
	})
	return digested(c, d, err)
}

// closeDigest ends it.
func (a *Actions) closeDigest(c *Call, in DigestSeen) (Digest, error) {
	d, err := a.Digests.CloseDigest(c.Context(), c.Actor, digestOf(c), in.Revision)
	return digested(c, d, err)
}

// withdrawDigest takes it back.
func (a *Actions) withdrawDigest(c *Call, in DigestReason) (Digest, error) {
	d, err := a.Digests.WithdrawDigest(c.Context(), c.Actor, digestOf(c), in.Words, in.Revision)
	return digested(c, d, err)
}
