package roster

import (
	"regexp"
	"strconv"
	"strings"

	"jushou/internal/identity"
	"jushou/internal/sheet"
)

var (
	scientific = regexp.MustCompile(`^([0-9])(?:\.([0-9]+))?[eE]\+?([0-9]{1,2})$`)
	pointZero  = regexp.MustCompile(`^([0-9]+)\.0+$`)
	nothing    = regexp.MustCompile(`^(?:无|没有|不详|未知|暂无|空|[-—/\\0]+|none|n/?a)$`)
	landline   = regexp.MustCompile(`^(?:\(?0[0-9]{2,3}\)?[- ]?)?[2-8][0-9]{6,7}(?:[-转][0-9]{1,5})?$`)
	parted     = regexp.MustCompile(`[、,;/|\n\r]|或`)
	remark     = regexp.MustCompile(`[((【\[]([^))】\]]*)[))】\]]`)
	names      = regexp.MustCompile(`[、,;/&\n]`)
	gone       = regexp.MustCompile(`已故|死亡|去世|亡故|注销`)
)

// plainNumber undoes what a spreadsheet does to numbers: 501.0 and 1.3800138E10. Other texts stay.
func plainNumber(s string) string {
	if m := pointZero.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	if m := scientific.FindStringSubmatch(s); m != nil {
		if f, err := strconv.ParseFloat(s, 64); err == nil && f < 1e15 {
			return strconv.FormatFloat(f, 'f', 0, 64)
		}
	}
	return s
}

// rounded reports whether a number in scientific form shows so few digits that some may be missing: a
// narrow column shows five behind the point, and CSV keeps what was shown.
func rounded(s string) bool {
	m := scientific.FindStringSubmatch(s)
	return m != nil && len(m[2]) <= 5
}

// complaint is a fault before it knows its place.
type complaint struct {
	code     string
	severity Severity
	args     []any // name, value, name, value
}

// phones takes a cell apart into mobile numbers.
func phones(cell string) (found []string, wrong []complaint) {
	whole := sheet.Fold(cell)
	if nothing.MatchString(strings.ToLower(whole)) || whole == "" {
		return nil, nil
	}
	if p, err := identity.ParsePhone(plainNumber(whole)); err == nil && !rounded(whole) {
		return []string{p}, nil
	}
	for _, piece := range parted.Split(foldLines(cell), -1) {
		if piece = sheet.Fold(piece); piece == "" || nothing.MatchString(piece) {
			continue
		}
		p, c := phone(piece)
		found = append(found, p...)
		wrong = append(wrong, c...)
	}
	return found, wrong
}

// phone reads one number, or several with only spaces between.
func phone(piece string) ([]string, []complaint) {
	if rounded(piece) {
		return nil, []complaint{{CodeRoundedPhone, Blocks, []any{"text", sheet.Shorten(piece, 30)}}}
	}
	if p, err := identity.ParsePhone(plainNumber(piece)); err == nil {
		return []string{p}, nil
	}
	if landline.MatchString(piece) {
		return nil, []complaint{{CodeLandline, Informs, []any{"text", sheet.Shorten(piece, 30)}}}
	}
	var all []string
	for _, word := range strings.Fields(piece) {
		p, err := identity.ParsePhone(word)
		if err != nil {
			digits := strings.Map(onlyDigits, piece)
			return nil, []complaint{{CodeBadPhone, Blocks, []any{"text", sheet.Shorten(piece, 30), "digits", len(digits)}}}
		}
		all = append(all, p)
	}
	return all, nil
}

func onlyDigits(r rune) rune {
	if r < '0' || r > '9' {
		return -1
	}
	return r
}

// foldLines folds each line by itself, because in a cell of phones a line break parts two of them.
func foldLines(cell string) string {
	lines := strings.Split(cell, "\n")
	for i, l := range lines {
		lines[i] = sheet.Fold(l)
	}
	return strings.Join(lines, "\n")
}

// person reads a name. keep is false for somebody who is not to be listed.
func person(cell string) (name string, relation identity.Relation, keep bool, wrong []complaint) {
	text := sheet.Fold(cell)
	if m := remark.FindStringSubmatch(text); m != nil {
		text = strings.TrimSpace(remark.ReplaceAllString(text, ""))
		if gone.MatchString(m[1]) {
			return "", "", false, []complaint{{CodeDeceased, Informs, []any{"text", sheet.Shorten(cell, 30)}}}
		}
		relation = relationOf(m[1])
		wrong = append(wrong, complaint{CodeNameRemark, Informs, []any{"text", sheet.Shorten(m[1], 30)}})
	}
	if several := names.Split(text, -1); len(several) > 1 && names.MatchString(text) {
		return "", "", false, []complaint{{CodeManyNames, Blocks, []any{"text", sheet.Shorten(text, 30)}}}
	}
	name, err := identity.ParseName(text)
	if err != nil {
		return "", "", false, append(wrong, complaint{CodeBadName, Blocks, []any{"text", sheet.Shorten(text, 30)}})
	}
	return name, relation, true, wrong
}

var (
	heads   = regexp.MustCompile(`^(?:户主|本人|户主本人|自己)$`)
	tenants = regexp.MustCompile(`租|房客`)
	family  = regexp.MustCompile(`妻|夫|配偶|爱人|子|女|父|母|儿|媳|婿|孙|兄|弟|姐|妹|祖|家属|家人|家庭成员|亲属|岳|公|婆|侄|甥|叔|伯|姑|姨|舅`)
)

// relationOf reads 与户主关系. What it does not know is "other": the word decides nothing.
func relationOf(cell string) identity.Relation {
	switch text := strings.ReplaceAll(sheet.Fold(cell), " ", ""); {
	case heads.MatchString(text):
		return identity.RelationHead
	case tenants.MatchString(text):
		return identity.RelationTenant
	case family.MatchString(text):
		return identity.RelationFamily
	}
	return identity.RelationOther
}
