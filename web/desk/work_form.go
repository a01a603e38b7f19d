package desk

// others lists the steps that may be taken besides the one in sight, the likelier first.
func (w workView) others() []string {
	m := w.May
	var all []string
	for _, s := range []struct {
		may  bool
		name string
	}{
		{m.Accept, "accept"}, {m.Refuse, "refuse"}, {m.Take, "take"}, {m.Dispatch, "dispatch"}, {m.Contest, "contest"}, {m.Review, "review"},
		{m.Report, "report"}, {m.Verify, "verify"}, {m.Uphold, "uphold"}, {m.DecideExtension, "decide"}, {m.Ask, "ask"}, {m.AskExtension, "extend"},
		{m.Merge, "merge"}, {m.Move && len(w.Boards) > 0, "move"}, {m.Reopen, "reopen"},
	} {
		if s.may && s.name != w.First {
			all = append(all, s.name)
		}
	}
	return all
}

// open reports whether a step's form was sent and came back. Two forms hold two steps each.
func (w workView) open(name string) bool {
	twins := map[string]string{"send_back": "verify", "not_extend": "decide"}
	return w.Form.Step == name || twins[w.Form.Step] == name
}

func (w workView) value(name, field string) string {
	if w.open(name) {
		return w.Form.Values[field]
	}
	return ""
}

func (w workView) reason(name string) string {
	if w.open(name) {
		return w.Form.Reason
	}
	return ""
}

func (w workView) fault(name, field string) string {
	if w.open(name) {
		return w.Form.Problems.On(field)
	}
	return ""
}

func workIcon(name string) string {
	switch name {
	case "accept", "verify", "review", "uphold", "decide":
		return "check"
	case "refuse", "contest":
		return "close"
	case "ask":
		return "comment"
	case "extend":
		return "clock"
	}
	return "working"
}

// workType is how a form travels: a report may carry photos.
func workType(name string) string {
	if name == "report" {
		return "multipart/form-data"
	}
	return "application/x-www-form-urlencoded"
}
