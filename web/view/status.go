package view

import "time"

// Status is what a topic's state looks like: a word, a shape, a colour, in that order of weight.
type Status string

// Statuses. The word of each is status.<name> in the catalogue, its icon and colour are .status-<name>.
const (
	Waiting   Status = "waiting"
	Answered  Status = "answered"
	Working   Status = "working"
	Resolved  Status = "resolved"
	OnNotice  Status = "public"
	Held      Status = "held"
	Withdrawn Status = "withdrawn"
	Overdue   Status = "overdue"
	Concealed Status = "hidden"
)

// Clock is the running promise of an answer, as a sentence beside a thin bar.
type Clock struct {
	// Phase chooses the sentence, clock.<phase> in the catalogue; "" shows nothing.
	Phase string
	// Next is the instant the sentence names: the next Round.
	Next time.Time
	// Late is how long past the promise it is.
	Late time.Duration
	// Start and Due bound the bar; a zero Due shows no bar.
	Start, Due time.Time
}

// Share returns how much of the promised time has passed at now, 0 to 100.
func (c Clock) Share(now time.Time) int {
	whole := c.Due.Sub(c.Start)
	if whole <= 0 || !now.Before(c.Due) {
		return 100
	}
	return max(0, int(100*now.Sub(c.Start)/whole))
}

// Photo is one picture of a topic.
type Photo struct {
	Thumb, Full   string // addresses
	Width, Height int    // of the thumbnail in pixels, 0 if unknown
}

// Moment is one entry of a timeline.
type Moment struct {
	Who  string
	Role string // shown beside the name: 居委干部
	// What is a key of the catalogue: story.topic.posted.
	What string
	Text string
	// TextKey says the same as a key of the catalogue.
	TextKey string
	At      time.Time
	Photos  []Photo
	// Official marks an answer that stops a clock.
	Official bool
}
