package disclosure

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// ItemID identifies an item: the token of the form it was entered with.
type ItemID string

// Kind says what an item is about.
type Kind string

// Kinds of items.
const (
	Finance Kind = "finance" // 财务
	Welfare Kind = "welfare" // 福利: relief, subsidies, who gets what
	Major   Kind = "major"   // 重大事项
)

// Kinds lists them in the order they are shown.
func Kinds() []Kind { return []Kind{Finance, Welfare, Major} }

func (k Kind) valid() bool { return slices.Contains(Kinds(), k) }

// Verdict is what the review made of a version.
type Verdict string

// Verdicts.
const (
	Waits     Verdict = "waits"
	Published Verdict = "published"
	Returned  Verdict = "returned" // by the reviewer with a reason, or taken back by who entered it
)

// Version is one wording of an item. It does not change once the review has decided.
type Version struct {
	N       int    `json:"n"` // from 1
	Token   string `json:"token"`
	Content Content
	// Reason says why a published item is corrected.
	Reason     string              `json:"reason,omitempty"`
	EnteredBy  deliberation.Author `json:"entered_by"`
	EnteredAt  time.Time           `json:"entered_at"`
	Verdict    Verdict             `json:"verdict"`
	ReviewedBy deliberation.Author `json:"reviewed_by,omitzero"`
	ReviewedAt time.Time           `json:"reviewed_at,omitzero"`
	Why        string              `json:"why,omitempty"` // it was returned
}

// Item is one thing published: the aggregate. Its methods are the only transitions.
type Item struct {
	ID        ItemID         `json:"id"`
	Community community.ID   `json:"community"`
	Path      []community.ID `json:"path"`
	Kind      Kind           `json:"kind"`
	// Period is what the item reports on; "" for a major matter, which has the day it was decided instead.
	Period    Period        `json:"period,omitempty"`
	DecidedOn calendar.Date `json:"decided_on,omitzero"`
	CreatedAt time.Time     `json:"created_at"`
	// PublishedAt is when residents could first read it.
	PublishedAt time.Time `json:"published_at,omitzero"`
	Versions    []Version `json:"versions"`
}

// MaxVersions bounds an item's versions; whoever needs more publishes another item.
const MaxVersions = 30

// Refusals of an item's transitions.
var (
	// ErrNotFound means that there is no such thing, or none that this person may know of.
	ErrNotFound = fault.New(fault.NotFound, "affairs.not_found")
	// ErrTaken means that the form's token made something else before.
	ErrTaken = fault.New(fault.Conflict, "affairs.token_taken")
	// ErrOwnEntry means that whoever entered a version wants to publish it.
	ErrOwnEntry = fault.New(fault.Denied, "affairs.own_entry")
	// ErrStale means that the item has gone on since the form was opened.
	ErrStale = fault.New(fault.Conflict, "affairs.stale")
	// ErrWaiting means that a version waits for its review already.
	ErrWaiting = fault.New(fault.Conflict, "affairs.waiting")
	// ErrUnchanged means that a correction corrects nothing.
	ErrUnchanged = fault.New(fault.Invalid, "affairs.unchanged")

	errWhy      = fault.New(fault.Invalid, "affairs.no_reason").On("why")
	errReason   = fault.New(fault.Invalid, "affairs.no_reason").On("reason")
	errVersions = fault.New(fault.Conflict, "affairs.too_many_versions")
)

// Current returns the version that residents read; false if none was published yet.
func (i Item) Current() (Version, bool) {
	for n := len(i.Versions) - 1; n >= 0; n-- {
		if i.Versions[n].Verdict == Published {
			return i.Versions[n], true
		}
	}
	return Version{}, false
}

// Latest returns the version entered last.
func (i Item) Latest() Version { return i.Versions[len(i.Versions)-1] }

// Pending returns the version that waits for its review; false if none does.
func (i Item) Pending() (Version, bool) { return i.Latest(), i.Latest().Verdict == Waits }

// Shown returns the versions that residents may read, the first one first.
func (i Item) Shown() []Version {
	var shown []Version
	for _, v := range i.Versions {
		if v.Verdict == Published {
			shown = append(shown, v)
		}
	}
	return shown
}

// Title is the current version's, or the latest one's before the first was published.
func (i Item) Title() string {
	if v, ok := i.Current(); ok {
		return v.Content.Title
	}
	return i.Latest().Content.Title
}

// Place is where the item is.
func (i Item) Place() identity.Place { return identity.Place{Path: i.Path} }

// Photos reports whether a published version, or any for who may see all, holds the photo.
func (i Item) holds(id deliberation.PhotoID, all bool) bool {
	return slices.ContainsFunc(i.Versions, func(v Version) bool {
		return (all || v.Verdict == Published) && slices.Contains(v.Content.Photos, id)
	})
}

// enter is the first version of a new item.
func (i *Item) enter(v Version, by identity.Actor) []docstore.Fact {
	v.N, v.Verdict = 1, Waits
	i.CreatedAt, i.Versions = v.EnteredAt, []Version{v}
	return []docstore.Fact{fact(ItemEntered, by, v.EnteredAt, i.news(by))}
}

// Revise adds a further version: the correction of a published item, with a reason, or another try after it was
// returned. seen is the last version the form knew.
func (i *Item) Revise(v Version, seen int, by identity.Actor) ([]docstore.Fact, error) {
	_, corrects := i.Current()
	_, waits := i.Pending()
	last := i.Latest()
	switch {
	case last.Token == v.Token && last.EnteredBy.Account == v.EnteredBy.Account:
		return nil, docstore.ErrUnchanged
	case last.N != seen:
		return nil, ErrStale
	case waits:
		return nil, ErrWaiting
	case len(i.Versions) >= MaxVersions:
		return nil, errVersions.With("max", MaxVersions)
	case corrects && v.Reason == "":
		return nil, errReason
	case last.Verdict == Published && Compare(last.Content, v.Content).None():
		return nil, ErrUnchanged
	}
	v.N, v.Verdict = last.N+1, Waits
	i.Versions = append(slices.Clone(i.Versions), v)
	return []docstore.Fact{fact(ItemEntered, by, v.EnteredAt, i.news(by))}, nil
}

// Review publishes version n or returns it with a reason. Whoever entered it may only take it back.
func (i *Item) Review(n int, publish bool, why string, by deliberation.Author, actor identity.Actor, now time.Time) ([]docstore.Fact, error) {
	verdict := Returned
	if publish {
		verdict = Published
	}
	last := i.Latest()
	own := last.EnteredBy.Account == by.Account
	switch {
	case last.N != n:
		return nil, ErrStale
	case last.Verdict == verdict && last.ReviewedBy.Account == by.Account:
		return nil, docstore.ErrUnchanged
	case last.Verdict != Waits:
		return nil, ErrStale
	case publish && own:
		return nil, ErrOwnEntry
	case !publish && !own && why == "":
		return nil, errWhy
	}
	i.Versions = slices.Clone(i.Versions)
	v := &i.Versions[len(i.Versions)-1]
	v.Verdict, v.ReviewedBy, v.ReviewedAt, v.Why = verdict, by, now, why
	what := ItemReturned
	if publish {
		what = ItemCorrected
		if i.PublishedAt.IsZero() {
			what, i.PublishedAt = ItemPublished, now
		}
	}
	news := i.news(actor)
	news.To, news.Reason = v.EnteredBy.Account, why
	return []docstore.Fact{fact(what, actor, now, news)}, nil
}
