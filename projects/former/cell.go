package former

import (
	"errors"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"jushou/internal/calendar"
	"jushou/internal/money"
	"jushou/internal/sheet"
	"jushou/projects/preset"
)

var (
	// personal finds what can only be the number of a telephone or of a document.
	personal = regexp.MustCompile(`[0-9]{11,}`)
	fourth   = regexp.MustCompile(`^([0-9]{4})(?:\.0+)?年?度?$`)
	// serial is a day as a spreadsheet keeps it: days after 1899-12-30.
	serial = regexp.MustCompile(`^([0-9]{5})(?:\.[0-9]+)?$`)
	stars  = regexp.MustCompile(`^([0-9])(?:\.([0-9]{1,2})0*)?分?$`)
	// inexact is a number with more digits than a spreadsheet shows.
	inexact = regexp.MustCompile(`^[0-9]{1,12}\.[0-9]{9,}$`)
)

// quoted is a cell in a complaint.
func quoted(text string) string { return sheet.Shorten(text, 20) }

// need returns the column of a key.
func (p *parser) need(k Key) bool {
	for _, c := range p.columns {
		if c.Key == k {
			return c.Needed
		}
	}
	return false
}

// empty complains of a needed cell with nothing in it, and reports whether there is nothing.
func (p *parser) empty(k Key, text string) bool {
	if text == "" && p.need(k) {
		p.complain(k, false, CodeEmpty)
	}
	return text == ""
}

// text checks the bound of a cell that everybody will read, and that it names nobody by a number.
func (p *parser) text(k Key, text string, most int) string {
	switch {
	case p.empty(k, text):
	case utf8.RuneCountInString(text) > most:
		p.complain(k, false, CodeLong, "max", most)
	case personal.MatchString(text):
		p.complain(k, false, CodePersonal)
	}
	return text
}

func (p *parser) year(text string) int {
	if p.empty(Year, text) {
		return 0
	}
	m := fourth.FindStringSubmatch(strings.ReplaceAll(text, " ", ""))
	if m == nil {
		p.complain(Year, false, CodeYear, "text", quoted(text))
		return 0
	}
	year, _ := strconv.Atoi(m[1]) // four digits
	switch {
	case year >= p.today.Year:
		p.complain(Year, false, CodeThisYear, "text", quoted(text), "year", p.today.Year-1)
		return 0
	case year < FirstYear:
		p.complain(Year, false, CodeOldYear, "text", quoted(text), "first", FirstYear)
		return 0
	}
	return year
}

func (p *parser) class(text string) preset.Class {
	if p.empty(Class, text) {
		return ""
	}
	switch strings.TrimSuffix(strings.TrimSuffix(text, "项目"), "类") {
	case "工程":
		return preset.Works
	case "服务":
		return preset.Services
	case "货物":
		return preset.Goods
	}
	p.complain(Class, false, CodeClass, "text", quoted(text))
	return ""
}

// days reads when it was established and finished, and holds one against the other, the year and today.
func (p *parser) days(established, finished string, year int) (calendar.Date, calendar.Date) {
	from, to := p.day(Established, established), p.day(Finished, finished)
	none := calendar.Date{}
	switch {
	case from != none && year != 0 && from.Year != year:
		p.complain(Established, false, CodeOtherYear, "text", quoted(established), "year", year)
	case to != none && from != none && to.Before(from):
		p.complain(Finished, false, CodeOrder)
	case to != none && year != 0 && to.Year < year:
		p.complain(Finished, false, CodeOtherYear, "text", quoted(finished), "year", year)
	}
	return from, to
}

// epoch is the day before the first one of spreadsheets (ECMA-376 18.17.4.1, with its leap year that never was).
func epoch() calendar.Date { return calendar.Date{Year: 1899, Month: time.December, Day: 30} }

func (p *parser) day(k Key, text string) calendar.Date {
	if text == "" {
		return calendar.Date{}
	}
	var d calendar.Date
	if m := serial.FindStringSubmatch(text); m != nil {
		n, _ := strconv.Atoi(m[1]) // five digits
		d = epoch().AddDays(n)
	} else {
		plain, _, _ := strings.Cut(strings.TrimSpace(text), " ") // a spreadsheet may write the midnight behind it
		plain = strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-", "日", "").Replace(plain)
		at, err := time.Parse("2006-1-2", plain)
		if err != nil {
			p.complain(k, false, CodeDate, "text", quoted(text))
			return d
		}
		d = calendar.DateOf(at)
	}
	if p.today.Before(d) {
		p.complain(k, false, CodeFuture, "text", quoted(text))
		return calendar.Date{}
	}
	if d.Year < FirstYear {
		p.complain(k, false, CodeDate, "text", quoted(text))
		return calendar.Date{}
	}
	return d
}

// exact undoes what a spreadsheet does to numbers that have no exact binary form: it keeps 4.6 as 4.5999999999999996. What stands
// behind the sixth place is no part of a number that a person wrote; other texts stay as they are.
func exact(text string) string {
	if inexact.MatchString(text) {
		if n, ok := new(big.Rat).SetString(text); ok {
			return n.FloatString(6)
		}
	}
	return text
}

// sum reads an amount of yuan; a fraction of a fen is refused.
func (p *parser) sum(k Key, text string) money.Fen {
	if p.empty(k, text) {
		return 0
	}
	fen, err := money.ParseUpTo(exact(text), MaxSum)
	switch {
	case err == nil:
		return fen
	case errors.Is(err, money.ErrNegative):
		p.complain(k, false, CodeNegative, "text", quoted(text))
	case errors.Is(err, money.ErrFraction):
		p.complain(k, false, CodeFraction, "text", quoted(text))
	case errors.Is(err, money.ErrLarge):
		p.complain(k, false, CodeLarge, "text", quoted(text), "max", MaxSum.String())
	default:
		p.complain(k, false, CodeMoney, "text", quoted(text))
	}
	return 0
}

// rating reads one to five stars into hundredths.
func (p *parser) rating(text string) int {
	if text == "" {
		return 0
	}
	m := stars.FindStringSubmatch(exact(strings.ReplaceAll(text, " ", "")))
	n := 0
	if m != nil {
		n, _ = strconv.Atoi(m[1] + (m[2] + "00")[:2]) // three digits
	}
	if n < 100 || n > 100*preset.MaxStars {
		p.complain(Rating, false, CodeRating, "text", quoted(text))
		return 0
	}
	return n
}
