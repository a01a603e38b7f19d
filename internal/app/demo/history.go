package demo

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"jushou/deliberation"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// storiesPerCommunity is how many of the stories each community tells, beginning at a different one.
const storiesPerCommunity = 12

// act is one thing that happened at an instant. Acts of one lane happen in order; those of different lanes
// side by side, each by its lane's clock.
type act struct {
	at   time.Time
	lane int
	do   func(context.Context, *deliberation.Service) error
}

// lanes is how many communities' stories are told side by side, so that the store commits them together.
const lanes = 16

// history tells the stories, Round by Round: what happened before a Round is told before it is held.
func (d *district) history(ctx context.Context) error {
	var acts []act
	for i, p := range places {
		in := community.ID(p.id)
		for n := range storiesPerCommunity {
			acts = append(acts, d.tell(in, i, n)...)
		}
	}
	acts = append(acts, d.tricky()...)
	acts = slices.DeleteFunc(acts, func(a act) bool { return a.at.After(d.now) })
	slices.SortStableFunc(acts, func(a, b act) int { return a.at.Compare(b.at) })
	for _, round := range d.rounds() {
		n, _ := slices.BinarySearchFunc(acts, round, func(a act, at time.Time) int { return a.at.Compare(at) })
		if err := d.sideBySide(ctx, acts[:n]); err != nil {
			return err
		}
		acts = acts[n:]
		d.Clock.Set(round.Add(time.Second))
		if _, err := d.Topics.HoldRounds(ctx); err != nil {
			return fmt.Errorf("round of %s: %w", round.Format(time.RFC3339), err)
		}
	}
	return d.sideBySide(ctx, acts)
}

// sideBySide tells a stretch of the history, every lane by its own clock.
func (d *district) sideBySide(ctx context.Context, acts []act) error {
	group, ctx := errgroup.WithContext(ctx)
	for lane := range lanes {
		group.Go(func() error {
			hands, topics := d.Clock, d.Topics
			if lane > 0 {
				hands = clock.Standing(d.now)
				topics = d.TopicsBy(hands)
			}
			for _, a := range acts {
				if a.lane != lane {
					continue
				}
				hands.Set(a.at)
				if err := a.do(ctx, topics); err != nil {
					return fmt.Errorf("at %s: %w", a.at.Format(time.RFC3339), err)
				}
			}
			return nil
		})
	}
	return group.Wait()
}

// token derives a form's token from its place in the story.
func token(at time.Time, what string, in community.ID, n int) string {
	return ids.Derive(at, sha256.Sum256(fmt.Appendf(nil, "demo %s %s %d", what, in, n)))
}

// ages are how long ago a community's stories were told, in hours. The last ones still wait: one
// since yesterday, so that Rounds have passed it on; one since a moment ago.
var ages = [storiesPerCommunity]time.Duration{268, 246, 222, 190, 165, 141, 117, 98, 70, 50, 22, 2}

// zone is where the district lies.
var zone = time.FixedZone("CST", 8*60*60)

// evening moves an instant of the night back to the evening before, because nobody posts at four.
func evening(t time.Time) time.Time {
	if hour := t.In(zone).Hour(); hour < 7 {
		return t.Add(-time.Duration(hour+3) * time.Hour)
	}
	return t
}

// morning moves an instant of the night on to the morning, when people answer.
func morning(t time.Time) time.Time {
	switch hour := t.In(zone).Hour(); {
	case hour < 8:
		return t.Add(time.Duration(8-hour) * time.Hour)
	case hour >= 22:
		return t.Add(time.Duration(32-hour) * time.Hour)
	}
	return t
}

// story returns the topic of a community's nth story and when it was posted.
func (d *district) story(in community.ID, n int) (deliberation.TopicID, time.Time) {
	i := slices.IndexFunc(places[:], func(p place) bool { return community.ID(p.id) == in })
	jitter := time.Duration(i*7%60) * time.Minute
	posted := evening(d.now.Add(-ages[n]*time.Hour - jitter))
	return deliberation.TopicID(token(posted, "topic", in, n)), posted
}

// tell is one story: the post, the comments, and the answer unless it is left waiting.
func (d *district) tell(in community.ID, i, n int) []act {
	s := stories[(i*3+n*7)%len(stories)]
	id, posted := d.story(in, n)
	who := d.neighbours[in][(n*5)%len(d.neighbours[in])]
	acts := []act{{posted, i % lanes, func(ctx context.Context, topics *deliberation.Service) error {
		_, err := topics.PostTopic(ctx, who, deliberation.PostTopic{
			ID: id, Community: in, Board: deliberation.BoardKey(s.board), Title: s.title, Body: s.body, Via: viaOf(n),
		})
		return err
	}}}
	for k, line := range s.talk {
		at := morning(posted.Add(time.Duration(35+50*k) * time.Minute))
		speaker := d.neighbours[in][(n*5+k+1)%len(d.neighbours[in])]
		acts = append(acts, act{at, i % lanes, func(ctx context.Context, topics *deliberation.Service) error {
			_, err := topics.CommentTopic(ctx, speaker, deliberation.CommentTopic{
				ID: deliberation.CommentID(token(at, "comment", in, n*10+k)), Topic: id, Body: line, Via: deliberation.ViaH5,
			})
			return err
		}})
	}
	if s.answer == "" || n >= storiesPerCommunity-2 {
		return acts
	}
	at := morning(posted.Add(time.Duration(50+(i*13+n*29)%300) * time.Minute))
	return append(acts, act{at, i % lanes, func(ctx context.Context, topics *deliberation.Service) error {
		_, err := topics.AnswerTopic(ctx, d.answerer(in, s), deliberation.AnswerTopic{ID: token(at, "answer", in, n), Topic: id, Body: s.answer})
		return err
	}})
}

