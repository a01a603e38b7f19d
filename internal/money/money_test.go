package money_test

import (
	"testing"

	"pgregory.net/rapid"

	"jushou/internal/fault"
	"jushou/internal/money"
)

func TestAmountsAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]money.Fen{
		"0": 0, "1": 100, "1,234.50": 123_450, "1234.5": 123_450, "¥300": 30_000, "１２．５元": 1_250, "1，000": 100_000, "0.07": 7,
		"12.500": 1_250, " 8 ": 800, "1,000,000,000": money.Max, "1000000000.00": money.Max,
	} {
		if got, err := money.Parse(text); err != nil || got != want {
			t.Errorf("%q is %d, %v; want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]string{
		"": "money.empty", "  ": "money.empty", "元": "money.empty",
		"-3": "money.negative", "−0.01": "money.negative", "－5元": "money.negative",
		"0.001": "money.fraction", "1.234": "money.fraction",
		"1000000000.01": "money.too_large", "99999999999999999999999": "money.too_large", "10000000000": "money.too_large",
		"1e12": "money.unclear", "1.": "money.unclear", ".5": "money.unclear", "1,23": "money.unclear", "1,2345": "money.unclear",
		"1.2.3": "money.unclear", "三百": "money.unclear", "0x10": "money.unclear", "1_000": "money.unclear", "+3": "money.unclear", "1,": "money.unclear", "NaN": "money.unclear", "1.2e3": "money.unclear",
	} {
		if got, err := money.Parse(text); fault.CodeOf(err) != want {
			t.Errorf("%q is %d, refused with %v; want %s", text, got, err, want)
		}
	}
}

func TestWhatIsWrittenIsReadTheSame(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		fen := money.Fen(rapid.Int64Range(0, int64(money.Max)).Draw(r, "fen"))
		if got, err := money.Parse(fen.String()); err != nil || got != fen {
			r.Fatalf("%d is written %s and read %d, %v", fen, fen, got, err)
		}
	})
	if got := money.Fen(-1_280_050).String(); got != "-12,800.50" {
		t.Errorf("written %s", got)
	}
}

func TestSharesAddUpAndFollowTheRatio(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(r *rapid.T) {
		total := money.Fen(rapid.Int64Range(0, int64(money.Max)).Draw(r, "total"))
		parts := rapid.SliceOfN(rapid.Int64Range(0, money.MaxPart), 1, 6).Draw(r, "parts")
		shares := money.Split(total, parts)
		var all int64
		for _, p := range parts {
			all += p
		}
		if all == 0 {
			if shares != nil {
				r.Fatalf("%v of nothing", shares)
			}
			return
		}
		var sum money.Fen
		for n, s := range shares {
			sum += s
			if due := int64(total) * parts[n] / all; int64(s) != due && int64(s) != due+1 {
				r.Fatalf("share %d is %d, due %d", n, s, due)
			}
		}
		if sum != total {
			r.Fatalf("%v of %d add up to %d", shares, total, sum)
		}
	})
	for _, c := range []struct {
		total money.Fen
		parts []int64
		want  []money.Fen
	}{
		{30_000_000, []int64{3, 7}, []money.Fen{9_000_000, 21_000_000}}, {1, []int64{1, 1}, []money.Fen{1, 0}}, {100, []int64{1, 1, 1}, []money.Fen{34, 33, 33}},
	} {
		got := money.Split(c.total, c.parts)
		for n := range c.want {
			if got[n] != c.want[n] {
				t.Errorf("%d by %v is %v, want %v", c.total, c.parts, got, c.want)
			}
		}
	}
}
