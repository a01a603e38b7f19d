package notify

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/covenant"
	"jushou/deliberation/hall"
	"jushou/deliberation/moderation"
	"jushou/deliberation/whistle"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

var noon = time.Date(2026, 11, 21, 4, 0, 0, 0, time.UTC)

func event(t *testing.T, kind string, data any) docstore.Event {
	t.Helper()
	body, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	return docstore.Event{ID: kind + "/1", Type: kind, Data: body, At: noon}
}

func about(board deliberation.BoardKey) deliberation.About {
	return deliberation.About{Topic: "t1", Community: "hexiang", Town: "luoxi", Board: board, Title: "路灯不亮", Author: "author", AuthorName: "王**"}
}

func TestPlanSaysWhomAnEventConcerns(t *testing.T) {
	duty := Audience{Duty: "hexiang"}
	author := Audience{Person: "author"}
	police := Audience{Role: identity.RolePartner, Node: "hexiang", Board: "police"}
	secretary := Audience{Role: identity.RoleSecretary, Node: "hexiang"}
	offline := about(deliberation.BoardNearby)
	offline.Author = ""
	parking := hall.About{Session: "h1", Community: "hexiang", Question: "怎么停车", Facilitator: "li"}
	type told struct {
		to  Audience
		key string
	}
	tests := []struct {
		name string
		kind string
		data any
		want []told
	}{
		{"a post with a clock goes to whoever is on duty", deliberation.TopicPosted,
			deliberation.Posted{About: about(deliberation.BoardNearby), DueAt: noon}, []told{{duty, KeyTopicPosted}}},
		{"a post on a partner's board goes to the partner", deliberation.TopicPosted,
			deliberation.Posted{About: about(deliberation.BoardPolice), DueAt: noon}, []told{{police, KeyTopicPosted}}},
		{"a post without a clock concerns nobody", deliberation.TopicPosted,
			deliberation.Posted{About: about(deliberation.BoardNeighbours)}, nil},
		{"a held post is told by its own event", deliberation.TopicPosted,
			deliberation.Posted{About: about(deliberation.BoardNearby), DueAt: noon, Held: true}, nil},
		{"holding asks the duty person to look", deliberation.TopicHeld,
			deliberation.Moderated{About: about(deliberation.BoardNearby)}, []told{{duty, KeyTopicHeld}}},
		{"releasing tells the author", deliberation.TopicReleased,
			deliberation.Moderated{About: about(deliberation.BoardNearby)}, []told{{author, KeyTopicReleased}}},
		{"hiding tells the author why", deliberation.TopicHidden,
			deliberation.Moderated{About: about(deliberation.BoardNearby), Reason: "含电话号码"}, []told{{author, KeyTopicHidden}}},
		{"an answer reaches the author", deliberation.TopicAnswered,
			deliberation.Answered{About: about(deliberation.BoardNearby), By: "staff", First: true}, []told{{author, KeyTopicAnswered}}},
		{"an answer to somebody offline reaches nobody by WeChat", deliberation.TopicAnswered,
			deliberation.Answered{About: offline, By: "staff"}, nil},
		{"a comment reaches the author", deliberation.TopicCommented,
			deliberation.Commented{About: about(deliberation.BoardNearby), By: "other"}, []told{{author, KeyCommented}}},
		{"who is answered and called by name is told before the author", deliberation.TopicCommented,
			deliberation.Commented{About: about(deliberation.BoardNearby), By: "other", ReplyTo: "zhao", Mentions: []identity.AccountID{"wang"}},
			[]told{{Audience{Person: "zhao"}, KeyReplied}, {Audience{Person: "wang"}, KeyMentioned}, {author, KeyCommented}}},
		{"a hidden comment tells its author", deliberation.CommentHidden,
			deliberation.CommentModerated{About: about(deliberation.BoardNearby), Comment: "c", By: "zhao", Reason: "广告"},
			[]told{{Audience{Person: "zhao"}, KeyCommentHidden}}},
		{"a first report asks the duty person to look", moderation.EventReported,
			moderation.Reported{About: moderation.About{Community: "hexiang"}, First: true}, []told{{duty, KeyReported}}},
		{"a second report is not told", moderation.EventReported,
			moderation.Reported{About: moderation.About{Community: "hexiang"}}, nil},
		{"an appeal reaches those who may decide it", moderation.EventAppealed,
			moderation.Appealed{About: moderation.About{Community: "hexiang"}, Author: "zhao", Moderator: "li"},
			[]told{{secretary, KeyAppealed}, {Audience{Role: identity.RoleStaff, Node: "hexiang"}, KeyAppealed}}},
		{"an appeal nobody else can decide goes to the town", moderation.EventAppealed,
			moderation.Appealed{About: moderation.About{Community: "hexiang", Town: "luoxi"}, ToTown: true},
			[]told{{Audience{Role: identity.RoleTown, Node: "luoxi"}, KeyAppealToTown}}},
		{"a decided appeal reaches its author", moderation.EventDecided,
			moderation.Decided{About: moderation.About{Community: "hexiang", Link: "/t/1"}, Author: "zhao", Granted: true},
			[]told{{Audience{Person: "zhao"}, KeyAppealGranted}}},
		{"a decision without an appeal is told by what it changed", moderation.EventDecided,
			moderation.Decided{About: moderation.About{Community: "hexiang"}, What: moderation.Hide}, nil},
		{"a Round tells the duty person once", deliberation.RoundHeld,
			deliberation.HeldRound{Community: "hexiang", Town: "luoxi", At: noon, Listed: 3, Duty: "duty"}, []told{{Audience{Person: "duty"}, KeyRoundListed}}},
		{"a Round nobody is on duty for goes to the secretary", deliberation.RoundHeld,
			deliberation.HeldRound{Community: "hexiang", At: noon, Listed: 3}, []told{{secretary, KeyRoundListed}}},
		{"a missed Round goes to the secretary and the next on duty", deliberation.RoundHeld,
			deliberation.HeldRound{Community: "hexiang", At: noon, Secretary: 1, Duty: "duty", Next: "next"},
			[]told{{secretary, KeyRoundMissed}, {Audience{Person: "next"}, KeyRoundMissed}}},
		{"a second missed Round goes to the town", deliberation.RoundHeld,
			deliberation.HeldRound{Community: "hexiang", Town: "luoxi", At: noon, ToTown: 2},
			[]told{{Audience{Role: identity.RoleTown, Node: "luoxi"}, KeyRoundToTown}}},
		{"a hand-over reaches who takes over", deliberation.DutyHandedOver,
			deliberation.HandedOver{Community: "hexiang", From: "a", To: "b"}, []told{{Audience{Person: "b"}, KeyHandedOver}}},
		{"a claim asks the duty person", identity.EventPending,
			identity.AccountEvent{Account: "p", Community: "hexiang"}, []told{{duty, KeyPending}}},
		{"a verified resident is told", identity.EventVerified,
			identity.AccountEvent{Account: "p", Community: "hexiang"}, []told{{Audience{Person: "p"}, KeyVerified}}},
		{"a rejected claim is told", identity.EventRejected,
			identity.AccountEvent{Account: "p", Community: "hexiang"}, []told{{Audience{Person: "p"}, KeyRejected}}},
		{"a round that was summed up reaches those who took part", hall.SessionRoundClosed,
			hall.RoundClosed{About: parking, Round: 1}, []told{{Audience{Circle: CircleHall, ID: "h1"}, KeyHallRoundClosed}}},
		{"a round that has ended asks the facilitator", hall.SessionRoundOver,
			hall.RoundClosed{About: parking, Round: 1}, []told{{Audience{Person: "li"}, KeyHallRoundOver}}},
		{"a report that is overdue goes to the secretary", hall.SessionOverdue, hall.Overdue{About: parking, DueAt: noon}, []told{{secretary, KeyHallOverdue}}},
		{"an option that was not taken up tells its proposer", hall.OptionCleared,
			hall.OptionStep{About: parking, By: "author", Reason: "x"}, []told{{author, KeyHallDeclined}}},
		{"that a deliberation was opened is pushed to nobody", hall.SessionOpened, hall.Opened{About: parking}, nil},
		{"the end of a day of questions reaches those who answer", hall.DayOver,
			hall.DayEnd{AboutDay: hall.AboutDay{Day: "d1", Community: "hexiang", Answerers: []identity.AccountID{"a", "b"}}},
			[]told{{Audience{Person: "a"}, KeyDayOver}, {Audience{Person: "b"}, KeyDayOver}}},
		{"a recorded adoption asks for a second person", covenant.AdoptionRecorded, covenant.About{Covenant: "v1", Community: "hexiang"},
			[]told{{secretary, KeyCovenantRecorded}, {Audience{Role: identity.RoleStaff, Node: "hexiang"}, KeyCovenantRecorded}}},
		{"an answered comment tells who made it", covenant.Replied, covenant.CommentStep{By: "author", Taken: true}, []told{{author, KeyCovenantReplyTaken}}},
		{"a call of units tells them, and the authors of its topics once", whistle.EventCalled,
			whistle.Event{Whistle: "w1", Community: "hexiang", Town: "luoxi", Units: []string{"dept:greening", "property"}, Linked: deliberation.Linked{Topics: []deliberation.TopicID{"t1", "t2"}}},
			[]told{{Audience{Role: identity.RoleDepartment, Node: "luoxi", Board: "dept:greening"}, KeyWhistle}, {Audience{Role: identity.RolePartner, Node: "hexiang", Board: "property"}, KeyWhistle},
				{Audience{Circle: CircleWhistle, ID: "w1"}, KeyWhistleTopic}}},
		{"a call that came of no topic tells the units", whistle.EventCalled,
			whistle.Event{Whistle: "w1", Community: "hexiang", Town: "luoxi", Units: []string{"property"}},
			[]told{{Audience{Role: identity.RolePartner, Node: "hexiang", Board: "property"}, KeyWhistle}}},
		{"an event nobody plans for concerns nobody", "topic.counted", about(deliberation.BoardNearby), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			shares, err := Plan(event(t, tt.kind, tt.data))
			if err != nil {
				t.Fatal(err)
			}
			if len(shares) != len(tt.want) {
				t.Fatalf("%d shares, want %d: %+v", len(shares), len(tt.want), shares)
			}
			for i, want := range tt.want {
				if shares[i].To != want.to || shares[i].Draft.Key != want.key {
					t.Errorf("share %d goes to %+v as %s, want %+v", i, shares[i].To, shares[i].Draft.Key, want)
				}
				if shares[i].Draft.Link == "" || shares[i].Draft.Link[0] != '/' {
					t.Errorf("share %d links to %q", i, shares[i].Draft.Link)
				}
			}
		})
	}
}

func TestBrokenEventDataIsAnError(t *testing.T) {
	e := docstore.Event{ID: "x", Type: deliberation.TopicAnswered, Data: []byte(`{"topic": 7}`)}
	if _, err := Plan(e); err == nil {
		t.Error("an event that cannot be read passes as one that concerns nobody")
	}
}

func TestEveryPlannedKeyHasATemplateOrStaysQuiet(t *testing.T) {
	for _, key := range Keys() {
		if _, ok := forNotice(key); !ok && !slices.Contains([]string{KeyCommented, KeyReplied, KeyMentioned}, key) {
			t.Errorf("%s has no template", key)
		}
	}
}
