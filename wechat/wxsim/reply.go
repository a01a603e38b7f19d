package wxsim

import (
	"encoding/xml"
	"errors"
	"fmt"
	"strconv"
)

// longestText is the passive text limit in bytes.
const longestText = 2048

// passive is a reply in the answer to a push.
type passive struct {
	XMLName      xml.Name `xml:"xml"`
	ToUserName   string   `xml:"ToUserName"`
	FromUserName string   `xml:"FromUserName"`
	CreateTime   string   `xml:"CreateTime"`
	MsgType      string   `xml:"MsgType"`
	Content      string   `xml:"Content"`
	MediaID      string   `xml:"Image>MediaId"`
	ArticleCount int      `xml:"ArticleCount"`
	Items        []struct {
		Title       string `xml:"Title"`
		Description string `xml:"Description"`
		PicURL      string `xml:"PicUrl"`
		URL         string `xml:"Url"`
	} `xml:"Articles>item"`
}

// sealedReply is the envelope of a reply in safe mode.
type sealedReply struct {
	XMLName      xml.Name `xml:"xml"`
	Encrypt      string   `xml:"Encrypt"`
	MsgSignature string   `xml:"MsgSignature"`
	TimeStamp    string   `xml:"TimeStamp"`
	Nonce        string   `xml:"Nonce"`
}

// readReply opens, checks and understands a passive reply, or says why the platform would not.
func (s *Sim) readReply(answer []byte, openID string) (Message, error) {
	inner, err := s.unseal(answer)
	if err != nil {
		return Message{}, err
	}
	var in passive
	if err := xml.Unmarshal(inner, &in); err != nil {
		return Message{}, fmt.Errorf("回复不是 XML：%w", err)
	}
	if in.ToUserName != openID || in.FromUserName != s.opt.Account.GhID {
		return Message{}, errors.New("ToUserName 和 FromUserName 没有对调")
	}
	if _, err := strconv.ParseInt(in.CreateTime, 10, 64); err != nil {
		return Message{}, errors.New("CreateTime 不是整数")
	}
	return replyContent(in)
}

func replyContent(in passive) (Message, error) {
	m := Message{From: FromAccount, Via: "passive", Kind: in.MsgType}
	switch in.MsgType {
	case "text":
		if in.Content == "" || len(in.Content) > longestText {
			return m, fmt.Errorf("Content 有 %d 字节，应为 1 到 %d", len(in.Content), longestText)
		}
		m.Text = in.Content
	case "image":
		m.MediaID = in.MediaID
	case "news":
		if in.ArticleCount != len(in.Items) || len(in.Items) != 1 {
			return m, fmt.Errorf("ArticleCount %d，item %d，应都是 1", in.ArticleCount, len(in.Items))
		}
		a := in.Items[0]
		m.Title, m.Text, m.URL, m.Picture = a.Title, a.Description, a.URL, a.PicURL
	case "voice", "video", "music", "transfer_customer_service":
		m.Text = "[" + in.MsgType + "]"
	default:
		return m, fmt.Errorf("MsgType %q 不认识", in.MsgType)
	}
	return m, nil
}

// unseal opens the envelope in safe mode, and in compat mode if there is one.
func (s *Sim) unseal(answer []byte) ([]byte, error) {
	mode := s.opt.Account.Mode
	if mode == Plain {
		return answer, nil
	}
	var out sealedReply
	if err := xml.Unmarshal(answer, &out); err != nil {
		return nil, fmt.Errorf("回复不是 XML：%w", err)
	}
	if out.Encrypt == "" && mode == Compat {
		return answer, nil
	}
	if out.Encrypt == "" {
		return nil, errors.New("安全模式下的回复没有加密")
	}
	if sign(s.opt.Account.Token, out.TimeStamp, out.Nonce, out.Encrypt) != out.MsgSignature {
		return nil, errors.New("回复的 MsgSignature 不对")
	}
	inner, err := s.crypt.open(out.Encrypt)
	if err != nil {
		return nil, fmt.Errorf("回复解不开：%w", err)
	}
	return inner, nil
}
