package wxsim

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// templateLimit is how many templates an account may hold.
const templateLimit = 25

// sendOnceFor is how long a client_msg_id is remembered.
const sendOnceFor = 10 * time.Minute

// sentOnce is the first answer to a client_msg_id.
type sentOnce struct {
	id int64
	at time.Time
}

// slot finds the fields of a template's content, with the label before each.
var slot = regexp.MustCompile(`([^\n{}]*?)[：:]?\s*\{\{(\w+)\.DATA\}\}`)

// templateSend is a 模板消息. Its values are typed by their key's prefix; a bad one is refused, not cut.
func (s *Sim) templateSend(c *call) (reply, error) {
	var in struct {
		ToUser      string `json:"touser"`
		TemplateID  string `json:"template_id"`
		URL         string `json:"url"`
		ClientMsgID string `json:"client_msg_id"`
		Data        map[string]struct {
			Value json.RawMessage `json:"value"`
		} `json:"data"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	p, err := s.byOpenID(in.ToUser)
	if err != nil {
		return reply{}, err
	}
	t := s.template(in.TemplateID)
	if t == nil {
		return reply{}, refuse(40037, "invalid template_id")
	}
	once := in.ToUser + " " + in.ClientMsgID
	if seen, again := s.recent[once]; again && in.ClientMsgID != "" && c.now.Sub(seen.at).Abs() < sendOnceFor {
		return okReply(ok{"msgid": seen.id}), nil
	}
	if !p.Follows {
		return reply{}, refuse(43004, "require subscribe")
	}
	m := Message{From: FromAccount, Via: "template", Kind: "template", Title: t.Title, URL: in.URL, Template: t.ID}
	for _, part := range slot.FindAllStringSubmatch(t.Content, -1) {
		key := part[2]
		value, err := plainValue(in.Data[key].Value)
		if err == nil {
			err = checkField(key, value)
		}
		if err != nil {
			return reply{}, refuse(47003, "argument invalid! data.%s.value invalid", key)
		}
		m.Fields = append(m.Fields, Field{Key: key, Label: strings.TrimSpace(part[1]), Value: value})
	}
	id := 3_000_000_000_000_000_000 + s.seq()
	if in.ClientMsgID != "" {
		s.forget(c.now)
		s.recent[once] = sentOnce{id, c.now}
	}
	status := "success"
	if p.Blocked {
		status = "failed:user block"
	} else {
		s.say(p, m)
	}
	s.counts.Templates++
	answer := okReply(ok{"msgid": id})
	answer.then = func() { s.jobFinished(p.OpenID, id, status) }
	return answer, nil
}

// recentKept is how many client_msg_ids are held before the old ones are looked for.
const recentKept = 20_000

// forget drops the client_msg_ids that no longer count, when there are many.
func (s *Sim) forget(now time.Time) {
	if len(s.recent) < recentKept {
		return
	}
	maps.DeleteFunc(s.recent, func(_ string, seen sentOnce) bool { return now.Sub(seen.at).Abs() >= sendOnceFor })
}

// plainValue takes the value of a field: a string, as the documents show, or a number.
func plainValue(raw json.RawMessage) (string, error) {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text, nil
	}
	var number json.Number
	if err := json.Unmarshal(raw, &number); err != nil {
		return "", fmt.Errorf("value %q: %w", raw, err)
	}
	return number.String(), nil
}

func (s *Sim) template(id string) *Template {
	for i := range s.st.Templates {
		if s.st.Templates[i].ID == id {
			return &s.st.Templates[i]
		}
	}
	return nil
}

func (s *Sim) templateList(*call) (reply, error) {
	list := []ok{}
	for _, t := range s.st.Templates {
		list = append(list, ok{"template_id": t.ID, "title": t.Title, "primary_industry": "", "deputy_industry": "",
			"content": t.Content, "example": ""})
	}
	return reply{v: ok{"template_list": list}}, nil
}

// templateAdd takes a template of the category library. The simulator's library holds every short id;
// the type of each keyword follows from its name.
func (s *Sim) templateAdd(c *call) (reply, error) {
	var in struct {
		Short    string   `json:"template_id_short"`
		Keywords []string `json:"keyword_name_list"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	switch {
	case in.Short == "":
		return reply{}, refuse(40037, "invalid template_id_short")
	case len(s.st.Templates) >= templateLimit:
		return reply{}, refuse(45026, "template num exceeds limit")
	case len(in.Keywords) == 0 || len(in.Keywords) > 5:
		return reply{}, refuse(47001, "invalid keyword_name_list")
	}
	lines := make([]string, len(in.Keywords))
	for i, name := range in.Keywords {
		lines[i] = fmt.Sprintf("%s:{{%s%d.DATA}}", name, keywordType(name), i+1)
	}
	t := Template{ID: s.randomText(43), Title: "通知 " + in.Short, Content: strings.Join(lines, "\n")}
	s.st.Templates = append(s.st.Templates, t)
	s.changedLocked()
	return okReply(ok{"template_id": t.ID}), nil
}

func keywordType(name string) string {
	for _, rule := range []struct{ end, kind string }{
		{"时间", "time"}, {"日期", "date"}, {"编号", "character_string"}, {"单号", "character_string"},
		{"金额", "amount"}, {"电话", "phone_number"}, {"姓名", "name"}, {"进度", "phrase"}, {"状态", "phrase"},
	} {
		if strings.HasSuffix(name, rule.end) {
			return rule.kind
		}
	}
	return "thing"
}

func (s *Sim) templateDelete(c *call) (reply, error) {
	var in struct {
		ID string `json:"template_id"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	i := slices.IndexFunc(s.st.Templates, func(t Template) bool { return t.ID == in.ID })
	if i < 0 {
		return reply{}, refuse(40037, "invalid template_id")
	}
	s.st.Templates = slices.Delete(s.st.Templates, i, i+1)
	s.changedLocked()
	return okReply(nil), nil
}
