// Package owners keeps what a joint decision of owners (民法典 Art. 278) stands on: who owns which unit with what area, which accounts
// are those owners, and the local rule that lets them decide here at all.
//
// The register of a community is a Book with numbered versions. A version is made of a file (XLSX or CSV), one row a unit: a file with a
// single error makes none, and a person confirms the others before they count. Its units are documents of their own, a Deed each, written
// before the version is; nothing of a version changes afterwards, so a roll that was taken from one can be followed back to its rows. Who
// sells is replaced by the next version (or in it: see docs/owners.md), never by an edit.
//
// Names and telephone numbers are sealed in their fields and found by keyed hashes; what people see is masked.
//
// A Basis is the recorded local rule: its name and clauses, a photo of the document, when it was adopted. It counts once a second person has
// compared it with the document. Without one a poll cannot be labelled 业主共同决定: a click here is by itself no vote of the owners' meeting.
package owners
