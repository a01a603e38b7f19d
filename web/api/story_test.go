package api_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"slices"
	"strings"
	"testing"

	"jushou/web/api"
)

// TestEveryActionAnswersAsDocumented plays everybody's day through the API alone, each part of it in a house of its own,
// because nobody may ask for so much in one minute. Each answer is held against the document, and in the end no action
// may have been left out.
func TestEveryActionAnswersAsDocumented(t *testing.T) {
	t.Parallel()
	morning, afternoon, evening, night, late := newJudge(t), newJudge(t), newJudge(t), newJudge(t), newJudge(t)
	afternoon.asked, evening.asked, night.asked, late.asked = morning.asked, morning.asked, morning.asked, morning.asked
	morning.play(t,
		part{"keep money", keepMoney},
		part{"post and answer", postAndAnswer},
		part{"find what was said", findWhatWasSaid},
		part{"moderate", moderate},
		part{"talk below", talkBelow},
		part{"judge words", judgeWords},
		part{"set boards", setBoards},
		part{"import a roster", importRoster},
		part{"decide who lives here", decideResidents},
		part{"keep duty", keepDuty},
		part{"publish and enter", publishAndEnter},
		part{"confirm entries", confirmEntries},
		part{"keep boxes", keepBoxes},
		part{"settings and roles", settingsAndRoles},
		part{"help each other", helpEachOther},
		part{"make a wish", makeAWish},
	)
	afternoon.play(t,
		part{"call units together", callUnitsTogether},
		part{"meet and decide", meetAndDecide},
		part{"work through", workThrough},
		part{"bring a list of items", bringCatalogue},
		part{"review notices", reviewNotices},
		part{"read in the open", readInTheOpen},
		part{"hold a talk", holdATalk},
		part{"hold a day", holdADay},
		part{"make a covenant", makeACovenant},
		part{"sign in by phone", signInByPhone},
		part{"one's own account", ownAccount},
		part{"write a phrase", phrase},
	)
	evening.play(t,
		part{"publish affairs", publishAffairs},
		part{"pass opinions up", passUp},
		part{"check the log", checkTheLog},
		part{"hold a poll", holdAPoll},
		part{"tend a roll", tendARoll},
	)
	night.play(t,
		part{"keep owners", keepOwners},
		part{"keep presets", keepPresets},
		part{"carry a project", carryAProject},
		part{"decide otherwise", decideOtherwise},
		part{"hold a budget round", holdABudgetRound},
	)
	late.play(t,
		part{"hold an activity", holdAnActivity},
		part{"work and judge", workAndJudge},
	)
	for _, a := range api.Table() {
		if !morning.asked[a.ID] {
			t.Errorf("%s (%s %s) was never answered", a.ID, a.Method, a.Path)
		}
	}
}

