package wxsim

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"time"
)

// mediaLife is how long temporary material is kept.
const mediaLife = 3 * 24 * time.Hour

type media struct {
	Kind  string    `json:"kind"` // image/jpeg
	Body  []byte    `json:"body"`
	Until time.Time `json:"until"`
}

var mediaLimits = map[string]int{"image": 10 << 20, "voice": 2 << 20, "video": 10 << 20, "thumb": 64 << 10}

// keep stores bytes as temporary material and returns its id. The caller holds mu.
func (s *Sim) keep(kind string, body []byte, now time.Time) string {
	id := s.randomText(64)
	s.st.Media[id] = &media{Kind: kind, Body: body, Until: now.Add(mediaLife)}
	return id
}

func (s *Sim) liveMedia(id string, now time.Time) (*media, error) {
	m := s.st.Media[id]
	if m == nil || !m.Until.After(now) {
		return nil, refuse(40007, "invalid media_id")
	}
	return m, nil
}

func (s *Sim) mediaUpload(c *call) (reply, error) {
	kind := c.q.Get("type")
	limit, known := mediaLimits[kind]
	if !known {
		return reply{}, refuse(40004, "invalid media type")
	}
	body, err := formFile(c)
	if err != nil {
		return reply{}, err
	}
	if len(body) > limit {
		return reply{}, refuse(40009, "invalid image size")
	}
	id := s.keep(http.DetectContentType(body), body, c.now)
	s.changedLocked()
	return reply{v: ok{"type": kind, "media_id": id, "created_at": c.now.Unix()}}, nil
}

// formFile reads the multipart field "media".
func formFile(c *call) ([]byte, error) {
	_, params, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if err != nil || params["boundary"] == "" {
		return nil, refuse(41005, "media data missing")
	}
	form := multipart.NewReader(bytes.NewReader(c.body), params["boundary"])
	for {
		part, err := form.NextPart()
		if err != nil {
			return nil, refuse(41005, "media data missing")
		}
		if part.FormName() != "media" {
			continue
		}
		body, err := io.ReadAll(part)
		if err != nil || len(body) == 0 {
			return nil, refuse(44001, "empty media data")
		}
		return body, nil
	}
}

func (s *Sim) mediaGet(c *call) (reply, error) {
	id := c.q.Get("media_id")
	m, err := s.liveMedia(id, c.now)
	if err != nil {
		return reply{}, err
	}
	return reply{raw: m.Body, kind: m.Kind, name: id + extension(m.Kind)}, nil
}

func extension(kind string) string {
	switch kind {
	case "image/jpeg":
		return ".jpg"
	case "image/png":
		return ".png"
	}
	return ".bin"
}

// servePicture is the PicUrl of a photo that a person sent.
func (s *Sim) servePicture(w http.ResponseWriter, id string) {
	s.mu.Lock()
	m := s.st.Media[id]
	s.mu.Unlock()
	if m == nil {
		http.Error(w, "no such picture", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", m.Kind)
	w.Header().Set("Cache-Control", "private, max-age=3600")
	w.Write(m.Body)
}
