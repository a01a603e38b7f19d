package wxsim

import (
	"strings"
	"time"
)

// clearsAMonth is how often both clear_quota calls together may be used.
const clearsAMonth = 10

func dayOf(t time.Time) string { return t.In(chinaTime).Format(time.DateOnly) }

// spend counts a call and refuses it when the path's day is used up. The caller holds mu.
func (s *Sim) spend(path string, limit int, now time.Time) error {
	if day := dayOf(now); day != s.day {
		s.day, s.calls = day, map[string]int{}
	}
	if s.calls[path] >= orElse(limit, commonLimit) {
		return refuse(45009, "reach max api daily quota limit")
	}
	s.calls[path]++
	return nil
}

func (s *Sim) clearQuota(c *call) (reply, error) {
	var in struct {
		AppID string `json:"appid"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if in.AppID != s.opt.Account.AppID {
		return reply{}, refuse(40013, "invalid appid")
	}
	return s.clearCalls(c.now)
}

func (s *Sim) clearQuotaBySecret(c *call) (reply, error) {
	var in struct {
		AppID  string `json:"appid"`
		Secret string `json:"appsecret"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if err := s.checkAccount(in.AppID, in.Secret); err != nil {
		return reply{}, err
	}
	return s.clearCalls(c.now)
}

func (s *Sim) clearCalls(now time.Time) (reply, error) {
	month := now.In(chinaTime).Format("2006-01")
	if s.cleared[month] >= clearsAMonth {
		return reply{}, refuse(48006, "forbid to clear quota because of reaching the limit")
	}
	s.cleared[month]++
	s.calls = map[string]int{}
	return okReply(nil), nil
}

func (s *Sim) quotaGet(c *call) (reply, error) {
	var in struct {
		Path string `json:"cgi_path"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	e, known := s.api[in.Path]
	if !known || !strings.HasPrefix(in.Path, "/") {
		return reply{}, refuse(76021, "cgi_path not found")
	}
	limit, used := orElse(e.limit, commonLimit), s.calls[in.Path]
	return okReply(ok{
		"quota":      ok{"daily_limit": limit, "used": used, "remain": limit - used},
		"rate_limit": ok{"call_count": 10_000, "refresh_second": 60},
	}), nil
}

func (s *Sim) ridGet(c *call) (reply, error) {
	var in struct {
		RID string `json:"rid"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	path, known := s.rids[in.RID]
	if !known {
		return reply{}, refuse(76022, "could not find rid")
	}
	return okReply(ok{"request": ok{"request_url": path, "invoke_time": c.now.Unix()}}), nil
}
