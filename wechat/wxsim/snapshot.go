package wxsim

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // decoders for the pictures that people send
	_ "image/png"
	"io/fs"
	"os"
	"time"
)

// saveAfter is how long after a change the snapshot is written.
const saveAfter = time.Second

// changed notes that a snapshot is due.
func (s *Sim) changed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.changedLocked()
}

func (s *Sim) changedLocked() {
	if s.opt.Snapshot == "" || s.closed || s.saving != nil {
		return
	}
	s.saving = time.AfterFunc(saveAfter, func() {
		s.mu.Lock()
		s.saving = nil
		s.mu.Unlock()
		if err := s.Save(s.opt.Snapshot); err != nil {
			s.opt.Log.Error("snapshot", "err", err)
		}
	})
}

// Save writes people, chats, codes, menu, photos that have not expired and the clock's offset to a file,
// all or nothing. Tokens are not kept: after a restart the app meets 40001, as it must be able to.
func (s *Sim) Save(file string) error {
	s.mu.Lock()
	s.st.Offset = s.clock.Offset()
	for id, m := range s.st.Media {
		if !m.Until.After(s.clock.Now()) {
			delete(s.st.Media, id)
		}
	}
	body, err := json.Marshal(s.st)
	s.mu.Unlock()
	if err != nil {
		return fmt.Errorf("wxsim: snapshot: %w", err)
	}
	draft := file + ".new"
	if err := os.WriteFile(draft, body, 0o600); err != nil {
		return fmt.Errorf("wxsim: snapshot: %w", err)
	}
	if err := os.Rename(draft, file); err != nil {
		return fmt.Errorf("wxsim: snapshot: %w", err)
	}
	return nil
}

// load reads the snapshot of the options, if there is one, and moves the clock as far ahead as it was:
// the app's own records reach into that time.
func (s *Sim) load() error {
	if s.opt.Snapshot == "" {
		return nil
	}
	body, err := os.ReadFile(s.opt.Snapshot)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("wxsim: snapshot: %w", err)
	}
	st := state{Media: map[string]*media{}, Labels: map[string]string{}}
	if err := json.Unmarshal(body, &st); err != nil {
		return fmt.Errorf("wxsim: snapshot %s: %w", s.opt.Snapshot, err)
	}
	for _, t := range s.opt.Templates {
		if !hasTemplate(st.Templates, t.ID) {
			st.Templates = append(st.Templates, t)
		}
	}
	people := st.People
	st.People = nil
	s.st = st
	for _, p := range people {
		s.admit(p)
	}
	if s.clock.Offset() == 0 {
		s.clock.Advance(st.Offset)
	}
	return nil
}

func hasTemplate(list []Template, id string) bool {
	for _, t := range list {
		if t.ID == id {
			return true
		}
	}
	return false
}

// pictureKind returns the media type of a JPEG or PNG, or "".
func pictureKind(body []byte) string {
	_, format, err := image.DecodeConfig(bytes.NewReader(body))
	if err != nil {
		return ""
	}
	return "image/" + format
}
