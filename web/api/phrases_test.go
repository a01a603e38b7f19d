package api_test

import (
	"testing"

	"jushou/web/api"
)

// phrase writes a sentence for answers, changes it, and takes it out.
func phrase(t *testing.T, j *judge) {
	chen := j.as("chen")
	sent := m{"name": "马上去看", "text": "{居民}您好，我们马上去看。"}
	var before, book []api.Phrase
	chen.call("GET", "/desk/hexiang/phrases", nil, &before).ok(200)
	chen.call("POST", "/desk/hexiang/phrases", sent, nil, "Idempotency-Key", "phrase").ok(201)
	chen.call("POST", "/desk/hexiang/phrases", sent, &book, "Idempotency-Key", "phrase").ok(201)
	if len(book) != len(before)+1 || book[len(before)].Text != sent["text"] {
		t.Fatalf("sent twice, the book holds %+v", book)
	}
	chen.call("POST", "/desk/hexiang/phrases", m{"name": "马上去看", "text": "另一句"}, nil).refused(409, "phrases.name_taken")
	j.as("lin").call("GET", "/desk/hexiang/phrases", nil, nil).refused(403, "identity.denied")
	chen.call("POST", "/desk/hexiang/phrases/"+book[len(before)].ID+"/drop", nil, nil).ok(200)
	chen.call("GET", "/desk/hexiang/phrases", nil, &book).ok(200)
	if len(book) != len(before) {
		t.Errorf("the book still holds %+v", book)
	}
}
