package identity

import "jushou/internal/fault"

// Verb is something a person may want to do. Each verb is one row of the permission table.
type Verb string

// The verbs of the product. A use case names exactly one.
const (
	ReadPublic     Verb = "read_public"     // public notices, open pages
	ReadCommunity  Verb = "read_community"  // everything a community shows its members
	KeepAccount    Verb = "keep_account"    // one's own: register, move, leave, consent, export, delete
	PostTopic      Verb = "post_topic"      // problem, suggestion
	CommentTopic   Verb = "comment_topic"   // comment on a topic
	HelpNeighbour  Verb = "help_neighbour"  // 左邻右舍: hang up an offer or a wish, answer one
	AdoptWish      Verb = "adopt_wish"      // 希望树: promise to fulfil a wish
	ReportContent  Verb = "report_content"  // tell moderators about a topic or a comment
	PostNotice     Verb = "post_notice"     // official notice
	PostBranch     Verb = "post_branch"     // notice on the party branch's own board
	PostPartner    Verb = "post_partner"    // notice on a partner's own board
	ReviewNotice   Verb = "review_notice"   // look at a colleague's notice before it goes out
	SetReview      Verb = "set_review"      // who looks at notices before they go out
	WriteDigest    Verb = "write_digest"    // collect a period's opinions for the town
	SubmitDigest   Verb = "submit_digest"   // pass them up, as a second person
	AnswerDigest   Verb = "answer_digest"   // say what becomes of them
	AskAffairs     Verb = "ask_affairs"     // 公开栏: ask about what is published
	EnterAffairs   Verb = "enter_affairs"   // 公开栏: enter, correct, answer
	ReviewAffairs  Verb = "review_affairs"  // 公开栏: publish what another person entered
	SetAffairs     Verb = "set_affairs"     // 公开栏: what is published how often
	SetFund        Verb = "set_fund"        // 资金: set up a year's fund, change its cap
	DraftVoucher   Verb = "draft_voucher"   // 资金: write down what came in, is allotted, promised or paid
	ApproveVoucher Verb = "approve_voucher" // 资金: post or refuse what another person drafted
	SeeAccounts    Verb = "see_accounts"    // 资金: drafts, papers, unmasked payees, reconciliation
	AnswerTopic    Verb = "answer_topic"    // official answer: stops the response clock
	SpeakHall      Verb = "speak_hall"      // 议事厅: argue, support, propose an option, ask, comment on a clause
	HoldHall       Verb = "hold_hall"       // 议事厅: open and facilitate a deliberation, announce a day of questions
	AnswerHall     Verb = "answer_hall"     // answer on a day of questions, where named
	CastBallot     Verb = "cast_ballot"     // 表决: vote where the roll has one, object to the roll
	HoldPoll       Verb = "hold_poll"       // 表决: draft, publish the roll, answer objections, remind
	ProposeProject Verb = "propose_project" // 举手: propose, write what one leads
	EndorseProject Verb = "endorse_project" // 附议, propose too, object to a public notice
	JudgeProject   Verb = "judge_project"   // 验收、评价: look at the finished work for the neighbours, judge the result
	RaiseHand      Verb = "raise_hand"      // 举手: offer to carry a need for a branch or partner
	CheckProject   Verb = "check_project"   // 初审; write for the lead; name the poll that decides
	PublishNotice  Verb = "publish_notice"  // 公示: start it, answer objections, change what is shown
	DecideProject  Verb = "decide_project"  // who leads, what was decided, 立项, give up
	SetPresets     Verb = "set_presets"     // by which rules projects are carried
	ImportProjects Verb = "import_projects" // 往年项目: bring those of earlier years from a file
	HostActivity   Verb = "host_activity"   // 达人: apply, hold activities
	JoinActivity   Verb = "join_activity"   // sign up for one, ask its host, join a team
	TendActivities Verb = "tend_activities" // confirm hosts and activities, cancel
	KeepOwners     Verb = "keep_owners"     // 业主名册: bring it, confirm it, bind accounts, record the local legal basis
	KeepCovenant   Verb = "keep_covenant"   // 公约: draft, open for comments, answer them, record the adoption
	PassCovenant   Verb = "pass_covenant"   // 公约: confirm a recorded adoption as a second person
	CallMeeting    Verb = "call_meeting"    // 联席会议, 三会: call, hold, write the minutes, publish them
	ConfirmMinutes Verb = "confirm_minutes" // confirm minutes that another person wrote
	AnswerMeeting  Verb = "answer_meeting"  // answer an invitation or report on a task for an organisation
	AttendMeeting  Verb = "attend_meeting"  // say what one thinks before a hearing, come to listen, stand for neighbours
	EditPhrases    Verb = "edit_phrases"    // sentences that answers often begin with
	HoldTopic      Verb = "hold_topic"      // moderation: hold, release, hide with reason
	TendNeighbours Verb = "tend_neighbours" // reports and wishes that wait; wishes of somebody offline
	AcceptTopic    Verb = "accept_topic"    // accept or refuse what is answered, ask its author
	DispatchTopic  Verb = "dispatch_topic"  // to a department; decide its dispute; merge, move, reopen
	HandleTopic    Verb = "handle_topic"    // take in hand, report, dispute a dispatch, ask for more time
	VerifyWork     Verb = "verify_work"     // look at what was reported: never who handled it
	ExtendClock    Verb = "extend_clock"    // grant a later date to somebody else
	ConfirmWork    Verb = "confirm_work"    // the author's own word on the result
	SeeDesk        Verb = "see_desk"        // the queue of what needs an answer
	HandOver       Verb = "hand_over"       // pass duty on with a note
	SetDuty        Verb = "set_duty"        // duty roster and Round times
	SetPromises    Verb = "set_promises"    // within how many days things are accepted and done, and who hears of delays
	SetBoards      Verb = "set_boards"      // which boards there are, who posts and answers there
	EditPlaces     Verb = "edit_places"     // estates, buildings, grids, units
	VerifyResident Verb = "verify_resident" // decide membership
	SeePerson      Verb = "see_person"      // unmasked name, phone, room; every look is logged
	ImportRoster   Verb = "import_roster"   // household roster
	GrantRole      Verb = "grant_role"      // give and take roles
	SeeDepartment  Verb = "see_department"  // the desk of a department: what is sent to it, whom it is called with
	CallWhistle    Verb = "call_whistle"    // call units together, conclude
	AnswerWhistle  Verb = "answer_whistle"  // answer for a unit that was called
	WatchWhistle   Verb = "watch_whistle"   // supervise: call a unit anew that refused or did not answer
	SeeCatalogue   Verb = "see_catalogue"   // the town's list of items and whose they are
	SetCatalogue   Verb = "set_catalogue"   // import that list
	SeeStatistics  Verb = "see_statistics"  // response times over any window
	ReadStatistics Verb = "read_statistics" // the published response times: fixed windows, small figures left out
	AssistEntry    Verb = "assist_entry"    // 代录: enter for somebody offline
)

