package wxsim

import (
	"regexp"
	"time"
)

// escaped finds \uXXXX in raw JSON. The real API shows such text to the person as it stands.
var escaped = regexp.MustCompile(`\\u[0-9a-fA-F]{4}`)

type customMessage struct {
	ToUser  string `json:"touser"`
	MsgType string `json:"msgtype"`
	Text    struct {
		Content string `json:"content"`
	} `json:"text"`
	Image struct {
		MediaID string `json:"media_id"`
	} `json:"image"`
	News struct {
		Articles []struct {
			Title       string `json:"title"`
			Description string `json:"description"`
			URL         string `json:"url"`
			Picture     string `json:"picurl"`
		} `json:"articles"`
	} `json:"news"`
	Menu struct {
		Head string   `json:"head_content"`
		List []Choice `json:"list"`
		Tail string   `json:"tail_content"`
	} `json:"msgmenu"`
}

// customSend is a 客服消息: allowed only inside a window that the person opened.
func (s *Sim) customSend(c *call) (reply, error) {
	if escaped.Match(c.body) {
		return reply{}, refuse(40033, `invalid charset. please check your request, if include \uxxxx will create fail!`)
	}
	var in customMessage
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	p, err := s.byOpenID(in.ToUser)
	if err != nil {
		return reply{}, err
	}
	if p.Blocked {
		return reply{}, refuse(48002, "user block this app")
	}
	m, err := s.customContent(in, c.now)
	if err != nil {
		return reply{}, err
	}
	if err := p.takeWindow(c.now); err != nil {
		return reply{}, err
	}
	m.From, m.Via = FromAccount, "custom"
	s.say(p, m)
	return okReply(nil), nil
}

// customContent turns the call into what the chat shows, or refuses it.
func (s *Sim) customContent(in customMessage, now time.Time) (Message, error) {
	m := Message{Kind: in.MsgType}
	switch in.MsgType {
	case "text":
		if in.Text.Content == "" {
			return m, refuse(44004, "empty content")
		}
		if len(in.Text.Content) > 2048 {
			return m, refuse(45002, "content size out of limit")
		}
		m.Text = in.Text.Content
	case "image":
		if _, err := s.liveMedia(in.Image.MediaID, now); err != nil {
			return m, err
		}
		m.MediaID = in.Image.MediaID
	case "news":
		if len(in.News.Articles) != 1 {
			return m, refuse(45008, "article size out of limit")
		}
		a := in.News.Articles[0]
		m.Title, m.Text, m.URL, m.Picture = a.Title, a.Description, a.URL, a.Picture
	case "msgmenu":
		m.Title, m.Choices, m.Text = in.Menu.Head, in.Menu.List, in.Menu.Tail
	case "voice", "video", "music", "mpnews", "mpnewsarticle", "wxcard", "miniprogrampage", "link":
		m.Text = "[" + in.MsgType + "]"
	default:
		return m, refuse(40008, "invalid message type")
	}
	return m, nil
}

// customTyping shows "对方正在输入…" for a quarter of a minute.
func (s *Sim) customTyping(c *call) (reply, error) {
	var in struct {
		ToUser  string `json:"touser"`
		Command string `json:"command"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	p, err := s.byOpenID(in.ToUser)
	switch {
	case err != nil:
		return reply{}, err
	case in.Command == "CancelTyping":
		p.TypingUntil = time.Time{}
		return okReply(nil), nil
	case in.Command != "Typing":
		return reply{}, refuse(45072, "command invalid")
	case c.now.Sub(p.LastAct) > 30*time.Second:
		return reply{}, refuse(45080, "response out of time limit")
	case p.TypingUntil.After(c.now):
		return reply{}, refuse(45081, "typing already sent")
	}
	p.TypingUntil = c.now.Add(15 * time.Second)
	s.changedLocked()
	return okReply(nil), nil
}
