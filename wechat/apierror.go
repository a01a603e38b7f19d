package wechat

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"jushou/internal/fault"
)

// codeBusy is the platform's own "system busy". Timeouts, broken connections and HTTP 5xx are reported with
// it too, because the same policy follows.
const codeBusy = -1

// APIError is a call that the platform refused or that did not come through. It never contains a secret,
// a token or a query string.
type APIError struct {
	API    string // path of the call: "/cgi-bin/message/template/send"
	Code   int    // errcode; -1 also when no answer with an errcode came
	Msg    string // errmsg without the request id
	Rid    string // the platform's request id, which its console can look up; may be ""
	Status int    // HTTP status, 0 if no response came
	// Unsure means that the call may have been carried out all the same: repeat it only if it is
	// one that the platform recognises as a copy.
	Unsure bool
	Err    error // the transport's error, or nil
}

// Error is for logs.
func (e *APIError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "wechat %s: errcode %d", e.API, e.Code)
	if e.Status != 0 && e.Status != 200 {
		fmt.Fprintf(&b, ", http %d", e.Status)
	}
	if e.Msg != "" {
		fmt.Fprintf(&b, ": %s", e.Msg)
	}
	if e.Rid != "" {
		fmt.Fprintf(&b, " (rid %s)", e.Rid)
	}
	if e.Err != nil {
		fmt.Fprintf(&b, ": %v", e.Err)
	}
	return b.String()
}

// Policy returns what the error means and what follows from it.
func (e *APIError) Policy() Policy { return policyOf(e.Code) }

// Faults of the outbound half, for errors.Is. Which one an APIError is follows from its policy.
var (
	// ErrUnavailable means that the platform is busy, out of reach, or has no calls left for us now.
	ErrUnavailable = fault.New(fault.Unavailable, "wechat.unavailable")
	// ErrOperator means that somebody must change the configuration.
	ErrOperator = fault.New(fault.Unavailable, "wechat.operator")
	// ErrRefused means that the platform refused this call for good.
	ErrRefused = fault.New(fault.Internal, "wechat.refused")
	// ErrUnreachable means that this person cannot be reached by this channel.
	ErrUnreachable = fault.New(fault.Denied, "wechat.unreachable")
	// ErrCodeUsed means that an OAuth code cannot be exchanged (any more). Start the flow again, once.
	ErrCodeUsed = fault.New(fault.TooLate, "wechat.code_used")
)

// Unwrap returns the fault and the cause.
func (e *APIError) Unwrap() []error {
	kind := ErrRefused
	switch e.Policy().Action {
	case Retry, QuotaUntilMidnight:
		kind = ErrUnavailable
	case Operator, FeatureOff, TemplateOff, RefreshToken:
		kind = ErrOperator
	case ChannelOff, Unfollowed, NoGrant, NextChannel:
		kind = ErrUnreachable
	case Reauthorize:
		kind = ErrCodeUsed
	}
	if e.Err == nil {
		return []error{kind}
	}
	return []error{kind, e.Err}
}

// PolicyOf returns the policy of err's APIError. An error that never was a call's is Permanent.
func PolicyOf(err error) Policy {
	if e, ok := errors.AsType[*APIError](err); ok {
		return e.Policy()
	}
	return Policy{Action: Permanent, Meaning: "not an answer of the platform"}
}

var (
	ridInMsg   = regexp.MustCompile(`,?\s*rid:\s*([0-9a-fA-F-]+)\s*$`)
	ipInMsg    = regexp.MustCompile(`invalid ip ([0-9a-fA-F.:]+)`)
	fieldInMsg = regexp.MustCompile(`data\.([A-Za-z0-9_]+)\.value`)
)

// BlockedIP returns the address of ours that the account's list lacks (40164), for the operator.
func (e *APIError) BlockedIP() string { return firstGroup(ipInMsg, e.Msg) }

// Field returns the template field whose value was refused (47003).
func (e *APIError) Field() string { return firstGroup(fieldInMsg, e.Msg) }

func firstGroup(pattern *regexp.Regexp, text string) string {
	if m := pattern.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// answerError reads the errcode out of an answer, or returns nil if the call succeeded. It is the one
// place that reads error codes, for the SDK's calls and for ours: most of the SDK's own errors are text.
// An answer with status 200 that should be JSON and is not comes from something between us and the
// platform, so nobody knows whether the call went through.
func answerError(api string, status int, body []byte) *APIError {
	if status != 200 {
		return &APIError{API: api, Code: codeBusy, Status: status, Unsure: status >= 500, Msg: "unexpected http status"}
	}
	var answer struct {
		Code *int   `json:"errcode"`
		Msg  string `json:"errmsg"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return &APIError{API: api, Code: codeBusy, Status: status, Unsure: true, Msg: "answer is not json"}
	}
	if answer.Code == nil || *answer.Code == 0 {
		return nil
	}
	e := &APIError{API: api, Code: *answer.Code, Status: status, Unsure: *answer.Code == codeBusy}
	e.Rid = firstGroup(ridInMsg, answer.Msg)
	e.Msg = strings.TrimSpace(ridInMsg.ReplaceAllString(answer.Msg, ""))
	return e
}
