package desk

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"jushou/deliberation"
	"jushou/internal/community"
	"jushou/internal/identity/roster"
	"jushou/web/console"
	"jushou/web/view"
	"jushou/web/viewtest"
	"jushou/web/words"
)

var _ = flag.Bool("update", false, "write the golden pages")

func ago(d time.Duration) time.Time { return viewtest.Now().Add(-d) }

// chen is a member of staff.
func chen() *view.Person { return &view.Person{CSRF: "token", Known: true, Desk: true} }

func shell(title, current string) view.DeskPage {
	catalogue, _ := words.Load(words.Chinese)
	d := view.DeskPage{Title: title, Where: "罗和第一居民区", Who: "陈静", More: "/desk/c/luohe/more"}
	// A rail of a few places: that of the day would have to be drawn anew with every place that is added.
	for _, s := range console.Sections() {
		if s.Key != "queue" && s.Key != "residents" && s.Key != "notice" && s.Key != "duty" && s.Key != current {
			continue
		}
		item := view.RailItem{Icon: s.Icon, Text: catalogue.T("desk." + s.Key), Href: "/desk/c/luohe" + s.Path, Current: s.Key == current, Rare: s.Rare}
		if s.Key == "queue" {
			item.Count = 128
		}
		d.Rail = append(d.Rail, item)
	}
	return d
}

// late is a topic that nobody answered, written at the greatest length.
func late() view.DeskCard {
	return view.DeskCard{Do: "我来回应", Where: "罗和第一居民区", TopicCard: view.TopicCard{
		Href: "/desk/t/1", Title: strings.Repeat("电梯又停了", 8), Text: strings.Repeat("每天早上送孩子上学都要走楼梯，老人更不方便。", 6), Author: "欧阳*", Building: "27号楼",
		Board: "board.nearby", At: ago(20 * 24 * time.Hour), Status: view.Overdue, Clock: view.Clock{Phase: "town", Late: 26 * time.Hour},
	}}
}

func fresh() view.DeskCard {
	return view.DeskCard{Do: "我来回应", TopicCard: view.TopicCard{
		Href: "/desk/t/2", Title: "3号楼门口的路灯坏了", Author: "王**", Building: "3号楼", Board: "board.nearby", At: ago(time.Hour), Status: view.Waiting,
		Clock: view.Clock{Phase: "waiting", Next: ago(-4 * time.Hour), Start: ago(time.Hour), Due: ago(-4 * time.Hour)},
	}}
}

func TestQueuePages(t *testing.T) {
	t.Parallel()
	chips := []view.Chip{{Text: "待回应 999+", Href: "?filter=waiting", Current: true}, {Text: "已超时 80", Href: "?filter=overdue"}}
	pager := view.Pager{Total: 12800, Shown: 50, Order: "order.due", Step: 50, Next: "?after=x"}
	viewtest.Golden(t, "desk_queue", chen(), QueuePage(shell("待回应", "queue"), queueView{
		Filters: chips, Cards: []view.DeskCard{late(), fresh()}, Pager: pager, OnDuty: "陈静", NextRound: ago(-4 * time.Hour), Overdue: 80,
		Held: []heldComment{{ID: "c", Topic: "1", Who: "李*", Text: "加我微信代开发票", Hits: []string{"代开发票"}, At: ago(time.Hour)}},
	}))
	viewtest.Golden(t, "desk_queue_empty", chen(), QueuePage(shell("待回应", "queue"), queueView{Filters: chips, Empty: "queue.empty_waiting", OnDuty: "陈静", NextRound: ago(-4 * time.Hour)}))
	viewtest.Golden(t, "desk_queue_town", chen(), QueuePage(view.DeskPage{Title: "待回应", Where: "罗溪镇"}, queueView{
		Filters: chips, Cards: []view.DeskCard{late()}, Pager: pager, Below: []door{{Text: "罗和第一居民区", Href: "/desk/c/luohe"}},
	}))
}

