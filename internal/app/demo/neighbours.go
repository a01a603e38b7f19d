package demo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/clock"
	"jushou/internal/identity"
)

// hung is an offer as it might be told, with what became of it.
type hung struct {
	who, ago int // place among the neighbours; hours
	kind     neighbourhood.Kind
	side     neighbourhood.Side
	reach    neighbourhood.Reach
	body     string
	days     int
	asks     []string // answers of the next neighbours
	reply    string
	promised bool
	thanks   string
}

var offers = [...]hung{
	{1, 150, neighbourhood.Give, neighbourhood.Has, neighbourhood.ReachCommunity, "儿童自行车，14 寸，九成新\n孩子长高骑不了了，送给需要的邻居，周末在 3 号楼门口来拿。", 14,
		[]string{"我家宝宝正好四岁，想要！周六上午来拿方便吗？"}, "方便的，十点我在楼下等您。", true, "谢谢林阿姨，孩子一路骑回家的，喜欢得不肯下来。"},
	{2, 120, neighbourhood.Help, neighbourhood.Needs, neighbourhood.ReachCommunity, "想请人帮忙换客厅的灯管\n我一个人爬不了高，灯管已经买好了，十分钟的事。", 7,
		[]string{"我会换，今天下班六点半过来。"}, "太好了，我在家。", true, "小伙子手脚麻利，连旧灯管都帮我带下楼了，谢谢！"},
	{3, 60, neighbourhood.Lend, neighbourhood.Has, neighbourhood.ReachEstate, "轮椅一把，可以借\n老人康复了，放着也是放着，邻居临时要用的拿去用，记得擦干净还回来。", 30,
		[]string{"我妈下周出院，想借两个星期可以吗？"}, "可以，什么时候要和我说一声。", false, ""},
	{4, 30, neighbourhood.Company, neighbourhood.Needs, neighbourhood.ReachCommunity, "早上一起去顾村公园走路\n每天六点半从东门出发，走一圈大概一小时，一个人走没意思。", 14, nil, "", false, ""},
	{5, 20, neighbourhood.Lost, neighbourhood.Has, neighbourhood.ReachCommunity, "在 6 号楼下捡到一串钥匙\n上面有个小熊挂件，昨天傍晚捡到的，说对几把钥匙就能领走。", 7, nil, "", false, ""},
	{6, 9, neighbourhood.Swap, neighbourhood.Has, neighbourhood.ReachCommunity, "绘本二十多本，想换别的绘本\n都是三到六岁看的，看腻了，想和邻居换着看。", 30, nil, "", false, ""},
	{0, 5, neighbourhood.Lend, neighbourhood.Needs, neighbourhood.ReachBuilding, "想借一把冲击钻\n装个晾衣杆，用半小时就还。", 3, []string{"我有，晚上七点后在家，直接来拿。"}, "", false, ""},
}

// wished is a wish as it might be told.
type wished struct {
	who, ago int
	show     neighbourhood.Show
	body     string
	days     int
	by       int // the neighbour who adopts it, 0 for nobody
	as       neighbourhood.As
	unit     string
	what     string
	thanks   string
}

var wishes = [...]wished{
	{2, 200, neighbourhood.ShowMasked, "想学会用手机挂号\n医院都要手机挂号了，儿女不在身边，想有人手把手教我一遍。", 60, 7, neighbourhood.AsMember, "", "周六上午上门教一个小时，教会为止", "教得真耐心，我自己挂上号了，还学会了看报告。"},
	{8, 90, neighbourhood.ShowBuilding, "希望家门口的坡道晚上有盏灯\n轮椅晚上推出来看不清，有个小夜灯就好。", 60, 9, neighbourhood.AsUnit, "荷香五金店", "送一盏太阳能小夜灯，上门装好", ""},
	{10, 40, neighbourhood.ShowNobody, "孩子想要一本旧的《昆虫记》\n借看也可以，看完就还。", 30, 0, "", "", "", ""},
	{11, 26, neighbourhood.ShowMasked, "想听人读一段报纸\n眼睛看不清了，每个星期有人来读半小时，就很高兴。", 60, 0, "", "", "", ""},
}

// neighbourly lets the neighbours of the home community help each other.
func (d *district) neighbourly(ctx context.Context) error {
	hands := clock.Standing(d.now)
	n := d.NeighboursBy(hands)
	who := append([]identity.Actor{}, d.neighbours[HomeCommunity]...)
	lin, err := d.persona(ctx, "lin")
	if err != nil {
		return err
	}
	who[1] = lin
	for i, o := range offers {
		if err := d.hang(ctx, n, hands, who, o, i); err != nil {
			return fmt.Errorf("offer %d: %w", i, err)
		}
	}
	for i, w := range wishes {
		if err := d.wishFor(ctx, n, hands, who, w, i); err != nil {
			return fmt.Errorf("wish %d: %w", i, err)
		}
	}
	return d.offlineWish(ctx, n, hands)
}

