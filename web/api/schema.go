package api

import (
	"reflect"
	"strings"

	"jushou/deliberation"
	"jushou/deliberation/assisted"
	"jushou/deliberation/bulletin"
	"jushou/deliberation/covenant"
	"jushou/deliberation/digest"
	"jushou/deliberation/disclosure"
	"jushou/deliberation/hall"
	"jushou/deliberation/moderation"
	"jushou/deliberation/neighbourhood"
	"jushou/deliberation/whistle"
	"jushou/internal/community"
	"jushou/internal/identity"
	"jushou/internal/identity/roster"
	"jushou/projects"
	"jushou/projects/activity"
	"jushou/projects/preset"
)

// schemas makes JSON Schemas of Go types. Structs become components; a field without omitempty or omitzero is
// required, its tag doc describes it, its tag format narrows it.
type schemas map[string]any

// member is a field as JSON has it.
type member struct {
	name        string
	kind        reflect.Type
	required    bool
	doc, format string
}

// fieldsOf lists the members of a struct, those of embedded structs in place.
func fieldsOf(t reflect.Type) []member {
	var all []member
	for i := range t.NumField() {
		f := t.Field(i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "":
			all = append(all, fieldsOf(f.Type)...)
		case f.IsExported() && name != "-":
			all = append(all, member{
				name: name, kind: f.Type, required: !strings.Contains(options, "omit"), doc: f.Tag.Get("doc"), format: f.Tag.Get("format"),
			})
		}
	}
	return all
}

