package demo

import (
	"context"
	"time"

	"jushou/deliberation/bulletin"
	"jushou/internal/clock"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
)

// noticesPerCommunity is how many of the notices each community has published.
const noticesPerCommunity = 2

// bulletins publishes every community's notices, each written by one person and read by another first, and leaves one of
// each other state on the desk of the home community.
func (d *district) bulletins(ctx context.Context) error {
	var all []leaflet
	for i, p := range places {
		in := community.ID(p.id)
		for n := range noticesPerCommunity {
			at := evening(d.now.Add(-time.Duration(20+90*n)*time.Hour - time.Duration(i)*time.Minute))
			t := d.staff[in]
			all = append(all, leaflet{notice: notices[(i+n)%len(notices)], in: in, n: n, at: at, by: t.secretary, reader: t.staff[n%len(t.staff)], until: bulletin.Published})
		}
	}
	return together(ctx, append(all, d.onTheDesk()...), d.print)
}

// leaflet is one notice of the story and how far it has come.
type leaflet struct {
	notice
	in         community.ID
	n          int
	at         time.Time
	by, reader identity.Actor
	urgency    bulletin.Urgency
	building   community.BuildingID // "" for everybody
	until      bulletin.Status
	reason     string // of the return or the withdrawal
}

// onTheDesk are the home community's: for one building alone, withdrawn, waiting for a second person, and given back.
func (d *district) onTheDesk() []leaflet {
	in := HomeCommunity
	t, ago := d.staff[in], func(h time.Duration) time.Time { return evening(d.now.Add(-h * time.Hour)) }
	return []leaflet{
		{notice: deskNotices[0], in: in, n: 10, at: ago(44), by: t.staff[0], reader: t.secretary, urgency: bulletin.Important, building: d.built[in][2].ID, until: bulletin.Published},
		{notice: deskNotices[1], in: in, n: 11, at: ago(140), by: t.staff[1], reader: t.secretary, until: bulletin.Withdrawn, reason: "理发师傅家里有事，改到下周三，另行通知。"},
		{notice: deskNotices[2], in: in, n: 12, at: ago(3), by: t.staff[1], reader: t.secretary, until: bulletin.InReview},
		{notice: deskNotices[3], in: in, n: 13, at: ago(27), by: t.staff[0], reader: t.secretary, until: bulletin.Draft, reason: "请写上报名找谁、电话几点有人接。"},
	}
}

// print takes a notice as far as the story has it. What was published is followed at once, as the relay would have.
func (d *district) print(ctx context.Context, l leaflet) error {
	b := bulletin.Bulletin{ID: bulletin.ID(token(l.at, "notice", l.in, l.n))}
	read, gone := morning(l.at.Add(40*time.Minute)), morning(l.at.Add(20*time.Hour))
	steps := []struct {
		at time.Time
		do func(*bulletin.Service) error
	}{
		{l.at, func(s *bulletin.Service) (err error) {
			cmd := bulletin.Write{ID: b.ID, Node: l.in, Title: l.title, Body: l.body, Urgency: l.urgency}
			if l.building != "" {
				cmd.Audience.Buildings = []community.BuildingID{l.building}
			}
			if b, err = s.WriteBulletin(ctx, l.by, cmd); err == nil && b.Status == bulletin.Draft && b.Reason == "" {
				b, err = s.SubmitBulletin(ctx, l.by, b.ID)
			}
			return err
		}},
		{read, func(s *bulletin.Service) (err error) {
			switch {
			case l.until == bulletin.Draft && b.Status == bulletin.InReview:
				_, err = s.ReturnBulletin(ctx, l.reader, bulletin.Review{Bulletin: b.ID, Revision: b.Revision, Reason: l.reason})
			case l.until == bulletin.Published || l.until == bulletin.Withdrawn && b.Status != bulletin.Withdrawn:
				if _, err = s.ApproveBulletin(ctx, l.reader, bulletin.Review{Bulletin: b.ID, Revision: b.Revision}); err == nil {
					err = s.Follow(ctx, docstore.Event{Type: bulletin.EventPublished, Doc: docstore.Key{ID: string(b.ID)}})
				}
			}
			return err
		}},
		{gone, func(s *bulletin.Service) (err error) {
			if l.until == bulletin.Withdrawn {
				_, err = s.WithdrawBulletin(ctx, l.reader, bulletin.Withdraw{Bulletin: b.ID, Reason: l.reason})
			}
			return err
		}},
	}
	for _, step := range steps {
		if step.at.After(d.now) {
			return nil
		}
		if err := step.do(d.BulletinsBy(clock.Standing(step.at))); err != nil {
			return err
		}
	}
	return nil
}
