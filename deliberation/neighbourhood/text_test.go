package neighbourhood_test

import (
	"testing"

	"jushou/deliberation/neighbourhood"
)

func TestPricesAndNumbersAreNoticedGently(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"50元拿走": true, "５０ 元": true, "¥20": true, "￥ 20": true, "二十块钱": true, "原价三百元，现在送": true, "两元一个": true, "100块": true, "五十 rmb 5rmb": true,
		"三块毛巾": false, "送 3 块木板": false, "一元复始": false, "二元一次方程的辅导书": false, "元旦一起包饺子": false, "3号楼503": false, "": false,
	} {
		if got := neighbourhood.NamesPrice(text); got != want {
			t.Errorf("price in %q: %v", text, got)
		}
	}
	for text, want := range map[string]bool{
		"打我电话13812345678": true, "138 1234 5678": true, "138-1234-5678 找我": true, "１３８１２３４５６７８": true,
		"快递单号 9138123456781": false, "2026年3月": false, "12345678901": false,
	} {
		if got := neighbourhood.NamesNumber(text); got != want {
			t.Errorf("number in %q: %v", text, got)
		}
	}
}
