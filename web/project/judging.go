package project

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/projects/preset"
	"jushou/web/page"
	"jushou/web/upload"
	"jushou/web/view"
)

// judgeView is what the page of a project shows from the finished work on.
type judgeView struct {
	// Mine is the reader's own rating, nil without one.
	Mine *projects.Rating
	Said []projects.Said
	More string // leads to further words, "" without any
	// Books are for the lead and the desk while the project is settled, nil for others.
	Books *projects.Books
	// Photos are those of a refused form.
	Photos []view.StoredPhoto
	// Story leads to the page that tells it all, "" while there is nothing to tell.
	Story string
}

// judge gathers it.
func (p *Pages) judge(v *page.Visit, s page.Sheet, x projects.View) (judgeView, error) {
	j := judgeView{}
	var err error
	if s.Problems.Any() {
		j.Photos = upload.Stored(upload.IDs(v))
	}
	if slices.Contains(told(), x.Stage) {
		j.Story = "/open/p/" + string(x.ID) + "/story"
	}
	if x.Stage == preset.Rating {
		if j.Mine, err = p.Projects.MyRating(v.Context(), v.Actor, x.ID); err != nil {
			return j, err
		}
	}
	if x.Tally != nil {
		var next docstore.Cursor
		if j.Said, next, err = p.Projects.Said(v.Context(), v.Actor, x.ID, docstore.Cursor(v.Query("said"))); err != nil {
			return j, err
		}
		if next != "" {
			j.More = "?said=" + string(next)
		}
	}
	if x.Stage == preset.Settling && (x.Leading || x.Desk) {
		b, err := p.Projects.Books(v.Context(), v.Actor, x.ID)
		if err != nil {
			return j, err
		}
		j.Books = &b
	}
	return j, nil
}

// told are the stages in which a project has a story.
func told() []preset.Stage { return []preset.Stage{preset.Rating, preset.Settling, preset.Archived} }

// about is the sheet of a form that stands on the page several times: empty unless it is the one that was refused.
func (x storyView) about(form, field, value string) page.Sheet {
	if x.Sheet.Form() == form && x.Sheet.Typed(field) == value {
		return x.Sheet
	}
	return page.Sheet{}
}

// pictures reads the photos of a form of somebody who may send it.
func (p *Pages) pictures(v *page.Visit, id projects.ID, m projects.Move) ([]deliberation.PhotoID, error) {
	x, err := p.Projects.Project(v.Context(), v.Actor, id)
	if err != nil || !x.Can(m) { // nobody else's files are stored; the use case says why
		return nil, err
	}
	all, err := p.Shelf.Own(v)
	if err != nil {
		return nil, upload.OnPhotos(err)
	}
	return all, nil
}

// JudgedPhoto shows a photo of the list of defects to whoever may read the project.
func (p *Pages) JudgedPhoto(v *page.Visit) error {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	id := deliberation.PhotoID(v.Param("photo"))
	shows := func(d projects.Defect) bool {
		return slices.Contains(d.Photos, id) || d.Fix != nil && slices.Contains(d.Fix.Photos, id)
	}
	if !slices.ContainsFunc(x.Judged().Defects, shows) {
		return photo.ErrNotFound
	}
	return p.Shelf.Send(v, string(id))
}

func judgedPhotos(x projects.View, ids []deliberation.PhotoID) []view.Photo {
	var all []view.Photo
	for _, id := range ids {
		at := "/p/" + string(x.ID) + "/defects/" + string(id)
		all = append(all, view.Photo{Thumb: at + "/thumb", Full: at + "/full"})
	}
	return all
}

// Volunteer offers to look at the work for the neighbours, or takes that back.
func Volunteer() step {
	return step{"volunteer", nil, "project.volunteer_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Volunteer(v.Context(), v.Actor, id, v.Field("token"), v.Field("on") == "1")
		return err
	}}
}

// Accept says that the work is accepted.
func Accept() step {
	return step{"accept", []string{"text"}, "project.accept_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Accept(v.Context(), v.Actor, projects.Accept{ID: v.Field("token"), Project: id, Accepts: true, Text: v.Field("text")})
		return err
	}}
}

