package community

import (
	"slices"
	"strings"
	"time"

	"jushou/internal/fault"
)

// Settings are what a community decides for itself. The zero value of a field means "as the product
// ships", so that old documents go on working when a setting is added.
type Settings struct {
	// Rounds are the times of 一日三巡 as "15:04" in Asia/Shanghai, rising; empty means 09:00, 14:00,
	// 20:00, which are this product's defaults and nobody's rule.
	Rounds []string `json:"rounds,omitempty"`
	// RoundsOnWorkdays restricts Rounds to working days (the off-hours policy); otherwise every day.
	RoundsOnWorkdays bool `json:"rounds_on_workdays,omitempty"`
	// PolicyVersion counts changes of the two above; a topic keeps the version it was promised under.
	PolicyVersion int `json:"policy_version,omitempty"`
	// Boards are the keys of the boards that are switched on; empty means the defaults. The catalogue is
	// package deliberation's. A BoardPlan says more and then counts alone.
	Boards []string `json:"boards,omitempty"`
	// BoardPlan is what the community has changed about its boards, in the order it shows them.
	BoardPlan []BoardSetting `json:"board_plan,omitempty"`
	// BoardsVersion counts changes of the boards, for the guard against two people changing them at once.
	BoardsVersion int `json:"boards_version,omitempty"`
	// Rural marks a village (村委会), whose boards differ from a neighbourhood's (居委会).
	Rural bool `json:"rural,omitempty"`
	// CommentEditMinutes is how long authors may change a comment, in minutes; 0 means 15, the product's.
	CommentEditMinutes int `json:"comment_edit_minutes,omitempty"`
	// NoticeReview says who looks at a notice before it goes out.
	NoticeReview Review `json:"notice_review,omitempty"`
	// UrgentFirst lets an urgent notice go out at once; a second person looks at it within a day.
	UrgentFirst bool `json:"urgent_first,omitempty"`
	// Promises are the terms of acceptance and resolution.
	Promises Promises `json:"promises,omitzero"`
}

// BoardSetting is what a community has decided about one board. A field that is left out is as the catalogue has it.
type BoardSetting struct {
	Key  string `json:"key"`
	On   bool   `json:"on"`
	Name string `json:"name,omitempty"`
	// Posters are who may post: residents, staff, owner.
	Posters []string `json:"posters,omitempty"`
	// Owner is the role that answers first; Partner says which one where that is a partner.
	Owner   string `json:"owner,omitempty"`
	Partner string `json:"partner,omitempty"`
	// Clock promises an answer; Patrolled lists what has none in the Rounds.
	Clock      *bool  `json:"clock,omitempty"`
	Patrolled  *bool  `json:"patrolled,omitempty"`
	Moderation string `json:"moderation,omitempty"`
}

// Review says who looks at a notice before it goes out. The writer never does.
type Review string

// Ways to review.
const (
	ReviewColleague Review = ""     // a second person of the committee, or the town
	ReviewTown      Review = "town" // the town: the office has one person
	ReviewOff       Review = "off"  // nobody; pages say so beside every notice
)

var errBadReview = fault.New(fault.Invalid, "community.bad_review").On("review")

// WithReview returns the settings with another way to review notices.
func (s Settings) WithReview(r Review, urgentFirst bool) (Settings, error) {
	if !slices.Contains([]Review{ReviewColleague, ReviewTown, ReviewOff}, r) {
		return s, errBadReview.With("review", r)
	}
	s.NoticeReview, s.UrgentFirst = r, urgentFirst
	return s, nil
}

// maxRounds is how many Rounds a day may have: one an hour through a long working day.
const maxRounds = 12

var errBadRounds = fault.New(fault.Invalid, "community.bad_rounds").On("rounds").With("max", maxRounds)

// RoundTimes returns the times of the day's Rounds, the product's defaults if none were chosen.
func (s Settings) RoundTimes() []string {
	if len(s.Rounds) == 0 {
		return []string{"09:00", "14:00", "20:00"}
	}
	return slices.Clone(s.Rounds)
}

// WithRounds returns the settings with other Round times, sorted; none means the defaults. The policy
// version rises if anything changed.
func (s Settings) WithRounds(times []string, workdaysOnly bool) (Settings, error) {
	if len(times) > maxRounds {
		return s, errBadRounds
	}
	var rounds []string
	for _, text := range times {
		at, err := time.Parse("15:04", strings.TrimSpace(text))
		if err != nil {
			return s, errBadRounds.With("time", text).Because(err)
		}
		rounds = append(rounds, at.Format("15:04"))
	}
	slices.Sort(rounds)
	if rounds = slices.Compact(rounds); len(rounds) != len(times) {
		return s, errBadRounds.With("time", "twice")
	}
	if slices.Equal(rounds, s.Rounds) && workdaysOnly == s.RoundsOnWorkdays {
		return s, nil
	}
	s.Rounds, s.RoundsOnWorkdays = rounds, workdaysOnly
	s.PolicyVersion++
	return s, nil
}
