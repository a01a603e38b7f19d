package main

import (
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/valyala/fasthttp"

	"jushou/internal/community"
	"jushou/internal/ids"
)

// topicLoad posts topics by the H5's form: session, CSRF token, permission, screening, the topic with its event in one
// durable write. Scripts have shown what is similar while the text was typed, so it is not shown again. Everybody posts in turn, so that nobody meets the limit of 60 changes a minute.
func topicLoad(d *district, addr string, turn int) load {
	return load{
		addr: addr,
		next: func(connection, n int, req *fasthttp.Request) {
			at := turn + connection + n*connections
			v := d.visitors[at%len(d.visitors)]
			req.Header.SetMethod(fasthttp.MethodPost)
			v.ask(req, addr, "/c/"+string(v.community)+"/post")
			req.Header.SetContentType("application/x-www-form-urlencoded")
			req.Header.Set("Sec-Fetch-Site", "same-origin")
			req.SetBodyString("_csrf=" + url.QueryEscape(v.csrf) + "&token=" + ids.New(time.Now()) + "&board=nearby&title=" +
				url.QueryEscape(fmt.Sprintf("路灯不亮 %d", at)) + "&anyway=1&body=" + postedBody)
		},
		good: func(res *fasthttp.Response) bool { return res.StatusCode() == fasthttp.StatusSeeOther },
	}
}

var postedBody = url.QueryEscape(sayings[0])

// writing is one round of N2.
type writing struct {
	Raw     float64       `json:"raw_rows_per_second"`
	Fsyncs  float64       `json:"fsyncs_per_second"`
	Posts   sample        `json:"posts"`
	Settled time.Duration `json:"settled_ns"` // until the relays had told everybody
}

// posting measures N2 on one district.
func (b *bench) posting(d *district, server *child, claim bool) error {
	size, err := topicSize()
	if err != nil {
		return err
	}
	base, err := openRaw(d.cfg.DataDir, size)
	if err != nil {
		return err
	}
	defer base.conn.Close()
	var rounds []writing
	turn := 0
	for range b.turns(!claim) {
		var w writing
		if w.Fsyncs, err = fsyncRate(b.dir, b.length/4); err != nil {
			return err
		}
		if w.Raw, err = base.insert(b.length); err != nil {
			return err
		}
		w.Posts = topicLoad(d, server.addr, turn).drive(b.length)
		turn += 3 * w.Posts.Requests / 2
		if w.Posts.Refused > 0 {
			return fmt.Errorf("%d of %d posts failed: %s", w.Posts.Refused, w.Posts.Requests, w.Posts.Why)
		}
		w.Settled = server.settle(30 * time.Second)
		rounds = append(rounds, w)
	}
	what := fmt.Sprintf("post topic, 10^%d topics", digits(d.topics))
	b.raw["N2 "+what] = rounds
	detail := fmt.Sprintf("%.0f/s, p50 %.1f ms; R %.0f rows/s of %d bytes; %.0f fsyncs/s; everybody told %.1f s later",
		median(rounds, func(w writing) float64 { return w.Posts.PerSecond }), median(rounds, func(w writing) float64 { return millis(w.Posts.P50) }),
		median(rounds, func(w writing) float64 { return w.Raw }), size, median(rounds, func(w writing) float64 { return w.Fsyncs }),
		median(rounds, func(w writing) float64 { return w.Settled.Seconds() }))
	b.note(finding{
		Item: "N2", What: what, Value: median(rounds, func(w writing) float64 { return w.Posts.PerSecond / w.Raw }),
		Target: 0.06, Stretch: 0.12, Unit: "R", More: true, Told: !claim, Detail: detail,
	})
	b.note(finding{
		Item: "N2", What: what + ": p99", Value: median(rounds, func(w writing) float64 { return millis(w.Posts.P99) }), Target: 50, Unit: "ms", Told: !claim,
	})
	return nil
}

// topicSize is the bytes of the document that a post makes.
func topicSize() (int, error) {
	t := topicAt(0, 1, []community.ID{"bench", "bench-town", communityID(0)}, time.Now())
	body, err := json.Marshal(t)
	return len(body), err
}