// Reject says that it is not, and why.
func Reject() step {
	return step{"reject", []string{"text"}, "project.reject_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		photos, err := p.pictures(v, id, projects.MoveAccept)
		if err != nil {
			return err
		}
		_, err = p.Projects.Accept(v.Context(), v.Actor, projects.Accept{ID: v.Field("token"), Project: id, Text: v.Field("text"), Photos: photos})
		return err
	}}
}

// Defect adds to what is to be mended.
func Defect() step {
	return step{"defect", []string{"text"}, "project.defect_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		photos, err := p.pictures(v, id, projects.MoveDefect)
		if err != nil {
			return err
		}
		_, err = p.Projects.RaiseDefect(v.Context(), v.Actor, projects.RaiseDefect{ID: v.Field("token"), Project: id, What: v.Field("text"), Photos: photos})
		return err
	}}
}

// Mend says how a defect was mended.
func Mend() step {
	return step{"mend", []string{"defect", "text"}, "project.mend_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		photos, err := p.pictures(v, id, projects.MoveMend)
		if err != nil {
			return err
		}
		_, err = p.Projects.MendDefect(v.Context(), v.Actor, projects.MendDefect{Project: id, Defect: v.Field("defect"), Text: v.Field("text"), Photos: photos})
		return err
	}}
}

// Verify says whether a defect is mended.
func Verify() step {
	return step{"verify", []string{"defect", "text"}, "project.verify_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.CheckDefect(v.Context(), v.Actor, id, v.Field("defect"), v.Field("mended") == "1", v.Field("text"))
		return err
	}}
}

// StandDown ends one's part as a representative.
func StandDown() step {
	return step{"standdown", []string{"reason"}, "project.standdown_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.StandDown(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// starFields are the fields of the form of stars.
func starFields(aspects []preset.Aspect) []string {
	fields := []string{"words"}
	for _, a := range aspects {
		fields = append(fields, "stars-"+a.Key)
	}
	return fields
}

// Rate gives stars.
func (p *Pages) Rate(v *page.Visit) error {
	x, err := p.Projects.Project(v.Context(), v.Actor, projects.ID(v.Param("project")))
	if err != nil {
		return err
	}
	return p.Step(step{"rate", starFields(x.Preset.Judged()), "project.rate_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		var stars []int
		for _, a := range x.Preset.Judged() {
			stars = append(stars, number(v.Field("stars-"+a.Key)))
		}
		return p.Projects.Rate(v.Context(), v.Actor, projects.Rate{ID: v.Field("token"), Project: id, Stars: stars, Words: v.Field("words")})
	}})(v)
}

// Reply writes the answer to the judgement.
func Reply() step {
	return step{"reply", []string{"text"}, "project.reply_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.WriteReply(v.Context(), v.Actor, id, v.Field("text"))
		return err
	}}
}

// Statement writes the statement.
func Statement() step {
	return step{"statement", []string{"text", "seen"}, "project.statement_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.WriteStatement(v.Context(), v.Actor, projects.WriteStatement{Project: id, Seen: number(v.Field("seen")), Words: v.Field("text")})
		return err
	}}
}

// NameRep names a representative, or draws those that are missing.
func NameRep() step {
	return step{"rep", []string{"rep"}, "project.rep_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		var err error
		if v.Field("draw") == "1" {
			_, err = p.Projects.DrawReps(v.Context(), v.Actor, id)
		} else {
			_, err = p.Projects.NameRep(v.Context(), v.Actor, id, v.Field("rep"))
		}
		return err
	}}
}

// Unrep ends a representative's part.
func Unrep() step {
	return step{"unrep", []string{"rep", "reason"}, "project.unrep_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.ReplaceRep(v.Context(), v.Actor, id, v.Field("rep"), v.Field("reason"))
		return err
	}}
}

// Rework takes the work up again.
func Rework() step {
	return step{"rework", []string{"reason"}, "project.rework_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Rework(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// Said hides the words of a rating, or shows them again.
func Said() step {
	return step{"said", []string{"mark", "reason"}, "project.hide_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		if v.Field("show") == "1" {
			return p.Projects.ReleaseRating(v.Context(), v.Actor, id, v.Field("mark"))
		}
		return p.Projects.HideRating(v.Context(), v.Actor, id, v.Field("mark"), v.Field("reason"))
	}}
}

