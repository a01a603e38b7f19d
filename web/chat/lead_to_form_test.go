package chat

import "testing"

func TestABoardIsNamedInFrontAndNotMerelyBegunWith(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, said string
		theirs     bool
	}{
		{"左邻右舍：借一下梯子", "借一下梯子", true},
		{"左邻右舍: 借一下梯子", "借一下梯子", true},
		{"【左邻右舍】送一张书桌", "送一张书桌", true},
		{"#左邻右舍# 送一张书桌", "送一张书桌", true},
		{" 左邻右舍\n送一张书桌\n自取", "送一张书桌\n自取", true},
		{"左邻右舍", "", true},
		{"左邻右舍都说楼道灯坏了", "", false},
		{"左邻右舍，楼道灯坏了", "", false},
		{"请左邻右舍：小声一点", "", false},
		{"楼道灯坏了", "", false},
		{"", "", false},
	} {
		if said, theirs := named(c.text, "左邻右舍"); said != c.said || theirs != c.theirs {
			t.Errorf("%q: %q, %v", c.text, said, theirs)
		}
	}
}
