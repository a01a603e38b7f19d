package apptest_test

import (
	"strings"
	"testing"

	"jushou/internal/apptest"
)

const formerHead = "年度,项目名称,类别,地点,牵头单位,立项日期,完成日期,预算,实际支出,资金来源,一句话成果,居民评价\n"

// bringFormer uploads a table of earlier years, as somebody at the desk of hexiang.
func bringFormer(h *apptest.House, who, body string) *apptest.Page {
	return h.Phone(who).Get("/desk/c/hexiang/former").SubmitFiles("/former", []apptest.File{{Field: "file", Name: "往年项目.csv", Body: []byte(body)}})
}

// TestEarlierYearsAreBroughtByTheirPages from the template to the showroom, with a file full of faults and the same file again.
func TestEarlierYearsAreBroughtByTheirPages(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	const desk = "/desk/c/hexiang/former"
	good := formerHead + "2025,楼道扶手,工程,1号楼,第二党支部,2025-03-18,2025-06-02,24000,23180.50,公益金,老人上楼有处扶了,4.6\n2024,暑托班课桌,货物,,邻里中心,,,8000,7960,自筹,孩子们有地方写作业了,\n"

	h.Phone("chen").Get("/desk/c/hexiang/projects").Want(200, "往年项目")
	h.Phone("chen").Get(desk).SubmitFiles("/former", nil).Want(422, "请先选一个文件")
	bringFormer(h, "chen", "姓名,手机\n王五,1\n").Want(422, "没有找到表头")
	bringFormer(h, "chen", strings.Replace(good, "预算", "备注", 1)).Want(422, "表头少了这几列：预算")

	// One bad row, and nothing of the file is taken.
	bad := good + "2026,车棚,工程,,支部,,,-1,0.005,无,好,\n"
	page := bringFormer(h, "chen", bad).Want(200, "有 3 处要改", "第 4 行", "A 列", "还没有过完", "“-1”是负数", "“0.005”不到一分钱")
	if len(page.Attrs("form[action$='/confirm']", "action")) > 0 {
		t.Error("a file with faults can be confirmed")
	}
	h.Browser().Get("/open/c/hexiang/showroom").Not("楼道扶手")

	preview := bringFormer(h, "chen", good).Want(200, "新增 2 个", "楼道扶手", "预算 ¥24,000.00，实际支出 ¥23,180.50")
	done := preview.Submit("/confirm").Want(200, "往年项目导入好了", "这份文件导入的项目 2 个", "陈静")
	preview.Submit("/confirm").Want(200, "这份文件导入的项目 2 个") // the same tap again

	story := done.Attrs("a[href$='/story']", "href")[0]
	h.Browser().Get(story).Want(200, "由往年资料导入", "老人上楼有处扶了", "第二党支部", "4.6 分", "不在本平台的资金台账里").Not("居民评价结果")
	h.Browser().Get("/open/c/hexiang/showroom").Want(200, "楼道扶手", "由往年资料导入", "孩子们有地方写作业了")
	h.Browser().Get("/open/c/hexiang/projects").Want(200, "楼道扶手", "2025 年度", "往年资料")
	id := strings.TrimSuffix(strings.TrimPrefix(story, "/open/p/"), "/story")
	h.Phone("lin").Get("/p/"+id).Want(200, "由往年资料导入")
	h.Phone("chen").Get("/desk/c/hexiang/projects/"+id).Want(200, "由往年资料导入")
	h.Browser().Get("/open/p/"+id+"/poster").Want(200, "楼道扶手")

	// The same file again, then a corrected one: no second project, and the change is told.
	bringFormer(h, "zhang", good).Want(200, "文件里的项目都已经有了")
	fixed := bringFormer(h, "zhang", strings.Replace(good, "23180.50", "23180", 1)).Want(200, "更正 1 个", "¥23,180.50", "为什么更正")
	fixed.Submit("/confirm").Want(422)
	fixed.Submit("/confirm", "reason", "发票是 23180 元整").Want(200, "更正 1 个")
	h.Browser().Get(story).Want(200, "更正过的地方", "发票是 23180 元整", "¥23,180.00")
	if n := strings.Count(h.Browser().Get("/open/c/hexiang/showroom").Text(), "楼道扶手"); n != 1 {
		t.Errorf("the showroom has it %d times", n)
	}
	h.Phone("town").Get("/desk/town/luoxi/former").Want(200, "往年项目按居村导入")
	h.Phone("town").Get(desk).Want(200, "下载空白模板", "往年项目.csv")
	h.Phone("lin").Get(desk).Want(403)
}
