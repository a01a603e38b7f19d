package projects

import (
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Kinds of documents.
const (
	ProjectKind     docstore.Kind = "project"
	EndorsementKind docstore.Kind = "project_endorsement"
	EnvelopeKind    docstore.Kind = "project_envelope"
	ShelfKind       docstore.Kind = "project_presets"
	NewsKind        docstore.Kind = "project_news"
	FollowingKind   docstore.Kind = "project_following"
	RatingKind      docstore.Kind = "project_rating"
	ImportKind      docstore.Kind = "project_import"
	DraftKind       docstore.Kind = "project_import_draft"
	RoundKind       docstore.Kind = "project_round"
	RoundYearKind   docstore.Kind = "project_round_year"
)

// Indexes. Those marked sparse hold only what is left to do.
const (
	byCommunity = "community" // a community's by time
	byStage     = "stage"     // a community's in one stage, by when they came to it
	byStep      = "step"      // sparse: what the sweep looks at, by time
	byPoll      = "poll"      // sparse: what a poll decides about
	byHall      = "hall"      // sparse: what a deliberation led to
	byCall      = "call"      // sparse: what was proposed for a call
	byRules     = "rules"     // sparse: what goes on under one version of a preset
	byProposer  = "proposer"  // somebody's by time
	byLead      = "lead"      // sparse: what somebody carries, by time
	byProject   = "project"   // endorsements, news and followers of one project
	byAuthor    = "author"    // somebody's endorsements, news, ratings and what they follow
	byRate      = "rate"      // sparse: whose time for judging ends, by time
	byHold      = "hold"      // sparse: envelopes with sums of steps that are not known to have happened, by time
	byMark      = "mark"      // ratings of one project in an order that tells nothing
	byRunning   = "running"   // sparse: a community's budget rounds that are not over
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text, number := docstore.Text, docstore.Int
	return []docstore.Collection{
		{
			Kind: ProjectKind,
			Fields: []docstore.Field{
				{Name: "community", Type: text}, {Name: "stage", Type: text}, {Name: "poll", Type: text}, {Name: "hall", Type: text}, {Name: "call", Type: text}, {Name: "rules", Type: text},
				{Name: "proposer", Type: text}, {Name: "lead", Type: text},
				{Name: "created", Type: number}, {Name: "since", Type: number}, {Name: "step", Type: number},
				{Name: "rate", Type: number},
			},
			Indexes: []docstore.Index{
				{Name: byCommunity, Fields: []string{"community", "created"}}, {Name: byStage, Fields: []string{"stage", "since"}},
				{Name: byStep, Fields: []string{"step"}}, {Name: byPoll, Fields: []string{"poll"}}, {Name: byHall, Fields: []string{"hall", "created"}},
				{Name: byCall, Fields: []string{"call", "created"}},
				{Name: byRate, Fields: []string{"rate"}},
				{Name: byRules, Fields: []string{"rules"}},
				{Name: byProposer, Fields: []string{"proposer", "created"}}, {Name: byLead, Fields: []string{"lead", "created"}},
			},
		},
		persons(EndorsementKind),
		persons(NewsKind),
		persons(FollowingKind),
		{
			Kind:   RatingKind,
			Fields: []docstore.Field{{Name: "project", Type: text}, {Name: "author", Type: text}, {Name: "mark", Type: text}, {Name: "created", Type: number}},
			Indexes: []docstore.Index{
				{Name: byMark, Fields: []string{"project", "mark"}}, {Name: byAuthor, Fields: []string{"author", "created"}},
			},
		},
		{
			Kind: EnvelopeKind, Fields: []docstore.Field{{Name: "held", Type: number}},
			Indexes: []docstore.Index{{Name: byHold, Fields: []string{"held"}}},
		},
		{Kind: ShelfKind},
		{
			Kind:    ImportKind,
			Fields:  []docstore.Field{{Name: "community", Type: text}, {Name: "created", Type: number}},
			Indexes: []docstore.Index{{Name: byCommunity, Fields: []string{"community", "created"}}},
		},
		{Kind: DraftKind},
		{
			Kind:   RoundKind,
			Fields: []docstore.Field{{Name: "community", Type: text}, {Name: "running", Type: text}, {Name: "created", Type: number}},
			Indexes: []docstore.Index{
				{Name: byCommunity, Fields: []string{"community", "created"}}, {Name: byRunning, Fields: []string{"running", "created"}},
			},
		},
		{Kind: RoundYearKind},
	}
}

// persons declares documents that are somebody's for a project.
func persons(kind docstore.Kind) docstore.Collection {
	return docstore.Collection{
		Kind:   kind,
		Fields: []docstore.Field{{Name: "project", Type: docstore.Text}, {Name: "author", Type: docstore.Text}, {Name: "created", Type: docstore.Int}},
		Indexes: []docstore.Index{
			{Name: byProject, Fields: []string{"project", "created"}}, {Name: byAuthor, Fields: []string{"author", "created"}},
		},
	}
}

func personsFields(p ID, who identity.AccountID, at time.Time) docstore.Fields {
	return docstore.Fields{"project": string(p), "author": string(who), "created": at.UnixMilli()}
}

func stageKey(in community.ID, s preset.Stage) string { return string(in) + "/" + string(s) }

func projectFields(p Project) docstore.Fields {
	f := docstore.Fields{
		"community": string(p.Community), "created": p.CreatedAt.UnixMilli(), "stage": stageKey(p.Community, p.Stage), "since": p.Since.UnixMilli(),
	}
	if at, ok := p.nextStep(); ok {
		f["step"] = at.UnixMilli()
	}
	if p.Poll != nil && p.Stage == preset.Deciding {
		f["poll"] = p.Poll.Poll
	}
	if p.Stage == preset.Rating && p.Tally == nil {
		f["rate"] = p.RateDue.UnixMilli()
	}
	if !p.Stage.Over() {
		f["rules"] = rulesKey(p.Community, p.Preset.Key, p.Preset.Version)
	}
	if who := p.Proposer.Account; who != "" {
		f["proposer"] = string(who)
	}
	if who := p.LeadAccount(); who != "" {
		f["lead"] = string(who)
	}
	if p.Origin.Hall != "" {
		f["hall"] = p.Origin.Hall
	}
	if p.Origin.Call != "" {
		f["call"] = p.Origin.Call
	}
	return f
}

// nextStep returns the instant at which a sweep has something to record.
func (p Project) nextStep() (time.Time, bool) {
	n := p.Notice()
	switch {
	case p.Stage == preset.Gathering && !p.HandDue.IsZero():
		return p.HandDue, true
	case p.Stage == preset.Noticing && n != nil && n.OverAt.IsZero() && n.Owed() == 0 && n.Phase(n.DueAt) == NoticeDone:
		return n.DueAt, true
	case p.Stage == preset.Working && !p.StaleDue.IsZero():
		return p.StaleDue, true
	}
	return time.Time{}, false
}

// Table is the documents of projects themselves, for who keeps their indexes.
func Table(s docstore.Store) docstore.Table[Project] {
	return docstore.Table[Project]{Store: s, Kind: ProjectKind, Scope: func(p Project) string { return string(p.Community) }, Fields: projectFields}
}

func endorsementTable(s docstore.Store) docstore.Table[Endorsement] {
	return docstore.Table[Endorsement]{
		Store: s, Kind: EndorsementKind, Scope: func(e Endorsement) string { return string(e.Community) },
		Fields: func(e Endorsement) docstore.Fields { return personsFields(e.Project, e.Account, e.At) },
	}
}

func newsTable(s docstore.Store) docstore.Table[News] {
	return docstore.Table[News]{
		Store: s, Kind: NewsKind, Scope: func(x News) string { return string(x.Community) },
		Fields: func(x News) docstore.Fields { return personsFields(x.Project, x.By.Account, x.At) },
	}
}

func followingTable(s docstore.Store) docstore.Table[Following] {
	return docstore.Table[Following]{
		Store: s, Kind: FollowingKind, Scope: func(x Following) string { return string(x.Community) },
		Fields: func(x Following) docstore.Fields { return personsFields(x.Project, x.Account, x.At) },
	}
}

func ratingTable(s docstore.Store) docstore.Table[Rating] {
	return docstore.Table[Rating]{
		Store: s, Kind: RatingKind, Scope: func(r Rating) string { return string(r.Community) },
		Fields: func(r Rating) docstore.Fields {
			return docstore.Fields{"project": string(r.Project), "author": string(r.Account), "mark": r.Mark, "created": r.At.UnixMilli()}
		},
	}
}

func envelopeTable(s docstore.Store) docstore.Table[Envelope] {
	return docstore.Table[Envelope]{
		Store: s, Kind: EnvelopeKind, Scope: func(e Envelope) string { return string(e.Community) },
		Fields: func(e Envelope) docstore.Fields {
			if at, ok := e.firstHeld(); ok {
				return docstore.Fields{"held": at.UnixMilli()}
			}
			return nil
		},
	}
}

func shelfTable(s docstore.Store) docstore.Table[Shelf] {
	return docstore.Table[Shelf]{Store: s, Kind: ShelfKind, Scope: func(x Shelf) string { return string(x.Node) }}
}

func importTable(s docstore.Store) docstore.Table[Import] {
	return docstore.Table[Import]{
		Store: s, Kind: ImportKind, Scope: func(x Import) string { return string(x.Community) },
		Fields: func(x Import) docstore.Fields {
			return docstore.Fields{"community": string(x.Community), "created": x.At.UnixMilli()}
		},
	}
}

func draftTable(s docstore.Store) docstore.Table[ImportDraft] {
	return docstore.Table[ImportDraft]{Store: s, Kind: DraftKind, Scope: func(d ImportDraft) string { return string(d.Community) }}
}

func roundFields(r Round) docstore.Fields {
	f := docstore.Fields{"community": string(r.Community), "created": r.CreatedAt.UnixMilli()}
	if !r.State.Over() {
		f["running"] = string(r.Community)
	}
	return f
}

func roundYearTable(s docstore.Store) docstore.Table[RoundYear] {
	return docstore.Table[RoundYear]{Store: s, Kind: RoundYearKind, Scope: func(y RoundYear) string { return string(y.Community) }}
}
