package assisted

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/skip2/go-qrcode"

	"jushou/deliberation/assisted"
	"jushou/internal/calendar"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/web/console"
	"jushou/web/page"
	"jushou/web/view"
)

// boxesView is a community's paper boxes at the desk.
type boxesView struct {
	Here     string
	Boxes    []boxView
	New      boxForm
	Problems view.Problems
}

// boxView is a box with its turn said in words.
type boxView struct {
	assisted.HungBox
	To, Turn string
	Due      bool   // today, or since some days
	Token    string // of the form that empties it
	Notes    string // as typed
	Edit     boxForm
	Failed   bool // the form that empties it came back
}

// boxForm is a box as it is typed.
type boxForm struct {
	Token, Place string
	Days         []weekday
	Open         bool
	Problems     view.Problems
}

// weekday is a day to be ticked.
type weekday struct {
	Name, Text string
	On         bool
}

// failedBox is a form about boxes that was refused.
type failedBox struct {
	box, token, place, notes string
	days                     []time.Weekday
	emptied                  bool
	problems                 view.Problems
}

// mondayFirst lists the weekdays as calendars here show them.
func mondayFirst() [7]time.Weekday { return [7]time.Weekday{1, 2, 3, 4, 5, 6, 0} }

// Boxes lists the paper boxes: where they hang, when they are emptied, who did it last.
func (p *Pages) Boxes(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	return p.showBoxes(v, r, failedBox{problems: view.Problems{Status: 200}})
}

func (p *Pages) showBoxes(v *page.Visit, r console.Room, failed failedBox) error {
	all, err := p.Assisted.Boxes(v.Context(), v.Actor, r.Node)
	if err != nil {
		return err
	}
	shown := boxesView{Here: r.Path("/assist/boxes"), New: boxForm{Token: ids.New(v.Now), Days: ticked(v, []time.Weekday{time.Tuesday, time.Friday}), Open: len(all) == 0}}
	for _, b := range all {
		one := p.boxView(v, shown.Here, b)
		if string(b.ID) == failed.box {
			one.again(v, failed)
		}
		shown.Boxes = append(shown.Boxes, one)
	}
	if failed.problems.Any() && !slices.ContainsFunc(all, func(b assisted.HungBox) bool { return string(b.ID) == failed.box }) {
		shown.Problems = failed.problems
		if failed.token != "" && !failed.emptied {
			shown.New = boxForm{Token: failed.token, Place: failed.place, Days: ticked(v, failed.days), Open: true, Problems: failed.problems}
		}
	}
	d, err := p.Within(v, r, "assist", v.T("box.title"), r.Path("/assist"))
	if err != nil {
		return err
	}
	return v.ShowAs(failed.problems.Status, BoxesPage(d, shown))
}

func (p *Pages) boxView(v *page.Visit, here string, b assisted.HungBox) boxView {
	one := boxView{
		HungBox: b, To: here + "/" + string(b.ID), Token: ids.New(v.Now),
		Edit: boxForm{Token: string(b.ID), Place: b.Place, Days: ticked(v, b.Days)},
	}
	today := calendar.DateOf(view.Local(v.Now))
	one.Due = !today.Before(b.NextOn)
	day := v.T("when.day", "month", strconv.Itoa(int(b.NextOn.Month)), "day", strconv.Itoa(b.NextOn.Day)) + " " + weekdayName(v, b.NextOn.Weekday())
	switch {
	case b.NextOn == today:
		one.Turn = v.T("box.today")
	case one.Due:
		one.Turn = v.T("box.late", "day", day)
	default:
		one.Turn = v.T("box.next", "day", day)
	}
	return one
}

func (b *boxView) again(v *page.Visit, f failedBox) {
	if b.Failed = f.emptied; f.emptied {
		b.Token, b.Notes = f.token, f.notes
		b.Edit.Problems = f.problems
		return
	}
	b.Edit = boxForm{Token: f.token, Place: f.place, Days: ticked(v, f.days), Open: true, Problems: f.problems}
}

func weekdayName(v *page.Visit, d time.Weekday) string {
	return v.T("duty.weekday_" + strconv.Itoa(int(d)))
}

// daysWords says on which days a box is emptied: 周二、周五.
func daysWords(v *page.Visit, days []time.Weekday) string {
	var names []string
	for _, d := range mondayFirst() {
		if slices.Contains(days, d) {
			names = append(names, weekdayName(v, d))
		}
	}
	return strings.Join(names, v.T("box.and"))
}

