package console

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// Section is one place of the console and the right that leads there.
type Section struct {
	// Key names the place: desk.<key> in the catalogue, and what Counts are asked for.
	Key, Icon, Path string
	Verb            identity.Verb
	// Rare places stand on the page of all places on a phone, whose bar holds only the daily ones.
	Rare bool
}

// open reports whether the place is for the visitor.
func (s Section) open(r Room) bool {
	if s.Key == speak {
		return len(r.Speaks()) > 0 // each board has a right of its own
	}
	return r.May(s.Verb)
}

// speak is the place of the boards that somebody may write on.
const speak = "speak"

// Sections lists the places of a community's console in the order of the rail.
func Sections() []Section {
	return []Section{
		{"queue", "waiting", "", identity.SeeDesk, false},
		{"moderation", "held", "/moderation", identity.HoldTopic, true},
		{"residents", "people", "/residents", identity.VerifyResident, false},
		{"assist", "pen", "/assist", identity.AssistEntry, false},
		{"notice", "notice", "/notices", identity.PostNotice, false},
		{speak, "pen", "/speak", "", true},
		{"hall", "comment", "/hall", identity.HoldHall, true},
		{"polls", "hand", "/polls", identity.HoldPoll, true},
		{"projects", "hand", "/projects", identity.CheckProject, false},
		{"former", "upload", "/former", identity.ImportProjects, true},
		{"presets", "working", "/presets", identity.SetPresets, true},
		{"activities", "calendar", "/activities", identity.TendActivities, true},
		{"owners", "people", "/owners", identity.KeepOwners, true},
		{"covenants", "notice", "/covenants", identity.KeepCovenant, true},
		{"neighbours", "people", "/neighbours", identity.TendNeighbours, true},
		{"affairs", "public", "/affairs", identity.ReviewAffairs, true},
		{"money", "ledger", "/money", identity.SeeAccounts, true},
		{"digests", "upload", "/digests", identity.WriteDigest, true},
		{"duty", "calendar", "/duty", identity.SeeDesk, true},
		{"phrases", "comment", "/phrases", identity.EditPhrases, true},
		{"rounds", "working", "/rounds", identity.SeeDesk, true},
		{"promises", "clock", "/promises", identity.SetPromises, true},
		{"boards", "topics", "/boards", identity.SetBoards, true},
		{"stats", "chart", "/stats", identity.SeeStatistics, true},
		{"import", "upload", "/import", identity.ImportRoster, true},
		{"whistles", "people", "/whistles", identity.SeeCatalogue, true},
		{"meetings", "calendar", "/meetings", identity.ReadCommunity, true},
		{"catalogue", "working", "/catalogue", identity.SeeCatalogue, true},
	}
}

// TownSections lists the places of a town's console in the order of the rail.
func TownSections() []Section {
	return []Section{
		{"queue", "waiting", "", identity.SeeDesk, false},
		{"whistles", "people", "/whistles", identity.SeeDepartment, false},
		{"meetings", "calendar", "/meetings", identity.SeeDepartment, false},
		{"digests", "upload", "/digests", identity.AnswerDigest, false},
		{"moderation", "held", "/moderation", identity.HoldTopic, false},
		{"money", "ledger", "/money", identity.SeeAccounts, false},
		{"presets", "hand", "/presets", identity.SetPresets, false},
		{"former", "upload", "/former", identity.ImportProjects, false},
		{"catalogue", "working", "/catalogue", identity.SeeCatalogue, false},
		{"notice", "notice", "/notices", identity.PostNotice, false},
	}
}

// Sections lists the places of a room.
func (r Room) Sections() []Section {
	switch r.Node.Level {
	case community.LevelCommunity:
		return Sections()
	case community.LevelTown:
		return TownSections()
	}
	return nil
}
