package projects

import (
	"cmp"
	"slices"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/projects/preset"
)

// Bounds of judging. Lengths are in runes.
const (
	MaxRatingWords = 300
	MaxReply       = 1000
	// RateGrace is how long after the last instant the result is computed: what was sent in time has arrived by then.
	RateGrace = time.Minute
)

// Rating is 居民评价: what one resident thinks of the result. Its key is project and person, so nobody counts twice. Who gave it is
// kept for that alone and shown to nobody.
type Rating struct {
	Project   ID                 `json:"project"`
	Community community.ID       `json:"community"`
	Account   identity.AccountID `json:"account"`
	// Mark names it on pages and puts it in an order that tells nothing about who gave it, or when.
	Mark string `json:"mark"`
	// Stars are 1 to preset.MaxStars, in the order of the preset's aspects.
	Stars []int  `json:"stars"`
	Words string `json:"words,omitempty"`
	// Hits is what the word list found; the words are held until the desk has looked.
	Hits []string `json:"hits,omitempty"`
	// Hidden is why the desk hid the words, "" while it has not; the stars count all the same.
	Hidden   string              `json:"hidden,omitempty"`
	HiddenBy deliberation.Author `json:"hidden_by,omitzero"`
	At       time.Time           `json:"at"` // given, or changed last
}

// Shown reports whether everybody may read the words once the result is out.
func (r Rating) Shown() bool { return r.Words != "" && len(r.Hits) == 0 && r.Hidden == "" }

// Tally is the result: what the ratings say together. It is computed once, after the window.
type Tally struct {
	// Few means that fewer than deliberation.SmallCell gave one. Nothing else is said then, not even how many.
	Few     bool          `json:"few,omitempty"`
	Raters  int           `json:"raters,omitempty"`
	Mean    int           `json:"mean,omitempty"` // of all aspects, in hundredths of a star
	Aspects []AspectTally `json:"aspects,omitempty"`
	At      time.Time     `json:"at"`
}

// AspectTally is the result of one aspect.
type AspectTally struct {
	Key   string `json:"key"`
	Name  string `json:"name"`
	Mean  int    `json:"mean"`  // in hundredths of a star
	Bands []Band `json:"bands"` // from most stars to fewest
}

// Band is how many gave From to To stars. Neighbouring stars are put together until there are deliberation.SmallCell of them.
type Band struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Count int `json:"count"`
}

// TallyOf adds ratings up. It does not matter in which order they come; one that names no stars for these aspects is not counted.
func TallyOf(aspects []preset.Aspect, ratings []Rating, now time.Time) Tally {
	counts := make([][preset.MaxStars + 1]int, len(aspects))
	seen, raters := map[identity.AccountID]bool{}, 0
	for _, r := range ratings {
		if seen[r.Account] || !goodStars(r.Stars, len(aspects)) {
			continue
		}
		seen[r.Account], raters = true, raters+1
		for i, stars := range r.Stars {
			counts[i][stars]++
		}
	}
	if raters < deliberation.SmallCell {
		return Tally{Few: true, At: now}
	}
	t, all := Tally{Raters: raters, At: now}, 0
	for i, a := range aspects {
		sum := 0
		for stars, n := range counts[i] {
			sum += stars * n
		}
		all += sum
		t.Aspects = append(t.Aspects, AspectTally{Key: a.Key, Name: a.Name, Mean: hundredths(sum, raters), Bands: bands(counts[i])})
	}
	t.Mean = hundredths(all, raters*max(1, len(aspects)))
	return t
}

// hundredths is sum by n, rounded half up, in hundredths.
func hundredths(sum, n int) int { return (200*sum + n) / (2 * n) }

// bands puts stars together from the most down until each band is large enough; what is left over joins the band above it.
func bands(counts [preset.MaxStars + 1]int) []Band {
	var all []Band
	open := Band{To: preset.MaxStars}
	for stars := preset.MaxStars; stars >= 1; stars-- {
		open.From, open.Count = stars, open.Count+counts[stars]
		if open.Count >= deliberation.SmallCell {
			all, open = append(all, open), Band{To: stars - 1}
		}
	}
	if n := len(all); open.To > 0 && n > 0 {
		if open.Count == 0 {
			return append(all, Band{From: 1, To: open.To})
		}
		all[n-1].From, all[n-1].Count = 1, all[n-1].Count+open.Count
	}
	return all
}

