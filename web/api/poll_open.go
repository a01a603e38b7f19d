package api

import (
	"bytes"
	"strconv"

	"jushou/deliberation/poll/pabulib"
)

// readResult returns a published result, to anybody.
func (a *Actions) readResult(c *Call) (PollResult, error) {
	out, err := a.Polls.Result(c.Context(), pollOf(c))
	if err != nil {
		return PollResult{}, err
	}
	return showCount(out), nil
}

// PollFile is a text that others count from.
type PollFile struct {
	Text string `json:"text" doc:"Empty where the poll has none."`
}

// readElection returns a finished budget round in the format of participatory budgeting elections.
func (a *Actions) readElection(c *Call) (PollFile, error) {
	out, err := a.Polls.Result(c.Context(), pollOf(c))
	if err != nil || !out.Portable() {
		return PollFile{}, err
	}
	f, err := a.Polls.Election(c.Context(), out.Poll.ID)
	if err != nil {
		return PollFile{}, err
	}
	var text bytes.Buffer
	err = pabulib.Write(&text, f)
	return PollFile{text.String()}, err
}

// readStakes returns what is published of owners' areas, as it was hashed.
func (a *Actions) readStakes(c *Call) (PollFile, error) {
	out, err := a.Polls.Result(c.Context(), pollOf(c))
	return PollFile{out.Result.Stakes}, err
}

// pageNumber is the page of the address; -1, which is no page, where it names none.
func pageNumber(c *Call) int {
	n, err := strconv.Atoi(c.Param("page"))
	if err != nil {
		return -1
	}
	return n
}

// readCommitments returns a page of the released commitments.
func (a *Actions) readCommitments(c *Call) (PollCommits, error) {
	found, err := a.Polls.Commitments(c.Context(), pollOf(c), pageNumber(c))
	return PollCommits{found.Page, append([]string{}, found.Commits...)}, err
}

// readBallots returns a page of the counted ballots. The first page of a poll that is too small for them is empty.
func (a *Actions) readBallots(c *Call) (PollLines, error) {
	out, err := a.Polls.Result(c.Context(), pollOf(c))
	if err != nil || out.Result.Pages == 0 && pageNumber(c) == 0 {
		return PollLines{Lines: []PollLine{}}, err
	}
	found, err := a.Polls.Lines(c.Context(), pollOf(c), pageNumber(c))
	return PollLines{found.Page, each(found.Lines, showPollLine)}, err
}

// ReceiptNumber is the commitment on a receipt. It travels in the body, so that no address and no log has it.
type ReceiptNumber struct {
	Commit string `json:"commit" doc:"64 hexadecimal digits."`
}

// PollCheck says what became of a receipt.
type PollCheck struct {
	Released bool      `json:"released" doc:"The commitment is among those that were published."`
	Line     *PollLine `json:"line,omitempty" doc:"The counted ballot; left out if a later one replaced it or the poll is too small for lines."`
}

// checkReceipt looks a receipt up.
func (a *Actions) checkReceipt(c *Call, in ReceiptNumber) (PollCheck, error) {
	found, err := a.Polls.CheckReceipt(c.Context(), pollOf(c), in.Commit)
	if err != nil {
		return PollCheck{}, err
	}
	shown := PollCheck{Released: found.Released}
	if found.Line != nil {
		line := showPollLine(*found.Line)
		shown.Line = &line
	}
	return shown, nil
}
