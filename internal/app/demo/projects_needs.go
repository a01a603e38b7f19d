package demo

import (
	"jushou/projects"
	"jushou/projects/preset"
)

// needs are what the neighbours of the town want, of the kinds that 罗店 tells of: drying racks, paths, chargers, and what needs
// no building at all.
var needs = []need{
	{"3号楼前晾衣架", "晴天被子没处晒，晾在树上又危险又难看，想在楼前空地装一排晾衣架。", "3号楼前空地", preset.Works, "装四组不锈钢晾衣架，底座用混凝土固定，留出一米八的走道。", 3, []projects.Line{{What: "不锈钢晾衣架四组", Amount: 640000, Quote: "两家报价取低"}, {What: "安装和底座", Amount: 180000}}},
	{"中心花园小路", "下雨天花园里都是泥，老人走不了，想铺一条能推轮椅的小路。", "中心花园", preset.Works, "铺六十米透水砖小路，宽一米二，两头做缓坡。", 5, []projects.Line{{What: "透水砖和垫层", Amount: 1450000, Quote: "三家报价取中"}, {What: "人工", Amount: 760000}}},
	{"电瓶车充电棚", "飞线充电太危险，想在西门边搭一个充电棚，装十二个充电口。", "西门绿地旁", preset.Works, "利用废弃花坛搭棚，装十二个带断电保护的充电口，灭火器和烟感配齐。", 6, []projects.Line{{What: "充电棚", Amount: 2100000, Quote: "两家报价取低"}, {What: "充电口和线路", Amount: 1380000}, {What: "消防器材", Amount: 96000}}},
	{"养宠俱乐部", "养狗的人和怕狗的人老吵架，想办个俱乐部，一起定遛狗时间和规矩。", "社区会客厅", preset.Services, "每月一次文明养宠课，设拾便袋箱六处，成立十二人巡走队。", 12, []projects.Line{{What: "拾便袋箱六处", Amount: 180000}, {What: "讲课和活动用品", Amount: 240000}}},
	{"低碳科技营", "放暑假孩子没地方去，想办低碳小课堂，学做再生纸和小风车。", "党群服务中心二楼", preset.Services, "八次课，每次二十名孩子，由退休教师和大学生志愿者带。", 8, []projects.Line{{What: "材料包", Amount: 320000}, {What: "场地布置", Amount: 80000}}},
	{"社区田园", "小区角落荒着长草，想开成一米菜园，大家认领着种。", "北墙边荒地", preset.Works, "平整两百平方米，分成三十块，装水龙头和堆肥箱。", 4, []projects.Line{{What: "土方和围边", Amount: 620000, Quote: "两家报价取低"}, {What: "水管和堆肥箱", Amount: 270000}}},
	{"楼道加装扶手", "没电梯的楼，老人上下楼没地方扶，想在三楼以下装扶手。", "1号楼至4号楼", preset.Works, "四幢楼共八个单元，装木质扶手，转角做圆。", 3, []projects.Line{{What: "扶手和安装", Amount: 980000, Quote: "三家报价取低"}}},
	{"快递架和雨棚", "快递堆在门卫室外面，下雨就湿，想做个带雨棚的快递架。", "南门门卫室旁", preset.Goods, "定做三组带编号的架子，加六平方米雨棚。", 2, []projects.Line{{What: "快递架三组", Amount: 260000}, {What: "雨棚", Amount: 210000}}},
	{"银发理发角", "腿脚不好的老人理发要走很远，想每月请人来社区理两次。", "社区会客厅", preset.Services, "和两家理发店约好每月两次，行动不便的上门。", 24, []projects.Line{{What: "理发用具一套", Amount: 60000}, {What: "上门车费", Amount: 120000}}},
	{"儿童滑梯换新", "老滑梯裂了口子，孩子划破过手，想换一套新的。", "儿童活动区", preset.Goods, "换一套塑木滑梯，地面铺软垫。", 3, []projects.Line{{What: "滑梯", Amount: 1260000, Quote: "两家报价取低"}, {What: "软垫", Amount: 340000}}},
	{"雨水花园", "一下大雨5号楼前就积水，想挖个雨水花园，又好看又排水。", "5号楼前绿地", preset.Works, "下凹绿地八十平方米，种耐水植物，接到雨水井。", 5, []projects.Line{{What: "土方和盲管", Amount: 860000}, {What: "植物", Amount: 390000}}},
	{"旧书交换亭", "家里旧书多，想在亭子里放书架，换着看。", "中心亭", preset.Goods, "做两组防雨书架，志愿者每周整理。", 2, []projects.Line{{What: "防雨书架两组", Amount: 280000}}},
	{"宠物厕所", "狗粪没人捡，想在遛狗多的地方装三个宠物厕所。", "东侧绿化带", preset.Goods, "装三个带拾便袋的宠物厕所，志愿者轮流清理。", 2, []projects.Line{{What: "宠物厕所三个", Amount: 210000}}},
	{"楼组议事角", "楼里商量事都站在门口，想在架空层放几张桌椅。", "6号楼架空层", preset.Works, "刷墙铺地，放两张长桌十二把椅子，装灯。", 3, []projects.Line{{What: "刷墙和照明", Amount: 310000}, {What: "桌椅", Amount: 240000}}},
	{"暑期托管", "双职工家庭孩子暑假没人看，想办半天托管。", "党群服务中心", preset.Services, "六周，每天上午，两位带班老师，大学生志愿者帮忙。", 6, []projects.Line{{What: "带班补贴", Amount: 720000}, {What: "用品", Amount: 90000}}},
	{"休闲座椅", "买菜回来走不动，路上没地方坐，想沿路放几把椅子。", "主路沿线", preset.Goods, "放十把带扶手的长椅，两百米以内就有一把。", 2, []projects.Line{{What: "长椅十把", Amount: 560000, Quote: "两家报价取低"}}},
	{"智能手机课堂", "老人不会用手机挂号付款，想办手把手的课。", "社区会客厅", preset.Services, "十二次课，每次十五位老人，一对一志愿者。", 12, []projects.Line{{What: "教材和茶水", Amount: 75000}}},
	{"阳台花箱", "楼外墙光秃秃的，想一起种阳台花，统一花箱不怕掉。", "2号楼", preset.Goods, "统一带防坠卡扣的花箱，六十户认领。", 4, []projects.Line{{What: "花箱六十个", Amount: 480000}, {What: "花苗和土", Amount: 150000}}},
	{"健身步道标线", "晚上走路的人多，和车抢道，想画一条步道。", "环小区道路", preset.Works, "画八百米步道线和里程点，转弯处装反光柱。", 2, []projects.Line{{What: "标线和反光柱", Amount: 430000}}},
	{"修补驿站", "伞坏了包破了没处修，想每周请老师傅来修。", "南门岗亭", preset.Services, "每周六上午，两位老师傅，邻居学着帮忙。", 24, []projects.Line{{What: "工具和零件", Amount: 130000}}},
	{"门口无障碍坡道", "坐轮椅的邻居进不了门，想把台阶改成坡道。", "7号楼两个单元", preset.Works, "两个单元做一比十二的坡道，装扶手。", 4, []projects.Line{{What: "坡道", Amount: 740000, Quote: "两家报价取低"}, {What: "扶手", Amount: 160000}}},
	{"邻里音乐角", "晚上跳舞声音大，想换个地方，用定向音箱。", "西北角空地", preset.Goods, "买两套定向音箱，约定晚上八点半结束。", 1, []projects.Line{{What: "定向音箱两套", Amount: 360000}}},
	{"应急小药箱", "半夜头疼脑热买不到药，想在门卫放个小药箱。", "南门门卫", preset.Goods, "常用外用品和血压计，家庭医生每月检查。", 1, []projects.Line{{What: "药箱和血压计", Amount: 85000}}},
	{"垃圾房洗手池", "扔完垃圾没处洗手，想在垃圾房边装洗手池。", "垃圾房旁", preset.Works, "接水管装两个洗手池，冬天有防冻。", 2, []projects.Line{{What: "水管和洗手池", Amount: 190000}}},
	{"墙绘楼道", "楼道小广告多，想请孩子们画画，把墙变好看。", "4号楼楼道", preset.Services, "清理小广告，孩子们画六层，家长一起。", 4, []projects.Line{{What: "涂料和用品", Amount: 140000}}},
	{"共享工具屋", "梯子电钻一年用不了两次，想放在一起借着用。", "5号楼架空层", preset.Goods, "二十样工具，扫码登记借还，志愿者管。", 3, []projects.Line{{What: "工具二十样", Amount: 420000}, {What: "工具柜", Amount: 130000}}},
	{"蝴蝶花坛", "花坛只剩土，想种蝴蝶爱来的花，给孩子看。", "中心花园花坛", preset.Works, "翻土施肥，种八种蜜源植物，装说明牌。", 3, []projects.Line{{What: "植物和土", Amount: 230000}, {What: "说明牌", Amount: 40000}}},
	{"夜间路灯补盲", "东边小路没灯，夜班回来害怕，想装几盏太阳能灯。", "东侧小路", preset.Works, "装九盏太阳能路灯，不用挖线。", 2, []projects.Line{{What: "太阳能路灯九盏", Amount: 510000, Quote: "三家报价取低"}}},
}
