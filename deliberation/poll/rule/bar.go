package rule

import (
	"strconv"
	"strings"

	"jushou/internal/fault"
)

// Base is what a share is taken of.
type Base string

// The bases. Decided leaves abstentions and spoilt ballots out.
const (
	OfCast    Base = "cast"
	OfDecided Base = "decided"
	OfRoll    Base = "roll"
	OfPresent Base = "present"
)

// Op compares a share with the share asked for. "以上" includes the number itself and 过半数 does not (Civil Code
// Art. 1259), so the difference is data.
type Op string

const (
	More    Op = ">"
	AtLeast Op = ">="
)

// Bar is a share that something has to reach: Op Num/Den Of.
type Bar struct {
	Of  Base  `json:"of"`
	Op  Op    `json:"op"`
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// checkBars looks at presence, quorum and threshold.
func (r Rule) checkBars() error {
	if r.Method == Owners && (r.Quorum != nil || r.Threshold != nil) {
		return fault.New(fault.Invalid, "rule.owners_bars").On("threshold") // the law states both
	}
	if r.Method == YesNo && r.Threshold == nil {
		return fault.New(fault.Invalid, "rule.threshold_missing").On("threshold")
	}
	if r.Threshold != nil && r.Method != YesNo && r.Method != Single && r.Method != Multiple {
		return fault.New(fault.Invalid, "rule.threshold_without_use").On("threshold")
	}
	for _, b := range []struct {
		field string
		bar   *Bar
		of    []Base
	}{
		{"presence", r.Presence, []Base{OfRoll}},
		{"quorum", r.Quorum, []Base{OfRoll, OfPresent}},
		{"threshold", r.Threshold, []Base{OfCast, OfDecided, OfRoll, OfPresent}},
	} {
		if b.bar == nil {
			continue
		}
		if err := r.checkBar(b.field, *b.bar, b.of); err != nil {
			return err
		}
	}
	return nil
}

func (r Rule) checkBar(field string, b Bar, of []Base) error {
	known := false
	for _, base := range of {
		known = known || base == b.Of
	}
	switch {
	case !known:
		return fault.New(fault.Invalid, "rule.base").On(field).With("of", string(b.Of))
	case b.Of == OfPresent && r.Franchise != Council:
		return fault.New(fault.Invalid, "rule.present_without_council").On(field)
	case b.Op != More && b.Op != AtLeast:
		return fault.New(fault.Invalid, "rule.op").On(field)
	case b.Den < 1 || b.Den > MaxDen || b.Num < 0 || b.Num > b.Den || b.Num == 0 && b.Op == AtLeast:
		return fault.New(fault.Invalid, "rule.share").On(field).With("max", MaxDen)
	case b.Num == b.Den && b.Op == More:
		return fault.New(fault.Invalid, "rule.out_of_reach").On(field)
	}
	return nil
}

// Code names a comparison or a fact of a rule; the words are the page's.
type Code string

// The comparisons.
const (
	StepPresence    Code = "presence"  // present, of all members
	StepQuorum      Code = "quorum"    // cast, of the roll or of those present
	StepThreshold   Code = "threshold" // votes of Option
	StepMajority    Code = "majority"  // votes of Option, of the ballots that still name one (irv)
	StepTurnoutArea Code = "participation-area"
	StepTurnoutHead Code = "participation-heads"
	StepApproveArea Code = "approval-area"
	StepApproveHead Code = "approval-heads"
)

// Step is one comparison: it holds if Part/Whole Op Num/Den, decided as Left Op Right. Where Whole is 0 nothing
// holds. Areas are in 0.01 m².
type Step struct {
	Code   Code  `json:"code"`
	Option int   `json:"option"` // -1 where it is about none
	Of     Base  `json:"of,omitempty"`
	Part   int64 `json:"part"`
	Whole  int64 `json:"whole"`
	Op     Op    `json:"op"`
	Num    int64 `json:"num"`
	Den    int64 `json:"den"`
	Left   int64 `json:"left"`  // Part × Den
	Right  int64 `json:"right"` // Whole × Num
	Holds  bool  `json:"holds"`
}

// step makes the comparison.
func (b Bar) step(code Code, option int, part, whole int64) Step {
	s := Step{Code: code, Option: option, Of: b.Of, Part: part, Whole: whole, Op: b.Op, Num: b.Num, Den: b.Den}
	s.Left, s.Right = part*b.Den, whole*b.Num
	s.Holds = whole > 0 && (s.Left > s.Right || b.Op == AtLeast && s.Left == s.Right)
	return s
}

// Percent writes part of whole in percent with so many decimals (0 to 6), the last one rounded half up, without
// a sign: 703 of 1291 is "54.5". Of nothing it is "0". It is for reading only; a Step says what holds.
func Percent(part, whole int64, decimals int) string {
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	if whole <= 0 || part <= 0 {
		part, whole = 0, 1
	}
	// part ≤ MaxArea = 10^12 and 100 × scale ≤ 10^8 would leave 63 bits, so whole units go first.
	units := part / whole * 100 * scale
	rest := part % whole
	for left := 100 * scale; left > 1; left /= 10 {
		rest *= 10
		units += rest / whole * (left / 10)
		rest %= whole
	}
	if 2*rest >= whole {
		units++
	}
	digits := strconv.FormatInt(units, 10)
	if decimals == 0 {
		return digits
	}
	for len(digits) <= decimals {
		digits = "0" + digits
	}
	cut := len(digits) - decimals
	return strings.Join([]string{digits[:cut], digits[cut:]}, ".")
}
