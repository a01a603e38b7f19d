package api

import "jushou/deliberation/catalogue"

// ItemSuggestion proposes an item, and says why.
type ItemSuggestion struct {
	Item       CatalogueItem `json:"item"`
	Department Department    `json:"department"`
	Hits       []string      `json:"hits" doc:"The keywords that were found."`
}

// suggested is how many items are proposed.
const suggested = 5

// suggestItems proposes items for a text, best first. A person decides.
func (a *Actions) suggestItems(c *Call) (Page[ItemSuggestion], error) {
	found, err := a.Catalogue.See(c.Context(), c.Actor, nodeOf(c))
	if err != nil {
		return Page[ItemSuggestion]{}, err
	}
	return pageOf(found.Suggest(c.Query("text"), suggested), "", func(s catalogue.Suggestion) ItemSuggestion {
		return ItemSuggestion{Item: showItem(s.Item), Department: Department(s.Department), Hits: s.Hits}
	}), nil
}
