package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"jushou/internal/clock"
	"jushou/internal/docstore"
	"jushou/internal/docstore/sqlite"
	"jushou/internal/search"
)

// The load of N6: one community with so many documents, and so many people who search at once.
const (
	searched  = 100_000
	searchers = 16
	shelf     = docstore.Kind("saying")
	village   = "bench-00"
)

// saying is a document of N6: what a topic says, and nothing else.
type saying struct {
	Title string    `json:"title"`
	Body  string    `json:"body"`
	At    time.Time `json:"at"`
}

// What people speak of. The words in front are the frequent ones, as they are where people live.
var (
	where   = strings.Fields("小区 东门 西门 3号楼 12号楼 地下车库 楼道 电梯 中心花园 儿童乐园 快递柜 垃圾房 停车场 健身步道 活动室 菜场 公交站 幼儿园 理发店 水泵房 配电间 老年食堂 社区学校 车棚 围墙 河边 天台 信报箱 监控室 晾衣架")
	things  = strings.Fields("停车 路灯 垃圾 噪音 漏水 充电桩 门禁 绿化 台阶 护栏 井盖 下水道 宠物 广场舞 装修 高空抛物 消防通道 快递 蚊虫 异味 暖气 水压 宽带 座椅 扶手 积水 树枝 占道 油烟 助餐")
	trouble = strings.Fields("坏了 没有人管 太吵 看不清 堵住了 不够用 满了 掉下来 松了 反复出现 半夜响 很危险 收费不明 没有标识 够不着 修了又坏 迟迟不修 长满青苔 挡住视线 划伤孩子")
	asks    = strings.Fields("请物业尽快处理 希望上门看看 能不能装一个 建议改到白天 麻烦先围起来 请居委协调 老人出行不便 孩子天天路过 愿意一起出力 可以开会商量 请公示费用 盼回复 邻居都这么说 已经两个星期了 昨天又发生一次")
)

// often draws a word, the earlier ones more often.
func often(r *rand.Rand, words []string) string {
	return words[int(float64(len(words))*r.Float64()*r.Float64())]
}

// sayingAt makes the n-th document. The same seed makes the same text.
func sayingAt(r *rand.Rand, n int, now time.Time) saying {
	s := saying{Title: often(r, where) + often(r, things) + often(r, trouble), At: now.Add(-time.Duration(searched-n) * time.Minute)}
	var b strings.Builder
	for range 2 + r.IntN(5) {
		fmt.Fprintf(&b, "%s的%s%s，%s。", often(r, where), often(r, things), often(r, trouble), often(r, asks))
	}
	s.Body = b.String()
	return s
}

// wanted draws what somebody types: a thing, a thing at a place, the same misspelt or in pinyin, a whole sentence.
func wanted(r *rand.Rand) string {
	switch r.IntN(8) {
	case 0:
		return often(r, where) + " " + often(r, things)
	case 1:
		return often(r, things) + often(r, trouble)
	case 2:
		return [...]string{"亭车", "路登", "露水", "拉圾"}[r.IntN(4)]
	case 3:
		return [...]string{"tingche", "ludeng", "laji", "dianti"}[r.IntN(4)]
	case 4:
		return [...]string{"停車", "電梯", "垃圾房滿了", "高空拋物"}[r.IntN(4)]
	case 5:
		return often(r, where) + "的" + often(r, things) + often(r, trouble) + often(r, asks)
	}
	return often(r, things)
}

