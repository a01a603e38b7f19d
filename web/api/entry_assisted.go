package api

import (
	"errors"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// AssistedEntry is a topic that staff write down for somebody offline.
type AssistedEntry struct {
	NewTopic
	Name     string               `json:"name" doc:"Of the person offline; others see it masked."`
	Building community.BuildingID `json:"building,omitempty" doc:"Where the person lives."`
	Source   assisted.Source      `json:"source,omitempty" doc:"How it was said; counter unless given."`
	Box      assisted.BoxID       `json:"box,omitempty" doc:"Which of the community's paper boxes."`
	Where    string               `json:"where,omitempty" doc:"Where another paper box hangs."`
	Phone    string               `json:"phone,omitempty" doc:"Kept as a keyed hash; its owner is asked to confirm."`
}

var errEntryBuilding = fault.New(fault.Invalid, "api.no_building").On("building")

// enterTopic publishes a topic for somebody offline.
func (a *Actions) enterTopic(c *Call, in AssistedEntry) (Topic, error) {
	node, err := a.Directory.Node(c.Context(), nodeOf(c))
	if err != nil {
		return Topic{}, err
	}
	if err := identity.Can(c.Actor, identity.AssistEntry, identity.At(node)); err != nil {
		return Topic{}, err
	}
	// The text is looked at here too, so that one answer tells everything that is wrong.
	_, wrong := deliberation.NewText(in.Title, in.Body, in.Photos)
	who, err := a.offline(c, in)
	if err := errors.Join(err, wrong); err != nil {
		return Topic{}, err
	}
	t, err := a.Assisted.Enter(c.Context(), c.Actor, assisted.Enter{Source: in.Source, Box: in.Box, Where: in.Where, Phone: in.Phone, Post: deliberation.PostTopic{
		ID: deliberation.TopicID(c.token(in.ID)), Community: node.ID, Board: in.Board, Kind: in.Kind,
		Title: in.Title, Body: in.Body, Photos: in.Photos, For: who,
	}})
	return a.changed(c, t, err)
}

// offline returns the person as others will see them.
func (a *Actions) offline(c *Call, in AssistedEntry) (deliberation.Author, error) {
	name, wrong := identity.ParseName(in.Name)
	who := deliberation.Author{Name: identity.Mask(name)}
	if in.Building == "" {
		return who, wrong
	}
	b, err := a.Places.Building(c.Context(), in.Building)
	if errors.Is(err, docstore.ErrNotFound) || err == nil && b.Community != nodeOf(c) {
		return who, errors.Join(wrong, errEntryBuilding)
	}
	who.Building = b.Name
	return who, errors.Join(wrong, err)
}
