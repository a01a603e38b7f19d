package identity_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"jushou/internal/community"
	"jushou/internal/identity"
)

var update = flag.Bool("update", false, "write docs/permissions.md from the table")

func path(ids ...community.ID) []community.ID { return ids }

// at returns somebody who has exactly one standing at a node, narrowed to its board if it has one.
func at(s identity.Standing, node community.ID) identity.Actor {
	switch s {
	case identity.Public:
		return identity.Actor{}
	case identity.Follower:
		return identity.Actor{ID: "somebody"}
	case identity.AsSystem:
		return identity.System("sweep")
	case identity.Resident:
		return identity.Actor{ID: "somebody", Memberships: []identity.Membership{{Community: node, Status: identity.MemberVerified}}}
	}
	g := identity.Grant{Role: identity.Role(s), Node: node, Board: boards[s]}
	return identity.Actor{ID: "somebody", Grants: []identity.Grant{g}}
}

// boards are what narrows the grants that are narrowed.
var boards = map[identity.Standing]string{identity.AsPartner: "property", identity.AsDepartment: "dept:greening"}

func TestEveryCellOfTheTable(t *testing.T) {
	t.Parallel()
	own := identity.Place{Path: path("bs", "ld", "ld-01")}
	sibling := identity.Place{Path: path("bs", "ld", "ld-02")}
	parent := identity.Place{Path: path("bs", "ld")}
	cells := 0
	for _, rule := range identity.Table() {
		for _, s := range identity.Standings() {
			// What a standing at ld-01 or at its town allows, place by place. A role reaches down, never
			// sideways or up; a resident's standing is the one community's; the public's is everywhere.
			listed := slices.Contains(rule.Allow, s)
			everywhere := s == identity.Public || s == identity.Follower || s == identity.AsSystem
			lower := slices.Contains(rule.Allow, identity.Public) || s != identity.Public && s != identity.AsSystem && slices.Contains(rule.Allow, identity.Follower)
			partner := boards[s] != ""
			board := "property"
			if partner {
				board = boards[s]
			}
			for _, c := range []struct {
				name  string
				actor identity.Actor
				place identity.Place
				want  bool
			}{
				{"own node", at(s, "ld-01"), own, listed && (!partner || rule.Reach != identity.OwnBoard) || lower},
				{"own board", at(s, "ld-01"), own.On(board), listed || lower},
				{"other board", at(s, "ld-01"), own.On("police"), listed && (!partner || rule.Reach == identity.EveryBoard) || lower},
				{"sibling", at(s, "ld-01"), sibling.On(board), listed && everywhere || lower},
				{"parent", at(s, "ld-01"), parent.On(board), listed && everywhere || lower},
				{"child", at(s, "ld"), own.On(board), listed && s != identity.Resident || lower},
			} {
				cells++
				if err := identity.Can(c.actor, rule.Verb, c.place); (err == nil) != c.want {
					t.Errorf("%s, %s, %s: %v, want allowed %v", rule.Verb, s, c.name, err, c.want)
				}
			}
		}
	}
	if cells < 1000 {
		t.Errorf("only %d cells were tried", cells)
	}
}

func TestTheTableNamesEveryVerbOnceAndEveryStanding(t *testing.T) {
	t.Parallel()
	seen := map[identity.Verb]bool{}
	used := map[identity.Standing]bool{}
	for _, rule := range identity.Table() {
		if seen[rule.Verb] || len(rule.Allow) == 0 {
			t.Errorf("%s is there twice or allows nobody", rule.Verb)
		}
		seen[rule.Verb] = true
		for _, s := range rule.Allow {
			if !slices.Contains(identity.Standings(), s) {
				t.Errorf("%s allows the unknown %s", rule.Verb, s)
			}
			used[s] = true
		}
	}
	if len(used) != len(identity.Standings()) {
		t.Errorf("%d of %d standings may do something", len(used), len(identity.Standings()))
	}
}

