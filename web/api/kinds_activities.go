package api

import "jushou/internal/fault"

// activityKinds are the codes of activities.
func activityKinds() map[string]fault.Kind {
	return map[string]fault.Kind{
		"activity.asked_enough": fault.Conflict,
		"activity.bad_came":     fault.Invalid,
		"activity.bad_persons":  fault.Invalid,
		"activity.bad_walk_ins": fault.Invalid,
		"activity.closed":       fault.TooLate,
		"activity.list_full":    fault.Conflict,
		"activity.no_more":      fault.Conflict,
		"activity.no_question":  fault.NotFound,
		"activity.no_reason":    fault.Invalid,
		"activity.no_recap":     fault.Invalid,
		"activity.no_saying":    fault.Invalid,
		"activity.no_such_seat": fault.Invalid,
		"activity.no_text":      fault.Invalid,
		"activity.not_for_you":  fault.Denied,
		"activity.not_found":    fault.NotFound,
		"activity.not_yet":      fault.Conflict,
		"activity.not_yours":    fault.Denied,
		"activity.note_over":    fault.TooLate,
		"activity.own_seat":     fault.Conflict,
		"activity.past":         fault.TooLate,
		"activity.phone":        fault.Invalid,
		"activity.said_enough":  fault.Conflict,
		"activity.started":      fault.TooLate,
		"activity.state":        fault.Conflict,
		"activity.token_taken":  fault.Conflict,
		"activity.too_big":      fault.Conflict,
		"activity.too_long":     fault.Invalid,
		"activity.words":        fault.Invalid,
	}
}
