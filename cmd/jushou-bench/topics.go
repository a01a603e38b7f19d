package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"jushou/deliberation"
	"jushou/internal/app"
	"jushou/internal/community"
	"jushou/internal/docstore"
	"jushou/internal/identity"
	"jushou/internal/ids"
)

// years is over how much time the topics of a district are spread.
const years = 3 * 365 * 24 * time.Hour

var sayings = []string{
	"3号楼门前的路灯连着几晚不亮，老人下楼看不清台阶，请物业尽快派人来看看。",
	"小区东门的快递柜总是满的，能不能在西门再放一组，大家取件方便些。",
	"楼道里又堆了纸箱和旧家具，消防通道都快走不通了，希望上门劝一劝。",
	"儿童乐园的滑梯有一块板翘起来了，孩子昨天划破了手，麻烦先围起来。",
	"建议把每月第一个星期六定为邻里日，大家带一道菜来，认识认识新搬来的邻居。",
}

// titles end with a number, so that no two pages are the same.
var titles = []string{"路灯不亮", "快递柜不够用", "楼道堆物", "滑梯坏了", "邻里日建议"}

// topicAt makes the n-th topic of a district of so many: the newest few of a community wait for an answer,
// older ones have one.
func topicAt(n, of int, path []community.ID, now time.Time) deliberation.Topic {
	at := now.Add(-years * time.Duration(of-n) / time.Duration(of)).UTC().Truncate(time.Millisecond)
	who := deliberation.Author{Account: identity.AccountID(ids.New(at)), Name: "王**", Building: fmt.Sprintf("%d号楼", 1+n%buildings)}
	in := path[len(path)-1]
	t := deliberation.Topic{
		ID: deliberation.TopicID(ids.New(at)), Community: in, Path: path, Board: deliberation.BoardNearby, Kind: deliberation.KindProblem,
		Author: who, Via: deliberation.ViaH5, Title: fmt.Sprintf("%s %d", titles[n%len(titles)], n),
		Body: strings.Repeat(sayings[n%len(sayings)], 1+n%4), Status: deliberation.Waiting, CreatedAt: at, LastActivity: at,
		PostHash: "0123456789abcdef0123456789abcdef",
		History:  []deliberation.Entry{{What: deliberation.TopicPosted, Actor: string(who.Account), Name: who.Name, At: at, Public: true}},
	}
	t.Clock = &deliberation.ResponseClock{
		Policy: 0, Calendar: "bench", Patrolled: true, StartedAt: at,
		Rounds: []time.Time{now.Add(24 * time.Hour), now.Add(48 * time.Hour), now.Add(72 * time.Hour)}, DueAt: now.Add(24 * time.Hour),
	}
	if of-n > waitingTopics {
		answer(&t)
	}
	return t
}

// waitingTopics is how many of the newest topics wait for an answer.
const waitingTopics = 5 * communities

func answer(t *deliberation.Topic) {
	at := t.CreatedAt.Add(3 * time.Hour)
	t.Clock.Rounds = []time.Time{t.CreatedAt.Add(5 * time.Hour), t.CreatedAt.Add(11 * time.Hour), t.CreatedAt.Add(24 * time.Hour)}
	t.Clock.DueAt, t.Clock.MetAt, t.Status, t.LastActivity = t.Clock.Rounds[0], at, deliberation.Responded, at
	t.Responses = []deliberation.Response{{
		ID: ids.New(at), By: "bench", Name: "陈晓东", Role: identity.RoleStaff, Title: "居委干部", At: at, First: true,
		Body: "收到，已联系物业，今天下午上门处理，处理完在这里回复大家。谢谢提醒。",
	}}
	t.History = append(t.History, deliberation.Entry{What: deliberation.TopicAnswered, Actor: "bench", Name: "陈晓东", Title: "居委干部", At: at, Public: true})
}

// posted is the event of a topic, as its use case would have saved it.
func posted(t deliberation.Topic) docstore.Fact {
	return docstore.Fact{Type: deliberation.TopicPosted, Actor: string(t.Author.Account), At: t.CreatedAt, Data: deliberation.Posted{
		About: deliberation.About{
			Topic: t.ID, Community: t.Community, Town: t.Town(), Board: t.Board, Kind: t.Kind, Title: t.Title, Author: t.Author.Account, AuthorName: t.Author.Name,
		},
		Building: t.Author.Building, Via: t.Via, Excerpt: t.Body, DueAt: t.Clock.DueAt,
	}}
}

// write stores the topics, many hands at a time, and comments under the newest of each community.
func (d *district) write(ctx context.Context, a *app.App) error {
	now := a.Clock.Now()
	paths := make([][]community.ID, communities)
	for c := range paths {
		n, err := a.Directory.Node(ctx, communityID(c))
		if err != nil {
			return err
		}
		paths[c] = n.Path
	}
	topics, comments := deliberation.Topics(a.Store), deliberation.Comments(a.Store)
	numbers := make(chan int)
	go func() {
		defer close(numbers)
		for n := range d.topics {
			numbers <- n
		}
	}()
	hot := make([]hotTopic, min(hotTopics*communities, d.topics))
	workers := make([]int, hands)
	err := together(ctx, workers, func(ctx context.Context, _ int) error {
		for n := range numbers {
			t := topicAt(n, d.topics, paths[n%communities], now)
			if place := d.topics - 1 - n; place < len(hot) {
				hot[place] = hotTopic{n % communities, string(t.ID)}
				if err := discuss(ctx, comments, &t, now); err != nil {
					return err
				}
			}
			if _, err := topics.Put(ctx, string(t.ID), docstore.Absent, t, posted(t)); err != nil {
				return err
			}
		}
		return nil
	})
	d.hot = hot
	return err
}

// discuss writes a page of comments. Their events are left out: the topic's count says what they would have.
func discuss(ctx context.Context, comments docstore.Table[deliberation.Comment], t *deliberation.Topic, now time.Time) error {
	t.Comments = hotComments
	for k := range hotComments {
		at := t.CreatedAt.Add(time.Duration(k+1) * time.Minute)
		c := deliberation.Comment{
			ID: deliberation.CommentID(ids.New(at)), Topic: t.ID, Community: t.Community, Path: t.Path, Via: deliberation.ViaH5, CreatedAt: at,
			Author: deliberation.Author{Account: identity.AccountID(ids.New(now)), Name: "李**", Building: fmt.Sprintf("%d号楼", 1+k%buildings)},
			Body:   sayings[k%len(sayings)],
		}
		if _, err := comments.Put(ctx, string(c.ID), docstore.Absent, c); err != nil {
			return err
		}
	}
	return nil
}