// PublishReply publishes the answer to the judgement.
func PublishReply() step {
	return step{"rated", nil, "project.rated_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.PublishReply(v.Context(), v.Actor, id)
		return err
	}}
}

// ReturnStatement gives the statement back.
func ReturnStatement() step {
	return step{"unstate", []string{"reason"}, "project.unstate_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.ReturnStatement(v.Context(), v.Actor, id, v.Field("reason"))
		return err
	}}
}

// Close checks the statement and ends the project.
func Close() step {
	return step{"close", []string{"seen"}, "project.close_said", func(p *Pages, v *page.Visit, id projects.ID) error {
		_, err := p.Projects.Close(v.Context(), v.Actor, id, number(v.Field("seen")))
		return err
	}}
}

// closes reports whether the reader may check the statement now.
func (x storyView) closes() bool {
	return x.Can(projects.MoveArchive) || x.Can(projects.MoveClose)
}

// openBook is where something that is still open in the accounts is done.
func openBook(u projects.Unsettled) string {
	at := "/desk/money/" + u.Fund
	if u.Voucher != "" {
		return at + "/vouchers/" + u.Voucher
	}
	return at
}

// stars says a mean with one digit behind the point: 4.3.
func stars(hundredths int) string { return strconv.FormatFloat(float64(hundredths)/100, 'f', 1, 64) }

// shape draws a mean as full and empty stars, for the eye; the number beside it is what is read.
func shape(hundredths int) string {
	full := min(preset.MaxStars, max(0, (hundredths+50)/100))
	return strings.Repeat("★", full) + strings.Repeat("☆", preset.MaxStars-full)
}

// banded says of an aspect how many gave which stars.
func banded(ctx context.Context, a projects.AspectTally) string {
	var all []string
	for _, b := range a.Bands {
		if b.Count == 0 {
			continue
		}
		which := strconv.Itoa(b.From)
		if b.To != b.From {
			which += "–" + strconv.Itoa(b.To)
		}
		all = append(all, view.T(ctx, "project.band", "stars", which, "n", strconv.Itoa(b.Count)))
	}
	return strings.Join(all, view.T(ctx, "project.band_and"))
}

// starOptions are the answers of one aspect.
func starOptions(ctx context.Context) []view.Option {
	var all []view.Option
	for n := preset.MaxStars; n >= 1; n-- {
		all = append(all, view.Option{Value: strconv.Itoa(n), Text: view.T(ctx, "project.star_"+strconv.Itoa(n))})
	}
	return all
}

// given is what the form of stars shows of an aspect: what was typed, or what was given before.
func (x storyView) given(i int, a preset.Aspect) string {
	before := ""
	if x.Judge.Mine != nil && i < len(x.Judge.Mine.Stars) {
		before = strconv.Itoa(x.Judge.Mine.Stars[i])
	}
	return x.Sheet.Value("rate", "stars-"+a.Key, before)
}

func (x storyView) givenWords() string {
	if x.Judge.Mine != nil {
		return x.Sheet.Value("rate", "words", x.Judge.Mine.Words)
	}
	return x.Sheet.Value("rate", "words", "")
}

// repOptions are those whom the secretary may name.
func repOptions(ctx context.Context, x projects.View) []view.Option {
	var all []view.Option
	for _, r := range x.RepCandidates() {
		all = append(all, view.Option{Value: r.ID, Text: view.T(ctx, "project.rep_from_"+string(r.Source), "who", view.Byline(r.By.Name, "", r.By.Building))})
	}
	return all
}

// replied is the reply that is written and not published.
func replied(x storyView) string {
	if x.Reply == nil {
		return ""
	}
	return x.Reply.Text
}

// revision is the statement's that the page shows.
func revision(x storyView) string {
	if x.Statement == nil {
		return "0"
	}
	return strconv.Itoa(x.Statement.Revision)
}

// stated are the words of the statement that is written.
func stated(x storyView) string {
	if x.Statement == nil {
		return ""
	}
	return x.Statement.Words
}
