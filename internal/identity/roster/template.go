package roster

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// textFormat is the number format "@" of ECMA-376 18.8.30: what is typed stays as it was typed, so that 3-12
// does not become a date nor a telephone number an amount.
const textFormat = 49

// Template returns an empty workbook with the headings that Parse understands best, every column set to
// text.
func Template() ([]byte, error) {
	f := excelize.NewFile()
	defer f.Close()
	text, err := f.NewStyle(&excelize.Style{NumFmt: textFormat})
	if err != nil {
		return nil, fmt.Errorf("roster template: %w", err)
	}
	const sheet = "住户名册"
	header := []string{"小区", "楼栋", "室号", "姓名", "手机", "与户主关系", "备注"}
	var b bytes.Buffer
	err = errors.Join(
		f.SetSheetName("Sheet1", sheet),
		f.SetColStyle(sheet, "A:G", text),
		f.SetColWidth(sheet, "A", "G", 16),
		f.SetSheetRow(sheet, "A1", &header),
		f.Write(&b),
	)
	if err != nil {
		return nil, fmt.Errorf("roster template: %w", err)
	}
	return b.Bytes(), nil
}
