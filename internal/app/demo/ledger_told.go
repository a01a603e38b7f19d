package demo

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	"jushou/projects/ledger"
)

// homeFunds are the home community's money, in yuan that add up.
func homeFunds() []envelope {
	return []envelope{microFund(), branchFund(), stairFund()}
}

func microFund() envelope {
	receive := func(source int, n int64, what string) ledger.Draft {
		return ledger.Draft{Kind: ledger.Receive, Source: source, Fen: yuan(n), Purpose: what}
	}
	allot := func(title string, n int64, what string) ledger.Draft {
		return ledger.Draft{Kind: ledger.Allocate, Title: title, Fen: yuan(n), Purpose: what}
	}
	commit := func(line int, firm, contract string, n int64, what string) ledger.Draft {
		return ledger.Draft{Kind: ledger.Commit, Line: line, Payee: ledger.Payee{Name: firm}, Title: contract, Fen: yuan(n), Purpose: what}
	}
	pay := func(deal int, n int64, what string) ledger.Draft {
		return ledger.Draft{Kind: ledger.Pay, Deal: deal, Fen: yuan(n), Purpose: what}
	}
	return envelope{
		terms: ledger.Terms{Name: "民生微实事资金", Purpose: "居民提议、居民定的微项目", Cap: yuan(300_000), Sources: []ledger.Source{
			{Kind: ledger.FromCity, Name: "区级财政", Parts: 3}, {Kind: ledger.FromTown, Name: "罗溪镇财政", Parts: 7},
		}},
		story: []booked{
			{ago: 290, d: receive(1, 90_000, "区级民生微实事年度指标")},
			{ago: 289, d: receive(2, 140_000, "镇级配套第一批")},
			{ago: 262, d: allot("楼道粉刷和照明", 80_000, "议事会第 1 次会议通过，1 至 4 号楼")},
			{ago: 255, d: allot("小花园步道修补", 60_000, "议事会第 1 次会议通过")},
			{ago: 248, d: commit(1, "上海禾木建筑装饰有限公司", "楼道粉刷施工合同", 72_000, "三家比价，取中间一家")},
			{ago: 214, d: pay(1, 36_000, "进场付五成")},
			{ago: 171, d: pay(1, 34_000, "验收后付清，少刷一个夹层扣 2,000 元")},
			{ago: 170, d: ledger.Draft{Kind: ledger.Release, Deal: 1, Fen: yuan(2_000), Purpose: "少刷的夹层不再施工"}},
			{ago: 165, d: ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: yuan(10_000), Purpose: "决算：余额退回资金"}},
			{ago: 160, d: commit(2, "宝绿园艺工程有限公司", "步道修补合同", 55_000, "含防滑砖和两盏草坪灯")},
			{ago: 131, d: pay(2, 30_000, "材料进场")},
			{ago: 104, d: receive(2, 60_000, "镇级配套第二批")},
			{ago: 83, d: allot("3 号楼晾衣架", 48_000, "居民附议 61 户，议事会第 4 次会议通过")},
			{ago: 76, d: commit(3, "恒固五金制品厂", "晾衣架采购安装合同", 45_600, "24 套，含拆旧")},
			{ago: 52, d: pay(3, 20_000, "首批 10 套到货")},
			{ago: 50, d: pay(3, 5_600, "第二批运费")},
			{ago: 46, d: ledger.Draft{Kind: ledger.Reverse, Purpose: "运费已含在合同里，不该另付，收款方未入账"}, reverses: 16},
			{ago: 33, d: pay(2, 21_500, "步道完工")},
			{ago: 31, d: ledger.Draft{Kind: ledger.Refund, Deal: 2, Fen: yuan(1_500), Purpose: "草坪灯少装一盏，退款"}},
			{ago: 24, d: ledger.Draft{Kind: ledger.Move, Line: 2, Title: "非机动车棚照明", Fen: yuan(4_000), Purpose: "步道没用完的，调给居民举手接纳的车棚照明"}},
			{ago: 12, d: pay(3, 12_000, "第二批 8 套"), refused: "发票抬头是个人，请收款方重开再填"},
			{ago: 4, d: pay(3, 12_000, "第二批 8 套，发票已重开"), waits: true},
			{ago: 2, d: commit(4, "亮居电器经营部", "车棚灯具报价单", 3_680, "8 盏感应灯，含安装"), waits: true},
		},
	}
}

