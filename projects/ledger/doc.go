// Package ledger is the money of micro-projects: funds, what is allotted, promised and paid out of them, in double entry and in
// public.
//
// A Fund is the money of one source agreement for one year in a community or a town. It is one document that holds its accounts
// and every voucher, because what must hold together is one document (docs/decisions/0001, 0007): a payment is refused or
// posted in the commit that changes the balances, so that no two of them can spend the same fen, and none is posted twice.
//
//	source/n ──receive──▶ free ──allocate──▶ line/n ──commit──▶ deal/n ──pay──▶ paid/n
//	         ◀─give back──     ◀──settle────        ◀─release──        ◀─refund to line/n
//
// A voucher is drafted by one person and posted by another, never by who drafted it and never by the proposer or lead of the
// project it is for. What is posted never changes: a mistake is taken back by a further voucher, with its reason.
//
// What holds at every instant, and is what Audit checks: all accounts of a fund together are zero; no account but those of
// the sources is negative, so no payment is above its commitment, no commitment above its allocation and no allocation above what
// came in; a source gives no more than its share of the cap.
//
// Sources: domain.md 2.2 (city and town 3:7, 1:1, self-raised, matched) and F26 (unspent money is allocated anew).
package ledger
