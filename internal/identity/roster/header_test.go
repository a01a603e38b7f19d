package roster

import "testing"

func TestAHeadingNamesOneColumnOnly(t *testing.T) {
	t.Parallel()
	seen := map[string]Column{}
	for col, names := range headings {
		for i, name := range names {
			if other, ok := seen[name]; ok {
				t.Errorf("%s is a heading of %s and %s", name, col, other)
			}
			seen[name] = col
			if got, rank, ok := heading(name); !ok || got != col || rank != i {
				t.Errorf("heading(%q) = %s, %d, %v; want %s, %d", name, got, rank, ok, col, i)
			}
		}
	}
	if len(seen) < 80 {
		t.Errorf("%d headings only", len(seen))
	}
}

func TestHeadingsOfOtherThingsAreNone(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{
		"", "序号", "身份证号", "紧急联系人电话", "紧急联系人姓名", "户籍地址", "网格员姓名", "工作单位地址", "房东电话", "曾用名", "年龄",
		"罗和居民区住户姓名电话登记表（2026年）", "请核对：“姓名2”这一列没有读",
	} {
		if col, _, ok := heading(cell); ok {
			t.Errorf("%q was taken for %s", cell, col)
		}
	}
}
