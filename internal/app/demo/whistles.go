package demo

import (
	"context"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/whistle"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// whistles tells three calls of the home community: one that helped, one with a unit that has not answered in time,
// and one of this morning.
func (d *district) whistles(ctx context.Context) error {
	who := map[string]identity.Actor{}
	for _, id := range []string{"chen", "zhang", "chengguan", "greening", "property", "town"} {
		var err error
		if who[id], err = d.persona(ctx, id); err != nil {
			return err
		}
	}
	for _, call := range []struct {
		about string
		tell  func(context.Context, map[string]identity.Actor, []deliberation.TopicID) error
	}{{"东门", d.stallsGone}, {"树", d.treesInTheWay}, {"地库返水", d.floodedGate}} {
		topics, err := d.about(ctx, who["zhang"], call.about)
		if err != nil {
			return err
		}
		if err := call.tell(ctx, who, topics); err != nil {
			return err
		}
	}
	d.Clock.Set(d.now)
	_, err := d.Whistles.Supervise(ctx)
	return err
}

// about returns the home community's latest topic with the words in its title, if there is one.
func (d *district) about(ctx context.Context, reader identity.Actor, words string) ([]deliberation.TopicID, error) {
	for after := docstore.Cursor(""); ; {
		feed, err := d.Topics.Feed(ctx, reader, HomeCommunity, "", after)
		if err != nil {
			return nil, err
		}
		for _, t := range feed.Items {
			if strings.Contains(t.Title, words) && t.Status.Shown() && t.Kind != deliberation.KindNotice {
				return []deliberation.TopicID{t.ID}, nil
			}
		}
		if after = feed.Next; after == "" {
			return nil, nil
		}
	}
}

// sounded calls units at an instant of the story.
func (d *district) sounded(ctx context.Context, by identity.Actor, at time.Time, call whistle.Call) (whistle.ID, error) {
	d.Clock.Set(at)
	call.ID, call.Community = whistle.ID(token(at, "whistle", HomeCommunity, 0)), HomeCommunity
	made, err := d.Whistles.CallUnits(ctx, by, call)
	return made.ID, err
}

// did takes a unit's step at an instant. Seeding again finds it taken.
func (d *district) did(ctx context.Context, by identity.Actor, at time.Time, w whistle.ID, unit int, s whistle.Step, words string, when time.Time) error {
	d.Clock.Set(at)
	seen, err := d.Whistles.Whistle(ctx, by, w)
	if err != nil || seen.Status != whistle.Open || !seen.Units[unit].Reply.Allows(s) {
		return err
	}
	_, err = d.Whistles.StepUnit(ctx, by, whistle.StepUnit{Whistle: w, Unit: unit, Step: s, Words: words, At: when})
	return err
}

// ago is a morning some days before the present, at an hour of the district's zone.
func (d *district) ago(days, hour, minute int) time.Time {
	day := d.now.In(zone).AddDate(0, 0, -days)
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, zone)
}

func (d *district) stallsGone(ctx context.Context, who map[string]identity.Actor, topics []deliberation.TopicID) error {
	at := d.ago(8, 9, 10)
	w, err := d.sounded(ctx, who["zhang"], at, whistle.Call{
		Form: whistle.FormCall, Title: "东门早高峰摊位占道", Topics: topics,
		Reason: "东门七点半到八点被早点摊和送学的车堵住，劝离、划线、改出口分属三家，单独办都办不成。", MeetAt: at.Add(24 * time.Hour), Where: "东门岗亭",
		Boards: []string{"dept:chengguan", "property"}, Others: []string{"菜场管理方"},
	})
	if err != nil {
		return err
	}
	come := at.Add(24 * time.Hour)
	for _, s := range []struct {
		by    string
		after time.Duration
		unit  int
		step  whistle.Step
		words string
		when  time.Time
	}{
		{"chengguan", time.Hour, 0, whistle.StepAccept, "", come}, {"property", 2 * time.Hour, 1, whistle.StepAccept, "", come},
		{"chen", 3 * time.Hour, 2, whistle.StepAccept, "", come}, {"chengguan", 25 * time.Hour, 0, whistle.StepArrive, "", come},
		{"property", 25 * time.Hour, 1, whistle.StepArrive, "", come},
		{"chengguan", 27 * time.Hour, 0, whistle.StepReport, "劝离四个摊位，工作日七点到八点半派两人值守两周。", time.Time{}},
		{"property", 28 * time.Hour, 1, whistle.StepReport, "东门外划了禁停线，北门早高峰临时打开。", time.Time{}},
	} {
		if err := d.did(ctx, who[s.by], at.Add(s.after), w, s.unit, s.step, s.words, s.when); err != nil {
			return err
		}
	}
	d.Clock.Set(at.Add(30 * time.Hour))
	if seen, err := d.Whistles.Whistle(ctx, who["zhang"], w); err != nil || seen.Status != whistle.Open {
		return err
	}
	if _, err := d.Whistles.ConcludeWhistle(ctx, who["zhang"], w, "城管早高峰值守两周；物业划线并开北门分流；菜场把早点摊统一迁到内院。两周后再听大家意见。"); err != nil {
		return err
	}
	d.Clock.Set(d.ago(1, 16, 0))
	_, err = d.Whistles.EvaluateWhistle(ctx, who["zhang"], w, whistle.Solved, "一周下来东门没有再堵。")
	return err
}

func (d *district) treesInTheWay(ctx context.Context, who map[string]identity.Actor, topics []deliberation.TopicID) error {
	at := d.ago(5, 10, 20)
	w, err := d.sounded(ctx, who["chen"], at, whistle.Call{
		Form: whistle.FormInvite, Title: "5号楼前大树遮光和架空线", Topics: topics,
		Reason: "树冠压着架空线，修剪要绿化、供电和通信一起到场，居民想当面听听怎么修。", MeetAt: d.now.Add(48 * time.Hour), Where: "5号楼前小广场",
		Boards: []string{"dept:greening", "dept:power", "dept:telecom"},
	})
	if err != nil {
		return err
	}
	return d.did(ctx, who["greening"], at.Add(90*time.Minute), w, 0, whistle.StepAccept, "", d.now.Add(48*time.Hour))
}

func (d *district) floodedGate(ctx context.Context, who map[string]identity.Actor, topics []deliberation.TopicID) error {
	w, err := d.sounded(ctx, who["zhang"], d.now.Add(-50*time.Minute), whistle.Call{
		Form: whistle.FormCall, Urgent: true, Title: "北门地库入口返水", Topics: topics,
		Reason: "昨夜大雨后地库入口返水，要查小区管道和市政管道是哪一段堵了。", MeetAt: d.now.Add(2 * time.Hour), Where: "北门地库入口",
		Boards: []string{"dept:water", "dept:chengguan", "property"},
	})
	if err != nil {
		return err
	}
	return d.did(ctx, who["property"], d.now.Add(-40*time.Minute), w, 2, whistle.StepAccept, "", d.now.Add(2*time.Hour))
}
