package wxsim

import "time"

// snsToken trades a code, once and within five minutes.
func (s *Sim) snsToken(c *call) (reply, error) {
	if c.q.Get("appid") != s.opt.Account.AppID {
		return reply{}, refuse(40029, "invalid code")
	}
	if err := s.checkAccount(c.q.Get("appid"), c.q.Get("secret")); err != nil {
		return reply{}, err
	}
	if c.q.Get("grant_type") != "authorization_code" {
		return reply{}, refuse(40002, "invalid grant_type")
	}
	g := s.web[c.q.Get("code")]
	switch {
	case c.q.Get("code") == "":
		return reply{}, refuse(41008, "missing code")
	case g == nil || g.kind != "code":
		return reply{}, refuse(40029, "invalid code")
	case g.used:
		return reply{}, refuse(40163, "code been used")
	case !g.until.After(c.now):
		return reply{}, refuse(42003, "code expired")
	}
	g.used = true
	return s.webTokens(g, c.now)
}

// webTokens answers with a new access token and a refresh token. A snapshot page gets a virtual person.
func (s *Sim) webTokens(g *webGrant, now time.Time) (reply, error) {
	p, err := s.byOpenID(g.openID)
	if err != nil {
		return reply{}, err
	}
	access, refresh := "web_"+s.randomText(90), "ref_"+s.randomText(90)
	s.web[access] = &webGrant{kind: "access", openID: g.openID, scope: g.scope, until: now.Add(webTokenLife)}
	s.web[refresh] = &webGrant{kind: "refresh", openID: g.openID, scope: g.scope, until: now.Add(refreshLife)}
	out := ok{"access_token": access, "expires_in": int(webTokenLife.Seconds()), "refresh_token": refresh,
		"openid": publicOpenID(p), "scope": g.scope}
	if p.Snapshot {
		out["is_snapshotuser"] = 1
	} else if g.scope == "snsapi_userinfo" {
		out["unionid"] = p.UnionID
	}
	return reply{v: out}, nil
}

func publicOpenID(p *phone) string {
	if p.Snapshot {
		return "o" + digest("snapshot" + p.OpenID)[:27]
	}
	return p.OpenID
}

func (s *Sim) snsRefresh(c *call) (reply, error) {
	g := s.web[c.q.Get("refresh_token")]
	switch {
	case c.q.Get("appid") != s.opt.Account.AppID:
		return reply{}, refuse(40013, "invalid appid")
	case g == nil || g.kind != "refresh":
		return reply{}, refuse(40030, "invalid refresh_token")
	case !g.until.After(c.now):
		return reply{}, refuse(42002, "refresh_token expired")
	}
	return s.webTokens(g, c.now)
}

// webToken finds the persona of a web access token that belongs to the openid in the query.
func (s *Sim) webToken(c *call) (*phone, *webGrant, error) {
	g := s.web[c.q.Get("access_token")]
	switch {
	case g == nil || g.kind != "access":
		return nil, nil, refuse(40001, "invalid credential, access_token is invalid or not latest")
	case !g.until.After(c.now):
		return nil, nil, refuse(42001, "access_token expired")
	}
	p, err := s.byOpenID(g.openID)
	if err != nil || publicOpenID(p) != c.q.Get("openid") {
		return nil, nil, refuse(40003, "invalid openid")
	}
	return p, g, nil
}

func (s *Sim) snsUserInfo(c *call) (reply, error) {
	p, g, err := s.webToken(c)
	if err != nil {
		return reply{}, err
	}
	if g.scope != "snsapi_userinfo" {
		return reply{}, refuse(48001, "api unauthorized")
	}
	name := p.Nickname
	if p.Snapshot {
		name = "微信用户"
	}
	return reply{v: ok{"openid": publicOpenID(p), "nickname": name, "sex": 0, "province": "", "city": "", "country": "",
		"headimgurl": "", "privilege": []string{}, "unionid": p.UnionID}}, nil
}

func (s *Sim) snsAuth(c *call) (reply, error) {
	if _, _, err := s.webToken(c); err != nil {
		return reply{}, err
	}
	return okReply(nil), nil
}
