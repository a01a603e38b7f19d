package apptest_test

import (
	"strings"
	"testing"

	"jushou/internal/apptest"
)

// TestASecretaryChangesWhatIsPromised walks the page: nothing typed is lost to a refusal, a colleague's change is seen
// before it is written over, everybody reads who changed what and why, and what was promised before stays.
func TestASecretaryChangesWhatIsPromised(t *testing.T) {
	t.Parallel()
	const desk, open = "/desk/c/hexiang/promises", "/open/c/hexiang/promises"
	h := apptest.Open(t)
	zhang, town, chen, lin := h.Phone("zhang"), h.Phone("town"), h.Phone("chen"), h.Phone("lin")
	topic := lin.Get("/c/hexiang/post").Submit("/c/hexiang/post", "body", "三号楼门禁昨晚起刷不开了").Want(200).Path
	chen.Get("/desk"+topic).Submit("/answer", "body", "已报修，工程师今天下午到。").Want(200)
	promised := lin.Get(topic).Want(200, "前答复办不办").All(".clock")
	if len(promised) == 0 {
		t.Fatal("no promise is on the page")
	}

	chen.Get(desk).Want(403)
	form := zhang.Get(desk).Want(200, "一件也不变", "2 个工作日内答复办不办")
	late := town.Get(desk).Want(200)
	bad := form.Submit("/promises", "accept", "两天", "resolve", "1000", "close", "0", "on.superior", "", "days.secretary", "5", "days.town", "3", "reason", "").
		Want(422, "请填 1 到 250 之间的整数", "请填 1 到 90 之间的整数", "一级要比一级晚", "请写一句为什么改")
	for field, typed := range map[string]string{"accept": "两天", "resolve": "1000", "close": "0", "days.secretary": "5"} {
		if got := bad.Typed("/promises", field); got != typed {
			t.Errorf("%s came back as %q", field, got)
		}
	}
	bad.Submit("/promises", "accept", "3", "resolve", "15", "close", "10", "days.secretary", "2", "days.town", "4", "reason", "春节前后人手少").
		Want(200, "新的时限已保存", "3 个工作日内答复办不办", "春节前后人手少")

	seen := late.Submit("/promises", "accept", "1", "reason", "镇里统一").Want(409, "刚才有同事改过", "3 个工作日内答复办不办")
	if seen.Typed("/promises", "accept") != "1" || seen.Typed("/promises", "reason") != "镇里统一" {
		t.Error("what the town typed is lost")
	}
	seen.Submit("/promises").Want(200, "新的时限已保存", "1 个工作日内答复办不办")
	town.Get(desk).Submit("/promises", "reason", "再按一次").Want(200, "没有改动")

	h.Settle()
	for _, who := range []*apptest.Phone{h.Browser(), lin} {
		page := who.Get(open).Want(200, "1 个工作日内答复办不办", "镇里统一", "春节前后人手少", "张国强", "已经答应过的")
		if text := page.Text(); strings.Index(text, "镇里统一") > strings.Index(text, "春节前后人手少") {
			t.Error("the history does not begin with the latest")
		}
	}
	h.Browser().Get("/open/c/hexiang").Want(200, "1 个工作日内答复办不办", "改过几次")
	if now := lin.Get(topic).All(".clock"); strings.Join(now, "|") != strings.Join(promised, "|") {
		t.Errorf("a promise that was made moved:\n%q\n%q", promised, now)
	}
}
