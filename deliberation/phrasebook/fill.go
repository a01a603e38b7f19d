package phrasebook

import "strings"

// Blanks of a phrase, which are filled in when it is put into an answer. What a phrase writes in braces beyond these stays
// as it is written, so that the person answering sees it.
const (
	BlankResident = "{居民}" // how the author is shown: 王**
	BlankBuilding = "{楼栋}" // where they live, nothing if that is not known
	BlankBoard    = "{板块}"
	BlankRound    = "{下次巡查}" // when the next Round is held
	BlankMe       = "{我}"    // title and name of who answers
)

// Blanks lists them in the order a page explains them.
func Blanks() []string {
	return []string{BlankResident, BlankBuilding, BlankBoard, BlankRound, BlankMe}
}

// Fill puts values into the blanks of a text. Values are taken as they are: a blank inside a value is not filled again.
func Fill(text string, values map[string]string) string {
	var pairs []string
	for _, blank := range Blanks() {
		if value, ok := values[blank]; ok {
			pairs = append(pairs, blank, value)
		}
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
