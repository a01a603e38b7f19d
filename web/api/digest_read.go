package api

import (
	"jushou/deliberation"
	"jushou/deliberation/digest"
	"jushou/internal/community"
)

func digestOf(c *Call) digest.ID { return digest.ID(c.Param("digest")) }

// listDigests lists what a community passed up.
func (a *Actions) listDigests(c *Call) (Page[Digest], error) {
	found, err := a.Digests.Digests(c.Context(), c.Actor, community.ID(c.Param("community")), c.after())
	if err != nil {
		return Page[Digest]{}, err
	}
	return pageOf(found.Items, found.Next, showDigest(c)), nil
}

// readDigest shows one.
func (a *Actions) readDigest(c *Call) (Digest, error) {
	d, err := a.Digests.Digest(c.Context(), c.Actor, digestOf(c))
	return digested(c, d, err)
}

// DigestTopic is a topic as it stands in a group.
type DigestTopic struct {
	ID        deliberation.TopicID  `json:"id"`
	Board     deliberation.BoardKey `json:"board"`
	Title     string                `json:"title"`
	Author    Author                `json:"author"`
	Voices    int                   `json:"voices"`
	CreatedAt Instant               `json:"created_at"`
}

func showDigestTopic(t deliberation.TopicView) DigestTopic {
	return DigestTopic{ID: t.ID, Board: t.Board, Title: t.Title, Author: showAuthor(t.Author), Voices: t.Voices(), CreatedAt: instant(t.CreatedAt)}
}

// DigestReport is a digest with the topics of its groups.
type DigestReport struct {
	Digest Digest `json:"digest"`
	// Topics are those of all groups that are public now.
	Topics []DigestTopic `json:"topics" doc:"Of all groups, as far as they are public now."`
}

// reportDigest shows one with its topics.
func (a *Actions) reportDigest(c *Call) (DigestReport, error) {
	d, err := a.Digests.Digest(c.Context(), c.Actor, digestOf(c))
	if err != nil {
		return DigestReport{}, err
	}
	found, err := a.Digests.TopicsOf(c.Context(), c.Actor, d, 0)
	if err != nil {
		return DigestReport{}, err
	}
	report := DigestReport{Digest: showDigest(c)(d), Topics: []DigestTopic{}}
	for _, g := range d.Groups {
		for _, id := range g.Topics {
			if t, ok := found[id]; ok {
				report.Topics = append(report.Topics, showDigestTopic(t))
			}
		}
	}
	return report, nil
}

// TownDigests is what a town has to do with digests.
type TownDigests struct {
	Owed []Digest `json:"owed" doc:"Wait for its answer, the earliest due first."`
	Rest []Digest `json:"rest" doc:"The latest others."`
}

// townDigests shows a town's inbox.
func (a *Actions) townDigests(c *Call) (TownDigests, error) {
	in, err := a.Digests.TownInbox(c.Context(), c.Actor, community.ID(c.Param("town")))
	if err != nil {
		return TownDigests{}, err
	}
	return TownDigests{Owed: each(in.Owed, showDigest(c)), Rest: each(in.Rest, showDigest(c))}, nil
}

// DigestProposal is a topic that may be passed up.
type DigestProposal struct {
	DigestTopic
	Group   digest.GroupID `json:"group,omitempty" doc:"That it is in."`
	Earlier bool           `json:"earlier" doc:"Older than the period; one of the period was merged into it."`
	Before  bool           `json:"before" doc:"The town has had it in another digest."`
}

// DigestProposals is a page of the period.
type DigestProposals struct {
	Items []DigestProposal `json:"items"`
	Next  string           `json:"next,omitempty" doc:"Send as after for the next page."`
	Total int              `json:"total" doc:"Topics of the period, notices and hidden ones too."`
}

// proposeTopics shows a page of the period.
func (a *Actions) proposeTopics(c *Call) (DigestProposals, error) {
	found, err := a.Digests.Propose(c.Context(), c.Actor, digestOf(c), deliberation.BoardKey(c.Query("board")), c.after())
	if err != nil {
		return DigestProposals{}, err
	}
	return DigestProposals{
		Items: each(found.Items, func(p digest.Proposal) DigestProposal {
			return DigestProposal{showDigestTopic(p.TopicView), p.In, p.Earlier, p.Before}
		}),
		Next: string(found.Next), Total: found.Total,
	}, nil
}
