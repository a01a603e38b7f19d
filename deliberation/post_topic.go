package deliberation

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// PostTopic is what somebody posts.
type PostTopic struct {
	ID        TopicID // the form's token, made by ids.New when the form was shown
	Community community.ID
	Board     BoardKey
	Kind      Kind   // "" for the board's default
	Title     string // "" takes the body's first line
	Body      string
	Photos    []PhotoID
	Via       Via
	// For names the person offline for whom staff enter it (Via assisted), masked, with the building.
	For Author
	// Guide says where an article of the guide comes from; the zero Guide elsewhere.
	Guide Guide
}

var errVia = fault.New(fault.Invalid, "topic.bad_via").On("via")

// PostTopic publishes a topic, or holds it if the word list finds something. The same form sent again
// returns the topic it made the first time; a token that made something else is ErrTaken. What neighbours have and need
// is no topic: ErrOwnRoom.
func (s *Service) PostTopic(ctx context.Context, actor identity.Actor, cmd PostTopic) (Topic, error) {
	node, err := s.community(ctx, cmd.Community)
	if err != nil {
		return Topic{}, err
	}
	board, err := s.board(node, cmd.Board)
	if err != nil {
		return Topic{}, err
	}
	verb := board.VerbFor(cmd.Kind)
	if cmd.Via == ViaAssisted {
		verb = identity.AssistEntry
	}
	if err := identity.Can(actor, verb, identity.At(node).On(string(board.Key))); err != nil {
		return Topic{}, err
	}
	return s.post(ctx, actor, node, board, cmd)
}

func (s *Service) post(ctx context.Context, actor identity.Actor, node community.Node, board Board, cmd PostTopic) (Topic, error) {
	text, faults := NewText(cmd.Title, cmd.Body, cmd.Photos)
	kind, err := board.kind(cmd.Kind)
	if kind == KindNotice && board.Reviewed() {
		err = errKind.With("kind", kind).With("board", board.Key) // the office's notices come by ShowNotice
	}
	if kind != KindNotice && board.OwnRoom() {
		err = ErrOwnRoom.With("board", board.Key)
	}
	guide, misled := NewGuide(cmd.Guide, board.Key, s.today())
	if err := Joined(faults, err, misled, CheckToken(string(cmd.ID)), checkVia(cmd.Via)); err != nil {
		return Topic{}, err
	}
	cmd.Kind, cmd.Guide = kind, guide
	author, err := s.AuthorOf(ctx, actor, identity.At(node).On(string(board.Key)))
	if err != nil {
		return Topic{}, err
	}
	t := newTopic(cmd, node, author, text, s.now())
	t.Owner = board.Owner
	if board.Clock && kind != KindNotice {
		t.Clock = s.promise(node, board, t.CreatedAt)
	}
	facts := t.posted(actor, s.screen(ctx, actor, node, board, text))
	_, err = s.topics.Put(ctx, string(t.ID), docstore.Absent, t, facts...)
	if errors.Is(err, docstore.ErrConflict) {
		return s.replayed(ctx, t, err)
	}
	if err != nil {
		return Topic{}, fmt.Errorf("post topic: %w", err)
	}
	return t, nil
}

// newTopic builds a topic in the state it is in before screening.
func newTopic(cmd PostTopic, node community.Node, author Author, text Text, now time.Time) Topic {
	t := Topic{
		ID: cmd.ID, Community: node.ID, Path: node.Path, Board: cmd.Board, Kind: cmd.Kind,
		Author: author, Via: cmd.Via, Title: text.Title, Body: text.Body, Photos: text.Photos,
		CreatedAt: now, LastActivity: now, Source: cmd.Guide.Source, CheckedOn: cmd.Guide.CheckedOn,
	}
	if cmd.Via == ViaAssisted {
		t.EnteredBy = author.Account
		t.Author = Author{Account: cmd.For.Account, Name: clip(firstLines(Clean(cmd.For.Name)), MaxTitle), Building: clip(firstLines(Clean(cmd.For.Building)), MaxTitle)}
	}
	t.PostHash = t.contentHash()
	return t
}

// posted sets the first state and writes the first line of the history.
func (t *Topic) posted(by identity.Actor, found Verdict) []docstore.Fact {
	t.Status = t.visible()
	what := TopicPosted
	if t.Kind == KindNotice {
		what = NoticePublished
	}
	t.note(what, by, "", t.CreatedAt, true)
	if found.Holds() {
		t.Status, t.Reason, t.Hits, t.Findings = Held, found.Reason(), found.Words(), found.Findings
	}
	data := Posted{
		About: t.about(), Building: t.Author.Building, Via: t.Via, Photos: len(t.Photos), Held: t.Status == Held,
	}
	if t.Status.Shown() {
		data.Excerpt = Excerpt(t.Body)
	}
	if t.Clock != nil {
		data.DueAt = t.Clock.DueAt
	}
	facts := []docstore.Fact{fact(what, by, t.CreatedAt, data)}
	if t.Status == Held {
		facts = append(facts, t.moderated(TopicHeld, screening, t.Reason, t.CreatedAt))
	}
	return facts
}

// replayed answers a post whose token is taken: with the topic it made, if this is the same post again.
func (s *Service) replayed(ctx context.Context, t Topic, conflict error) (Topic, error) {
	first, _, err := s.topics.Get(ctx, string(t.ID))
	if err != nil {
		return Topic{}, fmt.Errorf("look up a post sent twice: %w", Joined(err, conflict))
	}
	sameHand := first.Author.Account == t.Author.Account && first.EnteredBy == t.EnteredBy
	if sameHand && first.PostHash == t.PostHash {
		return first, nil
	}
	return Topic{}, ErrTaken.With("topic", t.ID)
}

// promise starts the response clock. A calendar that ends too early does not keep anybody from posting:
// the topic keeps the Rounds that are known, the log says so at once, and every sweep fails loudly and
// tries to complete the clock until the calendar's data is brought up to date.
func (s *Service) promise(node community.Node, board Board, start time.Time) *ResponseClock {
	rounds, version, err := s.calendar.NextRounds(node.Settings, start, rungs)
	if err != nil {
		s.log.Error("calendar ends before the Rounds of a new topic", "community", node.ID, "known", len(rounds), "err", err)
	}
	return startClock(start, rounds, node.Settings.PolicyVersion, version, board.Patrolled)
}

// screen returns what the reviewer finds. Whoever may moderate here is not screened.
func (s *Service) screen(ctx context.Context, actor identity.Actor, node community.Node, board Board, text Text) Verdict {
	if board.Moderation == ModerateNone {
		return Verdict{}
	}
	if identity.Can(actor, identity.HoldTopic, identity.At(node).On(string(board.Key))) == nil {
		return Verdict{}
	}
	v := s.review(ctx, text.Title+"\n"+text.Body)
	v.First = board.Moderation == ModerateFirst
	return v
}

// contentHash identifies what is posted, so that a replay can be told from another post.
func (t Topic) contentHash() string {
	content, err := json.Marshal([]any{t.Community, t.Board, t.Kind, t.Title, t.Body, t.Photos})
	if err != nil {
		panic("deliberation: strings do not encode: " + err.Error())
	}
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:16])
}

// CheckToken refuses a form's token that could not be a document's id.
func CheckToken(id string) error { return check(!ids.Valid(id), errBadToken) }

func checkVia(v Via) error {
	switch v {
	case ViaH5, ViaChat, ViaDesk, ViaAssisted:
		return nil
	}
	return errVia.With("via", v)
}