func TestTopicPages(t *testing.T) {
	t.Parallel()
	topic := topicView{
		Here: "/desk/t/1", Public: "/t/1", Person: "/desk/c/luohe/residents/a", May: deliberation.May{Answer: true, Hold: true, Hide: true},
		Hits: []string{"发票"}, Versions: []deliberation.Version{{Until: ago(time.Hour), Body: "先前写的"}},
		Story: view.Thread{
			Title: "楼顶漏水流到五楼墙面", Text: "连下三天雨，楼顶渗水。", Author: "莫**", Building: "3号楼", Board: "board.nearby", At: ago(7 * 24 * time.Hour), Status: view.Overdue,
			Clock: view.Clock{Phase: "town", Late: 7 * 24 * time.Hour},
			Story: []view.Moment{{Who: "莫**", What: "story.topic.posted", At: ago(7 * 24 * time.Hour)}, {What: "story.step.listed", At: ago(6 * 24 * time.Hour)}},
			Total: 2, Comments: []view.Comment{{ID: "c1", Who: "李*", Building: "5号楼", Text: "我家也漏了。", At: ago(time.Hour)}, {ID: "c2", Who: "王**", Building: "1号楼", Text: "加我微信", At: ago(time.Minute), Hidden: true}},
		},
		Answer: answerForm{Token: "token", Body: "已看到。"}, Phrases: []view.Phrase{{Key: "phrase.seen", Text: "您好，您反映的情况我们已经看到。"}},
	}
	viewtest.Golden(t, "desk_topic", chen(), TopicPage(shell("议题", "queue"), topic))
	topic.Answered = true
	topic.Answer.Problems = view.Problems{Status: 422, Summary: "有一处填得不对，请看红字提示改一下。", Fields: map[string]string{"body": "还没有写字，写一句再发。"}}
	topic.Check = moderation{Step: "hide", Reason: "广告", Problems: view.Problems{Summary: "刚才有人先改过了，请看一下最新内容再操作。"}}
	viewtest.Golden(t, "desk_topic_refused", chen(), TopicPage(shell("议题", "queue"), topic))
	viewtest.Golden(t, "desk_again", chen(), AgainPage(againView{
		To: "/desk/t/1/answer", Typed: []typed{{"body", "明天来焊。"}}, Carried: []typed{{"token", "x"}}, Problems: view.Problems{Summary: "这一页放得有点久，请再点一次发送，写好的内容还在。"},
	}))
}

func TestResidentPages(t *testing.T) {
	t.Parallel()
	claims := []claim{
		{Account: "a", Home: "luohe.b3.502", Name: "买买提·艾力江", Phone: "139****0002", Where: "12号楼 2-1502", Since: ago(20 * time.Hour), Hint: "residents.hint_others", Listed: 3, To: "/desk/c/luohe/residents/a"},
		{Account: "b", Home: "luohe.b3.503", Name: "王芳", Phone: "139****0003", Where: "3号楼 503", Since: ago(time.Hour), Hint: "residents.hint_name", To: "/desk/c/luohe/residents/b", Rejected: rejection{Account: "b", Problems: view.Problems{Summary: "有一处填得不对，请看红字提示改一下。", Fields: map[string]string{"reason": "请写一句原因。"}}}},
	}
	viewtest.Golden(t, "desk_residents", chen(), ResidentsPage(shell("核对住址", "residents"), residentsView{Claims: claims, Pager: view.Pager{Total: 2, Order: "order.oldest"}}))
	viewtest.Golden(t, "desk_residents_empty", chen(), ResidentsPage(shell("核对住址", "residents"), residentsView{}))
	viewtest.Golden(t, "desk_person", chen(), PersonPage(shell("姓名和手机", "residents"), personView{Seen: true, Name: "王芳", Phone: "13900010002", Homes: []string{"3号楼 503 · 已认证"}}))
}

func TestImportPages(t *testing.T) {
	t.Parallel()
	i := roster.Import{ID: "i", State: roster.Previewed, FileName: "罗和一居住户名册（2026年11月最新最终版）.xlsx", Rows: 1280, Errors: 2, FaultTotal: 5, At: ago(time.Hour)}
	faults := []faultLine{
		{Where: "第 12 行 E 列", Text: "手机号“1391234”不对，应该是 11 位。", Error: true},
		{Where: "3号楼 · 第 318 行 B 列", Text: "“三号搂”看不懂是哪栋楼。", Error: true},
		{Where: "第 40 行", Text: "和第 39 行是同一个人，只算一次。"},
	}
	sorts := []view.Chip{{Key: "import.sort_weight", Href: "?sort=weight", Current: true}, {Key: "import.sort_row", Href: "?sort=row"}}
	at := func(i roster.Import, percent int) importView {
		return importView{Import: i, To: "/desk/c/luohe/import/i", State: "import.state_" + string(i.State), Percent: percent}
	}
	bad := at(i, 0)
	bad.Faults, bad.Sorts, bad.Cut = faults, sorts, true
	viewtest.Golden(t, "desk_import_faults", chen(), ImportPage(shell(i.FileName, "import"), bad))
	i.Errors, i.Total = 0, 640
	i.Counts = roster.Counts{Homes: roster.Tally{New: 40, Changed: 8, Unchanged: 592}, People: roster.Tally{New: 97, Changed: 3, Unchanged: 1180, Gone: 6}}
	viewtest.Golden(t, "desk_import_preview", chen(), ImportPage(shell(i.FileName, "import"), at(i, 0)))
	i.State, i.Applied = roster.Applying, 256
	viewtest.Golden(t, "desk_import_progress", chen(), ImportPage(shell(i.FileName, "import"), at(i, 40)))
	i.State, i.Applied, i.EndedAt = roster.Done, 640, ago(time.Minute)
	done := at(i, 100)
	done.Left = []string{"3号楼 502"}
	viewtest.Golden(t, "desk_import_done", chen(), ImportPage(shell(i.FileName, "import"), done))
	viewtest.Golden(t, "desk_imports", chen(), ImportsPage(shell("导入名册", "import"), importsView{
		To: "/desk/c/luohe/import", Recent: []importLine{{Name: i.FileName, Href: "#", State: "import.state_done", Import: i}},
		Problems: view.Problems{Summary: "有一处填得不对，请看红字提示改一下。", Fields: map[string]string{"file": "还没有选文件，请选一个 .xlsx 或 .csv 再点。"}},
	}))
}

