package api

import (
	"jushou/projects"
	"jushou/projects/preset"
)

// ProjectJudgement is what residents think of the result. Until the time for it is over it tells only what the caller gave.
type ProjectJudgement struct {
	Stage   preset.Stage    `json:"stage"`
	Aspects []ProjectAspect `json:"aspects" doc:"What is judged, in the order of the stars."`
	Due     Instant         `json:"due_at,omitzero" doc:"Until when it is judged."`
	Mine    *ProjectRating  `json:"mine,omitempty" doc:"What the caller gave, while it can be changed."`
	Tally   *ProjectTally   `json:"tally,omitempty" doc:"The result; left out until the time is over."`
	Reply   *ProjectReply   `json:"reply,omitempty"`
	May     []projects.Move `json:"may" doc:"The moves that make sense to offer the caller now. The actions ask again."`
}

// ProjectAspect is something that is judged.
type ProjectAspect struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// ProjectRating is what one resident thinks of the result.
type ProjectRating struct {
	Stars []int  `json:"stars" doc:"One to five, in the order of the aspects."`
	Words string `json:"words,omitempty"`
}

// ProjectTally is the result. Of fewer than five it says nothing, not even how many.
type ProjectTally struct {
	Few     bool          `json:"few"`
	Raters  int           `json:"raters,omitempty"`
	Mean    int           `json:"mean,omitempty" doc:"In hundredths of a star."`
	Aspects []AspectTally `json:"aspects"`
}

// AspectTally is the result of one aspect.
type AspectTally struct {
	Key   string     `json:"key"`
	Name  string     `json:"name"`
	Mean  int        `json:"mean" doc:"In hundredths of a star."`
	Bands []StarBand `json:"bands"`
}

// StarBand is how many gave so many stars; neighbouring stars are put together until there are five of them.
type StarBand struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Count int `json:"count"`
}

// ProjectReply is what those who did it answer.
type ProjectReply struct {
	Text      string  `json:"text"`
	By        Author  `json:"by"`
	Published Instant `json:"published_at,omitzero"`
}

func showTally(t *projects.Tally) *ProjectTally {
	if t == nil {
		return nil
	}
	return &ProjectTally{Few: t.Few, Raters: t.Raters, Mean: t.Mean, Aspects: each(t.Aspects, func(x projects.AspectTally) AspectTally {
		return AspectTally{x.Key, x.Name, x.Mean, each(x.Bands, func(b projects.Band) StarBand { return StarBand(b) })}
	})}
}

func showReply(r *projects.Reply) *ProjectReply {
	if r == nil {
		return nil
	}
	return &ProjectReply{r.Text, showAuthor(r.By), Instant{r.PublishedAt}}
}

// projectJudgement shows it as far as the caller may read it.
func (a *Actions) projectJudgement(c *Call) (ProjectJudgement, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return ProjectJudgement{}, err
	}
	x := ProjectJudgement{
		Stage: v.Stage, Due: Instant{v.RateDue}, Tally: showTally(v.Tally), Reply: showReply(v.Reply), May: append([]projects.Move{}, v.May...),
		Aspects: each(v.Preset.Judged(), func(s preset.Aspect) ProjectAspect { return ProjectAspect{s.Key, s.Name} }),
	}
	if v.Stage == preset.Rating {
		mine, err := a.Projects.MyRating(c.Context(), c.Actor, v.ID)
		if err != nil {
			return ProjectJudgement{}, err
		}
		if mine != nil {
			x.Mine = &ProjectRating{append([]int{}, mine.Stars...), mine.Words}
		}
	}
	return x, nil
}

func (a *Actions) judged(c *Call, _ projects.Project, err error) (ProjectJudgement, error) {
	if err != nil {
		return ProjectJudgement{}, err
	}
	return a.projectJudgement(c)
}

// NewRating is a judgement of the result.
type NewRating struct {
	ID    string `json:"id,omitempty" doc:"Made by the client."`
	Stars []int  `json:"stars" doc:"One to five, in the order of the aspects."`
	Words string `json:"words,omitempty" doc:"At most 300 characters."`
}

// rateProject gives it, or changes one's own until the time is over.
func (a *Actions) rateProject(c *Call, in NewRating) (ProjectJudgement, error) {
	err := a.Projects.Rate(c.Context(), c.Actor, projects.Rate{ID: c.token(in.ID), Project: projectOf(c), Stars: in.Stars, Words: in.Words})
	return a.judged(c, projects.Project{}, err)
}

// RatingWords is what one rating says in words.
type RatingWords struct {
	Mark   string `json:"mark" doc:"Names it, and tells nothing of who gave it."`
	Words  string `json:"words"`
	Hidden string `json:"hidden,omitempty" doc:"Why the desk hid it."`
	Held   bool   `json:"held" doc:"Waits for the desk, which alone reads it."`
}

// ratingWords lists them once the result is out, in an order that tells nothing; none where few judged.
func (a *Actions) ratingWords(c *Call) (Page[RatingWords], error) {
	found, next, err := a.Projects.Said(c.Context(), c.Actor, projectOf(c), c.after())
	return pageOf(found, next, func(s projects.Said) RatingWords { return RatingWords{s.Mark, s.Words, s.Hidden, s.Held} }), err
}

// hideRating hides the words of one, or shows them; its stars count.
func (a *Actions) hideRating(c *Call, in HideOrShow) (nothing, error) {
	if in.Hide {
		return nothing{}, a.Projects.HideRating(c.Context(), c.Actor, projectOf(c), c.Param("mark"), in.Reason)
	}
	return nothing{}, a.Projects.ReleaseRating(c.Context(), c.Actor, projectOf(c), c.Param("mark"))
}

// NewReply is the answer to the judgement.
type NewReply struct {
	Text string `json:"text" doc:"At most 1000 characters."`
}

// replyToJudgement writes it.
func (a *Actions) replyToJudgement(c *Call, in NewReply) (ProjectJudgement, error) {
	p, err := a.Projects.WriteReply(c.Context(), c.Actor, projectOf(c), in.Text)
	return a.judged(c, p, err)
}

// publishReply publishes it; the project goes on to its settlement.
func (a *Actions) publishReply(c *Call) (ProjectJudgement, error) {
	p, err := a.Projects.PublishReply(c.Context(), c.Actor, projectOf(c))
	return a.judged(c, p, err)
}
