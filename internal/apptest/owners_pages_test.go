package apptest_test

import (
	"strings"
	"testing"
	"time"

	"jushou/internal/apptest"
)

// deedsOf is a register of the estate 荷香苑: 林阿姨 with a space, 王师傅, a couple, three without accounts, and what the developer has not sold.
const deedsOf = "小区,楼栋,室号,用途,面积,面积来源,出售情况,业主,手机,证件后四位\n" +
	",3号楼,503,住宅,64.37,登记,,林桂兰,13900010001,\n荷香苑,地下车库,B1-001,车位,12.60,登记,,林桂兰,13900010001,\n" +
	",3号楼,504,住宅,92.18,登记,,王建国,13900010006,\n,3号楼,601,住宅,88.52,登记,,赵甲、钱乙,,1111、2222\n" +
	",3号楼,602,住宅,64.37,登记,,孙丙,,3333\n,3号楼,603,住宅,64.37,登记,,李丁,,4444\n,3号楼,604,住宅,92.18,登记,,周戊,,5555\n,1号楼,101,住宅,88.52,登记,未售,,,\n"

// ownersHouse is a house in which owners decide, with everybody who has a hand in it.
type ownersHouse struct {
	*apptest.House
	t  *testing.T
	at string // the decision at the desk
	id string
}

func (h *ownersHouse) as(who string) *apptest.Phone { return h.Phone(who) }

// known is the phone of somebody who is signed in already, as programs need it.
func (h *ownersHouse) known(who string) *apptest.Phone {
	p := h.as(who)
	p.Get("/me").Want(200)
	return p
}

// seat opens the line of the roll at a door, for somebody of the desk.
func (h *ownersHouse) seat(who, door string) *apptest.Page {
	h.t.Helper()
	found := h.as(who).Get(h.at+"/roll?at="+door).Attrs(".row-text a", "href")
	if len(found) != 1 {
		h.t.Fatalf("at %s there are %d lines", door, len(found))
	}
	return h.as(who).Get(found[0])
}

func (h *ownersHouse) proof() []apptest.File {
	return []apptest.File{{Field: "files", Name: "a.jpg", Body: picture(h.t, 7)}}
}

// registers brings the register: first with faults, of which nothing is kept.
func (h *ownersHouse) registers() {
	const desk = "/desk/c/hexiang/owners"
	file := func(body string) []apptest.File {
		return []apptest.File{{Field: "file", Name: "业主.csv", Body: []byte(body)}}
	}
	bad := deedsOf + ",3号楼,503,住宅,60,登记,,吴己,,\n,3号楼,104,住宅,0,登记,,郑庚,,\n,地下车库,B1-9,车位,12.60,登记,,王辛,,\n"
	h.as("chen").Get(desk).SubmitFiles("/owners", file(bad)).Want(422, "第 10 行", "是同一套", "第 11 行：面积是 0", "第 12 行：这个车位不在哪幢楼里", "这次什么也没有存")
	read := h.as("chen").Get(desk).SubmitFiles("/owners", file(deedsOf)).Want(200, "8 处，7 人", "开发商没卖出的 1 处")
	read.Submit("/decide", "do", "confirm").Want(200)
	for _, who := range []string{"lin", "wang"} {
		h.as(who).Get("/c/hexiang/units").Submit("/units").Want(200, "3号楼 50")
	}
}

// drafts fills the wizard in, first with scopes that say nothing lawful.
func (h *ownersHouse) drafts() {
	const polls = "/desk/c/hexiang/polls"
	form := h.as("chen").Get(polls+"/new?label=owners").Want(200, "荷香苑业主大会议事规则", "哪个小区", "十五天")
	opens := h.Clock.Now().In(time.FixedZone("", 8*3600)).AddDate(0, 0, 16)
	said := []string{
		"question", "用维修资金修屋面吗？", "options", "同意\n不同意", "method", "owners", "matter", "5", "non_return", "majority", "paper", "2", "mandates", "1", "abstain", "1",
		"opens", opens.Format("2006-01-02T15:04"), "closes", opens.AddDate(0, 0, 7).Format("2006-01-02T15:04"),
	}
	for _, wrong := range [][]string{
		{"owners_scope", "building"}, {"owners_scope", "unit", "one_building", "hexiang-3"}, {"owners_scope", "area", "one_building", "hexiang-3"},
	} {
		form.Submit("/polls", append(wrong, said...)...).Want(422, "全体业主不要选楼", "用维修资金修屋面吗？")
	}
	form.Submit("/polls", append([]string{"estate", "hexiang-e2", "owners_scope", "building", "one_building", "hexiang-3"}, said...)...).Want(422, "楼也要在这个小区里")
	drafted := form.Submit("/polls", append([]string{"estate", "hexiang-e1", "owners_scope", "area"}, said...)...).Want(200, "满十五天")
	h.at = drafted.Path
	h.id = h.at[strings.LastIndex(h.at, "/")+1:]
	drafted.Submit("/list").Want(200, "正在生成名册")
	sweep(h.t, h.House)
	h.as("chen").Get(h.at+"/roll").Want(200, "3号楼 503", "2 处，76.97 m²").Not("13900010001", "林桂兰")
	h.as("lin").Get("/v/"+h.id).Want(200, "3号楼 503、地下车库 B1-001，76.97 m²", "名册上有您")
	// The closing instant falls between two rounds of the sweep, which come every five seconds.
	until := map[string]string{"opens_at": instant(opens.Truncate(time.Minute)), "closes_at": instant(opens.Truncate(time.Minute).AddDate(0, 0, 7).Add(2500 * time.Millisecond)), "reason": "多留两秒半"}
	h.known("chen").Call("POST", "/api/v1/polls/"+h.id+"/postponement", until, nil).Want(200)
	h.Clock.Set(opens.Add(time.Second))
	sweep(h.t, h.House)
}