// Standing is a column of the permission table: what an actor is at a place.
type Standing string

// The standings. A person may have several; one that allows is enough.
const (
	Public      Standing = "public"   // anybody, also without an account
	Follower    Standing = "follower" // signed in, not verified here
	Resident    Standing = "resident" // verified here
	AsStaff     Standing = Standing(RoleStaff)
	AsSecretary Standing = Standing(RoleSecretary)
	AsBranch    Standing = Standing(RoleBranch)
	AsPartner   Standing = Standing(RolePartner)
	AsTown      Standing = Standing(RoleTown)
	// AsDepartment is somebody of a department of the town, narrowed to its desk as a partner is to a board.
	AsDepartment Standing = Standing(RoleDepartment)
	AsObserver   Standing = Standing(RoleObserver)
	AsAdmin      Standing = Standing(RoleAdmin)
	AsSystem     Standing = "system"
)

// Standings lists the columns in the order the printed table has them.
func Standings() []Standing {
	return []Standing{Public, Follower, Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsDepartment, AsObserver, AsAdmin, AsSystem}
}

// Reach says how far a grant that is narrowed to one board goes for a verb.
type Reach uint8

const (
	// OwnBoard means that the place must be on the grant's board.
	OwnBoard Reach = iota
	// OwnDesk means the same, and also a place that names no board: the page then shows the own part only.
	OwnDesk
	// EveryBoard means that the board does not matter: reading what residents read.
	EveryBoard
)

// Rule is one row of the table.
type Rule struct {
	Verb  Verb
	Reach Reach
	Allow []Standing
}

