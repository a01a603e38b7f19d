package deliberation_test

import (
	"errors"
	"testing"

	"jushou/deliberation"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

func TestADeletedAccountLeavesItsWordsWithoutItsName(t *testing.T) {
	t.Parallel()
	w := setup(t)
	topic, other := w.post("灯不亮"), w.postAs(w.neighbour, deliberation.BoardHall, "装晾衣架")
	c, err := w.comment(w.resident, other.ID, "同意")
	must(t, err)
	if _, err := w.answer(w.staff, topic.ID); err != nil {
		t.Fatal(err)
	}
	erased := docstore.Event{Type: identity.EventErased, Doc: docstore.Key{Kind: "account", ID: string(w.resident.ID)}}
	for range 2 {
		must(t, w.ForgetAuthor(t.Context(), erased))
	}
	v := w.read(topic.ID)
	if v.Author != (deliberation.Author{Name: identity.ErasedName}) || v.Body != "灯不亮" || v.Responses[0].Name != "李社工" {
		t.Errorf("the topic keeps %+v", v.Topic)
	}
	for _, e := range v.History {
		if e.Actor == string(w.resident.ID) || e.Name == "王**" {
			t.Errorf("the history keeps %+v", e)
		}
	}
	thread, err := w.Thread(t.Context(), w.staff, other.ID, "")
	must(t, err)
	if got := thread.Comments[0]; got.ID != c.ID || got.Author != (deliberation.Author{Name: identity.ErasedName}) || got.Body != "同意" {
		t.Errorf("the comment keeps %+v", got)
	}
	if got := w.read(other.ID); got.Author.Name != "赵**" {
		t.Errorf("somebody else is forgotten: %+v", got.Author)
	}
	if _, err := w.WithdrawTopic(t.Context(), w.resident, deliberation.WithdrawTopic{Topic: topic.ID}); !errors.Is(err, deliberation.ErrNotAuthor) {
		t.Errorf("the old account still owns it: %v", err)
	}
	if n := len(w.events(deliberation.AuthorForgotten)); n != 2 {
		t.Errorf("written %d times", n)
	}
}
