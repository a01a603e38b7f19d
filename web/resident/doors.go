package resident

import "jushou/internal/community"

// door is one way from a community's front page into a room of the house.
type door struct {
	Icon, Key, Href string
}

// doors lists what a community offers besides saying what is wrong, the most used first.
func doors(c community.ID) []door {
	at := base(c)
	return []door{
		{"notice", "door.notices", at + "/topics?board=notice"},
		{"hall", "door.hall", at + "/hall"},
		{"hand", "door.projects", at + "/projects"},
		{"check", "door.polls", at + "/polls"},
		{"calendar", "door.activities", at + "/activities"},
		{"neighbours", "door.neighbours", at + "/neighbours"},
		{"tree", "door.wishes", at + "/wishes"},
		{"ledger", "door.affairs", at + "/affairs"},
		{"chart", "door.money", "/open" + at + "/money"},
		{"covenant", "door.covenants", at + "/covenants"},
		{"people", "door.whistles", at + "/whistles"},
		{"comment", "door.meetings", at + "/meetings"},
		{"upload", "door.digests", at + "/digests"},
		{"guide", "door.guides", at + "/topics?board=guide"},
	}
}
