package notify

// Pace says how soon a notice goes out by WeChat. The inbox has it at once in any case.
type Pace string

// Paces. Quiet hours are 22:00 to 07:00 for what is told to many, and those a person has chosen for everything but
// work: an answer to one's own words is held back only from somebody who asked for that.
const (
	PaceOwn    Pace = ""       // one's own affairs: waits for hours the person chose
	PaceWork   Pace = "work"   // somebody waits and the reader is on duty: never waits
	PaceMany   Pace = "many"   // told to many: waits for everybody's quiet hours
	PaceUrgent Pace = "urgent" // danger to life, health or property: never waits
)

// paceOf returns the pace of a notice that names none.
func paceOf(key string) Pace {
	switch key {
	case KeyReported, KeyAppealed, KeyAppealToTown,
		KeyTopicPosted, KeyTopicHeld, KeyRoundListed, KeyRoundMissed, KeyRoundToTown, KeyLifeToTown, KeyHandedOver, KeyPending, KeyBulletinReview, KeyBulletinUnseen, KeyVoucherWaits,
		KeyHallRoundOver, KeyHallOverdue, KeyDayOver, KeyDayOverdue, KeyCovenantOver, KeyCovenantRecorded:
		return PaceWork
	}
	if lifeWork(key) || affairWork(key) || digestWork(key) || meetingWork(key) {
		return PaceWork
	}
	return PaceOwn
}
