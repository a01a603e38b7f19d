package poll

import (
	"bytes"

	"github.com/gofiber/fiber/v2"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/pabulib"
	"jushou/internal/identity"
	"jushou/projects"
	"jushou/web/page"
)

// openView is a published result for everybody.
type openView struct {
	poll.Announced
	To       string
	Verifier string
	Round    projects.RoundView
	Readers  readers
}

// Open shows a published result to anybody.
func (p *Pages) Open(v *page.Visit) error {
	out, err := p.Polls.Result(v.Context(), poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	shown := openView{Announced: out, To: "/open/polls/" + string(out.Poll.ID), Verifier: p.Verifier}
	if shown.Round, err = p.round(v, out.Poll); err != nil {
		return err
	}
	shown.Readers = readers(identity.Can(v.Actor, identity.ReadCommunity, out.Poll.Place()) == nil)
	return v.Show(OpenPage(shown))
}

// charterFile is the frozen text with its hash, what was released, and the result's text.
type charterFile struct {
	Charter     string       `json:"charter"`
	Hash        string       `json:"hash"`
	Closing     poll.Closing `json:"closing"`
	Result      string       `json:"result"`
	CommitPages int          `json:"commit_pages"`
	BallotPages int          `json:"ballot_pages"`
	Verifier    string       `json:"receipt_verifier"`
}

// Charter answers with what somebody needs first who counts again.
func (p *Pages) Charter(v *page.Visit) error {
	out, err := p.Polls.Result(v.Context(), poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	x := out.Poll
	return v.JSON(200, charterFile{x.Charter, x.CharterHash, x.Closing, out.Result.Text, x.Closing.Pages(), out.Result.Pages, p.Verifier})
}

// Commits answers with a page of the released commitments.
func (p *Pages) Commits(v *page.Visit) error {
	c, err := p.Polls.Commitments(v.Context(), poll.ID(v.Param("poll")), pageOf(v))
	if err != nil {
		return err
	}
	return v.JSON(200, c)
}

// Ballots answers with a page of the counted ballots.
func (p *Pages) Ballots(v *page.Visit) error {
	l, err := p.Polls.Lines(v.Context(), poll.ID(v.Param("poll")), pageOf(v))
	if err != nil {
		return err
	}
	return v.JSON(200, l)
}

// stakesFile is what is published of owners' areas, as it was hashed.
type stakesFile struct {
	Stakes string `json:"stakes"`
}

// Stakes answers with what owners' areas gave each option, as far as it can be told; nothing where there is no such decision.
func (p *Pages) Stakes(v *page.Visit) error {
	out, err := p.Polls.Result(v.Context(), poll.ID(v.Param("poll")))
	if err == nil && out.Result.Stakes == "" {
		err = page.ErrNotFound
	}
	if err != nil {
		return err
	}
	return v.JSON(200, stakesFile{out.Result.Stakes})
}

// Election answers with a finished budget round as a .pb file.
func (p *Pages) Election(v *page.Visit) error {
	id := poll.ID(v.Param("poll"))
	f, err := p.Polls.Election(v.Context(), id)
	if err != nil {
		return err
	}
	var text bytes.Buffer
	if err := pabulib.Write(&text, f); err != nil {
		return err
	}
	v.Ctx.Attachment(string(id) + ".pb")
	v.Ctx.Set(fiber.HeaderContentType, "text/plain; charset=utf-8")
	return v.Ctx.Send(text.Bytes())
}

// placesFile says where the poll's steps are in the public log, by the index of the entry.
type placesFile struct {
	Opened    int64 `json:"opened"`
	Released  int64 `json:"released"` // of the page of the address
	Published int64 `json:"published"`
}

// Entries answers with the places in the public log that a check of one receipt needs: those of the opening, of a page of commitments and of
// the result.
func (p *Pages) Entries(v *page.Visit) error {
	t, err := p.Polls.Trace(v.Context(), poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	n := pageOf(v)
	if n < 0 || n >= len(t.Released) {
		return page.ErrNotFound
	}
	var at placesFile
	for _, one := range []struct {
		seq  int64
		into *int64
	}{{t.Opened, &at.Opened}, {t.Released[n], &at.Released}, {t.Published, &at.Published}} {
		if *one.into, err = p.Log.IndexOf(v.Context(), one.seq); err != nil {
			return err
		}
	}
	return v.JSON(200, at)
}

// pageOf is the page of the address; -1, which is no page, where it names none.
func pageOf(v *page.Visit) int {
	n := page.Number(v.Param("page"))
	if n == 0 && v.Param("page") != "0" {
		return -1
	}
	return n
}
