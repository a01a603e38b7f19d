package api

import "jushou/projects"

// ProjectStory is a finished project as everybody may read it.
type ProjectStory struct {
	OpenProject
	Need      string            `json:"need"`
	Tally     *ProjectTally     `json:"tally,omitempty"`
	Reply     *ProjectReply     `json:"reply,omitempty"`
	Words     []string          `json:"words" doc:"Of those who judged it, in an order that tells nothing."`
	Statement *ProjectStatement `json:"statement,omitempty" doc:"Once it is checked."`
	News      []StoryNews       `json:"news" doc:"The first of it first."`
}

// StoryNews is what was told of the work.
type StoryNews struct {
	Text string  `json:"text"`
	At   Instant `json:"at"`
}

// projectStory tells a finished project.
func (a *Actions) projectStory(c *Call) (ProjectStory, error) {
	t, err := a.Projects.Story(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return ProjectStory{}, err
	}
	e, _, err := a.Projects.Posted(c.Context(), c.Actor, t.ID)
	if err != nil {
		return ProjectStory{}, err
	}
	s := ProjectStory{
		OpenProject: showOpenProject(e), Need: t.Need, Tally: showTally(t.Tally), Reply: showReply(t.Reply), Words: []string{},
		News: each(t.News, func(x projects.News) StoryNews { return StoryNews{x.Text, Instant{x.At}} }),
	}
	for _, x := range t.Said {
		if x.Words != "" {
			s.Words = append(s.Words, x.Words)
		}
	}
	if t.Settled() {
		s.Statement = showStatement(t.Statement)
	}
	return s, nil
}

// Exhibit is a finished project in the showroom.
type Exhibit struct {
	OpenProject
	Need     string        `json:"need"`
	Tally    *ProjectTally `json:"tally,omitempty" doc:"Left out while it is judged."`
	Rateable bool          `json:"rateable" doc:"Residents judge it now, until next_at."`
	Paid     bool          `json:"paid" doc:"The amount is what it cost, not what was approved."`
}

// showroom lists a community's finished projects for everybody.
func (a *Actions) showroom(c *Call) (Page[Exhibit], error) {
	all, err := a.Projects.Showroom(c.Context(), c.Actor, placeOf(c))
	return pageOf(all, "", func(x projects.Exhibit) Exhibit {
		return Exhibit{showOpenProject(x.Entry), x.Need, showTally(x.Tally), x.Rateable, x.Paid}
	}), err
}
