package wechat

import (
	"slices"
	"time"
)

// Action is what to do about a failed call.
type Action string

// The actions. The Client itself carries out RefreshToken once, and Retry for calls that may safely be
// repeated; whatever it returns is left for the caller.
const (
	// Permanent: this call will never succeed as it is. Do not repeat it.
	Permanent Action = "permanent"
	// Retry: the platform is busy or out of reach. Try again after Policy.After.
	Retry Action = "retry"
	// RefreshToken: the access token was refused. Seen by a caller, it means that a fresh one was refused too.
	RefreshToken Action = "refresh_token"
	// QuotaUntilMidnight: this API's calls of the day are used up; the next are at 00:00 +08:00.
	QuotaUntilMidnight Action = "quota_until_midnight"
	// Operator: configuration at the platform or with us is wrong. Stop and call a human.
	Operator Action = "operator"
	// FeatureOff: the account may not use this API. Switch the feature off.
	FeatureOff Action = "feature_off"
	// TemplateOff: the template is banned or its content blocked. Pause it and call a human.
	TemplateOff Action = "template_off"
	// ChannelOff: this person refuses messages from the account. Use another channel for them.
	ChannelOff Action = "channel_off"
	// Unfollowed: this person does not follow the account.
	Unfollowed Action = "unfollowed"
	// NoGrant: this person has no subscription left for the template. Ask on their next visit.
	NoGrant Action = "no_grant"
	// NextChannel: this channel is closed to the person just now. Try the next one.
	NextChannel Action = "next_channel"
	// Reauthorize: what the person's browser brought is used up. Send them through OAuth again, once.
	Reauthorize Action = "reauthorize"
)

// Policy is what an error code means and what follows from it.
type Policy struct {
	Codes   []int
	Action  Action
	After   time.Duration // for Retry: how long to wait at least
	Meaning string
}

// policies is the platform's contract as data; docs/wechat.md prints it and a test compares the two.
// The codes come from the platform's documentation and, where that is silent, from its forum.
var policies = []Policy{
	{Codes: []int{-1, 61450}, Action: Retry, After: 2 * time.Second, Meaning: "the platform is busy; also HTTP 5xx, timeouts and broken connections"},
	{Codes: []int{40001, 40014, 42001, 41001}, Action: RefreshToken, Meaning: "access token wrong, expired or missing"},
	{Codes: []int{40013, 40125, 41002, 41004, 40243}, Action: Operator, Meaning: "AppID or AppSecret wrong, missing or frozen"},
	{Codes: []int{40164}, Action: Operator, Meaning: "our address is not on the account's IP list (the message names it)"},
	{Codes: []int{89501, 89503, 89506, 89507}, Action: Operator, Meaning: "an administrator must confirm calls from our address"},
	{Codes: []int{45009}, Action: QuotaUntilMidnight, Meaning: "the day's calls of this API are used up"},
	{Codes: []int{45011}, Action: Retry, After: time.Minute, Meaning: "too many calls this minute"},
	{Codes: []int{48001}, Action: FeatureOff, Meaning: "the account may not use this API"},
	{Codes: []int{48002, 43019}, Action: ChannelOff, Meaning: "the person refuses messages, or we blocked them"},
	{Codes: []int{43004, 50005, 46004}, Action: Unfollowed, Meaning: "the person does not follow the account or is unknown"},
	{Codes: []int{40003, 49003}, Action: Permanent, Meaning: "the openid is invalid or of another account"},
	{Codes: []int{43101}, Action: NoGrant, Meaning: "no subscription left for this template"},
	{Codes: []int{47003}, Action: Permanent, Meaning: "a template value breaks the rule of its field: our formatter is wrong"},
	{Codes: []int{40037}, Action: TemplateOff, Meaning: "the template does not exist in this account"},
	{Codes: []int{43116, 40249, 40252}, Action: TemplateOff, Meaning: "the template is banned, blocked or under review"},
	{Codes: []int{45015, 45047, 45080}, Action: NextChannel, Meaning: "outside the 客服 window, or its messages are used up"},
	{Codes: []int{40029, 40163, 42003, 41008, 42007}, Action: Reauthorize, Meaning: "OAuth code invalid, used, expired or missing, or the person changed their password"},
	{Codes: []int{40007}, Action: Permanent, Meaning: "the media is gone (it is kept three days)"},
	{Codes: []int{61451, 40033, 40066}, Action: Permanent, Meaning: "a parameter or address of ours is wrong"},
}

// Policies returns the table, for documentation and for tests of the simulator.
func Policies() []Policy { return slices.Clone(policies) }

// policyOf returns the policy of a code. An unknown code is Permanent: repeating what we do not
// understand helps nobody, and the delivery record shows it to a human.
func policyOf(code int) Policy {
	for _, p := range policies {
		if slices.Contains(p.Codes, code) {
			return p
		}
	}
	return Policy{Codes: []int{code}, Action: Permanent, Meaning: "unknown code"}
}

// shanghai is the platform's day. A fixed zone needs no time zone database; China has no summer time.
var shanghai = time.FixedZone("CST", 8*60*60)

// NextTry returns the earliest instant at which the same call makes sense again, and false if it never does.
func (p Policy) NextTry(now time.Time) (time.Time, bool) {
	switch p.Action {
	case Retry:
		return now.Add(p.After), true
	case RefreshToken:
		return now.Add(stuckFor), true
	case QuotaUntilMidnight:
		day := now.In(shanghai)
		return time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, shanghai), true
	}
	return time.Time{}, false
}
