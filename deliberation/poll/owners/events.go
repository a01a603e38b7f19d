package owners

import "jushou/internal/community"

// Types of the events of this package. None carries a name or a door.
const (
	RegisterRead      = "owners.read"      // data: RegisterStep
	RegisterConfirmed = "owners.confirmed" // data: RegisterStep
	RegisterDiscarded = "owners.discarded" // data: RegisterStep
	BasisRecorded     = "basis.recorded"   // data: BasisStep
	BasisConfirmed    = "basis.confirmed"  // data: BasisStep
	BasisRevoked      = "basis.revoked"    // data: BasisStep
	OwnerBound        = "owners.bound"     // data: none
	OwnerUnbound      = "owners.unbound"   // data: none
)

// RegisterStep is the data of the events of a register.
type RegisterStep struct {
	Community community.ID `json:"community"`
	Version   int          `json:"version"`
	SHA256    string       `json:"sha256"`
	Units     int          `json:"units"`
	Heads     int          `json:"heads"`
	Area      int64        `json:"area"`
}
