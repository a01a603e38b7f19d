package notify

import (
	"maps"
	"slices"
	"time"

	"jushou/deliberation/neighbourhood"
	"jushou/internal/docstore"
	"jushou/internal/fault"
	"jushou/internal/identity"
)

// Keys of what neighbours are told of 左邻右舍 and 希望树.
const (
	KeyNeighbourDesk  = "notice.neighbour_desk" // duty person: a report, or something to look at first
	KeyTalkWord       = "notice.talk_word"
	KeyTalkNumber     = "notice.talk_number"
	KeyTalkJudged     = "notice.talk_judged" // the two: staff ended the talk
	KeyReportJudged   = "notice.report_judged"
	KeyOfferPromised  = "notice.offer_promised"
	KeyOfferBack      = "notice.offer_back"
	KeyOfferDone      = "notice.offer_done"
	KeyOfferThanked   = "notice.offer_thanked"
	KeyOfferAsked     = "notice.offer_asked"
	KeyOfferExpired   = "notice.offer_expired"
	KeyOfferReleased  = "notice.offer_released"
	KeyOfferHidden    = "notice.offer_hidden"
	KeyWishCleared    = "notice.wish_cleared"
	KeyWishRefused    = "notice.wish_refused"
	KeyWishAdopted    = "notice.wish_adopted"
	KeyWishAllowed    = "notice.wish_allowed"
	KeyWishDelivered  = "notice.wish_delivered"
	KeyWishAsk        = "notice.wish_ask" // duty person: ask somebody offline whether it came true
	KeyWishReturned   = "notice.wish_returned"
	KeyWishPledgeOver = "notice.wish_pledge_over"
	KeyWishRemind     = "notice.wish_remind"
	KeyWishFulfilled  = "notice.wish_fulfilled"
	KeyWishThanked    = "notice.wish_thanked"
	KeyWishEnded      = "notice.wish_ended"
	KeyWishWithdrawn  = "notice.wish_withdrawn"
	deskOf            = "/desk/c/"
)

func neighbourKeys() []string {
	return []string{
		KeyNeighbourDesk, KeyTalkWord, KeyTalkNumber, KeyTalkJudged, KeyReportJudged, KeyOfferPromised, KeyOfferBack, KeyOfferDone,
		KeyOfferThanked, KeyOfferAsked, KeyOfferExpired, KeyOfferReleased, KeyOfferHidden, KeyWishCleared, KeyWishRefused, KeyWishAdopted,
		KeyWishAllowed, KeyWishDelivered, KeyWishAsk, KeyWishReturned, KeyWishPledgeOver, KeyWishRemind, KeyWishFulfilled, KeyWishThanked, KeyWishEnded, KeyWishWithdrawn,
	}
}

// neighbourPlans says for each event of neighbours who is to be told.
func neighbourPlans() map[string]func(neighbourhood.News) []Share {
	return map[string]func(neighbourhood.News) []Share{
		neighbourhood.OfferHeld:        toDesk,
		neighbourhood.OfferReported:    toDesk,
		neighbourhood.ExchangeReported: toDesk,
		neighbourhood.OfferReleased:    toOwner(KeyOfferReleased, false),
		neighbourhood.OfferHidden:      planOfferHidden,
		neighbourhood.OfferJudged:      toReporters,
		neighbourhood.OfferPromised:    toOther(KeyOfferPromised),
		neighbourhood.OfferBack:        toBoth(KeyOfferBack),
		neighbourhood.OfferDone:        toBoth(KeyOfferDone),
		neighbourhood.OfferThanked:     toBoth(KeyOfferThanked),
		neighbourhood.OfferAsked:       toOwner(KeyOfferAsked, false),
		neighbourhood.OfferExpired:     toOwner(KeyOfferExpired, true),
		neighbourhood.ExchangeSaid:     planSaid,
		neighbourhood.ExchangeNumber:   planNumber,
		neighbourhood.ExchangeJudged:   planTalkJudged,
		neighbourhood.WishHung:         planWishHung,
		neighbourhood.WishCleared:      toOwner(KeyWishCleared, false),
		neighbourhood.WishRefused:      toOwner(KeyWishRefused, false),
		neighbourhood.WishAdopted:      toOwner(KeyWishAdopted, false),
		neighbourhood.WishAllowed:      planWishAllowed,
		neighbourhood.WishDelivered:    planWishDelivered,
		neighbourhood.WishReturned:     planWishReturned,
		neighbourhood.WishRemind:       toOther(KeyWishRemind),
		neighbourhood.WishFulfilled:    toOther(KeyWishFulfilled),
		neighbourhood.WishThanked:      toOther(KeyWishThanked),
		neighbourhood.WishEnded:        toOwner(KeyWishEnded, false),
		neighbourhood.WishWithdrawn:    toOther(KeyWishWithdrawn),
	}
}