func (d *district) hang(ctx context.Context, n *neighbourhood.Service, hands *clock.Virtual, who []identity.Actor, h hung, i int) error {
	at := evening(d.now.Add(-time.Duration(h.ago) * time.Hour))
	hands.Set(at)
	o, err := n.PostOffer(ctx, who[h.who], neighbourhood.PostOffer{
		ID: neighbourhood.OfferID(token(at, "offer", HomeCommunity, i)), Community: HomeCommunity, Kind: h.kind, Side: h.side, Reach: h.reach,
		Body: h.body, Until: at.Add(time.Duration(h.days) * 24 * time.Hour),
	})
	if err != nil {
		return err
	}
	for k, ask := range h.asks {
		asker := who[d.asker(who, h, k)]
		hands.Advance(40 * time.Minute)
		x, err := n.AnswerOffer(ctx, asker, neighbourhood.AnswerOffer{ID: token(hands.Now(), "ask", HomeCommunity, 10*i+k), Offer: o.ID, Text: ask})
		if err != nil {
			return toldBefore(err)
		}
		if h.reply != "" {
			hands.Advance(15 * time.Minute)
			if _, err = n.Say(ctx, who[h.who], neighbourhood.Say{ID: token(hands.Now(), "reply", HomeCommunity, 10*i+k), Exchange: x.ID, Text: h.reply}); err != nil {
				return err
			}
		}
		if h.promised {
			return toldBefore(d.carryOut(ctx, n, hands, who[h.who], asker, o.ID, x.ID, h.thanks))
		}
	}
	return nil
}

// asker finds a neighbour whom the offer reaches: for a building, one who lives there.
func (d *district) asker(who []identity.Actor, h hung, k int) int {
	own := who[h.who].Memberships
	for i, other := range who {
		if i == h.who || i == 1 || len(own) == 0 || len(other.Memberships) == 0 {
			continue
		}
		if h.reach == neighbourhood.ReachBuilding && other.Memberships[0].Building != own[0].Building {
			continue
		}
		if h.reach != neighbourhood.ReachBuilding && i != h.who+k+2 {
			continue
		}
		return i
	}
	return 1
}

func (d *district) carryOut(ctx context.Context, n *neighbourhood.Service, hands *clock.Virtual, owner, asker identity.Actor, o neighbourhood.OfferID, x neighbourhood.ExchangeID, thanks string) error {
	hands.Advance(10 * time.Minute)
	if _, err := n.PromiseOffer(ctx, owner, o, x); err != nil {
		return err
	}
	hands.Advance(20 * time.Hour)
	if _, err := n.FinishOffer(ctx, owner, o); err != nil {
		return err
	}
	hands.Advance(time.Hour)
	_, err := n.ThankOffer(ctx, asker, o, thanks)
	return err
}

func (d *district) wishFor(ctx context.Context, n *neighbourhood.Service, hands *clock.Virtual, who []identity.Actor, w wished, i int) error {
	at := evening(d.now.Add(-time.Duration(w.ago) * time.Hour))
	hands.Set(at)
	made, err := n.HangWish(ctx, who[w.who], neighbourhood.HangWish{
		ID: neighbourhood.WishID(token(at, "wish", HomeCommunity, i)), Community: HomeCommunity, Show: w.show, Body: w.body,
		Until: at.Add(time.Duration(w.days) * 24 * time.Hour),
	})
	if err != nil || w.by == 0 {
		return err
	}
	hands.Advance(5 * time.Hour)
	_, err = n.AdoptWish(ctx, who[w.by], neighbourhood.AdoptWish{Wish: made.ID, As: w.as, Unit: w.unit, What: w.what, Until: hands.Now().Add(7 * 24 * time.Hour)})
	if err != nil || w.thanks == "" {
		return toldBefore(err)
	}
	hands.Advance(30 * time.Hour)
	if _, err = n.StepWish(ctx, who[w.who], neighbourhood.StepWish{Wish: made.ID, Do: neighbourhood.WishFulfil}); err != nil {
		return toldBefore(err)
	}
	hands.Advance(time.Hour)
	_, err = n.ThankWish(ctx, who[w.who], made.ID, w.thanks)
	return toldBefore(err)
}

// offlineWish waits at the desk: entered by one colleague, to be looked at by another.
func (d *district) offlineWish(ctx context.Context, n *neighbourhood.Service, hands *clock.Virtual) error {
	at := morning(d.now.Add(-4 * time.Hour))
	if at.After(d.now) {
		at = d.now
	}
	hands.Set(at)
	_, err := n.HangWish(ctx, d.staff[HomeCommunity].staff[1], neighbourhood.HangWish{
		ID: neighbourhood.WishID(token(d.now, "offline wish", HomeCommunity, 0)), Community: HomeCommunity, Show: neighbourhood.ShowMasked, Vulnerable: true,
		Body: "想有人每周陪着下楼晒太阳\n腿脚不好，一个人不敢下楼，有人扶着走一圈就行。", Until: at.Add(60 * 24 * time.Hour),
		For: &neighbourhood.ForOffline{Name: "许秀英", Building: "7号楼", Contact: "家里座机 56001234，上午在家", Consent: "上门走访时本人口头同意挂出"},
	})
	return err
}

// toldBefore passes over a step that an earlier start, which was killed halfway, had told already.
func toldBefore(err error) error {
	if errors.Is(err, neighbourhood.ErrState) {
		return nil
	}
	return err
}