// searching measures N6: the index is built from the feed of a store, then searched.
func (b *bench) searching(ctx context.Context) (err error) {
	dir := filepath.Join(b.dir, "searched")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	store, err := sqlite.Open(ctx, filepath.Join(dir, "store.db"), docstore.Schema{{Kind: shelf}}, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	sayings := docstore.Table[saying]{Store: store, Kind: shelf, Scope: func(saying) string { return village }}
	text, err := fillShelf(ctx, sayings)
	if err != nil {
		return err
	}
	index, err := search.Open(ctx, search.Options{Dir: filepath.Join(dir, "index"), Feed: store, Clock: clock.System{}, Sources: []search.Source{shelved(sayings)}})
	if err != nil {
		return err
	}
	began := time.Now()
	if err := index.CatchUp(ctx); err != nil {
		return errors.Join(err, index.Close())
	}
	built := time.Since(began)
	rounds, err := b.searches(ctx, index)
	if err = errors.Join(err, index.Close()); err != nil {
		return err
	}
	size, err := weigh(filepath.Join(dir, "index"))
	if err != nil {
		return err
	}
	b.raw["N6"] = rounds
	b.note(finding{
		Item: "N6", What: "search, 16 at once, 10^5 topics of one community: p99", Value: median(rounds, func(s sample) float64 { return millis(s.P99) }),
		Target: 50, Stretch: 15, Unit: "ms", Detail: fmt.Sprintf("%.0f/s, p50 %.2f ms; found something %.0f %%",
			median(rounds, perSecond), median(rounds, func(s sample) float64 { return millis(s.P50) }),
			100-median(rounds, func(s sample) float64 { return 100 * float64(s.Refused) / float64(max(s.Requests, 1)) })),
	})
	b.note(finding{
		Item: "N6", What: "size of the index", Value: float64(size) / float64(text), Target: 2, Unit: "× text",
		Detail: fmt.Sprintf("%.1f MiB of %.1f MiB of text; built from the feed in %.1f s", mib(size), mib(text), built.Seconds()),
	})
	return nil
}

// fillShelf writes the documents and returns how many bytes of text they hold.
func fillShelf(ctx context.Context, table docstore.Table[saying]) (text int64, err error) {
	r, now := rand.New(rand.NewPCG(6, 6)), time.Now().UTC().Truncate(time.Millisecond)
	numbers := make([]int, searched)
	all := make([]saying, searched)
	for n := range all {
		numbers[n], all[n] = n, sayingAt(r, n, now)
		text += int64(len(all[n].Title) + len(all[n].Body))
	}
	return text, together(ctx, numbers, func(ctx context.Context, n int) error {
		_, err := table.Put(ctx, fmt.Sprintf("s%06d", n), docstore.Absent, all[n], docstore.Fact{Type: "saying.said", Actor: "bench", At: all[n].At})
		return err
	})
}

func shelved(table docstore.Table[saying]) search.Source {
	return search.Source{Kind: shelf, Types: []string{"saying."}, Load: func(ctx context.Context, ids []string) ([]search.Entry, error) {
		found, err := table.GetMany(ctx, ids)
		entries := make([]search.Entry, 0, len(found))
		for id, s := range found {
			entries = append(entries, search.Entry{ID: id, Title: s.Title, Body: s.Body, At: s.At})
		}
		return entries, err
	}}
}

// searches lets people search at once, round after round. Refused counts what was not found.
func (b *bench) searches(ctx context.Context, index *search.Index) ([]sample, error) {
	rounds := make([]sample, 0, b.rounds)
	for round := range b.rounds {
		begin := time.Now().Add(warmUp)
		end := begin.Add(b.length)
		tallies, failures := make([]tally, searchers), make([]error, searchers)
		var all sync.WaitGroup
		for i := range searchers {
			all.Go(func() {
				tallies[i], failures[i] = searcher(ctx, index, rand.New(rand.NewPCG(uint64(round), uint64(i))), begin, end)
			})
		}
		all.Wait()
		if i := slices.IndexFunc(failures, func(err error) bool { return err != nil }); i >= 0 {
			return nil, failures[i]
		}
		rounds = append(rounds, sum(tallies, b.length))
	}
	return rounds, nil
}

func searcher(ctx context.Context, index *search.Index, r *rand.Rand, begin, end time.Time) (tally, error) {
	var t tally
	for {
		q := search.Query{Scope: village, Text: wanted(r), Limit: 20}
		sent := time.Now()
		if !sent.Before(end) {
			return t, nil
		}
		page, err := index.Find(ctx, q)
		if err != nil {
			return t, err
		}
		if sent.Before(begin) {
			continue
		}
		t.took = append(t.took, time.Since(sent))
		if len(page.Hits) == 0 {
			t.refused++
		}
	}
}

// weigh returns how many bytes the files of a folder have.
func weigh(dir string) (bytes int64, err error) {
	files, err := os.ReadDir(dir)
	if err != nil {
		return 0, err
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil {
			return 0, err
		}
		bytes += info.Size()
	}
	return bytes, nil
}