// picture is a photo as a phone would send it.
func picture(t *testing.T, shade uint8) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for x := range 320 {
		for y := range 240 {
			img.Set(x, y, color.RGBA{uint8(x / 2), uint8(y / 2), shade, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

type m = map[string]any

// postAndAnswer posts with two photos, answers, and finds the answer in the resident's inbox.
func postAndAnswer(t *testing.T, j *judge) {
	lin, chen := j.as("lin"), j.as("chen")
	var photos []string
	for _, shade := range []uint8{10, 200} {
		var stored api.StoredPhoto
		lin.file("/photos", "a.jpg", picture(t, shade), &stored).ok(201)
		photos = append(photos, stored.ID)
		lin.call("GET", "/photos/"+stored.ID+"/thumb", nil, nil).ok(200)
		chen.call("GET", "/photos/"+stored.ID+"/thumb", nil, nil).refused(404, "photo.not_found")
	}
	var posted api.Topic
	lin.call("POST", "/communities/hexiang/topics", m{
		"board": "nearby", "body": "3 号楼门口的路灯不亮了\n晚上老人下楼看不清台阶。", "photos": photos,
	}, &posted, "Idempotency-Key", "story-1").ok(201)
	if posted.Status != "waiting" || posted.Clock == nil || posted.Clock.DueAt.Time.IsZero() || len(posted.Photos) != 2 || !posted.Mine {
		t.Fatalf("posted %+v", posted)
	}
	var feed api.Feed
	lin.call("GET", "/communities/hexiang/topics", nil, &feed).ok(200)
	if len(feed.Items) == 0 || feed.Items[0].ID != posted.ID || !feed.Items[0].Mine || !feed.Items[0].May.Withdraw {
		t.Errorf("the author's list does not begin with her own topic: %+v", feed.Items)
	}
	path := "/topics/" + string(posted.ID)
	lin.call("GET", strings.TrimPrefix(posted.Photos[0].Full, "/api/v1"), nil, nil).ok(200)
	j.h.Settle()

	var queue api.Queue
	chen.call("GET", "/desk/hexiang/queue", nil, &queue).ok(200)
	if !slices.ContainsFunc(queue.Items, func(c api.TopicCard) bool { return c.ID == posted.ID }) {
		t.Errorf("the queue of %d does not hold the topic", queue.Waiting)
	}
	chen.call("GET", "/desk"+path, nil, nil).ok(200)
	var answered api.Topic
	chen.call("POST", path+"/answers", m{"body": "电工明天上午来换灯。"}, &answered, "Idempotency-Key", "a1").ok(201)
	if answered.Status != "responded" || len(answered.Answers) != 1 || !answered.Answers[0].First || answered.Answers[0].Name != "陈静" {
		t.Errorf("answered %+v", answered.Answers)
	}
	chen.call("POST", path+"/answers", m{"body": "电工明天上午来换灯。"}, &answered, "Idempotency-Key", "a1").ok(201)
	if len(answered.Answers) != 1 {
		t.Errorf("sent twice, the answer is there %d times", len(answered.Answers))
	}
	j.h.Settle()

	var inbox api.Page[api.Notice]
	lin.call("GET", "/me/inbox", nil, &inbox).ok(200)
	i := slices.IndexFunc(inbox.Items, func(n api.Notice) bool { return strings.Contains(n.Link, string(posted.ID)) })
	if i < 0 || !strings.Contains(inbox.Items[i].Text, "路灯") {
		t.Fatalf("the inbox is %+v", inbox.Items)
	}
	var read api.Notice
	lin.call("POST", "/me/inbox/"+string(inbox.Items[i].ID)+"/read", nil, &read).ok(200)
	if read.ReadAt.Time.IsZero() {
		t.Error("the notice is not read")
	}
	chen.call("POST", "/me/inbox/"+string(inbox.Items[i].ID)+"/read", nil, nil).refused(404, "store.not_found")
	lin.call("POST", "/me/inbox/read", nil, nil).ok(200)

	var thread api.Topic
	lin.call("GET", path, nil, &thread).ok(200)
	if strings.Contains(string(mustJSON(t, thread)), "account") {
		t.Error("the public thread names an account")
	}
	lin.call("POST", path+"/comments", m{"body": "谢谢小陈"}, nil).ok(201)
	var comments api.Page[api.Comment]
	lin.call("GET", path+"/comments", nil, &comments).ok(200)
	if len(comments.Items) != 1 || comments.Items[0].Author.Name != "林**" {
		t.Errorf("comments %+v", comments.Items)
	}
	var mine api.Page[api.TopicCard]
	lin.call("GET", "/me/topics", nil, &mine).ok(200)
	if mine.Items[0].ID != posted.ID {
		t.Errorf("mine %+v", mine.Items[0])
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// importRoster uploads a file with faults, then a good one, confirms it, and sees who waited verified.
func importRoster(t *testing.T, j *judge) {
	wu, chen := j.as("wu"), j.as("chen")
	var home api.Membership
	wu.call("POST", "/me/homes", m{
		"name": "吴思雨", "phone": "13900010007", "community": "hexiang", "building": "hexiang-6", "room": "603室",
		"consents": []m{{"purpose": "service", "version": "2026-11"}},
	}, &home).ok(201)
	if home.Status != "pending" || home.Room != "603" {
		t.Fatalf("home %+v", home)
	}
	j.h.Settle()
	var waiting api.Page[api.Waiting]
	chen.call("GET", "/desk/hexiang/residents", nil, &waiting).ok(200)
	if !slices.ContainsFunc(waiting.Items, func(w api.Waiting) bool { return w.Name == "吴思雨" && strings.Contains(w.Phone, "*") }) {
		t.Errorf("waiting %+v", waiting.Items)
	}

	var bad api.Import
	chen.file("/desk/hexiang/imports", "a.csv", []byte("楼栋,室号,姓名,手机\n6号楼,603,吴思雨,139\n99号楼,101,王芳,13800001111\n"), &bad).ok(201)
	if bad.Errors == 0 {
		t.Fatalf("no errors in %+v", bad)
	}
	var faults api.Page[api.Fault]
	chen.call("GET", "/imports/"+bad.ID+"/faults", nil, &faults).ok(200)
	if len(faults.Items) < 2 || faults.Items[0].Row == 0 || faults.Items[0].Detail == "" {
		t.Errorf("faults %+v", faults.Items)
	}
	chen.call("GET", "/imports/"+bad.ID+"/corrections", nil, nil).ok(200)
	chen.call("POST", "/imports/"+bad.ID+"/confirm", nil, nil).refused(422, "roster.has_errors")
	wu.call("GET", "/imports/"+bad.ID, nil, nil).refused(403, "identity.denied")
	chen.call("POST", "/imports/"+bad.ID+"/discard", nil, nil).ok(200)

	good := []byte("楼栋,室号,姓名,手机\n6号楼,603,吴思雨,13900010007\n")
	var first, again api.Import
	chen.file("/desk/hexiang/imports", "b.csv", good, &first, "Idempotency-Key", "roster-b").ok(201)
	chen.file("/desk/hexiang/imports", "b.csv", good, &again, "Idempotency-Key", "roster-b").ok(201)
	if first.ID != again.ID || first.Errors != 0 {
		t.Errorf("%+v, then %+v", first, again)
	}
	chen.file("/desk/hexiang/imports", "b.csv", append(good, '\n'), nil, "Idempotency-Key", "roster-b").refused(422, "api.key_reused")
	chen.call("POST", "/imports/"+first.ID+"/confirm", nil, nil).ok(200)
	j.h.Settle()
	chen.call("GET", "/imports/"+first.ID, nil, &first).ok(200)
	if first.State != "done" || first.Applied != first.Total || first.Total != 1 {
		t.Errorf("in the end %+v", first)
	}
	var session api.Session
	wu.call("GET", "/session", nil, &session).ok(200)
	if session.Memberships[0].Status != "verified" {
		t.Errorf("wu is %+v", session.Memberships)
	}
	chen.call("GET", "/desk/hexiang/imports", nil, nil).ok(200)
	chen.call("GET", "/imports/template", nil, nil).ok(200)
}
