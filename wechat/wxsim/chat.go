package wxsim

import (
	"net/http/cookiejar"
	"slices"
	"time"

	"jushou/internal/fault"
)

// Who sent a Message.
const (
	FromUser    = "user"
	FromAccount = "account"
	FromSystem  = "system"
)

// FaultText is what a person sees when the account's server does not answer a push as it must.
const FaultText = "该公众号提供的服务出现故障，请稍后再试"

// Message is one entry of a chat.
type Message struct {
	Seq      int64     `json:"seq"`
	At       time.Time `json:"at"`
	From     string    `json:"from"` // user, account, system
	Kind     string    `json:"kind"` // text, image, template, news, msgmenu, note or another msgtype
	Via      string    `json:"via"`  // push, passive, custom, template
	Text     string    `json:"text,omitempty"`
	Title    string    `json:"title,omitempty"`
	URL      string    `json:"url,omitempty"`
	Picture  string    `json:"picture,omitempty"`
	MediaID  string    `json:"media_id,omitempty"`
	Template string    `json:"template_id,omitempty"`
	Fields   []Field   `json:"fields,omitempty"`
	Choices  []Choice  `json:"choices,omitempty"`
}

// Field is one line of a template message.
type Field struct {
	Key   string `json:"key"`
	Label string `json:"label"`
	Value string `json:"value"`
}

// Choice is one item of a msgmenu.
type Choice struct {
	ID   string `json:"id"`
	Text string `json:"content"`
}

// window is a right to send customer-service messages: so many until then.
type window struct {
	Left  int       `json:"left"`
	Until time.Time `json:"until"`
}

// phone is a persona with everything the platform knows about it.
type phone struct {
	Persona
	FollowedAt  time.Time         `json:"followed_at"`
	Scene       string            `json:"scene,omitempty"` // the QR scene that brought the follower
	Chat        []Message         `json:"chat"`
	Windows     map[string]window `json:"windows"`
	LastAct     time.Time         `json:"last_act"`
	TypingUntil time.Time         `json:"typing_until"`
	TagIDs      []int             `json:"tags"`

	jar *cookiejar.Jar
}

var errNoPersona = fault.New(fault.NotFound, "wxsim.no_persona")

// AddPersona adds a person, or changes the one with the same ID while keeping its chat. It returns the
// persona with its derived fields filled in.
func (s *Sim) AddPersona(p Persona) Persona {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.changedLocked()
	if p.ID == "" {
		p.ID = "p" + digest(p.OpenID + p.Nickname)[:6]
	}
	p.OpenID = orElse(p.OpenID, "o"+digest(s.opt.Account.AppID + p.ID)[:27])
	p.UnionID = orElse(p.UnionID, "u"+digest("union" + p.ID)[:27])
	p.Nickname = orElse(p.Nickname, p.ID)
	p.Home = orElse(p.Home, "/")
	if old := s.find(p.ID); old != nil {
		p.Follows, p.Avatar = old.Follows, orElse(p.Avatar, old.Avatar)
		delete(s.people, old.OpenID)
		old.Persona = p
		s.people[p.OpenID] = old
		return p
	}
	p.Avatar = orElse(p.Avatar, avatarColour(len(s.st.People)))
	ph := &phone{Persona: p, Windows: map[string]window{}}
	if p.Follows {
		ph.FollowedAt = s.clock.Now()
	}
	s.admit(ph)
	return p
}

// avatarColour gives the nth person one of a few calm colours.
func avatarColour(n int) string {
	colours := [...]string{"#d97706", "#0f766e", "#576b95", "#be4b6b", "#7c3aed", "#4d7c3a", "#2f6fb0", "#a16207"}
	return colours[n%len(colours)]
}

// Personas returns everybody, in the order in which they were added.
func (s *Sim) Personas() []Persona {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := make([]Persona, len(s.st.People))
	for i, p := range s.st.People {
		all[i] = p.Persona
	}
	return all
}

// Chat returns the chat of a persona, given by openid or ID, oldest first.
func (s *Sim) Chat(who string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.find(who)
	if p == nil {
		return nil
	}
	return slices.Clone(p.Chat)
}

// admit lists a phone and files it under both of its names. The caller holds mu.
func (s *Sim) admit(p *phone) {
	s.st.People = append(s.st.People, p)
	s.people[p.OpenID], s.people[p.ID] = p, p
}

// find returns the phone by openid or persona ID, or nil. The caller holds mu.
func (s *Sim) find(who string) *phone { return s.people[who] }

// byOpenID is find for API calls, which know openids only. The caller holds mu.
func (s *Sim) byOpenID(openID string) (*phone, error) {
	if p := s.find(openID); p != nil && p.OpenID == openID {
		return p, nil
	}
	return nil, refuse(40003, "invalid openid")
}

// chatKept is how many messages of a chat are remembered.
const chatKept = 500

// latest drops the oldest of list, seldom and many at once, so that it never grows beyond twice n.
func latest[T any](list []T, n int) []T {
	if len(list) < 2*n {
		return list
	}
	return append([]T(nil), list[len(list)-n:]...)
}

// say adds m to p's chat. The caller holds mu.
func (s *Sim) say(p *phone, m Message) {
	m.Seq, m.At = s.seq(), s.clock.Now()
	p.Chat = latest(append(p.Chat, m), chatKept)
	if m.From == FromAccount {
		p.TypingUntil = time.Time{}
		s.counts.Shown++
	}
	s.changedLocked()
}

// The customer-service windows, by what opens them.
const (
	byMessage = "message"
	byMenu    = "menu"
	byFollow  = "follow"
	byScan    = "scan"
)

// grant opens the window of a trigger. A window is renewed, it does not add up.
func (p *phone) grant(trigger string, now time.Time) {
	w := window{Left: 3, Until: now.Add(time.Minute)}
	if trigger == byMessage {
		w = window{Left: 5, Until: now.Add(48 * time.Hour)}
	}
	p.Windows[trigger] = w
	p.LastAct = now
}

// takeWindow uses one message of an open window, the one that closes first.
func (p *phone) takeWindow(now time.Time) error {
	best, open := "", false
	for name, w := range p.Windows {
		if !w.Until.After(now) {
			continue
		}
		open = true
		if w.Left > 0 && (best == "" || w.Until.Before(p.Windows[best].Until)) {
			best = name
		}
	}
	switch {
	case !open || !p.Follows:
		return refuse(45015, "response out of time limit or subscription is canceled")
	case best == "":
		return refuse(45047, "out of response count limit")
	}
	w := p.Windows[best]
	w.Left--
	p.Windows[best] = w
	return nil
}
