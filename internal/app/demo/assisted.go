package demo

import (
	"context"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/internal/clock"
	"jushou/internal/identity"
)

// noted is an entry for somebody offline as it might be told.
type noted struct {
	ago         int // hours
	by          string
	name, phone string
	source      assisted.Source
	where       string
	title, body string
	answer      string // an hour later
	yes         bool   // the person confirms it
	dispute     string
}

var notes = [...]noted{
	{200, "chen", "许**", "", assisted.Box, "7号楼门厅", "门厅的灯太暗", "7号楼门厅晚上看不清台阶，请换个亮一点的灯。", "已报物业换灯，这个星期装好。", false, ""},
	{70, "chen", "王**", "13900010006", assisted.Visit, "", "想在小花园装一张长椅", "老人走到小花园没地方坐，希望装一张有靠背的长椅。", "记下了，列进下次议事的议题。", true, ""},
	{27, "gu", "林**", "13900010001", assisted.Phone, "", "楼下早餐摊的油烟", "早餐摊的油烟飘进三楼，要求马上取缔。", "请您先和我们一起去看看现场。", false, "不是要取缔，是请他们装个油烟罩。"},
	{5, "chen", "林**", "13900010001", assisted.Counter, "", "想学用手机交电费", "不会用手机交电费，想请人教一教。", "", false, ""},
}

// assisted lets staff of the home community write down what people said who do not use a phone, and some of them confirm it.
func (d *district) assisted(ctx context.Context) error {
	people := map[string]identity.Actor{}
	for key, persona := range map[string]string{"chen": "chen", "gu": "gu", "13900010006": "wang", "13900010001": "lin"} {
		var err error
		if people[key], err = d.persona(ctx, persona); err != nil {
			return err
		}
	}
	if err := d.boxes(ctx, people["chen"]); err != nil {
		return fmt.Errorf("boxes: %w", err)
	}
	for i, n := range notes {
		if err := d.note(ctx, people, n, i); err != nil {
			return fmt.Errorf("entry %d: %w", i, err)
		}
	}
	return nil
}

// paperBoxes are those of the home community: where, on which days, and when they were emptied last.
var paperBoxes = [...]struct {
	place   string
	days    []time.Weekday
	emptied int // hours ago
	notes   int
}{
	{"7号楼门厅", []time.Weekday{time.Tuesday, time.Friday}, 201, 1},
	{"活动室门口", []time.Weekday{time.Monday, time.Thursday}, 26, 0},
}

// box is the id of the i-th box. It depends on the story alone.
func (d *district) box(i int) assisted.BoxID {
	return assisted.BoxID(token(d.start(), "box", HomeCommunity, i))
}

// boxes hangs them up and empties each once.
func (d *district) boxes(ctx context.Context, chen identity.Actor) error {
	home, err := d.Directory.Node(ctx, HomeCommunity)
	if err != nil {
		return err
	}
	for i, b := range paperBoxes {
		if _, err := d.AssistedBy(clock.Standing(d.start())).SaveBox(ctx, chen, home, assisted.SaveBox{ID: d.box(i), Place: b.place, Days: b.days}); err != nil {
			return err
		}
		at := evening(d.now.Add(-time.Duration(b.emptied) * time.Hour))
		_, err := d.AssistedBy(clock.Standing(at)).EmptyBox(ctx, chen, home, assisted.EmptyBox{
			Box: d.box(i), Token: token(d.start(), "emptied", HomeCommunity, i), Notes: b.notes,
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (d *district) note(ctx context.Context, people map[string]identity.Actor, n noted, i int) error {
	at := evening(d.now.Add(-time.Duration(n.ago) * time.Hour))
	hands := clock.Standing(at)
	entries, topics := d.AssistedBy(hands), d.TopicsBy(hands)
	var box assisted.BoxID
	for at, b := range paperBoxes {
		if b.place == n.where {
			box = d.box(at)
		}
	}
	t, err := entries.Enter(ctx, people[n.by], assisted.Enter{Source: n.source, Box: box, Where: n.where, Phone: n.phone, Post: deliberation.PostTopic{
		ID: deliberation.TopicID(token(at, "entry", HomeCommunity, i)), Community: HomeCommunity, Board: deliberation.BoardNearby,
		Title: n.title, Body: n.body, For: deliberation.Author{Name: n.name, Building: "7号楼"},
	}})
	if err != nil {
		return err
	}
	hands.Advance(time.Hour)
	if n.answer != "" {
		_, err = topics.AnswerTopic(ctx, people[n.by], deliberation.AnswerTopic{ID: token(hands.Now(), "entryanswer", HomeCommunity, i), Topic: t.ID, Body: n.answer})
	}
	switch person := people[n.phone]; {
	case err != nil:
	case n.yes:
		err = entries.Confirm(ctx, person, t.ID)
	case n.dispute != "":
		err = entries.Dispute(ctx, person, t.ID, n.dispute)
	}
	return err
}
