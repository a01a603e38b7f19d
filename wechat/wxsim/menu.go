package wxsim

import "encoding/json"

// button is one entry of the menu at the bottom of the chat.
type button struct {
	Name string   `json:"name"`
	Type string   `json:"type,omitempty"`
	Key  string   `json:"key,omitempty"`
	URL  string   `json:"url,omitempty"`
	Sub  []button `json:"sub_button,omitempty"`
}

func (s *Sim) menuCreate(c *call) (reply, error) {
	if escaped.Match(c.body) {
		return reply{}, refuse(40033, `invalid charset. please check your request, if include \uxxxx will create fail!`)
	}
	var in struct {
		Buttons []button `json:"button"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if err := checkMenu(in.Buttons); err != nil {
		return reply{}, err
	}
	s.st.Menu = json.RawMessage(encode(in))
	s.changedLocked()
	return okReply(nil), nil
}

// checkMenu counts bytes, as the platform does: 16 for a top name is five characters.
func checkMenu(top []button) error {
	if len(top) < 1 || len(top) > 3 {
		return refuse(40016, "invalid button size")
	}
	for _, b := range top {
		if b.Name == "" || len(b.Name) > 16 {
			return refuse(40018, "invalid button name size")
		}
		if len(b.Sub) > 5 {
			return refuse(40023, "invalid sub button size")
		}
		if len(b.Sub) == 0 {
			if err := checkButton(b); err != nil {
				return err
			}
		}
		for _, sub := range b.Sub {
			if sub.Name == "" || len(sub.Name) > 60 {
				return refuse(40025, "invalid sub button name size")
			}
			if len(sub.Sub) > 0 {
				return refuse(40022, "invalid sub button level")
			}
			if err := checkButton(sub); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkButton(b button) error {
	switch b.Type {
	case "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select":
		if b.Key == "" || len(b.Key) > 128 {
			return refuse(40019, "invalid button key size")
		}
	case "view":
		if b.URL == "" || len(b.URL) > 1024 {
			return refuse(40020, "invalid button url size")
		}
	case "miniprogram", "media_id", "article_id", "article_view_limited":
	default:
		return refuse(40017, "invalid button type")
	}
	return nil
}

func (s *Sim) menuGet(*call) (reply, error) {
	if s.st.Menu == nil {
		return reply{}, refuse(46003, "menu no exist")
	}
	return reply{v: ok{"menu": s.st.Menu}}, nil
}

func (s *Sim) menuDelete(*call) (reply, error) {
	s.st.Menu = nil
	s.changedLocked()
	return okReply(nil), nil
}

// buttons returns the menu as a tree. The caller holds mu.
func (s *Sim) buttons() []button {
	var menu struct {
		Buttons []button `json:"button"`
	}
	if s.st.Menu == nil || json.Unmarshal(s.st.Menu, &menu) != nil {
		return nil
	}
	return menu.Buttons
}

// findButton returns the leaf with the key or the URL. The caller holds mu.
func (s *Sim) findButton(key string) *button {
	for _, top := range s.buttons() {
		for _, b := range append([]button{top}, top.Sub...) {
			if b.Type != "" && (b.Key == key || b.URL == key) {
				return &b
			}
		}
	}
	return nil
}
