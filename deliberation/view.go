package deliberation

import (
	"context"
	"slices"
	"time"

	"jushou/internal/community"
	"jushou/internal/deadline"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// TopicView is a topic as one person may see it: what is not for them is already left out.
type TopicView struct {
	Topic
	// Mine is set for the author, and for who entered it for somebody offline.
	Mine bool
	// Masked is set when title, body and photos are left out because the topic is hidden or withdrawn;
	// Reason stands in their place.
	Masked bool
	// BoardName is what the community calls the board, where that is not the catalogue's name.
	BoardName string
	Explain   Explanation
	// Accept and Resolve say where the clocks of acceptance and resolution stand.
	Accept, Resolve deadline.Explanation
	// Speaks is how many people the topic speaks for, as Voices counts them.
	Speaks int
	// Asked is set while a clock waits for the author's reply; Question is what was asked, Until when the wait ends.
	Asked    bool
	Question string
	Until    time.Time
	May      May
}

// May says which steps a page should offer. The use cases ask again.
type May struct {
	Comment, Answer, Edit, Withdraw, Hold, Release, Hide bool

	Accept, Refuse, Ask           bool
	Dispatch, Contest, Review     bool
	Take, Report                  bool
	Verify, Uphold                bool // Verify includes sending back
	Confirm, Dispute              bool
	Reopen, Merge, Move           bool
	AskExtension, DecideExtension bool
}

// Thread is a topic with one page of its comments, oldest first.
type Thread struct {
	Topic    TopicView
	Comments []Comment
	// Above is the comment whose replies the page begins with, where it stands on an earlier page.
	Above *Comment
	// Next and Prev are where the pages after and before begin, "" if there is none.
	Next, Prev docstore.Cursor
}

// TopicPage is one page of topics, newest first unless a query says otherwise.
type TopicPage struct {
	Items []TopicView
	Next  docstore.Cursor
	// PublicOnly is set when the reader gets only public notices, not being a member here.
	PublicOnly bool
	// Whose are the accounts that see these topics, or the gaps between them, otherwise than their neighbours do,
	// because they wrote them or entered them for somebody. It is for caches and goes to nobody.
	Whose []identity.AccountID
}

// sight is what an actor may do at a place, asked of the permission table once for many topics.
type sight struct {
	actor                                     identity.Actor
	public, member, comment, answer, moderate bool
	accept, dispatch, handle, verify, extend  bool
}

func sightOf(a identity.Actor, t Topic) sight {
	p := t.Place()
	can := func(v identity.Verb) bool { return identity.Can(a, v, p) == nil }
	return sight{
		actor: a, public: can(identity.ReadPublic), member: can(identity.ReadCommunity),
		comment: can(identity.CommentTopic), answer: can(identity.AnswerTopic), moderate: can(identity.HoldTopic),
		accept: can(identity.AcceptTopic), dispatch: can(identity.DispatchTopic), verify: can(identity.VerifyWork),
		extend: can(identity.ExtendClock), handle: t.allows(a, identity.HandleTopic) == nil,
	}
}

// mine reports whether the actor wrote the topic or entered it for somebody offline.
func (s sight) mine(t Topic) bool {
	return t.IsAuthor(s.actor.ID) || (t.EnteredBy != "" && t.EnteredBy == s.actor.ID)
}

// reads returns nil if the actor may read the topic. Everybody reads public notices; authors read their
// own; members read their community, and of held topics only moderators know. Others are told to sign in,
// to verify if they have asked to join this very community, and otherwise that there is no such topic.
func (s sight) reads(t Topic) error {
	switch {
	case s.actor.System, s.mine(t), s.moderate:
		return nil
	case t.Status == Held:
	case s.member, s.public && t.Kind == KindNotice && t.Status != Hidden: // of a withdrawn one, the record
		return nil
	}
	if !s.actor.Known() {
		return identity.ErrSignIn
	}
	for _, m := range s.actor.Memberships {
		if m.Community == t.Community && m.Status == identity.MemberPending {
			return identity.ErrVerify
		}
	}
	return ErrNotFound.With("topic", t.ID)
}

// view returns what the actor sees of a topic they may read.
func (s sight) view(t Topic, now time.Time) TopicView {
	mine := s.mine(t)
	v := TopicView{Topic: t, Mine: mine, Explain: t.ExplainAt(now), May: s.may(t, mine)}
	v.explainWork(now)
	if s.moderate || s.actor.System {
		return v
	}
	v.CountedBase, v.CountedFrom, v.Findings = 0, time.Time{}, nil
	v.Hits, v.Versions, v.EnteredBy, v.PostHash, v.CountedSeq = nil, nil, "", "", 0
	if !mine {
		v.Author.Account = ""
		v.Masked = !t.Status.Shown()
	}
	if v.Masked {
		v.Title, v.Body, v.Photos = "", "", nil
	}
	v.History = publicHistory(t.History)
	v.nameless()
	v.Responses = slices.Clone(t.Responses)
	for i := range v.Responses {
		v.Responses[i].By = ""
	}
	return v
}

func (s sight) may(t Topic, mine bool) May {
	allows := t.Status.Allows
	m := s.mayWork(t)
	m.Comment, m.Answer = s.comment && allows(MoveComment), s.answer && allows(MoveAnswer)
	m.Hold, m.Release, m.Hide = s.moderate && allows(MoveHold), s.moderate && allows(MoveRelease), s.moderate && allows(MoveHide)
	own := mine && t.Via != ViaBulletin
	m.Edit, m.Withdraw = own && allows(MoveEdit) && !t.Answered(), own && allows(MoveWithdraw)
	return m
}
func publicHistory(all []Entry) []Entry {
	var shown []Entry
	for _, e := range all {
		if e.Public {
			e.Actor = ""
			shown = append(shown, e)
		}
	}
	return shown
}

// views returns what the actor sees of the topics they may read.
func (s *Service) views(ctx context.Context, actor identity.Actor, found []Topic) []TopicView {
	now := s.now()
	type place struct {
		community  community.ID
		board      BoardKey
		department string
	}
	type seen struct {
		sight
		board string
	}
	sights := map[place]seen{}
	items := make([]TopicView, 0, len(found))
	for _, t := range found {
		p := place{community: t.Community, board: t.Board}
		if t.Work != nil && t.Work.Errand != nil {
			p.department = t.Work.Errand.Department
		}
		as, ok := sights[p]
		if !ok {
			as = seen{sightOf(actor, t), s.boardName(ctx, t)}
			sights[p] = as
		}
		if as.reads(t) == nil {
			v := as.view(t, now)
			v.BoardName = as.board
			items = append(items, v)
		}
	}
	return items
}

// boardName returns the name that a community has given to a topic's board, or "" where it keeps the catalogue's. A
// topic is shown without it rather than not at all, should its community not be found.
func (s *Service) boardName(ctx context.Context, t Topic) string {
	node, err := s.community(ctx, t.Community)
	if err != nil || len(node.Settings.BoardPlan) == 0 {
		return ""
	}
	if b, err := s.knownBoard(node, t.Board); err == nil && b.Renamed {
		return b.Name
	}
	return ""
}

// whose lists the people behind the topics.
func whose(found []Topic) []identity.AccountID {
	var all []identity.AccountID
	for _, t := range found {
		for _, id := range []identity.AccountID{t.Author.Account, t.EnteredBy} {
			if id != "" {
				all = append(all, id)
			}
		}
	}
	return all
}
