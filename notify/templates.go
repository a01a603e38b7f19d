package notify

import (
	"slices"

	"jushou/internal/fault"
)

// Template says how a notice becomes a template message: which template of the account, found by its
// title, and what each of its fields is filled with. Values are short and typed by the platform
// (docs/wechat.md), so the prose stays on the page behind the link.
type Template struct {
	Title  string
	Fields []TemplateField
}

// TemplateField fills one keyword of a template.
type TemplateField struct {
	Key   string // "thing1": the prefix is the platform's type
	Label string // what the card prints before the value
	Value func(m Message, words Words) string
}

// Words turns what a notice holds into the words of its reader. web has the catalogue.
type Words interface {
	// Say returns the short sentence of a notice for a template's field.
	Say(key string, args fault.Args) string
	// When returns an instant as a template's time field wants it: 2026年11月21日 14:00.
	When(rfc3339 string) string
}

func arg(name string) func(Message, Words) string {
	return func(m Message, _ Words) string { return m.Args[name] }
}

func instant(name string) func(Message, Words) string {
	return func(m Message, w Words) string { return w.When(m.Args[name]) }
}

func say(m Message, w Words) string { return w.Say(m.Key, m.Args) }

// more is a second sentence where no title can stand.
func more(m Message, w Words) string { return w.Say(m.Key+".more", m.Args) }

func happened(m Message, w Words) string { return w.When(stamp(m.At)) }

// The templates an account needs. Six cover every notice, because an account may hold only 25 and
// each must be applied for; which notice uses which is forNotice.
var (
	templateWork = Template{"待办事项提醒", []TemplateField{
		{"thing1", "事项", say}, {"thing2", "内容", arg("title")}, {"time3", "时间", happened},
	}}
	// templateTown is the same template for a notice that stands for many topics.
	templateTown = Template{templateWork.Title, []TemplateField{
		{"thing1", "事项", say}, {"thing2", "内容", more}, {"time3", "时间", instant("round")},
	}}
	templateAnswer = Template{"诉求回复通知", []TemplateField{
		{"thing1", "诉求标题", arg("title")}, {"thing2", "回复人", arg("who")}, {"time3", "回复时间", happened},
	}}
	templateProgress = Template{"诉求进度通知", []TemplateField{
		{"thing1", "诉求标题", arg("title")}, {"thing2", "进度", say}, {"time3", "时间", happened},
	}}
	templateAccount = Template{"居民认证结果通知", []TemplateField{
		{"thing1", "结果", say}, {"time2", "时间", happened},
	}}
	templateBulletin = Template{"社区公告通知", []TemplateField{
		{"thing1", "公告标题", arg("title")}, {"thing2", "发布单位", arg("from")}, {"phrase3", "紧急程度", say}, {"time4", "发布时间", happened},
	}}
	templateRound = Template{"巡查提醒", []TemplateField{
		{"thing1", "事项", say}, {"number2", "待回应", arg("count")}, {"time3", "巡查时间", instant("round")},
	}}
)

// Templates lists what the account must hold, for the simulator and for `jushou doctor`.
func Templates() []Template {
	return []Template{templateWork, templateAnswer, templateProgress, templateAccount, templateRound, templateBulletin}
}

// forNotice returns the template of a notice; ok is false for those that stay in the inbox.
func forNotice(key string) (Template, bool) {
	if t, ok := moderationTemplate(key); ok {
		return t, true
	}
	switch key {
	case KeyTopicPosted, KeyTopicHeld, KeyPending, KeyHandedOver, KeyBulletinReview, KeyBulletinReturned, KeyBulletinUnseen,
		KeyWhistle, KeyWhistleReply, KeyWhistleUnanswered, KeyWhistleInsisted:
		return templateWork, true
	case KeyEntryDisputed, KeyNeighbourDesk, KeyWishAsk:
		return templateWork, true
	case KeyTopicAnswered:
		return templateAnswer, true
	case KeyEntryAsked, KeyEntrySettled, KeyTopicReleased, KeyTopicHidden, KeyWhistleTopic:
		return templateProgress, true
	case KeyVerified, KeyRejected:
		return templateAccount, true
	case KeyRoundListed, KeyRoundMissed:
		return templateRound, true
	case KeyBulletin, KeyBulletinUrgent:
		return templateBulletin, true
	case KeyRoundToTown:
		return templateTown, true
	}
	if slices.Contains(neighbourKeys(), key) {
		return templateProgress, true
	}
	if t, ok := lifeTemplate(key); ok {
		return t, true
	}
	if t, ok := digestTemplate(key); ok {
		return t, true
	}
	if t, ok := meetingTemplate(key); ok {
		return t, true
	}
	if t, ok := ledgerTemplate(key); ok {
		return t, true
	}
	if t, ok := affairTemplate(key); ok {
		return t, true
	}
	if t, ok := pollTemplate(key); ok {
		return t, true
	}
	if t, ok := projectTemplate(key); ok {
		return t, true
	}
	if t, ok := activityTemplate(key); ok {
		return t, true
	}
	return hallTemplate(key)
}

// Content returns the template's text as the platform stores it.
func (t Template) Content() string {
	text := ""
	for i, f := range t.Fields {
		if i > 0 {
			text += "\n"
		}
		text += f.Label + "：{{" + f.Key + ".DATA}}"
	}
	return text
}
