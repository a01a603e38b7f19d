package deliberation

import (
	"time"

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
	Masked  bool
	Explain Explanation
	May     May
}

// May says which steps a page should offer. The use cases ask again.
type May struct {
	Comment, Answer, Edit, Withdraw, Hold, Release, Hide bool
}

// Thread is a topic with one page of its comments, oldest first.
type Thread struct {
	Topic    TopicView
	Comments []Comment
	Next     docstore.Cursor
}

// TopicPage is one page of topics, newest first unless a query says otherwise.
type TopicPage struct {
	Items []TopicView
	Next  docstore.Cursor
	// PublicOnly is set when the reader gets only public notices, not being a member here.
	PublicOnly bool
}

// readable returns nil if the actor may read the topic. Everybody reads public notices; authors read
// their own; members read their community. Others are told to sign in, to verify if they have asked to
// join this very community, and otherwise that there is no such topic.
func readable(a identity.Actor, t Topic) error {
	if a.System || t.IsAuthor(a.ID) {
		return nil
	}
	staff := identity.Can(a, identity.HoldTopic, t.Place()) == nil
	if t.Status == Held && !staff && (t.EnteredBy == "" || t.EnteredBy != a.ID) {
		return unknown(a, t)
	}
	if t.Kind == KindNotice && t.Status.Shown() && identity.Can(a, identity.ReadPublic, t.Place()) == nil {
		return nil
	}
	if identity.Can(a, identity.ReadCommunity, t.Place()) == nil {
		return nil
	}
	return unknown(a, t)
}

func unknown(a identity.Actor, t Topic) error {
	if !a.Known() {
		return identity.ErrSignIn
	}
	for _, m := range a.Memberships {
		if m.Community == t.Community && m.Status == identity.MemberPending {
			return identity.ErrVerify
		}
	}
	return ErrNotFound.With("topic", t.ID)
}

// view returns what the actor may see of a topic that is readable for them.
func view(a identity.Actor, t Topic, now time.Time) TopicView {
	p := t.Place()
	staff := identity.Can(a, identity.HoldTopic, p) == nil
	mine := t.IsAuthor(a.ID) || (t.EnteredBy != "" && t.EnteredBy == a.ID)
	v := TopicView{Topic: t, Mine: mine, Explain: t.ExplainAt(now), May: may(a, t, p, mine)}
	if staff {
		return v
	}
	v.Hits, v.Versions, v.EnteredBy, v.PostHash, v.CountedSeq = nil, nil, "", "", 0
	if !mine {
		v.Author.Account = ""
		v.Masked = !t.Status.Shown()
	}
	if v.Masked {
		v.Title, v.Body, v.Photos = "", "", nil
	}
	v.History = publicHistory(t.History)
	v.Responses = nil
	for _, r := range t.Responses {
		r.By = ""
		v.Responses = append(v.Responses, r)
	}
	return v
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

func may(a identity.Actor, t Topic, p identity.Place, mine bool) May {
	can := func(v identity.Verb, m Move) bool { return t.Status.Allows(m) && identity.Can(a, v, p) == nil }
	return May{
		Comment: can(identity.CommentTopic, MoveComment),
		Answer:  can(identity.AnswerTopic, MoveAnswer),
		Hold:    can(identity.HoldTopic, MoveHold),
		Release: can(identity.HoldTopic, MoveRelease),
		Hide:    can(identity.HoldTopic, MoveHide),

		Edit:     mine && t.Status.Allows(MoveEdit) && !t.Answered(),
		Withdraw: mine && t.Status.Allows(MoveWithdraw),
	}
}
