package wxsim

import (
	"strings"
	"testing"
)

func TestFieldRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key, value string
		good       bool
	}{
		{"thing1", strings.Repeat("长", 20), true},
		{"thing12", strings.Repeat("长", 21), false},
		{"thing1", "", false},
		{"thing1", "  ", false},
		{"thing1", "一\n二", false},
		{"thing1", "一\x07", false},
		{"short_thing1", "五个字正好", true},
		{"short_thing1", "这里六个字呢", false},
		{"phrase1", "处理中", true},
		{"phrase1", "处理中1", false},
		{"phrase1", "六个汉字太长", false},
		{"character_string1", "LD-2026-0001", true},
		{"character_string1", "编号1", false},
		{"character_string1", strings.Repeat("a", 33), false},
		{"number1", "12.5", true},
		{"number1", "12元", false},
		{"letter1", "ABC", true},
		{"letter1", "AB1", false},
		{"symbol1", "!?#", true},
		{"symbol1", "abc", false},
		{"name1", strings.Repeat("王", 10), true},
		{"name1", strings.Repeat("王", 11), false},
		{"name1", strings.Repeat("a", 20), true},
		{"name1", "王" + strings.Repeat("a", 10), false},
		{"name1", "王5", false},
		{"time1", "15:01", true},
		{"time1", "2019年10月1日 15:01", true},
		{"time1", "2019-10-01 15:01:00", true},
		{"time1", "09:00~11:00", true},
		{"time1", "25:01", false},
		{"time1", "明天", false},
		{"date1", "2019年10月1日", true},
		{"date1", "2019/10/01~2019/10/03", true},
		{"date1", "15:01", false},
		{"amount1", "¥12800.00", true},
		{"amount1", "12800元", true},
		{"amount1", "12,800", false},
		{"phone_number1", "021-5600-0000", true},
		{"phone_number1", "电话", false},
		{"car_number1", "沪A12345", true},
		{"car_number1", "沪A12345678", false},
		{"const1", "已受理", true},
		{"mood1", "好", false},
	} {
		if err := checkField(c.key, c.value); (err == nil) != c.good {
			t.Errorf("%s = %q: %v, want good = %v", c.key, c.value, err, c.good)
		}
	}
}