func branchFund() envelope {
	return envelope{
		terms: ledger.Terms{Name: "党组织为民服务经费", Purpose: "支部为居民办的小事", Cap: yuan(50_000), Sources: []ledger.Source{{Kind: ledger.FromBranch, Name: "区委组织部", Parts: 1}}},
		story: []booked{
			{ago: 280, d: ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: yuan(50_000), Purpose: "年度经费到账"}},
			{ago: 150, d: ledger.Draft{Kind: ledger.Allocate, Title: "暑期小课堂", Fen: yuan(18_000), Purpose: "支部大会通过，六周"}},
			{ago: 148, d: ledger.Draft{Kind: ledger.Commit, Line: 1, Payee: ledger.Payee{Name: "王秀兰", Private: true}, Title: "书法课讲师约定", Fen: yuan(6_000), Purpose: "六周十二次课"}},
			{ago: 147, d: ledger.Draft{Kind: ledger.Commit, Line: 1, Payee: ledger.Payee{Name: "新苗文具店"}, Title: "纸笔报价单", Fen: yuan(2_460), Purpose: "四十名孩子的纸笔"}},
			{ago: 120, d: ledger.Draft{Kind: ledger.Pay, Deal: 2, Fen: yuan(2_460), Purpose: "纸笔到货"}},
			{ago: 95, d: ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: yuan(6_000), Purpose: "十二次课上完"}},
			{ago: 88, d: ledger.Draft{Kind: ledger.Settle, Line: 1, Fen: yuan(9_540), Purpose: "决算：余额退回经费"}},
		},
	}
}

func stairFund() envelope {
	return envelope{
		terms: ledger.Terms{Name: "5 号楼楼组自治金", Purpose: "5 号楼的公共空间，居民筹多少街道配多少", Cap: yuan(20_000), Sources: []ledger.Source{
			{Kind: ledger.SelfRaised, Name: "5 号楼居民", Parts: 1}, {Kind: ledger.Matched, Name: "街道配比", Parts: 1},
		}},
		story: []booked{
			{ago: 110, d: ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: 764_250, Purpose: "25 户自筹，平均 305.70 元"}},
			{ago: 108, d: ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: 764_250, Purpose: "按 1:1 配比"}},
			{ago: 90, d: ledger.Draft{Kind: ledger.Allocate, Title: "门厅读书角", Fen: yuan(12_000), Purpose: "楼组会议通过"}},
			{ago: 85, d: ledger.Draft{Kind: ledger.Commit, Line: 1, Payee: ledger.Payee{Name: "木里家具"}, Title: "书架和长凳报价单", Fen: 988_800, Purpose: "两组书架、一条长凳"}},
			{ago: 60, d: ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: 988_800, Purpose: "安装好，楼组长验收"}},
		},
	}
}

// plainTerms and plainStory are the year of every other community.
func plainTerms() ledger.Terms {
	return ledger.Terms{Name: "民生微实事资金", Purpose: "居民提议、居民定的微项目", Cap: yuan(200_000), Sources: []ledger.Source{
		{Kind: ledger.FromCity, Name: "区级财政", Parts: 3}, {Kind: ledger.FromTown, Name: "镇财政", Parts: 7},
	}}
}

func plainStory() []booked {
	return []booked{
		{ago: 285, d: ledger.Draft{Kind: ledger.Receive, Source: 1, Fen: yuan(60_000), Purpose: "区级年度指标"}},
		{ago: 284, d: ledger.Draft{Kind: ledger.Receive, Source: 2, Fen: yuan(90_000), Purpose: "镇级配套第一批"}},
		{ago: 190, d: ledger.Draft{Kind: ledger.Allocate, Title: "楼道扶手和休息椅", Fen: yuan(64_000), Purpose: "议事会通过"}},
		{ago: 182, d: ledger.Draft{Kind: ledger.Commit, Line: 1, Payee: ledger.Payee{Name: "安步适老设施有限公司"}, Title: "扶手安装合同", Fen: yuan(61_500), Purpose: "12 个门洞"}},
		{ago: 97, d: ledger.Draft{Kind: ledger.Pay, Deal: 1, Fen: yuan(40_000), Purpose: "前 8 个门洞完工"}},
	}
}

// drawnPaper is a picture of a paper, for vouchers of people who do not exist: a heading, lines and a round seal.
func drawnPaper() []byte {
	const width, height = 600, 800
	page := image.NewRGBA(image.Rect(0, 0, width, height))
	fill := func(r image.Rectangle, c color.Color) {
		draw.Draw(page, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	ink := color.RGBA{70, 70, 80, 255}
	fill(page.Bounds(), color.RGBA{250, 248, 240, 255})
	fill(image.Rect(150, 60, 450, 90), ink)
	for n := range 9 {
		y := 160 + 55*n
		fill(image.Rect(60, y, 540, y+2), color.RGBA{190, 186, 176, 255})
		fill(image.Rect(70, y-26, 70+40*(4+n*5%7), y-12), ink)
	}
	seal := color.RGBA{200, 60, 50, 255}
	for y := -70; y <= 70; y++ {
		for x := -70; x <= 70; x++ {
			if r := x*x + y*y; r <= 70*70 && r >= 63*63 || r <= 12*12 {
				page.Set(440+x, 680+y, seal)
			}
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, page, nil); err != nil {
		return nil // a buffer takes everything
	}
	return b.Bytes()
}
