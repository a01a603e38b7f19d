package moderation

import (
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Kind says what a thing is; each kind has a Room.
type Kind string

// Kinds of things.
const (
	KindTopic   Kind = "topic"
	KindComment Kind = "comment"
)

// Ref names a thing.
type Ref struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
}

// key is the id of the thing's Case.
func (r Ref) key() string { return string(r.Kind) + "." + r.ID }

// Why is what a resident reports a thing for.
type Why string

// Reasons of a report.
const (
	WhyAdvert  Why = "advert"  // 广告
	WhyFraud   Why = "fraud"   // 诈骗
	WhyAbuse   Why = "abuse"   // 骂人
	WhyPrivacy Why = "privacy" // 泄露隐私
	WhyFalse   Why = "false"   // 不实
	WhyObscene Why = "obscene" // 低俗
	WhyOther   Why = "other"   // said in words
)

// Whys lists the reasons.
func Whys() []Why {
	return []Why{WhyAdvert, WhyFraud, WhyAbuse, WhyPrivacy, WhyFalse, WhyObscene, WhyOther}
}

// Bounds, in runes or items.
const (
	MaxWords     = 300
	MaxReports   = 200 // more are thanked and not kept: the case has long been raised
	MaxDecisions = 50
	// RaiseAt is how many reports that wait put a case before the others.
	RaiseAt = 3
)

// Report is a resident's hint. By stays in the store: neither author nor moderators get it.
type Report struct {
	By      identity.AccountID `json:"by"`
	Why     Why                `json:"why"`
	Words   string             `json:"words,omitempty"`
	At      time.Time          `json:"at"`
	Settled bool               `json:"settled,omitempty"` // somebody has decided since
}

// Appeal is an author's word against a decision.
type Appeal struct {
	By    identity.AccountID `json:"by"`
	Words string             `json:"words"`
	At    time.Time          `json:"at"`
	// Against is the instant of the decision appealed against, zero for the reviewer's; Moderator took it.
	Against   time.Time          `json:"against,omitzero"`
	Moderator identity.AccountID `json:"moderator,omitempty"`
	// ToTown is set when nobody in the community may decide.
	ToTown bool `json:"to_town,omitempty"`

	DecidedAt time.Time `json:"decided_at,omitzero"`
	Name      string    `json:"name,omitempty"` // who decided
	Title     string    `json:"title,omitempty"`
	Granted   bool      `json:"granted,omitempty"`
	Answer    string    `json:"answer,omitempty"`
}

// Open reports whether the appeal waits.
func (a Appeal) Open() bool { return a.DecidedAt.IsZero() }

// What is a decision: whether the thing is shown.
type What string

// Decisions. Each also settles the reports and the appeal, whether it changes something or leaves it as it is.
const (
	Show What = "show"
	Hide What = "hide"
)

// Decision is one that was taken.
type Decision struct {
	By     identity.AccountID `json:"by"`
	Name   string             `json:"name"`
	Title  string             `json:"title,omitempty"`
	What   What               `json:"what"`
	Reason string             `json:"reason,omitempty"`
	At     time.Time          `json:"at"`
	// Revision is the case's after the decision.
	Revision int `json:"revision"`
}

// Case is everything about one thing.
type Case struct {
	Ref
	Community community.ID          `json:"community"`
	Path      []community.ID        `json:"path"`
	Board     deliberation.BoardKey `json:"board,omitempty"`
	Topic     deliberation.TopicID  `json:"topic,omitempty"`

	// OpenedAt is since when something about it waits; zero while nothing does.
	OpenedAt  time.Time  `json:"opened_at,omitzero"`
	Held      bool       `json:"held,omitempty"` // not shown before somebody has looked
	Reports   []Report   `json:"reports,omitempty"`
	Appeals   []Appeal   `json:"appeals,omitempty"`
	Decisions []Decision `json:"decisions,omitempty"`
	// Revision counts what happened to the case; Seen is the thing's state that it knows.
	Revision int    `json:"revision"`
	Seen     string `json:"seen"`
}

// Refusals.
var (
	// ErrGone means that there is nothing to report or to appeal against: the thing is not shown, or is.
	ErrGone = fault.New(fault.Conflict, "moderation.gone")
	// ErrAppealed means that the author has used the one appeal against this decision.
	ErrAppealed = fault.New(fault.Conflict, "moderation.appealed_already")
	// ErrOwnDecision means that somebody decides the appeal against their own decision.
	ErrOwnDecision = fault.New(fault.Denied, "moderation.own_decision")
	// Stale decisions, by what happened meanwhile.
	errStaleDecided = fault.New(fault.Conflict, "moderation.stale_decided")
	errStaleText    = fault.New(fault.Conflict, "moderation.stale_text")
	errStaleMore    = fault.New(fault.Conflict, "moderation.stale_more")

	errWhy       = fault.New(fault.Invalid, "moderation.bad_reason").On("why")
	errSayWhat   = fault.New(fault.Invalid, "moderation.words_needed").On("words")
	errLongWords = fault.New(fault.Invalid, "moderation.words_too_long").On("words")
	errOwnReport = fault.New(fault.Denied, "moderation.own_report")
	errWhat      = fault.New(fault.Invalid, "moderation.bad_decision").On("what")
	errReason    = fault.New(fault.Invalid, "moderation.reason_needed").On("reason")
	errTooMany   = fault.New(fault.Invalid, "moderation.too_many").With("max", MaxBulk)
	errNoRoom    = fault.New(fault.NotFound, "moderation.no_such_thing")
)

