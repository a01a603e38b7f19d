package view

// Problems is what a page shows about a refusal: page.Refuse fills it.
type Problems struct {
	// Status is the HTTP status to answer with.
	Status int
	// Code is the stable code of the first refusal.
	Code string
	// Summary is the sentence for the whole form; "" when nothing was refused.
	Summary string
	// Fields holds a sentence per form field.
	Fields map[string]string
	// Reference is the request's id, shown only for our own failures.
	Reference string
	// SignIn is the address that signs in again, where that is what is missing.
	SignIn string
}

// Any reports whether there is something to show.
func (p Problems) Any() bool { return p.Summary != "" || len(p.Fields) > 0 }

// On returns the sentence of a field, "" if there is none.
func (p Problems) On(field string) string { return p.Fields[field] }

// Sentence returns the one sentence that says most: of the form or else of any field.
func (p Problems) Sentence() string {
	for _, field := range p.Fields {
		return field
	}
	return p.Summary
}

// unverified reports whether registering an address is what is missing.
func (p Problems) unverified() bool { return p.Code == "identity.verify_first" }