func ticked(v *page.Visit, on []time.Weekday) []weekday {
	var all []weekday
	for _, d := range mondayFirst() {
		all = append(all, weekday{Name: "day" + strconv.Itoa(int(d)), Text: weekdayName(v, d), On: slices.Contains(on, d)})
	}
	return all
}

// SaveBox hangs a box up, or names it and its days anew.
func (p *Pages) SaveBox(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	cmd := assisted.SaveBox{ID: assisted.BoxID(v.Field("token")), Place: v.Field("place")}
	for _, d := range mondayFirst() {
		if v.Field("day"+strconv.Itoa(int(d))) != "" {
			cmd.Days = append(cmd.Days, d)
		}
	}
	if _, err := p.Assisted.SaveBox(v.Context(), v.Actor, r.Node, cmd); err != nil {
		return p.showBoxes(v, r, failedBox{box: string(cmd.ID), token: string(cmd.ID), place: cmd.Place, days: cmd.Days, problems: v.Refuse(err)})
	}
	return v.GoSaying(r.Path("/assist/boxes"), "box.saved")
}

// EmptyBox writes down that a box was emptied.
func (p *Pages) EmptyBox(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	cmd := assisted.EmptyBox{Box: assisted.BoxID(v.Param("box")), Token: v.Field("token"), Notes: -1}
	if n, err := strconv.Atoi(v.Field("notes")); err == nil {
		cmd.Notes = n // what is no number is refused
	}
	if _, err := p.Assisted.EmptyBox(v.Context(), v.Actor, r.Node, cmd); err != nil {
		return p.showBoxes(v, r, failedBox{box: string(cmd.Box), token: cmd.Token, notes: v.Field("notes"), emptied: true, problems: v.Refuse(err)})
	}
	if cmd.Notes > 0 {
		return v.GoSaying(r.Path("/assist?box="+string(cmd.Box)), "box.emptied")
	}
	return v.GoSaying(r.Path("/assist/boxes"), "box.emptied_none")
}

// CloseBox takes a box down.
func (p *Pages) CloseBox(v *page.Visit) error {
	r, err := p.Community(v)
	if err != nil {
		return err
	}
	if err := p.Assisted.CloseBox(v.Context(), v.Actor, r.Node, assisted.BoxID(v.Param("box"))); err != nil {
		return err
	}
	return v.GoSaying(r.Path("/assist/boxes"), "box.closed")
}

// posterView is the sheet that is printed and stuck to a box.
type posterView struct{ Community, Place, Days, Code, Address string }

// Poster shows the sheet.
func (p *Pages) Poster(v *page.Visit) error {
	r, b, err := p.box(v)
	if err != nil {
		return err
	}
	d, err := p.Within(v, r, "assist", v.T("box.poster"), r.Path("/assist/boxes"))
	if err != nil {
		return err
	}
	return v.Show(PosterPage(d, posterView{
		Community: r.Node.Name, Place: b.Place, Days: daysWords(v, b.Days), Address: SayPage(p.BaseURL, r.Node.ID),
		Code: r.Path("/assist/boxes/" + string(b.ID) + "/code.png"),
	}))
}

// Code draws the code of the sheet.
func (p *Pages) Code(v *page.Visit) error {
	r, _, err := p.box(v)
	if err != nil {
		return err
	}
	png, err := DrawCode(SayPage(p.BaseURL, r.Node.ID))
	if err != nil {
		return err
	}
	v.Ctx.Set("Content-Type", "image/png")
	return v.Ctx.Send(png)
}

func (p *Pages) box(v *page.Visit) (console.Room, assisted.HungBox, error) {
	r, err := p.Community(v)
	if err != nil {
		return r, assisted.HungBox{}, err
	}
	if err := identity.Can(v.Actor, identity.AssistEntry, identity.At(r.Node)); err != nil {
		return r, assisted.HungBox{}, err
	}
	b, err := p.Assisted.Box(v.Context(), v.Actor, r.Node, assisted.BoxID(v.Param("box")))
	return r, b, err
}

// SayPage is the public address where a community's residents say what is the matter.
func SayPage(base string, c community.ID) string { return base + "/c/" + string(c) + "/post" }

// codePixels is the width of a code's picture, for print.
const codePixels = 720

// DrawCode draws an address as a code, with a quarter of it to spare for scratches.
func DrawCode(address string) ([]byte, error) {
	png, err := qrcode.Encode(address, qrcode.High, codePixels)
	if err != nil {
		return nil, fmt.Errorf("draw the code of a box: %w", err)
	}
	return png, nil
}