func instant(at time.Time) string { return at.UTC().Format(time.RFC3339Nano) }

// TestOwnersDecideByTheirPages from the register to the ballots: by phone, on paper that two people read, by proxy and by silence, with what is refused
// on the way.
func TestOwnersDecideByTheirPages(t *testing.T) {
	t.Parallel()
	h := &ownersHouse{House: apptest.Open(t), t: t}
	h.registers()
	h.drafts()

	// By phone, and then nothing on paper; an option that is none; the same ballot twice; somebody who owns nothing.
	ballot := h.as("lin").Get("/v/" + h.id)
	ballot.Submit("/confirm", "o", "9").Want(422, "有一项不在这次表决里")
	confirm := ballot.Submit("/confirm", "o", "0").Want(200, "请确认您的选择")
	first := confirm.Submit("/ballot").Want(200, "投票凭证").Attr("[data-receipt]", "data-commit")
	if again := confirm.Submit("/ballot").Want(200).Attr("[data-receipt]", "data-commit"); again != first {
		t.Errorf("a double tap made a ballot of its own: %s and %s", first, again)
	}
	h.Neighbours("hexiang", 1)[0].Get("/v/"+h.id).Want(200, "名册上没有您")
	h.seat("chen", "3-503").Submit("/paper", "o", "1").Want(409, "已经在手机上投过")

	// On paper, and then nothing by phone; the same person twice; entries that differ until a third decides.
	h.seat("chen", "3-504").Submit("/paper", "o", "0").Want(200, "录了一遍，等另一位同事再录")
	waiting := h.as("wang").Get("/v/"+h.id).Want(200, "交了纸质票")
	h.as("wang").Post("/v/"+h.id+"/ballot", map[string][]string{"_csrf": {waiting.CSRF()}, "o": {"1"}}).Not("投票凭证")
	h.seat("chen", "3-504").Want(200, "您录过了，请另一位同事来录")
	h.as("gu").Get(h.at + "/papers").Want(200).Not("同意")
	h.seat("gu", "3-504").Submit("/paper", "o", "1").Want(200, "两遍不一样")
	h.as("gu").Get(h.at+"/papers").Want(200, "陈静录的是：同意", "顾海录的是：不同意")
	h.as("zhang").Get(h.at + "/papers").Want(200).Not("录的是")
	h.seat("zhang", "3-504").Submit("/paper", "o", "0").Want(200, "两遍一致，已经计入")
	for _, who := range []string{"chen", "gu"} {
		h.seat(who, "3-602").Submit("/paper", "spoilt", "unclear", "o", "0").Want(200)
	}

	// By proxy: not the property company, and not more than the vote allows.
	h.seat("chen", "3-603").SubmitFiles("/mandate", h.proof(), "kind", "mandate", "phone", "13900010009").Want(404) // no resident here
	h.seat("chen", "3-603").SubmitFiles("/mandate", h.proof(), "kind", "mandate", "phone", "13900010001").Want(200, "登记好了")
	h.seat("chen", "3-604").SubmitFiles("/mandate", h.proof(), "kind", "mandate", "phone", "13900010001").Want(409, "已经满 1 份")
	h.as("lin").Get("/v/"+h.id).Want(200, "您受委托为 3号楼 李*", "替 3号楼 李*")

	// Silence with its proof, and without a photo of it.
	h.seat("gu", "3-601").Submit("/serve", "method", "上门送达", "recipient", "赵甲本人").Want(422, "照片")
	h.seat("gu", "3-601").SubmitFiles("/serve", h.proof(), "method", "上门送达", "recipient", "赵甲本人").Want(200, "赵甲本人")
}
