package wxsim

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"jushou/internal/fault"
)

var (
	errNotFollowing = fault.New(fault.Conflict, "wxsim.not_following")
	errEmptyText    = fault.New(fault.Invalid, "wxsim.empty_text")
	errNoButton     = fault.New(fault.NotFound, "wxsim.no_such_button")
	errNoChoice     = fault.New(fault.NotFound, "wxsim.no_such_choice")
	errNoCode       = fault.New(fault.NotFound, "wxsim.no_such_code")
	errNotAPicture  = fault.New(fault.Invalid, "wxsim.not_a_picture")
)

// buildXML writes elements in order. Whole numbers stand bare, everything else in CDATA; the end mark
// of CDATA inside a value is split, as the platform does.
func buildXML(fields [][2]string) []byte {
	var b strings.Builder
	b.WriteString("<xml>")
	for _, f := range fields {
		value := "<![CDATA[" + strings.ReplaceAll(f[1], "]]>", "]]]]><![CDATA[>") + "]]>"
		if slices.Contains([]string{"CreateTime", "MsgId", "MsgID", "MenuId"}, f[0]) {
			value = f[1]
		}
		fmt.Fprintf(&b, "<%s>%s</%s>", f[0], value, f[0])
	}
	b.WriteString("</xml>")
	return []byte(b.String())
}

// newEvent is the XML that every push begins with. The caller holds mu.
func (s *Sim) newEvent(p *phone, msgType, name string, more ...[2]string) event {
	fields := [][2]string{
		{"ToUserName", s.opt.Account.GhID}, {"FromUserName", p.OpenID},
		{"CreateTime", strconv.FormatInt(s.clock.Now().Unix(), 10)}, {"MsgType", msgType},
	}
	if msgType == "event" {
		fields = append(fields, [2]string{"Event", name})
	} else {
		more = append(more, [2]string{"MsgId", strconv.FormatInt(23_000_000_000_000_000+s.rng.Int64N(1_000_000_000_000)*1000+s.seq(), 10)})
	}
	fields = append(fields, more...)
	return event{openID: p.OpenID, name: name, fields: fields, inner: buildXML(fields)}
}

// act prepares a push under mu and sends it.
func (s *Sim) act(who string, prepare func(p *phone, now time.Time) (event, error)) (Delivery, error) {
	s.mu.Lock()
	p := s.find(who)
	if p == nil {
		s.mu.Unlock()
		return Delivery{}, errNoPersona.With("who", who)
	}
	ev, err := prepare(p, s.clock.Now())
	s.busy++
	s.changedLocked()
	s.mu.Unlock()
	defer s.done()
	if err != nil {
		return Delivery{}, err
	}
	return s.push(ev), nil
}

// SendText is the person typing into the chat. Like every act it returns when the app has answered.
// who is an openid or a persona ID, here and below.
func (s *Sim) SendText(who, text string) (Delivery, error) {
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		switch {
		case strings.TrimSpace(text) == "":
			return event{}, errEmptyText
		case !p.Follows:
			return event{}, errNotFollowing
		}
		p.grant(byMessage, now)
		s.say(p, Message{From: FromUser, Kind: "text", Via: "push", Text: text})
		return s.newEvent(p, "text", "text", [2]string{"Content", text}), nil
	})
}

// SendPhoto is the person sending a picture, given as JPEG or PNG bytes.
func (s *Sim) SendPhoto(who string, picture []byte) (Delivery, error) {
	kind := pictureKind(picture)
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		switch {
		case kind == "":
			return event{}, errNotAPicture
		case !p.Follows:
			return event{}, errNotFollowing
		}
		p.grant(byMessage, now)
		id := s.keep(kind, picture, now)
		s.say(p, Message{From: FromUser, Kind: "image", Via: "push", MediaID: id})
		return s.newEvent(p, "image", "image", [2]string{"PicUrl", s.pictureURL(id)}, [2]string{"MediaId", id}), nil
	})
}

// pictureURL is where the app could fetch a photo without a token, as from mmbiz.qpic.cn.
func (s *Sim) pictureURL(id string) string {
	return s.opt.AppURL + s.opt.Base + "/mp/mmbiz/" + id + ".jpg"
}

