package tally

import (
	"encoding/json"
	"fmt"
	"sort"
)

// Differs holds a published result against the count: every number, word and list of the count has to be in it. It
// returns the first difference, "" if there is none. What the result tells beyond that explains it, and is not compared.
func (res Result) Differs(published []byte) (string, error) {
	var theirs any
	if err := json.Unmarshal(published, &theirs); err != nil {
		return "", fmt.Errorf("the result cannot be read: %w", err)
	}
	text, err := json.Marshal(res)
	if err != nil {
		return "", err
	}
	var mine any
	if err := json.Unmarshal(text, &mine); err != nil {
		return "", err
	}
	return differ("result", mine, theirs), nil
}

// differ compares two values as JSON has them. A field that is left out is its zero.
func differ(at string, mine, theirs any) string {
	if empty(mine) && empty(theirs) {
		return ""
	}
	switch m := mine.(type) {
	case map[string]any:
		t, ok := theirs.(map[string]any)
		if !ok {
			break
		}
		for _, key := range keys(m) {
			if found := differ(at+"."+key, m[key], t[key]); found != "" {
				return found
			}
		}
		return ""
	case []any:
		t, ok := theirs.([]any)
		if !ok || len(t) != len(m) {
			break
		}
		for i := range m {
			if found := differ(fmt.Sprintf("%s[%d]", at, i), m[i], t[i]); found != "" {
				return found
			}
		}
		return ""
	default:
		if mine == theirs {
			return ""
		}
	}
	return fmt.Sprintf("%s is published as %s and counted again as %s", at, short(theirs), short(mine))
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case float64:
		return v == 0
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	}
	return false
}

func keys(m map[string]any) []string {
	var list []string
	for k := range m {
		list = append(list, k)
	}
	sort.Strings(list)
	return list
}

func short(v any) string {
	text, _ := json.Marshal(v)
	const most = 120
	if len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(text)
}
