// Package preset holds the rules by which a community carries small projects, as data that is checked and given a version:
// which stages there are, how much may be spent, how many must support a proposal, who decides, how long it is shown to
// everybody before it holds.
//
// The real schemes differ in all of these and agree on the order of the stages (民生微实事, 自治金, 公益创投, 罗店举手制 and
// others, compared in the chapter docs/projects.md). No scheme that was read names a number of supporters for a small
// project, and none of the numbers here is law: what ships is a beginning that an operator copies and changes. A project
// keeps the preset it began with, so a change holds for those that come after it.
//
// The package is pure: it knows no store, no person and no time.
package preset

import (
	"slices"
	"unicode/utf8"

	"jushou/internal/fault"
	"jushou/internal/money"
)

// Key names a preset within its owner: lower-case letters, digits and hyphens.
type Key string

// Bounds. Lengths are in runes.
const (
	MaxKey         = 24
	MaxName        = 20
	MaxNote        = 400
	MaxThreshold   = 10_000
	MaxHandDays    = 180
	MaxNoticeDays  = 60
	MaxStaleDays   = 180
	MaxRateDays    = 90
	MaxPapers      = 12
	MaxPermits     = 40
	MaxCriteria    = 8
	MaxCriterion   = 100 // points
	MinJurors      = 3
	MaxNamed       = 30 // name of a paper, a permit, a criterion
	shareBase      = 1000
	MaxShare       = shareBase // in thousandths
	MaxReps        = 9
	lowestMajority = 2
)

// Preset is one way of carrying projects. Amounts are in fen; 0 means no bound.
type Preset struct {
	Key     Key    `json:"key"`
	Version int    `json:"version"`
	Name    string `json:"name"`
	Note    string `json:"note,omitempty"`

	// Stages are those that a project goes through, in order.
	Stages []Stage `json:"stages"`
	// Hands says that a body that raised its hand leads the project; otherwise its proposer does.
	Hands bool `json:"hands,omitempty"`
	// HandDays is after how many days a need without a hand is listed for everybody; 0 is never.
	HandDays int `json:"hand_days,omitempty"`

	Caps     Caps      `json:"caps"`
	Envelope money.Fen `json:"envelope,omitempty"` // of a community in a year

	Endorse  Threshold `json:"endorse,omitzero"`
	Decision Decision  `json:"decision"`
	Notice   Notice    `json:"notice"`

	// Papers have to be there before a project is decided on or, those of a later stage, before it leaves that stage.
	Papers []Paper `json:"papers,omitempty"`
	// Permits have to be there before work begins.
	Permits []string `json:"permits,omitempty"`

	// StaleDays is after how many days without news from the work an alarm is raised; 0 is never.
	StaleDays int `json:"stale_days,omitempty"`
	// Reps is how many residents besides the proposer have to accept the work.
	Reps int `json:"reps,omitempty"`
	// RateDays is how long residents may judge the result.
	RateDays int `json:"rate_days,omitempty"`
	// Aspects are what they judge; none stands for DefaultAspects.
	Aspects []Aspect `json:"aspects,omitempty"`
}

// Caps bound one project by what it buys.
type Caps struct {
	Works    money.Fen `json:"works,omitempty"`
	Services money.Fen `json:"services,omitempty"`
	Goods    money.Fen `json:"goods,omitempty"`
}

// Of returns the cap of a class.
func (c Caps) Of(class Class) money.Fen {
	switch class {
	case Works:
		return c.Works
	case Services:
		return c.Services
	case Goods:
		return c.Goods
	}
	return 0
}

// Class says what a project mostly buys; the caps of all schemes that were read go by it.
type Class string

// Classes.
const (
	Works    Class = "works"    // 工程
	Services Class = "services" // 服务
	Goods    Class = "goods"    // 货物
)

// Classes lists them.
func Classes() []Class { return []Class{Works, Services, Goods} }

// Threshold is how much support a proposal needs. Count and Share exclude each other; both 0 is none.
type Threshold struct {
	Count int `json:"count,omitempty"` // persons
	Share int `json:"share,omitempty"` // of the households it is for, in thousandths
}

// Needs returns how many voices that is among so many households: persons under Count, households under Share. A share is
// never rounded down.
func (t Threshold) Needs(households int) int {
	if t.Share == 0 {
		return t.Count
	}
	return max(1, (households*t.Share+shareBase-1)/shareBase)
}

// ByHousehold reports whether voices are counted by household.
func (t Threshold) ByHousehold() bool { return t.Share > 0 }

// Notice is how long a decided project is shown before it holds.
type Notice struct {
	Days    int  `json:"days"`
	Working bool `json:"working,omitempty"` // working days of the calendar; otherwise days
}

// Paper is an attachment that a project needs.
type Paper struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	// At is the stage that is not left without it.
	At Stage `json:"at"`
}

