package ledger_test

import (
	"jushou/projects/ledger"
)

// naive is the book as somebody would keep it on paper, written apart from the ledger: what each source gave, what is free,
// and per purpose and contract what is there.
type naive struct {
	given, share []int64
	free         int64
	lines        []naiveLine
	deals        []naiveDeal
	done         map[ledger.EntryID]func() bool // takes a posted voucher back, if that can be
	back         map[ledger.EntryID]bool
}

type naiveLine struct {
	name    string
	left    int64
	settled bool
}

type naiveDeal struct {
	line       int
	open, paid int64
}

// spent is what a line has, had promised or paid.
func (b *naive) spent(line int) int64 {
	sum := b.lines[line].left
	for _, d := range b.deals {
		if d.line == line {
			sum += d.open + d.paid
		}
	}
	return sum
}

func (b *naive) owed(line int) int64 {
	var sum int64
	for _, d := range b.deals {
		if d.line == line {
			sum += d.open
		}
	}
	return sum
}

// find returns a purpose's place, the next one if it is new.
func (b *naive) find(name string) int {
	for n, l := range b.lines {
		if l.name == name {
			return n
		}
	}
	return len(b.lines)
}

// do carries a draft out and reports whether the book allows it.
func (b *naive) do(id ledger.EntryID, d ledger.Draft) bool {
	fen := int64(d.Fen)
	switch d.Kind {
	case ledger.Receive:
		if b.given[d.Source-1]+fen > b.share[d.Source-1] {
			return false
		}
		b.given[d.Source-1] += fen
		b.free += fen
		b.done[id] = func() bool { return take(&b.free, fen) && take(&b.given[d.Source-1], fen) }
	case ledger.Return:
		if b.free < fen || b.given[d.Source-1] < fen {
			return false
		}
		b.free -= fen
		b.given[d.Source-1] -= fen
		b.done[id] = func() bool {
			if b.given[d.Source-1]+fen > b.share[d.Source-1] {
				return false
			}
			b.free += fen
			b.given[d.Source-1] += fen
			return true
		}
	case ledger.Allocate, ledger.Move:
		return b.allot(id, d, fen)
	case ledger.Commit:
		if d.Line > len(b.lines) || b.lines[d.Line-1].settled || b.lines[d.Line-1].left < fen {
			return false
		}
		b.lines[d.Line-1].left -= fen
		b.deals = append(b.deals, naiveDeal{line: d.Line - 1, open: fen})
		n := len(b.deals) - 1
		b.done[id] = func() bool { return take(&b.deals[n].open, fen) && b.give(d.Line-1, fen) }
	case ledger.Pay, ledger.Refund, ledger.Release:
		return b.deal(id, d, fen)
	case ledger.Settle:
		if d.Line > len(b.lines) || b.lines[d.Line-1].settled || b.owed(d.Line-1) != 0 || b.lines[d.Line-1].left != fen {
			return false
		}
		b.lines[d.Line-1].left, b.lines[d.Line-1].settled = 0, true
		b.free += fen
		b.done[id] = func() bool {
			if !take(&b.free, fen) {
				return false
			}
			b.lines[d.Line-1].left, b.lines[d.Line-1].settled = fen, false
			return true
		}
	case ledger.Reverse:
		undo, ok := b.done[d.Reverses]
		if !ok || b.back[d.Reverses] {
			return false
		}
		saved := b.copy()
		if !undo() || !b.sound() {
			*b = saved
			return false
		}
		b.back[d.Reverses] = true
	}
	return true
}

func (b *naive) allot(id ledger.EntryID, d ledger.Draft, fen int64) bool {
	n := b.find(d.Title)
	from := &b.free
	if d.Kind == ledger.Move {
		if d.Line > len(b.lines) || d.Line-1 == n {
			return false
		}
		from = &b.lines[d.Line-1].left
	}
	if *from < fen || n < len(b.lines) && b.lines[n].settled {
		return false
	}
	*from -= fen
	if n == len(b.lines) {
		b.lines = append(b.lines, naiveLine{name: d.Title})
	}
	b.lines[n].left += fen
	b.done[id] = func() bool {
		if !take(&b.lines[n].left, fen) {
			return false
		}
		if d.Kind == ledger.Move {
			return b.give(d.Line-1, fen)
		}
		b.free += fen
		return true
	}
	return true
}

func (b *naive) deal(id ledger.EntryID, d ledger.Draft, fen int64) bool {
	if d.Deal > len(b.deals) {
		return false
	}
	n := d.Deal - 1
	line := b.deals[n].line
	switch d.Kind {
	case ledger.Pay:
		if !take(&b.deals[n].open, fen) {
			return false
		}
		b.deals[n].paid += fen
		b.done[id] = func() bool {
			if !take(&b.deals[n].paid, fen) {
				return false
			}
			b.deals[n].open += fen
			return true
		}
	case ledger.Release:
		if !take(&b.deals[n].open, fen) {
			return false
		}
		b.lines[line].left += fen
		b.done[id] = func() bool {
			if !take(&b.lines[line].left, fen) {
				return false
			}
			b.deals[n].open += fen
			return true
		}
	case ledger.Refund:
		if !take(&b.deals[n].paid, fen) {
			return false
		}
		settled := b.lines[line].settled
		if settled {
			b.free += fen
		} else {
			b.lines[line].left += fen
		}
		b.done[id] = func() bool {
			from := &b.lines[line].left
			if settled {
				from = &b.free
			}
			if !take(from, fen) {
				return false
			}
			b.deals[n].paid += fen
			return true
		}
	}
	return true
}

func take(from *int64, fen int64) bool {
	if *from < fen {
		return false
	}
	*from -= fen
	return true
}

func (b *naive) give(line int, fen int64) bool {
	b.lines[line].left += fen
	return true
}

// sound reports whether nothing is left or owed where something was settled.
func (b *naive) sound() bool {
	for n, l := range b.lines {
		if l.settled && (l.left != 0 || b.owed(n) != 0) {
			return false
		}
	}
	return true
}

func (b *naive) copy() naive {
	c := *b
	c.given = append([]int64{}, b.given...)
	c.lines = append([]naiveLine{}, b.lines...)
	c.deals = append([]naiveDeal{}, b.deals...)
	return c
}
