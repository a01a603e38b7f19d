package deliberation_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// merging is a handful of topics and what was merged into what, kept apart from what the topics say.
type merging struct {
	w      *town
	posted []deliberation.TopicID
	who    map[deliberation.TopicID]string // the author; what is entered for somebody offline has a name of its own
	group  map[deliberation.TopicID]deliberation.TopicID
}

func (m *merging) post(r *rapid.T) {
	m.w.clock.Set(m.w.clock.Now().Add(time.Second))
	id := deliberation.TopicID(m.w.token())
	cmd := deliberation.PostTopic{ID: id, Community: "c1", Board: deliberation.BoardNearby, Body: "灯不亮", Via: deliberation.ViaH5}
	by := rapid.SampledFrom([]identity.Actor{m.w.resident, m.w.neighbour, m.w.third(), m.w.staff}).Draw(r, "author")
	m.who[id] = string(by.ID)
	if by.ID == m.w.staff.ID {
		cmd.Via, cmd.For = deliberation.ViaAssisted, deliberation.Author{Name: "某**", Building: "3号楼"}
		m.who[id] = "offline " + string(id)
	}
	if _, err := m.w.PostTopic(m.w.t.Context(), by, cmd); err != nil {
		r.Fatal(err)
	}
	m.posted, m.group[id] = append(m.posted, id), id
}

// third is one more resident.
func (w *town) third() identity.Actor {
	return identity.Actor{ID: "he", Name: "何**", Masked: "何**", Memberships: []identity.Membership{{Community: "c1", Building: "b3", Status: identity.MemberVerified}}}
}

// merge merges two topics that stand for themselves. Now and then the second write is lost, and only the relay makes
// it good.
func (m *merging) merge(r *rapid.T) {
	alone := slices.DeleteFunc(slices.Clone(m.posted), func(id deliberation.TopicID) bool { return m.group[id] != id })
	if len(alone) < 2 {
		return
	}
	pair := rapid.Permutation(alone).Draw(r, "pair")[:2]
	older, younger := slices.Min(pair), slices.Max(pair)
	lost := rapid.IntRange(0, 2).Draw(r, "lost") == 0
	if lost {
		m.w.store.refuseWith(func(x docstore.Write) error {
			if x.ID == string(older) {
				return docstore.ErrUnavailable
			}
			return nil
		})
	}
	_, err := m.w.MergeTopic(m.w.t.Context(), m.w.staff, deliberation.MergeTopic{Topic: pair[0], Into: pair[1]})
	m.w.store.refuseWith(nil)
	if (err != nil) != lost {
		r.Fatalf("merged with %v, although lost is %v", err, lost)
	}
	for id, root := range m.group {
		if root == younger {
			m.group[id] = older
		}
	}
}

// voices counts the people behind what has gone on in a topic.
func (m *merging) voices(root deliberation.TopicID) int {
	people := map[string]bool{}
	for id, in := range m.group {
		if in == root {
			people[m.who[id]] = true
		}
	}
	return len(people)
}

// TestNobodyIsLostOrCountedTwiceInMerges merges topics in every order and lets the relay follow late, twice and out of
// order: in the end each topic that stands for itself speaks for everybody who spoke in it, once.
func TestNobodyIsLostOrCountedTwiceInMerges(t *testing.T) {
	t.Parallel()
	w := setup(t)
	rapid.Check(t, func(r *rapid.T) {
		m := &merging{w: w, who: map[deliberation.TopicID]string{}, group: map[deliberation.TopicID]deliberation.TopicID{}}
		for range rapid.IntRange(2, 7).Draw(r, "topics") {
			m.post(r)
		}
		for range rapid.IntRange(1, 7).Draw(r, "merges") {
			m.merge(r)
		}
		merged := slices.DeleteFunc(w.events(deliberation.TopicMerged), func(e docstore.Event) bool {
			return !slices.Contains(m.posted, deliberation.TopicID(e.Doc.ID))
		})
		for _, e := range append(slices.Clone(merged), rapid.Permutation(merged).Draw(r, "relayed")...) {
			if err := w.FollowMerges(t.Context(), e); err != nil {
				r.Fatal(err)
			}
		}
		for _, id := range m.posted {
			if v := w.read(id); m.group[id] == id && v.Voices() != m.voices(id) {
				r.Fatalf("%s speaks for %d, who spoke are %d: %+v", id, v.Voices(), m.voices(id), v.Absorbed)
			}
		}
	})
}

func TestAnErasedAuthorIsForgottenAlongTheWholeWay(t *testing.T) {
	t.Parallel()
	w := setup(t)
	var ids []deliberation.TopicID
	for _, a := range []identity.Actor{w.resident, w.third(), w.neighbour} {
		w.clock.Set(w.clock.Now().Add(time.Minute))
		ids = append(ids, w.postAs(a, deliberation.BoardNearby, "灯不亮").ID)
	}
	for _, pair := range [][2]int{{2, 1}, {1, 0}} {
		_, err := w.MergeTopic(t.Context(), w.staff, deliberation.MergeTopic{Topic: ids[pair[0]], Into: ids[pair[1]]})
		must(t, err)
	}
	if v := w.read(ids[0]); len(v.Absorbed) != 2 || v.Voices() != 3 {
		t.Fatalf("absorbed %+v", v.Absorbed)
	}
	must(t, w.ForgetAuthor(t.Context(), docstore.Event{Type: identity.EventErased, Doc: docstore.Key{Kind: "account", ID: string(w.neighbour.ID)}}))
	for _, id := range ids {
		if v := w.read(id); slices.ContainsFunc(v.Absorbed, func(a deliberation.Absorbed) bool { return a.Author == w.neighbour.ID }) || v.Author.Account == w.neighbour.ID {
			t.Errorf("%s still knows whose it was: %+v", id, v.Absorbed)
		}
	}
}