func goodStars(stars []int, aspects int) bool {
	bad := func(n int) bool { return n < 1 || n > preset.MaxStars }
	return len(stars) == aspects && !slices.ContainsFunc(stars, bad)
}

var (
	errStars     = fault.New(fault.Invalid, "project.bad_stars").On("stars")
	errRateOver  = fault.New(fault.TooLate, "project.rating_over")
	errConcerned = fault.New(fault.Denied, "project.not_concerned")
	errRateRuns  = fault.New(fault.Conflict, "project.rating_runs")
	errNoReply   = fault.New(fault.Invalid, "project.no_reply").On("text")
	errReplyOwn  = fault.New(fault.Denied, "project.reply_by_another")
	errReplyMiss = fault.New(fault.Conflict, "project.reply_missing")
	errNoRating  = fault.New(fault.NotFound, "project.no_rating")
)

// Rateable reports whether the time for judging runs: from reaching the stage to RateDue, which is not in it.
func (p Project) Rateable(now time.Time) bool {
	return p.Stage == preset.Rating && p.Tally == nil && now.Before(p.RateDue)
}

// Concerns reports whether the project is for somebody: a verified resident of its buildings, or of the community where it names
// none. Who proposed or carries it has spoken at the acceptance.
func (p Project) Concerns(a identity.Actor) bool {
	return slices.ContainsFunc(a.Memberships, func(m identity.Membership) bool {
		return m.Community == p.Community && m.Status == identity.MemberVerified && p.serves(m.Building)
	})
}

// mayRate refuses what is too late, and whom it does not concern.
func (p Project) mayRate(a identity.Actor, now time.Time) error {
	switch {
	case p.may(MoveRate) != nil:
		return p.may(MoveRate)
	case !p.Rateable(now):
		return errRateOver
	case p.Interested(a.ID):
		return errOwnAffair
	}
	return fault.When(!p.Concerns(a), errConcerned)
}

// rated records the result, once, after the window.
func (p *Project) rated(t Tally, now time.Time) ([]docstore.Fact, error) {
	if p.Stage != preset.Rating || p.Tally != nil || now.Before(p.RateDue.Add(RateGrace)) {
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MoveTally, RatingOver, counting, "", p.RateDue); err != nil {
		return nil, err
	}
	p.Tally = &t
	told := Judgement{About: p.about(), Few: t.Few, Raters: t.Raters, Mean: t.Mean}
	return []docstore.Fact{{Type: RatingOver, Actor: string(counting.Account), At: now, Data: told}}, nil
}

// Reply is what those who did it answer to the judgement: written by the lead, published by the desk.
type Reply struct {
	Text        string              `json:"text"`
	By          deliberation.Author `json:"by"`
	At          time.Time           `json:"at"`
	PublishedBy deliberation.Author `json:"published_by,omitzero"`
	PublishedAt time.Time           `json:"published_at,omitzero"`
}

// Published reports whether everybody reads it.
func (r *Reply) Published() bool { return r != nil && !r.PublishedAt.IsZero() }

// WriteReply writes the answer to the judgement, or writes it anew while it is not published.
func (p *Project) WriteReply(text string, by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveReply), fault.When(p.Tally == nil, errRateRuns)); err != nil {
		return nil, err
	}
	if p.Reply != nil && p.Reply.Text == text {
		return nil, docstore.ErrUnchanged
	}
	if err := p.take(MoveReply, ReplyWritten, by, "", now); err != nil {
		return nil, err
	}
	p.Reply = &Reply{Text: text, By: by, At: now}
	return []docstore.Fact{p.told(ReplyWritten, by, "", now)}, nil
}

// PublishReply publishes it and ends the judging. Not by who wrote it.
func (p *Project) PublishReply(by deliberation.Author, now time.Time) ([]docstore.Fact, error) {
	if err := cmp.Or(p.may(MoveRated), p.disinterested(by), fault.When(p.Reply == nil, errReplyMiss)); err != nil {
		return nil, err
	}
	if p.Reply.By.Account == by.Account {
		return nil, errReplyOwn
	}
	if err := p.take(MoveRated, ReplyPublished, by, "", now); err != nil {
		return nil, err
	}
	r := *p.Reply
	r.PublishedBy, r.PublishedAt = by, now
	p.Reply = &r
	return []docstore.Fact{p.judgingStep(ReplyPublished, JudgingStep{Reply: r.Text}, by, now)}, nil
}