// PapersAt returns what must be there before a project leaves a stage.
func (p Preset) PapersAt(s Stage) []Paper {
	return slices.DeleteFunc(slices.Clone(p.Papers), func(x Paper) bool { return x.At != s })
}

// Paper returns a paper by its key.
func (p Preset) Paper(key string) (Paper, bool) {
	i := slices.IndexFunc(p.Papers, func(x Paper) bool { return x.Key == key })
	if i < 0 {
		return Paper{}, false
	}
	return p.Papers[i], true
}

var (
	errKey      = fault.New(fault.Invalid, "preset.bad_key").On("key")
	errName     = fault.New(fault.Invalid, "preset.bad_name").On("name")
	errNote     = fault.New(fault.Invalid, "preset.note_too_long").On("note")
	errHandDays = fault.New(fault.Invalid, "preset.bad_hand_days").On("hand_days")
	errCap      = fault.New(fault.Invalid, "preset.bad_cap").On("caps")
	errEnvelope = fault.New(fault.Invalid, "preset.bad_envelope").On("envelope")
	errEndorse  = fault.New(fault.Invalid, "preset.bad_threshold").On("endorse")
	errNotice   = fault.New(fault.Invalid, "preset.bad_notice").On("notice")
	errPaper    = fault.New(fault.Invalid, "preset.bad_paper").On("papers")
	errPermit   = fault.New(fault.Invalid, "preset.bad_permit").On("permits")
	errStale    = fault.New(fault.Invalid, "preset.bad_stale_days").On("stale_days")
	errReps     = fault.New(fault.Invalid, "preset.bad_reps").On("reps")
	errRate     = fault.New(fault.Invalid, "preset.bad_rate_days").On("rate_days")
)

// Check returns every fault of a preset.
func (p Preset) Check() []error {
	faults := append([]error{
		fault.When(!validKey(string(p.Key)), errKey.With("max", MaxKey)),
		fault.When(!named(p.Name, MaxName), errName.With("max", MaxName)),
		fault.When(utf8.RuneCountInString(p.Note) > MaxNote, errNote.With("max", MaxNote)),
		p.checkHands(),
		p.checkCaps(),
		fault.When(!bounded(p.Envelope), errEnvelope),
		p.Endorse.check(p.Uses(Gathering)),
		fault.When(p.Notice.Days < 1 || p.Notice.Days > MaxNoticeDays, errNotice.With("max", MaxNoticeDays)),
		fault.When(p.StaleDays < 0 || p.StaleDays > MaxStaleDays, errStale.With("max", MaxStaleDays)),
		fault.When(p.Reps < 0 || p.Reps > MaxReps, errReps.With("max", MaxReps)),
		fault.When(p.Uses(Rating) != (p.RateDays > 0) || p.RateDays < 0 || p.RateDays > MaxRateDays, errRate.With("max", MaxRateDays)),
		p.checkPapers(),
		p.checkPermits(),
		p.checkAspects(),
	}, p.checkStages(), p.Decision.check())
	return slices.DeleteFunc(faults, func(err error) bool { return err == nil })
}

func (p Preset) checkHands() error {
	bad := p.HandDays < 0 || p.HandDays > MaxHandDays || (p.Hands || p.HandDays > 0) && !p.Uses(Gathering) || p.HandDays > 0 && !p.Hands
	return fault.When(bad, errHandDays.With("max", MaxHandDays))
}

func (p Preset) checkCaps() error {
	for _, class := range Classes() {
		if !bounded(p.Caps.Of(class)) {
			return errCap.With("class", class)
		}
	}
	return nil
}

func (t Threshold) check(gathers bool) error {
	bad := t.Count < 0 || t.Count > MaxThreshold || t.Share < 0 || t.Share > MaxShare || t.Count > 0 && t.Share > 0 || !gathers && t != Threshold{}
	return fault.When(bad, errEndorse.With("max", MaxThreshold))
}

func (p Preset) checkPapers() error {
	seen := map[string]bool{}
	for _, x := range p.Papers {
		if !validKey(x.Key) || !named(x.Name, MaxNamed) || seen[x.Key] || !p.Uses(x.At) {
			return errPaper.With("paper", x.Name)
		}
		seen[x.Key] = true
	}
	return fault.When(len(p.Papers) > MaxPapers, errPaper.With("max", MaxPapers))
}

func (p Preset) checkPermits() error {
	for i, name := range p.Permits {
		if !named(name, MaxNamed) || slices.Contains(p.Permits[:i], name) {
			return errPermit.With("permit", name)
		}
	}
	return fault.When(len(p.Permits) > MaxPermits, errPermit.With("max", MaxPermits))
}

func named(s string, most int) bool {
	n := utf8.RuneCountInString(s)
	return n > 0 && n <= most
}

func validKey(s string) bool {
	for _, r := range s {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' {
			return false
		}
	}
	return s != "" && len(s) <= MaxKey
}