// Follow follows the account; scene is the QR code's, or empty when it was found by search.
func (s *Sim) Follow(who, scene string) (Delivery, error) {
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		p.Follows, p.FollowedAt, p.Scene = true, now, scene
		if scene == "" {
			p.grant(byFollow, now)
			return s.newEvent(p, "event", "subscribe", [2]string{"EventKey", ""}), nil
		}
		k, err := s.codeOn(scene, now)
		if err != nil {
			return event{}, err
		}
		p.Scene = k.Scene
		p.grant(byScan, now)
		return s.newEvent(p, "event", "subscribe", [2]string{"EventKey", "qrscene_" + k.Scene}, [2]string{"Ticket", k.Ticket}), nil
	})
}

// codeOn finds the code that was scanned. A scene nobody created counts as a permanent code that was
// printed before this simulator began, so that demo posters survive a lost snapshot.
func (s *Sim) codeOn(key string, now time.Time) (*code, error) {
	if k := s.findCode(key, now); k != nil {
		return k, nil
	}
	if key == "" || strings.Contains(key, "://") {
		return nil, errNoCode.With("code", key)
	}
	return s.permanentCode(key)
}

// Scan is the person scanning a code, given by scene, ticket or the URL in it: a SCAN event for a
// follower, a follow for everybody else.
func (s *Sim) Scan(who, key string) (Delivery, error) {
	s.mu.Lock()
	p := s.find(who)
	follows := p != nil && p.Follows
	s.mu.Unlock()
	if !follows {
		return s.Follow(who, key)
	}
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		k, err := s.codeOn(key, now)
		if err != nil {
			return event{}, err
		}
		p.grant(byScan, now)
		return s.newEvent(p, "event", "SCAN", [2]string{"EventKey", k.Scene}, [2]string{"Ticket", k.Ticket}), nil
	})
}

// Unfollow stops following. The chat stays, as it does on a real phone.
func (s *Sim) Unfollow(who string) (Delivery, error) {
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		p.Follows, p.Windows = false, map[string]window{}
		ev := s.newEvent(p, "event", "unsubscribe", [2]string{"EventKey", ""})
		ev.silent = true
		return ev, nil
	})
}

// ClickMenu is a tap on the menu, by the button's key or URL. A view button pushes VIEW; opening
// the page is up to the caller.
func (s *Sim) ClickMenu(who, key string) (Delivery, error) {
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		b := s.findButton(key)
		switch {
		case b == nil:
			return event{}, errNoButton.With("key", key)
		case !p.Follows:
			return event{}, errNotFollowing
		case b.Type == "view":
			ev := s.newEvent(p, "event", "VIEW", [2]string{"EventKey", b.URL}, [2]string{"MenuId", "400000001"})
			ev.silent = true
			return ev, nil
		case b.Type == "click":
			p.grant(byMenu, now)
			return s.newEvent(p, "event", "CLICK", [2]string{"EventKey", b.Key}), nil
		}
		return s.newEvent(p, "event", b.Type, [2]string{"EventKey", b.Key}), nil
	})
}

// Choose is a tap on an item of a msgmenu: a text message with the item's id. It counts as a menu click.
func (s *Sim) Choose(who, choiceID string) (Delivery, error) {
	return s.act(who, func(p *phone, now time.Time) (event, error) {
		for _, m := range slices.Backward(p.Chat) {
			for _, item := range m.Choices {
				if item.ID != choiceID {
					continue
				}
				p.grant(byMenu, now)
				s.say(p, Message{From: FromUser, Kind: "text", Via: "push", Text: item.Text})
				return s.newEvent(p, "text", "text", [2]string{"Content", item.Text}, [2]string{"bizmsgmenuid", item.ID}), nil
			}
		}
		return event{}, errNoChoice.With("id", choiceID)
	})
}

// receiptsAtOnce is how many receipts are pushed at a time; a notice to a whole town makes as many
// receipts, and the platform does not deliver them all in one moment either.
const receiptsAtOnce = 64

// jobFinished is the receipt of a template message.
func (s *Sim) jobFinished(openID string, id int64, status string) {
	s.receipts <- struct{}{}
	defer func() { <-s.receipts }()
	_, err := s.act(openID, func(p *phone, now time.Time) (event, error) {
		ev := s.newEvent(p, "event", "TEMPLATESENDJOBFINISH", [2]string{"MsgID", strconv.FormatInt(id, 10)}, [2]string{"Status", status})
		ev.silent = true
		return ev, nil
	})
	if err != nil {
		s.opt.Log.Warn("template receipt", "err", err)
	}
}