func viaOf(n int) deliberation.Via {
	if n%3 == 1 {
		return deliberation.ViaChat
	}
	return deliberation.ViaH5
}

// answerer is the partner who owns the board, or a member of staff.
func (d *district) answerer(in community.ID, s story) identity.Actor {
	t := d.staff[in]
	if p, ok := t.partners[deliberation.BoardKey(s.board)]; ok && s.by == "partner" {
		return p
	}
	return t.staff[len(s.title)%2]
}

// tricky are the states the stories do not reach: held by the word list, withdrawn by its author, hidden
// by staff, entered for somebody offline, asked by somebody whose address staff have to check.
func (d *district) tricky() []act {
	in := HomeCommunity
	who, t := d.neighbours[in], d.staff[in]
	post := func(at time.Time, n int, by identity.Actor, title, body string) (deliberation.TopicID, act) {
		id := deliberation.TopicID(token(at, "tricky", in, n))
		return id, act{at, 0, func(ctx context.Context, topics *deliberation.Service) error {
			_, err := topics.PostTopic(ctx, by, deliberation.PostTopic{
				ID: id, Community: in, Board: deliberation.BoardNearby, Title: title, Body: body, Via: deliberation.ViaH5,
			})
			return err
		}}
	}
	ago := func(h time.Duration) time.Time { return evening(d.now.Add(-h * time.Hour)) }
	hourAfter := func(posted time.Time) time.Time { return morning(posted.Add(time.Hour)) }
	_, held := post(ago(5), 1, who[0], "转让健身卡", "本人代开发票，另外转让健身卡一张，有意的联系。")
	gone, withdrawn := post(ago(31), 2, who[1], "楼下的自行车是谁的", "堵在单元门口了，请车主挪一下。")
	bad, hidden := post(ago(56), 3, who[2], "关于楼上漏水", "楼上邻居姓名和电话发在这里了，大家都去问他。")
	acts := []act{held, withdrawn, hidden, {hourAfter(withdrawn.at), 0, func(ctx context.Context, topics *deliberation.Service) error {
		_, err := topics.WithdrawTopic(ctx, who[1], deliberation.WithdrawTopic{Topic: gone, Reason: "车已经挪走了，谢谢。"})
		return err
	}}, {hourAfter(hidden.at), 0, func(ctx context.Context, topics *deliberation.Service) error {
		_, err := topics.HideTopic(ctx, t.staff[0], deliberation.HideTopic{Topic: bad, Reason: "里面有邻居的姓名和电话，隐去后可以重新发。"})
		return err
	}}, {ago(26), 0, func(ctx context.Context, topics *deliberation.Service) error {
		_, err := topics.PostTopic(ctx, t.staff[1], deliberation.PostTopic{
			ID: deliberation.TopicID(token(ago(26), "tricky", in, 4)), Community: in, Board: deliberation.BoardNearby,
			Title: "楼道扶手松动", Body: "7号楼三楼转角的扶手松了，老人上下楼不敢扶，请来修一下。（人民意见箱收到的纸条）",
			Via: deliberation.ViaAssisted, For: deliberation.Author{Name: "许**", Building: "7号楼"},
		})
		return err
	}}}
	for n, claim := range []struct{ name, phone, room string }{{"陆诗涵", "13900030001", "404"}, {"冯学军", "13900030002", "201"}} {
		acts = append(acts, act{ago(time.Duration(9 + n)), 0, func(ctx context.Context, _ *deliberation.Service) error {
			actor, err := d.People.FollowedBy(ctx, fmt.Sprintf("oDemo-claim-%d", n))
			if err != nil {
				return err
			}
			return d.register(ctx, actor, d.built[in][4+n], claim.room, claim.name, claim.phone)
		}})
	}
	return acts
}

// rounds are the instants of the past days' Rounds.
func (d *district) rounds() []time.Time {
	first := d.start().In(zone)
	var all []time.Time
	for day := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, zone); day.Before(d.now); day = day.AddDate(0, 0, 1) {
		for _, hour := range []time.Duration{9, 14, 20} {
			if at := day.Add(hour * time.Hour); at.Before(d.now) {
				all = append(all, at)
			}
		}
	}
	return all
}
