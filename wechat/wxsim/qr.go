package wxsim

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/skip2/go-qrcode"
)

// code is a parametric QR code.
type code struct {
	Ticket string    `json:"ticket"`
	URL    string    `json:"url"`
	Scene  string    `json:"scene"`
	Until  time.Time `json:"until"` // zero: permanent
}

func (k *code) live(now time.Time) bool { return k.Until.IsZero() || k.Until.After(now) }

const (
	longestCode    = 30 * 24 * 3600
	permanentCodes = 100_000
)

func (s *Sim) qrCreate(c *call) (reply, error) {
	var in struct {
		Expire int    `json:"expire_seconds"`
		Action string `json:"action_name"`
		Info   struct {
			Scene struct {
				ID  int64  `json:"scene_id"`
				Str string `json:"scene_str"`
			} `json:"scene"`
		} `json:"action_info"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	scene, err := sceneOf(in.Action, in.Info.Scene.ID, in.Info.Scene.Str)
	if err != nil {
		return reply{}, err
	}
	if strings.HasPrefix(in.Action, "QR_LIMIT") {
		k, err := s.permanentCode(scene)
		if err != nil {
			return reply{}, err
		}
		return reply{v: ok{"ticket": k.Ticket, "url": k.URL}}, nil
	}
	expire := min(orElse(max(in.Expire, 0), 60), longestCode)
	k := s.newCode(scene, c.now.Add(time.Duration(expire)*time.Second))
	return reply{v: ok{"ticket": k.Ticket, "expire_seconds": expire, "url": k.URL}}, nil
}

// sceneOf checks the scene against the action's kind.
func sceneOf(action string, id int64, str string) (string, error) {
	n := utf8.RuneCountInString(str)
	switch action {
	case "QR_SCENE":
		if id <= 0 || id > 1<<32-1 {
			return "", refuse(40053, "invalid action info")
		}
		return strconv.FormatInt(id, 10), nil
	case "QR_LIMIT_SCENE":
		if id < 1 || id > permanentCodes {
			return "", refuse(40053, "invalid action info")
		}
		return strconv.FormatInt(id, 10), nil
	case "QR_STR_SCENE", "QR_LIMIT_STR_SCENE":
		if n < 1 || n > 64 {
			return "", refuse(40053, "invalid action info")
		}
		return str, nil
	}
	return "", refuse(40052, "invalid action name")
}

// permanentCode returns the permanent code of a scene, always the same one.
func (s *Sim) permanentCode(scene string) (*code, error) {
	n := 0
	for _, k := range s.st.Codes {
		if !k.Until.IsZero() {
			continue
		}
		if k.Scene == scene {
			return k, nil
		}
		n++
	}
	if n >= permanentCodes {
		return nil, refuse(45029, "qrcode count out of limit")
	}
	return s.newCode(scene, time.Time{}), nil
}

// newCode issues a ticket; like the real ones it has characters that must be escaped in a URL.
func (s *Sim) newCode(scene string, until time.Time) *code {
	k := &code{
		Ticket: "gQ" + s.randomText(60) + "+/" + s.randomText(28) + "==",
		URL:    "http://weixin.qq.com/q/02" + s.randomText(22), Scene: scene, Until: until,
	}
	s.st.Codes = append(s.st.Codes, k)
	s.changedLocked()
	return k
}

// findCode returns a live code by scene, ticket or the URL in its picture, newest first. The caller holds mu.
func (s *Sim) findCode(key string, now time.Time) *code {
	for i := len(s.st.Codes) - 1; i >= 0; i-- {
		k := s.st.Codes[i]
		if (k.Scene == key || k.Ticket == key || k.URL == key) && k.live(now) {
			return k
		}
	}
	return nil
}

// LabelScene hangs the permanent code of a scene on a wall: it is made if it does not exist, and stands in
// the 扫一扫 list under its label.
func (s *Sim) LabelScene(scene, label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.codeOn(scene, s.clock.Now()); err != nil {
		s.opt.Log.Warn("hang a code", "scene", scene, "err", err)
		return
	}
	s.st.Labels[scene] = label
	s.changedLocked()
}

// serveMP answers mp.weixin.qq.com: the picture of a code, and the pictures that people sent.
func (s *Sim) serveMP(w http.ResponseWriter, r *http.Request, path string) {
	if id, isPicture := strings.CutPrefix(path, "/mmbiz/"); isPicture {
		s.servePicture(w, strings.TrimSuffix(id, ".jpg"))
		return
	}
	if path != "/cgi-bin/showqrcode" {
		http.NotFound(w, r)
		return
	}
	s.mu.Lock()
	k := s.findCode(r.URL.Query().Get("ticket"), s.clock.Now())
	s.mu.Unlock()
	if k == nil {
		http.NotFound(w, r)
		return
	}
	png, err := qrcode.Encode(k.URL, qrcode.Medium, 430)
	if err != nil {
		http.Error(w, "qr", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	w.Header().Set("Cache-Control", "private, max-age=600")
	w.Write(png)
}

// showURL is the address of a code's picture.
func (s *Sim) showURL(k *code) string {
	return s.opt.Base + "/mp/cgi-bin/showqrcode?ticket=" + url.QueryEscape(k.Ticket)
}
