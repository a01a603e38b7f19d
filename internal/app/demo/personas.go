package demo

import (
	"jushou/internal/community"
	"jushou/internal/identity"
)

// HomeCommunity is where the personas live and work.
const HomeCommunity community.ID = "hexiang"

// Persona is somebody the simulator gives a phone to. The simulator knows openid and nickname; the demo
// district knows the rest.
type Persona struct {
	ID       string // in the simulator
	OpenID   string
	Nickname string
	Note     string // who this is in the story
	Follows  bool
	Home     string // the page that the phone opens first

	name, phone string
	building    int    // of the home community; 0: lives elsewhere
	room        string // canonical
	onRoster    bool
	registered  bool
	grants      []identity.Grant
}

// Phone returns the number the persona registers with.
func (p Persona) Phone() string { return p.phone }

// Name returns the name the persona registers with.
func (p Persona) Name() string { return p.name }

// Personas returns the people with phones. The first three are who the story needs: a resident, the duty
// person, and somebody new.
func Personas() []Persona {
	at := func(role identity.Role, node community.ID, board, title string) []identity.Grant {
		return []identity.Grant{{Role: role, Node: node, Board: board, Title: title}}
	}
	people := []Persona{
		{ID: "lin", OpenID: "oDemoLin0000000000000000001", Nickname: "林阿姨", Note: "居民，72 岁，3号楼 503", Follows: true,
			name: "林桂兰", phone: "13900010001", building: 3, room: "503", onRoster: true, registered: true},
		{ID: "chen", OpenID: "oDemoChen000000000000000002", Nickname: "社工小陈", Note: "社工，今天值班", Follows: true,
			name: "陈静", phone: "13900010002", registered: true, grants: at(identity.RoleStaff, HomeCommunity, "", "居委干部")},
		{ID: "zhou", OpenID: "oDemoZhou000000000000000003", Nickname: "新搬来的小周", Note: "还没关注；名册里有，扫 2号楼 的码", Follows: false,
			name: "周明", phone: "13900010003", building: 2, room: "402", onRoster: true},
		{ID: "zhang", OpenID: "oDemoZhang00000000000000004", Nickname: "张书记", Note: "居民区书记", Follows: true,
			name: "张国强", phone: "13900010004", registered: true, grants: at(identity.RoleSecretary, HomeCommunity, "", "党总支书记")},
		{ID: "gu", OpenID: "oDemoGu00000000000000000005", Nickname: "社工老顾", Note: "社工，下一位值班", Follows: true,
			name: "顾海", phone: "13900010005", registered: true, grants: at(identity.RoleStaff, HomeCommunity, "", "居委干部")},
		{ID: "wang", OpenID: "oDemoWang000000000000000006", Nickname: "王师傅", Note: "居民，5号楼 302", Follows: true,
			name: "王建国", phone: "13900010006", building: 5, room: "302", onRoster: true, registered: true},
		{ID: "wu", OpenID: "oDemoWu00000000000000000007", Nickname: "租房的小吴", Note: "还没关注；名册里没有，要人工核对", Follows: false,
			name: "吴思雨", phone: "13900010007", building: 6, room: "603"},
		{ID: "police", OpenID: "oDemoPolice0000000000000008", Nickname: "民警老赵", Note: "社区民警，管警民直通车", Follows: true,
			name: "赵卫东", phone: "13900010008", registered: true, grants: at(identity.RolePartner, HomeCommunity, "police", "社区民警")},
		{ID: "property", OpenID: "oDemoProperty00000000000009", Nickname: "物业小何", Note: "物业经理，管物业之窗", Follows: true,
			name: "何磊", phone: "13900010009", registered: true, grants: at(identity.RolePartner, HomeCommunity, "property", "物业经理")},
		{ID: "doctor", OpenID: "oDemoDoctor0000000000000010", Nickname: "许医生", Note: "家庭医生", Follows: true,
			name: "许慧敏", phone: "13900010010", registered: true, grants: at(identity.RolePartner, HomeCommunity, "doctor", "家庭医生")},
		{ID: "branch", OpenID: "oDemoBranch0000000000000011", Nickname: "党支部老沈", Note: "党支部，举手认领", Follows: true,
			name: "沈德胜", phone: "13900010011", registered: true, grants: at(identity.RoleBranch, HomeCommunity, "", "第一党支部书记")},
		{ID: "town", OpenID: "oDemoTown000000000000000012", Nickname: "镇里小方", Note: "街镇工作人员", Follows: true,
			name: "方雅静", phone: "13900010012", registered: true, grants: at(identity.RoleTown, townID, "", "罗溪镇社区办")},
		{ID: "townlead", OpenID: "oDemoTownlead00000000000018", Nickname: "镇里老贺", Note: "街镇负责人，复核镇里的账", Follows: true,
			name: "贺志明", phone: "13900010018", registered: true, grants: at(identity.RoleTown, townID, "", "罗溪镇社区办主任")},
		{ID: "chengguan", OpenID: "oDemoChengguan0000000000015", Nickname: "城管小秦", Note: "城管执法中队，管全镇", Follows: true,
			name: "秦振华", phone: "13900010015", registered: true, grants: at(identity.RoleDepartment, townID, identity.DepartmentBoard("chengguan"), "城管执法中队")},
		{ID: "greening", OpenID: "oDemoGreening00000000000016", Nickname: "绿化小陆", Note: "绿化市容管理所，管全镇", Follows: true,
			name: "陆文娟", phone: "13900010016", registered: true, grants: at(identity.RoleDepartment, townID, identity.DepartmentBoard("greening"), "绿化市容管理所")},
		{ID: "observer", OpenID: "oDemoObserver00000000000013", Nickname: "观察员", Note: "只看不说", Follows: true,
			name: "孔明哲", phone: "13900010013", registered: true, grants: at(identity.RoleObserver, HomeCommunity, "", "观察员")},
		{ID: "admin", OpenID: "oDemoAdmin00000000000000014", Nickname: "区里管理员", Note: "区级运维：角色、名册", Follows: true,
			name: "严诗涵", phone: "13900010014", registered: true, grants: at(identity.RoleAdmin, districtID, "", "区社建办")},
	}
	for i := range people {
		people[i].Home = "/"
		if len(people[i].grants) > 0 {
			people[i].Home = "/desk"
		}
	}
	return people
}
