package demo

import (
	"jushou/projects"
	"jushou/projects/preset"
)

// accomplished are the projects that came to their acceptance or further. Two of one community are archived, so that its showroom has
// something to show.
func accomplished() []done {
	return []done{
		{
			in: HomeCommunity, begun: 100, upTo: preset.Archived,
			need:   need{"9号楼前休息亭", "接孙子等车没地方坐，太阳晒雨又淋，想在9号楼前搭一个小亭子。", "9号楼前", preset.Works, "搭一座四柱木亭，两面靠背长凳，地面找平做防滑，留出轮椅位置。", 5, []projects.Line{{What: "防腐木亭一座", Amount: 880000, Quote: "三家报价取低"}, {What: "地面和长凳", Amount: 320000}}},
			news:   []string{"今天量了位置，和一楼两户说好了朝向，不挡窗。这是动工前的样子，晴天晒、雨天泥。", "柱子立起来了，木料的边角都打磨过。小朋友想进去玩，请再等几天。", "亭子搭好了，长凳也装上了。昨天下雨，有人在里面躲了一会儿雨。"},
			defect: "东边长凳有一颗螺丝头露在外面，会刮衣服。", mended: "换成了沉头螺丝，另外几处也一起查了一遍。",
			thinks: []string{"等校车再也不用晒太阳了。", "傍晚坐满了人，比以前热闹。", "晚上能不能有盏小灯？", "木头味道好闻，做得细。", "施工没有吵到午睡，说到做到。", "希望有人管管，别在里面抽烟。"}, stars: 5,
			reply: "谢谢大家。小灯已经问过物业，开春接一盏太阳能的；亭子里贴了“请勿吸烟”，楼组长每天路过看一眼。", saved: "地面原来的垫层还好用，少挖了一层，省下来的退回额度。",
		},
		{
			in: HomeCommunity, begun: 76, upTo: preset.Settling,
			need:   need{"门口雨伞角", "下雨天进出楼道地上全是水，老人滑倒过，想在每个门口放雨伞架和吸水垫。", "1号楼至6号楼门厅", preset.Goods, "六个门厅各放一组雨伞架、一块吸水地垫，另备二十把共享雨伞。", 2, []projects.Line{{What: "雨伞架六组", Amount: 168000, Quote: "两家报价取低"}, {What: "吸水地垫", Amount: 96000}, {What: "共享雨伞二十把", Amount: 60000}}},
			news:   []string{"六个门厅都看过了，尺寸记下来，雨天地上确实滑。", "伞架到了，先装了三个门厅，请大家试试高度。", "六个门厅都放好了，共享雨伞也挂上了，用完请还回来。"},
			defect: "4号楼的地垫卷边，轮椅过不去。", mended: "换了一块加重压边的，推着轮椅试过三遍。",
			thinks: []string{"下雨天地上干多了。", "共享雨伞少了两把，希望大家自觉。", "钱不多，用得着。", "4号楼一开始卷边，说了第二天就换。"}, stars: 4,
			reply: "少了的两把伞支部补上了，伞柄贴了楼号。地垫每月洗一次，排班贴在门厅。", saved: "地垫量大，店家让了价。",
		},
		{
			in: HomeCommunity, begun: 56, upTo: preset.Rating,
			need:   need{"宝宝推车停放处", "推车都放在楼道里，消防说了几次，可又没有别的地方放。", "5号楼架空层", preset.Works, "隔出十二个带编号的车位，装锁环和感应灯，墙面做防撞条。", 4, []projects.Line{{What: "隔栏和锁环", Amount: 260000}, {What: "感应灯和防撞条", Amount: 140000}}},
			news:   []string{"架空层清出来了，旧家具请主人一周内领走。", "隔栏装好了，感应灯这两天接线。", "十二个车位都能用了，编号登记在居委会，先到先选。"},
			defect: "三号位的锁环太高，推车锁不上。", mended: "把三号位和四号位的锁环都降了二十厘米。",
			thinks: []string{"楼道终于通了。", "灯很亮，晚上也不怕。"}, stars: 4,
		},
		{
			in: HomeCommunity, begun: 50, upTo: preset.Accepting,
			need:   need{"花园夜灯", "晚上花园里黑，散步看不清台阶，想在台阶边装几盏矮灯。", "中心花园台阶", preset.Works, "装十盏低位太阳能草坪灯，照台阶不照窗户。", 3, []projects.Line{{What: "太阳能草坪灯十盏", Amount: 230000, Quote: "两家报价取低"}, {What: "安装", Amount: 50000}}},
			news:   []string{"晚上去看了台阶，确实看不清，用粉笔标了十个位置。", "灯装了六盏，先亮两晚，住得近的邻居看看刺不刺眼。", "十盏都装好了，天黑自动亮，十点以后变暗。"},
			defect: "最下面那盏歪了，照到一楼窗户上。",
		},
		{
			in: "yinxing", begun: 104, upTo: preset.Archived,
			need:   need{"共享工作台", "家里修个椅子锯块板都没地方，想要一张大家能用的工作台。", "地下自行车库一角", preset.Goods, "放两张带台钳的工作台，工具墙画好轮廓，用完归位，周末有老师傅在。", 3, []projects.Line{{What: "工作台两张", Amount: 290000, Quote: "两家报价取低"}, {What: "工具墙和照明", Amount: 150000}}},
			news:   []string{"车库角落清出来了，积灰扫了六袋。", "工作台装好一张，先给大家试试高度。", "两张台子、一面工具墙都好了，周六下午老师傅在。"},
			defect: "台钳没有固定牢，用力会动。", mended: "加了一块钢板从下面对穿固定。",
			thinks: []string{"修好了家里三把椅子。", "孩子学会了用锯子。", "工具都在墙上，缺什么一眼看到。", "周末人多，要排队。"}, stars: 5,
			reply: "谢谢大家喜欢。排队的问题，下个月起周日也开，登记本放在台子边上。", saved: "照明用了换下来的旧灯具。",
		},
	}
}
