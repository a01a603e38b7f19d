package api

import (
	"jushou/deliberation"
	"jushou/deliberation/covenant"
)

// NewCovenant begins a covenant.
type NewCovenant struct {
	ID      string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Title   string                 `json:"title"`
	Topics  []deliberation.TopicID `json:"topics,omitempty"`
	Hall    string                 `json:"hall,omitempty"`
	Clauses []CovenantClause       `json:"clauses"`
	Note    string                 `json:"note,omitempty"`
}

func covenantOf(c *Call) covenant.ID { return covenant.ID(c.Param("covenant")) }

func clauses(in []CovenantClause) []covenant.Clause {
	return each(in, func(x CovenantClause) covenant.Clause { return covenant.Clause(x) })
}

// kept shows a covenant after a step.
func (a *Actions) kept(c *Call, v covenant.Covenant, err error) (CovenantCard, error) {
	if err != nil {
		return CovenantCard{}, err
	}
	seen, err := a.Covenants.Covenant(c.Context(), c.Actor, v.ID)
	if err != nil {
		return CovenantCard{}, err
	}
	return showCovenant(seen), nil
}

// draftCovenant writes the first edition.
func (a *Actions) draftCovenant(c *Call, in NewCovenant) (CovenantCard, error) {
	v, err := a.Covenants.DraftCovenant(c.Context(), c.Actor, covenant.DraftCovenant{
		ID: covenant.ID(c.token(in.ID)), Community: nodeOf(c), Title: in.Title, Topics: in.Topics, Session: in.Hall, Clauses: clauses(in.Clauses), Note: in.Note,
	})
	return a.kept(c, v, err)
}

// CovenantText is the text of an edition as it shall be.
type CovenantText struct {
	Revision int              `json:"revision,omitempty" doc:"Of the draft that was read."`
	Clauses  []CovenantClause `json:"clauses"`
	Note     string           `json:"note,omitempty"`
}

func (t CovenantText) write(c *Call) covenant.Write {
	return covenant.Write{Covenant: covenantOf(c), Edition: numberOf(c, "edition"), Revision: t.Revision, Clauses: clauses(t.Clauses), Note: t.Note}
}

// editCovenant replaces the text of a draft.
func (a *Actions) editCovenant(c *Call, in CovenantText) (CovenantCard, error) {
	v, err := a.Covenants.EditDraft(c.Context(), c.Actor, in.write(c))
	return a.kept(c, v, err)
}

// reviseCovenant makes a further edition after the comments.
func (a *Actions) reviseCovenant(c *Call, in CovenantText) (CovenantCard, error) {
	v, err := a.Covenants.Revise(c.Context(), c.Actor, in.write(c))
	return a.kept(c, v, err)
}

// CommentWindow opens an edition for comments.
type CommentWindow struct {
	Until string `json:"until" format:"date-time"`
}

// openCovenant lets residents comment until an instant.
func (a *Actions) openCovenant(c *Call, in CommentWindow) (CovenantCard, error) {
	until, err := parseInstant("until", in.Until)
	if err != nil {
		return CovenantCard{}, err
	}
	v, err := a.Covenants.OpenComments(c.Context(), c.Actor, covenantOf(c), numberOf(c, "edition"), until)
	return a.kept(c, v, err)
}

// NewLegal is what a lawyer said.
type NewLegal struct {
	Who  string `json:"who"`
	Note string `json:"note"`
}

// noteLegal writes it down.
func (a *Actions) noteLegal(c *Call, in NewLegal) (CovenantCard, error) {
	v, err := a.Covenants.NoteLegal(c.Context(), c.Actor, covenant.NoteLegal{Covenant: covenantOf(c), Edition: numberOf(c, "edition"), Who: in.Who, Note: in.Note})
	return a.kept(c, v, err)
}

// NewAdoption records an adoption.
type NewAdoption struct {
	What        string `json:"what"`
	Rule        string `json:"rule"`
	Result      string `json:"result"`
	HeldAt      string `json:"held_at" format:"date-time"`
	EffectiveAt string `json:"effective_at,omitempty" format:"date-time" doc:"held_at unless given."`
}

// recordAdoption writes an adoption down.
func (a *Actions) recordAdoption(c *Call, in NewAdoption) (CovenantCard, error) {
	held, err := parseInstant("held_at", in.HeldAt)
	if err != nil {
		return CovenantCard{}, err
	}
	effective, err := optionalInstant("effective_at", in.EffectiveAt)
	if err != nil {
		return CovenantCard{}, err
	}
	v, err := a.Covenants.RecordAdoption(c.Context(), c.Actor, covenant.RecordAdoption{
		Covenant: covenantOf(c), Edition: numberOf(c, "edition"), What: in.What, Rule: in.Rule, Result: in.Result, HeldAt: held, EffectiveAt: effective,
	})
	return a.kept(c, v, err)
}

// confirmAdoption makes a recorded adoption count.
func (a *Actions) confirmAdoption(c *Call) (CovenantCard, error) {
	v, err := a.Covenants.ConfirmAdoption(c.Context(), c.Actor, covenantOf(c), numberOf(c, "edition"))
	return a.kept(c, v, err)
}

// returnAdoption undoes a record.
func (a *Actions) returnAdoption(c *Call, in Because) (CovenantCard, error) {
	v, err := a.Covenants.SendBack(c.Context(), c.Actor, covenantOf(c), numberOf(c, "edition"), in.Reason)
	return a.kept(c, v, err)
}

// NewFiling says where a version was filed.
type NewFiling struct {
	With string `json:"with"`
	No   string `json:"no,omitempty"`
	On   string `json:"on" format:"date-time"`
}

// fileCovenant writes a filing down.
func (a *Actions) fileCovenant(c *Call, in NewFiling) (CovenantCard, error) {
	on, err := parseInstant("on", in.On)
	if err != nil {
		return CovenantCard{}, err
	}
	v, err := a.Covenants.FileCovenant(c.Context(), c.Actor, covenant.FileCovenant{Covenant: covenantOf(c), Edition: numberOf(c, "edition"), With: in.With, No: in.No, On: on})
	return a.kept(c, v, err)
}

// amendCovenant begins a further edition from the version in force.
func (a *Actions) amendCovenant(c *Call) (CovenantCard, error) {
	v, err := a.Covenants.Amend(c.Context(), c.Actor, covenantOf(c), numberOf(c, "edition"))
	return a.kept(c, v, err)
}

// dropEdition ends an edition.
func (a *Actions) dropEdition(c *Call, in Because) (CovenantCard, error) {
	v, err := a.Covenants.DropEdition(c.Context(), c.Actor, covenantOf(c), numberOf(c, "edition"), in.Reason)
	return a.kept(c, v, err)
}

// RemarkReply answers a comment.
type RemarkReply struct {
	Taken bool   `json:"taken"`
	Why   string `json:"why"`
}

// replyRemark answers a comment.
func (a *Actions) replyRemark(c *Call, in RemarkReply) (CovenantComment, error) {
	x, err := a.Covenants.ReplyComment(c.Context(), c.Actor, covenant.ReplyComment{Comment: covenant.CommentID(c.Param("remark")), Taken: in.Taken, Why: in.Why})
	return showRemark(x), err
}

// hideRemark moderates a comment on a clause.
func (a *Actions) hideRemark(c *Call, in Veil) (nothing, error) {
	_, err := a.Covenants.HideComment(c.Context(), c.Actor, covenant.HideComment{Comment: covenant.CommentID(c.Param("remark")), Hide: in.Hide, Reason: in.Reason})
	return nothing{}, err
}
