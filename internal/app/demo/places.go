package demo

// place is one community of the demo town. The id stands in addresses.
type place struct {
	id      string
	name    string
	estates []string
}

// places are the 30 居民区. Names are invented.
var places = [...]place{
	{"hexiang", "荷香居民区", []string{"荷香苑", "荷风雅庭"}},
	{"yinxing", "银杏居民区", []string{"银杏里"}},
	{"tingchao", "听潮居民区", []string{"听潮湾", "听潮新村"}},
	{"jinsui", "金穗居民区", []string{"金穗家园"}},
	{"luxi", "鹭溪居民区", []string{"鹭溪苑一期", "鹭溪苑二期"}},
	{"meiting", "梅亭居民区", []string{"梅亭小区"}},
	{"qinghe", "清禾居民区", []string{"清禾公寓"}},
	{"chunhui", "春晖居民区", []string{"春晖花园", "春晖新苑"}},
	{"yuelai", "悦莱居民区", []string{"悦莱名邸"}},
	{"hupan", "湖畔居民区", []string{"湖畔人家"}},
	{"zhulin", "竹林居民区", []string{"竹林佳苑"}},
	{"anju", "安居居民区", []string{"安居一村", "安居二村"}},
	{"fengqiao", "枫桥居民区", []string{"枫桥苑"}},
	{"shuian", "水岸居民区", []string{"水岸蓝庭"}},
	{"ziteng", "紫藤居民区", []string{"紫藤苑"}},
	{"gudian", "古店居民区", []string{"古店老街", "古店新苑"}},
	{"lianchi", "莲池居民区", []string{"莲池雅苑"}},
	{"yangliu", "杨柳居民区", []string{"杨柳新村"}},
	{"xingfu", "幸福居民区", []string{"幸福里"}},
	{"guilan", "桂兰居民区", []string{"桂兰苑"}},
	{"songhe", "松鹤居民区", []string{"松鹤公寓"}},
	{"beihu", "北湖居民区", []string{"北湖佳园"}},
	{"nanting", "南亭居民区", []string{"南亭苑", "南亭公寓"}},
	{"dongxu", "东旭居民区", []string{"东旭花园"}},
	{"xihe", "西禾居民区", []string{"西禾家园"}},
	{"tianyuan", "田园居民区", []string{"田园都市"}},
	{"meiyi", "美怡居民区", []string{"美怡苑"}},
	{"heming", "鹤鸣居民区", []string{"鹤鸣小区"}},
	{"xinjie", "新界居民区", []string{"新界公馆"}},
	{"yunqi", "云栖居民区", []string{"云栖苑"}},
}

// The district and its town.
const (
	districtID, districtName = "demo", "示范区"
	townID, townName         = "luoxi", "罗溪镇"
)

// gridCount is the number of 微网格 over all communities.
const gridCount = 99

var surnames = []rune("王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤")

var givenNames = []string{
	"建国", "秀英", "桂兰", "国强", "丽华", "志明", "玉珍", "海燕", "晓东", "文娟", "德胜", "月琴", "永福", "慧敏", "立新", "春梅",
	"家豪", "思雨", "子轩", "梦琪", "俊杰", "欣怡", "浩然", "雅静", "宇航", "佳宁", "明哲", "诗涵", "振华", "美玲", "伟民", "爱芳",
	"根宝", "金妹", "阿明", "素珍", "长青", "云霞", "宝根", "凤英", "学军", "红梅", "少华", "佩芬", "卫东", "琳", "磊", "静", "敏", "涛",
}
