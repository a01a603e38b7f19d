package api

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/projects/preset"
)

// ProjectAcceptance is how the finished work is looked at.
type ProjectAcceptance struct {
	Stage      preset.Stage     `json:"stage"`
	Round      int              `json:"round"`
	Needs      int              `json:"needs" doc:"How many representatives have to accept."`
	Reps       []ProjectRep     `json:"representatives"`
	Candidates []ProjectRep     `json:"candidates" doc:"Who offered, for who names them; to others their own offer."`
	Words      []ProjectOpinion `json:"words"`
	Defects    []ProjectDefect  `json:"defects"`
	Owes       bool             `json:"owes" doc:"The acceptance waits for the caller's word."`
	May        []projects.Move  `json:"may" doc:"The moves that make sense to offer the caller now. The actions ask again."`
}

// ProjectRep is a residents' representative, or somebody who offers to be one.
type ProjectRep struct {
	ID     string             `json:"id"`
	By     Author             `json:"by"`
	Source projects.RepSource `json:"source,omitempty"`
	Ended  Instant            `json:"ended_at,omitzero"`
}

// ProjectOpinion is what somebody says about the work.
type ProjectOpinion struct {
	By       Author  `json:"by"`
	Proposer bool    `json:"proposer"`
	Round    int     `json:"round"`
	Accepts  bool    `json:"accepts"`
	Text     string  `json:"text,omitempty"`
	At       Instant `json:"at"`
}

// ProjectDefect is something that is to be mended.
type ProjectDefect struct {
	ID        string  `json:"id"`
	What      string  `json:"what" doc:"Empty while the word list holds it."`
	Photos    []Photo `json:"photos"`
	By        Author  `json:"by"`
	At        Instant `json:"at"`
	Fix       string  `json:"fix,omitempty"`
	FixPhotos []Photo `json:"fix_photos"`
	Fixed     Instant `json:"fixed_at,omitzero"`
	Back      string  `json:"back,omitempty" doc:"What was still wrong when somebody looked."`
	Open      bool    `json:"open"`
}

func showRep(r projects.Rep) ProjectRep {
	return ProjectRep{r.ID, showAuthor(r.By), r.Source, Instant{r.EndedAt}}
}

func showDefect(id projects.ID) func(projects.Defect) ProjectDefect {
	photos := func(all []deliberation.PhotoID) []Photo {
		return each(all, func(p deliberation.PhotoID) Photo {
			base := Prefix + "/projects/" + string(id) + "/defect-photos/" + string(p)
			return Photo{ID: string(p), Thumb: base + "/thumb", Full: base + "/full"}
		})
	}
	return func(d projects.Defect) ProjectDefect {
		x := ProjectDefect{ID: d.ID, What: d.What, Photos: photos(d.Photos), By: showAuthor(d.By), At: Instant{d.At}, FixPhotos: []Photo{}, Back: d.Back, Open: d.Open()}
		if d.Fix != nil {
			x.Fix, x.FixPhotos, x.Fixed = d.Fix.Text, photos(d.Fix.Photos), Instant{d.Fix.At}
		}
		return x
	}
}

func showAcceptance(v projects.View) ProjectAcceptance {
	all := v.Judged()
	x := ProjectAcceptance{
		Stage: v.Stage, Round: all.Round, Needs: v.Needed, Reps: each(all.Reps, showRep), Candidates: each(all.Volunteers, showRep), Owes: v.Can(projects.MoveAccept),
		Defects: each(all.Defects, showDefect(v.ID)), May: append([]projects.Move{}, v.May...),
		Words: each(all.Words, func(w projects.Opinion) ProjectOpinion {
			return ProjectOpinion{showAuthor(w.By), w.Proposer, w.Round, w.Accepts, w.Text, Instant{w.At}}
		}),
	}
	if v.Can(projects.MoveRep) {
		x.Candidates = each(v.RepCandidates(), showRep)
	}
	return x
}

// projectAcceptance shows how the finished work is looked at.
func (a *Actions) projectAcceptance(c *Call) (ProjectAcceptance, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return ProjectAcceptance{}, err
	}
	return showAcceptance(v), nil
}

// looked shows it after a step.
func (a *Actions) looked(c *Call, _ projects.Project, err error) (ProjectAcceptance, error) {
	if err != nil {
		return ProjectAcceptance{}, err
	}
	return a.projectAcceptance(c)
}

// defectPhoto returns a picture of the list of defects to whoever may read the project.
func (a *Actions) defectPhoto(c *Call) ([]byte, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return nil, err
	}
	id := deliberation.PhotoID(c.Param("photo"))
	shows := func(d projects.Defect) bool {
		return slices.Contains(d.Photos, id) || d.Fix != nil && slices.Contains(d.Fix.Photos, id)
	}
	if !slices.ContainsFunc(v.Judged().Defects, shows) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, string(id))
}

