package api_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"jushou/web/api"
)

// checkTheLog posts, and proves by the API alone that it was entered and that the log grew.
func checkTheLog(t *testing.T, j *judge) {
	anybody := j.public()
	sign := func() api.LogState {
		t.Helper()
		j.h.Settle()
		if _, err := j.h.PublicLog.Publish(t.Context()); err != nil {
			t.Fatal(err)
		}
		var state api.LogState
		anybody.call("GET", "/open/log", nil, &state).ok(200)
		return state
	}
	first := sign()
	var posted api.Topic
	j.as("lin").call("POST", "/communities/hexiang/topics", m{"board": "nearby", "body": "账上只有指纹"}, &posted).ok(201)
	second := sign()
	if second.Checkpoint.Size <= first.Checkpoint.Size || second.Key != first.Key || !strings.HasPrefix(second.Checkpoint.Note, strings.Split(second.Key, "+")[0]+"\n") {
		t.Fatalf("from %+v to %+v", first, second)
	}
	var list api.LogEntries
	anybody.call("GET", "/open/log/entries", nil, &list).ok(200)
	at := -1
	for i, e := range list.Items {
		if e.Act == "topic.posted" && e.Of == "topic/"+string(posted.ID) {
			at = i
		}
	}
	if at < 0 || list.Items[0].Index != second.Checkpoint.Size-1 {
		t.Fatalf("the post is not among the latest: %+v", list.Items[:3])
	}
	var proof api.LogProof
	anybody.call("GET", fmt.Sprintf("/open/log/entries/%d", list.Items[at].Index), nil, &proof).ok(200)
	last := proof.Checkpoint
	err := tlog.CheckRecord(hashes(t, proof.Hashes), last.Size, hashes(t, []string{last.Root})[0], proof.Entry.Index, tlog.RecordHash([]byte(proof.Entry.Body)))
	if err != nil || strings.Contains(proof.Entry.Body, "指纹") {
		t.Errorf("proof %+v: %v", proof, err)
	}
	var grown api.LogGrowth
	anybody.call("GET", fmt.Sprintf("/open/log/growth/%d", first.Checkpoint.Size), nil, &grown).ok(200)
	roots := hashes(t, []string{grown.Checkpoint.Root, first.Checkpoint.Root})
	if err := tlog.CheckTree(hashes(t, grown.Hashes), grown.Checkpoint.Size, roots[0], first.Checkpoint.Size, roots[1]); err != nil {
		t.Error(err)
	}
	var earlier api.LogEntries
	anybody.call("GET", fmt.Sprintf("/open/log/entries?before=%d", list.Before), nil, &earlier).ok(200)
	if len(earlier.Items) == 0 || earlier.Items[0].Index != list.Before-1 {
		t.Errorf("before %d: %+v", list.Before, earlier)
	}
	anybody.call("GET", "/open/log/entries?before=x", nil, nil).refused(422, "api.bad_number")
	anybody.call("GET", "/open/log/entries/x", nil, nil).refused(422, "api.bad_number")
	anybody.call("GET", "/open/log/growth/x", nil, nil).refused(422, "api.bad_number")
	anybody.call("GET", "/open/log/entries/99999999", nil, nil).refused(404, "log.not_found")
	anybody.call("GET", "/open/log/growth/99999999", nil, nil).refused(404, "log.not_found")
}

func hashes(t *testing.T, texts []string) (list []tlog.Hash) {
	t.Helper()
	for _, text := range texts {
		h, err := tlog.ParseHash(text)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, h)
	}
	return list
}
