package digest

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/fault"
)

var (
	errGroups   = fault.New(fault.Conflict, "digest.too_many_groups").With("max", MaxGroups)
	errInGroup  = fault.New(fault.Conflict, "digest.group_full").With("max", MaxInGroup)
	errTopics   = fault.New(fault.Conflict, "digest.full").With("max", MaxTopics)
	errNothing  = fault.New(fault.Conflict, "digest.nothing_sorted")
	errEmpty    = fault.New(fault.Conflict, "digest.group_empty")
	errUnworded = fault.New(fault.Conflict, "digest.group_unworded")
)

// Writing is what a group says.
type Writing struct {
	ID      GroupID // of the form that made it
	Heading string
	Summary string // "" until somebody has written it; finishing asks for it
	Ask     string
}

// Write makes a group or changes what it says. A group that says so already changes nothing.
func (d *Digest) Write(w Writing, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	i := d.group(w.ID)
	if i >= 0 && d.Groups[i].says(w) {
		return nil, docstore.ErrUnchanged
	}
	if err := d.may(MoveSort, seen); err != nil {
		return nil, err
	}
	if i < 0 && len(d.Groups) >= MaxGroups {
		return nil, errGroups
	}
	d.Groups = slices.Clone(d.Groups)
	if i < 0 {
		d.Groups = append(d.Groups, Group{ID: w.ID})
		i = len(d.Groups) - 1
	}
	g := &d.Groups[i]
	g.Heading, g.Summary, g.Ask = w.Heading, w.Summary, w.Ask
	d.Revision++
	return nil, nil
}

func (g Group) says(w Writing) bool {
	return g.Heading == w.Heading && g.Summary == w.Summary && g.Ask == w.Ask
}

// Drop takes a group away; its topics are unsorted again.
func (d *Digest) Drop(id GroupID, seen int) ([]docstore.Fact, error) {
	if err := d.may(MoveSort, seen); err != nil {
		return nil, err
	}
	i := d.group(id)
	if i < 0 {
		return nil, errNoGroup
	}
	d.Groups = slices.Delete(slices.Clone(d.Groups), i, i+1)
	d.Revision++
	return nil, nil
}

// Sort puts topics into a group, out of any other: a topic is in at most one. Into "" takes them out.
func (d *Digest) Sort(topics []deliberation.TopicID, into GroupID, seen int) ([]docstore.Fact, error) {
	to := d.group(into)
	if into != "" && to < 0 {
		return nil, errNoGroup
	}
	if !slices.ContainsFunc(topics, func(t deliberation.TopicID) bool { return d.GroupOf(t) != into }) {
		return nil, docstore.ErrUnchanged
	}
	if err := d.may(MoveSort, seen); err != nil {
		return nil, err
	}
	groups := slices.Clone(d.Groups)
	for i := range groups {
		if i != to {
			groups[i].Topics = slices.DeleteFunc(slices.Clone(groups[i].Topics), func(t deliberation.TopicID) bool { return slices.Contains(topics, t) })
		}
	}
	if to >= 0 {
		g := &groups[to]
		g.Topics = slices.Clip(g.Topics)
		for _, t := range topics {
			if !slices.Contains(g.Topics, t) {
				g.Topics = append(g.Topics, t)
			}
		}
		if len(g.Topics) > MaxInGroup {
			return nil, errInGroup
		}
	}
	if (Digest{Groups: groups}).Placed() > MaxTopics {
		return nil, errTopics
	}
	d.Groups = groups
	d.Revision++
	return nil, nil
}

// Weight is what a group comes to when its topics are looked at: those that are still public, and how many people they
// speak for.
type Weight struct {
	Topics []deliberation.TopicID
	Voices int
}

// weigh writes down what the groups come to; what is not public any more drops out.
func (d *Digest) weigh(all map[GroupID]Weight) error {
	if len(d.Groups) == 0 {
		return errNothing
	}
	groups := slices.Clone(d.Groups)
	for i := range groups {
		g := &groups[i]
		switch {
		case g.Heading == "" || g.Summary == "" || g.Ask == "":
			return errUnworded.With("heading", g.Heading)
		case len(all[g.ID].Topics) == 0:
			return errEmpty.With("heading", g.Heading)
		}
		g.Topics, g.Voices = all[g.ID].Topics, all[g.ID].Voices
	}
	d.Groups = groups
	return nil
}

// Finish says that the sorting is done: the secretary has to look.
func (d *Digest) Finish(weights map[GroupID]Weight, t Tally, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	if d.State == Sorted && d.SortedBy.Account == h.Account {
		return nil, docstore.ErrUnchanged
	}
	if err := d.may(MoveFinish, seen); err != nil {
		return nil, err
	}
	if err := d.weigh(weights); err != nil {
		return nil, err
	}
	d.State, d.Tally, d.SortedBy, d.SortedAt, d.Reason = Sorted, t, h.Author, now, ""
	d.note(SortedOut, h, "", "", now)
	return []docstore.Fact{fact(SortedOut, h, now, d.news(h))}, nil
}

// SendBack lets the sorting go on, with a reason.
func (d *Digest) SendBack(why string, seen int, h hand, now time.Time) ([]docstore.Fact, error) {
	if err := d.may(MoveSendBack, seen); err != nil {
		return nil, err
	}
	if why == "" {
		return nil, errReason
	}
	d.State, d.Reason = d.reopened(), why
	d.note(SentBack, h, "", why, now)
	news := d.news(h)
	news.Words = why
	return []docstore.Fact{fact(SentBack, h, now, news)}, nil
}