func TestFigurePages(t *testing.T) {
	t.Parallel()
	measured := deliberation.ClockStats{Clock: "response", Topics: 48, Answered: 40, Waiting: 5, Never: 3, Mean: 9 * time.Hour, Median: 4*time.Hour + 20*time.Minute, P90: 22 * time.Hour}
	windows := []view.Chip{{Text: "近 30 天", Current: true}, {Text: "近 90 天"}}
	viewtest.Golden(t, "desk_stats", chen(), StatsPage(shell("回应时间", "stats"), statsView{Windows: windows, Clocks: []clockView{drawn(measured)}}))
	viewtest.Golden(t, "desk_stats_few", chen(), StatsPage(shell("回应时间", "stats"), statsView{Windows: windows, Clocks: []clockView{drawn(deliberation.ClockStats{Clock: "response", Suppressed: true})}}))
	viewtest.Golden(t, "desk_rounds", chen(), RoundsPage(shell("巡查记录", "rounds"), []roundLine{
		{Round: deliberation.Round{At: ago(20 * time.Hour), Listed: 3, Secretary: 1}, Duty: "陈静", Late: 3 * time.Hour},
		{Round: deliberation.Round{At: ago(90 * 24 * time.Hour), ToTown: 1}},
	}, view.Pager{Total: -1, Shown: 2, Order: "rounds.order"}))
}

func TestOtherPages(t *testing.T) {
	t.Parallel()
	viewtest.Golden(t, "desk_stranger", viewtest.Resident(), StrangerPage("/c/luohe"))
	viewtest.Golden(t, "desk_entry", chen(), EntryPage("陈静", []door{{Text: "罗和第一居民区", Detail: "居委干部", Icon: "desk", Href: "/desk/c/luohe"}, {Text: "罗溪镇", Icon: "desk", Href: "/desk/town/luoxi"}}))
	viewtest.Golden(t, "desk_login", &view.Person{}, LoginPage(loginView{Code: "/desk/login/x.png", Sandbox: true, Next: "/desk"}))
	viewtest.Golden(t, "desk_roles", chen(), RolesPage(view.DeskPage{Title: "角色", Where: "罗和第一居民区"}, rolesView{
		Node: community.Node{ID: "luohe"}, Holders: []holder{{Account: "a", Name: "陈静", Title: "居委干部", Role: "staff"}},
		Grant: grantForm{Phone: "138", Problems: view.Problems{Summary: "有一处填得不对，请看红字提示改一下。", Fields: map[string]string{"phone": "手机号填得不对，请填 11 位的手机号。"}}},
	}))
}

func TestFaultsAreSortedAsAsked(t *testing.T) {
	t.Parallel()
	line := func(row int, letter, code string) faultLine {
		return faultLine{Where: letter, fault: roster.Fault{Row: row, Letter: letter, Code: code}}
	}
	for by, want := range map[string]string{"": "C AA B", "row": "AA B C", "column": "B C AA", "kind": "B AA C"} {
		lines := []faultLine{line(9, "C", "z"), line(2, "AA", "m"), line(5, "B", "a")}
		sortFaults(lines, by)
		if got := lines[0].Where + " " + lines[1].Where + " " + lines[2].Where; got != want {
			t.Errorf("by %q: %s, want %s", by, got, want)
		}
	}
}

func TestTimesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"09:00 14:00": "09:00|14:00", "8：30、18:00": "8:30|18:00", " 9:00，\n20:00；": "9:00|20:00", "": ""} {
		if got := strings.Join(times(text), "|"); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestDevicesAreNamedAsTheirOwnersWould(t *testing.T) {
	t.Parallel()
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/134.0 Safari/537.36 Edg/134.0": "Edge · Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1":                   "Safari · iPhone",
		"curl/8": "",
	} {
		if got := device(agent); got != want {
			t.Errorf("%s: %q, want %q", agent, got, want)
		}
	}
}

// TestEveryFaultOfARosterHasASentence reads the codes where they are declared.
func TestEveryFaultOfARosterHasASentence(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../internal/identity/roster/fault.go")
	if err != nil {
		t.Fatal(err)
	}
	catalogue, err := words.Load(words.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	codes := regexp.MustCompile(`= "(roster\.\w+)"`).FindAllStringSubmatch(string(source), -1)
	if len(codes) < 20 {
		t.Fatalf("found only %d codes", len(codes))
	}
	for _, c := range codes {
		if !catalogue.Has("fault." + c[1]) {
			t.Errorf("no sentence for fault.%s", c[1])
		}
	}
}
