package wxsim

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"jushou/internal/fault"
)

// stampText is the time above a message, as WeChat writes it.
func stampText(at, now time.Time) string {
	at, now = at.In(chinaTime), now.In(chinaTime)
	days := int(midnight(now).Sub(midnight(at)).Hours() / 24)
	switch {
	case days == 0:
		return at.Format("15:04")
	case days == 1:
		return "昨天 " + at.Format("15:04")
	case days > 1 && days < 7:
		return weekday(at) + " " + at.Format("15:04")
	case at.Year() == now.Year():
		return at.Format("1月2日 15:04")
	}
	return at.Format("2006年1月2日 15:04")
}

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, chinaTime)
}

func weekday(t time.Time) string {
	return [...]string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}[t.Weekday()]
}

// wall writes the virtual clock.
func wall(t time.Time) string {
	t = t.In(chinaTime)
	return t.Format("1月2日 ") + weekday(t) + t.Format(" 15:04:05")
}

// initial is the character on a persona's avatar: the last of the name, as nicknames go.
func initial(name string) string {
	r, _ := utf8.DecodeLastRuneInString(name)
	if r == utf8.RuneError {
		return "?"
	}
	return string(r)
}

// segment is a piece of a chat text; Href is empty for plain words.
type segment struct {
	Text string
	Href string
}

// anchor finds the only markup that the platform renders in a text, and bare addresses.
var anchor = regexp.MustCompile(`<a\s+href=["']([^"']+)["'][^>]*>([^<]*)</a>|https?://[^\s<>"'，。；！？、）】]+`)

// segments splits a text at its links.
func segments(text string) []segment {
	var out []segment
	at := 0
	for _, m := range anchor.FindAllStringSubmatchIndex(text, -1) {
		if m[0] > at {
			out = append(out, segment{Text: text[at:m[0]]})
		}
		s := segment{Text: text[m[0]:m[1]], Href: text[m[0]:m[1]]}
		if m[2] >= 0 {
			s = segment{Text: text[m[4]:m[5]], Href: text[m[2]:m[3]]}
		}
		out = append(out, s)
		at = m[1]
	}
	if at < len(text) {
		out = append(out, segment{Text: text[at:]})
	}
	return out
}

var acts = map[string]string{
	"text": "发来文字", "image": "发来照片", "subscribe": "关注", "unsubscribe": "取消关注", "SCAN": "扫码", "CLICK": "点菜单", "VIEW": "点菜单打开网页",
	"TEMPLATESENDJOBFINISH": "通知送达回执",
}

var calls = map[string]string{
	"/cgi-bin/token": "取令牌", "/cgi-bin/stable_token": "取令牌", "/cgi-bin/ticket/getticket": "取 JS 票据",
	"/cgi-bin/message/template/send": "发通知", "/cgi-bin/message/custom/send": "发客服消息", "/cgi-bin/message/custom/typing": "显示正在输入",
	"/cgi-bin/qrcode/create": "生成二维码", "/cgi-bin/menu/create": "设置菜单", "/cgi-bin/media/get": "取照片", "/cgi-bin/media/upload": "上传素材",
	"/sns/oauth2/access_token": "换登录身份", "/sns/userinfo": "取昵称", "/cgi-bin/user/info": "查关注状态", "/connect/oauth2/authorize": "网页授权",
	"/cgi-bin/template/get_all_private_template": "查通知模板", "/cgi-bin/template/api_add_template": "添加通知模板",
}

var verdicts = map[string]string{
	"accepted": "已收下", "replied": "已回复", "invalid": "回复不合格", "failed": "没送到", "refused": "被应用拒绝", "held": "押后",
}

// logLine tells an entry as a sentence; names maps openids to nicknames.
func logLine(e Entry, names map[string]string) string {
	who := names[e.OpenID]
	switch e.Kind {
	case "push":
		verdict, reason, _ := strings.Cut(e.Result, "：")
		line := who + " " + orElse(acts[e.Path], e.Path) + "，" + orElse(verdicts[verdict], verdict)
		if reason != "" {
			line += "（" + reason + "）"
		}
		if e.Attempt > 1 {
			line += fmt.Sprintf("，第 %d 次", e.Attempt)
		}
		return line
	case "jssdk":
		return "JS-SDK " + e.Result
	}
	line := orElse(calls[e.Path], e.Path)
	if who != "" {
		line += "给 " + who
	}
	if e.Code != 0 {
		return line + fmt.Sprintf("，%d %s", e.Code, e.Result)
	}
	return line + "，成功"
}

// logBad reports whether an entry should stand out.
func logBad(e Entry) bool {
	return e.Code != 0 || strings.HasPrefix(e.Result, "failed") || strings.HasPrefix(e.Result, "invalid") || strings.HasPrefix(e.Result, "config:invalid")
}

// sentence says what is wrong in the words of the page.
func sentence(err error) string {
	known := map[string]string{
		"wxsim.not_following": "先关注公众号，再发消息", "wxsim.empty_text": "写几个字再发送", "wxsim.no_such_button": "菜单变了，刷新页面再试",
		"wxsim.no_such_choice": "这个选项已经过期", "wxsim.not_a_picture": "这不是照片，请选 JPEG 或 PNG", "wxsim.bad_time": "时间写得不对，例如 3h 或 09:00",
		"wxsim.no_such_code": "这不是这个公众号的二维码",
		"wxsim.no_persona":   "没有这个人，刷新页面再试",
	}
	return orElse(known[fault.CodeOf(err)], "没有成功："+err.Error())
}
