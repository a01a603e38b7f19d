package wechat

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"jushou/internal/fault"
)

// ErrXML means that a push is not the small XML document that the platform sends.
var ErrXML = fault.New(fault.Invalid, "wechat.bad_xml")

// Bounds on one push. The platform's own stay far below.
const (
	maxDepth    = 8
	maxElements = 2000
)

// element is one XML element. The platform's documents are read as a tree rather than into structs,
// because one unreadable number must not cost the whole message and repeated elements must all survive.
type element struct {
	name     string
	text     string
	children []*element
}

// child returns the first direct child of that name; a nil element has none.
func (e *element) child(name string) *element {
	if e == nil {
		return nil
	}
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// field returns the text of the first direct child of that name, or "".
func (e *element) field(name string) string {
	if c := e.child(name); c != nil {
		return c.text
	}
	return ""
}

// all returns the direct children of that name.
func (e *element) all(name string) []*element {
	var found []*element
	if e == nil {
		return found
	}
	for _, c := range e.children {
		if c.name == name {
			found = append(found, c)
		}
	}
	return found
}

// parseXML reads one document. It refuses every directive, DOCTYPE above all, and bounds depth and size.
// A user may well type "<!DOCTYPE" into a message: inside CDATA that is text, and text is fine.
func parseXML(raw []byte) (*element, error) {
	text, err := readableXML(raw)
	if err != nil {
		return nil, err
	}
	decoder := xml.NewDecoder(bytes.NewReader(text))
	// The bytes are UTF-8 by now, whatever the declaration says.
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	root := &element{}
	if err := readElements(decoder, root); err != nil {
		return nil, ErrXML.Because(err)
	}
	if len(root.children) != 1 {
		return nil, ErrXML.With("roots", len(root.children))
	}
	return root.children[0], nil
}

func readElements(decoder *xml.Decoder, root *element) error {
	open, count := []*element{root}, 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		top := open[len(open)-1]
		switch t := token.(type) {
		case xml.Directive:
			return errors.New("directive refused")
		case xml.StartElement:
			count++
			if len(open) > maxDepth || count > maxElements {
				return fmt.Errorf("more than %d levels or %d elements", maxDepth, maxElements)
			}
			e := &element{name: t.Name.Local}
			top.children = append(top.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			top.text += string(t)
		}
	}
}

var declaresGBK = regexp.MustCompile(`(?i)^\s*<\?xml[^>]*encoding\s*=\s*["'](gbk|gb2312|gb18030)["']`)

// readableXML returns raw as UTF-8 without the characters that XML 1.0 forbids and that real messages
// carry all the same. Old accounts have been seen to declare GBK over UTF-8 bytes, so the bytes decide.
func readableXML(raw []byte) ([]byte, error) {
	if !utf8.Valid(raw) {
		if !declaresGBK.Match(raw) {
			return nil, ErrXML.With("step", "encoding")
		}
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		if err != nil {
			return nil, ErrXML.With("step", "gbk").Because(err)
		}
		raw = decoded
	}
	return bytes.Map(legalInXML, raw), nil
}

// legalInXML is a mapping for strings.Map and bytes.Map that drops what XML 1.0 forbids.
func legalInXML(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

// cdata wraps text, whatever it holds, so that it reads back as the same text.
func cdata(text string) string {
	clean := strings.Map(legalInXML, strings.ToValidUTF8(text, "\uFFFD"))
	return "<![CDATA[" + strings.ReplaceAll(clean, "]]>", "]]]]><![CDATA[>") + "]]>"
}
