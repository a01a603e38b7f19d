package wxsim

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"jushou/internal/fault"
)

var errNoForm = fault.New(fault.NotFound, "wxsim.no_such_form")

// serveForm runs a form of the page. A script gets 204 or the sentence of what is wrong; a browser
// without one goes back to the page.
func (s *Sim) serveForm(w http.ResponseWriter, r *http.Request, path string) {
	if path == "/ui/media" {
		s.takeMedia(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseMultipartForm(maxBody); err != nil && err != http.ErrNotMultipart {
		http.Error(w, "图片太大了，换一张小于 10 MB 的", http.StatusRequestEntityTooLarge)
		return
	}
	err := s.runForm(r, path)
	if r.Header.Get("X-Requested-With") != "" {
		if err != nil {
			http.Error(w, sentence(err), statusOf(err))
			return
		}
		w.WriteHeader(http.StatusNoContent)
		return
	}
	http.Redirect(w, r, s.backTo(r), http.StatusSeeOther)
}

// backTo is the page that a form without a script returns to: the one it was on, with the newcomer's
// phone if there is one.
func (s *Sim) backTo(r *http.Request) string {
	home := s.opt.Base + "/"
	if from, err := url.Parse(r.Referer()); err == nil && from.Path == home {
		home = from.RequestURI()
	}
	name := strings.TrimSpace(r.FormValue("nickname"))
	people := s.Personas()
	if name == "" || len(people) == 0 || people[len(people)-1].Nickname != name {
		return home
	}
	shown := slices.DeleteFunc(strings.Split(r.FormValue("shown"), ","), func(id string) bool { return id == "" })
	shown = append(shown[:min(len(shown), phonesShown-1)], people[len(people)-1].ID)
	return s.opt.Base + "/?phones=" + url.QueryEscape(strings.Join(shown, ","))
}

// runForm starts the act in the background: the page polls, so a slow webhook does not hold the form.
func (s *Sim) runForm(r *http.Request, path string) error {
	switch path {
	case "/ui/act":
		o := pushOrder{OpenID: r.FormValue("who"), Kind: r.FormValue("kind"), Text: r.FormValue("text"), Scene: r.FormValue("scene"), Key: r.FormValue("key")}
		if file, _, err := r.FormFile("photo"); err == nil {
			defer file.Close()
			if o.Photo, err = io.ReadAll(file); err != nil {
				return errNotAPicture.Because(fmt.Errorf("read photo: %w", err))
			}
			if pictureKind(o.Photo) == "" {
				return errNotAPicture
			}
		}
		o.Async = true
		_, err := s.pushNow(o)
		return err
	case "/ui/clock":
		_, err := s.moveClock(clockMove{Advance: r.FormValue("advance"), Next: r.FormValue("next"), Set: r.FormValue("set")})
		if err == nil && r.FormValue("quiet") != "" {
			s.waitQuiet()
		}
		return err
	case "/ui/fault":
		return s.pressFault(r.FormValue("name"))
	case "/ui/persona":
		name := strings.TrimSpace(r.FormValue("nickname"))
		if name == "" {
			return errEmptyText
		}
		s.AddPersona(Persona{ID: "p" + strings.ToLower(digest(name + s.Now().String())[:6]), Nickname: name, Note: "新来的人"})
		return nil
	}
	return errNoForm.With("path", path)
}

// takeMedia is wx.uploadImage: the picture's bytes as the body, the media id as the answer.
func (s *Sim) takeMedia(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	kind := pictureKind(body)
	if err != nil || kind == "" {
		http.Error(w, "not a picture", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	id := s.keep(kind, body, s.clock.Now())
	s.mu.Unlock()
	w.Header().Set("Content-Type", jsonType)
	w.Write(encode(ok{"media_id": id}))
}
