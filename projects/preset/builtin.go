package preset

import (
	_ "embed"
	"encoding/json"
	"slices"
)

//go:embed builtin.json
var builtinJSON []byte

// Builtin returns the presets that ship with the product.
func Builtin() []Preset {
	var all []Preset
	if err := json.Unmarshal(builtinJSON, &all); err != nil {
		panic("preset: embedded presets: " + err.Error())
	}
	return all
}

// BuiltinOf returns a preset that ships, by its key.
func BuiltinOf(key Key) (Preset, bool) {
	all := Builtin()
	i := slices.IndexFunc(all, func(p Preset) bool { return p.Key == key })
	if i < 0 {
		return Preset{}, false
	}
	return all[i], true
}
