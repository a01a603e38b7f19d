package api

import (
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/bulletin"
	"jushou/internal/community"
)

// Addressed are whom a notice is for; all empty means everybody in the community.
type Addressed struct {
	Estates   []community.EstateID   `json:"estates,omitempty"`
	Buildings []community.BuildingID `json:"buildings,omitempty"`
	Grids     []community.GridID     `json:"grids,omitempty"`
	Names     []string               `json:"names,omitempty" doc:"As people call them; not read when sent."`
}

// Office is somebody who acted for the office.
type Office struct {
	Name  string `json:"name"`
	Title string `json:"title,omitempty"`
}

// BulletinStep is a line of a notice's history.
type BulletinStep struct {
	What   string  `json:"what" doc:"written, edited, submitted, returned, reviewed, published, withdrawn, discarded, unseen"`
	By     *Office `json:"by,omitempty" doc:"Left out for the platform."`
	At     Instant `json:"at"`
	Reason string  `json:"reason,omitempty"`
}

// Bulletin is an official notice with its way to the public, as the office sees it.
type Bulletin struct {
	ID          bulletin.ID            `json:"id" doc:"The topic that shows it has the same."`
	Node        community.ID           `json:"node"`
	Parent      bulletin.ID            `json:"parent,omitempty" doc:"The town's notice that this is a community's copy of."`
	Communities []community.ID         `json:"communities,omitempty" doc:"Where a town's notice goes."`
	Board       deliberation.BoardKey  `json:"board"`
	Title       string                 `json:"title"`
	Body        string                 `json:"body"`
	Photos      []deliberation.PhotoID `json:"photos"`
	Urgency     bulletin.Urgency       `json:"urgency"`
	Audience    Addressed              `json:"audience"`
	Status      bulletin.Status        `json:"status"`
	Reason      string                 `json:"reason,omitempty" doc:"Of the last return, or of the withdrawal."`
	Author      Office                 `json:"author"`
	Reviewer    *Office                `json:"reviewer,omitempty"`
	Awaited     bool                   `json:"awaited" doc:"A second person has still to look at it."`
	Unseen      bulletin.Unseen        `json:"unseen,omitempty" doc:"Why it went out before a second person looked."`
	ReviewDue   Instant                `json:"review_due,omitzero"`
	Revision    int                    `json:"revision" doc:"Rises with edits; an edit and an approval name the one they saw."`
	PublishedAt Instant                `json:"published_at,omitzero"`
	History     []BulletinStep         `json:"history"`
}

func showBulletin(b bulletin.Bulletin) Bulletin {
	shown := Bulletin{
		ID: b.ID, Node: b.Node, Parent: b.Parent, Communities: b.Communities, Board: b.Board, Title: b.Title, Body: b.Body,
		Photos: append([]deliberation.PhotoID{}, b.Photos...), Urgency: b.Urgency, Audience: Addressed(b.Audience), Status: b.Status, Reason: b.Reason,
		Author: Office{b.Author.Name, b.Author.Title}, Awaited: b.Awaited(), Unseen: b.Unseen, ReviewDue: instant(b.ReviewDue),
		Revision: b.Revision, PublishedAt: instant(b.PublishedAt), History: each(b.History, showBulletinStep),
	}
	if b.Reviewer.Name != "" {
		shown.Reviewer = &Office{b.Reviewer.Name, b.Reviewer.Title}
	}
	return shown
}

func showBulletinStep(s bulletin.Step) BulletinStep {
	shown := BulletinStep{What: strings.TrimPrefix(s.What, "bulletin."), At: instant(s.At), Reason: s.Reason}
	if s.Name != "" {
		shown.By = &Office{s.Name, s.Title}
	}
	return shown
}

func bulletinOf(c *Call) bulletin.ID { return bulletin.ID(c.Param("bulletin")) }
