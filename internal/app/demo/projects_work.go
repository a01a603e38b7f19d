package demo

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"jushou/deliberation"
	"jushou/internal/calendar"
	"jushou/internal/docstore"
	cash "jushou/internal/money"
	"jushou/projects"
)

// underway is an established project whose work is told.
type underway struct {
	id   projects.ID
	tale tale
	need need
}

// Tales of the work. They begin a month earlier than the others, so that there is something to tell.
const (
	isWorking  tale = "working"  // half of it is done, with news
	isVarying  tale = "varying"  // a change was approved, and another is asked for
	isStale    tale = "stale"    // nothing was heard of it for too long
	isFinished tale = "finished" // waits for acceptance
	isDropped  tale = "dropped"  // given up after it had begun
)

// earlier is how many days before the others such a project began.
func (t tale) earlier() int {
	switch t {
	case isWorking, isVarying, isStale, isFinished, isDropped:
		return 30
	}
	return 0
}

// build tells of the work of those that were established, after all else is told: the sweep that records an alarm looks at
// every project.
func (w *works) build(ctx context.Context) error {
	for n, x := range w.underway {
		w.begun(ctx, x, n)
		switch x.tale {
		case isVarying:
			w.vary(ctx, x)
		case isFinished:
			w.finished(ctx, x)
		case isDropped:
			w.at(12, 10)
			w.took(w.projects.Cancel(ctx, w.team.secretary, x.id, "管线改造提前到今年，同一位置要开挖，做了也留不住"))
		}
	}
	return w.err
}

// days is a day so many before the present.
func (w *works) days(before int) calendar.Date {
	return calendar.DateOf(w.now.In(zone)).AddDays(-before)
}

// begun writes milestones, names who watches, begins, and reaches the first.
func (w *works) begun(ctx context.Context, x underway, n int) {
	cost := sumOf(x.need.lines)
	w.at(34, 9)
	w.took(w.projects.WriteMilestones(ctx, w.branch, projects.WriteMilestones{Project: x.id, Rows: []projects.MilestoneRow{
		{Name: "看现场、定方案", Due: w.days(30), Cost: cost / 20},
		{Name: "材料到位", Due: w.days(20), Cost: cost / 2},
		{Name: "做好一半，请大家看", Due: w.days(6), Cost: cost / 5},
		{Name: "全部完成", Due: w.days(-9), Cost: cost / 5},
	}}))
	token := w.token()
	w.took(w.projects.OfferSupervision(ctx, w.who[6+n%4], x.id, token))
	w.at(33, 9)
	w.took(w.projects.NameSupervisor(ctx, w.team.secretary, x.id, token, true))
	w.took(w.projects.Start(ctx, w.branch, x.id))
	w.keep(w.projects.Follow(ctx, w.who[5], x.id, true))
	w.at(32, 17)
	w.news(ctx, x.id, "今天党员和志愿者到现场量了尺寸，和住得近的几户说了施工时间。这是动工前的样子。", projects.Before)
	w.at(30, 16)
	w.reaches(ctx, x.id, 1, 30, cost/20)
	w.took(w.projects.ConfirmMilestone(ctx, w.who[6+n%4], projects.ConfirmMilestone{Project: x.id, Milestone: 1, Holds: true, Words: "我也在场，量得仔细。"}))
	if x.tale == isStale || x.tale == isDropped {
		return // nothing more was heard
	}
	w.at(18, 17)
	w.reaches(ctx, x.id, 2, 18, cost/2)
	w.news(ctx, x.id, "材料到了，堆在西门内侧，用围挡围好，孩子别靠近。数量和单子对过，监督员也在。", projects.During)
	w.at(10, 18)
	w.news(ctx, x.id, "做了三天，完成差不多一半。中午十二点到两点没有动工，谢谢大家包涵。", projects.During)
}

// news tells of the work with a drawn photo.
func (w *works) news(ctx context.Context, id projects.ID, words string, when projects.Phase) {
	x, err := w.projects.PostNews(ctx, w.branch, projects.PostNews{
		ID: projects.NewsID(w.token()), Project: id, Text: words, Shots: []projects.Shot{{Photo: w.shots[when], When: when}},
	})
	w.keep(err)
	if err == nil { // the relay has not begun
		w.keep(w.projects.FollowNews(ctx, docstore.Event{Data: []byte(`{"project":"` + string(id) + `","news":"` + string(x.ID) + `"}`)}))
	}
}

func (w *works) reaches(ctx context.Context, id projects.ID, n, day int, cost cash.Fen) {
	w.took(w.projects.ReachMilestone(ctx, w.branch, projects.ReachMilestone{Project: id, Milestone: n, On: w.days(day), Cost: cost}))
}

