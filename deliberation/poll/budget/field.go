package budget

// backer is one voter behind a project.
type backer struct {
	voter  int32
	weight int32 // points under points rules, else 1
}

// field is what every run of equal shares over one election shares: who backs what, with which weight.
type field struct {
	e       *Election
	got     []standing
	ties    ties
	byCost  bool       // a price is weighed against the cost of its project
	backers [][]backer // by project; nil if it takes no part
	weight  []int64    // sum of weights by project
}

func newField(e *Election, got []standing, t ties, m method, o Options) *field {
	f := &field{e: e, got: got, ties: t, byCost: o.payByCost(m)}
	f.backers = make([][]backer, len(e.Projects))
	f.weight = make([]int64, len(e.Projects))
	for p := range e.Projects {
		if f.takesPart(p) {
			f.backers[p] = make([]backer, 0, got[p].votes)
		}
	}
	for v, ballot := range e.Ballots {
		for _, c := range ballot {
			if c.Points <= 0 || !f.takesPart(c.Project) {
				continue
			}
			w := int32(1)
			if m.worth == byPoints {
				w = int32(c.Points)
			}
			f.backers[c.Project] = append(f.backers[c.Project], backer{voter: int32(v), weight: w})
			f.weight[c.Project] += int64(w)
		}
	}
	return f
}

// takesPart reports whether supporters can buy the project at all. One without cost is worth nothing where
// worth is cost.
func (f *field) takesPart(p int) bool {
	project := f.e.Projects[p]
	return !project.Withdrawn && f.got[p].votes > 0 && (project.Cost > 0 || !f.byCost)
}

// parties are the projects that take part, and what all of them cost together.
func (f *field) parties() (projects []int, cost int64) {
	for p := range f.e.Projects {
		if f.takesPart(p) {
			projects = append(projects, p)
			cost += f.e.Projects[p].Cost
		}
	}
	return projects, cost
}
