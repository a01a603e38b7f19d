// Command maketable writes the table of package reading: for each character its simplified form and its reading. The
// dictionaries are those of OpenCC (Apache-2.0) and of go-pinyin (MIT); a module of its own keeps them, and the
// memory they take, out of the product.
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"strings"

	"github.com/longbridgeapp/opencc"
	"github.com/mozillazg/go-pinyin"
)

// The characters of the table: the block of common ideographs and its first extension.
const first, last = 0x3400, 0x9FFF

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: maketable FILE")
		os.Exit(2)
	}
	if err := write(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "maketable:", err)
		os.Exit(1)
	}
}

// write lays the table out as package reading reads it: the syllables in a line each, an empty line, and per character two
// little-endian numbers: its simplified form, and which syllable it is read as, 0 for none.
func write(path string) error {
	converter, err := opencc.New("t2s")
	if err != nil {
		return err
	}
	var syllables []string
	number := map[string]uint16{}
	var cells bytes.Buffer
	for r := rune(first); r <= last; r++ {
		simple, err := converter.Convert(string(r))
		if err != nil {
			return err
		}
		plain := []rune(simple)
		if len(plain) != 1 || plain[0] < first || plain[0] > last {
			plain = []rune{r}
		}
		sound := soundOf(plain[0])
		if sound != "" && number[sound] == 0 {
			syllables = append(syllables, sound)
			number[sound] = uint16(len(syllables))
		}
		cells.Write(binary.LittleEndian.AppendUint16(nil, uint16(plain[0])))
		cells.Write(binary.LittleEndian.AppendUint16(nil, number[sound]))
	}
	head := strings.Join(syllables, "\n") + "\n\n"
	return os.WriteFile(path, append([]byte(head), cells.Bytes()...), 0o644)
}

// soundOf returns the commonest reading without its tone.
func soundOf(r rune) string {
	args := pinyin.NewArgs()
	found := pinyin.SinglePinyin(r, args)
	if len(found) == 0 {
		return ""
	}
	return strings.ReplaceAll(found[0], "ü", "v")
}
