package identity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"jushou/internal/fault"
)

// Bounds of a real name, in runes. The longest Chinese identity papers print is 25 or so.
const (
	minName = 2
	maxName = 40
)

// ErrBadName means that a text is no real name.
var ErrBadName = fault.New(fault.Invalid, "identity.bad_name").On("name").With("min", minName).With("max", maxName)

// dots are the many signs that people type for the dot inside 买买提·艾力.
var dots = strings.NewReplacer("•", "·", "‧", "·", "・", "·", "･", "·", "∙", "·", "⋅", "·", ".", "·", "。", "·")

// ParseName returns a real name in one form: cleaned, without spaces inside a Chinese name, with one kind
// of dot. Letters and marks of any script are allowed, with dot, space, hyphen and apostrophe between.
func ParseName(s string) (string, error) {
	name := clean(s)
	if hasHan(name) {
		name = dots.Replace(strings.ReplaceAll(name, " ", ""))
	}
	if n := utf8.RuneCountInString(name); n < minName || n > maxName {
		return "", ErrBadName
	}
	letters := 0
	for i, r := range name {
		switch {
		case unicode.IsLetter(r):
			letters++
		case i > 0 && (unicode.IsMark(r) || strings.ContainsRune("· -'’.", r)):
		default:
			return "", ErrBadName
		}
	}
	if letters < minName {
		return "", ErrBadName
	}
	return name, nil
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// compound holds the surnames of two characters that are in use; 欧阳修 is 欧阳*, not 欧**.
const compound = "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 东方 独孤 南宫 西门 东郭 百里 呼延 端木 轩辕 宇文 长孙 " +
	"鲜于 闾丘 太史 申屠 公羊 公冶 濮阳 淳于 单于 钟离 宗政 万俟 闻人 赫连 澹台 拓跋 第五 梁丘 左丘 东门 南门 谷梁 段干 完颜 纳兰 叶赫"

// Mask returns the name as other residents see it: 王* for 王芳, 王** for 王小芳, 欧阳* for 欧阳锋, 买** for
// 买买提·艾力, J** for John Smith. Never more than two stars, so that the length of a long name is not told.
func Mask(name string) string {
	runes := []rune(name)
	if len(runes) == 0 {
		return ""
	}
	keep := 1
	if len(runes) > 2 && strings.Contains(" "+compound+" ", " "+string(runes[:2])+" ") {
		keep = 2
	}
	hidden := 2
	if unicode.Is(unicode.Han, runes[0]) && !strings.ContainsRune(name, '·') {
		hidden = min(2, max(1, len(runes)-keep))
	}
	return string(runes[:keep]) + strings.Repeat("*", hidden)
}
