package projects

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

// PaperFile is an attachment that the preset asks for, as it was photographed.
type PaperFile struct {
	Key   string               `json:"key"`
	Photo deliberation.PhotoID `json:"photo"`
	By    deliberation.Author  `json:"by"`
	At    time.Time            `json:"at"`
}

var errNoPaper = fault.New(fault.Invalid, "project.no_such_paper").On("paper")

// WritePlan puts plan and budget down. seen is the revision that the form showed.
func (p *Project) WritePlan(plan Plan, seen int, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if seen != p.Plan.Revision {
		return nil, errStale
	}
	if err := p.take(MovePlan, PlanWritten, by, "", now); err != nil {
		return nil, err
	}
	plan.Revision, plan.By, plan.At = seen+1, by, now
	p.Plan = plan
	return []docstore.Fact{p.told(PlanWritten, by, "", now)}, nil
}

// AttachPaper adds what the preset asks for, or puts a better picture in its place.
func (p *Project) AttachPaper(key string, photo deliberation.PhotoID, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	x, ok := p.Preset.Paper(key)
	if !ok {
		return nil, errNoPaper
	}
	if slices.ContainsFunc(p.Papers, func(f PaperFile) bool { return f.Key == key && f.Photo == photo }) {
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MovePaper, PaperAttached, by, x.Name, now); err != nil {
		return nil, err
	}
	p.Papers = slices.DeleteFunc(slices.Clone(p.Papers), func(f PaperFile) bool { return f.Key == key })
	p.Papers = append(p.Papers, PaperFile{Key: key, Photo: photo, By: by, At: now})
	return append([]docstore.Fact{p.told(PaperAttached, by, x.Name, now)}, p.gather(now)...), nil
}

// PutForward gives plan and budget to whoever decides.
func (p *Project) PutForward(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := p.may(MovePutForward); err != nil {
		return nil, err
	}
	if err := deliberation.Joined(p.planned(), fault.When(p.Lead == nil, errNoLead)); err != nil {
		return nil, err
	}
	if err := p.take(MovePutForward, PutForward, by, "", now); err != nil {
		return nil, err
	}
	return []docstore.Fact{p.told(PutForward, by, "", now)}, nil
}
