package community

// Settings are what a community decides for itself. The zero value of a field means "as the product
// ships", so that old documents go on working when a setting is added.
type Settings struct {
	// Rounds are the times of 一日三巡 as "15:04" in Asia/Shanghai; empty means 09:00, 14:00, 20:00,
	// which are this product's defaults and nobody's rule.
	Rounds []string `json:"rounds,omitempty"`
	// RoundsOnWorkdays restricts Rounds to working days (the off-hours policy); otherwise every day.
	RoundsOnWorkdays bool `json:"rounds_on_workdays,omitempty"`
	// PolicyVersion counts changes of the two above; a topic keeps the version it was promised under.
	PolicyVersion int `json:"policy_version,omitempty"`
}
