package wxsim

// faultButton is one exercise of the 故障演练 panel.
type faultButton struct {
	Name  string
	Label string
	Hint  string
	fault Fault
}

func faultButtons() []faultButton {
	return []faultButton{
		{"busy", "平台忙", "下一次接口调用返回 -1", Fault{Action: "errcode:-1"}},
		{"revoke", "令牌被顶掉", "别的系统取了令牌，旧的立刻作废", Fault{Action: "tokenRevoke"}},
		{"quota", "额度用完", "下一次发通知返回 45009", Fault{Match: Match{Path: "template/send"}, Action: "quota0"}},
		{"502", "接口 502", "下三次调用得到网页错误", Fault{Times: 3, Action: "http:502"}},
		{"late", "迟到的成功", "下一次发通知做成了，但 9 秒后才回答", Fault{Match: Match{Path: "template/send"}, Action: "delay:9000"}},
		{"cut", "断在半路", "下一次调用做成了，答案断掉", Fault{Action: "half"}},
		{"ip", "不在白名单", "下一次调用返回 40164", Fault{Action: "ipBlocked"}},
		{"four", "推送四遍", "下一条消息送四遍", Fault{Action: "duplicate:4"}},
		{"both", "同时送两台", "下一条消息同时送两次", Fault{Action: "concurrent:2"}},
		{"reorder", "顺序颠倒", "下一条推送等再下一条先到", Fault{Action: "reorder"}},
		{"forge", "伪造签名", "下一条推送的签名是假的", Fault{Action: "badSignature"}},
		{"stale", "旧时间戳", "下一条推送是一小时前的", Fault{Action: "stale"}},
		{"plain", "明文闯入", "下一条推送不加密", Fault{Action: "plaintext"}},
		{"weird", "怪字符", "下一条消息带控制字符", Fault{Action: "controlChars"}},
	}
}

// exercise names a waiting fault as its button does.
func exercise(f Fault) string {
	for _, b := range faultButtons() {
		if b.fault.Action == f.Action {
			return b.Label
		}
	}
	return f.Action
}

// pressFault injects the named exercise; "clear" removes all.
func (s *Sim) pressFault(name string) error {
	if name == "clear" {
		s.ClearFaults()
		return nil
	}
	for _, b := range faultButtons() {
		if b.Name == name {
			return s.Inject(b.fault)
		}
	}
	return errBadFault.With("name", name)
}
