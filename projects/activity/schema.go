package activity

import (
	"jushou/internal/docstore"
)

// Kinds of documents.
const (
	HostKind     docstore.Kind = "host"
	ActivityKind docstore.Kind = "activity"
	SignupKind   docstore.Kind = "activity_signup"
	QuestionKind docstore.Kind = "activity_question"
	FiguresKind  docstore.Kind = "activity_figures"
)

// Indexes. Those marked sparse hold only what is left to do or to be seen.
const (
	byList    = "list"    // confirmed hosts of a community by their newest activity
	byField   = "field"   // the same who do one thing
	byDesk    = "desk"    // sparse: what waits for the desk, of hosts and of activities
	byPerson  = "person"  // what somebody is or signed up for
	byShown   = "shown"   // published activities of a community by their end
	byHost    = "host"    // a host's activities by their beginning
	byProject = "project" // published activities of a project by their beginning
	byStep    = "step"    // sparse: what the sweep looks at
	byOf      = "of"      // sign-ups or questions of an activity
	byAsker   = "asker"   // somebody's questions about one activity
)

// Collections declares what this package stores.
func Collections() []docstore.Collection {
	text := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Text} }
	number := func(name string) docstore.Field { return docstore.Field{Name: name, Type: docstore.Int} }
	index := func(name string, fields ...string) docstore.Index { return docstore.Index{Name: name, Fields: fields} }
	return []docstore.Collection{
		{
			Kind:   HostKind,
			Fields: []docstore.Field{text("list"), text("field"), text("desk"), text("person"), number("latest"), number("applied")},
			Indexes: []docstore.Index{
				index(byList, "list", "latest"), index(byField, "field", "latest"), index(byDesk, "desk", "applied"), index(byPerson, "person", "applied"),
			},
		},
		{
			Kind: ActivityKind,
			Fields: []docstore.Field{
				text("shown"), text("host"), text("project"), text("desk"), number("starts"), number("ends"), number("created"), number("step"),
			},
			Indexes: []docstore.Index{
				index(byShown, "shown", "ends"), index(byHost, "host", "starts"), index(byProject, "project", "starts"), index(byDesk, "desk", "created"), index(byStep, "step"),
			},
		},
		{
			Kind: SignupKind, Fields: []docstore.Field{text("of"), text("person"), number("at")},
			Indexes: []docstore.Index{index(byOf, "of", "at"), index(byPerson, "person", "at")},
		},
		{
			Kind: QuestionKind, Fields: []docstore.Field{text("of"), text("asker"), text("person"), number("at")},
			Indexes: []docstore.Index{index(byOf, "of", "at"), index(byAsker, "asker", "at"), index(byPerson, "person", "at")},
		},
		{Kind: FiguresKind},
	}
}

func hostFields(h Host) docstore.Fields {
	f := docstore.Fields{"latest": h.Latest.UnixMilli(), "applied": h.AppliedAt.UnixMilli()}
	if h.Person.Account != "" {
		f["person"] = string(h.Person.Account)
	}
	switch h.Status {
	case Confirmed:
		f["list"], f["field"] = string(h.Community), string(h.Community)+"/"+string(h.Field)
	case Applied:
		f["desk"] = string(h.Community)
	}
	return f
}

func activityFields(a Activity) docstore.Fields {
	f := docstore.Fields{
		"host": string(a.Host), "starts": a.StartsAt.UnixMilli(), "ends": a.EndsAt.UnixMilli(), "created": a.CreatedAt.UnixMilli(),
	}
	if a.Status == Published {
		f["shown"] = string(a.Community)
		if a.Project != "" {
			f["project"] = a.Project
		}
	}
	if a.Status == Waits {
		f["desk"] = string(a.Community)
	}
	if at, ok := a.nextStep(); ok {
		f["step"] = at.UnixMilli()
	}
	return f
}

func signupFields(x Signup) docstore.Fields {
	return docstore.Fields{"of": string(x.Activity), "person": string(x.Account), "at": x.At.UnixMilli()}
}

func questionFields(q Asking) docstore.Fields {
	f := docstore.Fields{"of": string(q.Activity), "at": q.At.UnixMilli()}
	if q.By.Account != "" {
		f["asker"], f["person"] = askerKey(q.Activity, q.By.Account), string(q.By.Account)
	}
	return f
}
