package apptest_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jushou/deliberation/poll"
	"jushou/deliberation/poll/rule"
	"jushou/internal/app/demo"
	"jushou/internal/apptest"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/ids"
	"jushou/internal/verify"
)

// newcomers registers n people more at the home community, each in a home of their own, and has the rolls know of them.
func newcomers(t *testing.T, h *apptest.House, n int) []identity.Actor {
	t.Helper()
	ctx := t.Context()
	buildings, err := community.NewPlaces(h.Store).BuildingsIn(ctx, demo.HomeCommunity)
	done(t, err)
	consents := []identity.Consent{{Purpose: identity.PurposeService, Version: demo.ConsentVersion}}
	var people []identity.Actor
	for i := range n {
		actor, err := h.People.SignInByWeChat(ctx, fmt.Sprintf("oNewcomer-%03d", i))
		done(t, err)
		m, err := h.People.RegisterResident(ctx, actor, identity.RegisterResident{
			Name: "来新", Phone: fmt.Sprintf("1771234%04d", i), Community: demo.HomeCommunity, Building: buildings[i%len(buildings)].ID,
			Room: fmt.Sprintf("%d02", 1+i/len(buildings)%6), Consents: consents,
		})
		done(t, err)
		done(t, h.People.VerifyResident(ctx, identity.System("test"), actor.ID, m.Household))
		actor, err = h.People.Actor(ctx, actor.ID)
		done(t, err)
		people = append(people, actor)
	}
	h.Settle()
	return people
}

// opened holds a consultation of the home community and opens it; it is open for two days.
func opened(t *testing.T, h *apptest.House, question string) poll.Poll {
	t.Helper()
	now := h.Clock.Now()
	chen := h.Actor("chen")
	p, err := h.Polls.DraftPoll(t.Context(), chen, poll.Draft{
		ID: poll.ID(ids.New(now)), Community: demo.HomeCommunity, Label: poll.Consultation, Question: question,
		Options: []poll.Option{{Text: "桂花", Detail: "秋天香"}, {Text: "樱花"}, {Text: "银杏", Detail: "叶子要扫"}},
		Rule:    rule.Rule{Method: rule.Single, Abstain: true}, OpensAt: now.Add(time.Hour), ClosesAt: now.Add(48 * time.Hour),
	})
	done(t, err)
	_, err = h.Polls.ListRoll(t.Context(), chen, p.ID)
	done(t, err)
	sweep(t, h)
	h.Clock.Advance(time.Hour + time.Second)
	sweep(t, h)
	v, err := h.Polls.Poll(t.Context(), chen, p.ID)
	done(t, err)
	if v.State != poll.Open {
		t.Fatalf("the poll is %s", v.State)
	}
	return v.Poll
}

// ended closes a poll, has it counted, and its steps signed in the public log.
func ended(t *testing.T, h *apptest.House, p poll.Poll) poll.Announced {
	t.Helper()
	h.Clock.Set(p.ClosesAt.Add(time.Second))
	for range 5 { // one sweep goes on as far as it can; more find nothing to do
		sweep(t, h)
	}
	out, err := h.Polls.Result(t.Context(), p.ID)
	done(t, err)
	sign(t, h)
	h.Eventually(patienceForLog, "the result is signed", func() bool {
		c, err := h.PublicLog.Latest(t.Context())
		if err != nil {
			return false
		}
		for end := c.Size; end > 0; end -= 200 {
			list, err := h.PublicLog.Before(t.Context(), end, 200)
			for _, l := range list {
				if l.Entry.Act == poll.PollPublished && l.Entry.Of == "poll/"+string(p.ID) {
					return err == nil
				}
			}
		}
		return false
	})
	return out
}

// TestAnybodyCountsAPollAgain lets 35 people vote, some of them twice, and counts their ballots from outside: over the net, and from the copy.
func TestAnybodyCountsAPollAgain(t *testing.T) {
	t.Parallel()
	h := apptest.Open(t)
	people := newcomers(t, h, 35)
	p := opened(t, h, "路口种什么树？")
	for i, who := range people {
		for n := range 1 + i%2 {
			_, err := h.Polls.CastBallot(t.Context(), who, poll.Cast{Poll: p.ID, Nonce: poll.NewNonce(), Choice: rule.Choice{Picks: []int{(i + n) % 3}}})
			done(t, err)
		}
	}
	out := ended(t, h, p)
	if out.Count.Turnout.Ballots != 35 || out.Poll.Closing.Commitments != 52 {
		t.Fatalf("%+v, %+v", out.Count.Turnout, out.Poll.Closing)
	}
	site, err := verify.Open(h.URL + "/open/log")
	done(t, err)
	dir := t.TempDir()
	var told []string
	options := verify.Options{Report: func(c verify.Check) { told = append(told, c.Text) }}
	_, err = verify.Save(t.Context(), site, dir, options)
	done(t, err)
	_, err = verify.Log(t.Context(), verify.Dir(dir), options)
	done(t, err)
	all := strings.Join(told, "\n")
	for _, want := range []string{string(p.ID) + ": 路口种什么树？: 35 ballots", "with the same result", "公共晾衣架先装在哪里？: 13 ballots", "NOT counted again: fewer than 30"} {
		if strings.Count(all, want) < 2 {
			t.Errorf("%q is not said of both:\n%s", want, all)
		}
	}
	changedInACopy(t, dir, p.ID)
}

// changedInACopy changes a byte of what was kept of a poll in each of its parts.
func changedInACopy(t *testing.T, dir string, id poll.ID) {
	t.Helper()
	for path, from := range map[string]string{
		"charter": "桂花", "ballots/0": `\"picks\"`, "commits/0": `["`,
	} {
		name := filepath.Join(dir, "polls", string(id), filepath.FromSlash(path))
		good, err := os.ReadFile(name)
		done(t, err)
		at := strings.Index(string(good), from)
		if at < 0 || !json.Valid(good) {
			t.Fatalf("%s does not hold %q: %.200s", path, from, good)
		}
		bad := []byte(string(good))
		bad[at+len(from)-1] ^= 1
		done(t, os.WriteFile(name, bad, 0o600))
		if _, err := verify.Log(t.Context(), verify.Dir(dir), verify.Options{}); !errors.Is(err, verify.ErrWrong) {
			t.Errorf("%s changes and the copy still holds: %v", path, err)
		}
		done(t, os.WriteFile(name, good, 0o600))
	}
}
