package deliberation

import (
	"errors"
	"strconv"
	"testing"
	"time"

	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// terms are the product's defaults over the statutory days.
func terms() Terms {
	days, err := calendar.China()
	if err != nil {
		panic(err)
	}
	return TermsOf(community.Settings{}, days)
}

// worker is somebody of the committee.
func worker(id identity.AccountID) identity.Actor {
	return identity.Actor{ID: id, Name: "某社工", Grants: []identity.Grant{{Role: identity.RoleStaff, Node: "c", Title: "居委干部"}}}
}

// greening is somebody of a department of the town.
func greening() identity.Actor {
	return identity.Actor{ID: "green", Name: "绿化员", Grants: []identity.Grant{{Role: identity.RoleDepartment, Node: "t", Board: "dept:greening", Title: "绿化市容"}}}
}

// elder is a topic that is older than any other and as far as a topic can be merged into.
func elder() Topic {
	t := newPost(at(0, 1), dayRounds())
	t.ID = "elder"
	for i, m := range []Move{MoveAnswer, MoveAccept} {
		if _, err := perform(&t, m, at(0, 2+i)); err != nil {
			panic(err)
		}
	}
	return t
}

// perform takes a step by somebody who may, with what it needs.
func perform(t *Topic, m Move, now time.Time) ([]docstore.Fact, error) {
	x, author := terms(), identity.Actor{ID: "author", Name: "王**", Masked: "王**"}
	switch m {
	case MoveAnswer:
		before := t.Answered()
		facts, err := t.Answer(Response{ID: now.String() + strconv.Itoa(len(t.Responses)), By: "staff", Role: identity.RoleStaff, Body: "在修"}, now)
		if err == nil && !before && t.Answered() {
			t.startAcceptance(x, now)
		}
		return facts, err
	case MoveHold, MoveHide, MoveRelease, MoveWithdraw:
		return apply(t, act{now, m})
	case MoveAccept:
		return t.Accept(worker("staff"), "", x, now)
	case MoveRefuse:
		return t.Refuse(worker("staff"), RefusedOthers, "归供电公司管", now)
	case MoveAsk:
		return t.Ask(worker("staff"), "是哪一盏灯？", x, now)
	case MoveDispatch:
		seen, to := 0, Errand{Department: "greening", DepartmentName: "绿化市容"}
		if t.Work != nil {
			if seen = t.Work.Dispatches; seen%2 == 1 {
				to = Errand{Department: "urban", DepartmentName: "城管"}
			}
		}
		return t.Dispatch(worker("staff"), to, "树挡了灯", seen, x, now)
	case MoveContest:
		return t.Contest(greening(), "不是树的事", now)
	case MoveReview:
		if _, err := t.Contest(greening(), "不是树的事", now); err != nil {
			return nil, err
		}
		return t.Review(worker("staff"), "看过现场，是树", now)
	case MoveTake:
		return t.Take(greening(), now)
	case MoveReport:
		return t.Report(greening(), "r"+strconv.Itoa(reports(*t)), Text{Body: "修剪完了"}, now)
	case MoveVerify:
		return t.Verify(worker("checker"), "", x, now)
	case MoveSendBack:
		return t.SendBack(worker("checker"), "还有一枝", now)
	case MoveConfirm:
		return t.Confirm(author, "", now)
	case MoveDispute:
		return t.Dispute(author, "还是黑的", x, now)
	case MoveUphold:
		return t.Uphold(worker("secretary"), "换灯不在本次范围", now)
	case MoveClose:
		return t.Close(later(now, t.CloseAt))
	case MoveReopen:
		return t.Reopen(worker("staff"), "再看一次", x, now)
	case MoveExtend:
		return t.AskExtension(worker("staff"), calendar.Date{Year: 2026, Month: 6, Day: 1}, "要等配件", x, now)
	case MoveMerge:
		return t.MergeInto(worker("staff"), elder(), "同一盏灯", now)
	case MoveBoard:
		to, err := BoardOf(BoardHall)
		if err != nil {
			return nil, err
		}
		return t.MoveBoard(worker("staff"), to, "大家一起商量", nil, now)
	case MoveDeliberate, MoveConclude:
		return hall(t, m, now)
	}
	return nil, errors.New("no such move")
}

// hall is what a deliberation's event does. It is no command, so one that comes at a wrong time is linked and changes no
// state; here that counts as refused.
func hall(t *Topic, m Move, now time.Time) ([]docstore.Fact, error) {
	what, before := "hall.opened", *t
	if m == MoveConclude {
		what = "hall.concluded"
	}
	facts, err := t.link(Link{Kind: LinkHall, ID: "h", Title: "议一议", What: what, At: now}, terms(), Entry{What: what, At: now, Reason: "议一议"})
	if t.Status == before.Status {
		*t = before
		return nil, ErrState
	}
	return facts, err
}

func reports(t Topic) int {
	if t.Work == nil {
		return 0
	}
	return len(t.Work.Reports)
}

func mustPerform(t *testing.T, topic *Topic, now time.Time, moves ...Move) []docstore.Fact {
	t.Helper()
	var all []docstore.Fact
	for _, m := range moves {
		facts, err := perform(topic, m, now)
		if err != nil {
			t.Fatalf("%s from %s: %v", m, topic.Status, err)
		}
		all = append(all, facts...)
	}
	return all
}
