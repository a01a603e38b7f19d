package verify

import (
	"encoding/json"
	"fmt"
	"slices"

	"jushou/internal/verify/tally"
)

// stakesFile is the file "stakes" of a joint decision of owners: a text whose hash is entered with the result.
type stakesFile struct {
	Stakes string

	shown shown
}

func (s *stakesFile) fields() map[string]any { return map[string]any{"stakes": &s.Stakes} }

// class are owners on the roll with the same areas, in 0.01 m².
type class struct {
	Home    int64 `json:"home"`
	Parking int64 `json:"parking"`
	Heads   int64 `json:"heads"`
}

// stake is what n of them have.
func (c class) stake(n int64) tally.Stake {
	s := tally.Stake{Heads: n, Home: n * c.Home, Parking: n * c.Parking}
	if c.Home > 0 {
		s.Homes = n
	}
	return s
}

// classes are the owners of a roll as the charter has them.
type classes struct {
	Classes []class     `json:"classes"`
	Rest    tally.Stake `json:"rest"`
}

// shown is what was published of the owners' areas when the count was: which ballots are of which class, and what the rest said together.
type shown struct {
	Format  string `json:"format"`
	Poll    string `json:"poll"`
	Charter string `json:"charter"`
	Classes []struct {
		Home    int64    `json:"home"`
		Parking int64    `json:"parking"`
		Silent  int64    `json:"silent"`
		Ballots []string `json:"ballots"`
	} `json:"classes"`
	Rest struct {
		Options []tally.Stake `json:"options"`
		Abstain tally.Stake   `json:"abstain"`
		Spoilt  tally.Stake   `json:"spoilt"`
		Silent  tally.Stake   `json:"silent"`
		Missing tally.Stake   `json:"missing"`
	} `json:"rest"`
}

// stakesOf reads the file where the log has its hash. A charter with classes and published ballots want it.
func (x *pollEntries) stakesOf(b *bag, c published) (*stakesFile, error) {
	if x.published.stakes == "" {
		if c.frozen.Stakes != nil && c.BallotPages > 0 {
			return nil, fmt.Errorf("its ballots are published, and the owners' areas are not")
		}
		return nil, nil
	}
	var s stakesFile
	if err := b.read("stakes", maxBallots, &s); err != nil {
		return nil, err
	}
	if hashOf(s.Stakes) != x.published.stakes {
		return nil, fmt.Errorf("the owners' areas are not those whose hash was entered")
	}
	if err := json.Unmarshal([]byte(s.Stakes), &s.shown); err != nil {
		return nil, fmt.Errorf("the owners' areas cannot be read: %w", err)
	}
	if g := s.shown; g.Format != "jushou stakes v1" || g.Poll != x.id || g.Charter != x.charter {
		return nil, fmt.Errorf("the owners' areas are %q of the poll %q", g.Format, g.Poll)
	}
	return &s, nil
}

// weigh gives every ballot its class, and holds what is told of the rest against the ballots that are left and against the roll of the charter.
// Told is how much area is left that no ballot tells of by itself.
func (s *stakesFile) weigh(c published, lines []line, ballots []tally.Ballot) (all *tally.Stakes, told tally.Stake, err error) {
	if c.frozen.Stakes == nil || len(s.shown.Rest.Options) != len(c.frozen.Options) {
		return nil, told, fmt.Errorf("owners' areas are published that the charter does not know")
	}
	w := weighing{roll: *c.frozen.Stakes, rest: c.frozen.Stakes.Rest, at: map[string]int{}, of: ballots}
	for i, l := range lines {
		w.at[l.Commit] = i
	}
	w.all.Options = make([]tally.Stake, len(c.frozen.Options))
	if total := w.total(); total.Heads != int64(c.frozen.Voters) || total.Home+total.Parking != c.frozen.Area {
		return nil, told, fmt.Errorf("the classes of the charter are %d owners with %s, and its roll %d with %s",
			total.Heads, tally.SquareMetres(total.Home+total.Parking), c.frozen.Voters, tally.SquareMetres(c.frozen.Area))
	}
	if err := w.sort(s.shown); err != nil {
		return nil, told, err
	}
	told, err = w.take(s.shown)
	return &w.all, told, err
}

