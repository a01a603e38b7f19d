package demo

import "jushou/deliberation"

const (
	answers    = deliberation.MoveAnswer
	accepts    = deliberation.MoveAccept
	dispatches = deliberation.MoveDispatch
	takes      = deliberation.MoveTake
	reports    = deliberation.MoveReport
	verifies   = deliberation.MoveVerify
)

// lives are told in the home community, so that every stage has somebody who looks at it from their side.
var lives = [...]life{
	{author: "lin", board: "nearby", days: 2, hour: 9, title: "活动室门口的台阶想加一道扶手",
		body: "活动室门口有四级台阶，没有扶手，我们这些腿脚不好的上下都要扶墙，下雨天更不敢走。能不能装一道扶手？", turns: []turn{
			{2, 11, "chen", answers, "林阿姨，台阶我们量过了，四级、净宽一米六，装单侧扶手够的。先放了防滑垫，您走的时候慢一点。"},
			{1, 10, "chen", accepts, "列入居委会自己办的事，找物业一起选样式"},
		}},
	{author: "wang", board: "nearby", days: 6, hour: 9, title: "想在南门口增设一个公交站",
		body: "去地铁站的公交在南门不停，要走到罗溪路口，提着菜走十二分钟。希望在南门口加一站。", turns: []turn{
			{6, 11, "gu", answers, "王师傅，增设站点要由公交公司勘察、区交通部门批准。我们把大家的需求和早晚客流数了两天，写进了建议。"},
			{5, 10, "gu", deliberation.MoveRefuse, "公交站点由区交通委和公交公司设定，居委会办不了。建议和客流数已经代为提交，回执号贴在公告栏，有答复在这里告诉大家。"},
		}},
	{author: "lin", board: "nearby", days: 2, hour: 10, title: "楼道口又贴满了小广告", item: "CG-06",
		body: "3号楼两个单元门口的墙上，开锁、疏通的小广告铲了又贴，墙皮都坏了。", turns: []turn{
			{2, 11, "chen", answers, "今天志愿者先铲掉了二十多张，留了照片。反复张贴的电话号码我们交给城管去查。"},
			{1, 9, "chen", accepts, ""},
			{1, 10, "chen", dispatches, "同一个号码贴了三轮，要查张贴人，居委会没有执法权"},
		}},
	{author: "wang", board: "nearby", days: 4, hour: 9, title: "花坛里的黄土一下雨就流到人行道", item: "LH-03",
		body: "5号楼前面花坛的草都踩秃了，下雨黄泥水流一地，鞋子车轮都带进楼道。", turns: []turn{
			{4, 11, "gu", answers, "看过现场，秃了大约十二平方。临时用草席盖住，人行道今天冲干净。"},
			{4, 15, "gu", accepts, ""},
			{3, 9, "gu", dispatches, "公共绿地补种，按清单归绿化市容管理所"},
			{2, 10, "greening", takes, ""},
		}},
	{author: "lin", board: "nearby", days: 2, hour: 8, title: "沿街店招被风吹得直晃", item: "LH-09",
		body: "荷香苑门口那排店，第三家的招牌一头翘起来了，刮风哐哐响，怕砸到人。", turns: []turn{
			{2, 9, "chen", answers, "已请店家先收起来，招牌下面拉了警戒带，路过请绕一下。"},
			{2, 10, "chen", accepts, ""},
			{2, 11, "chen", dispatches, "要登高加固，请绿化市容管理所派人"},
			{2, 14, "greening", takes, ""},
			{1, 16, "greening", reports, "第三家的招牌重新打了六个固定点，旁边两家松的也一起紧了。警戒带已撤，请居委会来看。"},
		}},
	{author: "lin", board: "nearby", days: 8, hour: 9, title: "6号楼前的电动车堵住消防通道", item: "CG-09",
		body: "6号楼前面消防通道画着黄线，每天晚上还是停满电动车，万一有事救护车都进不来。", turns: []turn{
			{8, 11, "gu", answers, "昨晚数了二十三辆。今晚起志愿者先劝导，北侧空地临时划出停放区。"},
			{8, 15, "gu", accepts, ""},
			{7, 9, "gu", dispatches, "长期占用消防通道，劝导没有用，请城管和物业一起清"},
			{6, 10, "chengguan", takes, ""},
			{4, 16, "chengguan", reports, "会同物业清走二十三辆，通道口装了两根隔离桩，北侧划线停四十辆。连续三晚复查没有再停。"},
			{1, 9, "gu", verifies, "昨晚九点去看，通道是空的"},
		}},
	{author: "wang", board: "nearby", days: 9, hour: 9, title: "底楼烧烤店的油烟往楼上窜", item: "CG-08",
		body: "5号楼底楼的烧烤店，晚上六点到十一点油烟直往上窜，三楼以下不敢开窗，衣服都是味道。", turns: []turn{
			{9, 11, "chen", answers, "昨晚去看过，烟道出口正对二楼。店主说净化器在修，我们请城管来测。"},
			{9, 15, "chen", accepts, ""},
			{8, 9, "chen", dispatches, "要检测油烟，居委会没有设备也没有权限"},
			{7, 10, "chengguan", takes, ""},
			{5, 16, "chengguan", reports, "现场检测超标，责令整改。店主换了净化器，复测合格，烟道出口加高到二楼窗沿以上。"},
			{3, 10, "gu", verifies, "看了复测单，烟道加高了"},
			{2, 20, "wang", deliberation.MoveDispute, "白天测是合格的，晚上人多的时候净化器没开，味道还是很大。请晚上七八点来测。"},
		}},
	{author: "lin", board: "nearby", days: 10, hour: 9, title: "3号楼楼梯间的窗户关不上",
		body: "四楼到五楼转角的窗户把手坏了，关不上，下雨天楼梯上都是水，很滑。", turns: []turn{
			{10, 10, "chen", answers, "下午请物业师傅来换把手，先用绳子把窗拉住了。"},
			{10, 11, "chen", accepts, ""},
			{10, 15, "chen", takes, ""},
			{9, 10, "chen", reports, "换了窗把手和两个铰链，水擦干了，转角贴了防滑条。"},
			{9, 16, "gu", verifies, "试过，关得严"},
			{8, 19, "lin", deliberation.MoveConfirm, "窗户好了，昨天下雨没有进水，谢谢小陈。"},
		}},
	{author: "wang", board: "nearby", days: 11, hour: 9, title: "晾衣架的钢丝断了一根",
		body: "5号楼南面公共晾衣架断了一根钢丝，被子晒不了，断头还翘着会戳到人。", turns: []turn{
			{11, 10, "gu", answers, "断头已经包好，物业今天去配钢丝。"},
			{11, 11, "gu", accepts, ""},
			{11, 15, "gu", takes, ""},
			{10, 10, "gu", reports, "三根钢丝都换了包塑的，收紧器上了油。"},
			{9, 15, "chen", verifies, ""},
		}},
	{author: "wang", board: "nearby", days: 7, hour: 10, title: "自行车把6号楼前的路堵了", into: 5,
		body: "送孩子上学推着车都过不去，6号楼前面横七竖八停的都是电动车。", turns: []turn{
			{7, 11, "chen", answers, "王师傅，这和林阿姨前一天提的是同一处，已经派给城管了。"},
			{7, 15, "chen", deliberation.MoveMerge, "同一条消防通道，一起办，早答应的日子不变"},
		}},
	{author: "lin", board: "nearby", days: 3, hour: 9, title: "夜里总听到嗡嗡的声音",
		body: "这几天夜里躺下来就听到嗡嗡的声音，不知道是水泵还是变压器，睡不好。", turns: []turn{
			{3, 11, "chen", answers, "昨晚在楼下听了半小时没听到，可能是间歇的。我们请物业查泵房，也想多了解一点。"},
			{3, 15, "chen", accepts, ""},
			{1, 15, "chen", deliberation.MoveAsk, "嗡嗡声大概几点开始、响多久？在卧室响还是厨房响？知道了我们好按时间去测。"},
		}},
	{author: "wang", board: "nearby", days: 10, hour: 10, title: "香樟枝叶把5号楼二楼遮得不见光", item: "LH-02",
		body: "5号楼前的三棵香樟长到三楼了，二楼整天要开灯，老人晒不到太阳。", turns: []turn{
			{10, 11, "gu", answers, "量过，最近的枝条离窗一米二。修剪要绿化部门按规范来，我们报上去。"},
			{10, 15, "gu", accepts, ""},
			{9, 9, "gu", dispatches, "高度超过五米，要登高车和有资质的队伍"},
			{8, 10, "greening", takes, ""},
			{3, 15, "greening", deliberation.MoveExtend, "登高车这个月排满了，而且架空线要等供电配合停电，请延到能停电的那一天。"},
			{2, 10, "zhang", deliberation.MoveExtend, ""},
		}},
	{author: "lin", board: "nearby", days: 10, hour: 11, title: "水果店把箱子摆到盲道上", item: "CG-02",
		body: "南门水果店的纸箱一直摆到盲道上，推轮椅要绕到马路上去。", turns: []turn{
			{10, 12, "chen", answers, "上午和店主说了，当面搬进去，下午又摆出来。请城管来管。"},
			{10, 16, "chen", accepts, ""},
			{9, 10, "chen", dispatches, "劝了两次又摆出来，要责令改正"},
			{8, 11, "chengguan", takes, ""},
		}},
	{author: "wang", board: "nearby", days: 3, hour: 10, title: "2号楼北面绿篱枯了一大段", item: "LH-04",
		body: "2号楼北面的黄杨绿篱从中间开始枯，叶子上有白点，旁边的也在黄。", turns: []turn{
			{3, 11, "gu", answers, "枯了七米左右，叶背有介壳虫，先请大家不要靠近采摘。"},
			{3, 16, "gu", accepts, ""},
			{2, 9, "gu", dispatches, "像是病虫害，请绿化市容管理所看"},
			{1, 11, "greening", deliberation.MoveContest, "这一段在小区红线里面，是物业的养护范围，建议转物业，我们可以给用药方案。"},
		}},
}
