package wxsim

import (
	"slices"
	"strings"
	"sync"
)

// pushActions are the faults of pushes. The first three are things that WeChat does on a bad day; the
// others are forgeries or monsters that it never sends, so their verdict never reaches the chat.
var pushActions = map[string]bool{
	"duplicate": true, "concurrent": true, "reorder": true,
	"badSignature": true, "badMsgSignature": true, "wrongAppid": true, "plaintext": true, "stale": true, "replay": true,
	"oversize": true, "controlChars": true, "unknownEvent": true, "unknownFields": true, "missingMsgId": true, "doctype": true,
}

// takePushFault returns the first waiting push fault for ev, or nil. The caller holds mu.
func (s *Sim) takePushFault(ev event) *Fault {
	for _, f := range s.faults {
		if !f.onPush() || (f.Match.OpenID != "" && f.Match.OpenID != ev.openID) || (f.Match.Path != "" && f.Match.Path != ev.name) {
			continue
		}
		if s.fires(f) {
			return f
		}
	}
	return nil
}

// pushWith delivers ev under a fault.
func (s *Sim) pushWith(ev event, f *Fault) Delivery {
	first := s.opt.Callbacks[0]
	name, n := f.verb()
	switch name {
	case "":
		return s.deliver(ev, first)
	case "duplicate":
		return s.duplicate(ev, max(n, 2))
	case "concurrent":
		return s.concurrent(ev, max(n, 2))
	case "reorder":
		s.mu.Lock()
		s.held = &heldPush{ev}
		s.mu.Unlock()
		return Delivery{Verdict: "held"}
	}
	return s.deliver(s.spoil(ev, name), first)
}

// duplicate delivers the same push n times in sequence, as when each answer came too late; the
// person sees the last answer only, as with the real platform.
func (s *Sim) duplicate(ev event, n int) Delivery {
	quiet := ev
	quiet.silent = true
	for range n - 1 {
		s.deliver(quiet, s.opt.Callbacks[0])
	}
	return s.deliver(ev, s.opt.Callbacks[0])
}

// concurrent delivers the same push n times at once, over the replicas in turn. The first answer is shown.
func (s *Sim) concurrent(ev event, n int) Delivery {
	quiet := ev
	quiet.silent = true
	var others sync.WaitGroup
	for i := 1; i < n; i++ {
		others.Go(func() { s.deliver(quiet, s.opt.Callbacks[i%len(s.opt.Callbacks)]) })
	}
	d := s.deliver(ev, s.opt.Callbacks[0])
	others.Wait()
	return d
}

// spoil turns ev into the forgery or monster that the fault names.
func (s *Sim) spoil(ev event, name string) event {
	ev.forged = name
	switch name {
	case "oversize":
		ev.inner = buildXML(append(slices.Clone(ev.fields), [2]string{"Padding", strings.Repeat("长", 400_000)}))
	case "controlChars":
		ev.forged = "" // the real platform does send these
		ev.inner = []byte(strings.Replace(string(ev.inner), "]]></Content>", "\x01\x0b]]></Content>", 1))
	case "unknownEvent":
		ev.forged = ""
		ev.inner = buildXML(append(withoutField(ev.fields, "MsgType", "Event", "MsgId"), [2]string{"MsgType", "event"}, [2]string{"Event", "wxsim_never_heard_of"}))
	case "unknownFields":
		ev.forged = ""
		ev.inner = buildXML(append(slices.Clone(ev.fields), [2]string{"BrandNewField", "1"}))
	case "missingMsgId":
		ev.inner = buildXML(withoutField(ev.fields, "MsgId"))
	case "doctype":
		ev.inner = append([]byte(`<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa">]>`), ev.inner...)
	}
	return ev
}

func withoutField(fields [][2]string, names ...string) [][2]string {
	return slices.DeleteFunc(slices.Clone(fields), func(f [2]string) bool { return slices.Contains(names, f[0]) })
}
