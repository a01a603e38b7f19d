package deliberation

import (
	"context"
	"slices"
	"strings"
)

// Category says what a reviewer takes a passage for. The author is told the category in words and never the word, so
// that the answer is no lesson in how to get past the list.
type Category string

// Categories.
const (
	FoundAdvert   Category = "advert"   // 广告
	FoundFraud    Category = "fraud"    // 诈骗
	FoundGambling Category = "gambling" // 赌博
	FoundObscene  Category = "obscene"  // 低俗
	FoundAbuse    Category = "abuse"    // 辱骂
	FoundPrivacy  Category = "privacy"  // 他人隐私
	FoundOther    Category = "other"    // whatever the operator's list does not say
)

// Categories lists them in the order in which an author is told.
func Categories() []Category {
	return []Category{FoundAdvert, FoundFraud, FoundGambling, FoundObscene, FoundAbuse, FoundPrivacy, FoundOther}
}

// Finding is one thing a reviewer found, for staff: what it is taken for, by which word, and where.
type Finding struct {
	Category Category `json:"category"`
	Word     string   `json:"word"`
	Passage  string   `json:"passage,omitempty"` // as it was written, with a few runes around it
}

// Verdict is what a reviewer thinks of a text. The zero Verdict lets it through.
type Verdict struct {
	Findings []Finding
	// First holds the text whatever was found, because the board shows nothing unseen.
	First bool
}

// Holds reports whether the text waits for a person.
func (v Verdict) Holds() bool { return v.First || len(v.Findings) > 0 }

// Words returns the words that were found, each once, for staff.
func (v Verdict) Words() []string {
	var all []string
	for _, f := range v.Findings {
		if !slices.Contains(all, f.Word) {
			all = append(all, f.Word)
		}
	}
	return all
}

// Reasons that the platform gives; pages put a sentence in their place. All other reasons are people's words.
const (
	// ReasonWordList begins the reason of what a reviewer holds; the categories follow behind a colon.
	ReasonWordList = "word_list"
	// ReasonFirst is the reason on a board that shows nothing before somebody has looked.
	ReasonFirst = "shown_after_review"
)

// Reason returns what the held text carries, and its author is told.
func (v Verdict) Reason() string {
	switch {
	case len(v.Findings) == 0 && v.First:
		return ReasonFirst
	case len(v.Findings) == 0:
		return ""
	}
	var found []string
	for _, c := range Categories() {
		if slices.ContainsFunc(v.Findings, func(f Finding) bool { return f.Category == c }) {
			found = append(found, string(c))
		}
	}
	return ReasonWordList + ":" + strings.Join(found, ",")
}

// PlatformReason takes a reason apart that the platform gave: its key, and the categories found. ok is false for
// a reason in somebody's own words.
func PlatformReason(reason string) (key string, found []Category, ok bool) {
	key, list, _ := strings.Cut(reason, ":")
	if key != ReasonWordList && key != ReasonFirst || key == ReasonFirst && reason != key {
		return "", nil, false
	}
	for c := range strings.SplitSeq(list, ",") {
		if slices.Contains(Categories(), Category(c)) {
			found = append(found, Category(c))
		} else if c != "" {
			return "", nil, false // somebody's words that begin alike
		}
	}
	return key, found, true
}

// Reviewer looks at a text before it is published. A reviewer that asks elsewhere keeps to a deadline of its own; an
// error counts as a finding that nobody can name, so the text waits for a person.
type Reviewer interface {
	Review(ctx context.Context, text string) (Verdict, error)
}

// review asks the reviewer; a reviewer that fails is as strict as a list that finds something.
func (s *Service) review(ctx context.Context, text string) Verdict {
	v, err := s.reviewer.Review(ctx, text)
	if err != nil {
		s.log.Warn("a reviewer did not answer; the text waits for a person", "err", err)
		return Verdict{Findings: []Finding{{Category: FoundOther}}}
	}
	return v
}
