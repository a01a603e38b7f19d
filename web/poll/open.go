package poll

import (
	"jushou/deliberation/poll"
	"jushou/web/page"
)

// openView is a published result for everybody.
type openView struct {
	poll.Announced
	To       string
	Verifier string
}

// Open shows a published result to anybody.
func (p *Pages) Open(v *page.Visit) error {
	out, err := p.Polls.Result(v.Context(), poll.ID(v.Param("poll")))
	if err != nil {
		return err
	}
	return v.Show(OpenPage(openView{out, "/open/polls/" + string(out.Poll.ID), p.Verifier}))
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

// pageOf is the page of the address; -1, which is no page, where it names none.
func pageOf(v *page.Visit) int {
	n := number(v.Param("page"))
	if n == 0 && v.Param("page") != "0" {
		return -1
	}
	return n
}