// weighing puts ballots into their classes.
type weighing struct {
	roll classes
	rest tally.Stake    // of the roll: classes that are not shown apart are in it
	at   map[string]int // the ballot of a commitment, until its class is known
	of   []tally.Ballot
	all  tally.Stakes
}

func (w *weighing) total() (all tally.Stake) {
	for _, c := range w.roll.Classes {
		all.Add(c.stake(c.Heads))
	}
	all.Add(w.roll.Rest)
	return all
}

// sort goes through the classes of the charter.
func (w *weighing) sort(g shown) error {
	seen := 0
	for _, c := range w.roll.Classes {
		at := -1
		for i, one := range g.Classes {
			if one.Home == c.Home && one.Parking == c.Parking {
				at = i
			}
		}
		if at < 0 {
			w.rest.Add(c.stake(c.Heads))
			continue
		}
		seen++
		one := g.Classes[at]
		missing := c.Heads - one.Silent - int64(len(one.Ballots))
		if missing < 0 || one.Silent < 0 {
			return fmt.Errorf("%d owners with %s have %d ballots and %d silent", c.Heads, tally.SquareMetres(c.Home+c.Parking), len(one.Ballots), one.Silent)
		}
		w.all.Silent.Add(c.stake(one.Silent))
		w.all.Missing.Add(c.stake(missing))
		for _, commit := range one.Ballots {
			i, ok := w.at[commit]
			if !ok {
				return fmt.Errorf("the ballot %q has an area, and is none of those published or has one already", commit)
			}
			delete(w.at, commit)
			w.place(i).Add(c.stake(1))
		}
	}
	if seen != len(g.Classes) {
		return fmt.Errorf("ballots have areas that the charter does not know")
	}
	return nil
}

// place is where a ballot counts.
func (w *weighing) place(ballot int) *tally.Stake {
	return placeOf(&w.all, w.of[ballot])
}

func placeOf(all *tally.Stakes, b tally.Ballot) *tally.Stake {
	switch {
	case b.Spoilt != "":
		return &all.Spoilt
	case b.Abstain || len(b.Picks) != 1 || b.Picks[0] < 0 || b.Picks[0] >= len(all.Options):
		return &all.Abstain // a ballot that names no option is refused by the count
	}
	return &all.Options[b.Picks[0]]
}

// take adds what is told of the rest. Its heads are those of the ballots that are left; with its areas it makes up the roll.
func (w *weighing) take(g shown) (told tally.Stake, err error) {
	left := tally.Stakes{Options: make([]tally.Stake, len(w.all.Options))}
	for _, i := range w.at {
		placeOf(&left, w.of[i]).Heads++
	}
	r := g.Rest
	for i, o := range r.Options {
		if o.Heads != left.Options[i].Heads {
			return told, fmt.Errorf("%d ballots for option %d have no area of their own, and %d are told of", left.Options[i].Heads, i, o.Heads)
		}
		w.all.Options[i].Add(o)
		told.Add(o)
	}
	if r.Abstain.Heads != left.Abstain.Heads || r.Spoilt.Heads != left.Spoilt.Heads {
		return told, fmt.Errorf("%d ballots that abstain or are spoilt have no area of their own, and %d are told of",
			left.Abstain.Heads+left.Spoilt.Heads, r.Abstain.Heads+r.Spoilt.Heads)
	}
	w.all.Abstain.Add(r.Abstain)
	w.all.Spoilt.Add(r.Spoilt)
	w.all.Silent.Add(r.Silent)
	w.all.Missing.Add(r.Missing)
	told.Add(r.Abstain)
	told.Add(r.Spoilt)
	every := told
	every.Add(r.Silent)
	every.Add(r.Missing)
	parts := append(slices.Clone(r.Options), r.Abstain, r.Spoilt, r.Silent, r.Missing)
	odd := slices.ContainsFunc(parts, func(s tally.Stake) bool { return s.Heads < s.Homes || s.Homes < 0 || s.Home < 0 || s.Parking < 0 })
	if every != w.rest || odd {
		return told, fmt.Errorf("what is told of the other owners is %d with %s, and the roll has %d with %s",
			every.Heads, tally.SquareMetres(every.Home+every.Parking), w.rest.Heads, tally.SquareMetres(w.rest.Home+w.rest.Parking))
	}
	return told, nil
}
