package roster

import "jushou/internal/sheet"

// Template returns an empty workbook with the headings that Parse understands best.
func Template() ([]byte, error) {
	return sheet.Template("住户名册", []string{"小区", "楼栋", "室号", "姓名", "手机", "与户主关系", "备注"})
}
