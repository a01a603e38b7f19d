package api

import (
	"slices"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/money"
	"jushou/internal/photo"
	"jushou/projects"
	"jushou/projects/preset"
)

// projectOf returns the project that the address names.
func projectOf(c *Call) projects.ID { return projects.ID(c.Param("project")) }

// carried shows a project after a step.
func (a *Actions) carried(c *Call, p projects.Project, err error) (Project, error) {
	if err != nil {
		return Project{}, err
	}
	return a.project(c, p.ID)
}

func (a *Actions) project(c *Call, id projects.ID) (Project, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, id)
	if err != nil {
		return Project{}, err
	}
	return showProject(v), nil
}

// listProjects lists a community's projects, the latest first, or those at a stage, which came to it last first.
func (a *Actions) listProjects(c *Call) (Page[ProjectCard], error) {
	var found []projects.View
	var next docstore.Cursor
	var err error
	if at := preset.Stage(c.Query("stage")); at.Known() {
		found, next, err = a.Projects.InStage(c.Context(), c.Actor, placeOf(c), at, c.after())
	} else {
		found, next, err = a.Projects.Projects(c.Context(), c.Actor, placeOf(c), c.after())
	}
	return pageOf(found, next, showProjectCard), err
}

// readProject returns a project.
func (a *Actions) readProject(c *Call) (Project, error) { return a.project(c, projectOf(c)) }

// projectPhoto returns a picture of a project, of a paper or of a decision to whoever may read the project.
func (a *Actions) projectPhoto(c *Call) ([]byte, error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return nil, err
	}
	id := c.Param("photo")
	if !slices.Contains(v.Pictures(), deliberation.PhotoID(id)) {
		return nil, photo.ErrNotFound
	}
	return a.picture(c, id)
}

// similarProjects lists those of the community that read most like it.
func (a *Actions) similarProjects(c *Call) (Page[ProjectCard], error) {
	v, err := a.Projects.Project(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return Page[ProjectCard]{}, err
	}
	found, err := a.Projects.Similar(c.Context(), c.Actor, v.Community, v.ID, v.Title, v.Where)
	return pageOf(found, "", showProjectCard), err
}

// ProjectColumn is one stage of a community's board.
type ProjectColumn struct {
	Stage    preset.Stage  `json:"stage"`
	Count    int           `json:"count"`
	Projects []ProjectCard `json:"projects" doc:"The one that has stood there longest first, at most fifty; none of those that are over."`
}

// projectBoard returns a community's projects by stage to its desk.
func (a *Actions) projectBoard(c *Call) (Page[ProjectColumn], error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return Page[ProjectColumn]{}, err
	}
	if err := identity.Can(c.Actor, identity.CheckProject, identity.At(node)); err != nil {
		return Page[ProjectColumn]{}, err
	}
	all, err := a.Projects.Board(c.Context(), c.Actor, node.ID)
	return pageOf(all, "", func(x projects.Column) ProjectColumn {
		return ProjectColumn{x.Stage, x.Count, each(x.Projects, showProjectCard)}
	}), err
}

// openProjects lists a community's projects for everybody, by stage.
func (a *Actions) openProjects(c *Call) (Page[OpenProject], error) {
	all, err := a.Projects.Open(c.Context(), c.Actor, placeOf(c))
	return pageOf(all, "", showOpenProject), err
}

// openProject returns what everybody may know of one.
func (a *Actions) openProject(c *Call) (OpenProject, error) {
	e, _, err := a.Projects.Posted(c.Context(), c.Actor, projectOf(c))
	if err != nil {
		return OpenProject{}, err
	}
	return showOpenProject(e), nil
}

// ProjectYear is what a community's projects of a preset have taken from this year.
type ProjectYear struct {
	Preset   preset.Key `json:"preset"`
	Name     string     `json:"name"`
	Year     int        `json:"year"`
	TakenFen money.Fen  `json:"taken_fen"`
	CapFen   money.Fen  `json:"cap_fen" doc:"0 for none."`
}

// projectYears returns this year's envelopes, one for each preset.
func (a *Actions) projectYears(c *Call) (Page[ProjectYear], error) {
	all, err := a.Projects.Presets(c.Context(), c.Actor, placeOf(c))
	if err != nil {
		return Page[ProjectYear]{}, err
	}
	years := []ProjectYear{}
	for _, x := range all {
		e, err := a.Projects.Year(c.Context(), c.Actor, placeOf(c), x.Key)
		if err != nil {
			return Page[ProjectYear]{}, err
		}
		years = append(years, ProjectYear{x.Key, x.Name, e.Year, e.Sum(), x.Envelope})
	}
	return Page[ProjectYear]{Items: years}, nil
}
