package desk

import (
	"jushou/internal/identity"
	"jushou/web/console"
	"jushou/web/page"
)

// Verify confirms that somebody lives where they say.
func (p *Pages) Verify(v *page.Visit) error {
	r, home, err := p.claimed(v)
	if err != nil {
		return err
	}
	if err := p.People.VerifyResident(v.Context(), v.Actor, identity.AccountID(v.Param("account")), home); err != nil {
		problems := v.Refuse(err)
		return p.showResidents(v, problems.Status, rejection{Problems: problems})
	}
	return v.GoSaying(r.Path("/residents"), "residents.verified")
}

// Reject refuses a claim with a reason that the person reads.
func (p *Pages) Reject(v *page.Visit) error {
	r, home, err := p.claimed(v)
	if err != nil {
		return err
	}
	form := rejection{Account: v.Param("account"), Reason: v.Field("reason")}
	for _, key := range rejectPhrases() {
		if v.Field("phrase") == key {
			form.Reason = v.T(key + "_text")
			return p.showResidents(v, 200, form)
		}
	}
	if err := p.People.RejectResident(v.Context(), v.Actor, identity.AccountID(form.Account), home, form.Reason); err != nil {
		form.Problems = v.Refuse(err)
		return p.showResidents(v, form.Problems.Status, form)
	}
	return v.GoSaying(r.Path("/residents"), "residents.rejected")
}

// claimed returns the home that a decision is about, which must lie in the room.
func (p *Pages) claimed(v *page.Visit) (console.Room, identity.HouseholdID, error) {
	r, err := p.Community(v)
	home := identity.HouseholdID(v.Field("home"))
	if err == nil && home.Community() != r.Node.ID {
		err = page.ErrNotFound
	}
	return r, home, err
}

// rejectPhrases are the reasons that occur most.
func rejectPhrases() []string {
	return []string{"residents.why_room", "residents.why_papers", "residents.why_name"}
}
