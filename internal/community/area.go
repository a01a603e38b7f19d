package community

// AreaSource says where a unit's area comes from, in the order in which the law prefers them
// (最高人民法院建筑物区分所有权解释 Art. 8).
type AreaSource string

// The sources of an area.
const (
	AreaRegistered AreaSource = "registered" // 不动产登记簿
	AreaSurveyed   AreaSource = "surveyed"   // 实测
	AreaContract   AreaSource = "contract"   // 买卖合同
)