// volunteer offers to look at the work for the neighbours; unvolunteer takes that back.
func (a *Actions) volunteer(c *Call, in OwnID) (ProjectAcceptance, error) {
	p, err := a.Projects.Volunteer(c.Context(), c.Actor, projectOf(c), c.token(in.ID), true)
	return a.looked(c, p, err)
}

func (a *Actions) unvolunteer(c *Call) (ProjectAcceptance, error) {
	p, err := a.Projects.Volunteer(c.Context(), c.Actor, projectOf(c), "", false)
	return a.looked(c, p, err)
}

// nameRep makes somebody who offered a representative.
func (a *Actions) nameRep(c *Call) (ProjectAcceptance, error) {
	p, err := a.Projects.NameRep(c.Context(), c.Actor, projectOf(c), c.Param("representative"))
	return a.looked(c, p, err)
}

// drawReps names those that are missing by lot.
func (a *Actions) drawReps(c *Call) (ProjectAcceptance, error) {
	p, err := a.Projects.DrawReps(c.Context(), c.Actor, projectOf(c))
	return a.looked(c, p, err)
}

// replaceRep ends the part of one who does not come.
func (a *Actions) replaceRep(c *Call, in Because) (ProjectAcceptance, error) {
	p, err := a.Projects.ReplaceRep(c.Context(), c.Actor, projectOf(c), c.Param("representative"), in.Reason)
	return a.looked(c, p, err)
}

// standDown ends one's own part.
func (a *Actions) standDown(c *Call, in Because) (ProjectAcceptance, error) {
	p, err := a.Projects.StandDown(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.looked(c, p, err)
}

// WorkOpinion is a word about the work.
type WorkOpinion struct {
	ID      string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it. Of a no it is the defect's."`
	Accepts bool                   `json:"accepts,omitempty"`
	Text    string                 `json:"text,omitempty" doc:"Of a no, what is wrong. At most 300 characters."`
	Photos  []deliberation.PhotoID `json:"photos,omitempty" doc:"Of a no; ids of uploaded photos."`
}

// acceptProject says whether the caller accepts the work.
func (a *Actions) acceptProject(c *Call, in WorkOpinion) (ProjectAcceptance, error) {
	p, err := a.Projects.Accept(c.Context(), c.Actor, projects.Accept{ID: c.token(in.ID), Project: projectOf(c), Accepts: in.Accepts, Text: in.Text, Photos: in.Photos})
	return a.looked(c, p, err)
}

// NewDefect is something that is wrong with the work.
type NewDefect struct {
	ID     string                 `json:"id,omitempty" doc:"Made by the client; else the Idempotency-Key gives it."`
	Text   string                 `json:"text" doc:"At most 300 characters."`
	Photos []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos."`
}

// raiseDefect adds to what is to be mended.
func (a *Actions) raiseDefect(c *Call, in NewDefect) (ProjectAcceptance, error) {
	p, err := a.Projects.RaiseDefect(c.Context(), c.Actor, projects.RaiseDefect{ID: c.token(in.ID), Project: projectOf(c), What: in.Text, Photos: in.Photos})
	return a.looked(c, p, err)
}

// NewFix is how a defect was mended: words, a photo or both.
type NewFix struct {
	Text   string                 `json:"text,omitempty" doc:"At most 300 characters."`
	Photos []deliberation.PhotoID `json:"photos,omitempty" doc:"Ids of uploaded photos."`
}

// mendDefect says how one was mended.
func (a *Actions) mendDefect(c *Call, in NewFix) (ProjectAcceptance, error) {
	p, err := a.Projects.MendDefect(c.Context(), c.Actor, projects.MendDefect{Project: projectOf(c), Defect: c.Param("defect"), Text: in.Text, Photos: in.Photos})
	return a.looked(c, p, err)
}

// DefectLook says whether a defect is mended.
type DefectLook struct {
	Mended bool   `json:"mended,omitempty"`
	Text   string `json:"text,omitempty" doc:"Needed where it is not. At most 300 characters."`
}

// checkDefect looks again.
func (a *Actions) checkDefect(c *Call, in DefectLook) (ProjectAcceptance, error) {
	p, err := a.Projects.CheckDefect(c.Context(), c.Actor, projectOf(c), c.Param("defect"), in.Mended, in.Text)
	return a.looked(c, p, err)
}

// reworkProject takes the work up again.
func (a *Actions) reworkProject(c *Call, in Because) (ProjectAcceptance, error) {
	p, err := a.Projects.Rework(c.Context(), c.Actor, projectOf(c), in.Reason)
	return a.looked(c, p, err)
}