// Place returns where the thing lies, for identity.Can.
func (c Case) Place() identity.Place { return identity.Place{Path: c.Path, Board: string(c.Board)} }

// Town returns the town above the case's community, "" if there is none.
func (c Case) Town() community.ID {
	if len(c.Path) < 2 {
		return ""
	}
	return c.Path[len(c.Path)-2]
}

// Waiting returns the reports that nobody has settled.
func (c Case) Waiting() []Report {
	return slices.DeleteFunc(slices.Clone(c.Reports), func(r Report) bool { return r.Settled })
}

// OpenAppeal returns the appeal that waits.
func (c Case) OpenAppeal() (Appeal, bool) {
	if n := len(c.Appeals); n > 0 && c.Appeals[n-1].Open() {
		return c.Appeals[n-1], true
	}
	return Appeal{}, false
}

// Raised reports whether the case stands before the others: an author waits for an answer, or several residents agree.
func (c Case) Raised() bool {
	_, appealed := c.OpenAppeal()
	return appealed || len(c.Waiting()) >= RaiseAt
}

// wait opens or closes the case by what waits, and counts the change.
func (c *Case) wait(now time.Time) {
	_, appealed := c.OpenAppeal()
	switch waits := c.Held || appealed || len(c.Waiting()) > 0; {
	case !waits:
		c.OpenedAt = time.Time{}
	case c.OpenedAt.IsZero():
		c.OpenedAt = now
	}
	c.Revision++
}

// report adds a hint; a second one of the same person changes nothing.
func (c *Case) report(r Report, now time.Time) error {
	again := slices.ContainsFunc(c.Reports, func(x Report) bool { return x.By == r.By })
	if again || len(c.Reports) >= MaxReports {
		return docstore.ErrUnchanged
	}
	c.Reports = append(slices.Clip(c.Reports), r)
	c.wait(now)
	return nil
}

// appeal adds the author's word, once against each decision.
func (c *Case) appeal(a Appeal, now time.Time) error {
	for _, x := range c.Appeals {
		switch {
		case !x.Against.Equal(a.Against):
		case x.Open() && x.Words == a.Words:
			return docstore.ErrUnchanged // a double tap
		default:
			return ErrAppealed
		}
	}
	c.Appeals = append(slices.Clip(c.Appeals), a)
	c.wait(now)
	return nil
}

// settle closes everything that waits with a decision. It returns the appeal that was decided, if one was: the open one, or the one that
// was open before the decision's own change of the thing was followed.
func (c *Case) settle(d Decision, waited bool) (Appeal, bool) {
	c.Reports = slices.Clone(c.Reports)
	for i := range c.Reports {
		c.Reports[i].Settled = true
	}
	c.Held = false
	open, appealed := c.OpenAppeal()
	if last := len(c.Appeals) - 1; waited && !appealed && c.Appeals[last].Name == "" {
		open, appealed = c.Appeals[last], true
	}
	if appealed {
		open.DecidedAt, open.Name, open.Title, open.Granted, open.Answer = d.At, d.Name, d.Title, d.What == Show, d.Reason
		c.Appeals = slices.Clone(c.Appeals)
		c.Appeals[len(c.Appeals)-1] = open
	}
	c.wait(d.At)
	d.Revision = c.Revision
	c.Decisions = append(slices.Clip(c.Decisions[max(0, len(c.Decisions)+1-MaxDecisions):]), d)
	return open, appealed
}

// follow takes over the state of the thing after somebody changed it elsewhere.
func (c *Case) follow(t Thing, now time.Time) error {
	held := t.State == StateHeld
	if c.Seen == t.Seen && c.Held == held {
		return docstore.ErrUnchanged
	}
	c.Seen, c.Held = t.Seen, held
	_, appealed := c.OpenAppeal()
	switch {
	case t.State == StateHidden && !appealed, t.State == StateGone:
		c.settleReports()
	}
	if appealed && (t.State == StateShown || t.State == StateGone) {
		c.Appeals = slices.Clone(c.Appeals)
		last := &c.Appeals[len(c.Appeals)-1]
		last.DecidedAt, last.Granted = now, t.State == StateShown
	}
	c.wait(now)
	return nil
}

func (c *Case) settleReports() {
	c.Reports = slices.Clone(c.Reports)
	for i := range c.Reports {
		c.Reports[i].Settled = true
	}
}

// changed tells what happened to a case since the revision and the state that a page showed; nil if nothing did.
func (c Case) changed(t Thing, revision int, seen string) error {
	if n := len(c.Decisions); n > 0 && c.Decisions[n-1].Revision > revision {
		d := c.Decisions[n-1]
		return errStaleDecided.With("who", d.Name).With("what", d.What).With("at", d.At)
	}
	switch {
	case seen != t.Seen:
		return errStaleText
	case revision != c.Revision:
		return errStaleMore
	}
	return nil
}

// barred tells why somebody may not decide the case, nil if they may.
func (c Case) barred(t Thing, actor identity.Actor) error {
	if err := identity.Can(actor, identity.HoldTopic, c.Place()); err != nil {
		return err
	}
	if actor.ID != "" && t.Author.Account == actor.ID {
		return deliberation.ErrOwnAffair
	}
	if a, open := c.OpenAppeal(); open && actor.ID != "" && a.Moderator == actor.ID {
		return ErrOwnDecision
	}
	return nil
}
