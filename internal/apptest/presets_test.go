package apptest_test

import (
	"testing"

	"jushou/internal/apptest"
)

// TestPresetsOverHTTP changes and copies the rules of projects on the desk: all faults at once with nothing lost, a version that
// somebody else saved meanwhile, and what goes on under the versions before.
func TestPresetsOverHTTP(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	zhang, town, chen, lin := h.Phone("zhang"), h.Phone("town"), h.Phone("chen"), h.Phone("lin")
	const list = "/desk/c/hexiang/presets"
	zhang.Get("/desk/c/hexiang/more").Want(200, "项目办法")
	zhang.Get(list).Want(200, "罗溪镇举手制", "民生微实事")
	chen.Get(list).Want(403)
	lin.Get(list).Want(403)

	form := zhang.Get(list + "/jushou/edit").Want(200)
	first, late := form, zhang.Get(list+"/jushou/edit").Want(200)
	back := form.Submit("/edit", "name", "", "notice_days", "很久", "envelope", "abc", "cap_goods", "-1", "count", "0").
		Want(422, "请写办法的名字", "公示天数要在", "年度额度填得不对", "单项上限填得不对", "附议门槛填得不对")
	for field, typed := range map[string]string{"notice_days": "很久", "envelope": "abc", "cap_goods": "-1", "count": "0"} {
		if got := back.Typed("/edit", field); got != typed {
			t.Errorf("%s came back as %q", field, got)
		}
	}
	saved := first.Submit("/edit", "name", "荷香举手制", "notice_days", "5").Want(200, "现在用的是第 3 版", "荷香举手制", "按以前的版本走", "公示 5 天")
	saved.Want(200, "系统自带", "罗溪镇举手制")
	again := late.Submit("/edit", "name", "荷香办法", "note", "我写的说明").Want(409, "别人刚改过这套办法", "荷香举手制", "公示 5 天")
	if again.Typed("/edit", "note") != "我写的说明" {
		t.Error("what was typed is lost")
	}
	again.Submit("/edit").Want(200, "现在用的是第 4 版", "我写的说明")

	copied := zhang.Get(list + "/chuangtou/copy").Want(200)
	copied.Submit("/copy", "key", "jushou", "name", "荷香创投").Want(409, "这个代号已经有一套办法了")
	copied.Submit("/copy", "name", "荷香创投").Want(200, "现在用的是第 1 版", "需求是否真实 25")
	lin.Get("/c/hexiang/projects/new").Want(200, "荷香创投", "荷香办法")

	town.Get("/desk/town/luoxi/presets/jushou").Want(200, "现在用的是第 2 版").Not("荷香举手制")
	town.Get("/desk/town/luoxi/presets/jushou/edit").Submit("/edit", "count", "6").Want(200, "现在用的是第 3 版", "6 人")
	zhang.Get(list+"/jushou").Want(200, "现在用的是第 4 版")
}
