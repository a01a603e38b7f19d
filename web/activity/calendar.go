package activity

import (
	"strings"
	"time"
	"unicode/utf8"

	"jushou/projects/activity"
	"jushou/web/page"
)

// Calendar gives one activity as a file that calendars read (RFC 5545).
func (p *Pages) Calendar(v *page.Visit) error {
	a, err := p.Activities.Activity(v.Context(), v.Actor, activity.ID(v.Param("activity")))
	if err != nil {
		return err
	}
	v.Ctx.Set("Content-Type", "text/calendar; charset=utf-8")
	v.Ctx.Set("Content-Disposition", `attachment; filename="activity.ics"`)
	return v.Ctx.SendString(calendarOf(a.Activity, p.BaseURL, v.Now))
}

// calendarOf writes an activity as a calendar of one event. Its id stays and its sequence grows with each change, so that a
// calendar that reads it again moves the event it has.
func calendarOf(a activity.Activity, base string, now time.Time) string {
	const stamp = "20060102T150405Z"
	status := "CONFIRMED"
	if a.Status == activity.Cancelled {
		status = "CANCELLED"
	}
	_, host, _ := strings.Cut(base, "://")
	lines := []string{
		"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jushou//activities//ZH", "METHOD:PUBLISH", "BEGIN:VEVENT",
		"UID:" + string(a.ID) + "@" + host, "SEQUENCE:" + number(a.Revision), "DTSTAMP:" + now.UTC().Format(stamp),
		"DTSTART:" + a.StartsAt.UTC().Format(stamp), "DTEND:" + a.EndsAt.UTC().Format(stamp),
		"SUMMARY:" + escaped(a.Title), "LOCATION:" + escaped(a.Where), "DESCRIPTION:" + escaped(a.What), "URL:" + base + href(a.ID), "STATUS:" + status,
		"END:VEVENT", "END:VCALENDAR",
	}
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(folded(l))
		b.WriteString("\r\n")
	}
	return b.String()
}

// escaped writes a text as RFC 5545 section 3.3.11 wants it.
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// folded breaks a line after at most 75 bytes, between letters (section 3.1).
func folded(line string) string {
	const most = 75
	var b strings.Builder
	room := most
	for _, r := range line {
		n := utf8.RuneLen(r)
		if n > room {
			b.WriteString("\r\n ")
			room = most - 1
		}
		b.WriteRune(r)
		room -= n
	}
	return b.String()
}