// neighbourPlan plans an event of neighbours. Who did it knows. Of a talk each person is told once an hour.
func neighbourPlan(e docstore.Event) ([]Share, error) {
	plan := neighbourPlans()[e.Type]
	if plan == nil {
		return nil, nil
	}
	shares, err := with(e, plan)
	for i := range shares {
		share := &shares[i]
		share.But = identity.AccountID(e.Actor)
		if share.Draft.Key == KeyTalkWord {
			share.Draft.Once = KeyTalkWord + share.Draft.Link + "@" + stamp(e.At.Truncate(time.Hour))
		}
	}
	return shares, err
}

func neighbourTypes() []string {
	return slices.Sorted(maps.Keys(neighbourPlans()))
}

func neighbourDraft(n neighbourhood.News, key string) Draft {
	d := Draft{Community: n.Community, Key: key, Args: fault.Args{
		"title": n.Title, "who": n.Name, "other": n.OtherName, "reason": n.Reason, "until": stamp(n.Until),
	}}
	switch {
	case n.Wish != "":
		d.Link = "/wish/" + string(n.Wish)
	default:
		d.Link = "/n/" + string(n.Offer)
	}
	return d
}

// told is one person's share; nobody is told where there is no account.
func told(who identity.AccountID, d Draft) []Share {
	if who == "" {
		return nil
	}
	return []Share{{To: Audience{Person: who}, Draft: d}}
}

func toOwner(key string, quiet bool) func(neighbourhood.News) []Share {
	return func(n neighbourhood.News) []Share {
		d := neighbourDraft(n, key)
		d.Quiet = quiet
		return told(n.Owner, d)
	}
}

func toOther(key string) func(neighbourhood.News) []Share {
	return func(n neighbourhood.News) []Share { return told(n.Other, neighbourDraft(n, key)) }
}

// toBoth tells the two.
func toBoth(key string) func(neighbourhood.News) []Share {
	return func(n neighbourhood.News) []Share {
		d := neighbourDraft(n, key)
		return append(told(n.Owner, d), told(n.Other, d)...)
	}
}

func toDesk(n neighbourhood.News) []Share {
	d := neighbourDraft(n, KeyNeighbourDesk)
	d.Link = deskOf + string(n.Community) + "/neighbours"
	d.Args = fault.Args{"title": ""}
	return []Share{{To: Audience{Duty: n.Community}, Draft: d}}
}

func toReporters(n neighbourhood.News) []Share {
	var shares []Share
	for _, who := range n.Reporters {
		shares = append(shares, told(who, neighbourDraft(n, KeyReportJudged))...)
	}
	return shares
}

func planOfferHidden(n neighbourhood.News) []Share {
	return append(toOwner(KeyOfferHidden, false)(n), toReporters(n)...)
}

func planSaid(n neighbourhood.News) []Share {
	d := neighbourDraft(n, KeyTalkWord)
	d.Link = "/x/" + string(n.Exchange)
	return told(n.To, d)
}

func planNumber(n neighbourhood.News) []Share {
	d := neighbourDraft(n, KeyTalkNumber)
	d.Link = "/x/" + string(n.Exchange)
	return told(n.To, d)
}

func planTalkJudged(n neighbourhood.News) []Share {
	if !n.Acted {
		return toReporters(n)
	}
	d := neighbourDraft(n, KeyTalkJudged)
	d.Link = "/x/" + string(n.Exchange)
	return append(told(n.Owner, d), told(n.Other, d)...)
}

func planWishHung(n neighbourhood.News) []Share {
	if !n.Waits {
		return nil
	}
	return toDesk(n)
}

func planWishAllowed(n neighbourhood.News) []Share {
	if !n.Acted {
		return nil
	}
	return told(n.Other, neighbourDraft(n, KeyWishAllowed))
}

// planWishDelivered asks the wisher; for somebody offline, whoever is on duty asks.
func planWishDelivered(n neighbourhood.News) []Share {
	if n.Owner == "" {
		d := neighbourDraft(n, KeyWishAsk)
		d.Link = deskOf + string(n.Community) + "/neighbours"
		return []Share{{To: Audience{Duty: n.Community}, Draft: d}}
	}
	return told(n.Owner, neighbourDraft(n, KeyWishDelivered))
}

func planWishReturned(n neighbourhood.News) []Share {
	key := KeyWishReturned
	if n.Expired {
		key = KeyWishPledgeOver
	}
	d := neighbourDraft(n, key)
	return append(told(n.Owner, d), told(n.Other, d)...)
}
