package api

import (
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
)

// Tally counts one sort of thing against what is stored.
type Tally struct {
	New       int `json:"new"`
	Changed   int `json:"changed"`
	Unchanged int `json:"unchanged"`
	Gone      int `json:"gone" doc:"Stored and not in the file. They stay."`
}

// Import is one reading of a household roster, from its preview to its end.
type Import struct {
	ID          string                 `json:"id"`
	Community   community.ID           `json:"community"`
	State       roster.State           `json:"state"`
	FileName    string                 `json:"file_name"`
	SHA256      string                 `json:"sha256"`
	At          Instant                `json:"at"`
	Rows        int                    `json:"rows" doc:"With a person."`
	Homes       Tally                  `json:"homes"`
	People      Tally                  `json:"people"`
	Faults      int                    `json:"faults" doc:"Errors and warnings."`
	Errors      int                    `json:"errors" doc:"Nothing is imported while there is one."`
	Applied     int                    `json:"applied" doc:"Homes, of total."`
	Total       int                    `json:"total"`
	Gone        []identity.HouseholdID `json:"gone" doc:"Homes from which somebody is missing in the file."`
	Left        []identity.HouseholdID `json:"left" doc:"Homes that were left out, to be listed by hand."`
	ConfirmedAt Instant                `json:"confirmed_at,omitzero"`
	EndedAt     Instant                `json:"ended_at,omitzero"`
}

func showImport(i roster.Import) Import {
	return Import{
		ID: i.ID, Community: i.Community, State: i.State, FileName: i.FileName, SHA256: i.SHA256, At: instant(i.At), Rows: i.Rows,
		Homes: Tally(i.Counts.Homes), People: Tally(i.Counts.People), Faults: i.FaultTotal, Errors: i.Errors, Applied: i.Applied, Total: i.Total,
		Gone: append([]identity.HouseholdID{}, i.Gone...), Left: append([]identity.HouseholdID{}, i.Left...),
		ConfirmedAt: instant(i.ConfirmedAt), EndedAt: instant(i.EndedAt),
	}
}

// step shows what a step of an import left.
func step(i roster.Import, err error) (Import, error) {
	if err != nil {
		return Import{}, err
	}
	return showImport(i), nil
}
