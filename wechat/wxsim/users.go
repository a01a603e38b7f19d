package wxsim

import "slices"

type tag struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
}

// userInfo tells what the platform still tells: no nickname and no picture since 2021.
func (s *Sim) userInfo(c *call) (reply, error) {
	p, err := s.byOpenID(c.q.Get("openid"))
	if err != nil {
		return reply{}, err
	}
	if !p.Follows {
		return reply{v: ok{"subscribe": 0, "openid": p.OpenID, "unionid": p.UnionID}}, nil
	}
	scene := "ADD_SCENE_SEARCH"
	if p.Scene != "" {
		scene = "ADD_SCENE_QR_CODE"
	}
	return reply{v: ok{
		"subscribe": 1, "openid": p.OpenID, "unionid": p.UnionID, "language": "zh_CN", "remark": "", "groupid": 0,
		"subscribe_time": p.FollowedAt.Unix(), "subscribe_scene": scene, "qr_scene": 0, "qr_scene_str": p.Scene,
		"tagid_list": orEmpty(p.TagIDs),
	}}, nil
}

func orEmpty(ids []int) []int {
	if ids == nil {
		return []int{}
	}
	return ids
}

func (s *Sim) userList(*call) (reply, error) {
	openIDs := []string{}
	for _, p := range s.st.People {
		if p.Follows {
			openIDs = append(openIDs, p.OpenID)
		}
	}
	last := ""
	if n := len(openIDs); n > 0 {
		last = openIDs[n-1]
	}
	return reply{v: ok{"total": len(openIDs), "count": len(openIDs), "data": ok{"openid": openIDs}, "next_openid": last}}, nil
}

func (s *Sim) tagCreate(c *call) (reply, error) {
	var in struct {
		Tag tag `json:"tag"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	name := in.Tag.Name
	switch {
	case name == "" || slices.ContainsFunc(s.st.Tags, func(t tag) bool { return t.Name == name }):
		return reply{}, refuse(45157, "invalid tag name")
	case len(name) > 30:
		return reply{}, refuse(45158, "invalid tag name length")
	case len(s.st.Tags) >= 100:
		return reply{}, refuse(45056, "too many tag now")
	}
	t := tag{ID: 100 + len(s.st.Tags), Name: name}
	s.st.Tags = append(s.st.Tags, t)
	s.changedLocked()
	return reply{v: ok{"tag": t}}, nil
}

func (s *Sim) tagList(*call) (reply, error) {
	list := []ok{}
	for _, t := range s.st.Tags {
		n := 0
		for _, p := range s.st.People {
			if slices.Contains(p.TagIDs, t.ID) {
				n++
			}
		}
		list = append(list, ok{"id": t.ID, "name": t.Name, "count": n})
	}
	return reply{v: ok{"tags": list}}, nil
}

func (s *Sim) tagsOf(c *call) (reply, error) {
	var in struct {
		OpenID string `json:"openid"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	p, err := s.byOpenID(in.OpenID)
	if err != nil {
		return reply{}, err
	}
	return reply{v: ok{"tagid_list": orEmpty(p.TagIDs)}}, nil
}

func (s *Sim) tagMembers(c *call) (reply, error)   { return s.retag(c, true) }
func (s *Sim) untagMembers(c *call) (reply, error) { return s.retag(c, false) }

// retag checks everybody before it changes anybody.
func (s *Sim) retag(c *call, add bool) (reply, error) {
	var in struct {
		OpenIDs []string `json:"openid_list"`
		TagID   int      `json:"tagid"`
	}
	if err := c.decode(&in); err != nil {
		return reply{}, err
	}
	if len(in.OpenIDs) == 0 || len(in.OpenIDs) > 50 {
		return reply{}, refuse(40032, "invalid openid list size")
	}
	if !slices.ContainsFunc(s.st.Tags, func(t tag) bool { return t.ID == in.TagID }) {
		return reply{}, refuse(45159, "invalid tag id")
	}
	var people []*phone
	for _, id := range in.OpenIDs {
		p, err := s.byOpenID(id)
		if err != nil {
			return reply{}, err
		}
		if add && len(p.TagIDs) >= 20 && !slices.Contains(p.TagIDs, in.TagID) {
			return reply{}, refuse(45059, "has been tagged too many")
		}
		people = append(people, p)
	}
	for _, p := range people {
		p.TagIDs = slices.DeleteFunc(p.TagIDs, func(id int) bool { return id == in.TagID })
		if add {
			p.TagIDs = append(p.TagIDs, in.TagID)
		}
	}
	s.changedLocked()
	return okReply(nil), nil
}