// of returns the schema of a type, adding the components it needs.
func (s schemas) of(t reflect.Type) map[string]any {
	if t == reflect.TypeFor[Instant]() {
		return map[string]any{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.String:
		schema := map[string]any{"type": "string"}
		if values := enum(t); values != nil {
			schema["enum"] = values
		}
		return schema
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": s.of(t.Elem())}
	case reflect.Array:
		return map[string]any{"type": "array", "items": s.of(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Struct:
		return s.component(t)
	}
	panic("api: no JSON schema for " + t.String())
}

// component adds a struct to the components and returns the reference to it.
func (s schemas) component(t reflect.Type) map[string]any {
	name := componentName(t)
	if _, known := s[name]; !known {
		s[name] = nil // a type may hold itself
		s[name] = s.object(t, false)
	}
	return map[string]any{"$ref": "#/components/schemas/" + name}
}

// object returns the schema of a struct. A closed one refuses members it does not name.
func (s schemas) object(t reflect.Type, closed bool) map[string]any {
	properties, required := map[string]any{}, []string{}
	for _, f := range fieldsOf(t) {
		schema := s.of(f.kind)
		if closed {
			s.close(f.kind)
		}
		if f.doc != "" {
			schema["description"] = f.doc
		}
		if f.format != "" {
			schema["format"] = f.format
		}
		properties[f.name] = schema
		if f.required {
			required = append(required, f.name)
		}
	}
	schema := map[string]any{"type": "object", "properties": properties}
	if len(required) > 0 {
		schema["required"] = required
	}
	if closed {
		schema["additionalProperties"] = false
	}
	return schema
}

// close refuses unknown members in the structs that a sent body is made of.
func (s schemas) close(t reflect.Type) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Array || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t.Kind() == reflect.Struct && t != reflect.TypeFor[Instant]() {
		s[componentName(t)] = s.object(t, true)
	}
}

// sent returns the reference to the schema of a body.
func (s schemas) sent(t reflect.Type) map[string]any {
	ref := s.component(t)
	s.close(t)
	return ref
}

// componentName is the type's name: Topic, TopicPage for Page[Topic].
func componentName(t reflect.Type) string {
	name, of, generic := strings.Cut(t.Name(), "[")
	if generic {
		of = strings.TrimSuffix(of, "]")
		name = of[strings.LastIndex(of, ".")+1:] + name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// enum returns what a type of strings may be, nil for anything.
func enum(t reflect.Type) []string {
	switch t {
	case reflect.TypeFor[deliberation.Status]():
		return texts(deliberation.Statuses()...)
	case reflect.TypeFor[deliberation.Kind]():
		return texts(deliberation.KindProblem, deliberation.KindSuggestion, deliberation.KindMutualAid, deliberation.KindTalk, deliberation.KindNotice)
	case reflect.TypeFor[deliberation.Phase]():
		return texts(deliberation.PhaseNone, deliberation.PhaseWaiting, deliberation.PhaseListed, deliberation.PhaseSecretary,
			deliberation.PhaseTown, deliberation.PhaseOverdue, deliberation.PhaseMet, deliberation.PhaseEnded)
	case reflect.TypeFor[deliberation.Step]():
		ladder := deliberation.Ladder()
		return texts(ladder[:]...)
	case reflect.TypeFor[deliberation.RefusalKind]():
		return texts(deliberation.RefusalKinds()...)
	case reflect.TypeFor[deliberation.Ending]():
		return texts(deliberation.EndConfirmed, deliberation.EndSilent, deliberation.EndUpheld)
	case reflect.TypeFor[deliberation.Via]():
		return texts(deliberation.ViaH5, deliberation.ViaChat, deliberation.ViaDesk, deliberation.ViaBulletin, deliberation.ViaAssisted)
	case reflect.TypeFor[deliberation.Moderation]():
		return texts(deliberation.Moderations()...)
	case reflect.TypeFor[deliberation.Poster]():
		return texts(deliberation.Posters()...)
	case reflect.TypeFor[moderation.Kind]():
		return texts(moderation.KindTopic, moderation.KindComment)
	case reflect.TypeFor[moderation.Why]():
		return texts(moderation.Whys()...)
	case reflect.TypeFor[moderation.State]():
		return texts(moderation.StateShown, moderation.StateHeld, moderation.StateHidden, moderation.StateGone)
	case reflect.TypeFor[moderation.What]():
		return texts(moderation.Show, moderation.Hide)
	case reflect.TypeFor[neighbourhood.Kind]():
		return texts(neighbourhood.Kinds()...)
	case reflect.TypeFor[neighbourhood.Side]():
		return texts(neighbourhood.Has, neighbourhood.Needs)
	case reflect.TypeFor[neighbourhood.Reach]():
		return texts(neighbourhood.Reaches()...)
	case reflect.TypeFor[neighbourhood.Status]():
		return texts(neighbourhood.Statuses()...)
	case reflect.TypeFor[neighbourhood.Show]():
		return texts(neighbourhood.Shows()...)
	case reflect.TypeFor[neighbourhood.As]():
		return texts(neighbourhood.Adopters()...)
	case reflect.TypeFor[neighbourhood.WishStatus]():
		return texts(neighbourhood.WishStatuses()...)
	case reflect.TypeFor[assisted.Source]():
		return texts(assisted.Sources()...)
	case reflect.TypeFor[assisted.Status]():
		return texts(assisted.Awaiting, assisted.Confirmed, assisted.Disputed, assisted.Signed, assisted.Checked, assisted.Withdrawn)
	case reflect.TypeFor[assisted.Step]():
		return texts(assisted.StepSettle, assisted.StepSign, assisted.StepCheck)
	case reflect.TypeFor[disclosure.Kind]():
		return texts(disclosure.Kinds()...)
	case reflect.TypeFor[disclosure.Verdict]():
		return texts(disclosure.Waits, disclosure.Published, disclosure.Returned)
	case reflect.TypeFor[disclosure.Side]():
		return texts(disclosure.In, disclosure.Out)
	case reflect.TypeFor[disclosure.Op]():
		return texts(disclosure.Same, disclosure.Added, disclosure.Removed)
	case reflect.TypeFor[disclosure.Cadence]():
		return texts(disclosure.Monthly, disclosure.Quarterly)
	case reflect.TypeFor[digest.State]():
		return texts(digest.States()...)
	case reflect.TypeFor[digest.Verdict]():
		return texts(digest.Verdicts()...)
	case reflect.TypeFor[whistle.Form]():
		return texts(whistle.FormCall, whistle.FormInvite)
	case reflect.TypeFor[whistle.Status]():
		return texts(whistle.Statuses()...)
	case reflect.TypeFor[whistle.Reply]():
		return texts(whistle.Replies()...)
	case reflect.TypeFor[whistle.Step]():
		return texts(whistle.Steps()...)
	case reflect.TypeFor[whistle.Verdict]():
		return texts(whistle.Verdicts()...)
	case reflect.TypeFor[hall.State]():
		return texts(hall.States()...)
	case reflect.TypeFor[hall.OptionStatus]():
		return texts(hall.OptionOpen, hall.OptionProposed, hall.OptionDeclined)
	case reflect.TypeFor[hall.OutcomeKind]():
		return texts(hall.OutcomeKinds()...)
	case reflect.TypeFor[hall.Side]():
		return texts(hall.For, hall.Against)
	case reflect.TypeFor[hall.DayPhase]():
		return texts(hall.DayPhases()...)
	case reflect.TypeFor[covenant.Phase]():
		return texts(covenant.Phases()...)
	case reflect.TypeFor[preset.Stage]():
		return append(texts(preset.Stages()...), texts(preset.Endings()[1:]...)...)
	case reflect.TypeFor[preset.Class]():
		return texts(preset.Classes()...)
	case reflect.TypeFor[preset.Rule]():
		return texts(preset.Rules()...)
	case reflect.TypeFor[projects.OriginKind]():
		return texts(projects.Fresh, projects.FromTopic, projects.FromHall, projects.FromNeed)
	case reflect.TypeFor[activity.Field]():
		return texts(activity.Fields()...)
	case reflect.TypeFor[activity.SeatStatus]():
		return texts(activity.Seated, activity.Waiting, activity.Left)
	case reflect.TypeFor[activity.Phase]():
		return texts(activity.PhaseWaits, activity.PhaseReturned, activity.PhaseCancelled, activity.PhaseOpen, activity.PhaseFull, activity.PhaseClosed, activity.PhaseRunning, activity.PhaseOver)
	case reflect.TypeFor[projects.VariationState]():
		return texts(projects.VaryAsked, projects.VaryApproved, projects.VaryRefused, projects.VaryWithdrawn)
	case reflect.TypeFor[projects.RepSource]():
		return texts(projects.RepVolunteered, projects.RepDrawn, projects.RepSupervised)
	case reflect.TypeFor[projects.Phase]():
		return texts(projects.Phases()...)
	case reflect.TypeFor[bulletin.Urgency]():
		return texts(bulletin.Urgencies()...)
	case reflect.TypeFor[bulletin.Status]():
		return texts(bulletin.Statuses()...)
	case reflect.TypeFor[identity.Role]():
		return texts(identity.Roles()...)
	case reflect.TypeFor[identity.MemberStatus]():
		return texts(identity.MemberPending, identity.MemberVerified, identity.MemberRejected, identity.MemberLeft)
	case reflect.TypeFor[identity.LoginState]():
		return texts(identity.LoginOpen, identity.LoginScanned, identity.LoginConfirmed, identity.LoginUsed)
	case reflect.TypeFor[identity.Purpose]():
		return texts(identity.PurposeService, identity.PurposeNotices, identity.PurposePublication)
	case reflect.TypeFor[community.Level]():
		return texts(community.LevelDistrict, community.LevelTown, community.LevelCommunity)
	case reflect.TypeFor[roster.State]():
		return texts(roster.Receiving, roster.Previewed, roster.Confirmed, roster.Applying, roster.Done, roster.Discarded)
	case reflect.TypeFor[roster.Severity]():
		return texts(roster.Blocks, roster.Informs)
	}
	return nil
}

func texts[T ~string](values ...T) []string {
	return each(values, func(v T) string { return string(v) })
}