// Table returns the permission table: the one place where "who may do what" is decided. It is
// printed to docs/permissions.md and tested cell by cell.
func Table() []Rule {
	return []Rule{
		{ReadPublic, EveryBoard, []Standing{Public, Follower, Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsDepartment, AsObserver, AsAdmin, AsSystem}},
		{ReadCommunity, EveryBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsDepartment, AsObserver, AsAdmin, AsSystem}},
		{KeepAccount, EveryBoard, []Standing{Follower}},
		{PostTopic, OwnBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch}},
		{CommentTopic, OwnBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown}},
		{HelpNeighbour, OwnBoard, []Standing{Resident}},
		{AdoptWish, EveryBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner}},
		{ReportContent, EveryBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown}},
		{PostNotice, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{PostBranch, OwnBoard, []Standing{AsStaff, AsSecretary, AsBranch, AsTown}},
		{PostPartner, OwnBoard, []Standing{AsStaff, AsSecretary, AsPartner, AsTown}},
		{ReviewNotice, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{SetReview, OwnBoard, []Standing{AsTown, AsAdmin}},
		{WriteDigest, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{SubmitDigest, OwnBoard, []Standing{AsSecretary}},
		{AnswerDigest, OwnBoard, []Standing{AsTown}},
		{AskAffairs, EveryBoard, []Standing{Resident}},
		{EnterAffairs, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{ReviewAffairs, OwnBoard, []Standing{AsStaff, AsSecretary, AsBranch, AsTown}},
		{SetAffairs, OwnBoard, []Standing{AsSecretary, AsTown}},
		{SetFund, OwnBoard, []Standing{AsSecretary, AsTown}},
		{DraftVoucher, OwnBoard, []Standing{AsStaff, AsSecretary, AsBranch, AsTown}},
		{ApproveVoucher, OwnBoard, []Standing{AsSecretary, AsTown}},
		{SeeAccounts, OwnBoard, []Standing{AsStaff, AsSecretary, AsBranch, AsTown, AsObserver}},
		{AnswerTopic, OwnBoard, []Standing{AsStaff, AsSecretary, AsPartner, AsTown}},
		{SpeakHall, EveryBoard, []Standing{Resident, AsBranch, AsPartner}},
		{HoldHall, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{AnswerHall, EveryBoard, []Standing{AsStaff, AsSecretary, AsBranch, AsPartner, AsTown}},
		{CastBallot, EveryBoard, []Standing{Resident}},
		{HoldPoll, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{ProposeProject, EveryBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner}},
		{EndorseProject, EveryBoard, []Standing{Resident}},
		{JudgeProject, EveryBoard, []Standing{Resident}},
		{RaiseHand, EveryBoard, []Standing{AsBranch, AsPartner}},
		{CheckProject, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{PublishNotice, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{DecideProject, OwnBoard, []Standing{AsSecretary}},
		{SetPresets, OwnBoard, []Standing{AsSecretary, AsTown, AsAdmin}},
		{ImportProjects, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{HostActivity, EveryBoard, []Standing{Resident}},
		{JoinActivity, EveryBoard, []Standing{Resident}},
		{TendActivities, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{KeepOwners, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{KeepCovenant, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{PassCovenant, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{CallMeeting, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{ConfirmMinutes, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{AnswerMeeting, OwnBoard, []Standing{AsBranch, AsPartner, AsTown, AsDepartment}},
		{AttendMeeting, EveryBoard, []Standing{Resident}},
		{EditPhrases, OwnBoard, []Standing{AsStaff, AsSecretary, AsPartner, AsTown}},
		{HoldTopic, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown, AsSystem}},
		{TendNeighbours, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{AcceptTopic, OwnBoard, []Standing{AsStaff, AsSecretary, AsPartner, AsTown}},
		{DispatchTopic, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{HandleTopic, OwnBoard, []Standing{AsStaff, AsSecretary, AsPartner, AsTown, AsDepartment}},
		{VerifyWork, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{ExtendClock, OwnBoard, []Standing{AsSecretary, AsTown}},
		{ConfirmWork, EveryBoard, []Standing{Follower}},
		{SeeDesk, OwnDesk, []Standing{AsStaff, AsSecretary, AsPartner, AsTown, AsObserver, AsSystem}},
		{HandOver, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{SetDuty, OwnBoard, []Standing{AsSecretary, AsTown, AsAdmin}},
		{SetPromises, OwnBoard, []Standing{AsSecretary, AsTown, AsAdmin}},
		{SetBoards, OwnBoard, []Standing{AsSecretary, AsTown, AsAdmin}},
		{EditPlaces, OwnBoard, []Standing{AsSecretary, AsTown, AsAdmin}},
		{VerifyResident, OwnBoard, []Standing{AsStaff, AsSecretary, AsSystem}},
		{SeePerson, OwnBoard, []Standing{AsStaff, AsSecretary}},
		{ImportRoster, OwnBoard, []Standing{AsStaff, AsSecretary, AsAdmin, AsSystem}},
		{GrantRole, OwnBoard, []Standing{AsAdmin, AsSystem}},
		{SeeDepartment, OwnDesk, []Standing{AsTown, AsDepartment, AsSystem}},
		{CallWhistle, OwnBoard, []Standing{AsStaff, AsSecretary, AsTown}},
		{AnswerWhistle, OwnBoard, []Standing{AsPartner, AsDepartment}},
		{WatchWhistle, OwnBoard, []Standing{AsTown}},
		{SeeCatalogue, EveryBoard, []Standing{AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsDepartment, AsObserver, AsAdmin, AsSystem}},
		{SetCatalogue, OwnBoard, []Standing{AsTown, AsAdmin, AsSystem}},
		{SeeStatistics, EveryBoard, []Standing{Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsDepartment, AsObserver, AsAdmin, AsSystem}},
		{ReadStatistics, EveryBoard, []Standing{Public, Follower, Resident, AsStaff, AsSecretary, AsBranch, AsPartner, AsTown, AsDepartment, AsObserver, AsAdmin, AsSystem}},
		{AssistEntry, OwnBoard, []Standing{AsStaff, AsSecretary}},
	}
}

// Refusals of Can. Both tell what to do next in the catalogue.
var (
	// ErrSignIn means that the verb needs to know who asks.
	ErrSignIn = fault.New(fault.Unauthenticated, "identity.sign_in")
	// ErrVerify means that the verb needs a verified membership of this community.
	ErrVerify = fault.New(fault.Denied, "identity.verify_first")
	// ErrDenied means that no standing of the actor allows the verb here.
	ErrDenied = fault.New(fault.Denied, "identity.denied")
)

// Can returns nil if the actor may do the verb at the place, or the refusal that helps most: sign in,
// verify the address, or simply no. It allocates nothing, whatever the answer.
func Can(a Actor, v Verb, p Place) error {
	r, ok := matrix[v]
	if !ok {
		return ErrDenied.With("verb", v)
	}
	switch {
	case r.allow&a.standings(p, r.reach) != 0:
		return nil
	case !a.Known():
		return r.signIn
	case r.allow&bit(Resident) != 0:
		return r.verify
	}
	return r.denied
}

// standings is a set of Standing, one bit each.
type standings uint16

// row is a Rule made ready for the hot path, with its refusals built.
type row struct {
	allow                  standings
	reach                  Reach
	signIn, verify, denied error
}

// matrix is Table for machines; it is read only.
var matrix = compile(Table())

func compile(rules []Rule) map[Verb]*row {
	m := make(map[Verb]*row, len(rules))
	for _, rule := range rules {
		r := &row{
			reach:  rule.Reach,
			signIn: ErrSignIn.With("verb", rule.Verb),
			verify: ErrVerify.With("verb", rule.Verb),
			denied: ErrDenied.With("verb", rule.Verb),
		}
		for _, s := range rule.Allow {
			r.allow |= bit(s)
		}
		m[rule.Verb] = r
	}
	return m
}

// standings returns everything the actor is at the place.
func (a *Actor) standings(p Place, r Reach) standings {
	set := bit(Public)
	if a.System {
		set |= bit(AsSystem)
	}
	if a.ID != "" {
		set |= bit(Follower)
	}
	if a.Resides(p.Community()) {
		set |= bit(Resident)
	}
	for i := range a.Grants {
		if g := &a.Grants[i]; g.covers(p, r) {
			set |= bit(Standing(g.Role))
		}
	}
	return set
}

// bit returns the place of a standing in a set; an unknown role is no standing.
func bit(s Standing) standings {
	switch s {
	case Public:
		return 1 << 0
	case Follower:
		return 1 << 1
	case Resident:
		return 1 << 2
	case AsStaff:
		return 1 << 3
	case AsSecretary:
		return 1 << 4
	case AsBranch:
		return 1 << 5
	case AsPartner:
		return 1 << 6
	case AsTown:
		return 1 << 7
	case AsObserver:
		return 1 << 8
	case AsAdmin:
		return 1 << 9
	case AsSystem:
		return 1 << 10
	case AsDepartment:
		return 1 << 11
	}
	return 0
}
