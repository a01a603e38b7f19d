package wxsim

import (
	"fmt"
	"time"
)

const (
	tokenLife    = 7200 * time.Second
	tokenOverlap = 300 * time.Second
	forcedADay   = 20
	forcedGap    = 30 * time.Second
)

// credential is an access token or a ticket.
type credential struct {
	value   string
	until   time.Time
	revoked bool // replaced by another call rather than grown old
}

func (s *Sim) issue(now time.Time) string {
	value := fmt.Sprintf("%d_%s", 60+s.rng.IntN(30), s.randomText(134))
	s.tokens[value] = &credential{value: value, until: now.Add(tokenLife)}
	return value
}

// checkAccount compares appid and secret and says which is wrong, as the platform does.
func (s *Sim) checkAccount(appID, secret string) error {
	switch {
	case appID == "":
		return refuse(41002, "appid missing")
	case secret == "":
		return refuse(41004, "appsecret missing")
	case appID != s.opt.Account.AppID:
		return refuse(40013, "invalid appid")
	case secret != s.opt.Account.Secret:
		return refuse(40125, "invalid appsecret")
	}
	return nil
}

// token is the old call: each one makes a new token, and the previous lives five more minutes.
func (s *Sim) token(c *call) (reply, error) {
	if c.q.Get("grant_type") != "client_credential" {
		return reply{}, refuse(40002, "invalid grant_type")
	}
	if err := s.checkAccount(c.q.Get("appid"), c.q.Get("secret")); err != nil {
		return reply{}, err
	}
	if old := s.tokens[s.classic]; old != nil && old.until.After(c.now.Add(tokenOverlap)) {
		old.until, old.revoked = c.now.Add(tokenOverlap), true
	}
	s.classic = s.issue(c.now)
	return reply{v: ok{"access_token": s.classic, "expires_in": int(tokenLife.Seconds())}}, nil
}

// stableToken returns the same token until five minutes before its end, then a new one while the old
// one lives on; it knows nothing of token's. A forced refresh kills the old one at once.
func (s *Sim) stableToken(c *call) (reply, error) {
	var in struct {
		GrantType string `json:"grant_type"`
		AppID     string `json:"appid"`
		Secret    string `json:"secret"`
		Force     bool   `json:"force_refresh"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if in.GrantType != "client_credential" {
		return reply{}, refuse(40002, "invalid grant_type")
	}
	if err := s.checkAccount(in.AppID, in.Secret); err != nil {
		return reply{}, err
	}
	current := s.tokens[s.stable]
	if in.Force {
		if err := s.force(c.now); err != nil {
			return reply{}, err
		}
		if current != nil {
			current.until, current.revoked = c.now, true
		}
		current = nil
	}
	if current == nil || current.revoked || !current.until.After(c.now.Add(tokenOverlap)) {
		s.stable = s.issue(c.now)
		current = s.tokens[s.stable]
	}
	left := current.until.Sub(c.now)
	return reply{v: ok{"access_token": current.value, "expires_in": int(left.Seconds())}}, nil
}

// force counts forced refreshes: twenty a day, half a minute apart. The documents give no code for the
// gap; the per-minute one is used.
func (s *Sim) force(now time.Time) error {
	today := s.forced[:0:0]
	for _, at := range s.forced {
		if dayOf(at) == dayOf(now) {
			today = append(today, at)
		}
	}
	s.forced = today
	if len(today) >= forcedADay {
		return refuse(45009, "reach max api daily quota limit")
	}
	if len(today) > 0 && now.Sub(today[len(today)-1]) < forcedGap {
		return refuse(45011, "api minute-quota reach limit, must slower, retry next minute")
	}
	s.forced = append(s.forced, now)
	return nil
}

// checkToken refuses a call whose access_token is missing, unknown, replaced or old.
func (s *Sim) checkToken(c *call) error {
	value := c.q.Get("access_token")
	if value == "" {
		return refuse(41001, "access_token missing")
	}
	t := s.tokens[value]
	switch {
	case t == nil || (t.revoked && !t.until.After(c.now)):
		return refuse(40001, "invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r")
	case !t.until.After(c.now):
		return refuse(42001, "access_token expired")
	}
	return nil
}

// RevokeTokens does what another system does when it calls /cgi-bin/token: every token dies at once.
func (s *Sim) RevokeTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revokeTokens(s.clock.Now())
}

func (s *Sim) revokeTokens(now time.Time) {
	for _, t := range s.tokens {
		t.until, t.revoked = now, true
	}
}

func (s *Sim) getTicket(c *call) (reply, error) {
	if c.q.Get("type") != "jsapi" {
		return reply{}, refuse(40097, "invalid args: type")
	}
	if s.ticket == nil || !s.ticket.until.After(c.now.Add(tokenOverlap)) {
		s.ticket = &credential{value: "HoagFKDcsGMVCIY2vOjf9" + s.randomText(65), until: c.now.Add(tokenLife)}
	}
	left := int(s.ticket.until.Sub(c.now).Seconds())
	return okReply(ok{"ticket": s.ticket.value, "expires_in": left}), nil
}

func (s *Sim) callbackIPs(*call) (reply, error) {
	return reply{v: ok{"ip_list": []string{"101.226.103.0/25", "127.0.0.1"}}}, nil
}