// vary asks for a change that is approved, plans anew, and asks for another.
func (w *works) vary(ctx context.Context, x underway) {
	w.at(9, 10)
	token := w.token()
	w.took(w.projects.Vary(ctx, w.branch, projects.Vary{
		ID: token, Project: x.id, What: "加一道防水", Why: "开挖后发现地下返潮，不做防水用不了几年", Amount: 60_000, Weeks: 1,
	}))
	w.at(8, 15)
	w.took(w.projects.ApproveVariation(ctx, w.team.secretary, x.id, token, "监督员现场看过，确实返潮"))
	cost := sumOf(x.need.lines)
	w.took(w.projects.WriteMilestones(ctx, w.branch, projects.WriteMilestones{Project: x.id, Seen: 1, Reason: "要先做防水，往后推四天", Rows: []projects.MilestoneRow{
		{N: 3, Name: "做好一半，请大家看", Due: w.days(2), Cost: cost / 5}, {N: 4, Name: "全部完成", Due: w.days(-13), Cost: cost / 5},
	}}))
	w.at(1, 9)
	w.took(w.projects.Vary(ctx, w.branch, projects.Vary{
		ID: w.token(), Project: x.id, What: "少装一组，留出消防通道", Why: "消防检查要求通道宽四米", Amount: -20_000,
	}))
	w.took(w.projects.OfferSupervision(ctx, w.who[11], x.id, w.token()))
}

// finished reaches the rest and reports it.
func (w *works) finished(ctx context.Context, x underway) {
	cost := sumOf(x.need.lines)
	w.at(6, 17)
	w.reaches(ctx, x.id, 3, 6, cost/5)
	w.at(3, 16)
	w.reaches(ctx, x.id, 4, 3, cost/6)
	w.news(ctx, x.id, "全部做好了，今天把场地扫干净，围挡撤了。请大家用用看，哪里不好直接说。", projects.After)
	w.at(2, 10)
	w.took(w.projects.Finish(ctx, w.branch, x.id))
}

// shoot draws a place before, during and after the work and keeps the pictures, which all projects share.
func (d *district) shoot(ctx context.Context) (map[projects.Phase]deliberation.PhotoID, error) {
	shots := map[projects.Phase]deliberation.PhotoID{}
	for n, when := range projects.Phases() {
		id := token(d.start(), "shot", HomeCommunity, n)
		shots[when] = deliberation.PhotoID(id)
		if d.Paper == nil {
			continue
		}
		if err := d.Paper(ctx, id, drawnPlace(when)); err != nil {
			return nil, err
		}
	}
	return shots, nil
}

// drawnPlace is a picture of a place that does not exist: mud, mud behind a fence, or grass with a path.
func drawnPlace(when projects.Phase) []byte {
	const width, height = 800, 600
	place := image.NewRGBA(image.Rect(0, 0, width, height))
	fill := func(x0, y0, x1, y1 int, c color.RGBA) {
		draw.Draw(place, image.Rect(x0, y0, x1, y1), image.NewUniform(c), image.Point{}, draw.Src)
	}
	ground := map[projects.Phase]color.RGBA{
		projects.Before: {134, 110, 84, 255}, projects.During: {150, 128, 100, 255}, projects.After: {96, 150, 84, 255},
	}[when]
	fill(0, 0, width, 240, color.RGBA{196, 220, 238, 255})
	fill(90, 60, 330, 240, color.RGBA{222, 208, 190, 255})
	fill(470, 90, 740, 240, color.RGBA{206, 194, 178, 255})
	for i := range 12 {
		fill(110+56*(i%4), 80+52*(i/4), 146+56*(i%4), 108+52*(i/4), color.RGBA{110, 140, 164, 255})
		fill(490+62*(i%4), 108+44*(i/4), 528+62*(i%4), 132+44*(i/4), color.RGBA{110, 140, 164, 255})
	}
	fill(0, 240, width, height, ground)
	switch when {
	case projects.Before:
		for i := range 7 {
			fill(40+110*i, 320+36*(i%3), 110+110*i, 340+36*(i%3), color.RGBA{104, 84, 64, 255})
		}
	case projects.During:
		for i := range 10 {
			fill(20+80*i, 330, 80+80*i, 420, color.RGBA{236, 168, 44, 255})
			fill(20+80*i, 360, 80+80*i, 390, color.RGBA{250, 250, 246, 255})
		}
	default:
		for i := range 18 {
			fill(300-i*9, 240+20*i, 500+i*9, 260+20*i, color.RGBA{190, 184, 176, 255})
		}
		fill(80, 330, 250, 350, color.RGBA{150, 100, 60, 255})
		fill(560, 330, 730, 350, color.RGBA{150, 100, 60, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, place, nil); err != nil {
		return nil // a buffer takes everything
	}
	return b.Bytes()
}

func sumOf(lines []projects.Line) cash.Fen { return projects.Plan{Lines: lines}.Total() }
