package demo

import (
	"context"
	"fmt"
	"time"

	"jushou/deliberation"
	"jushou/deliberation/moderation"
	"jushou/internal/clock"
	"jushou/internal/identity"
)

// remark is a comment that somebody objected to.
type remark struct {
	body    string
	reports []moderation.MakeReport // each by another neighbour
	hidden  string                  // why staff hid it, "" if nobody has looked
	by      int                     // which of the staff
	appeal  string                  // what its author says against that
}

// remarks stand under the home community's story of the leaking roof: one waits for a moderator, one for another moderator than the
// one who hid it, one is settled.
var remarks = []remark{
	{body: "还不是物业的人懒，拿钱不干活，早该换一批。", reports: []moderation.MakeReport{
		{Why: moderation.WhyAbuse}, {Why: moderation.WhyOther, Words: "师傅昨天刚来看过，这样说不公平"},
	}},
	{body: "是楼上那家装修弄坏的，他家户主的名字和电话我有，要的来找我。", reports: []moderation.MakeReport{{Why: moderation.WhyPrivacy}},
		hidden: "不要在这里传邻居的姓名和电话，可以告诉居委会，我们去联系。", appeal: "我没有写出名字和电话，只是说我知道，请再看一看。"},
	{body: "家里空调要清洗的找我，老客户八折。", reports: []moderation.MakeReport{{Why: moderation.WhyAdvert}},
		hidden: "和这件事无关的广告，可以发到“左邻右舍”。", by: 1},
}

// moderation lets neighbours report, staff decide, and an author appeal.
func (d *district) moderation(ctx context.Context) error {
	in, who := HomeCommunity, d.neighbours[HomeCommunity]
	topic, posted := d.story(in, 1)
	for i, r := range remarks {
		at := morning(posted.Add(time.Duration(20+i) * time.Hour))
		ref := moderation.Ref{Kind: moderation.KindComment, ID: token(at, "remark", in, i)}
		author := who[(3+i)%len(who)]
		_, err := d.TopicsBy(clock.Standing(at)).CommentTopic(ctx, author, deliberation.CommentTopic{
			ID: deliberation.CommentID(ref.ID), Topic: topic, Body: r.body, Via: deliberation.ViaH5,
		})
		if err != nil {
			return fmt.Errorf("remark %d: %w", i, err)
		}
		if err := d.judge(ctx, r, ref, author, i); err != nil {
			return fmt.Errorf("remark %d: %w", i, err)
		}
	}
	return nil
}

// judge takes a remark as far as the story has it, in the last day. An earlier start may have come some of the way.
func (d *district) judge(ctx context.Context, r remark, ref moderation.Ref, author identity.Actor, i int) error {
	at := evening(d.now.Add(-time.Duration(22-i) * time.Hour))
	by := func(after time.Duration) *moderation.Service { return d.ModerationBy(clock.Standing(at.Add(after))) }
	thing, appeal, err := by(0).OwnAppeal(ctx, author, ref)
	if err != nil {
		return err
	}
	if thing.State == moderation.StateShown {
		who := d.neighbours[HomeCommunity]
		for k, report := range r.reports {
			report.Ref = ref
			if err := by(time.Duration(k)*time.Minute).Report(ctx, who[(7+i+k)%len(who)], report); err != nil {
				return err
			}
		}
		if r.hidden != "" {
			err = hide(ctx, by(time.Hour), d.staff[HomeCommunity].staff[r.by], ref, r.hidden)
		}
	}
	if err == nil && r.appeal != "" && appeal == nil {
		_, err = by(2*time.Hour).Appeal(ctx, author, moderation.MakeAppeal{Ref: ref, Words: r.appeal})
	}
	return err
}

// hide decides as somebody does who has the queue before them.
func hide(ctx context.Context, s *moderation.Service, staff identity.Actor, ref moderation.Ref, reason string) error {
	queue, err := s.Queue(ctx, staff, HomeCommunity, "")
	if err != nil {
		return err
	}
	for _, item := range queue.Items {
		if item.Case.Ref == ref {
			_, err = s.Decide(ctx, staff, moderation.Decide{Ref: ref, Revision: item.Case.Revision, Seen: item.Thing.Seen, What: moderation.Hide, Reason: reason})
		}
	}
	return err
}