func TestRefusalsSayWhatHelps(t *testing.T) {
	t.Parallel()
	place := identity.Place{Path: path("bs", "ld", "ld-01")}
	pending := identity.Actor{ID: "a", Memberships: []identity.Membership{{Community: "ld-01", Status: identity.MemberPending}}}
	for _, c := range []struct {
		name  string
		actor identity.Actor
		verb  identity.Verb
		want  error
	}{
		{"the public wants to post", identity.Actor{}, identity.PostTopic, identity.ErrSignIn},
		{"a follower wants to post", identity.Actor{ID: "a"}, identity.PostTopic, identity.ErrVerify},
		{"a claim is no membership", pending, identity.ReadCommunity, identity.ErrVerify},
		{"a resident wants to answer", at(identity.Resident, "ld-01"), identity.AnswerTopic, identity.ErrDenied},
		{"an observer wants to post", at(identity.AsObserver, "ld-01"), identity.CommentTopic, identity.ErrVerify},
		{"an unknown verb", at(identity.AsAdmin, "bs"), "fly", identity.ErrDenied},
	} {
		if err := identity.Can(c.actor, c.verb, place); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func TestCanAllocatesNothing(t *testing.T) {
	actor := at(identity.AsStaff, "ld-01")
	place := identity.Place{Path: path("bs", "ld", "ld-01"), Board: "property"}
	n := testing.AllocsPerRun(100, func() {
		_ = identity.Can(actor, identity.AnswerTopic, place)
		_ = identity.Can(actor, identity.GrantRole, place)
		_ = identity.Can(identity.Actor{}, identity.PostTopic, place)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestADeskShowsItsBoards(t *testing.T) {
	t.Parallel()
	place := identity.Place{Path: path("bs", "ld", "ld-01")}
	if own, all := at(identity.AsPartner, "ld-01").Boards(place); all || !slices.Equal(own, []string{"property"}) {
		t.Errorf("partner: %v, %v", own, all)
	}
	if _, all := at(identity.AsTown, "ld").Boards(place); !all {
		t.Error("town staff do not see every board")
	}
	if own, all := at(identity.Resident, "ld-01").Boards(place); all || own != nil {
		t.Errorf("resident: %v, %v", own, all)
	}
}

// columns and rows are the words of the printed table.
var columns = map[identity.Standing]string{
	identity.Public: "公众 public", identity.Follower: "关注者 follower", identity.Resident: "居民 resident", identity.AsStaff: "社工/居委 staff",
	identity.AsSecretary: "书记 secretary", identity.AsBranch: "党支部 branch", identity.AsPartner: "共建方 partner", identity.AsTown: "街镇 town", identity.AsDepartment: "职能部门 department",
	identity.AsObserver: "观察员 observer", identity.AsAdmin: "管理员 admin", identity.AsSystem: "系统 system",
}

var rows = map[identity.Verb]string{
	identity.ReadPublic:     "看公开内容",
	identity.ReadCommunity:  "看本社区内容",
	identity.KeepAccount:    "管理自己的账号",
	identity.PostTopic:      "发帖",
	identity.CommentTopic:   "评论",
	identity.PostNotice:     "发公告",
	identity.AnswerTopic:    "官方回应",
	identity.HoldTopic:      "暂缓、隐藏",
	identity.SpeakHall:      "议事厅发言、提问、对公约提意见",
	identity.HoldHall:       "主持议事、办议事日",
	identity.AnswerHall:     "议事日回答（点到名的）",
	identity.CastBallot:     "投票、对名册提异议",
	identity.HoldPoll:       "发起表决、公布名册、提醒投票",
	identity.ProposeProject: "提出微项目，写自己牵头的方案",
	identity.EndorseProject: "附议、共同发起、公示异议",
	identity.JudgeProject:   "评价、代表居民验收微项目",
	identity.RaiseHand:      "代表支部或单位举手",
	identity.CheckProject:   "初审、代写方案、指定表决",
	identity.PublishNotice:  "发布公示、答复异议",
	identity.DecideProject:  "定牵头、记决定、立项、终止",
	identity.SetPresets:     "设置办项目的办法",
	identity.ImportProjects: "导入往年项目",
	identity.HostActivity:   "做达人、办活动",
	identity.JoinActivity:   "报名活动、问达人、加入团队",
	identity.TendActivities: "确认达人和活动",
	identity.KeepOwners:     "维护业主名册、确认业主身份、登记表决依据",
	identity.KeepCovenant:   "起草、修订公约",
	identity.PassCovenant:   "确认公约通过（第二人）",
	identity.ReportContent:  "举报",
	identity.PostBranch:     "在党支部板块发公告",
	identity.PostPartner:    "在共建方板块发公告",
	identity.SetBoards:      "设板块",
	identity.SetPromises:    "设承诺时限",
	identity.ReviewNotice:   "复核公告",
	identity.SetReview:      "设公告复核",
	identity.WriteDigest:    "汇总上报意见",
	identity.SubmitDigest:   "提交上报意见",
	identity.AnswerDigest:   "答复上报意见",
	identity.AcceptTopic:    "受理、不受理、询问",
	identity.DispatchTopic:  "派单、合并、重开",
	identity.HandleTopic:    "办理、反馈",
	identity.VerifyWork:     "核查结案",
	identity.ExtendClock:    "批准延期",
	identity.ConfirmWork:    "确认结果",
	identity.SeeDesk:        "看工作台",
	identity.HandOver:       "交班",
	identity.SetDuty:        "排班、设巡查时间",
	identity.EditPlaces:     "维护小区楼栋",
	identity.HelpNeighbour:  "左邻右舍互助、许愿",
	identity.AdoptWish:      "认领心愿",
	identity.TendNeighbours: "照看左邻右舍和希望树",
	identity.AskAffairs:     "对公开事项提问",
	identity.EnterAffairs:   "录入公开事项、答复",
	identity.ReviewAffairs:  "审核公开事项",
	identity.SetAffairs:     "定多久公开一次",
	identity.SetFund:        "设立资金、定额度",
	identity.DraftVoucher:   "填资金凭单",
	identity.ApproveVoucher: "复核别人填的资金凭单",
	identity.SeeAccounts:    "看未入账凭单、票据，对账",
	identity.VerifyResident: "核实居民",
	identity.SeePerson:      "看未脱敏信息(留痕)",
	identity.ImportRoster:   "导入户籍册",
	identity.GrantRole:      "授予角色",
	identity.SeeDepartment:  "看部门工作台",
	identity.CallMeeting:    "召集联席会议、三会，写并公布纪要",
	identity.ConfirmMinutes: "核对别人写的纪要",
	identity.AnswerMeeting:  "代表单位回复会议邀请、汇报任务",
	identity.AttendMeeting:  "会前提意见、旁听、当居民代表",
	identity.CallWhistle:    "吹哨、约请",
	identity.AnswerWhistle:  "代表单位应答吹哨",
	identity.WatchWhistle:   "督办吹哨",
	identity.SeeCatalogue:   "看任务清单",
	identity.SetCatalogue:   "导入任务清单",
	identity.SeeStatistics:  "看回应时间统计",
	identity.ReadStatistics: "看公开的回应时间",
	identity.AssistEntry:    "代录",
	identity.EditPhrases:    "改常用回复",
}

func TestTheTableIsPrinted(t *testing.T) {
	t.Parallel()
	const file = "../../docs/permissions.md"
	var b bytes.Buffer
	b.WriteString("# 权限表 Permissions\n\n由 `go test ./internal/identity -update` 从代码生成，请勿手改。 " +
		"Generated from `internal/identity/permission.go`; do not edit.\n\n" +
		"角色在其所在节点及下级有效，不及上级与同级；居民身份只在本社区有效。 " +
		"A role reaches its node and everything below, never up or sideways; a resident's standing is one community's.\n\n" +
		"●：可以 allowed。共建方只在自己的板块内、部门只在自己的工作台 partners only on their own board, departments only at their own desk: ◐ 亦可进入未指明板块的工作台 also a desk that names no board; ○ 不限板块 whatever the board。\n\n|  |")
	for _, s := range identity.Standings() {
		b.WriteString(" " + columns[s] + " |")
	}
	b.WriteString("\n|" + strings.Repeat(" --- |", len(identity.Standings())+1) + "\n")
	for _, rule := range identity.Table() {
		if rows[rule.Verb] == "" {
			t.Errorf("%s has no Chinese words", rule.Verb)
		}
		fmt.Fprintf(&b, "| %s `%s` |", rows[rule.Verb], rule.Verb)
		for _, s := range identity.Standings() {
			b.WriteString(" " + mark(rule, s) + " |")
		}
		b.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile(file, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	printed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(printed, b.Bytes()) {
		t.Error("docs/permissions.md is not what the table says; run go test ./internal/identity -update and read the difference")
	}
}

func mark(r identity.Rule, s identity.Standing) string {
	switch {
	case !slices.Contains(r.Allow, s):
		return ""
	case boards[s] != "" && r.Reach == identity.OwnDesk:
		return "◐"
	case boards[s] != "" && r.Reach == identity.EveryBoard:
		return "○"
	}
	return "●"
}
